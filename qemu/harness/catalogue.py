# SPDX-License-Identifier: BSD-2-Clause
"""The list of all tests. Its names come from tables and from the names of
sources, so it is there before anything was built."""
import re
import shutil
from dataclasses import dataclass

import scenarios.any_board
import scenarios.arm32
import scenarios.arm64
import scenarios.bench
import scenarios.ccw
import scenarios.cortex_m
import scenarios.dependents
import scenarios.epoch
import scenarios.evidence
import scenarios.keystreams
import scenarios.keystreams_alone
import scenarios.keystreams_arm64
import scenarios.keystreams_chosen
import scenarios.loongarch
import scenarios.loop
import scenarios.many
import scenarios.mips
import scenarios.order
import scenarios.pci
import scenarios.power
import scenarios.readme
import scenarios.record
import scenarios.riscv
import scenarios.rust
import scenarios.s390x
import scenarios.smccc
import scenarios.solo5
import scenarios.solo5_nested
import scenarios.stress
import scenarios.timing
import scenarios.tree
import scenarios.trng
import scenarios.uefi
import scenarios.versions
import scenarios.x86
import scenarios.xen
import scenarios.xl
from harness import backends, boards, compilers, judge, make, toolchain, tree
from harness.compilers import LEVELS
from harness.failures import Failure, Skip

BUDGET = 15  # seconds that a test may take, unless it says otherwise
BUILT = "tests/builds/check"
ESTIMATORS = "tests/host/estimators.py"
# Every ISA that ships runs test_wipe, but armv81m: qemu-arm has none of its
# CPUs. The code of armv6m-picolibc is armv6m's, and `host` is this machine.
WITHOUT_EMULATOR = {"armv81m", "armv6m-picolibc", "host"}
EMULATORS = {
    "aarch64": "qemu-aarch64",
    "armv5te": "qemu-arm",
    "armv6": "qemu-arm",
    "armv6m": "qemu-arm",
    "armv7a": "qemu-arm",
    "armv7em": "qemu-arm",
    "armv7m": "qemu-arm",
    "armv8m": "qemu-arm",
    "i386": "qemu-i386",
    "loongarch64": "qemu-loongarch64",
    "mips": "qemu-mips",
    "ppc64": "qemu-ppc64",
    "ppc64le": "qemu-ppc64le",
    "riscv32": "qemu-riscv32",
    "riscv64": "qemu-riscv64",
    "s390x": "qemu-s390x",
    "x86_64": "qemu-x86_64",
}

BIG_ENDIAN, BIG_ENDIAN_32 = "s390x", "mips"
LITTLE_ENDIAN_ONLY = ("test_uefi", "test_xen")  # what both specifications are

notes = []  # tables for the end of the run


@dataclass(frozen=True)
class Test:
    """One name in the report. action() returns how many tests passed, or raises
    Skip or Failure. budget: seconds that it may take. alone: it measures time,
    so nothing runs beside it. apart: it wants nothing of what is built for
    all, so it runs beside that. option: what qemu/check must be told to know
    it."""

    group: str
    name: str
    action: object
    budget: int = BUDGET
    alone: bool = False
    apart: bool = False
    option: str = ""

    @property
    def title(self):
        return f"{self.group}: {self.name}"


# what a test may be
# ----------------------------------------------------------------


def command(*words):
    """A command that is one test."""
    make.shell(*words)
    return 1


def counted(*words):
    """A script that prints "ok NAME" or "FAILED NAME" for each of its tests."""
    try:
        text = make.shell(*words)
    except Failure as failure:
        ends = ("ok", "FAILED")
        counts = (len(re.findall(rf"^{end} ", failure.output, re.M)) for end in ends)
        failure.passed, failure.failed = next(counts), max(1, next(counts))
        raise
    passed = len(re.findall("^ok ", text, re.M))
    if not passed:
        raise Failure(f"no test ran\n  {' '.join(words)}\n{text[-1000:]}")
    return passed


def cmocka_passed(text):
    return sum(int(n) for n in re.findall(r"^\[  PASSED  \] (\d+) test", text, re.M))


def cmocka_faults(text):
    """The assertions that failed, with file and line; a sanitizer's words."""
    marks = (
        r"\[  ERROR   \] .*",
        r"\[   LINE   \] .*",
        r".*:\d+: error: .*",
        r".*: runtime error: .*",
        r"==\d+==ERROR.*",
    )
    found = re.findall(rf"^({'|'.join(marks)})$", text, re.M)
    return "\n".join(dict.fromkeys(line.replace(f"{tree.TOP}/", "") for line in found))


def suite_on_host(words, path):
    """A CMocka program: as many tests as it says, and at least one."""
    try:
        text = make.shell(*words, path())
    except Failure as failure:
        failed = len(re.findall(r"^\[  FAILED  \] (?!\d+ test)", failure.output, re.M))
        failure.passed, failure.failed = cmocka_passed(failure.output), max(1, failed // 2)
        failure.details = cmocka_faults(failure.output) + "\n" + failure.details
        raise
    if not cmocka_passed(text):
        raise Failure(f"no test ran\n{text[-1000:]}")
    return cmocka_passed(text)


def suite_on_board(board, name):
    """The same CMocka program on a board."""
    result = judge.boot(board, make.suite(board, name), timeout=120)
    if result.status != "pass" or not cmocka_passed(result.console):
        details = cmocka_faults(result.console) + "\n" + result.report()
        raise Failure(f"{result.status} ({result.why})", "pass", details)
    return cmocka_passed(result.console)


def mutants():
    """Each mutant is a test that its suite went red."""
    text = make.shell("python3", "tests/mutation/mutate", timeout=1200)
    return int(re.search(r"^(\d+) of \1 mutants killed", text, re.M)[1])


def generated(count):
    """Some of the mutants that their record calls killed. Others whenever the
    code or a test changes."""
    text = make.shell("python3", "tests/mutation/generate", "--sample", str(count), timeout=3000)
    return int(re.search(r"^(\d+) of \1 mutants killed", text, re.M)[1])


def sizes():
    """The table is shown at the end of the run."""
    notes.append(make.shell("tests/rules/size"))
    return 1


def python_model():
    return command("python3", "tests/host/model.py", make.host_program("model"))


def host_command(name):
    return command("setarch", "-R", make.host_program(name))


def by_emulation(name):
    """A program of tests/user on the CPU that the Makefile names."""
    cpu = make.shell("make", "-s", f"print-RUN_{name}").split()
    return counted(*cpu, make.host_program(f"user/{name}"))


def big_endian_suite(isa, name):
    """A CMocka suite as a program of a big-endian Linux."""
    program = f"build/host/{isa}/unit/{name}"
    return suite_on_host((f"qemu-{isa}",), lambda: make.path_of(program))


def big_endian_suites(add, isa):
    for name in tree.sources("tests/unit/test_*.c"):
        if name not in LITTLE_ENDIAN_ONLY:
            add("user", f"{name} {isa}", big_endian_suite, isa, name)


def by_nist():
    if not shutil.which("ea_non_iid"):
        raise Skip("no ea_non_iid on PATH")
    return counted(ESTIMATORS, "--nist")


def wipe_by_emulation(isa, compiler, level, program="wipe"):
    """test_wipe on the library of a board of that ISA."""
    board = boards.of_isa(isa).name
    return counted(EMULATORS[isa], compilers.built(board, compiler, level, program))


def every_isa_wipes():
    without = set(boards.isas()) - set(EMULATORS) - WITHOUT_EMULATOR
    if without:
        raise Failure(f"no row in EMULATORS: {' '.join(sorted(without))}", "one")


def red_wipe(isa):
    """The dead stack is not overwritten: a secret is found there."""
    compiler = "clang" if boards.of_isa(isa).without_gcc() else "gcc"
    try:
        wipe_by_emulation(isa, compiler, "-O2", "wipe-WITHOUT_WIPE")
    except Failure as failure:
        if not re.search(r"^on the dead stack: [^(]", failure.output, re.M):
            raise
    else:
        raise Failure("green", "red")


# the list
# --------------------------------------------------------------------------


def house(add):
    add("house", "lint", command, "python3", "tests/rules/lint", budget=30)
    add("house", "sizes", sizes, budget=45)
    add("house", "the harness itself", counted, "tests/rules/harness", budget=60)
    flow = "docs/flow.py | cmp - docs/flow.svg"
    add("house", "the table of boards", counted, "tools/boards", "--check")
    add("house", "the faults and their tests", counted, "tools/faults", "--check")
    add("house", "the picture in docs/", command, "sh", "-c", flow)
    cutoffs = ("python3", "tests/host/cutoffs.py", "--check")
    add("house", "cutoffs of the health tests", command, *cutoffs)


def by_tcc():
    if not shutil.which("tcc"):
        raise Skip("no tcc")
    return counted(BUILT, "tcc")


def builds(add):
    def by(name, *words, budget=30, apart=True):
        add("builds", name, counted, *words, budget=budget, apart=apart)

    add("mutants", "each protection broken in turn", mutants, budget=150, apart=True)
    by("the provenance gate", "tests/builds/provenance/check", budget=45, apart=False)
    by("a plain loop of cc -c", BUILT, "loop")
    by("x86-64 with pointers of 32 bits", BUILT, "x32")
    add("builds", "the suites by tcc", by_tcc)
    by("CMake, here and for a Cortex-M3", BUILT, "cmake")
    by("all sources in one file", BUILT, "onefile")
    by("a board outside the tree", BUILT, "outside", apart=False)
    name = "make install, and guests out of it by pkg-config and CMake"
    by(name, BUILT, "installed", budget=90, apart=False)
    by("what the sources must refuse to be compiled for", "tests/builds/targets")
    by("the set-up", "tests/builds/setup")
    by("what the Makefile promises", "tests/builds/make", budget=60)
    by("two files instead of folders", "tests/builds/amalgamate")
    by("the manual pages", "tests/builds/manual", apart=False)
    by("docs/porting.md", BUILT, "guide", apart=False)
    by("README.md, its commands", "tests/builds/readme")
    by("a port is one folder", "tests/builds/port")
    by("an image without what it does not use", "tests/builds/without")
    by("a board joins by its folder alone", "tests/builds/joins", budget=45)
    by("an ISA outside the tree is two folders", "tests/builds/isa")


def wipes(add, slow=False):
    """At the levels at which the library is made anyway; or at the others."""
    for isa in EMULATORS:
        for compiler in compilers.COMPILERS:
            made = ["-O2", *compilers.turn(boards.of_isa(isa), compiler)]
            for level in ("-O1", "-O2", "-Os", "-O3"):
                how = isa, compiler, level
                if (level in made) != slow:
                    add("user", f"wipe {isa} {compiler}{level}", wipe_by_emulation, *how)


def wipes_by_stream(add):
    for stream in ("aes256-ce", "chacha20-neon"):
        for compiler in ("gcc", "clang"):
            how = "aarch64", compiler, "-O2", f"wipe-{stream}"
            add("user", f"wipe aarch64 {stream} {compiler}-O2", wipe_by_emulation, *how)


def suites(add):
    """The CMocka suites: on this machine with sanitizers, the one about wiping
    by each compiler at each level, and by the same sources on boards."""
    names = tree.sources("tests/unit/test_*.c")
    setarch = ("setarch", "-R")  # AddressSanitizer wants its addresses
    for name in names:
        add("host", name, suite_on_host, setarch, lambda name=name: make.host_suite(name))
    add("host", "the Python model", python_model)
    for name in ("oracle", "rates"):
        add("host", f"host_{name}", host_command, name)
    add("host", "estimators", counted, ESTIMATORS, budget=60)
    add("host", "estimators beside NIST's tool", by_nist, budget=120)
    add("host", "host_unix", suite_on_host, setarch, lambda: make.host_program("unix"))
    for name in tree.sources("tests/user/*.c"):
        add("user", name, by_emulation, name)
    big_endian_suites(add, BIG_ENDIAN)
    add("user", "every ISA runs test_wipe", every_isa_wipes)
    wipes(add)
    wipes_by_stream(add)
    for isa in EMULATORS:
        add("user", f"red: the dead stack survives, {isa}", red_wipe, isa)
    for kind in ("gcc", "clang"):
        for level in LEVELS:

            def path(kind=kind, level=level):
                return make.wipe_suite("gcc" if kind == "gcc" else toolchain.clang(), level)

            add("host", f"test_wipe {kind}{level}", suite_on_host, (), path)
    for board in boards.tested("suites"):
        for name in names:
            add(board.first().group, name, suite_on_board, board.name, name)


WORLDS = (
    scenarios.any_board,
    scenarios.keystreams_alone,
    scenarios.stress,
    scenarios.order,
    scenarios.keystreams,
    scenarios.keystreams_chosen,
    scenarios.loop,
    scenarios.xen,
    scenarios.uefi,
    scenarios.solo5,
    scenarios.x86,
    scenarios.pci,
    scenarios.dependents,
    scenarios.readme,
    scenarios.record,
    scenarios.rust,
    scenarios.cortex_m,
    scenarios.arm32,
    scenarios.arm64,
    scenarios.keystreams_arm64,
    scenarios.power,
    scenarios.riscv,
    scenarios.loongarch,
    scenarios.s390x,
    scenarios.ccw,
    scenarios.mips,
    scenarios.smccc,
    scenarios.timing,
    scenarios.tree,
    scenarios.trng,
    scenarios.epoch,
    scenarios.bench,
    scenarios.evidence,
    scenarios.many,
    backends,
)


def collect(*parts, option=""):
    """The tests that these functions add."""
    found = []

    def add(group, name, action, *arguments, budget=BUDGET, alone=False, apart=False, **options):
        def run():
            passed = action(*arguments, **options)
            return passed if isinstance(passed, int) and passed else 1

        found.append(Test(group, name, run, budget, alone, apart, option))

    for part in parts:
        part(add)
    return found


def tests():
    """What `make check` runs."""
    return collect(house, builds, suites, *(world.tests for world in WORLDS))


def more(add):
    """Among these are the tests of what tests: of lint and of the mutants."""
    wipes(add, slow=True)
    big_endian_suites(add, BIG_ENDIAN_32)
    name = "a breach of each rule is seen"
    add("house", name, counted, "python3", "tests/rules/breaches", budget=60)
    add("builds", "the generator of mutants", counted, "tests/mutation/proof", budget=60)
    add("mutants", "300 of the generated", generated, 300, budget=600)


def slow_tests():
    """What `make check-slow` runs: what takes longer, or wants more to be
    there. The first test starts all domains of xl. Those that wait for it come
    last."""
    found = collect(scenarios.xl.tests, option=" --slow")
    worlds = scenarios.solo5_nested, scenarios.versions
    parts = [scenarios.many.slow_tests] + [world.tests for world in worlds]
    parts += [scenarios.cortex_m.slow_tests]
    parts += [scenarios.trng.slow_tests, scenarios.rust.slow_tests]
    parts += [scenarios.keystreams.slow_tests]
    parts += [scenarios.power.slow_tests, scenarios.loongarch.slow_tests]
    parts += [scenarios.riscv.slow_tests, scenarios.record.slow_tests]
    parts += [scenarios.order.slow_tests, scenarios.any_board.slow_tests, more]
    rest = collect(*parts, option=" --slow")
    rest += [test for test in tests() if test.name.startswith(("real ", "Solo5 "))]
    return found[:1] + rest + found[1:]
