# SPDX-License-Identifier: BSD-2-Clause
"""What the four prediction estimates of SP 800-90B, 6.3.7 to 6.3.10, share."""
import math

import numpy as np

from .bound import bisect, entropy, upper

CELLS = 1 << 19  # of the scoreboard, at once: they stay in the cache
ROUNDS = 66  # in which x of step 7 settles


def estimate(correct, k):
    """From which predictions were correct: the chance of one, that of a run as
    long as the longest, or a guess, whichever is best."""
    n, c = len(correct), int(np.count_nonzero(correct))
    overall = upper(c / n, n) if c else 1 - 0.01 ** (1 / n)
    best, r = max(1 / k, overall), 1 + longest_run(correct)

    def above(p):
        return log_no_run(p, r, n) > math.log(0.99)

    if best < 1 and above(best):
        best = bisect(above, best, 1.0)
    return entropy(best)


def longest_run(correct):
    wrong = np.flatnonzero(~correct)
    return int(np.diff(np.concatenate(([-1], wrong, [len(correct)]))).max()) - 1


def log_no_run(p, r, n):
    """Of the chance that in n trials no r in a row succeed (Feller). more: step
    7's x - 1."""
    q, more, last = 1 - p, 0.0, -1.0
    for _ in range(ROUNDS):
        if more == last:
            break
        more, last = q * p**r * (1 + more) ** (r + 1), more
    rest = q - p * more  # 1 - px
    if rest <= 0:
        return -math.inf
    return math.log(rest) - math.log((1 - r * more) * q) - (n + 1) * math.log1p(more)


def followed(hits, width, count):
    """Which of `count` predictions were correct, where each is that of the
    predictor that leads.

    hits(a, b): a row for each of `width` predictors, which of the predictions a
    to b - 1 it had right. Who scores, and then has as many points as the leader,
    leads from the next prediction on. Of those who score at once the last one
    does."""
    correct = np.empty(count, bool)
    kind = np.int32 if (count + 1) * width < 2**31 else np.int64
    # Points times the width, and the number of the predictor: one comparison
    # tells who leads.
    state = np.arange(width, dtype=kind)
    leader = most = 0
    for a in range(0, count, CELLS // width):
        b = min(a + CELLS // width, count)
        right, at = hits(a, b), np.arange(b - a)
        scores = np.multiply(right, width, dtype=kind)
        scores[:, 0] += state
        np.cumsum(scores, axis=1, out=scores)
        state = scores[:, -1].copy()
        scores *= right
        best = scores.max(axis=0)
        points = best // width
        highest = np.maximum.accumulate(np.maximum(points, most))
        change = np.maximum.accumulate(np.where((points == highest) & (best > 0), at, -1))
        leads = np.where(change < 0, leader, best[change] % width)
        correct[a:b] = right[np.append(leader, leads[:-1]), at]
        leader, most = leads[-1], highest[-1]
    return correct
