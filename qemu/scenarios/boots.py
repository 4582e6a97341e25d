# SPDX-License-Identifier: BSD-2-Clause
"""What every scenario is made of: a boot that must end as expected, and what
its receipt says of a source."""
import contextlib
import re
import tempfile
import threading
from pathlib import Path

from harness import boards, faults, judge
from harness.failures import need, need_status
from harness.receipt import receipt as receipt_of
from harness.seed import fresh_seed
from scenarios.images import image

figures = {}  # what the budgets print: name -> (measured, budget, unit)
boot_seconds = {}  # of a board's smoke: name -> (measured, budget)
booted = {}  # what tells a boot from another -> Once


class Once:
    """A result that several threads want, and one makes."""

    def __init__(self):
        self.lock, self.result = threading.Lock(), None

    def __enter__(self):
        self.lock.acquire()
        return self

    def __exit__(self, *_):
        self.lock.release()


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def key_of(board, path, machine, number, options):
    """What tells one boot from another: all but the time that it may take."""
    settings = {name: value for name, value in options.items() if name != "timeout"}
    versions = judge.other_path.get(), judge.other_deps.get()
    return f"{board} {path} {machine.name} {machine.template} {number} {versions} {settings}"


def boot_once(board, path, machine, number=0, **options):
    """A boot that several tests look at, each with its own question. A test
    that wants two boots numbers them."""
    key = key_of(board, path, machine, number, options)
    with booted.setdefault(key, Once()) as once:
        if not once.result:
            once.result = judge.boot(board, path, machine, **options)
        faults.hear(once.result.console)
        return once.result


def boot_image(board, path, machine=None, expect="pass", **options):
    """One boot that must end as expected. A machine that needs a seed to pass
    is given one, unless its devices are named."""
    if not isinstance(machine, boards.Machine):
        machine = boards.machine(board, machine)
    needs_seed = machine.seed and expect in ("pass", "enough")
    if needs_seed and options.get("devices") is None:
        with fresh_seed(machine) as options["devices"]:
            result = boot_once(board, path, machine, **options)
    else:
        result = boot_once(board, path, machine, **options)
    need_status(result, expect)
    return result


def boot(board, app="smoke", machine=None, expect="pass", **options):
    """The same of a program of the board; its result and its receipt."""
    result = boot_image(board, image(board, app, machine), machine, expect, **options)
    return result, receipt_of(result.console)


def smoke_passes(board, path):
    """A smoke image of whatever build, on what its board needs to be ready. A
    raw image runs where it is put, and so is tried at another address too."""
    names = [machine.name for machine in boards.board(board).machines()]
    for name in [names[0]] + ["moved"] * ("moved" in names):
        boot_image(board, path, name)


def lines_of(result):
    """What the console shows, without empty lines."""
    return [line for line in result.console.splitlines() if line.strip()]


def source(result, receipt, name):
    """(word, pairs) of a source in a receipt."""
    need(receipt and name in receipt["source"], f"no receipt that names {name}", result)
    words, pairs = receipt["source"][name]
    return words[0], pairs


TIMES = "cache-timing"  # the source


def need_true_reason(machine, result, receipt):
    """Where a board has the times of loads as a source, a machine that QEMU
    emulates has none, and says why: no load is slower for a flush. RISC-V in
    QEMU before 8.0 has no flush. A counter of 62.5 MHz (arm64), or one that Xen
    answers, may be too coarse to tell."""
    word, pairs = receipt["source"].get(TIMES, (["-"], {"why": "-"}))
    said = (word[0], pairs["why"])
    true = {("unfit", "no cache effect")}
    isa, facts = boards.board(machine.board).isa(), receipt.get("facts", ("", {}))[1]
    if isa == "aarch64" or facts.get("tsc") == "emulated":
        true.add(("unfit", "counter too coarse"))
    if isa.startswith("riscv"):
        true.add(("absent", "not on this machine"))
    if "timing" not in boards.board(machine.board).words("FAMILY"):
        true = {("-", "-")}
    need(said in true, f"{TIMES}: {said}", result, true)


def recorded(result, name):
    return bytes.fromhex("".join(re.findall(rf"^raw {name} ([0-9a-f]+)$", result.console, re.M)))


def two_samples(board):
    samples = []
    for number in range(2):
        result, _ = boot(board, number=number)
        samples += re.findall(r"^sample ([0-9a-f]{64})$", result.console, re.M)
    need(len(set(samples)) == 2, f"two boots, and these samples: {samples}")
