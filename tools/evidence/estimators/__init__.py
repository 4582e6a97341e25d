# SPDX-License-Identifier: BSD-2-Clause
"""The ten estimators of min-entropy of NIST SP 800-90B (January 2018), 6.3.

A sequence is an array of uint8, and its symbols are 0 to k - 1. A function
returns bits a symbol, or None where the sequence is too short for it. Steps and
letters are those of the document.

Where NIST's own tool (SP800-90B_EntropyAssessment, 1.1.7) says more than the
document, or something else, these follow:

- the tool: the constant of 99 % has all its digits. The document has 2.576.
- the tool: P_local is not searched for below the other two.
- the tool: the estimate of a bitstring is at most 1 by 6.3.2 and 6.3.4 too.
- both: of equal counts 6.3.9 and 6.3.10 predict the greatest symbol, and 6.3.7
  the one that came last.
"""
from .collision import collision
from .compression import compression
from .lag import lag
from .lz78y import lz78y
from .markov import markov
from .most_common_value import most_common_value
from .multi_mcw import multi_mcw
from .multi_mmc import multi_mmc
from .substrings import Substrings

__all__ = [
    "Substrings",
    "collision",
    "compression",
    "lag",
    "lz78y",
    "markov",
    "most_common_value",
    "multi_mcw",
    "multi_mmc",
]
