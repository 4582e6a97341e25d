# SPDX-License-Identifier: BSD-2-Clause
"""The event loop of a board (tests/guests/loop.c), and whether a wait is
sleep."""
import contextlib
import os
import re
import subprocess
from pathlib import Path

from harness import boards, judge, make
from harness.failures import need
from scenarios.boots import boot
from scenarios.images import image

EVENTS_END = "\nok an event ends "
SLEEP_CPU = 0.75  # half of the time that tests/guests/sleep.c waits
TICKS = os.sysconf("SC_CLK_TCK")


def loop_passes(board, machine=None, events=True, **options):
    """events: the machine has something that board_event can use."""
    result, _ = boot(board, "loop", machine, **options)
    seen = "left out" if events else "made, and there is nothing for any"
    need((EVENTS_END in result.console) == events, f"checks of events were {seen}", result)


LOOPS_RED = {  # what tests/guests/loop_red.c does wrong -> the check that sees it
    "CLOCK_STANDS": "its clock moves on",
    "WITHOUT_HOOKS": "harvests before each sleep",
    "FORGETS_THE_PAST": "each wait is one harvest, though its deadline is past",
    "HOOKS_TWICE": "each wait is one harvest",
    "ONE_HOOK": "of each of two instances",
    "KEEPS_HOOKS": "of none when both are",
    "SKIPS": "a hook takes itself out",
    "OVERSLEEPS": "a deadline in the past ends a wait at once\n" "FAILED any other by its time",
    "SPINS": "any other by its time, and until then it sleeps",
    "WITHOUT_EVENTS": "an event ends the wait",
    "STAYS_AWAKE": "does not stay",
    "LOSES_EVENTS": "is not slept through",
}


def cpu_of(board, machine, path):
    """The processor time that the machine took for a run that passed."""
    words = judge.command(boards.machine(board, machine), path)
    timed = 'TIMEFORMAT="cpu %U %S"; time timeout -s KILL 50 "$@"'
    code, console, cut = judge.run(["bash", "-c", timed, "-", *words], 60)
    found = re.search(r"^cpu (\S+) (\S+)$", console, re.M)
    need(found and not cut and "[exit 0]" in console, f"{code} {cut}\n{console}")
    return float(found[1]) + float(found[2])


@contextlib.contextmanager
def busy_program():
    """A function that tells how much processor time a program got that wants
    all of it, since the context began."""
    program = subprocess.Popen(["sh", "-c", "while :; do :; done"], start_new_session=True)

    def got():
        fields = Path(f"/proc/{program.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    try:
        yield got
    finally:
        program.kill()
        program.wait()


def sleeps(board, machine=None):
    """A wait is sleep, for the machine below too. What a hypervisor or firmware
    takes to start does not count: a program that does not wait is the measure
    of it. Neighbours on this machine only add to the time of a run, so the
    least of three tells; a wait that does not sleep is too long in each."""
    for _ in range(3):
        took = cpu_of(board, machine, make.guest(board, "sleep"))
        if boards.machine(board, machine).below:
            took -= cpu_of(board, machine, image(board, "smoke"))
        if took < SLEEP_CPU:
            break
    seen = f"{took:.2f} s of processor time, half of the wait is {SLEEP_CPU}"
    need(took < SLEEP_CPU, seen)


def spins(board, machine=None):
    """A program whose waits are no sleep is seen. On a machine with other work
    it gets less than it wants, so a program beside it shows how much there is
    to get."""
    guest = make.guest(board, "sleep-SPINS")
    with busy_program() as got:
        took = cpu_of(board, machine, guest)
        least = min(SLEEP_CPU, got() / 2)
    need(took >= least, f"{took:.2f} s of processor time, at least {least:.2f} if it spins")


def tests(add):
    """What is so on particular machines alone."""
    for board, group, bits in (("qemu-x86_64", "pc", ""), ("qemu-i386", "i386", ", 32 bits")):
        name = "the event loop without an APIC" + bits
        add(group, name, loop_passes, board, "pc", False, cpu="max,-apic")
    add(
        "microvm",
        "the event loop and a deterministic clock",
        loop_passes,
        "qemu-x86_64",
        "microvm",
        devices="-icount shift=0,sleep=off",
    )
