# SPDX-License-Identifier: BSD-2-Clause
"""One dialect of C in all folders, and no guess about an ISA."""
import re
from pathlib import Path

SPDX = "/* SPDX-License-Identifier: BSD-2-Clause */\n"
# Types, for which sizeof needs its parentheses.
TYPES = r"struct|union|enum|const|unsigned|signed|char|short|int|long|float|double|void|\w+_t\b"
ISA = re.compile(r"__(x86_64|i386|aarch64|arm|ARM_\w+|thumb|riscv|powerpc|s390|mips|loongarch)")
# Who reads a device tree takes rng-seed out of it, but for these.
TREES_OF_OTHERS = (
    "boards/common/qemu-x86/",  # microvm's has no seed
    "boards/common/uefi/",  # the firmware's own, for the system that it loads
)
ONE_LINE_BODY = re.compile(r"^(\t+)(?:if|for|while) \(.*\) \{\n\1\t[^\n]*;\n\1\}\n(?!\1else)", re.M)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def conditionals(text):
    """(line, condition, has a bare #else) of each #if that is about an ISA."""
    stack = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        word = re.match(r"\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)", line)
        if not word:
            continue
        if word[1] in ("if", "ifdef", "ifndef"):
            stack.append([number, word[2], False])
        elif word[1] == "elif" and stack:
            stack[-1][1] += word[2]
        elif word[1] == "else" and stack:
            rest = lines[number].strip() if number < len(lines) else ""
            stack[-1][2] = not rest.startswith("#error")
        elif word[1] == "endif" and stack:
            yield tuple(stack.pop())


def seeds_left(tree):
    """Files of boards that open a device tree in a folder where nobody takes
    its seed."""
    text = {path: tree.text(path) for path in tree.files("boards")}
    taken = {str(Path(path).parent) for path in text if "sb_fdt_seed(" in text[path]}
    for path in text:
        if "sb_fdt_open(" in text[path] and not path.startswith(TREES_OF_OTHERS):
            if str(Path(path).parent) not in taken:
                yield path


def check(tree):
    for path in seeds_left(tree):
        yield path, "opens a device tree: call sb_fdt_seed, or the next one finds its seed"
    for path in tree.code():
        text = tree.text(path)
        if not text.startswith(SPDX):
            yield path, "no SPDX line"
        for match in re.finditer(rf"\bsizeof\((?!{TYPES})(?=[^()]*\)[;,\s)])", text):
            yield f"{path}:{line_of(text, match.start())}", "sizeof(x): write sizeof x"
        for match in ONE_LINE_BODY.finditer(text):
            yield f"{path}:{line_of(text, match.start())}", "braces round a body of one line"
        for match in re.finditer(r"^\t+int err\b", text, re.M):
            yield f"{path}:{line_of(text, match.start())}", "err: a result is called result"
        for number, condition, bare in conditionals(text):
            if bare and ISA.search(condition):
                yield f"{path}:{number}", "#else takes an unknown ISA for a known one"
        installed = path.startswith(("boards/", "arch/", "hal/")) and path != "hal/sb_hal.h"
        if installed and "SB_TEST" in text:
            yield path, "an SB_TEST source in what is installed"
