# SPDX-License-Identifier: BSD-2-Clause
"""The keystreams of this machine's ISA by SIMD, each by its name."""
import os
import re

from harness import children, make, toolchain, tree
from harness.failures import Skip, need

FOLDERS = {"x86_64": "x86"}
LACKS = 77  # exit status of a program that this CPU or system cannot run
LEVELS = ("-O0", "-O2", "-O3")


def names():
    """A keystream is a file CIPHER_INSTRUCTIONS.c of its ISA's folder."""
    folder = FOLDERS.get(os.uname().machine)
    stems = tree.sources(f"arch/{folder}/simd/*_*.c") if folder else []
    return [stem.replace("_", "-") for stem in stems]


def program(*words, shows=""):
    """shows: it must fail, and print that."""
    run = children.run(["setarch", "-R", *words], 60)
    if run.returncode == LACKS:
        raise Skip("this CPU or system lacks what it needs")
    tail = " ".join(map(str, words)) + "\n" + run.stdout[-2000:]
    colour = "red" if shows else "green"
    need((run.returncode != 0) == bool(shows), f"exit {run.returncode}\n{tail}", None, colour)
    need(re.search(shows, run.stdout), f"red, but not by {shows}\n{tail}")


def oracle(name):
    program(make.host_program("oracle"), name)


def model(name):
    program("python3", "tests/host/model.py", make.host_program("model"), name)


def leftovers(name, levels=LEVELS):
    compilers = ("gcc", toolchain.clang())
    for built in (compiler + level for compiler in compilers for level in levels):
        program(make.host_program(f"leftovers/{built}/leftovers"), name)
    return len(compilers) * len(levels)


def red(wipe, shows):
    """Each keystream leaves something there without that wipe."""
    for name in names():
        program(make.host_program("leftovers/gcc-O2-UNWIPED/leftovers"), name, wipe, shows=shows)


def tests(add):
    for name in names():
        add("host", f"keystream {name}: as OpenSSL's", oracle, name)
        add("host", f"keystream {name}: as the Python model predicts", model, name)
        add("host", f"keystream {name}: leaves nothing behind", leftovers, name)
    if names():
        stack = "the dead stack survives a keystream"
        add("host", f"red: {stack}", red, "stack", "^the dead stack")
        add("host", "red: its registers survive", red, "registers", "^vector register")


def slow_tests(add):
    for name in names():
        add("host", f"keystream {name}: leaves nothing behind at -Os", leftovers, name, ("-Os",))
