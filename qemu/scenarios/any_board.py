# SPDX-License-Identifier: BSD-2-Clause
"""What the words of TESTS in a board.mk stand for, on each machine that takes
part (harness/boards.py). No board is named here."""
import re

from harness import boards, children, compilers, judge, make, tree
from harness.failures import need, need_status
from scenarios import dependents, loop, stress
from scenarios.boots import (
    boot,
    boot_image,
    boot_seconds,
    folder,
    lines_of,
    need_true_reason,
    smoke_passes,
)
from scenarios.images import image
from scenarios.keys import two_boots
from scenarios.machines import counted


def by_compiler(board, build, *how):
    """A board's smoke test, however it was built, boots."""
    smoke_passes(board, build(board, *how))


def earning(image):
    """The sources that earn credit, as tools/provenance reads them, but the
    last resort."""
    said = make.shell("tools/provenance", image)
    rows = re.findall(r"^source (\S+) +flags=(\S+) entropy=\S+ credit=(\S+)$", said, re.M)
    return {name for name, flags, credit in rows if float(credit) and "last" not in flags}


def names(word, source):
    """SMCCC names smccc-trng and smccc-trng-hvc. seed does not name rdseed."""
    return f"-{word.lower()}-" in f"-{source}-"


def row_is_true(board):
    """What `make boards` says of a board is what its image is."""
    path = compilers.built(board.name, board.own_compiler())
    width, order = path.read_bytes()[4:6]  # EI_CLASS, EI_DATA of its ELF header
    real = f"{32 * width} {' LB'[order]}E"
    need(board.word() == real, f"its word is {board.word()} in arch.mk", expected=real)
    found, words = earning(path), board.said()[1].split(", ")
    left = [source for source in found if not any(names(word, source) for word in words)]
    more = [word for word in words if not any(names(word, source) for source in found)]
    need(not left + more, f"# Sources: {', '.join(words)}", expected=", ".join(sorted(found)))


SECONDS, SECONDS_BELOW = 1, 5  # of a smoke boot: alone, and above firmware or Xen
SMASHED = "fault: a function wrote over its stack"


def hardened(board, compiler):
    """The flags of distributions: smoke passes, and a program that writes over
    its stack is told and ended."""
    smoke_passes(board, compilers.hardened(board, compiler))
    path = compilers.hardened(board, compiler, make.guest, "smash")
    result = judge.boot(board, path, boards.board(board).first())
    need_status(result, "fail")
    need(lines_of(result)[-2:] == [SMASHED, "[exit 1]"], "not its line", result, SMASHED)


def boots_in_time(board, compiler, level):
    """The same of what `make` builds, and how long that takes."""
    path = compilers.built(board.name, compiler, level)
    smoke_passes(board.name, path)
    machine = board.first()
    seconds = boot_image(board.name, path, machine.name).seconds
    most = SECONDS_BELOW if machine.below else SECONDS
    boot_seconds[board.name] = seconds, most
    need(seconds <= 10 * most, f"{seconds:.1f} s to its verdict")


def without_any_source(machine):
    """Refused, and no key was made. Under QEMU also where all that looks like
    noise of the machine is none."""
    boots = [(app, machine) for app in ("smoke", "keygen")]
    if machine.template.startswith("qemu-system-"):
        boots.append(("smoke", counted(machine)))
    for app, how in boots:
        if app in boards.board(machine.board).words("APPS"):
            result, receipt = boot(machine.board, app, how, "refuse", **machine.none)
            need("BEGIN" not in result.console, "a key was made", result)
            need("no source" in receipt["state"][1]["why"], "it does not say why", result)
            need_true_reason(machine, result, receipt)


def constructs(board, expect, machine=None, **options):
    """A key that a constructor makes, before main: as good as main's own."""
    path = image(board.name, "constructor", machine)
    console = boot_image(board.name, path, machine or board.first(), expect, **options).console
    lines = ["a constructor draws a key", "main: ", "the first destructor", "and the last one"]
    places = [console.find(line) for line in lines]
    need(-1 not in places and places == sorted(places), f"not in this order: {lines}", console)


def linked(board, out, *given, objects="LINKED", libraries=()):
    """Links files with all that a program of the board is linked with; the
    linker's CompletedProcess. objects: BARE, where they bring a platform of
    their own. libraries: more, in front of the board's."""
    names = ("CC", "LINK_FLAGS", "INCLUDE", objects, "LIB", "BOARD_LIBS")
    make.image(board.name, "constructor")
    text = make.shell("make", "-s", make.board_word(board.name), *(f"print-{n}" for n in names))
    cc, flags, include, made, lib, libs = (line.split() for line in text.splitlines())
    words = cc + flags + include + [*map(str, given)] + made
    words += [f"{lib[0]}/libseedbed.a", *map(str, libraries)]
    return children.run(words + libs + ["-o", str(out)])


THREAD_LOCAL = "no thread-local data on this board"


def refuses_thread_local(board):
    """Whether a link script of the board does."""
    folders = [board.folder] + [tree.BOARDS / "common" / f for f in board.words("FAMILY")]
    scripts = [path for folder in folders for path in folder.glob("*.ld")]
    return any(THREAD_LOCAL in path.read_text() for path in scripts)


def thread_local_refused(board):
    """Nobody sets up a block for thread-local data, so no such program links."""
    with folder() as there:
        for word, links in (("", True), ("_Thread_local", False)):
            (there / "program.c").write_text(
                f"{word} volatile int here = 1;\nint main(void) {{ return here; }}\n"
            )
            run = linked(board, there / "program.elf", there / "program.c")
            need((run.returncode == 0) == links, f"{word or 'global'}: {run.stdout}")
        need(THREAD_LOCAL in run.stdout, run.stdout)


def thread_local_works(board):
    """Each variable has its own place and its own first value."""
    with folder() as there:
        source, elf = there / "program.c", there / "program.elf"
        source.write_text(
            "_Thread_local volatile int one = 1, zero, two = 2;\nextern volatile int other;\n"
            "volatile int other;\nint main(void)\n{\n\tzero += one + two + other;\n"
            "\treturn zero == 3 && one == 1 && two == 2 && !other ? 0 : 2;\n}\n"
        )
        run = linked(board, elf, source)
        need(run.returncode == 0, run.stdout)
        need_status(judge.boot(board.name, elf, board.first()), "pass")


def constructor_tests(add, board):
    machine = board.first()
    name = f"a constructor makes a key on {machine.title}"
    add(machine.group, name, constructs, board, "pass")
    if machine.none:
        name = f"a constructor is refused without a source on {machine.title}"
        add(machine.group, name, constructs, board, "refuse", **machine.none)
    if refuses_thread_local(board):
        name = f"thread-local data does not link for {board.name}"
        add(machine.group, name, thread_local_refused, board)
    elif board.variables.get("BOARD_LIBC") != "system":
        name = f"thread-local data works on {board.name}"
        add(machine.group, name, thread_local_works, board)


def by_level(add, board, compiler, level):
    name = f"{board.name} {compiler} {level}"
    if compilers.folder_of(board.name, compiler, level) == "build":
        add("compilers", name, boots_in_time, board, compiler, level)
    else:
        add("compilers", name, by_compiler, board.name, compilers.built, compiler, level)


def by_clang_hardened(add, board):
    if board.tested("library"):
        name = f"{board.name} clang, flags of distributions"
        add("compilers", name, hardened, board.name, "clang")


def by_mixture(add, board):
    """Two compilers in one image."""
    for compiler in compilers.COMPILERS:
        name = f"{board.name} {compiler}, and its ISA by the other one"
        add("compilers", name, by_compiler, board.name, compilers.mixed, compiler)


def hardened_in_check(board):
    """Whether `make check` builds it by the flags of distributions: a board with
    `levels` whose ISA has a flag of its own there. `make check-slow` builds the
    others."""
    return board.tested("levels") and board.isa() in compilers.HARDENED_BY_GCC


def by_gcc_hardened(add, board):
    name = f"{board.name} gcc, flags of distributions"
    add("compilers", name, hardened, board.name, "gcc")


def by_each_level(add, board):
    """What by the common level alone is not tried yet."""
    for compiler in compilers.COMPILERS:
        for level in compilers.turn(board, compiler):
            by_level(add, board, compiler, level)
    by_mixture(add, board)
    if hardened_in_check(board):
        by_gcc_hardened(add, board)


def slow_tests(add):
    """Every board at every level by both compilers, where that is not
    `make check`'s already."""
    for board in boards.tested("smoke"):
        for compiler in compilers.COMPILERS:
            tried = [compilers.COMMON_LEVEL, *compilers.turn(board, compiler)]
            for level in compilers.levels(compiler):
                if level not in tried:
                    by_level(add, board, compiler, level)
        if not board.tested("levels"):
            by_mixture(add, board)
        if not hardened_in_check(board):
            by_gcc_hardened(add, board)
        by_clang_hardened(add, board)


def tests(add):
    for board in boards.tested("smoke"):
        for compiler in compilers.COMPILERS:
            by_level(add, board, compiler, compilers.COMMON_LEVEL)
        if board.tested("levels"):
            by_each_level(add, board)
        constructor_tests(add, board)
        if board.written_isa() == board.isa():  # a native one has what its machine has
            add("house", f"make boards: the row of {board.name}", row_is_true, board)
    for board in boards.every():
        for machine in board.machines_for("loop"):
            name = f"the event loop on {machine.title}"
            add(machine.group, name, loop.loop_passes, board.name, machine.name)
        # a row of the table of backends has this test there
        for machine in (m for m in board.machines_for("keys") if not m.backend):
            name = f"two boots of {machine.title} share no key"
            most = 3 if machine is board.first() and board is boards.first_of_isa(board) else 2
            add(machine.group, name, two_boots, board.name, machine.name, most)
        for machine in board.machines_for("refuse"):
            add(
                machine.group,
                f"no source on {machine.title}: refused",
                without_any_source,
                machine,
            )
        for machine in board.machines_for("ecdsa"):
            dependents.ecdsa_tests(add, machine)
        if board.tested("stress"):
            stress.guests_of(add, board)
