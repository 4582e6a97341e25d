# SPDX-License-Identifier: BSD-2-Clause
"""MIPS Malta: virtio-rng behind the GT-64120, and the boot loader's seed."""
import dataclasses

from harness import boards
from harness.failures import need
from scenarios.boots import boot, folder, lines_of, source
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
from scenarios.machines import PCI, RNG, over_pci

MALTA, GROUP = "malta", "malta"
STARTER = "{board}/../common/mips/without-seed"
SEED = "host-seed"
COUNTED = "-icount shift=0,sleep=off"
BRIDGES = (
    "-device pci-bridge,id=b1,chassis_nr=1 -device pci-bridge,id=b2,chassis_nr=2,bus=b1,addr=1 "
)


def seedless():
    """The board's machine without the boot loader's seed."""
    machine = boards.machine(MALTA)
    need(STARTER in machine.template, f"{MALTA} is not started by {STARTER}")
    template = machine.template.replace(STARTER, f"env NO_SEED=1 {STARTER}")
    return dataclasses.replace(machine, template=template)


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
RAM_END = 0x84000000
PLACES = {
    "its name is nowhere": (NAME, 0x00001000),
    "its name is in uncached space": (NAME, 0xA0002FFF),
    "its name reaches beyond RAM": (NAME, RAM_END - 4),
    "its value is nowhere": (VALUE, 0x7FFFFFFF),
    "its value is in the boot ROM": (VALUE, 0xBFC00000),
    "its value reaches beyond RAM": (VALUE, RAM_END - 63),
    "its value is no number": (VALUE, TABLE),
    "it has no value": (VALUE, 0),
}


def changed_table(word, value):
    """QEMU arguments: the CPU starts in a few instructions that change a word
    of the table, and goes on to the boot loader."""
    code = (
        0x3C088000,  # lui t0, 0x8000
        0x3C090000 | value >> 16,  # lui t1, value >> 16
        0x35290000 | value & 0xFFFF,  # ori t1, t1, value
        0xAD090000 | (TABLE & 0xFFFF) + 4 * word,  # sw t1, table(t0)
        0x3C08BFC0,  # lui t0, 0xbfc0
        0x01000008,  # jr t0
        0,
        0,
    )
    stores = (
        f"-device loader,addr={0x8000 + 4 * n:#x},data={code[n] << 32 | code[n + 1]:#x},"
        "data-len=8,data-be=on "
        for n in range(0, len(code), 2)
    )
    return "".join(stores) + "-device loader,addr=0x80008000,cpu-num=0 "


def a_table_that_lies():
    for says, (word, value) in PLACES.items():
        devices = changed_table(word, value) + "-device virtio-rng-pci"
        result, receipt = boot(MALTA, devices=devices)
        seen = [source(result, receipt, name)[0] for name in (SEED, "virtio-rng")]
        need(seen == ["absent", "credited"], f"{says}, and the sources are {seen}", result)


def a_short_seed():
    """The value is the text "64", and ends there: one byte."""
    size = TABLE + 4 * 16 + 256 * 3  # of memory, in MiB: 67108864
    result, receipt = boot(MALTA, devices=changed_table(VALUE, size) + "-device virtio-rng-pci")
    bits = source(result, receipt, SEED)[1]["bits"]
    need(bits == "32", "8 digits are 32 bits", result)


def replays():
    """With -seed all that QEMU makes is the same in each boot, which no test of
    one boot can see. Another source makes the difference."""
    random = "-object rng-random,id=r0,filename=/dev/urandom -device virtio-rng-pci,rng=r0"
    builtin = "-object rng-builtin,id=r0 -device virtio-rng-pci,rng=r0"
    samples = {}
    for devices in (builtin, random):
        found = set()
        for number in range(2):
            result, _ = boot(MALTA, devices=f"-seed 7 {COUNTED} {devices}", number=number)
            found |= {line for line in lines_of(result) if line.startswith("sample ")}
        samples[devices] = len(found)
    need(samples == {builtin: 1, random: 2}, f"samples that differ, of two: {samples}")


def silent_alone():
    """A device that never answers is named, and the wait has an end. A sound
    one beside it serves."""
    with folder() as there, silent_egd(there / "egd"):
        silent = over_pci("silent", "transitional").format(socket=there / "egd")
        beside = f"{silent} -object rng-builtin,id=r1 -device virtio-rng-pci,rng=r1"
        result, receipt = boot(MALTA, machine=seedless(), devices=beside)
        why = source(result, receipt, "virtio-rng")[1].get("why", "")
        need("no answer" in why, "the first is not the silent one", result)
        word = source(result, receipt, "virtio-rng-2")[0]
        need(word == "credited", "the second did not serve", result)
    with folder() as there, silent_egd(there / "egd"):
        silent = over_pci("silent", "transitional").format(socket=there / "egd")
        result, receipt = boot(
            MALTA, machine=seedless(), expect="refuse", devices=silent, timeout=120
        )
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)


# b .; nop. An instruction that is reserved.
HANG, RESERVED = bytes.fromhex("1000ffff00000000"), bytes.fromhex("7c00003f")


def hang(path):
    at_entry(path, HANG)


def reserved(path):
    at_main(path, RESERVED)


def over_the_bus(add):
    for way, device in PCI.items():
        given = over_pci("honest", way)
        name = f"{way} PCI alone"
        add(GROUP, name, virtio_alone, MALTA, seedless(), given, None, SEED)
        add(GROUP, f"{way} PCI: a file arrives whole", file_arrives, "file", MALTA, None, device)
    name = "legacy PCI: answers of 8 bytes"
    add(GROUP, name, file_arrives, "short", MALTA, None, PCI["legacy"])
    for way in ("modern", "legacy"):
        given = f"{BRIDGES}{over_pci('honest', way)},bus=b2,addr=1"
        name = f"{way} PCI behind two bridges"
        add(GROUP, name, virtio_alone, MALTA, seedless(), given, None, SEED)


def tests(add):
    add(GROUP, "virtio-rng and the boot loader's seed", virtio_and_seed)
    add(GROUP, "the boot loader's seed alone: refused", seed_alone)
    add(GROUP, "a boot loader's table that lies: no seed", a_table_that_lies)
    add(GROUP, "a seed of 8 digits: 32 bits", a_short_seed)
    name = "no source and a deterministic clock: refused"
    add(GROUP, name, none_at_all, MALTA, seedless(), None, COUNTED)
    over_the_bus(add)
    name = "all that repeats in each boot"
    add(GROUP, name, replays)
    zeros, slow, stops = (over_pci(kind, "modern") for kind in ("zeros", "slow", "stops"))
    add(GROUP, "/dev/zero alone", zeros_alone, MALTA, seedless(), zeros, None)
    add(GROUP, "a slow device: READY", slow_device, MALTA, seedless(), slow, None)
    name = "a device that stops: refused after 60 s"
    add(GROUP, name, device_stops, MALTA, seedless(), stops, None)
    add(GROUP, "a device that never answers: refused", silent_alone)
    ends = ("silent", "crash", "hang")
    add(GROUP, "a truncated image fails", judge_sees, ends, truncate, MALTA, timeout=5)
    add(GROUP, "a guest that hangs fails", judge_sees, ("hang",), hang, MALTA, timeout=5)
    name = "an exception is a line and exit 1"
    add(GROUP, name, judge_sees, ("fail",), reserved, MALTA, says="exception 10 at 0x")
