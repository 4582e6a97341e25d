# SPDX-License-Identifier: BSD-2-Clause
"""Reads a receipt (docs/receipt.md)."""
import re
import shlex


def text_of(console):
    """The lines of the last whole receipt on a console, between the first and
    the last; None where there is none."""
    blocks = re.findall(r"^seedbed-receipt 1\n(.*?)^end-receipt$", console, re.M | re.S)
    return blocks[-1] if blocks else None


def receipt(console):
    """The last whole receipt on a console; None where there is none.

    It is a dictionary of keyword -> (words, pairs). The keyword "source" has a
    dictionary instead: a source's name -> (words, pairs).
    """
    text = text_of(console)
    if text is None:
        return None
    found = {"source": {}}
    for line in text.splitlines():
        keyword, *rest = shlex.split(line)
        words = [word for word in rest if "=" not in word]
        pairs = dict(word.split("=", 1) for word in rest if "=" in word)
        if keyword == "source":
            found["source"][words[0]] = (words[1:], pairs)
        else:
            found[keyword] = (words, pairs)
    return found


def credited(found):
    """The names of the sources that a receipt says are credited."""
    return [name for name, (words, _) in found["source"].items() if words[0] == "credited"]


def countable(found):
    """Those that are there and may be credited. Which of them are is another in
    each boot: sources race, and the first to give enough are."""
    return [
        name
        for name, (words, pairs) in found["source"].items()
        if words[0] in ("credited", "found") and float(pairs["credit"]) > 0
    ]
