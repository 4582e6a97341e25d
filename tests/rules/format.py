# SPDX-License-Identifier: BSD-2-Clause
"""make format has nothing to do. The code is written so that clang-format 14 of
Debian 12 and 19 of Debian 13 agree. Other versions may not, so they are not
asked."""
import re
import shutil

FORMATS = ("clang-format-14", "clang-format-19")


def installed():
    return [name for name in FORMATS if shutil.which(name)]


def missing():
    return "" if installed() else f"{' or '.join(FORMATS)} is not here"


def check(tree):
    for tool in installed():
        run = tree.run(tool, "--dry-run", "-Werror", *tree.code())
        for path in sorted(set(re.findall(r"^(\S+?):\d+:\d+: error", run.stderr, re.M))):
            yield path, f"is not formatted (make format), {tool} says"
