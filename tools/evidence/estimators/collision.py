# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.2: the collision estimate, of bits."""
import math

from .bound import entropy, lower


def collision(s):
    """Of three bits two are equal. So a collision takes 2 bits, or 3."""
    equal = (s[1:] == s[:-1]).tobytes()
    twos = threes = i = 0
    while i < len(equal):
        if equal[i]:
            twos += 1
            i += 2
        else:
            threes += i + 1 < len(equal)  # else the sequence ends within it
            i += 3
    v = twos + threes
    if v < 2:
        return None
    mean = (2 * twos + 3 * threes) / v
    deviation = math.sqrt((4 * twos + 9 * threes - v * mean * mean) / (v - 1))
    return entropy(probability(max(2.0, lower(mean, deviation, v))))


def probability(mean):
    """Of the bit that comes more often, from the mean of step 6.

    Step 7's equation, with F(1/z) for bits, is mean = 2 + 2p - 2pp."""
    return 0.5 + math.sqrt(1.25 - 0.5 * mean) if mean < 2.5 else 0.5
