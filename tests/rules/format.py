# SPDX-License-Identifier: BSD-2-Clause
"""make format has nothing to do. Where the version of clang-format that the
project formats with is not installed, nobody can tell: another one differs."""
import re
import shutil

FORMAT = "clang-format-14"


def missing():
    return "" if shutil.which(FORMAT) else f"{FORMAT} is not here"


def check(tree):
    if missing():
        return
    run = tree.run(FORMAT, "--dry-run", "-Werror", *tree.code())
    for path in sorted(set(re.findall(r"^(\S+?):\d+:\d+: error", run.stderr, re.M))):
        yield path, "is not formatted (make format)"
