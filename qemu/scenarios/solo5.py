# SPDX-License-Identifier: BSD-2-Clause
"""Solo5 and our own tender: what qemu/backends.py does not try on all backends."""
import shutil
import signal

import judge
from judge import need
from scenarios.boots import boot, folder
from scenarios.damaged import hang, truncate
from scenarios.devices import none_at_all
from scenarios.images import image
from scenarios.loop import loop_passes, sleeps
from scenarios.machines import SOLO5
from scenarios.x86 import rdrand_alone

DISTRUST = "seedbed.distrust=cpu"


def solo5_distrusts():
    """The word on the command line takes away all credit; one that is longer does nothing."""
    for line in (DISTRUST, "first " + DISTRUST, DISTRUST + " last"):
        boot(SOLO5, expect="refuse", devices=line)
    for line in (DISTRUST + "s", "x" + DISTRUST, "a=" + DISTRUST + " b"):
        boot(SOLO5, devices=line)


def solo5_killed(machine, app, by, left):
    """A guest that goes past its tender ends there and then."""
    result = judge.boot(SOLO5, image(SOLO5, app, machine), machine)
    need((result.status, result.code) == ("crash", -by) and left not in result.console, f"not killed by {by.name}", result)


def solo5_unconfined():
    """The same guest where nothing confines it: so the row above shows what it says."""
    result = judge.boot(SOLO5, image(SOLO5, "hostcall"), devices="--unconfined")
    need(result.status == "pass" and "it answered 16\n" in result.console, "expected an answer", result)


def solo5_clock(clock):
    """A clock that a host has tampered with holds nothing up, a wait least of all."""
    boot(SOLO5, "keygen", devices=f"--clock={clock}")
    boot(SOLO5, "accumulator", expect="enough", enough=r"^draw 8 .*$", devices=f"--clock={clock}", timeout=20)


def solo5_sees(status, change, machine="tender"):
    """An image that was damaged must not pass."""
    with folder() as there:
        shutil.copy(image(SOLO5, "smoke", machine), there / "smoke.elf")
        change(there / "smoke.elf")
        result = judge.boot(SOLO5, there / "smoke.elf", machine, timeout=3)
    need(result.status == status, f"judged {result.status}", result)


def tests(add):
    """What qemu/backends.py does not try on all backends."""
    for machine in ("emulated", "virtio"):
        name = "own tender" if machine == "emulated" else f"real {machine}"
        add("Solo5", f"{name}: RDRAND alone", rdrand_alone, SOLO5, machine)
        add("Solo5", f"{name}: no such instruction, refused", none_at_all, SOLO5, machine)
    add("Solo5", "real virtio-net: the event loop, with events", loop_passes, SOLO5, "virtio-net")
    add("Solo5", "own tender: a wait is sleep", sleeps, SOLO5, "tender")
    add("Solo5", "own tender: the command line distrusts the CPU", solo5_distrusts)
    add("Solo5", "own tender: a clock that stands still", solo5_clock, "stuck")
    add("Solo5", "own tender: a clock that runs backward", solo5_clock, "back")
    for machine in ("tender", "spt"):
        name = "own tender" if machine == "tender" else f"real {machine}"
        add("Solo5", f"{name}: a truncated image fails", solo5_sees, "silent" if machine == "tender" else "crash", truncate, machine)
        add("Solo5", f"{name}: a guest that hangs fails", solo5_sees, "hang", hang, machine)
        add("Solo5", f"{name}: a guest that asks the host's kernel is killed", solo5_killed, machine, "hostcall", signal.SIGSYS, "it answered")
    add("Solo5", "red: own tender that confines nothing", solo5_unconfined)
    add("Solo5", "own tender: a guest that writes into the heap is killed", solo5_killed, "tender", "heap", signal.SIGSEGV, "it is there")
