# SPDX-License-Identifier: BSD-2-Clause
"""`make record`: samples that are what the driver handed over, and what the
driver handed over is what it got."""
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

from harness import boards, children, make, replay, tree
from harness.failures import Failure, need
from scenarios.boots import folder
from scenarios.images import image
from scenarios.machines import NO_INSTRUCTION, RNG

TOOL = "tools/evidence/record"
KEPT_RANDOM = "tests/builds/kept_random.c"
VIRTIO = ("qemu-x86_64", "qemu-aarch64-virt", "qemu-riscv64-virt")
# Board, source, and how many bytes of each word of QEMU's generator it has.
INSTRUCTIONS = (
    ("qemu-x86_64", "x86-rdrand", 4),
    ("qemu-i386", "x86-rdrand", 4),
    ("qemu-aarch64-virt", "aarch64-rndrrs", 4),
    ("qemu-aarch64-virt", "aarch64-rndr", 4),
    ("qemu-riscv64-virt", "riscv-zkr", 2),
    ("qemu-riscv32-virt", "riscv-zkr", 2),
)


def run(board, there, *words):
    """The tool's end, and what it said."""
    words = [TOOL, board, image(board, "record"), "-o", there, *words]
    return children.run(words, env=make.ENVIRONMENT)


def recorded(board, there, source, *words, restarts=False):
    """(samples, facts) of one recording."""
    words += ("--source", source) + ("--restarts",) * restarts
    done = run(board, there, *words)
    if done.returncode:
        raise Failure(f"exit {done.returncode}", "exit 0", done.stdout)
    machine = boards.machine(board).name
    path = there / f"{board}-{machine}-{source}{'-restarts' * restarts}.bin"
    return path.read_bytes(), json.loads(path.with_suffix(".json").read_text())


def as_the_kernel_gave_it():
    """getrandom(2): its answers, one behind the other."""
    with folder() as there:
        shim, kept = there / "kept_random.so", there / "kept"
        make.shell("gcc", "-shared", "-fPIC", KEPT_RANDOM, "-o", shim)
        env = ("--env", f"LD_PRELOAD={shim}", "--env", f"KEPT_RANDOM={kept}")
        data, known = recorded("unix", there, "unix-getrandom", "-n", "50000", *env)
        need(len(data) == 50000 and data == kept.read_bytes(), "not the kernel's bytes in order")
    need("KEPT_RANDOM" in known["command"], "its command would not repeat it")


def as_the_file_has_it(board):
    """virtio-rng over a file: each byte once and in order; each start begins
    with the first."""
    with folder() as there:
        content = os.urandom(40000)
        (there / "file").write_bytes(content)
        devices = ("--devices", RNG["file"].format(file=there / "file"))
        data, _ = recorded(board, there, "virtio-rng", "-n", "20000", *devices)
        need(data == content[:20000], "not the file's bytes in order")
        data, known = recorded(board, there, "virtio-rng", "-n", "2", *devices, restarts=True)
    need(data == 2 * content[:1000], "not two rows of the file's first bytes")
    seen = known["restarts"], known["starts"], known["row"], known["cpu"]
    need(seen == ("by boot", 2, 1000, "emulated"), f"the facts say {seen}")


def as_the_cpu_gave_it(board, source, width):
    """The instruction of an emulated CPU: the very bytes of QEMU's generator."""
    with folder() as there:
        data, _ = recorded(board, there, source, "-n", "20000", "--devices", replay.OPTION)
    whole = any(data in numbers for numbers in replay.of_cpus(20000, width))
    need(len(data) == 20000 and whole, "not the numbers that QEMU gave, in order")


def as_the_unit_gave_it():
    """nRF51's unit: no byte twice, and in order. It does not wait, and drops
    what nobody took. A byte that is not its own would cost 256 numbers."""
    count, at = 3000, 0
    with folder() as there:
        devices = ("--devices", replay.OPTION)
        data, _ = recorded("microbit", there, "nrf51-trng", "-n", str(count), *devices)
    numbers = replay.of_devices(16 * count)
    for byte in data:
        at = numbers.find(byte, at) + 1
        need(at, "not the unit's numbers, in order")


def times_of_this_machine():
    """Where there is noise it is recorded, and where there is none the reason
    is there: a host may emulate this machine."""
    reasons = "counter-stands|counter-too-coarse|no-cache-effect|predictable"
    with folder() as there:
        done = run("unix", there, "--source", "cache-timing", "-n", "5000")
        paths = list(there.glob("*.bin"))
        data = paths[0].read_bytes() if paths else b""
    if done.returncode:
        said = re.search(f"cache-timing.*: ({reasons})$", done.stdout, re.M)
        need(said and not paths, done.stdout)
    else:
        seen = len(data), len(set(data))
        need(seen[0] == 5000 and seen[1] > 4, f"{seen[0]} samples, {seen[1]} values")


def facts_of(path, known):
    """A file and what is said of it agree."""
    data = path.read_bytes()
    seen = known["samples"], known["sha256"], known["file"]
    need(seen == (len(data), hashlib.sha256(data).hexdigest(), path.name), f"the facts say {seen}")


def by_make():
    """`make record`: this machine, by processes, with what is known of it."""
    built = "build/recorded"
    shutil.rmtree(tree.TOP / built, ignore_errors=True)
    told = [f"B={built}", "SOURCE=unix-getrandom", "N=3"]
    make.shell("make", "-s", *told, "RESTARTS=1", "record")
    make.shell("make", "-s", *told[:2], "N=1234", "CFLAGS=-Os", "record")
    stem = tree.TOP / built / "record/unix-unix-unix-getrandom"
    paths = stem.with_suffix(".bin"), stem.with_name(f"{stem.name}-restarts.bin")
    one, many = (json.loads(path.with_suffix(".json").read_text()) for path in paths)
    for path, known in zip(paths, (one, many)):
        facts_of(path, known)
    need((one["kind"], one["samples"]) == ("sequential", 1234), f"the facts say {one}")
    need((many["restarts"], many["samples"]) == ("by process", 3000), f"the facts say {many}")
    rows = {paths[1].read_bytes()[at : at + 1000] for at in (0, 1000, 2000)}
    need(len(rows) == 3, "two starts gave the same row")
    need(re.search(r" -Os\b", one["compiler"]), f"compiler: {one['compiler']}")
    name = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    need(not name or one["cpu"]["name"] == name[1], f"cpu: {one['cpu']}")
    need(one["source"]["driver"] == "unix-getrandom", f"source: {one['source']}")
    words = "make BOARD=unix MACHINE=unix SOURCE=unix-getrandom N=1234 record"
    need(one["command"] == words, f"command: {one['command']}")
    counter = "sb_x86_tsc" if os.uname().machine == "x86_64" else "sb_unix_now"
    need(one["counter"]["function"] == counter, f"counter: {one['counter']}")


def all_of(board, names):
    """Without a source named it is each that answers; the others have their
    reason."""
    with folder() as there:
        done = run(board, there, "-n", "1500", "--cpu", "cortex-a57")
        need(done.returncode == 0, done.stdout)
        found = sorted(path.name.split("-virt-virt-")[-1] for path in there.glob("*.bin"))
    need(found == names, f"recorded: {found}")
    for why in ("aarch64-rndr: not recorded: absent", "host-seed: not recorded: a seed is given"):
        need(why in done.stdout, f"it does not say {why}: {done.stdout}")


def refused(code, said, board, *words):
    """A recording that cannot be says why, and leaves no file."""
    with folder() as there:
        done = run(board, there, *words)
        left = list(there.glob("*.bin"))
    need(done.returncode == code, f"exit {done.returncode}: {done.stdout}", expected=f"exit {code}")
    for part in said:
        need(part in done.stdout, f"it does not say {part}: {done.stdout}")
    need(not left, f"it left {left}")


def progress():
    """What takes more than five seconds says how long it will."""
    with folder() as there:
        done = run("microbit", there, "-n", "10000")
    line = r"^microbit-microbit nrf51-trng: \d+ of 10000 samples, \d+ s left$"
    need(done.returncode == 0 and re.search(line, done.stdout, re.M), done.stdout)


def whole_restarts(board, source, starts):
    """All rows are whole and, by a true source, different."""
    with folder() as there:
        words = ("-n", str(starts))
        data, known = recorded(board, there, source, *words, restarts=True)
    rows = {data[at : at + 1000] for at in range(0, len(data), 1000)}
    need(len(data) == 1000 * starts and len(rows) == starts, f"{len(rows)} rows, {known}")


def some_refuse():
    """A start that finds no times, as by an emulator, has no row. It is
    counted."""
    tool, source = [TOOL, "unix", image("unix", "record")], ("--source", "cache-timing")
    with folder() as there:
        if run("unix", there, *source, "-n", "1000").returncode:
            return  # this machine has none: another test says why
        board = there / "sometimes"
        board.mkdir()
        shutil.copy(boards.board("unix").folder / "board.mk", board)
        (board / "machines").write_text(SOMETIMES)
        (board / "start").write_text(THIRD_EMULATED)
        (board / "start").chmod(0o755)
        tool[1] = board
        words = [*tool, *source, "-n", "300", "--restarts", "-o", there]
        done = children.run(words, env=make.ENVIRONMENT)
        need(done.returncode == 0, done.stdout)
        path = there / "sometimes-process-cache-timing-restarts.bin"
        data, known = path.read_bytes(), json.loads(path.with_suffix(".json").read_text())
    seen = len(data), known["starts"]
    need(seen == (300_000, 300) and known["refused"] >= 1, f"{seen}, {known['refused']} refused")


def whole_million(board, source):
    with folder() as there:
        data, known = recorded(board, there, source)
    need(len(data) == known["samples"] == 1_000_000, f"{len(data)} samples")


SOMETIMES = """\
[process]
command = {board}/start {image}
exit = 0 1
"""
THIRD_EMULATED = """\
#!/bin/sh
echo >> ${0%/*}/starts
[ $(wc -l < ${0%/*}/starts) != 3 ] || exec qemu-x86_64 "$1"
exec "$1"
"""

REFUSALS = {
    "a source that is not there": (
        1,
        ["qemu-x86_64-microvm x86-rdrand: not recorded: absent"],
        "qemu-x86_64",
        ("--source", "x86-rdrand", "--cpu", NO_INSTRUCTION),
    ),
    "times of a machine without a cache": (
        1,
        ["qemu-x86_64-microvm cache-timing: not recorded: no-cache-effect"],
        "qemu-x86_64",
        ("--source", "cache-timing"),
    ),
    "a source of another name": (2, ["no source rdrand"], "unix", ("--source", "rdrand")),
    "a seed that is over": (
        1,
        ["host-seed gave 32 of 1000 samples: absent", "qemu-riscv64-virt/virt", "-kernel"],
        "qemu-riscv64-virt",
        ("--source", "host-seed", "-n", "1000"),
    ),
    "a boot that does not end": (
        1,
        ["microbit/microbit: hang", "qemu-system-arm", "end of the console", "driver nrf51-trng"],
        "microbit",
        ("--source", "nrf51-trng", "-n", "100000", "--timeout", "6"),
    ),
    "more than a console may hold": (2, ["2000000 are the most"], "unix", ("-n", "2000001")),
}


def tests(add):
    add("record", "make record: this machine, and what is known", by_make, budget=60)
    if os.uname().sysname == "Linux":
        add("record", "getrandom, as the kernel gave it", as_the_kernel_gave_it)
    for board in VIRTIO:
        add("record", f"virtio-rng of {board}, as the file has it", as_the_file_has_it, board)
    for board, source, width in INSTRUCTIONS:
        name = f"{source} of {board}, as QEMU gave it"
        add("record", name, as_the_cpu_gave_it, board, source, width)
    add("record", "nrf51-trng, as QEMU gave it", as_the_unit_gave_it)
    if os.uname().machine == "x86_64":
        add("record", "cache-timing of this machine, or why not", times_of_this_machine)
        add("record", "a start that refuses has no row, and is counted", some_refuse)
    add("record", "each source that answers", all_of, "qemu-aarch64-virt", ["virtio-rng.bin"])
    for name, (code, said, board, words) in REFUSALS.items():
        add("record", f"no: {name}", refused, code, said, board, *words, budget=30)


def slow_tests(add):
    add("record", "the time that is left", progress, budget=60)
    for board, source in (("unix", "unix-getrandom"), ("qemu-x86_64", "virtio-rng")):
        name = f"a million samples of {source} of {board}"
        add("record", name, whole_million, board, source, budget=120)
        name = f"a thousand starts of {board}"
        add("record", name, whole_restarts, board, source, 1000, budget=600)
