#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""An independent model of the plumbing. It predicts seedbed's output from the
bytes that the sources hand over.

  tests/host/model.py build/host/model

It was written from docs/design.md, with hashlib's BLAKE2s and a ChaCha20 of its
own. After the predictions it turns over every byte of every source's input and
of the epoch's id. The output must change each time, as predicted.
"""
import hashlib
import struct
import subprocess
import sys

CHUNK = 48  # bytes that a source is asked for at once, and the data of a frame
FIRST, RESEED = 384, 256  # credited bits
STARTUP = 64  # bytes of a conditioned source before it counts
HEARD, ROUNDS_HEARD = 32, 8  # a source is heard by so many bytes, or rounds
ASKS = 11  # of a fast source in a round, at most
NEEDS_BITS = 1  # the reason that the first epoch frame carries


def chacha20(key, nonce, length):
    """RFC 8439 section 2.3, from block 0."""
    def rotate(v, n):
        return (v << n | v >> (32 - n)) & 0xFFFFFFFF

    def quarter(x, a, b, c, d):
        for p, q, r, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[p] = (x[p] + x[q]) & 0xFFFFFFFF
            x[r] = rotate(x[r] ^ x[p], n)

    out = b""
    for block in range((length + 63) // 64):
        text = b"expand 32-byte k" + key + struct.pack("<I", block) + nonce
        start = list(struct.unpack("<16I", text))
        x = list(start)
        for _ in range(10):
            for i in range(4):
                quarter(x, i, 4 + i, 8 + i, 12 + i)
            for i in range(4):
                quarter(x, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
        out += struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(x, start)))
    return out[:length]


class Model:
    """One instance over conditioned sources. Their samples have 8 bytes, and the
    counter stands still. `fast` has the numbers of the fast ones."""

    def __init__(self, counter, epoch, credit, sources, fast):
        self.counter, self.credit, self.inputs = counter, credit, list(sources)
        self.fast = fast
        self.key, self.pool, self.turn = bytes(32), b"", 0
        self.heard = [0] * len(sources)
        self.bits = [0] * len(sources)
        self.frame(b"I", NEEDS_BITS, epoch or bytes(16))
        self.rekey()

    def frame(self, kind, index, data):
        head = kind + bytes([index, len(data)]) + bytes(5) + struct.pack("<Q", self.counter)
        self.pool += head + data.ljust(CHUNK, b"\0")

    def rekey(self):
        self.frame(b"K", 0, self.key)
        self.key = hashlib.blake2s(self.pool).digest()
        self.pool = b""
        self.bits = [0] * len(self.inputs)

    def take(self, i, length):
        data, self.inputs[i] = self.inputs[i][:length], self.inputs[i][length:]
        self.heard[i] += len(data)
        return data

    def ask(self, i):
        """A fast source gives its start-up in two halves."""
        in_startup = i in self.fast and self.heard[i] < STARTUP
        data = self.take(i, STARTUP // 2 if in_startup else CHUNK)
        if data:
            self.frame(b"S", i, data)
            self.bits[i] += len(data) // 8 * 8 * self.credit / 256

    def credited(self):
        return sum(bits for bits, heard in zip(self.bits, self.heard) if heard >= STARTUP)

    def has(self, i):
        """Enough came, and nothing more is needed of this source."""
        return self.credited() >= FIRST and self.heard[i] >= max(HEARD, STARTUP)

    def start(self):
        rounds = 0
        while self.credited() < FIRST or (min(self.heard) < HEARD and rounds < ROUNDS_HEARD):
            for i in range(len(self.inputs)):
                for _ in range(ASKS if i in self.fast else 1):
                    if not self.has(i):
                        self.ask(i)
            rounds += 1
        self.rekey()

    def round(self):
        """A round of a ready instance asks one source, each in its turn."""
        self.ask(self.turn % len(self.inputs))
        self.turn += 1
        if self.credited() >= RESEED:
            self.rekey()

    def fresh_word(self):
        """Of the last fast source that has one."""
        for i in sorted(self.fast, reverse=True):
            word = self.take(i, 8) if self.heard[i] >= STARTUP else b""
            if word:
                return word.ljust(8, b"\0")
        return bytes(8)

    def output(self, length=64):
        nonce = struct.pack("<I", self.counter & 0xFFFFFFFF) + self.fresh_word()
        stream = chacha20(self.key, nonce, 32 + length)
        self.key = stream[:32]
        return stream[32:]


def predict(counter, epoch, credit, rounds, sources, fast=()):
    model = Model(counter, epoch, credit, sources, fast)
    model.start()
    first = model.output()
    for _ in range(rounds):
        model.round()
    return [first.hex(), model.output().hex()]


def run(program, counter, epoch, credit, rounds, sources, fast=()):
    words = [program, str(counter), epoch.hex() or "-", str(credit), str(rounds)]
    words += ["+" * (i in fast) + source.hex() for i, source in enumerate(sources)]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def known(name, length):
    """Bytes that depend on the name alone."""
    blocks = (hashlib.sha256(b"%s %d" % (name, i)).digest() for i in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def flipped(data, i):
    return data[:i] + bytes([data[i] ^ 0xff]) + data[i + 1:]


CASES = {  # name: counter, epoch, credit, rounds, sources, numbers of the fast ones
    "one source": (0, b"", 2048, 0, [known(b"a", 96)]),
    "one source, short of a frame": (1, b"", 2048, 0, [known(b"b", 72)]),
    "a counter of 64 bits": (0xfedcba9876543210, b"", 2048, 0, [known(b"c", 96)]),
    "an epoch": (7, known(b"id", 16), 2048, 0, [known(b"d", 96)]),
    "two sources": (7, b"", 2048, 0, [known(b"e", 96), known(b"f", 96)]),
    "two sources, half credit": (7, b"", 1024, 0, [known(b"g", 144), known(b"h", 96)]),
    "one source, reseeded once": (9, b"", 2048, 1, [known(b"i", 144)]),
    "reseeded from two chunks": (9, b"", 1024, 2, [known(b"j", 192)]),
    "two sources, several reseeds": (
        *(9, known(b"id", 16), 768, 8),
        [known(b"k", 480), known(b"l", 480)],
    ),
    "mixed since the last key, not yet a reseed": (9, b"", 1024, 1, [known(b"m", 192)]),
    "a fast source": (9, b"", 2048, 0, [known(b"n", 80)], (0,)),
    "a fast source, half credit": (9, b"", 1024, 1, [known(b"o", 200)], (0,)),
    "a fast source, a quarter of a bit": (9, b"", 64, 2, [known(b"p", 2000)], (0,)),
    "two fast sources": (9, b"", 2048, 2, [known(b"q", 200), known(b"r", 200)], (0, 1)),
    "a fast one, not asked while another is waited for": (
        *(9, known(b"id", 16), 2048, 2),
        [known(b"s", 200), known(b"t", 16)],
        (0,),
    ),
    "a slow one, then a fast one": (9, b"", 2048, 3, [known(b"u", 200), known(b"v", 200)], (1,)),
    "a fast one without a word for the nonce": (
        *(9, b"", 2048, 0),
        [known(b"w", 64), known(b"x", 96)],
        (0,),
    ),
}


def variants(case):
    """The case with one byte turned over, for each byte."""
    counter, epoch, credit, rounds, sources, *fast = case
    for i in range(len(epoch)):
        yield counter, flipped(epoch, i), credit, rounds, sources, *fast
    for k, source in enumerate(sources):
        for i in range(len(source)):
            turned = sources[:k] + [flipped(source, i)] + sources[k + 1 :]
            yield counter, epoch, credit, rounds, turned, *fast


def main():
    program, wrong, flips = sys.argv[1], 0, 0
    for name, case in CASES.items():
        expected, found = predict(*case), run(program, *case)
        if expected != found:
            wrong += 1
            print("%s: predicted %s\n%s  got       %s" % (name, expected, " " * len(name), found))
    for name in ("an epoch", "two sources", "reseeded from two chunks", "a fast source"):
        before = run(program, *CASES[name])
        for variant in variants(CASES[name]):
            flips += 1
            after = run(program, *variant)
            if after[1] == before[1] or after != predict(*variant):
                wrong += 1
                print("%s: a byte turned over, and the output is not what it must be" % name)
    print("the model predicted %d outputs" % (2 * len(CASES)), end="; ")
    print("%d bytes turned over, each changes the output as predicted" % flips, end="; ")
    print("%d wrong" % wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
