# SPDX-License-Identifier: BSD-2-Clause
"""Which compilers are installed. Debian has clang by its version's number
alone, and a release has one number: 14 on Debian 12, 19 on Debian 13."""
import os
import re
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=None)
def newest(name):
    """NAME-NN with the highest number on PATH; NAME itself where there is
    none."""
    found = {}
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for path in Path(folder or ".").glob(f"{name}-[0-9]*"):
            match = re.fullmatch(rf"{re.escape(name)}-(\d+)", path.name)
            if match and os.access(path, os.X_OK):
                found[int(match[1])] = path.name
    return found[max(found)] if found else name


def clang():
    return newest("clang")


def clangxx():
    """The C++ compiler of the same version."""
    return clang().replace("clang", "clang++")


LLD = "-fuse-ld=lld"  # clang looks for it beside itself first
