# SPDX-License-Identifier: BSD-2-Clause
"""MIPS Malta: virtio-rng behind the GT-64120, and the boot loader's seed."""
import re
import shutil
import time

from harness import boards, clone, judge
from harness.failures import need
from harness.receipt import receipt as receipt_of
from scenarios.boots import boot, boot_image, folder, recorded, source
from scenarios.damaged import at_entry, at_main, judge_sees, truncate
from scenarios.devices import (
    device_stops,
    file_arrives,
    none_at_all,
    silent_egd,
    slow_device,
    virtio_alone,
    zeros_alone,
)
from scenarios.images import image
from scenarios.machines import PCI, over_pci, seedless
from scenarios.tree import TIMEOUT, is_gone

MALTA, GROUP = "malta", "malta"
SEED = "host-seed"
COUNTED = "-icount shift=0,sleep=off"
BRIDGES = (
    "-device pci-bridge,id=b1,chassis_nr=1 -device pci-bridge,id=b2,chassis_nr=2,bus=b1,addr=1 "
)


def virtio_and_seed():
    result, receipt = boot(MALTA)
    for name in ("virtio-rng", SEED):
        word = source(result, receipt, name)[0]
        need(word == "credited", f"{name} is {word}", result)
    bits = source(result, receipt, SEED)[1]["bits"]
    need(bits == "256", "64 digits of seed are 256 bits", result)


def seed_alone():
    """Credited, and not enough: 256 bits of 384."""
    for app in ("smoke", "keygen"):
        result, receipt = boot(MALTA, app, expect="refuse", devices="")
        word, pairs = source(result, receipt, SEED)
        seen = word, pairs["bits"], pairs["state"]
        need(seen == ("credited", "256", "used-up"), "not the seed alone", result)
        says = "fewer than 384 bits" in receipt["state"][1]["why"]
        need("BEGIN" not in result.console and says, "a key, or it does not say why", result)


# The boot loader's table, word by word: the names and values that QEMU puts
# there, and what a loader may put there instead (hw/mips/malta.c).
TABLE, NAME, VALUE = 0x80002000, 8, 9
KSEG0, RAM_END = 0x80000000, 0x84000000
PLACES = {  # below kseg0 an access is an exception
    "its name is below all RAM": (NAME, 0x00001000),
    "its name is above all RAM": (NAME, 0xFFFFFFF0),
    "its value is below all RAM": (VALUE, 0x7FFFFFFF),
    "its value reaches beyond RAM": (VALUE, RAM_END - 32),
    "its value is no number": (VALUE, TABLE),
    "it has no value": (VALUE, 0),
}
DIGITS = "".join(  # the last 32 bytes of RAM
    f"-device loader,addr={RAM_END - KSEG0 - at:#x},data=0x3132333435363738,data-len=8 "
    for at in range(8, 40, 8)
)


def before_the_loader(*code):
    """QEMU arguments: the CPU starts in these instructions, and goes on to the
    boot loader."""
    code += 0x3C08BFC0, 0x01000008, 0  # lui t0, 0xbfc0; jr t0; nop
    code += (0,) * (len(code) % 2)
    stores = (
        f"-device loader,addr={0x8000 + 4 * n:#x},data={code[n] << 32 | code[n + 1]:#x},"
        "data-len=8,data-be=on "
        for n in range(0, len(code), 2)
    )
    return "".join(stores) + "-device loader,addr=0x80008000,cpu-num=0 "


def changed_table(word, value):
    return before_the_loader(
        0x3C088000,  # lui t0, 0x8000
        0x3C090000 | value >> 16,  # lui t1, value >> 16
        0x35290000 | value & 0xFFFF,  # ori t1, t1, value
        0xAD090000 | (TABLE & 0xFFFF) + 4 * word,  # sw t1, table(t0)
    )


def bridge_that_swaps():
    """The boot loader of a little-endian CPU sets MByteSwap. Then the data of
    PCI's configuration comes in another order."""
    devices = before_the_loader(
        0x3C08B400,  # lui t0, 0xb400: the registers before the loader moves them
        0x3C090100,  # lui t1, 0x100
        0xAD090C00,  # sw t1, 0xc00(t0)
    )
    result, receipt = boot(MALTA, devices=devices + over_pci("honest", "modern"))
    word = source(result, receipt, "virtio-rng")[0]
    need(word == "credited", f"virtio-rng is {word}", result)


def a_table_that_lies():
    for says, (word, value) in PLACES.items():
        devices = changed_table(word, value) + DIGITS + "-device virtio-rng-pci"
        result, receipt = boot(MALTA, devices=devices)
        seen = [source(result, receipt, name)[0] for name in (SEED, "virtio-rng")]
        need(seen == ["absent", "credited"], f"{says}, and the sources are {seen}", result)


def a_short_seed():
    """The value is another string of the loader's: "38400n8r"."""
    line = TABLE + 4 * 16 + 256 * 7
    result, receipt = boot(MALTA, devices=changed_table(VALUE, line) + "-device virtio-rng-pci")
    bits = source(result, receipt, SEED)[1]["bits"]
    need(bits == "16", "5 digits are two bytes", result)


def another_loader():
    """What is in a2 and a3 is no table, or no size of RAM. The first three
    instructions of the image are as good as done, and others take their
    place."""
    for table, ram in (
        (0x00001000, 0x0400),
        (0x80002001, 0x0400),
        (0x83FFFFFC, 0x0400),
        (TABLE + 8, 0x0000),
        (TABLE + 8, 0x2001),
    ):
        # lui a2, table >> 16; ori a2, a2, table; lui a3, ram
        words = 0x3C060000 | table >> 16, 0x34C60000 | table & 0xFFFF, 0x3C070000 | ram
        with folder() as there:
            path = there / "smoke.elf"
            shutil.copy(image(MALTA, "smoke"), path)
            at_entry(path, b"".join(word.to_bytes(4, "big") for word in words))
            result = boot_image(MALTA, path)
        word = source(result, receipt_of(result.console), SEED)[0]
        need(word == "absent", f"{table:#x}, {ram:#x}: the seed is {word}", result)


def memory(guest, there):
    """All RAM."""
    file = there / "memory"
    guest.qmp("pmemsave", val=0, size=RAM_END - KSEG0, filename=str(file))
    return file.read_bytes()


def one_life(guest, there):
    """From a reset to some draws: the digits of the seed that there was at its
    begin. They are gone, and so are the bytes that they are for."""
    dump = memory(guest, there)
    at = TABLE + 4 * VALUE - KSEG0
    at = int.from_bytes(dump[at : at + 4], "big") - KSEG0
    digits = dump[at : at + 64]
    need(re.fullmatch(rb"[0-9a-f]{64}", digits), f"no seed in the table: {digits}")
    guest.qmp("cont")
    clone.more_draws(guest)
    guest.qmp("stop")
    dump = memory(guest, there)
    gone = is_gone(digits, dump) and is_gone(bytes.fromhex(digits.decode()), dump)
    need(gone, "the seed is still somewhere in memory")
    return digits


def seed_in_memory():
    """Two lives of a machine, with a reset between them."""
    words = judge.command(boards.machine(MALTA), image(MALTA, "clone"))
    words = [word for word in words if word != "-no-reboot"] + ["-S"]
    with folder() as there:
        with clone.Guest(words, there, "guest", time.monotonic() + TIMEOUT) as guest:
            first = one_life(guest, there)
            guest.qmp("system_reset")
            need(first != one_life(guest, there), "one seed for two lives")


def several_cpus():
    """Each enters the image, and one goes on."""
    for cpu in ("24Kf", "34Kf"):
        result, _ = boot(MALTA, cpu=cpu, devices="-smp 4 -device virtio-rng-pci")
        receipts = result.console.count("seedbed-receipt 1\n")
        need(receipts == 1 and result.console.count("[exit") == 1, "not one CPU alone", result)


def other_cpus():
    """Of Release 2 and later, with a timer of their own each."""
    for cpu in ("4KEc", "24Kc", "74Kf", "P5600"):
        boot(MALTA, cpu=cpu)


def replays():
    """With -seed the device and the boot loader give the same bytes in each
    boot, and no test of one boot can see that. How long the device takes is for
    the host to say, so the outputs are not all the same."""
    for seed, alike in (("", False), ("-seed 7 ", True)):
        given = f"{seed}{COUNTED} {over_pci('honest', 'modern')}"
        results = [boot(MALTA, "record", devices=given, number=n)[0] for n in range(2)]
        for name in ("virtio-rng", SEED):
            first, second = (recorded(result, name) for result in results)
            need(len(first) >= 32, f"no bytes of {name}", results[0])
            says = f"{name} is {'the same' if first == second else 'another'}"
            need((first == second) == alike, says, results[1])


def silent_alone():
    """A device that never answers is named, and the wait has an end. A sound
    one beside it serves."""
    with folder() as there, silent_egd(there / "egd"):
        silent = over_pci("silent", "transitional").format(socket=there / "egd")
        beside = f"{silent} -object rng-builtin,id=r1 -device virtio-rng-pci,rng=r1"
        result, receipt = boot(MALTA, machine=seedless(MALTA), devices=beside)
        why = source(result, receipt, "virtio-rng")[1].get("why", "")
        need("no answer" in why, "the first is not the silent one", result)
        word = source(result, receipt, "virtio-rng-2")[0]
        need(word == "credited", "the second did not serve", result)
    with folder() as there, silent_egd(there / "egd"):
        silent = over_pci("silent", "transitional").format(socket=there / "egd")
        result, receipt = boot(
            MALTA, machine=seedless(MALTA), expect="refuse", devices=silent, timeout=120
        )
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)


# b .; nop. An instruction that is reserved.
HANG, RESERVED = bytes.fromhex("1000ffff00000000"), bytes.fromhex("7c00003f")


def hang(path):
    at_entry(path, HANG)


def reserved(path):
    at_main(path, RESERVED)


def over_the_bus(add):
    add(GROUP, "a bridge that swaps bytes: found all the same", bridge_that_swaps)
    for way, device in PCI.items():
        given = over_pci("honest", way)
        name = f"{way} PCI alone"
        add(GROUP, name, virtio_alone, MALTA, seedless(MALTA), given, None, SEED)
        add(GROUP, f"{way} PCI: a file arrives whole", file_arrives, "file", MALTA, None, device)
    name = "legacy PCI: answers of 8 bytes"
    add(GROUP, name, file_arrives, "short", MALTA, None, PCI["legacy"])
    for way in ("modern", "legacy"):
        given = f"{BRIDGES}{over_pci('honest', way)},bus=b2,addr=1"
        name = f"{way} PCI behind two bridges"
        add(GROUP, name, virtio_alone, MALTA, seedless(MALTA), given, None, SEED)


def tests(add):
    add(GROUP, "virtio-rng and the boot loader's seed", virtio_and_seed)
    add(GROUP, "the boot loader's seed alone: refused", seed_alone)
    add(GROUP, "a boot loader's table that lies: no seed", a_table_that_lies)
    add(GROUP, "a seed of 5 digits: two bytes", a_short_seed)
    add(GROUP, "another boot loader: no seed", another_loader)
    add(GROUP, "the seed is gone, and fresh after a reset", seed_in_memory, budget=30)
    add(GROUP, "several CPUs: one goes on", several_cpus)
    add(GROUP, "other CPUs", other_cpus)
    name = "no source and a deterministic clock: refused"
    add(GROUP, name, none_at_all, MALTA, seedless(MALTA), None, COUNTED)
    over_the_bus(add)
    add(GROUP, "a device and a seed that repeat in each boot", replays)
    zeros, slow, stops = (over_pci(kind, "modern") for kind in ("zeros", "slow", "stops"))
    add(GROUP, "/dev/zero alone", zeros_alone, MALTA, seedless(MALTA), zeros, None)
    add(GROUP, "a slow device: READY", slow_device, MALTA, seedless(MALTA), slow, None)
    name = "a device that stops: refused after 60 s"
    add(GROUP, name, device_stops, MALTA, seedless(MALTA), stops, None)
    add(GROUP, "a device that never answers: refused", silent_alone)
    ends = ("silent", "crash", "hang")
    add(GROUP, "a truncated image fails", judge_sees, ends, truncate, MALTA, timeout=5)
    add(GROUP, "a guest that hangs fails", judge_sees, ("hang",), hang, MALTA, timeout=5)
    name = "an exception is a line and exit 1"
    add(GROUP, name, judge_sees, ("fail",), reserved, MALTA, says="exception 10 at 0x")
