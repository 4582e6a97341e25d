# SPDX-License-Identifier: BSD-2-Clause
"""What followed each context, in the order of time. The context of a sample is
the symbols before it, as many as its length says.

The dictionaries of SP 800-90B, 6.3.9 and 6.3.10, are read at each sample. Here
all samples are sorted by their contexts. Then what a dictionary knew is what
stands earlier in the same group."""
import numpy as np

from .substrings import changes


def grouped(s, first, longest):
    """For each length the samples from `first` on that have such a context:
    their places in the order of contexts, equal ones in that of time; the
    number of each one's context, from 1; and which begin a new one."""
    order = np.arange(first, len(s), dtype=np.int32)
    group = np.zeros(len(order), np.int32)
    for length in range(1, longest + 1):
        if length > first:
            order, group = order[order >= length], group[order >= length]
        symbol = s[order - length]
        step = np.argsort(symbol, kind="stable")
        order, group, symbol = order[step], group[step], symbol[step]
        begins = changes(group) | changes(symbol)
        group = np.cumsum(begins, dtype=np.int32)
        yield length, order, group, begins


def best_before(s, k, order, group, entries=None):
    """For each sample what came most often in its context before it: how often,
    and the symbol, of equal ones the greatest. entries: how many pairs of a
    context and a symbol are counted, the first ones. None: all are."""
    if not len(order):
        return order, order
    symbol = s[order]
    if k == 2 and (entries is None or 2 * int(group[-1]) <= entries):
        return best_bit(symbol, starts(changes(group)))
    step = np.argsort(symbol, kind="stable")
    pairs = changes(group[step]) | changes(symbol[step])
    start = starts(pairs)
    many = np.arange(1, len(step) + 1, dtype=np.int32) - start
    since, firsts = order[step], order[step][pairs]
    if entries is not None and len(firsts) > entries:
        many[since[start] > np.partition(firsts, entries - 1)[entries - 1]] = 0
    count = np.empty_like(many)
    count[step] = many
    return best_symbol(symbol, count, group)


def starts(begins):
    """Of each place, where its group begins."""
    return np.maximum.accumulate(np.where(begins, np.arange(len(begins), dtype=np.int32), 0))


def best_bit(bit, start):
    ones = np.cumsum(bit, dtype=np.int32) - bit
    ones -= ones[start]
    zeros = np.arange(len(bit), dtype=np.int32) - start - ones
    return np.maximum(ones, zeros), (ones >= zeros).view(np.uint8)


def best_symbol(symbol, count, group):
    """count: how often the sample's own symbol came in its context until now."""
    key = count.astype(np.int64) << 8
    key += symbol * (count > 0)
    base = group.astype(np.int64) * (int(key.max()) + 1)
    highest = np.maximum.accumulate(base + key)[:-1] - base[1:]
    highest = np.append(0, np.maximum(highest, 0))
    return highest >> 8, highest.astype(np.uint8)
