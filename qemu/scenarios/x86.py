# SPDX-License-Identifier: BSD-2-Clause
"""Plain QEMU, x86-64 and i386."""
import subprocess

import confidential
import hostile
import judge
from judge import need
from scenarios.boots import boot, figures, source, two_samples
from scenarios.damaged import claim, hang, judge_sees, truncate, ud2
from scenarios.devices import (
    BY_CHANCE, file_arrives, hostile_bytes, hostile_device, none_at_all, replayed_file, silent_alone, silent_beside_rdrand, virtio_alone,
    virtio_refused, zeros_alone, zeros_beside_rdrand)
from scenarios.host import able_and_plain, clones, confidential_facts, confidential_guest, same_seed_clones
from scenarios.images import image
from scenarios.keys import two_boots
from scenarios.machines import ALIKE, LEGACY_MMIO, PCI, RNG, over_pci

READS_MAX = 4096     # from entry to READY with RDRAND and virtio-rng


def rdrand_and_virtio():
    result, receipt = boot("qemu-x86_64", machine="microvm", devices=RNG["honest"])
    for name in ("x86-rdrand", "virtio-rng"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) > 0, f"{name} earned nothing", result)
    reads = int(receipt["reads"][0][0])
    figures["reads to READY, RDRAND and virtio-rng"] = (reads, READS_MAX, "")
    need(reads <= 10 * READS_MAX, f"{reads} reads to READY", result)


def rdrand_alone(board, machine):
    result, receipt = boot(board, machine=machine, devices=RNG["absent"])
    word, pairs = source(result, receipt, "x86-rdrand")
    need(word == "credited" and int(pairs["bits"]) >= 384, "RDRAND is not what made it ready", result)
    need(int(pairs["bytes"]) >= 384 * 64, "a DRBG was credited more than 1/64 bit a byte", result)
    if machine == "microvm":
        need(source(result, receipt, "virtio-rng")[0] == "absent", "virtio-rng was found where there is none", result)


def rdseed(machine, must=False):
    """must: this QEMU has it."""
    result, receipt = boot("qemu-x86_64", machine=machine, cpu="max", devices=RNG["absent"])
    if source(result, receipt, "x86-rdseed")[0] == "absent" and not must:
        version = subprocess.run(["qemu-system-x86_64", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
        raise judge.Skip(f"no RDSEED in the CPU of {version}")
    need(source(result, receipt, "x86-rdseed")[0] == "credited", "RDSEED earned nothing", result)


def errata(board):
    result = judge.boot(board, image(board, "errata"), "microvm")
    need(result.status == "pass", "expected pass", result)


def id_is_read(board):
    """SeaBIOS puts it at the end of RAM, of which pc has up to 3.5 GiB below 4."""
    result, receipt = boot(board, machine="pc", devices="-m 3300 -device vmgenid,guid=auto")
    need(receipt["clones"][0] == ["noticed"], "not read", result)


def on_microvm(add):
    add("microvm", "RDRAND and virtio-rng", rdrand_and_virtio)
    add("microvm", "virtio-rng alone", virtio_alone)
    add("microvm", "/dev/zero behind virtio-rng alone: refused", zeros_alone)
    add("microvm", "/dev/zero beside RDRAND: degraded", zeros_beside_rdrand)
    add("microvm", "a file behind virtio-rng arrives whole", file_arrives, "file")
    add("microvm", "answers of 8 bytes are used exactly", file_arrives, "short")
    for period in (16, 48):
        add("microvm", f"a device that replays {period} bytes is caught", replayed_file, period)
    add("microvm", "a silent device beside RDRAND", silent_beside_rdrand)
    add("microvm", "a silent device alone: stalled", silent_alone)
    add("microvm", "no source and a deterministic clock: refused", none_at_all, "qemu-x86_64", "microvm", extra="-icount shift=0,sleep=off")
    add("microvm", "a truncated image fails", judge_sees, ("silent", "crash"), truncate)
    add("microvm", "a guest that says nothing and claims to have passed", judge_sees, ("silent",), claim)
    add("microvm", "a guest that hangs fails", judge_sees, ("hang",), hang, timeout=3)
    add("microvm", "an exception is a line and exit 1", judge_sees, ("fail",), ud2, says="exception 6 at 0x00000000001")


def by_cpu(add):
    for machine in ("microvm",) + ALIKE:
        add(machine, f"RDRAND alone on {machine}", rdrand_alone, "qemu-x86_64", machine)
        add(machine, f"RDSEED on {machine}", rdseed, machine)
        add(machine, f"no source on {machine}: refused", none_at_all, "qemu-x86_64", machine)
        add(machine, f"two boots of {machine} share no key", two_boots, "qemu-x86_64", machine)
        add("i386", f"RDRAND alone on {machine}, 32 bits", rdrand_alone, "qemu-i386", machine)
        add("i386", f"no source on {machine}, 32 bits: refused", none_at_all, "qemu-i386", machine)
    add("i386", "two boots share no sample, 32 bits", two_samples, "qemu-i386")


def on_both(add, board, group, bits):
    """What x86-64 and i386 have alike. group: of the report, by machine; bits: of the name."""
    add(group.format("microvm"), "errata and word size" + bits, errata, board)
    add(group.format("microvm"), "confidential: the host is mixed and not counted" + bits, confidential_facts, board)
    for name in confidential.GUESTS:
        add(group.format("microvm"), f"confidential: {name}, keygen and smoke as they are{bits}", confidential_guest, board, name)
    add(group.format("microvm"), f"confidential: a CPU that is able, and a plain guest{bits}", able_and_plain, board)
    add(group.format("microvm"), "legacy virtio-mmio alone" + bits, virtio_alone, board, devices=LEGACY_MMIO + RNG["honest"])
    add(group.format("microvm"), "legacy virtio-mmio: a file arrives whole" + bits, file_arrives, "file", board, before=LEGACY_MMIO)
    add(group.format("microvm"), "virtio-mmio that wants an IOMMU: refused" + bits, virtio_refused, board, "microvm", RNG["honest"] + ",iommu_platform=on")
    for fault in hostile.FAULTS:
        add("hostile", f"{fault}{bits}", hostile_device, board, fault)


def on_pci(add, board, group, bits):
    for machine in ALIKE:
        where = group.format(machine)
        for way, device in PCI.items():
            add(where, f"{way} PCI on {machine}: virtio-rng alone{bits}", virtio_alone, board, machine, over_pci("honest", way))
            add(where, f"{way} PCI on {machine}: a file arrives whole{bits}", file_arrives, "file", board, machine, device)
            add(where, f"{way} PCI on {machine}: answers of 8 bytes{bits}", file_arrives, "short", board, machine, device)
        add(where, f"PCI on {machine}: /dev/zero alone{bits}", zeros_alone, board, machine, over_pci("zeros", "transitional"))
        add(where, f"PCI on {machine}: /dev/zero beside RDRAND{bits}", zeros_beside_rdrand, board, machine, over_pci("zeros", "transitional"))
        add(where, f"PCI on {machine} that wants an IOMMU: refused{bits}", virtio_refused, board, machine, over_pci("honest", "modern") + ",iommu_platform=on")
    add(group.format("pc"), "PCI behind a bridge" + bits, virtio_alone, board, "pc", "-device pci-bridge,id=b0,chassis_nr=1 " + over_pci("honest", "transitional") + ",bus=b0")
    add(group.format("q35"), "PCI behind a root port" + bits, virtio_alone, board, "q35", "-device pcie-root-port,id=b0,slot=1 " + over_pci("honest", "modern") + ",bus=b0")


def tests(add):
    on_microvm(add)
    by_cpu(add)
    for board, group, bits in (("qemu-x86_64", "{}", ""), ("qemu-i386", "i386", ", 32 bits")):
        on_both(add, board, group, bits)
        on_pci(add, board, group, bits)
    for fault in BY_CHANCE:
        add("hostile", f"{fault}: bytes of one buffer", hostile_bytes, "qemu-x86_64", fault)
    # a BAR of 2 GiB, so that the firmware puts all that can be there above 4 GiB; with newer SeaBIOS RAM above it is enough
    far = "-device pci-testdev,membar=2G "
    for machine in ALIKE:
        add(machine, f"PCI above 4 GiB on {machine}", virtio_alone, "qemu-x86_64", machine, far + over_pci("honest", "modern"))
    add("i386", "PCI above 4 GiB, 32 bits: refused", virtio_refused, "qemu-i386", "pc", far + over_pci("honest", "modern"))
    add("i386", "PCI above 4 GiB, transitional, 32 bits: by its ports", virtio_alone, "qemu-i386", "pc", far + over_pci("honest", "transitional"))
    for board, group in (("qemu-x86_64", "pc"), ("qemu-i386", "i386")):
        add(group, f"a generation id above 3 GiB of RAM, {board}", id_is_read, board)
    for machine in ALIKE:
        add(machine, f"clones diverge on {machine}", clones, machine)
        add(machine, f"clones with the same RDRAND diverge on {machine}", same_seed_clones, machine)
