# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.4: the compression estimate, of bits."""
import math

import numpy as np

from .bound import bisect, entropy, lower

WIDTH = 6  # b: bits of a block
DICTIONARY = 1000  # d: blocks that only fill the dictionary
C = 0.5907  # by which the deviation is corrected
UNDERFLOW = 745.0  # exp() of less is 0


def compression(s, d=DICTIONARY, b=WIDTH):
    blocks = s[: len(s) // b * b].reshape(-1, b) @ (1 << np.arange(b)[::-1])
    v = len(blocks) - d
    if v < 2:
        return None
    logs = np.log2(distances(blocks)[d:])
    mean = logs.sum() / v
    deviation = C * math.sqrt(max(0.0, (logs * logs).sum() / (v - 1) - mean * mean))
    mean = lower(mean, deviation, v)
    g, values = expectation(d, len(blocks)), 1 << b

    def above(p):
        return g(p) + (values - 1) * g((1 - p) / (values - 1)) > mean

    if not above(1 / values):
        return 1.0
    return entropy(bisect(above, 1 / values, 1.0)) / b


def distances(blocks):
    """How long ago each block came last, and its number, from 1, if never."""
    order = np.argsort(blocks, kind="stable")
    last = np.full(len(blocks), -1)
    again = blocks[order[1:]] == blocks[order[:-1]]
    last[order[1:][again]] = order[:-1][again]
    return np.arange(len(blocks)) - last


def expectation(d, count):
    """Step 7's G(z). Its sum over t is taken first: log2(u) is there with zz
    for each t above both u and d, and with z for t = u, above d."""
    u = np.arange(1, count + 1)
    inside = np.log2(u) * (count - np.maximum(d, u))
    end = np.log2(u) * (u > d)

    def g(z):
        if z >= 1:
            return 0.0
        rate = math.log1p(-z)
        n = count if rate == 0 else min(count, int(UNDERFLOW / -rate) + 1)
        power = np.exp(rate * (u[:n] - 1))
        return z * (z * (power @ inside[:n]) + power @ end[:n]) / (count - d)

    return g
