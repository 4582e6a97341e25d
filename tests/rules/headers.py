# SPDX-License-Identifier: BSD-2-Clause
"""A public header stands alone, in C99 and in C++11."""
import glob
import re
import shutil
import tempfile
from pathlib import Path

COMPILERS = (
    (("gcc", "-std=c99", "-pedantic"), ".c"),
    (("g++", "-std=c++11"), ".cc"),
)


def newest(name):
    """clang++-19 before clang++-14, by the names that Debian gives them."""
    numbered = [p for p in glob.glob(f"/usr/bin/{name}-[0-9]*") if re.search(r"-\d+$", p)]
    return Path(max(numbered, key=lambda p: int(p.rsplit("-", 1)[1]))).name if numbered else name


def public(tree):
    found = [path for path in tree.files("hal", "arch") if re.search(r"/sb_[^/]*\.h$", path)]
    adapters = [path for path in tree.files("adapters") if path.endswith(".h")]
    return ["core/seedbed.h", "core/seedbed_buffer.h", "boards/common/board.h"] + found + adapters


def check(tree):
    folders = ["core", *tree.hal_folders(), "arch", "adapters", "build/deps/bearssl/inc"]
    flags = [f"-I{folder}" for folder in folders] + ["-Wall", "-Wextra", "-fsyntax-only"]
    compilers = [(words, suffix) for words, suffix in COMPILERS if shutil.which(words[0])]
    clang = newest("clang++")
    if shutil.which(clang):
        compilers.append(((clang, "-std=c++11", "-nostdinc++"), ".cc"))
    for path in public(tree):
        for words, suffix in compilers:
            with tempfile.NamedTemporaryFile("w", suffix=suffix) as file:
                file.write(f'#include "{tree.top / path}"\n')
                file.flush()
                run = tree.run(*words, *flags, file.name)
            if run.returncode or run.stderr:
                yield path, f"does not compile alone by {words[0]}:\n{run.stderr.strip()}"
