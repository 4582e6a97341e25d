# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.1: the most common value estimate."""
import numpy as np

from .bound import entropy, upper


def most_common_value(s):
    return entropy(upper(np.bincount(s).max() / len(s), len(s)))
