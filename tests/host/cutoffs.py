#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The cutoffs of the health tests, SP 800-90B section 4.4, from first principles.

  tests/host/cutoffs.py            print the table of core/health.c
  tests/host/cutoffs.py --check    compare it with the one that core/health.c holds; exit 1 if they differ
"""
import math, re, sys, pathlib

ALPHA = 2.0 ** -30  # false alarms: a sample (repetition count), a window (adaptive proportion)
WINDOW = 512
DIGEST = 32.0       # core/health.c compares 32 bits of a wider sample, so no sample counts for more
STEPS = [26, 64, 85, 128, 192, 256, 384, 512, 640, 768, 1024, 1280, 1536, 1792, 2048, 4096, 8192]  # 1/256 bit a sample


def repetition(h, alpha=ALPHA):
    """Equal samples in a row that alarm. P(a run of c samples starts here) = 2^-(h * (c - 1)) <= alpha."""
    return 1 + math.ceil(-math.log2(alpha) / min(h, 30.0 if alpha == ALPHA else h) - 1e-12)


def proportion_rate(h, cutoff, window=WINDOW):
    """P(the window's first sample stands in it cutoff times or more), each sample equal to it with 2^-h."""
    p, n = 2.0 ** -h, window - 1
    tail = 0.0
    for k in range(n, cutoff - 2, -1):  # smallest terms first
        log = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) + k * math.log(p) + (n - k) * math.log1p(-p)
        tail += math.exp(log)
    return tail


def proportion(h, alpha=ALPHA):
    low, high = 2, WINDOW + 1  # WINDOW + 1: the test cannot fire
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
        print(",\n".join("\t{ %d, %d }" % row for row in table()))
        return 0
    source = (pathlib.Path(__file__).parent.parent.parent / "core/health.c").read_text()
    body = re.search(r"health_proportion\[\] = \{(.*?)\n\};", source, re.S).group(1)
    found = [(int(a), int(b)) for a, b in re.findall(r"\{ (\d+), (\d+) \}", body)]
    if found != table():
        print("core/health.c holds %s\nexpected           %s" % (found, table()))
        return 1
    print("cutoffs: %d rows of core/health.c are right at 2^-30, window %d" % (len(found), WINDOW))
    return 0


if __name__ == "__main__":
    sys.exit(main())
