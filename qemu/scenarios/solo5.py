# SPDX-License-Identifier: BSD-2-Clause
"""Solo5 and our own tender: what is not tried on all backends."""
import shutil
import signal

from harness import boards, judge
from harness.failures import need, need_status
from scenarios.any_board import constructs
from scenarios.boots import boot, folder
from scenarios.damaged import hang, truncate
from scenarios.devices import none_at_all
from scenarios.images import image
from scenarios.loop import loop_passes
from scenarios.machines import SOLO5
from scenarios.x86 import rdrand_alone

DISTRUST = "seedbed.distrust=cpu"


def solo5_distrusts():
    """The word on the command line takes away all credit; one that is longer
    does nothing."""
    for line in (DISTRUST, "first " + DISTRUST, DISTRUST + " last"):
        boot(SOLO5, expect="refuse", devices=line)
    for line in (DISTRUST + "s", "x" + DISTRUST, "a=" + DISTRUST + " b"):
        boot(SOLO5, devices=line)


def solo5_keystream(machine, fast):
    """A guest in ring 0 has ChaCha20 in C on any CPU. One that is a process has
    what this CPU has: SSE2 at least."""
    _, receipt = boot(SOLO5, machine=machine)
    name = receipt["stream"][0][0]
    need((name != "chacha20") == fast, f"its keystream is {name}")


def solo5_killed(machine, app, by, left):
    """A guest that goes past its tender ends there and then."""
    result = judge.boot(SOLO5, image(SOLO5, app, machine), machine)
    killed = (result.status, result.code) == ("crash", -by)
    need(killed and left not in result.console, "it lived", result, f"killed by {by.name}")


def solo5_unconfined():
    """The same guest where nothing confines it: so the test above shows what it
    says."""
    result = judge.boot(SOLO5, image(SOLO5, "hostcall"), devices="--unconfined")
    need_status(result, "pass")
    need("it answered 16\n" in result.console, "no answer", result)


def solo5_clock(clock):
    """A clock that a host has tampered with holds nothing up, a wait least of
    all."""
    devices = f"--clock={clock}"
    boot(SOLO5, "keygen", devices=devices)
    last = r"^draw 8 .*$"
    boot(SOLO5, "accumulator", expect="enough", enough=last, devices=devices)


def solo5_sees(status, change, machine="tender"):
    """An image that was damaged must not pass."""
    with folder() as there:
        shutil.copy(image(SOLO5, "smoke", machine), there / "smoke.elf")
        change(there / "smoke.elf")
        result = judge.boot(SOLO5, there / "smoke.elf", machine, timeout=3)
    need_status(result, status)


def tests(add):
    for machine in ("emulated", "virtio"):
        name = "own tender" if machine == "emulated" else f"real {machine}"
        add("Solo5", f"{name}: RDRAND alone", rdrand_alone, SOLO5, machine)
        add("Solo5", f"{name}: no such instruction, refused", none_at_all, SOLO5, machine)
    for machine in ("spt", "virtio"):
        name = f"real {machine}: a constructor makes a key"
        add("Solo5", name, constructs, boards.board(SOLO5), "pass", machine)
    name = "real virtio-net: the event loop, with events"
    add("Solo5", name, loop_passes, SOLO5, "virtio-net")
    for machine, where in (("tender", "own tender"), ("spt", "real spt")):
        name = f"{where}: a process has a faster keystream"
        add("Solo5", name, solo5_keystream, machine, True)
    add("Solo5", "real virtio: none in ring 0", solo5_keystream, "virtio", False)
    add("Solo5", "own tender: the command line distrusts the CPU", solo5_distrusts)
    add("Solo5", "own tender: a clock that stands still", solo5_clock, "stuck")
    add("Solo5", "own tender: a clock that runs backward", solo5_clock, "back")
    for machine in ("tender", "spt"):
        name = "own tender" if machine == "tender" else f"real {machine}"
        ends = "silent" if machine == "tender" else "crash"
        add("Solo5", f"{name}: a truncated image fails", solo5_sees, ends, truncate, machine)
        add("Solo5", f"{name}: a guest that hangs fails", solo5_sees, "hang", hang, machine)
        title = f"{name}: a guest that asks the host's kernel is killed"
        left = "it answered"
        add("Solo5", title, solo5_killed, machine, "hostcall", signal.SIGSYS, left)
    add("Solo5", "red: own tender that confines nothing", solo5_unconfined)
    name = "own tender: a guest that writes into the heap is killed"
    add("Solo5", name, solo5_killed, "tender", "heap", signal.SIGSEGV, "it is there")
