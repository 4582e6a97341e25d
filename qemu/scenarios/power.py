# SPDX-License-Identifier: BSD-2-Clause
"""POWER: darn and the hypervisor's H_RANDOM, in both byte orders."""
import os
import re

from harness import boards, judge
from harness.failures import need, need_status
from scenarios.any_board import linked
from scenarios.boots import boot, folder, source
from scenarios.damaged import at_entry, at_main, judge_sees, truncate
from scenarios.devices import none_at_all, silent_egd, zeros_alone, zeros_beside_rdrand
from scenarios.images import image
from scenarios.instruction import replays, serves_alone

BIG, LITTLE = "pseries", "pseries-le"
OLD = "power8"  # without darn
SPAPR = "-object rng-random,id=r0,filename={file} -device spapr-rng,rng=r0"
ZEROS, RANDOM = SPAPR.format(file="/dev/zero"), SPAPR.format(file="/dev/urandom")
SILENT = "-chardev socket,id=c0,path={socket} -object rng-egd,id=r0,chardev=c0"
SILENT += " -device spapr-rng,rng=r0"
COUNTED = "-icount shift=0,sleep=off"


def both(board):
    result, receipt = boot(board)
    for name in ("power-darn", "papr-random"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) >= 384, f"{name} is {word}", result)


def random_alone(board):
    result, receipt = boot(board, cpu=OLD)
    word, pairs = source(result, receipt, "papr-random")
    need(word == "credited" and int(pairs["bits"]) >= 384, "H_RANDOM is " + word, result)
    need("host" in pairs["flags"], "it is not said to be the host's", result)
    word = source(result, receipt, "power-darn")[0]
    need(word == "absent", f"darn is {word} on POWER8", result)


def kept_from_the_guest(board):
    """A CPU that has darn, in a partition that must look like POWER8."""
    given = "-M max-cpu-compat=power8"
    result, receipt = boot(board, expect="refuse", devices=given)
    word = source(result, receipt, "power-darn")[0]
    need(word == "absent", f"darn is {word}", result)


def file_arrives(board):
    """Each byte once and in order, in both byte orders: behind the word that a
    probe drops, the low byte of the register first."""
    with folder() as there:
        content = os.urandom(4096)
        (there / "file").write_bytes(content)
        devices = SPAPR.format(file=there / "file")
        result, _ = boot(board, "record", cpu=OLD, devices=devices)
    raw = re.findall(r"^raw papr-random ([0-9a-f]+)$", result.console, re.M)
    got = bytes.fromhex("".join(raw))
    need(len(got) >= 256 and content.find(got) >= 8, "not bytes of the file, in order", result)


def silent_hypervisor(board):
    """A call that does not return: nobody but the hypervisor can end it, and no
    key is made."""
    with folder() as there, silent_egd(there / "egd"):
        devices = SILENT.format(socket=there / "egd")
        result = judge.boot(board, image(board, "keygen"), devices=devices, timeout=2)
    need_status(result, "hang")
    need("BEGIN" not in result.console, "a key was made", result)


def carries(board):
    """In 32 bits, as vof enters an image, the carry of a sum is that of its lower
    half. Then RSA keys of BearSSL take for ever."""
    with folder() as there:
        program, elf = there / "program.c", there / "program.elf"
        program.write_text(
            "#include <stdint.h>\nint main(void)\n{\n"
            "\tvolatile uint64_t a = 0xffffffff00000000, b = 0x100000000;\n"
            "\tunsigned __int128 sum = (unsigned __int128)a + b;\n"
            "\treturn (uint64_t)(sum >> 64) == 1 && !(uint64_t)sum ? 0 : 2;\n}\n"
        )
        run = linked(boards.board(board), elf, program)
        need(run.returncode == 0, run.stdout)
        need_status(judge.boot(board, elf), "pass")


def under_slof(board):
    """The firmware of real machines, which calls an image in its own way."""
    result, receipt = boot(board, machine="slof")
    word = source(result, receipt, "power-darn")[0]
    need("Open Firmware" in result.console and word == "credited", "not under SLOF", result)
    boot(board, machine="slof", expect="refuse", cpu=OLD, devices="")


# b .; a word that is no instruction, also where main is entered by a call that
# need not set r2: two words on
HANG, ILLEGAL = bytes.fromhex("48000000"), bytes(12)


def halt(path):
    at_entry(path, HANG)


def halt_little(path):
    at_entry(path, HANG[::-1])


def illegal(path):
    at_main(path, ILLEGAL)


def slow_tests(add):
    for board in (BIG, LITTLE):
        add(boards.machine(board).group, "under SLOF", under_slof, board, budget=60)


def tests(add):
    for board in (BIG, LITTLE):
        group = boards.machine(board).group
        add(group, "darn and H_RANDOM", both, board)
        add(group, "darn alone", serves_alone, board, "power-darn", ["papr-random"])
        add(group, "H_RANDOM alone, on POWER8", random_alone, board)
        add(group, "darn that the partition must not have: absent", kept_from_the_guest, board)
        add(group, "darn that repeats in each boot", replays, board, RANDOM)
        add(group, "H_RANDOM: a file arrives whole", file_arrives, board)
        name = "no source and a deterministic clock: refused"
        add(group, name, none_at_all, board, None, OLD, COUNTED)
        name = "H_RANDOM of zeros alone: refused"
        add(group, name, zeros_alone, board, None, ZEROS, OLD, "papr-random")
        name = "H_RANDOM of zeros beside darn: degraded"
        add(group, name, zeros_beside_rdrand, board, None, ZEROS, ("papr-random",))
        add(group, "a carry is that of 64 bits", carries, board)
        ends = ("silent", "crash", "hang")
        add(group, "a truncated image fails", judge_sees, ends, truncate, board, timeout=3)
        stops = halt if board == BIG else halt_little
        add(group, "a guest that hangs fails", judge_sees, ("hang",), stops, board, timeout=2)
        name = "an exception is a line and exit 1"
        add(group, name, judge_sees, ("fail",), illegal, board, says="exception 700 at 0x")
    name = "a hypervisor that does not come back: no key"
    add(boards.machine(BIG).group, name, silent_hypervisor, BIG)
