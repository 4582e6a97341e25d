# SPDX-License-Identifier: BSD-2-Clause
"""Which compilers are installed. Debian has clang by its version's number
alone. The oldest one that knows the ISA is taken: 14 on Debian 12 and 19 on
Debian 13. Debian 12 has 19 as well, for the ISAs that 14 does not know."""
import os
import re
from functools import lru_cache
from pathlib import Path


LEAST = 14  # the oldest clang that the tests know


@lru_cache(maxsize=None)
def oldest(name, least=LEAST):
    """NAME-NN with the lowest number on PATH from least on; NAME itself where
    there is none."""
    found = {}
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for path in Path(folder or ".").glob(f"{name}-[0-9]*"):
            match = re.fullmatch(rf"{re.escape(name)}-(\d+)", path.name)
            if match and int(match[1]) >= least and os.access(path, os.X_OK):
                found[int(match[1])] = path.name
    return found[min(found)] if found else name


def clang(least=LEAST):
    return oldest("clang", least)


def clangxx():
    """The C++ compiler of the same version."""
    return clang().replace("clang", "clang++")


LLD = "-fuse-ld=lld"  # clang looks for it beside itself first
