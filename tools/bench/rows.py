# SPDX-License-Identifier: BSD-2-Clause
"""What the library must reach: its figure over that of a peer, taken in the same
round, or a number of instructions. Only ten times over a budget fails."""
import statistics
from dataclasses import dataclass

KIB, MIB = 1 << 10, 1 << 20
SIZES = (16, 32, 256, 4 * KIB, 64 * KIB, MIB)
FAILS = 10

VDSO, BORINGSSL = "vDSO getrandom", "BoringSSL RAND_bytes"
BEARSSL, BOUND = "BearSSL aesctr", "bare AES-256"
BARE_CHACHA = "bare ChaCha20, OpenSSL"
AVX2_ALONE = " without AVX-512"  # of OpenSSL, which takes the widest that there is
AES = "seedbed aes256"  # and more: the first of the board's table that runs here
AVX2, AVX512 = "seedbed chacha20-avx2", "seedbed chacha20-avx512"
PORTABLE = "seedbed chacha20"
BUFFERED, ALONE = "seedbed buffered", "seedbed buffered without epoch"
NOTHING, RDSEED = "seedbed from nothing", "RDSEED x 4 + BearSSL hmac_drbg"
ONE, TWO, FOUR = (f"seedbed threads {n}" for n in (1, 2, 4))

# (maker, size, peer, at most)
RATIOS = (
    (AES, 16, VDSO, 3.0),
    (AES, 32, VDSO, 1.8),
    (AES, 16, BORINGSSL, 0.7),
    (AES, 32, BORINGSSL, 0.7),
    (BUFFERED, 16, VDSO, 0.7),
    (BUFFERED, 32, VDSO, 0.5),
    (ALONE, 16, VDSO, 0.35),
    (ALONE, 32, VDSO, 0.3),
    (AES, 256, VDSO, 0.6),
    (AES, 4 * KIB, BEARSSL, 1.0),
    (AES, MIB, BEARSSL, 0.8),
    (AES, 4 * KIB, BORINGSSL, 0.8),
    (AES, MIB, BORINGSSL, 0.8),
    (AES, 4 * KIB, BOUND, 1.8),
    (AES, MIB, BOUND, 1.3),
    (AVX2, 4 * KIB, VDSO, 0.3),
    (AVX2, MIB, VDSO, 0.3),
    (AVX2, 4 * KIB, BARE_CHACHA + AVX2_ALONE, 1.5),
    (AVX2, MIB, BARE_CHACHA + AVX2_ALONE, 1.3),
    (AVX512, 4 * KIB, BARE_CHACHA, 1.5),
    (AVX512, MIB, BARE_CHACHA, 1.3),
    (PORTABLE, 4 * KIB, VDSO, 1.2),
    (PORTABLE, 64 * KIB, VDSO, 1.2),
    (PORTABLE, MIB, VDSO, 1.2),
    (NOTHING, 32, RDSEED, 1.0),
    # Two CPUs do 1.8 times the work of one, four 3.5 times.
    (TWO, 32, ONE, 2 / 1.8),
    (FOUR, 32, ONE, 4 / 3.5),
)
# (machine, what, at most)
INSTRUCTIONS = (
    ("x86-64", "event", 15),
    ("Cortex-M0", "event", 25),
    ("Cortex-M0", "read-32", 3700),
)


@dataclass
class Row:
    """figure, low and high: the median and the quartiles; None: not judged."""

    title: str
    peer: str
    most: float
    figure: float = None
    low: float = None
    high: float = None
    why: str = ""

    def verdict(self):
        if self.figure is None:
            return f"not judged: {self.why}"
        if self.figure <= self.most * 1.005:  # as it is printed
            return "met"
        return "MISSED" if self.figure <= FAILS * self.most else "FAILED"


def quartiles(figures):
    """Low quartile, median, high quartile."""
    if len(figures) < 2:
        return figures[0], figures[0], figures[0]
    return tuple(statistics.quantiles(figures, n=4, method="inclusive"))


def size_name(size):
    if size >= MIB:
        return f"{size // MIB} MiB"
    return f"{size // KIB} KiB" if size >= KIB else f"{size} B"


def whole_name(name, names):
    """The first maker of that keystream, for AES; else the name itself."""
    return next((one for one in names if one.startswith(name)), name) if name == AES else name


def judged(figures, lacks, counts):
    """figures: (maker, size) -> one a round. counts: (machine, what) -> number."""
    names, rows = [name for name, _ in figures], []
    for maker, size, peer, most in RATIOS:
        ours, theirs = (whole_name(one, names) for one in (maker, peer))
        row = Row(f"{ours.replace('seedbed ', '', 1)}, {size_name(size)}", theirs, most)
        missing = [one for one in (ours, theirs) if (one, size) not in figures]
        if missing:
            why = f"not timed at {size_name(size)}" if missing[0] in names else "not here"
            row.why = f"{missing[0]}: {lacks.get(missing[0], why)}"
        else:
            pairs = zip(figures[ours, size], figures[theirs, size])
            row.low, row.figure, row.high = quartiles([a / b for a, b in pairs])
        rows.append(row)
    for machine, what, most in INSTRUCTIONS:
        row = Row(f"{what}, {machine}", "instructions", most, counts.get((machine, what)))
        row.why = "" if row.figure else f"not counted on {machine}"
        rows.append(row)
    return rows
