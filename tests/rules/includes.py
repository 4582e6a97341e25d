# SPDX-License-Identifier: BSD-2-Clause
"""Who may include whom: the table of docs/design.md, section "The folders"."""
import fnmatch
import os
import re

from tree import includes

PAGE = "docs/design.md"
FREESTANDING = ("stddef.h", "stdint.h")
STANDS_IN = "boards/common/libc/freestanding/"  # for the headers of a C library


def rows(tree):
    """folder -> what its files may include."""
    found = {}
    for line in tree.text(PAGE).splitlines():
        match = re.match(r"^\| (\S+/) \| (.*) \| (.*?) ?\|$", line)
        if match:
            found[match[1]] = re.findall(r"`([^`]+)`", match[3])
    return found


def pattern(folder):
    return "^" + re.sub(r"<\w+>|\*", "[^/]+", folder)


def row_of(path, table):
    """The row that rules a file: the longest folder, and a name before <name>."""
    fitting = [folder for folder in table if re.match(pattern(folder), path)]
    return max(fitting, key=lambda f: (f.count("/"), -f.count("<")), default=None)


def places(tree):
    """A header's name -> the folders that have one of that name."""
    found = {}
    for path in tree.files(*("core", "hal", "arch", "boards", "examples", "adapters", "tests")):
        if path.endswith(".h"):
            found.setdefault(os.path.basename(path), set()).add(os.path.dirname(path) + "/")
    return found


def allowed(item, name, path, where):
    if item == "anything":
        return True
    if item == "C":
        return name in FREESTANDING
    if item == "system":
        return not where - {STANDS_IN}
    if item == "own folder":
        return os.path.dirname(path) + "/" in where
    if item.endswith("/"):
        return any(re.match(pattern(item) + "$", folder) for folder in where)
    return fnmatch.fnmatch(name, item)


def check(tree):
    table, homes = rows(tree), places(tree)
    if len(table) < 15:
        yield PAGE, f"only {len(table)} rows: is this check looking at anything?"
    for path in tree.code():
        row = row_of(path, table)
        if not row:
            yield path, f"no row of {PAGE} is about it"
            continue
        for name in includes(tree.text(path)):
            where = homes.get(name, set())
            if not any(allowed(item, name, path, where) for item in table[row]):
                yield path, f"includes {name}, which {row} may not"
