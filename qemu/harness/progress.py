# SPDX-License-Identifier: BSD-2-Clause
"""How far a work of many equal steps is, on stderr: one line that moves, or a
new one every few seconds where no terminal reads it."""
import sys
import time

EACH = 5.0  # seconds between two lines
MOVES = 0.5  # of a line that moves


class Progress:
    """The time left is reckoned from the first step on: what came before it was
    building, or a boot."""

    def __init__(self, total, unit, what=""):
        self.total, self.unit, self.what = total, unit, what
        self.done, self.begin, self.first = 0, None, 0
        self.said = time.monotonic()
        self.moves = sys.stderr.isatty()

    def step(self, count=1, more=""):
        """So many more are done. more: said behind the counts."""
        self.done, now = min(self.done + count, self.total), time.monotonic()
        if self.begin is None:
            self.begin, self.first = now, self.done
        since = self.done - self.first
        if not since or now - self.said < (MOVES if self.moves else EACH):
            return
        self.said = now
        left = (now - self.begin) / since * (self.total - self.done)
        time_left = f"{left / 60:.0f} min" if left > 90 else f"{left:.0f} s"
        text = f"{self.what}{self.done:.0f} of {self.total} {self.unit}{more}, {time_left} left"
        before, behind = ("\r\033[K", "") if self.moves else ("", "\n")
        print(before + text, end=behind, file=sys.stderr, flush=True)

    def clear(self):
        if self.moves:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
