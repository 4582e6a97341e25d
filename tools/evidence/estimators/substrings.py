# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.5 and 6.3.6: the t-tuple estimate, and that of the longest
repeated substring.

Both count equal substrings of each length. All suffixes are sorted for it. Then
equal substrings are neighbours, and those of a length are known from how long
the common beginnings of neighbours are."""
from array import array

import numpy as np

from .bound import entropy, upper

CUTOFF = 35  # 6.3.5 counts what comes as often, 6.3.6 what does not


class Substrings:
    """most[w]: how often the most common substring of length w comes. pairs[w]:
    how many pairs of equal ones there are. The last w is the longest that
    repeats."""

    def __init__(self, s, k):
        self.length = len(s)
        order = suffixes(s, k)
        self.most, self.pairs = counts(common(s.tobytes(), order))
        self.most[0] = len(s)

    def t_tuple(self, cutoff=CUTOFF):
        """6.3.5."""
        w = np.arange(1, self.first_below(cutoff))
        if not len(w):
            return None
        return self.estimate(self.most[w] / (self.length - w + 1), w)

    def lrs(self, cutoff=CUTOFF):
        """6.3.6."""
        w = np.arange(self.first_below(cutoff), len(self.most))
        if not len(w):
            return None
        all_pairs = (self.length - w + 1) * (self.length - w) / 2
        return self.estimate(self.pairs[w] / all_pairs, w)

    def first_below(self, cutoff):
        """u: the shortest whose most common one comes less often."""
        return int(np.count_nonzero(self.most[1:] >= cutoff)) + 1

    def estimate(self, p, w):
        return entropy(upper(float((p ** (1 / w)).max()), self.length))


def suffixes(s, k):
    """Where the suffixes of s begin, in their order. What is equal so far is
    sorted by what stands behind it, twice as long each time (Larsson and
    Sadakane)."""
    n, (key, span) = len(s), windows(s, k)
    order = np.argsort(key, kind="stable")
    begins = changes(key[order])
    rank = np.empty(2 * n, np.int64)
    rank[n:] = -1  # behind the end
    rank[order] = np.maximum.accumulate(np.where(begins, np.arange(n), 0))
    while not begins.all():
        at = np.flatnonzero(~begins | ~np.append(begins[1:], True))
        start = order[at]
        key = rank[start] * (n + 1) + rank[np.minimum(start + span, n)] + 1
        step = np.argsort(key, kind="stable")
        begins[at] = changes(key[step])
        order[at] = start[step]
        rank[order[at]] = np.maximum.accumulate(np.where(begins[at], at, 0))
        span *= 2
    return order


def windows(s, k):
    """At each place a number that sorts like the symbols from there on, as many
    as fit, and how many these are. Behind the end is less than any."""
    key, base, span = s.astype(np.int64) + 1, k + 1, 1
    while base * base < 2**62:
        behind = np.zeros_like(key)
        behind[:-span] = key[span:]
        key, base, span = key * base + behind, base * base, 2 * span
    return key, span


def changes(x):
    """Which differ from the one before."""
    return np.append(True, x[1:] != x[:-1])


def common(text, order):
    """How many symbols each suffix shares with the one before it in the order
    (Kasai and others): a suffix shares one less than the suffix that begins a
    symbol earlier, or more."""
    n = len(text)
    before = np.full(n, -1, np.int32)
    before[order[1:]] = order[:-1]
    shared, h = array("i", bytes(4 * n)), 0
    for i, j in enumerate(memoryview(before)):
        if j < 0:
            h = 0
            continue
        end = n - max(i, j)
        while h < end and text[i + h] == text[j + h]:
            h += 1
        shared[i] = h
        if h:
            h -= 1
    return np.frombuffer(shared, np.int32)[order]


def counts(shared):
    """For each length the count of the most common one, and of pairs.

    Neighbours that share so much are a group, within a larger one that shares
    less. `most` and `pairs` of a length are of its groups, and each group is
    one for all lengths down to that of the larger."""
    longest = int(shared.max())
    most, pairs = [1] * (longest + 1), [0] * (longest + 1)
    lengths, lefts = [0], [0]
    for i, length in enumerate(memoryview(np.append(shared[1:], 0).astype(np.int32)), 1):
        left = i - 1
        while length < (top := lengths[-1]):
            lengths.pop()
            left = lefts.pop()
            size = i - left
            if size > most[top]:
                most[top] = size
            equal = size * (size - 1) // 2
            pairs[top] += equal
            pairs[max(length, lengths[-1])] -= equal
        if length > lengths[-1]:
            lengths.append(length)
            lefts.append(left)
    most = np.maximum.accumulate(np.array(most)[::-1])[::-1]
    return most, np.cumsum(np.array(pairs)[::-1])[::-1]
