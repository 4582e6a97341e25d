# SPDX-License-Identifier: BSD-2-Clause
"""Builds a board's programs by either compiler, at any level, and with what one compiled linked to what the other did."""
import os
import subprocess
import threading

import judge

LEVELS = ("-O0", "-O2", "-Os", "-O3")
ONE_COMPILERS = {"gcc": "-O2 -flto", "clang": "-Oz"}  # what the other has not: gcc and ld.bfd by link-time optimisation, clang where it makes loops into divisions
CLANG = ["CC=clang-14", "LDFLAGS=-fuse-ld=lld"]
COMPILERS = {"gcc": [], "clang": CLANG}  # name -> what make is told; nothing: the board's own gcc and ld.bfd
TAIL = 25
# A make that this runs under would hand its CC to boards that need another one.
CLEAN = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "CC", "CFLAGS", "LDFLAGS")}
building = {}  # build folder -> who builds in it


def shell(*words, timeout=600, env=None):
    """Runs a command of the tree; its output. A non-zero end is a failure that shows the command and the tail."""
    run = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout,
                         cwd=judge.TOP, env=dict(CLEAN, **(env or {})), errors="replace")
    if run.returncode:
        tail = "\n".join(run.stdout.splitlines()[-TAIL:])
        raise judge.Failure(f"exit {run.returncode}\n  {' '.join(words)}\n{tail}", text=run.stdout)
    return run.stdout


def make(folder, board, told, app):
    """The image of the program. Boards of an ISA share what is compiled, so one board is built at a time."""
    with building.setdefault(folder, threading.Lock()):
        shell("make", "-s", f"BOARD={board}", f"B={folder}", *told, f"{folder}/{board}/{app}.elf")
    return judge.TOP / folder / board / f"{app}.elf"


def built(board, compiler, level="-O2", app="smoke"):
    """Every warning is an error."""
    return make(f"build/matrix/{compiler}{level.replace(' ', '')}", board, COMPILERS[compiler] + [f"CFLAGS={level} -g -Werror"], app)


def mixed(board, compiler):
    """The board's own files and the link by this compiler, all that belongs to the ISA by the other."""
    other = "ISA_CC=$(CROSS)gcc" if compiler == "clang" else "ISA_CC=clang-14"
    return make(f"build/matrix/mixed-{compiler}", board, COMPILERS[compiler] + [other], "smoke")
