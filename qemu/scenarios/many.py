# SPDX-License-Identifier: BSD-2-Clause
"""One image, booted again and again, on a board of each family: no two boots
share their first output, and without a source each of them is refused.

Two changes make that harder. A machine whose clock *counts* instructions has
nothing but its sources that could differ from boot to boot. Of one that
*replays* the sources do not differ either: QEMU makes all that is random out of
one seed. There two boots are the same, and bytes that repeat look as good as
any. That is the limit, F19 of tests/faults.
"""
import re
import shutil

from harness import boards, children, many
from harness.failures import Failure, need
from harness.many import Way
from harness.tree import BUILD
from scenarios.boots import folder, recorded
from scenarios.images import image
from scenarios.machines import ARM, NO_INSTRUCTION, NO_RNDR, RNG, counted

# The boards of a family: one that serves, and where that always has a source,
# one that has none.
FAMILIES = {
    "x86-64": ("qemu-x86_64",),
    "arm64": (ARM,),
    "Cortex-M": ("microbit", "mps2-an385"),
    "RISC-V": ("qemu-riscv64-virt",),
    "POWER": ("pseries",),
    "s390x": ("s390-ccw-virtio",),
    "MIPS": ("malta",),
}
# Their own scenarios boot them by a clock that counts, and by -seed. So `make
# check` does not boot them again for that.
SLOW = {"POWER", "s390x", "MIPS"}
BOARDS = [board for names in FAMILIES.values() for board in names]
SERVES = [names[0] for names in FAMILIES.values()]
DEVICE_ALONE = "malta"  # what else it has is not enough
REFUSES = [names[-1] for names in FAMILIES.values()]
NO_INSTRUCTIONS = {"qemu-x86_64": NO_INSTRUCTION, ARM: NO_RNDR, "qemu-riscv64-virt": "rv64"}
NAMES = {  # way -> the test
    "as it is": "boots of one image share no sample",
    "counted": "boots by a clock that counts share no sample",
    "no source": "boots without a source give one reason",
    "no source, replayed": "replayed boots without a source give one receipt",
    "no device, replayed": "replayed boots give one output: the limit",
}


def family(board):
    """A board of none is called by its ISA."""
    made = boards.board(board)
    found = (name for name, names in FAMILIES.items() if made.name in names)
    return next(found, None) or made.isa()


def replayed(machine):
    """The clock of s390x begins with the time of day, in seconds."""
    return counted(machine, " -seed 7 -rtc base=2026-01-01,clock=vm")


REPLAYS = "-icount shift=0,sleep=off -seed 7"  # the same, in the place of devices


def ways(board):
    """The ways to boot a board, by their names."""
    machine, found = boards.machine(board), {}

    def add(name, changed, expect, options=None):
        found[name] = Way(board, name, changed, expect, options or {})

    # Firmware and Xen take a minute by such a clock, or do not end.
    may_count = "qemu-system-" in machine.template and not machine.below
    add("as it is", machine, "distinct")
    if may_count:
        add("counted", counted(machine), "distinct")
    if machine.none:
        add("no source", machine, "refused", machine.none)
    if machine.none and may_count:
        add("no source, replayed", replayed(machine), "one receipt", machine.none)
    if machine.board in SERVES and machine.board != DEVICE_ALONE:
        add("no device, replayed", replayed(machine), "alike: the limit", {"devices": ""})
    return found


def results_of(way, count, app="smoke"):
    return many.boot_all(way, image(way.board, app), count)


def boots_are(board, name, count):
    way = ways(board)[name]
    many.need_all(way.expect, results_of(way, count))


def device_replays(board):
    """Virtio-rng in front of QEMU's own generator. Its bytes are the same in
    each boot; after how many instructions they come is for the host to say, so
    the outputs are not all the same."""
    for how, alike in ((counted, False), (replayed, True)):
        options = {"cpu": NO_INSTRUCTIONS[board], "devices": RNG["honest"]}
        way = Way(board, "", how(boards.machine(board)), "", options)
        results = results_of(way, 2, "record")
        first, second = (recorded(result, "virtio-rng") for result in results)
        need(len(first) >= 256, "no bytes", results[0])
        need((first == second) == alike, "alike" if first == second else "apart", results[1])


def rules_are_seen():
    """Each rule is red where boots are not as it wants, and the failure names
    them."""
    x86 = ways("qemu-x86_64")
    served = results_of(x86["as it is"], 2)
    same = results_of(x86["no device, replayed"], 2)
    seed_alone = Way(ARM, "", boards.machine(ARM), "", {"cpu": NO_RNDR, "devices": ""})
    refused = results_of(x86["no source"], 1) + results_of(seed_alone, 1)
    for word, results, says in (
        ("distinct", same, "boots 1 and 2 have the same first output"),
        ("distinct", refused, "refuse"),
        ("refused", served, "pass"),
        ("refused", refused, "boots 1 and 2 have not the same reason"),
        ("one receipt", refused, "boots 1 and 2 have not the same receipt"),
        ("alike: the limit", served, "boots 1 and 2 have not the same output"),
    ):
        try:
            many.need_all(word, results)
        except Failure as failure:
            told = says in failure.seen and results[0].report() in failure.details
            need(told, f"{word}: {failure}")
        else:
            raise Failure(f"{word}: green", "red")


def table_of(code, count, board):
    """What qemu/boots prints, which must end so: a dictionary way -> (distinct,
    refused, verdict), and the rest."""
    run = children.run(["qemu/boots", "--boots", count, board])
    need(run.returncode == code, f"exit {run.returncode}\n{run.stdout}", expected=f"exit {code}")
    rows = r"^\S+ +\S+ +(\S.*?) +2 +(\d+) +(\d+) +[\d.]+  (\S.*)$"
    found = {}
    for name, distinct, refused, word in re.findall(rows, run.stdout, re.M):
        found[name] = int(distinct), int(refused), word
    return found, run.stdout


def shows_a_table():
    """A board of no family whose machine replays: its boots are named, with
    their commands and consoles. One that is as it should be; two mistakes."""
    bare = {"no source": (0, 2, "refused"), "no source, replayed": (0, 2, "one receipt")}
    with folder() as there:
        replays = there / "replays"
        shutil.copytree(boards.board("qemu-x86_64").folder, replays)
        text = (replays / "machines").read_text()
        text = text.replace("{devices:-device virtio-rng-device}", f"{{devices:{REPLAYS}}}")
        (replays / "machines").write_text(text)
        shutil.rmtree(BUILD / "replays", ignore_errors=True)  # of another such folder
        rows, said = table_of(1, 2, replays)
    same = {name: (1, 0, "FAILED") for name in ("as it is", "counted")}
    need(rows == same | bare, said)
    shown = said.count("have the same first output"), said.count("\nsample ")
    need(shown == (2, 4) and said.count("\n  qemu-system-x86_64 ") == 4, said)
    rows, said = table_of(0, 2, REFUSES[2])
    need(rows == {name: (2, 0, "distinct") for name in same} | bare, said)
    table_of(2, 0, REFUSES[2])
    table_of(2, 10**20, REFUSES[2])
    table_of(2, 2, "no-such-board")


def suffix(board):
    return "" if family(board) == "x86-64" else f", {family(board)}"


def each(add, way, count, x86=0, but="", slow=False, **options):
    """A test for each family. x86: how many boots there. but: a board that is
    left out. slow: with the families of SLOW."""
    for board in REFUSES if way.startswith("no source") else SERVES:
        if board != but and (slow or family(board) not in SLOW):
            boots = (x86 if family(board) == "x86-64" else 0) or count
            name = f"{boots} {NAMES[way]}{suffix(board)}"
            add("many", name, boots_are, board, way, boots, **options)


def tests(add):
    each(add, "as it is", 32, but="microbit", budget=30)  # half a minute by its own clock
    each(add, "counted", 32, budget=30)
    each(add, "no source", 32, budget=30)
    each(add, "no source, replayed", 4)
    each(add, "no device, replayed", 4)
    for board in NO_INSTRUCTIONS:
        name = f"virtio-rng replays with -seed: the limit{suffix(board)}"
        add("many", name, device_replays, board)
    add("many", "red: each rule", rules_are_seen)
    add("many", "the table of qemu/boots, and what a failure shows", shows_a_table)


def slow_tests(add):
    for way in ("as it is", "no source"):
        each(add, way, 200, x86=1000, slow=True, budget=400)
    for way in ("counted", "no source, replayed"):
        each(add, way, 100, slow=True, budget=120)
    each(add, "no device, replayed", 100, but=DEVICE_ALONE, slow=True, budget=120)
