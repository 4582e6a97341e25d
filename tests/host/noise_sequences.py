# SPDX-License-Identifier: BSD-2-Clause
"""Sequences whose entropy is known, or that NIST's tool has judged.

The random ones come out of SHAKE128, so they are the same everywhere."""
import hashlib

import numpy as np


def words(name, count):
    """Uniform numbers of 32 bits."""
    return np.frombuffer(hashlib.shake_128(name.encode()).digest(4 * count), "<u4")


def uniform(count=150000):
    return np.frombuffer(hashlib.shake_128(b"uniform").digest(count), np.uint8)


def quarters(count=60000):
    """Independent, 0 to 3 with the chances 1/2, 1/4, 1/8, 1/8: 1 bit. As the
    bytes 3, 8, 9 and 12."""
    limits = [2**31, 2**31 + 2**30, 2**32 - 2**29]
    which = np.searchsorted(limits, words("quarters", count), "right")
    return np.array([3, 8, 9, 12], np.uint8)[which]


def bits(count=100000):
    """Independent, 1 with the chance 0.7: 0.5146 bit."""
    return (words("bits", count) < 0.7 * 2**32).astype(np.uint8)


def chain(count=100000):
    """The bit stays with the chance 0.8: 0.3219 bit."""
    return (np.cumsum(words("chain", count) >= 0.8 * 2**32) & 1).astype(np.uint8)


def walk(count=50000):
    """0 to 15 in a ring: a step up, down or none, each with the chance 1/3."""
    return (np.cumsum(words("walk", count) % 3) - np.arange(count)).astype(np.uint8) & 15


def counter(count=40000):
    return np.arange(count, dtype=np.uint32).astype(np.uint8)


def lcg(count=60000):
    """The high bits of an LCG modulo 2^31."""
    x, found = 1, bytearray()
    for _ in range(count):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        found.append(x >> 23)
    return np.frombuffer(bytes(found), np.uint8)


def alternating(count=20000):
    return np.arange(count, dtype=np.uint32).astype(np.uint8) & 1


def dithers(count=30000):
    """Eleven of a hundred times 21, evenly spread, otherwise 20."""
    at = np.arange(count + 1) * 11 // 100
    return (20 + np.diff(at)).astype(np.uint8)


def constant(count=20000):
    return np.full(count, 170, np.uint8)


ALL = (uniform, quarters, bits, chain, walk, counter, lcg, alternating, dithers)
