# SPDX-License-Identifier: BSD-2-Clause
"""Builds a board's programs by either compiler, at any level, and with objects
of one compiler linked to objects of the other."""
from harness import make, toolchain

LEVELS = ("-O0", "-O2", "-Os", "-O3")
# What only one of them has. gcc: link-time optimisation, by ld.bfd. clang: a
# level at which it makes loops into divisions.
ONE_COMPILERS = {"gcc": "-O2 -flto", "clang": "-Oz"}
COMPILERS = tuple(ONE_COMPILERS)


def told(compiler):
    """What make is told; nothing for gcc, as a board's own are gcc and
    ld.bfd."""
    return [] if compiler == "gcc" else [f"CC={toolchain.clang()}", f"LDFLAGS={toolchain.LLD}"]


def levels(compiler):
    return LEVELS + (ONE_COMPILERS[compiler],)


def built(board, compiler, level="-O2", app="smoke"):
    """Every warning is an error."""
    folder = f"build/matrix/{compiler}{level.replace(' ', '')}"
    return make.image(board, app, folder, told(compiler) + [f"CFLAGS={level} -g -Werror"])


def mixed(board, compiler):
    """The board's own files and the link by this compiler, all that belongs to
    the ISA by the other."""
    other = "ISA_CC=$(CROSS)gcc" if compiler == "clang" else f"ISA_CC={toolchain.clang()}"
    return make.image(board, "smoke", f"build/matrix/mixed-{compiler}", told(compiler) + [other])
