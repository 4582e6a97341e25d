# SPDX-License-Identifier: BSD-2-Clause
"""Programs of tests/guests and tests/host that stress the library: tasks, CPUs,
interrupts, forks, and each with its protection taken out, which must be
seen."""
import os
import re
from dataclasses import dataclass, field

from harness import boards, children, clone, judge, make, toolchain
from harness.failures import BoardError, need, need_status
from scenarios import bench, epoch, loop
from scenarios.boots import boot, figures, folder, source

NO_GETRANDOM = "tests/builds/no_getrandom.c"
SMP = "-smp 4 -m 128"
ICOUNT = "-icount shift=0,sleep=off -seed 1"
CONTRAST = "timing-WITHOUT_CONTRAST", r"^ready \w{64}$"
SLOTS, SCAN_MS = 256 * 32, 25


def said(console, name):
    found = re.search(rf"^{name} (\d+)$", console, re.M)
    need(found, f"no line {name}")
    return int(found[1])


def guest(board, name, shows="", **options):
    """A guest that must pass; or, with a protection taken out, fail and show
    why."""
    result = judge.boot(board, make.guest(board, name), timeout=120, **options)
    need_status(result, "fail" if shows else "pass")
    need(not shows or re.search(shows, result.console, re.M), f"red, but not by {shows}", result)
    return result.console


def four_cpus(board):
    cores = len(os.sched_getaffinity(0))
    console = guest(board, "smp", devices=SMP)
    times = said(console, "speed-up-percent") / 100
    goal = 3.5 if cores >= 4 else 1.8
    figures[f"four guest CPUs against one, {cores} host CPUs"] = (times, goal, " times, at least")
    need(times >= goal / 10, f"four CPUs read {times} times as fast as one")


def count(board):
    """A board of the table has budgets; the others are printed."""
    console = guest(board, "count", devices="-icount shift=0")
    for what, instructions in bench.on_console(console).items():
        most = bench.budget(board, what)
        figures[f"{what} on {board}, instructions"] = (instructions, most, "")
        many = most != "none" and instructions > 10 * most
        need(not many, f"{what} takes {instructions} instructions on {board}")


def count_simd(board):
    """The same with the CPU's AES."""
    console = guest(board, "count_simd", devices="-icount shift=0")
    for what, instructions in bench.on_console(console).items():
        if what != "event":
            figures[f"{what} on {board} by SIMD, instructions"] = (instructions, "none", "")


def scan(board):
    """All of PCI is one read of each slot, and a few more of each device."""
    for machine in ("pc", "q35"):
        console = guest(board, "scan", machine=machine)
        took, reads = said(console, "scan us") / 1000, said(console, "scan reads")
        figures[f"a full scan of PCI, {machine}"] = (took, SCAN_MS, " ms, at most")
        need(SLOTS <= reads < SLOTS + 100, f"{reads} registers were read, of {SLOTS} slots")
        need(took <= 10 * SCAN_MS, f"it took {took} ms")


def fault(board, name):
    """One line, exit 1 and a return code of fail. Where that faults as well, a
    part of it, nothing behind it, and that return code."""
    machine = boards.machine(board)
    result = judge.boot(board, make.guest(board, name), machine)
    _, said, after = result.console.partition("faults on purpose\n")
    need(said, "the program did not start", result)
    lines = [line for line in after.splitlines() if line and not line.startswith("(XEN)")]
    whole = re.compile(r"(fault: )?exception \d+ (at|pc) .*")
    if "IN_" not in name:
        need_status(result, "fail")
        right = len(lines) == 2 and whole.fullmatch(lines[0]) and lines[1] == "[exit 1]"
    else:
        need_status(result, "crash")
        line = whole if name == "fault-IN_END" else re.compile(r"(fault: )?exception ")
        right = len(lines) == 1 and line.fullmatch(lines[0])
    need(right, "not one line", result)
    need(result.code == machine.fail_rc, f"ended with {result.code}", result)


def calls(board, name):
    """What is left at EL3, and at EL2 where the machine has one, answers."""
    devices = "-M virtualization=on " * ("HVC" in name)
    result = judge.boot(board, make.guest(board, name), "secure", devices=devices)
    said = "right 1" if "MODE" in name else "answered 4"
    need(f"{said}\n" in result.console, f"it does not say: {said}", result)
    need_status(result, "fail" if "SVE" in name else "pass")
    trapped = re.search(r"^exception 4 at \S+ syndrome 0x0*66", result.console, re.M)
    need(bool(trapped) == ("SVE" in name), "what is trapped is not reported", result)


def timing(board):
    """The cache timing source without its contrast test: under -icount work
    that depends on data is ready, with the same key in each boot."""
    keys = {
        re.search(r"^ready (\w{64})$", guest(board, *CONTRAST, devices=ICOUNT), re.M)[1]
        for _ in range(2)
    }
    need(len(keys) == 1, f"two boots have the keys {keys}: no control of anything")


def simd(board):
    """smoke with the keystreams of the board's CPU, of which it has no other."""
    console = guest(board, "simd")
    stream = {"aarch64": "aes256-ce"}[boards.board(board).isa()]
    need(f"\nstream {stream}\n" in console, f"its keystream is not {stream}", console)


def saves(board):
    """An interrupted user of V keeps it where there is no SVE, and one of Z
    where there is."""
    for cpu, width in (("cortex-a57", 16), ("max", 256)):
        console = guest(board, "saves", cpu=cpu)
        kept = re.findall(r"^kept (\S+)$", console, re.M)
        right = said(console, "width") == width and kept == ["aes256-ce", "chacha20-neon"]
        need(right, f"{cpu}: not each keystream, or not registers of {width} bytes", console)


def clones_simd(board):
    """Two clones of a guest with the CPU's AES, which a new id alone tells
    apart."""
    with epoch.tree("guid") as devices:
        clone.need_no_faults(
            board,
            make.guest(board, "clone_simd"),
            devices=devices + "-seed 7",
            rewrite=epoch.new_guid,
        )


def event_costs(where, instructions, most):
    figures[f"seedbed_event on {where}, instructions"] = (instructions, most, "")
    need(instructions <= 10 * most, f"an event takes {instructions} instructions on {where}")


@dataclass(frozen=True)
class Guest:
    """A program of tests/guests: the test's name, in which {group} is the
    machine's and {name} the board's, and what a red one shows. run: what takes
    the place of guest(). alone: it measures time."""

    name: str
    shows: str = ""
    options: dict = field(default_factory=dict)
    run: object = None
    alone: bool = False
    budget: int = 15


BUSY = "red: an interrupt that reads from a busy instance, {group}"
GUESTS = {
    "tasks": Guest("two tasks that preempt each other, 10^6 reads", budget=40),
    "tasks-WITHOUT_LOCK": Guest("red: two tasks without a lock", r"^refused [1-9]"),
    "tasks-WITHOUT_LOCK-WITHOUT_BUSY": Guest(
        "red: two tasks without a lock or the mark of a busy instance", r"^twice [1-9]"
    ),
    "smp": Guest(
        "four CPUs on split instances, 10^6 reads each", run=four_cpus, alone=True, budget=30
    ),
    "smp-COPIES": Guest(
        "red: four CPUs with copies of one instance", r"^twice [1-9]", {"devices": SMP}
    ),
    "events": Guest("interrupts that nest, {group}"),
    "events-EVENT_STIRS": Guest(
        "red: an interrupt that mixes at once, {group}", r"^equal \d{1,3}$"
    ),
    "events-WITHOUT_BUSY": Guest(BUSY, r"^twice [1-9]"),
    "fault": Guest("a fault is one line and exit 1, {name}", run=fault),
    "fault-OVERFLOW": Guest("a full stack is one line and exit 1, {name}", run=fault),
    "fault-STACK_FAR": Guest("a fault with a stack far away, {name}", run=fault),
    "fault-STACK_NOWHERE": Guest("a fault with a stack that is no memory, {name}", run=fault),
    "fault-IN_WRITE": Guest("a fault of the console in the report of one, {name}", run=fault),
    "fault-IN_END": Guest("a fault in the end of a run, {name}", run=fault),
    "calls": Guest("EL3 answers each SMC with -1", run=calls),
    "calls-HVC": Guest("EL2 answers each HVC with -1", run=calls),
    "calls-SVE": Guest("what EL3 traps is one line and exit 1", run=calls),
    "calls-MODE": Guest("EL1 is as promised", run=calls),
    "calls-HVC-SVE": Guest("what EL2 traps is one line and exit 1", run=calls),
    "count": Guest("instructions of an event and of reads, {group}", run=count),
    "count_simd": Guest("instructions of reads by SIMD, {group}", run=count_simd),
    "counter": Guest("the counter moves as its bits say, {name}"),
    "counter-CLAIMS": Guest("red: a counter that stands and has bits, {name}", r"^moves 0$"),
    "timing": Guest("work that depends on data is no cache", options={"devices": ICOUNT}),
    "timing-WITHOUT_CONTRAST": Guest(
        "red: two boots with the same key, without the contrast test", run=timing
    ),
    "simd": Guest("the CPU's AES at EL1: smoke", run=simd),
    "clone_simd": Guest("clones diverge by the id, with the CPU's AES", run=clones_simd),
    "saves": Guest("an interrupt that reads keeps V and Z", run=saves),
    "saves-HALVES": Guest("red: an interrupt that keeps V of Z", r"^LOST "),
    "saves_none": Guest("red: an interrupt that reads and saves nothing", r"^LOST "),
    "registers": Guest(
        "an interrupt that reads, on a CPU without AVX", options={"cpu": "max,-xsave"}
    ),
    "registers-HALVES": Guest("red: an interrupt that loses upper halves", r"^LOST "),
    "unsaved": Guest("red: an interrupt that reads and saves nothing", r"^LOST "),
    "scan": Guest("a full scan of PCI", run=scan),
    **{
        f"loop-{switch}": Guest(f"red: a loop that has {switch}", f"^FAILED {check}")
        for switch, check in loop.LOOPS_RED.items()
    },
}


def guests_of(add, board):
    """The programs that board.mk names under GUESTS, and `sleep`. A wait is
    tried on each machine that takes part, the others on the first."""
    group = board.first().group
    for name in ["sleep"] + board.words("GUESTS"):
        if name == "sleep":
            for machine in board.machines_for("stress"):
                title = f"a wait is sleep on {machine.title}"
                add(machine.group, title, loop.sleeps, board.name, machine.name)
        elif name == "sleep-SPINS":
            title = "red: a wait that spins is no sleep"
            add(group, title, loop.spins, board.name, alone=True)
        elif name in GUESTS:
            made = GUESTS[name]
            title = made.name.format(group=group, name=board.name)
            more = {"alone": made.alone, "budget": made.budget}
            if made.run in (fault, calls):
                add(group, title, made.run, board.name, name, **more)
            elif made.run:
                add(group, title, made.run, board.name, **more)
            else:
                add(group, title, guest, board.name, name, made.shows, **made.options, **more)
        else:
            raise BoardError(f"{board.folder}/board.mk: GUESTS has {name}, which nobody knows")


def host_program(name, shows="", timeout=120):
    """The same of a program of this machine. A sanitizer's report is red as
    well."""
    words = ["setarch", "-R", make.host_program(name)]
    run = children.run(words, timeout)
    tail = run.stdout[-2000:]
    colour = "red" if shows else "green"
    repeat = " ".join(map(str, words))
    need(
        (run.returncode != 0) == bool(shows),
        f"exit {run.returncode}\n  {repeat}\n{tail}",
        None,
        colour,
    )
    need(not shows or re.search(shows, run.stdout, re.M), f"red, but not by {shows}\n{tail}")
    return run.stdout


def getrandom_fails():
    """A kernel that forbids it is not one that lacks it."""
    with folder() as there:
        shim = there / "no_getrandom.so"
        make.shell("gcc", "-shared", "-fPIC", NO_GETRANDOM, "-o", shim)
        for error, seen in (("EPERM", "unfit"), ("ENOSYS", "absent")):
            env = {"LD_PRELOAD": str(shim), "NO_GETRANDOM": error, "SEEDBED_DISTRUST": "cpu"}
            result, receipt = boot("unix", expect="refuse", env=env)
            word = source(result, receipt, "unix-getrandom")[0]
            need(word == seen, f"getrandom with {error} is {word}, not {seen}", result)
            need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def traces():
    for compiler in ("gcc", toolchain.clang()):
        for level in ("-O2", "-Os", "-O3"):
            host_program(f"traces/{compiler}{level}/trace")


def steps():
    event_costs("x86-64", said(host_program("step"), "event instructions"), 15)


def cost_of_timing():
    text = host_program("timing")
    found = re.search(r" refused=(\d+) .* median-us=(\d+) ", text)
    need(found, f"no figures\n{text}")
    if int(found[1]) <= 1:
        ms = int(found[2]) / 1000
        figures["ready by cache-timing alone, ms of CPU"] = (ms, 0.8, " ms, at most")
        need(ms <= 8, f"ready by cache-timing alone takes {ms} ms")


def tests(add):
    """Programs of this machine."""
    race = "ThreadSanitizer: data race"
    add("unix", "fork is a change of the epoch", host_program, "fork")
    add("unix", "red: fork without an epoch", host_program, "fork-WITHOUT_EPOCH", "THE SAME")
    add("unix", "getrandom that is forbidden is unfit, not absent", getrandom_fails)
    name = "ThreadSanitizer: a CPU's own instances, a shared one, events"
    add("unix", name, host_program, "race")
    add("unix", "red: threads and no lock", host_program, "race-WITHOUT_LOCK", race)
    add("unix", "red: threads on one instance", host_program, "race-ONE_INSTANCE", race)
    if os.uname().machine == "x86_64":
        add("unix", "an event after every instruction", steps, budget=60)
        name = "red: mixing after every instruction"
        add("unix", name, host_program, "step-EVENT_STIRS", r": 0 of \d+ calls", budget=40)
        name = "red: reading from a busy instance"
        add("unix", name, host_program, "step-WITHOUT_BUSY", r" [1-9]\d* twice", budget=30)
        add("unix", "the same instructions whichever samples are equal", traces)
        name = "red: a branch on equal samples"
        add("unix", name, host_program, "trace-LEAKS", r" [1-9]\d* other traces")
        add("unix", "the cost of cache-timing alone", cost_of_timing, alone=True)
