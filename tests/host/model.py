#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""An independent model of the plumbing. It predicts seedbed's output from the
bytes that the sources hand over.

  tests/host/model.py build/host/model [KEYSTREAM]

It was written from docs/design.md, with hashlib's BLAKE2s, and ChaCha20 and
AES-256 of its own. For the ChaCha20 that runs anywhere it then turns over every
byte of every source's input and of the epoch's id. The output must change each
time, as predicted. Exit 77: this CPU or system lacks the keystream.
"""
import hashlib
import struct
import subprocess
import sys

CHUNK = 48  # bytes that a source is asked for at once, and the data of a frame
FIRST, RESEED = 384, 256  # credited bits
STARTUP = 64  # bytes of a conditioned source before it counts
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


def times(a, b):
    """The product in AES's field, FIPS 197 section 4.2."""
    product = 0
    for i in range(8):
        if b >> i & 1:
            product ^= a << i
    for i in range(7, -1, -1):
        if product >> (i + 8) & 1:
            product ^= 0x11B << i
    return product


def substitute(a):
    """FIPS 197 section 5.1.1: the inverse, then the affine transformation."""
    b = next((b for b in range(256) if times(a, b) == 1), 0)
    return 0x63 ^ b ^ b << 1 & 255 ^ b >> 7 ^ b << 2 & 255 ^ b >> 6 \
        ^ b << 3 & 255 ^ b >> 5 ^ b << 4 & 255 ^ b >> 4


SBOX = [substitute(a) for a in range(256)]
DOUBLE = [times(2, a) for a in range(256)]


def aes256_keys(key):
    """FIPS 197 section 5.2: 15 round keys."""
    words = [list(key[i : i + 4]) for i in range(0, 32, 4)]
    constant = 1
    while len(words) < 60:
        last = words[-1]
        if len(words) % 8 == 0:
            last = [SBOX[byte] for byte in last[1:] + last[:1]]
            last[0] ^= constant
            constant = DOUBLE[constant]
        elif len(words) % 8 == 4:
            last = [SBOX[byte] for byte in last]
        words.append([a ^ b for a, b in zip(words[-8], last)])
    return [sum(words[i : i + 4], []) for i in range(0, 60, 4)]


def aes256_block(keys, block):
    """FIPS 197 section 5.1. Byte r + 4 c is row r of column c."""
    state = [a ^ b for a, b in zip(block, keys[0])]
    for number, key in enumerate(keys[1:], 1):
        state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if number < len(keys) - 1:
            mixed = []
            for c in range(0, 16, 4):
                column = state[c : c + 4]
                every = column[0] ^ column[1] ^ column[2] ^ column[3]
                pairs = zip(column, column[1:] + column[:1])
                mixed += [a ^ every ^ DOUBLE[a ^ b] for a, b in pairs]
            state = mixed
        state = [a ^ b for a, b in zip(state, key)]
    return bytes(state)


def aes256(key, nonce, length):
    """Counter mode: the nonce, and a big-endian block counter from 0."""
    keys, blocks = aes256_keys(key), range((length + 15) // 16)
    return b"".join(aes256_block(keys, nonce + struct.pack(">I", i)) for i in blocks)[:length]


CIPHERS = {"aes256": aes256, "chacha20": chacha20}  # by the first part of a name


class Model:
    """One instance over conditioned sources. Their samples have 8 bytes, and the
    counter stands still."""

    def __init__(self, cipher, counter, epoch, credit, sources):
        self.cipher = cipher
        self.counter, self.credit, self.inputs = counter, credit, list(sources)
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

    def ask(self, i):
        data, self.inputs[i] = self.inputs[i][:CHUNK], self.inputs[i][CHUNK:]
        if data:
            self.frame(b"S", i, data)
            self.heard[i] += len(data)
            self.bits[i] += len(data) // 8 * 8 * self.credit / 256

    def credited(self):
        return sum(bits for bits, heard in zip(self.bits, self.heard) if heard >= STARTUP)

    def start(self):
        rounds = 0
        while self.credited() < FIRST or (min(self.heard) < 32 and rounds < 8):
            for i in range(len(self.inputs)):
                self.ask(i)
            rounds += 1
        self.rekey()

    def round(self):
        """A round of a ready instance asks one source, each in its turn."""
        self.ask(self.turn % len(self.inputs))
        self.turn += 1
        if self.credited() >= RESEED:
            self.rekey()

    def output(self, length=64):
        nonce = struct.pack("<III", self.counter & 0xFFFFFFFF, 0, 0)
        stream = self.cipher(self.key, nonce, 32 + length)
        self.key = stream[:32]
        return stream[32:]


def predict(keystream, counter, epoch, credit, rounds, sources):
    model = Model(CIPHERS[keystream.split("-")[0]], counter, epoch, credit, sources)
    model.start()
    first = model.output()
    for _ in range(rounds):
        model.round()
    return [first.hex(), model.output().hex()]


def run(program, keystream, counter, epoch, credit, rounds, sources):
    words = [program, keystream, str(counter), epoch.hex() or "-", str(credit), str(rounds)]
    words += [source.hex() for source in sources]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print(done.stdout, end="")
        sys.exit(done.returncode)
    return done.stdout.split()


def known(name, length):
    """Bytes that depend on the name alone."""
    blocks = (hashlib.sha256(b"%s %d" % (name, i)).digest() for i in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def flipped(data, i):
    return data[:i] + bytes([data[i] ^ 0xff]) + data[i + 1:]


CASES = {  # name: counter, epoch, credit, rounds, sources
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
}


def variants(case):
    """The case with one byte turned over, for each byte."""
    counter, epoch, credit, rounds, sources = case
    for i in range(len(epoch)):
        yield counter, flipped(epoch, i), credit, rounds, sources
    for k, source in enumerate(sources):
        for i in range(len(source)):
            turned = sources[:k] + [flipped(source, i)] + sources[k + 1 :]
            yield counter, epoch, credit, rounds, turned


def flip(program, keystream):
    """How many bytes were turned over, and how many of them without the change
    that is predicted."""
    flips = wrong = 0
    for name in ("an epoch", "two sources", "reseeded from two chunks"):
        before = run(program, keystream, *CASES[name])
        for variant in variants(CASES[name]):
            flips += 1
            after = run(program, keystream, *variant)
            if after[1] == before[1] or after != predict(keystream, *variant):
                wrong += 1
                print("%s: a byte turned over, and the output is not what it must be" % name)
    return flips, wrong


def main():
    program, keystream = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "chacha20"
    flips = wrong = 0
    for name, case in CASES.items():
        expected, found = predict(keystream, *case), run(program, keystream, *case)
        if expected != found:
            wrong += 1
            print("%s: predicted %s\n%s  got       %s" % (name, expected, " " * len(name), found))
    if keystream == "chacha20":
        flips, unmoved = flip(program, keystream)
        wrong += unmoved
    print("%s: the model predicted %d outputs" % (keystream, 2 * len(CASES)), end="; ")
    print("%d bytes turned over, each changes the output as predicted" % flips, end="; ")
    print("%d wrong" % wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
