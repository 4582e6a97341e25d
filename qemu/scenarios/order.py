# SPDX-License-Identifier: BSD-2-Clause
"""The order of bytes: the same input gives the same output on each machine,
and the model of tests/host predicts it. It predicts the output of a real
machine too, from all that this machine drew."""
import itertools
import re
import sys

from harness import boards, tree
from harness.failures import need
from scenarios.stress import guest

sys.path.insert(0, str(tree.TOP / "tests/host"))
import model  # noqa: E402

LIMIT = 1 << 64
SLOW = ("microbit", "microbit-libc")
GENERATION = "-device vmgenid,guid=324e6eaf-d1d1-4bf6-bf41-b9bb6c91fb87 -device virtio-rng-pci"
ID = "af6e4e32d1d1f64bbf41b9bb6c91fb87"  # as a GUID lies in memory


def counter():
    """That of tests/guests/order.c."""
    readings = itertools.count(0x0123456789ABCDEF + 0x100000001, 0x100000001)
    return lambda: next(readings) % LIMIT


def source(order="little", length=256):
    """The bytes that tests/guests/order.c has for a source."""
    word, given = 0, b""
    while len(given) < length:
        word = (word * 1664525 + 1013904223) % (1 << 32)
        given += word.to_bytes(4, order)
    return given


def predicted(order="little"):
    given = model.Source(source(order), 2048, fast=True)
    return model.first_bytes("chacha20", counter(), b"", [given]).hex()


def first(board, name="order"):
    console = guest(board, name)
    found = re.search(r"^first (\w{128})$", console, re.M)
    need(found, "no line first", console)
    return found[1]


def same_bytes(board):
    """One prediction for all: no machine has an order of its own."""
    said = first(board)
    need(said == predicted(), f"first {said}", expected=f"first {predicted()}")


def words_as_stored(board):
    """On a big-endian machine the test sees a word that is stored as it is."""
    said = first(board, "order-NATIVE")
    need(said == predicted("big"), f"first {said}", expected=f"first {predicted('big')}")
    need(said != predicted(), "both orders give the same bytes")


# enum sb_flag of hal/sb_hal.h, and of the states of core/seedbed.h those of a
# source that is there and not in reserve.
NOISE, CONDITIONED, FAST, LAST = 1, 2, 64, 256
THERE = ("3", "4")
STARTUP = {NOISE: model.NOISE_SAMPLES, CONDITIONED: model.STARTUP}
USED_UP = "-2"


def answers(console, number):
    """What source `number` handed over, in order: bytes, or None for the end.
    A result that is no answer is one of no bytes."""
    said = re.findall(rf"^read {number} (\S+)$", console, re.M)
    return [None if w == USED_UP else b"" if w[0] == "-" else bytes.fromhex(w) for w in said]


def recorded(console):
    """The sources of tests/guests/draws.c, for the model."""
    line = r"^source (\d) \S+ width=(\d+) flags=(\d+) credit=(\d+) state=(\d)$"
    for number, width, flags, credit, state in re.findall(line, console, re.M):
        flags, width = int(flags), int(width)
        kind = flags & (NOISE | CONDITIONED)
        startup = STARTUP.get(kind, 0) * (width if kind == NOISE else 1)
        there = state in THERE and not flags & LAST
        given = answers(console, number)
        yield model.Source(given, int(credit), bool(flags & FAST), width, startup, not there)


def word(console, pattern):
    found = re.search(rf"^{pattern}$", console, re.M)
    need(found, f"no line {pattern}", console)
    return found[1]


def as_predicted(board, **options):
    """All that the machine drew and each reading of its counter, given to the
    model, give what the machine gave. Nothing of the record is left."""
    console = guest(board, "draws", **options)
    readings = [int(digits, 16) for digits in re.findall(r"^now (\w{16})$", console, re.M)]
    given = list(recorded(console))
    epoch = bytes.fromhex(word(console, r"epoch (\w{32})"))
    stream = word(console, r"stream (\S+)")
    said = word(console, r"first (\w{128})")
    expected = model.first_bytes(stream, lambda: readings.pop(0), epoch, given).hex()
    need(said == expected, f"first {said}", console, expected=f"first {expected}")
    left = len(readings) + sum(len(source.given) for source in given)
    need(not left, f"{left} draws and readings are left", console)
    return console


def with_an_epoch():
    console = as_predicted("qemu-x86_64", machine="q35", devices=GENERATION)
    need(f"epoch {ID}\n" in console, f"its epoch is not {ID}", console)


def tests(add):
    for isa in boards.isas():
        board = boards.of_isa(isa)
        add("order", f"the same bytes on {isa}", same_bytes, board.name)
        if "BE" in board.word():
            add("order", f"words as {isa} stores them are seen", words_as_stored, board.name)
        if not board.first().seed and board.name not in SLOW:
            add("order", f"a record of {board.name}, as predicted", as_predicted, board.name)
    add("order", "a record with a generation id, as predicted", with_an_epoch)


def slow_tests(add):
    """Noise at the rate of the device."""
    for board in SLOW:
        add("order", f"a record of {board}, as predicted", as_predicted, board)
