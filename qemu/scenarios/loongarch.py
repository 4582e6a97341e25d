# SPDX-License-Identifier: BSD-2-Clause
"""LoongArch: virtio-rng over PCI, found by a device tree; what the boot loaders
of two QEMUs leave."""
from harness import boards, judge, toolchain
from harness.failures import need, need_status
from harness.make import shell
from scenarios.boots import boot, folder, recorded, source
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
from scenarios.versions import SECOND, unpacked

VIRT = "qemu-loongarch64-virt"
OTHER = "virtio-rng-2"
RANDOM = "-object rng-random,id=r0,filename=/dev/urandom -device virtio-rng-pci,rng=r0"


def silent_alone():
    """A device that never answers is named, and the wait has an end."""
    with folder() as there, silent_egd(there / "egd"):
        devices = over_pci("silent", "modern").format(socket=there / "egd")
        result, receipt = boot(VIRT, expect="refuse", devices=devices, timeout=120)
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)
        why = source(result, receipt, "virtio-rng")[1]["why"]
        need("silent: no answer" in why, "the silent device is not named", result)


def silent_beside_another():
    """Both are found, and the sound one serves."""
    with folder() as there, silent_egd(there / "egd"):
        devices = over_pci("silent", "modern").format(socket=there / "egd")
        result, receipt = boot(VIRT, devices=f"{devices} -device virtio-rng-pci")
        words = {name: source(result, receipt, name) for name in ("virtio-rng", OTHER)}
        bits = sorted(int(pairs["bits"]) for _, pairs in words.values())
        need(bits[0] == 0 and bits[1] >= 384, "not one of the two", result)


def replays():
    """With -seed the device gives the same bytes in each boot, which no test of
    one boot can see. The host's generator makes the difference."""
    for devices, boots in (("-device virtio-rng-pci", 1), (RANDOM, 2)):
        found = set()
        for number in range(2):
            result, _ = boot(VIRT, "record", devices=f"-seed 7 {devices}", number=number)
            found.add(recorded(result, "virtio-rng")[:64])
        need(len(found) == boots, f"{len(found)} different records of two", result)


def four_cpus():
    """In QEMU 7.2 each enters the image."""
    devices = "-smp 4 -device virtio-rng-pci"
    result = judge.boot(VIRT, image(VIRT, "smoke"), timeout=20, devices=devices)
    need_status(result, "pass")
    receipts = result.console.count("seedbed-receipt 1\n")
    need(receipts == 1 and result.console.count("[exit") == 1, "not one CPU alone", result)


# A boot loader by EFI before the image: it moves the tree, and names it.
BELOW = """
	.globl _start
_start:
	li.w $t0, 0x100000
	move $t1, $t0
	li.w $t2, 0x5000000
1:	ld.d $t3, $t1, 0
	st.d $t3, $t2, 0
	addi.d $t1, $t1, 8
	addi.d $t2, $t2, 8
	li.w $t3, 0x200000
	bne $t1, $t3, 1b
	st.d $zero, $t0, 0
	li.w $a0, LOADER
	la.pcrel $a2, system
	jr $t3
	.balign 8
system:
	.quad SIGNATURE
	.skip 96
	.quad COUNT, TABLES
tables:
	.skip 24 /* of another table */
	.quad 0x41a5f19cb1b621d5, 0xe0aa692c15d90b83, TREE
"""
SOUND = {"LOADER": "1", "SIGNATURE": "0x5453595320494249", "COUNT": "2", "TABLES": "tables",
         "TREE": "0x5000000"}
BROKEN = (("LOADER", "0"), ("SIGNATURE", "1"), ("COUNT", "1"), ("COUNT", "65"),
          ("TABLES", "tables + 0x1000000000000"), ("TREE", "0x1000005000000"))


def under_efi(there, number=0, more=()):
    """Boots smoke by that loader, with these words in the place of others.
    number: of a boot, as those of one name are made once."""
    code = BELOW
    for word, value in {**SOUND, **dict(more)}.items():
        code = code.replace(word, value)
    (there / "below.S").write_text(code)
    words = [boards.board(VIRT).clang(), "--target=loongarch64-linux-gnusf", toolchain.LLD]
    words += ["-nostdlib", "-static", "-Wl,-Ttext=0x6000000,--build-id=none"]
    shell(*words, there / "below.S", "-o", there / "below")
    devices = f"-device virtio-rng-pci -device loader,file={there}/below,cpu-num=0"
    expect = "refuse" if more else "pass"
    return boot(VIRT, expect=expect, devices=devices, number=number)


def named_by_efi():
    with folder() as there:
        under_efi(there)


def broken_efi():
    """Nothing that such a table says is trusted. Without a tree nobody knows
    where PCI is, and no device is said to be absent."""
    with folder() as there:
        for number, (word, value) in enumerate(BROKEN):
            result, receipt = under_efi(there, number, ((word, value),))
            seen = source(result, receipt, "virtio-rng")[0]
            need(seen == "unseen", f"{word} is {value}: the device is {seen}", result)


# idle 0; b .-4. No instruction. A load where nothing is: lu52i.d $t0, $zero,
# 0x400; ld.d $t0, $t0, 0.
HALT, ILLEGAL = bytes.fromhex("00804806ffffff53"), bytes(4)
NOWHERE = bytes.fromhex("0c0010038c01c028")


def halt(path):
    at_entry(path, HALT)


def illegal(path):
    at_main(path, ILLEGAL)


def nowhere(path):
    at_main(path, NOWHERE)


def on_another_qemu(action):
    """The same test by the QEMU of the other suite."""

    def run(*arguments):
        (place,) = unpacked(f"{SECOND}/qemu-system-misc")
        with judge.other_versions(path=f"{place}/usr/bin:"):
            return action(*arguments)

    return run


def by_efi():
    """QEMU 10 tells of its tree by a table of EFI, and the tree has a seed,
    which is credited and alone not enough."""
    result, receipt = boot(VIRT)
    for name in ("virtio-rng", "host-seed"):
        word = source(result, receipt, name)[0]
        need(word == "credited", f"{name} is {word}", result)
    result, receipt = boot(VIRT, expect="refuse", devices="")
    word, pairs = source(result, receipt, "host-seed")
    seen = word, pairs["bits"], pairs["state"]
    need(seen == ("credited", "256", "used-up"), "not the seed alone", result)


def slow_tests(add):
    name = "second QEMU: LoongArch, its table of EFI and its seed"
    add("versions", name, on_another_qemu(by_efi))
    for way in PCI:
        name = f"second QEMU: LoongArch, {way} PCI: a file arrives whole"
        add("versions", name, on_another_qemu(file_arrives), "file", VIRT, "virt", PCI[way])
    name = "second QEMU: LoongArch, four CPUs: one goes on"
    add("versions", name, on_another_qemu(four_cpus))


def tests(add):
    group = boards.machine(VIRT).group
    for way, device in PCI.items():
        given = over_pci("honest", way)
        name = f"{way} virtio over PCI"
        add(group, f"{name} alone", virtio_alone, VIRT, "virt", given, None, OTHER)
        for kind, says in (("file", "a file arrives whole"), ("short", "answers of 8 bytes")):
            if kind == "file" or way == "modern":
                add(group, f"{name}: {says}", file_arrives, kind, VIRT, "virt", device)
    zeros = over_pci("zeros", "modern")
    add(group, "/dev/zero alone", zeros_alone, VIRT, "virt", zeros, None)
    slow, stops = over_pci("slow", "modern"), over_pci("stops", "modern")
    add(group, "a slow device: READY", slow_device, VIRT, seedless(VIRT), slow, None)
    name = "a device that stops: refused after 60 s"
    add(group, name, device_stops, VIRT, seedless(VIRT), stops, None)
    name = "no source and a deterministic clock: refused"
    add(group, name, none_at_all, VIRT, seedless(VIRT), None, "-icount shift=0,sleep=off")
    add(group, "a device that never answers: refused", silent_alone)
    add(group, "a silent device beside a sound one: READY", silent_beside_another)
    add(group, "a device that repeats in each boot", replays)
    add(group, "four CPUs enter: one goes on", four_cpus)
    add(group, "a table of EFI names the tree", named_by_efi)
    add(group, "a table of EFI that is broken: no tree", broken_efi)
    ends = ("silent", "crash", "hang")
    add(group, "a truncated image fails", judge_sees, ends, truncate, VIRT, timeout=5)
    add(group, "a guest that hangs fails", judge_sees, ("hang",), halt, VIRT, timeout=5)
    name = "an exception is a line and exit 1"
    add(group, name, judge_sees, ("fail",), illegal, VIRT, says="exception 13 at 0x")
    name = "a load where nothing is, is a line and exit 1"
    add(group, name, judge_sees, ("fail",), nowhere, VIRT,
        says="value 0x4000000000000000")
