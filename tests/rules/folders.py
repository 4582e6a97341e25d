# SPDX-License-Identifier: BSD-2-Clause
"""The folders of boards/: how long each is, and that what it makes is tried."""
LINES = 150  # of code: what two boards share goes into boards/common
CODE = (".c", ".h", ".S", ".ld")
# Longer ones, and why.
LONGER = {
    "microbit": "an interrupt for its tests, and a row of make size",
    "qemu-x86_64": "the start at any address, and a row of make size",
    "solo5-x86_64": "a tender of its own",
    "xen-aarch64": "one image, two ways to be started",
}


def check(tree):
    levels = {}
    for board in tree.boards():
        where = f"boards/{board}"
        lines = sum(tree.text(path).count("\n") for path in tree.files(where, suffixes=CODE))
        if lines > LINES and board not in LONGER:
            yield where, f"{lines} lines of code, more than {LINES}"
        if lines <= LINES and board in LONGER:
            yield where, f"{lines} lines of code: LONGER of tests/rules/folders.py has it"
        known = tree.variables(board, "ARCH", "APPS", "TESTS", "BOARD_LIBC") or {}
        tests, apps = known.get("TESTS", "").split(), known.get("APPS", "").split()
        backend = "\nbackend = " in tree.text(f"{where}/machines")
        if "keygen" in apps and "keys" not in tests and not backend:
            yield where, "keygen in APPS, and nobody looks at its keys: TESTS has no keys"
        if "smoke" in tests and known["BOARD_LIBC"] != "system":
            levels[known["ARCH"]] = levels.get(known["ARCH"], False) or "levels" in tests
    for arch in sorted(arch for arch in levels if not levels[arch]):
        yield f"arch/{arch}", "none of its boards has levels in TESTS"
