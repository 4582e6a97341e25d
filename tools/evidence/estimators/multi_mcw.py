# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.7: the multi most common in window prediction estimate."""
import numpy as np

from .prediction import estimate, followed

WINDOWS = (63, 255, 1023, 4095)


def multi_mcw(s, k, windows=WINDOWS):
    first = windows[0]
    if len(s) <= windows[-1]:
        return None

    def hits(a, b):
        return frequent(s, windows, first + a, first + b) == s[first + a : first + b]

    return estimate(followed(hits, len(windows), len(s) - first), k)


def frequent(s, windows, a, b):
    """For the places a to b - 1 a row for each window before them: its most
    common value, of equal ones that which came last. -1: there is no window
    yet."""
    start = max(0, a - windows[-1])
    near, at = s[start:b], np.arange(b - start, dtype=np.int32)
    place = len(near).bit_length()  # a count, and below it when the value came last
    best = np.full((len(windows), b - a), -1, np.int32)
    for symbol in np.unique(near):
        here = near == symbol
        count = np.append(np.int32(0), np.cumsum(here, dtype=np.int32)) << place
        key = count[1:] + np.maximum.accumulate(at * here)
        key = np.append(np.int32(0), key)
        for row, width in zip(best, windows):
            since = max(a, width) - start  # the first place with such a window
            within = key[since:-1] - count[since - width : -1 - width]
            tail = row[len(row) - len(within) :]
            np.maximum(tail, within, out=tail)
    symbols = near[np.maximum(best, 0) & ((1 << place) - 1)].astype(np.int16)
    return np.where(best < 0, -1, symbols)
