# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.9: the multi Markov model with counting prediction estimate."""
import numpy as np

from .contexts import best_before, grouped
from .prediction import estimate, followed

MODELS = 16  # D
ENTRIES = 100000  # of a model, at most


def multi_mmc(s, k, d=MODELS, entries=ENTRIES):
    if len(s) < 3:
        return None
    right = np.zeros((d, len(s)), bool)
    for length, order, group, _ in grouped(s, 1, d):
        count, symbol = best_before(s, k, order, group, entries)
        right[length - 1, order] = (count > 0) & (symbol == s[order])
    return estimate(followed(lambda a, b: right[:, a + 2 : b + 2], d, len(s) - 2), k)
