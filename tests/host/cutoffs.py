#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The cutoffs of the health tests, SP 800-90B section 4.4, from first
principles.

  tests/host/cutoffs.py            prints the rows of hal/sb_assess.h
  tests/host/cutoffs.py --check    compares them with those in hal/sb_assess.h;
                                   exit 1 if they differ
"""
import math
import pathlib
import re
import sys

# The rate of false alarms that is allowed: a window (adaptive proportion).
ALPHA = 2.0**-30
WINDOW = 512
# core/health.c compares 32 bits of a wider sample: no sample counts for more.
DIGEST = 32.0
# Entropy of a sample, in 1/256 bit.
STEPS = [26, 64, 85, 128, 192, 256, 384, 512, 640, 768, 1024, 1280, 1536, 1792, 2048, 4096, 8192]


def proportion_rate(h, cutoff, window=WINDOW):
    """P(the window's first sample stands in it cutoff times or more). Each
    sample equals the first one with probability 2^-h."""
    p, n = 2.0**-h, window - 1
    tail = 0.0
    for k in range(n, cutoff - 2, -1):  # the smallest terms come first
        ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        tail += math.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p))
    return tail


def proportion(h, alpha=ALPHA):
    """The least cutoff with a rate of at most alpha. WINDOW + 1: the test can
    never alarm."""
    low, high = 2, WINDOW + 1
    while low < high:
        mid = (low + high) // 2
        if proportion_rate(min(h, DIGEST), mid) <= alpha:
            high = mid
        else:
            low = mid + 1
    return low


def table():
    return [(h, proportion(h / 256)) for h in STEPS]


def main():
    if "--check" not in sys.argv:
        print(" : ".join("(h) >= %d ? %d" % row for row in reversed(table()[1:])))
        print(": %d" % table()[0][1])
        return 0
    source = (pathlib.Path(__file__).parent.parent.parent / "hal/sb_assess.h").read_text()
    rows = re.findall(r"\(h\) >= (\d+) \? (\d+)", source)
    found = [(int(a), int(b)) for a, b in reversed(rows)]
    least = int(re.search(r": (\d+)\)\n", source).group(1))
    found.insert(0, (STEPS[0], least))
    if found != table():
        print("hal/sb_assess.h holds %s\nexpected           %s" % (found, table()))
        return 1
    rows = "%d rows of hal/sb_assess.h are right at 2^-30, window %d" % (len(found), WINDOW)
    print("cutoffs: " + rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
