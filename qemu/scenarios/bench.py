# SPDX-License-Identifier: BSD-2-Clause
"""`make bench`: its table is printed, and its figures are those of the programs
that take turns."""
import json
import sys
import unittest.mock

from harness import children, make, tree
from harness.failures import Failure, need
from scenarios.boots import figures, folder

sys.path.append(str(tree.TOP / "tools/bench"))

import counts  # noqa: E402
import makers  # noqa: E402
import rows  # noqa: E402

REPORT = "tools/bench/report"
HEADS = ("nanoseconds of CPU time a call", "their quartiles", "instructions a call", "row ")
MAKERS = ("seedbed chacha20", "seedbed without both", "seedbed from nothing", "getrandom(2)")


def on_console(console):
    """what -> instructions, as tests/guests/count.c says them."""
    return counts.of_console(console)


def budget(board, what):
    """That of the table, for a machine of this board."""
    names = [name for name, of in counts.BOARDS.items() if of == board]
    found = [most for machine, one, most in rows.INSTRUCTIONS if (machine, one) == (*names, what)]
    return found[0] if found else "none"


def short():
    """Every program that is here has its turns; a row that cannot be judged says
    why. The figures are printed at the end of the run."""
    with folder() as there:
        done = children.run([REPORT, "--short", "-o", there / "bench.json"], env=make.ENVIRONMENT)
        if done.returncode:
            raise Failure(f"exit {done.returncode}", "exit 0", done.stdout)
        known = json.loads((there / "bench.json").read_text(encoding="utf-8"))
    for head in HEADS:
        need(f"\n{head}" in done.stdout, f"no table: {head}\n{done.stdout}")
    here = {name for name, *_ in known["figures"]}
    need(here.issuperset(MAKERS), f"only {sorted(here)} had a turn\n{done.stdout}")
    for row in known["rows"]:
        if row["figure"] is not None:
            name = f"{row['title']}, over {row['peer']}"
            figures[name] = (round(row["figure"], 2), round(row["most"], 2), "")
        else:
            need(row["why"], f"{row['title']} is not judged, and does not say why")


def judged(ours, theirs, lacks=()):
    """The row of 4 KiB by portable ChaCha20."""
    found = {(rows.PORTABLE, 4096): ours, (rows.VDSO, 4096): theirs}
    every = rows.judged({key: one for key, one in found.items() if one}, dict(lacks), {})
    return next(row for row in every if row.title == "chacha20, 4 KiB")


def verdicts():
    """The median of the ratios of each round; ten times over fails; what has no
    peer is not judged, and says why."""
    for ours, verdict in ((1.2, "met"), (1.3, "MISSED"), (12, "MISSED"), (12.1, "FAILED")):
        row = judged([ours, 3 * ours, 900], [1, 3, 1])
        need(row.verdict() == verdict, f"{ours} is {row.verdict()}", expected=verdict)
        need(row.figure == ours, f"the median is {row.figure}", expected=ours)
    said = judged([1], None, {rows.VDSO: "Linux has it from 6.11 on"}.items()).verdict()
    need(said == "not judged: vDSO getrandom: Linux has it from 6.11 on", said)


# A program of tests/bench that goes wrong, and what is said of it.
WRONG = {
    "echo lacks it: no such instruction; echo ready": "no such instruction",
    "echo has it; echo ready; while read line; do echo failed; done": "it fails at 16 bytes",
    "echo has it; echo ready; read line; echo 1.5": "it fails at 16 bytes",
    "echo has it; exit 3": "it ended with 3",
    "echo has it; exec sleep 60": "it ended with -9",
    "echo has it; echo ready; exec sleep 60": "it fails at 16 bytes",
}


def fails():
    """One that hangs is killed."""
    with folder() as there, unittest.mock.patch.object(makers, "ANSWER", 0.5):
        for number, (script, why) in enumerate(WRONG.items()):
            path = there / f"program{number}"
            path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            path.chmod(0o755)
            program = makers.Program(path)
            jobs = makers.prepared([program], (16,), 1000)
            program.end()
            need(not jobs, f"it has a turn\n{script}")
            need(list(program.lacks.values()) == [why], f"{program.lacks}\n{script}", expected=why)


def page():
    make.shell("tools/bench/page", "--check")


def tests(add):
    add("bench", "a short run of make bench", short, alone=True, budget=30)
    add("bench", "a verdict", verdicts)
    add("bench", "a program that fails its turn", fails)
    add("bench", "docs/speed.md has the figures and budgets of its run", page)
