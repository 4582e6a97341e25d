# SPDX-License-Identifier: BSD-2-Clause
"""What the generator of a QEMU with -seed gives: an oracle for what a driver
must have been handed.

QEMU then has a Mersenne Twister for each thread (util/guest-random.c), that of
GLib, which Python has too. The main thread's is seeded by the option, and each
CPU's by eight bytes of the main thread's. Devices ask the one, instructions the
other. Both seeds must have 33 bits or more: Python leaves zeros in front
away.
"""
import random

SEED = 4886718345  # 33 bits
OPTION = f"-seed {SEED}"
BEFORE = 64  # words that the main thread may have drawn before it makes a CPU


def words(seed, count):
    generator = random.Random(seed)
    return [generator.getrandbits(32) for _ in range(count)]


def low_bytes(numbers, width):
    """Each number's lowest bytes, as a little-endian machine keeps them."""
    return b"".join((n & (1 << 8 * width) - 1).to_bytes(width, "little") for n in numbers)


def of_devices(count, width=1):
    """That of the main thread, asked for `width` bytes at a time."""
    return low_bytes(words(SEED, count), width)


def of_cpus(count, width=4):
    """What the first CPU's may be, for each place where it may have its seed
    from."""
    main = words(SEED, BEFORE)
    for low, high in zip(main, main[1:]):
        yield low_bytes(words(high << 32 | low, count), width)
