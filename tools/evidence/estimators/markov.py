# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.3: the Markov estimate, of bits."""
import math

import numpy as np

LENGTH = 128  # of the sequences whose probabilities are compared


def markov(s):
    count = np.bincount(s[:-1] * 2 + s[1:], minlength=4).reshape(2, 2)
    first = np.bincount(s, minlength=2) / len(s)
    rows = count.sum(axis=1, keepdims=True)
    step = np.divide(count, rows, out=np.zeros((2, 2)), where=rows > 0)
    likely = max(log_likely(x, first, step) for x in sequences())
    return min(-likely / LENGTH, 1.0)


def sequences():
    """Of the likeliest sequences one of these is the likeliest."""
    for bit in (0, 1):
        other = 1 - bit
        yield [bit] * LENGTH
        yield [bit, other] * (LENGTH // 2)
        yield [bit] + [other] * (LENGTH - 1)


def log_likely(x, first, step):
    factors = [first[x[0]]] + [step[a][b] for a, b in zip(x, x[1:])]
    return sum(map(math.log2, factors)) if min(factors) > 0 else -math.inf
