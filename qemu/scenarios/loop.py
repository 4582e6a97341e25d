# SPDX-License-Identifier: BSD-2-Clause
"""The event loop of every board (tests/loop.c), and whether a wait is sleep."""
import re

import judge
from judge import BUILD, need
from scenarios.boots import boot
from scenarios.images import image
from scenarios.machines import ALIKE, ARM, XEN
from scenarios.stress import guest

EVENTS_END = "\nok an event ends "


def loop_passes(board, machine=None, events=True, **options):
    """tests/loop.c on any board; events: the machine has something that board_event can use."""
    result, _ = boot(board, "loop", machine, **options)
    need((EVENTS_END in result.console) == events, "checks of events" + (" were left out" if events else ", and there is nothing for any"), result)


LOOPS_RED = {  # what tests/guest_loop.c does wrong -> the check that sees it
    "CLOCK_STANDS": "its clock moves on",
    "WITHOUT_HOOKS": "harvests before each sleep",
    "FORGETS_THE_PAST": "each wait is one harvest, though its deadline is past",
    "HOOKS_TWICE": "each wait is one harvest",
    "ONE_HOOK": "of each of two instances",
    "KEEPS_HOOKS": "of none when both are",
    "SKIPS": "a hook takes itself out",
    "OVERSLEEPS": "a deadline in the past ends a wait at once\nFAILED any other by its time",
    "SPINS": "any other by its time, and until then it sleeps",
    "WITHOUT_EVENTS": "an event ends the wait",
    "STAYS_AWAKE": "does not stay",
    "LOSES_EVENTS": "is not slept through",
}
SLEEP_CPU = 0.75  # half of the time that tests/guest_sleep.c waits


def cpu_of(board, machine, path):
    """The processor time that QEMU took for a run that passed."""
    words = judge.command(judge.machine_of(board, machine), path)
    code, console, cut = judge.run(["bash", "-c", 'TIMEFORMAT="cpu %U %S"; time timeout -s KILL 50 "$@"', "-", *words], 60)
    found = re.search(r"^cpu (\S+) (\S+)$", console, re.M)
    need(found and not cut and "[exit 0]" in console, f"{code} {cut}\n{console}")
    return float(found[1]) + float(found[2])


def sleeps(board, machine=None, spins=False):
    """A wait is sleep, for the machine below too. spins: a program whose waits are none must be seen. Of what a hypervisor takes to start, a program
    that does not wait is the measure."""
    for _ in range(3 if spins else 1):  # on a machine that is busy, a program may be kept from spinning
        took = cpu_of(board, machine, BUILD / board / "guest" / ("sleep-SPINS.elf" if spins else "sleep.elf"))
        if board in XEN or board.startswith("uefi-"):
            took -= cpu_of(board, machine, image(board, "smoke"))
        if took >= SLEEP_CPU:
            break
    need((took < SLEEP_CPU) != spins, f"{took:.2f} s of processor time, half of the wait is {SLEEP_CPU}")


def tests(add):
    """The event loop of every board."""
    for board, group in (("qemu-x86_64", None), ("qemu-i386", "i386")):
        bits = "" if board == "qemu-x86_64" else ", 32 bits"
        for machine in ("microvm",) + ALIKE:
            add(group or machine, f"the event loop on {machine}{bits}", loop_passes, board, machine)
            add(group or machine, f"a wait is sleep on {machine}{bits}", sleeps, board, machine)
        add(group or "pc", "the event loop without an APIC" + bits, loop_passes, board, "pc", False, cpu="max,-apic")
    add("microvm", "the event loop and a deterministic clock", loop_passes, "qemu-x86_64", "microvm", devices="-icount shift=0,sleep=off")
    for board, group in (("microbit", "Cortex-M0"), ("mps2-an385", "Cortex-M3"), (ARM, "aarch64"), ("unix", "unix")):
        add(group, f"the event loop of {group}", loop_passes, board)
        add(group, f"a wait is sleep on {group}", sleeps, board)
    for switch, check in LOOPS_RED.items():
        add("microvm", f"red: a loop that has {switch}", guest, "qemu-x86_64", f"loop-{switch}", f"^FAILED {check}")
