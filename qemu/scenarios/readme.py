# SPDX-License-Identifier: BSD-2-Clause
"""README.md and docs/receipt.md say what is so."""
import re

from harness import capabilities, children, tree
from harness.failures import need
from harness.receipt import receipt as receipt_of
from scenarios.boots import boot, folder
from scenarios.machines import NO_INSTRUCTION, RNG

RDSEED = "x86-rdseed"


def readme_blocks(language):
    text = (tree.TOP / "README.md").read_text()
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
    return [text for word, text in blocks if word == language]


def shape(receipt, without):
    """What is the same in each boot: all but figures."""
    sources = {
        name: (words, pairs["state"], pairs["credit"], pairs["flags"])
        for name, (words, pairs) in receipt["source"].items()
        if name not in without
    }
    others = {
        key: (value[0] if key != "reads" else [], sorted(value[1]))
        for key, value in receipt.items()
        if key != "source"
    }
    return others, sources


def readme_receipt():
    """The receipt in README.md and one of today differ in figures alone, and
    the refusal's lines are on a refusing console. Whether the emulated CPU has
    RDSEED depends on the QEMU that is installed, so either receipt is right."""
    blocks = readme_blocks("")
    printed = next(block for block in blocks if "seedbed-receipt" in block and "ready" in block)
    refusal = next(block for block in blocks if "verdict refused" in block)
    then = receipt_of(printed)
    need(then, "README.md has no whole receipt")
    has = then["source"][RDSEED][0] != ["absent"]
    cpu = "max" if has and capabilities.rdseed() else "max,-rdseed"
    result, now = boot("qemu-x86_64", machine="microvm", cpu=cpu, devices=RNG["honest"])
    without = [RDSEED] if has and not capabilities.rdseed() else []
    printed, seen = shape(then, without), shape(now, without)
    need(printed == seen, f"README.md: {printed}\nnow: {seen}", result)
    result, _ = boot(
        "qemu-x86_64", machine="microvm", expect="refuse", cpu=NO_INSTRUCTION, devices=""
    )
    said = all(line in result.console for line in refusal.splitlines())
    need(said, "README.md's refusal is not what is said", result)


def readme_code():
    """Its C compiles as it stands there, and the first is examples/hello."""
    blocks = readme_blocks("c")
    need(len(blocks) == 2, f"README.md has {len(blocks)} examples, not two")
    hello = (tree.TOP / "examples/hello/hello.c").read_text()
    need(blocks[0] == hello, "README.md has another examples/hello/hello.c")
    include = [f"-I{folder}" for folder in ("core", "hal", "arch/x86", "boards/common")]
    for block in blocks:
        words = ["gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *include]
        run = children.run([*words, "-x", "c", "-"], given=block)
        need(run.returncode == 0, run.stdout)


def reasons():
    """Each reason has one row in docs/receipt.md, with the receipt's words."""
    page = (tree.TOP / "docs/receipt.md").read_text()
    rows = re.findall(r"^\| ([A-Z_]+) \| ([^|]+) \| [^|]+ \|$", page, re.M)
    says = "".join(f"puts(seedbed_reason_text(SEEDBED_{name}));" for name, _ in rows)
    main = f"int main(void) {{ {says} return SEEDBED_REASONS != {len(rows)}; }}"
    with folder() as there:
        words = ["gcc", "-std=c11", "-Icore", "-Ihal", "-x", "c", "core/reason.c", "-"]
        made = children.run(
            [*words, "-o", there / "reasons"],
            given=f'#include <stdio.h>\n#include "seedbed.h"\n{main}\n',
        )
        need(made.returncode == 0, made.stdout)
        run = children.run([there / "reasons"])
    need(run.returncode == 0, f"docs/receipt.md has {len(rows)} reasons, and seedbed.h has not")
    need(len({name for name, _ in rows}) == len(rows), "docs/receipt.md has a reason twice")
    for (name, text), said in zip(rows, run.stdout.splitlines()):
        need(text in (said, "-"), f"docs/receipt.md: {name}: {text}, not {said}")


def tests(add):
    add("house", "README.md: the receipt", readme_receipt)
    add("house", "README.md: the code", readme_code)
    add("house", "docs/receipt.md: the reasons", reasons)
