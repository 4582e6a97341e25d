# SPDX-License-Identifier: BSD-2-Clause
"""Builds a board's programs by either compiler, at any level, and with objects
of one compiler linked to objects of the other."""
from harness import boards, make, toolchain, tree
from harness.failures import Skip, need

LEVELS = ("-O0", "-O2", "-Os", "-O3")
COMMON_LEVEL = "-O2"
# What only one of them has. gcc: link-time optimisation, by ld.bfd. clang: a
# level at which it makes loops into divisions.
ONE_COMPILERS = {"gcc": "-O2 -flto", "clang": "-Oz"}
COMPILERS = tuple(ONE_COMPILERS)


# Flags that distributions build with, and the next of their kind. gcc protects
# every function, the start code's too.
HARDENED = "-O2 -D_FORTIFY_SOURCE=3 -Wformat -Werror=format-security"
HARDENED_BY = {
    "gcc": "-fstack-protector-all -ftrivial-auto-var-init=zero -fharden-compares"
    " -fharden-conditional-branches -fexceptions -fPIE",
    "clang": "-fstack-protector-strong",
}
X86 = "-fcf-protection=full -fstack-clash-protection"
HARDENED_FOR = {"x86_64": X86, "i386": X86, "aarch64": "-mbranch-protection=standard"}
# The smallest is linked anew as a whole: the calls of the protector come last.
HARDENED_BY_GCC = dict.fromkeys(("x86_64", "i386", "aarch64", "armv7m"),
                                "-fzero-call-used-regs=used-gpr") | {"armv6m": "-flto"}


def told(board, compiler):
    """What make is told; nothing for gcc, as a board's own are gcc and
    ld.bfd. A skip where there is no such gcc."""
    if compiler == "gcc":
        if boards.board(board).without_gcc():
            raise Skip(f"no gcc for {boards.board(board).isa()} is installed: Debian 12 has none")
        return []
    return [f"CC={boards.board(board).clang()}", f"LDFLAGS={toolchain.LLD}"]


def levels(compiler):
    return LEVELS + (ONE_COMPILERS[compiler],)


def turn(board, compiler):
    """The levels beside the common one at which `make check` builds a board with
    `levels`. Two boards in a row share out each level between the compilers, so
    every board meets every level and so does every compiler. `make check-slow`
    builds what is left, and the boards without."""
    if not board.tested("levels"):
        return []
    place = boards.tested("levels").index(board) + COMPILERS.index(compiler)
    rest = [level for level in LEVELS if level != COMMON_LEVEL]
    own = [ONE_COMPILERS[compiler]] if place % 2 == 0 else []
    return rest[place % 2 :: 2] + own


def folder_of(board, compiler, level):
    """What a plain `make` builds is at the common level by one of them
    already."""
    if (compiler, level) == (boards.board(board).own_compiler(), COMMON_LEVEL):
        return "build"
    return f"build/matrix/{compiler}{level.replace(' ', '')}"


def flags(level):
    """Every warning is an error. Nobody debugs these images."""
    return [f"CFLAGS={level} -Werror"]


def built(board, compiler, level=COMMON_LEVEL, app="smoke"):
    words = told(board, compiler) + flags(level)
    folder = folder_of(board, compiler, level)
    if folder != "build":
        return make.image(board, app, folder, words)
    path, text = make.image(board, app), make.printed.get(board, "")
    need("warning:" not in text, text, expected="no warning")
    return path


def hardened(board, compiler, program=make.image, app="smoke"):
    """A program by the flags of distributions: of APPS, or with make.guest of
    tests/guests."""
    isa = boards.board(board).isa()
    words = [HARDENED, HARDENED_BY[compiler], HARDENED_FOR.get(isa, "")]
    words += [HARDENED_BY_GCC.get(isa, "")] * (compiler == "gcc")
    folder = f"build/matrix/hardened-{compiler}"
    words = [f"CFLAGS={' '.join(words)} -Werror"]
    return program(board, app, folder, told(board, compiler) + words)


def mixed(board, compiler):
    """The board's own files and the link by this compiler, all that belongs to
    the ISA by the other: the very objects of built()."""
    other = "gcc" if compiler == "clang" else "clang"
    isa_cc = "$(CROSS)gcc" if other == "gcc" else boards.board(board).clang()
    folder, theirs = f"build/matrix/mixed-{compiler}", folder_of(board, other, COMMON_LEVEL)
    told(board, other)  # a skip where that one is missing
    words = told(board, compiler) + [f"ISA_CC={isa_cc}"]
    words += flags(COMMON_LEVEL) if theirs != "build" else []
    with make.locked(theirs):
        share(tree.TOP / folder / "isa", tree.TOP / theirs / "isa")
        return make.image(board, "smoke", folder, words)


def share(link, folder):
    """Objects below link are those of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(folder)
