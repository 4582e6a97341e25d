# SPDX-License-Identifier: BSD-2-Clause
"""Starts programs. None of them outlives the command that started it.

Each program is the head of a session of its own. A key that interrupts a
terminal so reaches the harness alone, which then ends its children itself and
can still say what it has seen. The command is also the "child subreaper" of its
descendants (prctl(2)): a process whose parent has ended becomes its child, and
is found in /proc however it was started.
"""
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from harness import tree

PR_SET_CHILD_SUBREAPER = 36
GRACE = 3  # seconds from SIGTERM to SIGKILL
TAIL = 25  # lines of a command's output that a failure shows

starting = threading.Lock()  # held while a program is started
stopping = []  # the signal that asked this command to stop


class Stopped(BaseException):
    """A signal asked this command to stop. It is raised in the main thread."""

    def __init__(self, number):
        super().__init__(number)
        self.code = 128 + number


def stop_on_signals():
    """SIGINT and SIGTERM become Stopped from here on."""

    def stop(number, _):
        if stopping:
            return  # it is under way
        stopping.append(number)
        raise Stopped(number)

    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


@contextlib.contextmanager
def ended_at_the_end():
    """For a command that starts programs: ends with 128 + the signal's number,
    and with no child left, however its body ends."""
    stop_on_signals()
    try:
        yield
    except Stopped as stopped:
        end_all()
        sys.stdout.flush()
        os._exit(stopped.code)  # threads may still wait for programs that are gone
    finally:
        end_all()


def descendants():
    """Process ids of all children of this process, and of theirs."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                parents.setdefault(int(parent), []).append(int(path.parent.name))
    found, todo = [], [os.getpid()]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


def end_all():
    """Ends all descendants: a word first, and what heeds no word at once
    after. Where a signal asked for it, other threads start no program after
    the lock was seen free, so the last look at /proc is the last."""
    with starting:
        pass
    until = time.monotonic() + GRACE
    sent = set()
    while left := descendants():
        late = time.monotonic() > until
        for process in left:
            if late or process not in sent:
                sent.add(process)
                with contextlib.suppress(OSError):
                    os.kill(process, signal.SIGKILL if late else signal.SIGTERM)
        time.sleep(0.02)


def start(words, **options):
    """A running program, without input unless one is given. None is started
    once a signal has come."""
    options.setdefault("stdin", subprocess.DEVNULL)
    words = [str(word) for word in words]
    with starting:
        if stopping:
            raise Stopped(stopping[0])
        return subprocess.Popen(words, start_new_session=True, **options)


def end(process):
    """Ends one program and all of its session."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def run(words, timeout=600, given=None, cwd=tree.TOP, env=None, **options):
    """Runs a program to its end: subprocess.CompletedProcess, with one text of
    stdout and stderr unless options say otherwise. given: its input."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.STDOUT)
    options.setdefault("stdin", subprocess.DEVNULL if given is None else subprocess.PIPE)
    process = start(words, cwd=cwd, env=env, text=True, errors="replace", **options)
    try:
        out, err = process.communicate(given, timeout)
    finally:
        end(process)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
