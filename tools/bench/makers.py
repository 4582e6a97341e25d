# SPDX-License-Identifier: BSD-2-Clause
"""The programs of tests/bench, each a process that waits for its turns
(tests/bench/turns.h)."""
import contextlib
import os
import subprocess
import threading

CALLS_MAX = 20_000
TRIES = 3  # until the number of calls is known
ANSWER = 30  # seconds that a program has for its start, a turn or its end
# Makers whose figure is a number of instructions, for which one turn is enough.
COUNTED = {"instructions of an event": "event", "instructions of a read": "read"}
OF_ONE_SIZE = ("CPU: ", "from nothing", "threads", "event", "RDSEED x 4")
ONE_SIZE = 32


class Program:
    """suffix stands behind the names of its makers. chosen: those that take part,
    or all. told: variables of its environment."""

    def __init__(self, path, suffix="", chosen=None, told=None):
        self.path, self.suffix = path, suffix
        self.has, self.lacks, self.facts = [], {}, {}
        self.process = subprocess.Popen(
            [path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(os.environ, **(told or {})),
        )
        with self.bounded():
            for line in self.process.stdout:
                word, _, rest = line.strip().partition(" ")
                if word == "ready":
                    break
                self.take(word, rest)
            else:
                self.lacks[path.name] = f"it ended with {self.process.wait()}"
                self.has = []
        if chosen is not None:
            self.has = [name for name in self.has if name in chosen]

    @contextlib.contextmanager
    def bounded(self):
        """A program that hangs is killed: what was waited for then ends."""
        timer = threading.Timer(ANSWER, self.process.kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def take(self, word, rest):
        if word == "has":
            self.has.append(rest)
        elif word == "lacks":
            name, _, why = rest.partition(": ")
            self.lacks[name + self.suffix] = why
        elif word == "is":
            what, _, value = rest.partition(" ")
            self.facts[what] = value

    def turn(self, name, size, calls):
        """What a call took, or None if it failed."""
        try:
            with self.bounded():
                self.process.stdin.write(f"{size} {calls} {name}\n")
                self.process.stdin.flush()
                return float(self.process.stdout.readline())
        except (OSError, ValueError):
            return None

    def end(self):
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        with self.bounded():
            self.process.wait()


class Job:
    """One maker at one size."""

    def __init__(self, program, name, size):
        self.program, self.made_by, self.size = program, name, size
        self.name = name + program.suffix
        self.calls, self.figures = 1, []

    def prepare(self, turn_ns):
        """As many calls as fill a turn."""
        for _ in range(TRIES):
            ns = self.program.turn(self.made_by, self.size, self.calls)
            if ns is None:
                return False
            self.calls = max(1, min(CALLS_MAX, int(turn_ns / max(ns, 1))))
        return True

    def take(self):
        figure = self.program.turn(self.made_by, self.size, self.calls)
        if figure is not None:
            self.figures.append(figure)


def prepared(programs, sizes, turn_ns):
    """What takes turns, each with as many calls as fill one. A maker that fails
    is among what its program lacks. One size comes after the other, so that
    what is compared stands close together."""
    jobs = []
    for program in programs:
        for name in program.has:
            one = any(word in name for word in OF_ONE_SIZE)
            for size in (ONE_SIZE,) if one else sizes:
                job = Job(program, name, size)
                if name in COUNTED:
                    continue
                if job.prepare(turn_ns):
                    jobs.append(job)
                else:
                    program.lacks.setdefault(job.name, f"it fails at {size} bytes")
    return sorted(jobs, key=lambda job: job.size)
