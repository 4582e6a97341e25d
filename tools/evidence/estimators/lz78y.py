# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.10: the LZ78Y prediction estimate."""
import numpy as np

from .contexts import best_before, grouped
from .prediction import estimate

LONGEST = 16  # B
ENTRIES = 65536  # contexts in the dictionary, at most


def lz78y(s, k, b=LONGEST, entries=ENTRIES):
    if len(s) < b + 2:
        return None
    full, more = filled(s, b, entries)
    most = np.zeros(len(s), np.int32)
    right = np.zeros(len(s), bool)
    for length, order, group, begins in grouped(s, b, b):
        since = order[begins][group - 1]
        known = (since < full) | ((since == full) & (length > b - more))
        order, group = order[known], group[known]
        count, symbol = best_before(s, k, order, group)
        better = (count > 0) & (count >= most[order])  # of equal ones the longer
        order = order[better]
        most[order] = count[better]
        right[order] = symbol[better] == s[order]
    return estimate(right[b + 1 :], k)


def filled(s, b, entries, part=1 << 17):
    """When the dictionary was full, and how many contexts, the longer before
    the shorter, it took of that sample. A part of s may be enough to see it."""
    part = min(len(s), part)
    new = np.zeros(part, np.int32)
    for _, order, _, begins in grouped(s[:part], b, b):
        new[order[begins]] += 1
    total = np.cumsum(new)
    if total[-1] < entries and part < len(s):
        return filled(s, b, entries, 4 * part)
    full = int(np.searchsorted(total, entries))
    return full, entries - (int(total[full - 1]) if full else 0)
