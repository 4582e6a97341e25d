# SPDX-License-Identifier: BSD-2-Clause
"""The ends of confidence intervals of 99 %."""
import math

Z = 2.5758293035489008  # 0.995 of the normal distribution


def upper(p, trials):
    """Of a probability that was seen in so many trials."""
    return min(1.0, p + Z * math.sqrt(p * (1 - p) / (trials - 1)))


def lower(mean, deviation, values):
    """Of the mean of so many values."""
    return mean - Z * deviation / math.sqrt(values)


def bisect(above, low, high):
    """Where above(x) turns from true to false, as near as a float can say."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if above(middle) else (low, middle)
    return high


def entropy(p):
    """Bits of a probability. It is never -0."""
    return -math.log2(p) if p < 1 else 0.0
