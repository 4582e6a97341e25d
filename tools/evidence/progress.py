# SPDX-License-Identifier: BSD-2-Clause
"""How far a long computation is, on stderr: one line that changes, or a new one
every few seconds where no terminal reads it."""
import sys
import threading
import time

QUIET = 5.0  # seconds without a line, at most
TICK = 0.5  # of a line that changes


class Progress:
    """begin() with the whole work and the seconds that it may take, done() with a
    part of it, end()."""

    def __init__(self, what, stream=sys.stderr):
        self.what, self.stream = what, stream
        self.live = stream.isatty()
        self.over = threading.Event()
        self.thread = None

    def begin(self, whole, seconds):
        self.whole, self.seconds, self.part, self.last = whole, seconds, 0.0, ""
        self.start = self.changed = time.monotonic()
        self.over.clear()
        self.thread = threading.Thread(target=self.show, daemon=True)
        self.thread.start()

    def done(self, part, name):
        self.part, self.last = self.part + part, f", {name}"
        self.changed = time.monotonic()

    def line(self):
        since = time.monotonic() - self.changed
        if self.part:
            whole = (self.changed - self.start) * self.whole / self.part
            left = whole * (1 - self.part / self.whole) - since
        else:
            left = max(self.seconds - since, since)
        share = int(100 * self.part / self.whole)
        return f"{self.what}: {share} %{self.last}, about {max(1, round(left))} s left"

    def show(self):
        while not self.over.wait(TICK if self.live else QUIET):
            before, behind = ("\r\033[K", "") if self.live else ("", "\n")
            print(f"{before}{self.line()}", end=behind, file=self.stream, flush=True)

    def end(self):
        self.over.set()
        if self.thread:
            self.thread.join()
        if self.live and self.thread:
            print("\r\033[K", end="", file=self.stream, flush=True)
        self.thread = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
