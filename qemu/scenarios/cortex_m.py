# SPDX-License-Identifier: BSD-2-Clause
"""Cortex-M3 with a seed and without, and the nRF51's generator on Cortex-M0."""
from harness import boards, judge, make, tree
from harness.failures import need, need_status
from harness.make import shell
from scenarios.any_board import linked
from scenarios.boots import boot, folder, fresh_seed, lines_of, source, two_samples
from scenarios.versions import unpacked

M3 = "mps2-an385"


def m3_without_seed(devices=None):
    result, receipt = boot(M3, expect="refuse", devices=devices)
    need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def m3_with_seed():
    result, receipt = boot(M3)
    word, pairs = source(result, receipt, "board-seed")
    credited = word == "credited" and int(pairs["bits"]) == 384
    need(credited, "48 bytes are 384 bits", result)


def m3_short_seed():
    with fresh_seed(boards.machine(M3), 47) as devices:
        boot(M3, expect="refuse", devices=devices)


def m3_getentropy():
    """newlib's getentropy: EIO and zeros without a seed, random bytes with
    one."""
    result, _ = boot(M3, "getentropy", expect="refuse")
    need("ok refuses with EIO and zeros" in result.console, "not EIO", result)
    boot(M3, "getentropy")


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
    add("Cortex-M3", "no seed: refused", m3_without_seed)
    name = "no seed and a deterministic clock: refused"
    add("Cortex-M3", name, m3_without_seed, "-icount shift=0,sleep=off")
    add("Cortex-M3", "a seed of 48 bytes", m3_with_seed)
    add("Cortex-M3", "a seed of 47 bytes: refused", m3_short_seed)
    add("Cortex-M3", "getentropy of newlib", m3_getentropy)
    add("Cortex-M0", "the nRF51's generator", m0_trng)
    add("Cortex-M0", "two boots share no sample", two_samples, "microbit")
