# SPDX-License-Identifier: BSD-2-Clause
"""README.md says what is so."""
import re
import subprocess

import judge
from judge import need
from scenarios.boots import boot
from scenarios.machines import NO_INSTRUCTION, RNG


def readme_blocks(language):
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", (judge.TOP / "README.md").read_text(), re.M | re.S)
    return [text for word, text in blocks if word == language]


def readme_receipt():
    """The receipt in README.md and one of today differ in figures alone, and the refusal's lines are on a refusing console."""
    printed, refusal = readme_blocks("")
    result, now = boot("qemu-x86_64", machine="microvm", cpu="max,-rdseed", devices=RNG["honest"])
    then = judge.receipt(printed)

    def shape(receipt):
        sources = {name: (words, pairs["state"], pairs["credit"], pairs["flags"]) for name, (words, pairs) in receipt["source"].items()}
        others = {key: (value[0] if key != "reads" else [], sorted(value[1])) for key, value in receipt.items() if key != "source"}
        return others, sources
    need(then and shape(then) == shape(now), f"README.md: {shape(then)}\nnow: {shape(now)}", result)
    result, _ = boot("qemu-x86_64", machine="microvm", expect="refuse", cpu=NO_INSTRUCTION, devices="")
    need(all(line in result.console for line in refusal.splitlines()), "README.md's refusal is not what is said", result)


def readme_code():
    """Its C compiles as it stands there."""
    blocks = readme_blocks("c")
    need(len(blocks) == 2, "README.md has not two examples")
    for block in blocks:
        source = "void console(const char *text);\nint new_key(unsigned char key[32]);\n" + block
        words = "gcc -std=c11 -Wall -Wextra -Werror -fsyntax-only -Icore -Ihal -Iarch/x86 -x c -".split()
        run = subprocess.run(words, input=source, capture_output=True, text=True, cwd=judge.TOP)
        need(run.returncode == 0, run.stderr)


def tests(add):
    add("house", "README.md: the receipt", readme_receipt)
    add("house", "README.md: the code", readme_code)
