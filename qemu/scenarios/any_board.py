# SPDX-License-Identifier: BSD-2-Clause
"""What the words of TESTS in a board.mk stand for, on each machine that takes
part (harness/boards.py). No board is named here."""
from harness import boards, compilers
from harness.failures import need
from scenarios import dependents, loop, stress
from scenarios.boots import boot, smoke_passes
from scenarios.keys import two_boots


def by_compiler(board, build, *how):
    """A board's smoke test, however it was built, boots."""
    smoke_passes(board, build(board, *how))


def without_any_source(machine):
    """Refused, and no key was made."""
    for app in ("smoke", "keygen"):
        if app in boards.board(machine.board).words("APPS"):
            result, receipt = boot(machine.board, app, machine.name, "refuse", **machine.none)
            need("BEGIN" not in result.console, "a key was made", result)
            need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def compilers_tests(add, board):
    for compiler in compilers.COMPILERS:
        for level in compilers.levels(compiler):
            name = f"{board.name} {compiler} {level}"
            add("compilers", name, by_compiler, board.name, compilers.built, compiler, level)
        name = f"{board.name} {compiler}, and its ISA by the other one"
        add("compilers", name, by_compiler, board.name, compilers.mixed, compiler)


def tests(add):
    for board in boards.tested("smoke"):
        compilers_tests(add, board)
    for board in boards.every():
        for machine in board.machines_for("loop"):
            name = f"the event loop on {machine.title}"
            add(machine.group, name, loop.loop_passes, board.name, machine.name)
        for machine in board.machines_for("keys"):
            name = f"two boots of {machine.title} share no key"
            add(machine.group, name, two_boots, board.name, machine.name)
        for machine in board.machines_for("refuse"):
            add(
                machine.group,
                f"no source on {machine.title}: refused",
                without_any_source,
                machine,
            )
        for machine in board.machines_for("ecdsa"):
            dependents.ecdsa_tests(add, machine)
        if board.tested("stress"):
            stress.guests_of(add, board)
