# SPDX-License-Identifier: BSD-2-Clause
"""The restart tests of NIST SP 800-90B, 3.1.4.

The cutoff is the document's: the count that the most common value of one row
has by chance in five rows of a million, if its probability is 2^-H_I (3.1.4.3).
NIST's tool asks for the most common of all values instead, by simulation. Its
cutoff is the same or a little above. So what passes here passes there.
"""
import math
from dataclasses import dataclass

import numpy as np
from assessment import measure, symbols

SIDE = 1000  # restarts, and samples of each
ALPHA = 0.000005


@dataclass(frozen=True)
class Restarts:
    """most: X_max, the greatest count of a value in a row or column. rows,
    columns: name -> bits a sample; empty where most is above the cutoff. H: the
    final estimate. 0: the tests failed, and `why` says which."""

    most: int
    cutoff: int
    rows: dict
    columns: dict
    H_r: float
    H_c: float
    H_I: float
    H: float
    why: str


def cutoff(h, trials=SIDE, alpha=ALPHA):
    """The greatest count that is not too rare."""
    p, tail = 2.0**-h, 0.0
    for count in range(trials, 0, -1):
        tail += chance(count, trials, p)
        if tail >= alpha:
            return count
    return 0


def chance(count, trials, p):
    """Of so many successes, in the binomial distribution."""
    if p >= 1:
        return float(count == trials)
    ways = math.lgamma(trials + 1) - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
    return math.exp(ways + count * math.log(p) + (trials - count) * math.log1p(-p))


def most_common(matrix):
    """The greatest count of a value in a row."""
    return max(int(np.bincount(row).max()) for row in matrix)


def restarts(data, H_I, width=8, progress=None, side=SIDE):
    """data: of each restart its samples, one behind the other. H_I: the initial
    estimate. width: the bits of a sample."""
    if len(data) != side * side:
        raise ValueError(f"restarts are {side} times {side} samples, not {len(data)}")
    s, k = symbols(data)
    matrix = s.reshape(side, side)
    most, limit = max(most_common(matrix), most_common(matrix.T)), cutoff(H_I, side)
    if most > limit:
        return Restarts(most, limit, {}, {}, 0.0, 0.0, H_I, 0.0, "sanity check (3.1.4.3)")
    wanted = {"rows": (s, k), "columns": (matrix.T.ravel(), k)}
    found = measure(wanted, progress)
    H_r, H_c = (min(width, *found[key].values()) for key in wanted)
    failed = min(H_r, H_c) < H_I / 2
    H, why = (0.0, "validation (3.1.4.2)") if failed else (min(H_r, H_c, H_I), "")
    return Restarts(most, limit, found["rows"], found["columns"], H_r, H_c, H_I, H, why)
