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
NOISE_SAMPLES = 1024  # of a noise source
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


class Source:
    """What a source hands over: bytes, as many as are asked for, or a list of
    recorded answers, each of them bytes, or None when it is used up. over:
    nothing comes of it, as it is absent."""

    def __init__(self, given, credit, fast=False, width=8, startup=STARTUP, over=False):
        self.given, self.credit, self.fast = given, credit, fast
        self.width, self.startup, self.over = width, startup, over
        self.bytes, self.asked, self.bits = 0, 0, 0

    def whole(self):
        """Bytes of whole samples."""
        return self.bytes // self.width * self.width

    def live(self):
        return not self.over and self.whole() >= self.startup

    def heard(self):
        return self.bytes >= HEARD or self.asked >= ROUNDS_HEARD or self.over

    def take(self, length):
        if isinstance(self.given, bytes):
            data, self.given = self.given[:length], self.given[length:]
            return data
        data = self.given.pop(0)
        if data is not None and len(data) > length:
            raise ValueError(f"{len(data)} bytes, and {length} were asked for")
        self.over = data is None
        return data or b""

    def tested(self, length):
        """The next answer, and the bytes of samples that are whole by now."""
        data, before = self.take(length), self.whole()
        self.bytes += len(data)
        return data, self.whole() - before


class Model:
    """One instance. now() is its counter."""

    def __init__(self, cipher, now, epoch, sources):
        self.cipher, self.now, self.sources = cipher, now, sources
        self.key, self.pool, self.turn = bytes(32), b"", 0
        self.frame(b"I", NEEDS_BITS, epoch or bytes(16))
        self.rekey()

    def frame(self, kind, index, data):
        head = kind + bytes([index, len(data)]) + bytes(5) + struct.pack("<Q", self.now())
        self.pool += head + data.ljust(CHUNK, b"\0")

    def rekey(self):
        self.frame(b"K", 0, self.key)
        self.key = hashlib.blake2s(self.pool).digest()
        self.pool = b""
        for source in self.sources:
            source.bits = 0

    def ask(self, i):
        """A fast source gives its start-up in two halves."""
        source = self.sources[i]
        if source.over:
            return
        halves = source.fast and source.whole() < source.startup
        data, whole = source.tested(STARTUP // 2 if halves else CHUNK)
        if data:
            self.frame(b"S", i, data)
            source.bits += whole * source.credit / 256

    def credited(self):
        return sum(source.bits for source in self.sources if source.live())

    def has(self, source):
        """Enough came, and nothing more is needed of this source."""
        return source.live() and source.heard() and self.credited() >= FIRST

    def start(self):
        while self.credited() < FIRST or not all(source.heard() for source in self.sources):
            for i, source in enumerate(self.sources):
                source.asked += 1
                for _ in range(ASKS if source.fast else 1):
                    if not self.has(source):
                        self.ask(i)
        self.rekey()

    def round(self):
        """A round of a ready instance asks one source, each in its turn."""
        self.ask(self.turn % len(self.sources))
        self.turn += 1
        if self.credited() >= RESEED:
            self.rekey()

    def fresh_word(self):
        """Of the last fast source that has one."""
        for source in reversed(self.sources):
            word = source.tested(8)[0] if source.fast and source.live() else b""
            if word:
                return word.ljust(8, b"\0")
        return bytes(8)

    def output(self, length=64):
        word = self.fresh_word()
        nonce = struct.pack("<I", self.now() & 0xFFFFFFFF) + word
        stream = self.cipher(self.key, nonce, 32 + length)
        self.key = stream[:32]
        return stream[32:]


def first_bytes(keystream, now, epoch, sources):
    """The first output of an instance, 64 bytes."""
    model = Model(CIPHERS[keystream.split("-")[0]], now, epoch, sources)
    model.start()
    return model.output()


def predict(keystream, counter, epoch, credit, rounds, sources, fast=()):
    """Of conditioned sources. Their samples have 8 bytes, and the counter stands
    still. `fast` has the numbers of the fast ones."""
    cipher = CIPHERS[keystream.split("-")[0]]
    given = [Source(source, credit, i in fast) for i, source in enumerate(sources)]
    model = Model(cipher, lambda: counter, epoch, given)
    model.start()
    first = model.output()
    for _ in range(rounds):
        model.round()
    return [first.hex(), model.output().hex()]


def run(program, keystream, counter, epoch, credit, rounds, sources, fast=()):
    words = [program, keystream, str(counter), epoch.hex() or "-", str(credit), str(rounds)]
    words += ["+" * (i in fast) + source.hex() for i, source in enumerate(sources)]
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


def flip(program, keystream):
    """How many bytes were turned over, and how many of them without the change
    that is predicted."""
    flips = wrong = 0
    for name in ("an epoch", "two sources", "reseeded from two chunks", "a fast source"):
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
