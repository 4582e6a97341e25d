# SPDX-License-Identifier: BSD-2-Clause
"""The order of bytes: the same input gives the same output on each machine,
and the model of tests/host predicts it."""
import itertools
import re
import sys

from harness import boards, tree
from harness.failures import need
from scenarios.stress import guest

sys.path.insert(0, str(tree.TOP / "tests/host"))
import model  # noqa: E402

LIMIT = 1 << 64


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


def tests(add):
    for isa in boards.isas():
        board = boards.of_isa(isa)
        add("order", f"the same bytes on {isa}", same_bytes, board.name)
        if "BE" in board.word():
            add("order", f"words as {isa} stores them are seen", words_as_stored, board.name)
