# SPDX-License-Identifier: BSD-2-Clause
"""Boards with a seed window, most of them Cortex-M: without a seed, with a
short one, with one. What newlib draws from it. The nRF51's generator."""
import re

from harness import boards, judge, make, tree
from harness.failures import need, need_status
from harness.make import shell
from harness.seed import fresh_seed
from scenarios.any_board import linked
from scenarios.boots import boot, folder, lines_of, source, two_samples
from scenarios.versions import unpacked

M3 = "mps2-an385"
KILLED = 128 + 9  # what raise(SIGKILL) ends with


def no_seed(board, devices=None):
    result, receipt = boot(board, expect="refuse", devices=devices)
    need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def a_seed(board):
    result, receipt = boot(board)
    word, pairs = source(result, receipt, "board-seed")
    credited = word == "credited" and int(pairs["bits"]) == 384
    need(credited, "48 bytes are 384 bits", result)


def a_short_seed(board):
    with fresh_seed(boards.machine(board), 47) as devices:
        boot(board, expect="refuse", devices=devices)


def getentropy(board):
    """The C library's getentropy: random bytes, and EIO and zeros where there
    is no seed yet."""
    boot(board, "getentropy")
    if boards.machine(board).seed:
        result, _ = boot(board, "getentropy", expect="refuse")
        need("ok refuses with EIO and zeros" in result.console, "not EIO", result)


def arc4random(board):
    """Other numbers in each boot. Without a seed it gives none and ends the
    program by SIGKILL."""
    drawn = []
    for number in range(2):
        result, _ = boot(board, "arc4random", number=number)
        drawn += re.findall(r"^drawn ([0-9a-f]{8})$", result.console, re.M)
    need(len(drawn) == 16 and len(set(drawn)) > 12, f"two boots, and these: {drawn}")
    if boards.machine(board).seed:
        result = judge.boot(board, make.image(board, "arc4random"))
        ended = f"[exit {KILLED}]" in result.console and "drawn" not in result.console
        need("draws\n" in result.console and ended, "it was not ended by SIGKILL", result)


def window_tests(add, board):
    """The tests of a board that has a seed window."""
    group = board.first().group
    if not board.tested("refuse"):
        add(group, "no seed: refused", no_seed, board.name)
        name = "no seed and a deterministic clock: refused"
        add(group, name, no_seed, board.name, "-icount shift=0,sleep=off")
    add(group, "a seed of 48 bytes", a_seed, board.name)
    add(group, "a seed of 47 bytes: refused", a_short_seed, board.name)


def library_tests(add, board):
    """What the C library of a board draws."""
    libc = board.variables.get("BOARD_LIBC")
    for app, test in (("getentropy", getentropy), ("arc4random", arc4random)):
        if app in board.words("APPS"):
            add(board.first().group, f"{app} of {libc}", test, board.name)


def m0_trng():
    result, receipt = boot("microbit")
    word, pairs = source(result, receipt, "nrf51-trng")
    started = word == "credited" and int(pairs["bytes"]) >= 1024
    need(started, "credited before 1024 start-up samples", result)


def compiled(there, name):
    """A file of C++, by the compiler that is installed and the headers that are
    unpacked."""
    headers, _ = unpacked("libstdc++-arm-none-eabi-dev", "libstdc++-arm-none-eabi-newlib")
    (top,) = headers.glob("usr/include/newlib/c++/*")
    made = there / f"{name.replace('/', '-')}.o"
    words = ["arm-none-eabi-g++", "-mcpu=cortex-m3", "-mthumb", "-std=c++17", "-O2", "-Wall"]
    words += ["-Wextra", "-Icore", "-Ihal", "-nostdinc++", f"-isystem{top}"]
    shell(*words, f"-isystem{top}/arm-none-eabi/thumb/v7-m/nofp", "-c", f"{name}.cc", "-o", made)
    return made


def random_device(*adapters):
    """std::random_device, linked with the adapters: what it prints."""
    board = boards.board(M3)
    make.image(M3, "getentropy")
    with folder() as there:
        names = ("tests/guests/random_device", *adapters)
        objects = [compiled(there, name) for name in names]
        objects.append(tree.TOP / "build/isa" / board.isa() / "adapters/newlib.o")
        _, library = unpacked("libstdc++-arm-none-eabi-dev", "libstdc++-arm-none-eabi-newlib")
        image, library = there / "device.elf", [library / "libstdc++.a"]
        run = linked(board, image, *objects, objects="BARE", libraries=library)
        need(run.returncode == 0, run.stdout)
        return judge.boot(M3, image, timeout=60)


def random_device_is_ours():
    result = random_device("adapters/random_device")
    need_status(result, "pass")
    holds = [line for line in lines_of(result) if line.startswith("ok ")]
    need(len(holds) == 5, "not each of its tests", result)


def random_device_of_newlib():
    result = random_device()
    need("FAILED its words are those of seedbed" in result.console, "it is green", result)


def slow_tests(add):
    name = "std::random_device has the words of seedbed, and throws"
    add("Cortex-M3", name, random_device_is_ours, budget=40)
    add("Cortex-M3", "red: std::random_device of newlib", random_device_of_newlib, budget=40)


def tests(add):
    for board in boards.every():
        if "seed" in board.words("FAMILY"):
            window_tests(add, board)
        if "cortex-m" in board.words("FAMILY"):
            library_tests(add, board)
    add("Cortex-M0", "the nRF51's generator", m0_trng)
    add("Cortex-M0", "two boots share no sample", two_samples, "microbit")
