# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.8: the lag prediction estimate."""
import numpy as np

from .prediction import estimate, followed

LAGS = 128  # D


def lag(s, k, d=LAGS):
    padded = np.concatenate((np.full(d, -1, np.int16), s))

    def hits(a, b):
        before = np.lib.stride_tricks.sliding_window_view(padded[a + 1 : b + d], b - a)
        return before[::-1] == s[a + 1 : b + 1]

    return estimate(followed(hits, d, len(s) - 1), k)
