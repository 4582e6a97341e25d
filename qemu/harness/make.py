# SPDX-License-Identifier: BSD-2-Clause
"""Builds one path, when somebody needs it, and once in a run.

Boards of one ISA share objects, so a build folder is built in by one make at a
time. Its lock is a file, as the scripts of tests/ build there too.
"""
import contextlib
import fcntl
import os
import shlex
import threading
import time
from pathlib import Path

from harness import boards, children, tree
from harness.failures import Failure

SAID_AFTER = 5  # seconds of building before a line says so, and between two lines
TIMEOUT = 900
# A make that this runs under would hand its CC to boards that need another one.
NOT_INHERITED = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "CC", "CFLAGS", "LDFLAGS")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}

made = set()  # paths that a make of this run has left
printed = {}  # board -> what make printed in its own build folder
whole = set()  # boards all of which a make of this run has left; None: this machine
threads = {}  # build folder -> the lock of this process


@contextlib.contextmanager
def locked(folder):
    """Nobody else builds in the folder meanwhile."""
    path = tree.TOP / folder
    with threads.setdefault(str(path), threading.Lock()):
        path.mkdir(parents=True, exist_ok=True)
        with open(path / ".lock", "w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


@contextlib.contextmanager
def said(what):
    """A line now and then while its body takes long."""
    done = threading.Event()
    begin = time.monotonic()

    def say():
        while not done.wait(SAID_AFTER):
            print(f"     building {what}, {time.monotonic() - begin:.0f} s", flush=True)

    thread = threading.Thread(target=say, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def shell(*words, timeout=600, env=None):
    """Runs a command of the tree; its output. A non-zero end is a failure that
    shows the command and the end of what it printed."""
    done = children.run(words, timeout, env=dict(ENVIRONMENT, **(env or {})))
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-children.TAIL :])
        raise Failure(
            f"exit {done.returncode}",
            "exit 0",
            f"  {shlex.join(map(str, words))}\n{tail}",
            output=done.stdout,
        )
    return done.stdout


def board_word(board):
    return f"BOARD_DIR={board}" if os.sep in str(board) else f"BOARD={board}"


def make(*paths, board=None, folder="build", told=(), jobs=1):
    """Makes these paths, with these words for make. board: for what is a
    board's."""
    words = ["make", "-s", f"-j{jobs}"] + [board_word(board)] * bool(board)
    words += [f"B={folder}"] * (folder != "build") + list(told)
    with locked(folder):
        new = [path for path in paths if path not in made]
        if new:
            name = f"{Path(board).name}: {new[0]}" if board and len(new) > 1 else new[0]
            with said(name + (" and more" if len(new) > 1 else "")):
                text = shell(*words, *new, timeout=TIMEOUT)
            if folder == "build":
                printed[board] = printed.get(board, "") + text
            made.update(new)


def path_of(path, board=None, folder="build", told=()):
    """The same for one path, which is returned."""
    is_made = folder == "build" and board in whole and (tree.TOP / path).is_file()
    if not is_made:
        make(path, board=board, folder=folder, told=told)
    return tree.TOP / path


def attempt(*paths, board=None, jobs=1):
    """Makes what a board has; the paths are names that every board has."""
    try:
        make(*paths, board=board, jobs=jobs)
        whole.add(board)
    except Failure as failure:
        print(f"     it does not build, and its tests will fail: {failure.seen}", flush=True)
    made.clear()


def everything(jobs):
    """All that a whole run of the tests boots, one make a board. What cannot be
    built is for the tests that want it to say."""
    print("building the tests of this machine", flush=True)
    attempt("host-tests", "unix-tests", "user-tests", "big-tests", jobs=jobs)
    for board in boards.every():
        print(f"building the board {board.name}", flush=True)
        paths = ["all", f"build/{board.name}/libseedbed-{board.name}.a"]
        paths += ["target-tests"] * board.tested("suites")
        paths += ["guest-tests"] * board.tested("stress")
        paths += ["stream-tests"] * board.tested("streams")
        attempt(*paths, board=board.name, jobs=jobs)


# what is where in a build folder ----------------------------------------------


def image(board, app, folder="build", told=()):
    """A program of a board. In a folder that the Makefile does not name, the
    board was built with what told says."""
    path = f"{folder}/{Path(board).name}/{app}.elf"
    return path_of(path, board=board, folder=folder, told=told)


def suite(board, name):
    """A CMocka suite for a board."""
    return path_of(f"build/{board}/tests/{name}.elf", board=board)


def guest(board, name, folder="build", told=()):
    """A program of tests/guests for a board, NAME or NAME-SWITCH."""
    path = f"{folder}/{board}/guest/{name}.elf"
    return path_of(path, board=board, folder=folder, told=told)


def host_suite(name):
    return path_of(f"build/host/unit/{name}")


def host_program(name):
    """A program of tests/host, NAME or NAME-SWITCH."""
    return path_of(f"build/host/{name}")


def wipe_suite(compiler, level):
    return path_of(f"build/host/wipe/{compiler}{level}/test_wipe")


def archives(isa, board):
    """What an image of the board is linked with."""
    return path_of(f"build/isa/{isa}/libseedbed.a", board=board)
