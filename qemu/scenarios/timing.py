# SPDX-License-Identifier: BSD-2-Clause
"""Boards with the times of loads alone (docs/timing.md): ready where the
machine has a cache, and refused where it is emulated."""
import re

from harness import boards, children, judge, make, tree
from harness.failures import need
from harness.receipt import credited
from harness.receipt import receipt as receipt_of
from scenarios.boots import TIMES, boot, figures, need_true_reason, source
from scenarios.images import image, solo5_image
from scenarios.machines import NO_INSTRUCTION, SOLO5, SOLO5_REAL

X86, UNIX = "qemu-x86_64", "unix"
FIRST_BITS = 384
SECONDS = 1


def has_cache():
    """Whether this machine has caches that show in times, by a program that has
    nothing of seedbed in it."""
    program = make.host_program("cache")
    return children.run([program], 60).returncode == 0


def need_no_cache(console, result=None):
    """A refusal is true only where no cache is, or where times are distrusted."""
    distrusted = re.search(r"^distrust flags=(\S+,)?timing\b", console, re.M)
    need(distrusted or not has_cache(), "refused, and this machine has a cache", result)


def on_this_machine(board, name):
    """A process has the caches of this machine: a physical one is ready by them
    alone, and an emulated one is refused."""
    machine = boards.machine(board, name)
    path = solo5_image("smoke", name) if name in SOLO5_REAL else image(board, "smoke")
    result = judge.boot(board, path, machine, **machine.timing)
    receipt = receipt_of(result.console)
    word, pairs = source(result, receipt, TIMES)
    if result.status == "refuse":
        need_true_reason(machine, result, receipt)
        need_no_cache(result.console, result)
        return
    need(result.status == "pass", "neither ready nor refused", result)
    need(credited(receipt) == [TIMES], "others count as well", result)
    need(word == "credited" and int(pairs["bits"]) >= FIRST_BITS, "not by its bits", result)
    told = f"seconds of smoke on {machine.title}, times alone"
    figures[told] = (round(result.seconds, 2), SECONDS, " s")
    need(result.seconds < 10 * SECONDS, f"it took {result.seconds:.2f} s", result)


def flags_of(receipt):
    return receipt.get("distrust", ("", {"flags": ""}))[1]["flags"].split(",")


def emulated(board, machine, cpu, flag, **options):
    """Refused as flushes show no cache, whatever the CPU says of itself; and
    distrusted besides where it says that it is TCG's."""
    found = boards.machine(board, machine)
    result, receipt = boot(board, "smoke", found, "refuse", **{**options, "cpu": cpu})
    need_true_reason(found, result, receipt)
    flags = [word for word in flags_of(receipt) if word in ("timing", "unrecorded")]
    need(flags == [flag], f"distrust {flags}", result, flag)


def without_flush(board, machine, cpu):
    """A CPU without CLFLUSH, or without the fences: no such instruction is
    executed."""
    result, receipt = boot(board, "smoke", machine, "refuse", cpu=cpu, devices="")
    word, pairs = source(result, receipt, TIMES)
    said = (word, pairs["why"]) == ("absent", "not on this machine")
    need(said, "it is not absent", result)


def demo(board, codes, says):
    """`make SOURCES=timing demo`, once keygen is built."""
    words = ["qemu/demo", "--image", image(board, "keygen"), "--board", board, "timing"]
    run = children.run([tree.TOP / words[0], *words[1:]], 120)
    need(run.returncode in codes, f"exit {run.returncode}\n{run.stdout[-2000:]}")
    if codes != (1,) and run.returncode == 1:
        need_no_cache(run.stdout)
    found = re.findall(says[run.returncode], run.stdout, re.M)
    need(len(found) == (3 if run.returncode == 0 else 1), run.stdout[-2000:])


SAYS = {0: r"^\S+ +[0-9.]+ s  Key is valid$", 1: r"^The times of loads: no cache effect\.$"}


def tests(add):
    ready = "times alone: ready by this machine's caches"
    add("Unix", ready, on_this_machine, UNIX, "unix")
    add("Solo5", ready, on_this_machine, SOLO5, "tender")
    add("Solo5", f"real spt: {ready}", on_this_machine, SOLO5, "spt")
    alone = boards.board(UNIX).first().timing
    for cpu, flag in (("max", "timing"), ("max,tcg-cpuid=off", "unrecorded")):
        add("Unix", f"times alone, emulated, -cpu {cpu}: refused", emulated, UNIX, "emulated",
            cpu, flag, **alone)
    for cpu, flag in (("max,-hypervisor", "timing"), ("max,tcg-cpuid=off", "unrecorded")):
        without = cpu + NO_INSTRUCTION.removeprefix("max")
        add("microvm", f"times alone, -cpu {cpu}: refused", emulated, X86, "microvm", without, flag,
            devices="")
    for board, cpu in ((X86, NO_INSTRUCTION + ",-clflush"), ("qemu-i386", "pentium3")):
        group = boards.board(board).first().group
        name = f"times alone, -cpu {cpu}: no flush, refused"
        add(group, name, without_flush, board, "microvm", cpu)
    add("Unix", "times alone: the demo's keys", demo, UNIX, (0, 1), SAYS)
    add("microvm", "times alone: the demo refuses", demo, X86, (1,), SAYS)
