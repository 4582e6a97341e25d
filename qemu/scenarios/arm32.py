# SPDX-License-Identifier: BSD-2-Clause
"""Plain QEMU, 32-bit Arm: virtio-rng and the device tree's seed."""
from harness import judge
from harness.failures import need, need_status
from scenarios.arm64 import seed_of_the_tree_alone
from scenarios.boots import boot, lines_of, source
from scenarios.devices import (
    device_stops,
    file_arrives,
    none_at_all,
    slow_device,
    virtio_alone,
    zeros_alone,
)
from scenarios.images import image
from scenarios.machines import LEGACY_MMIO, NO_SEED, RNG, machine_names, over_pci

VIRT = "qemu-arm-virt"
SECOND = "virtio-rng-2"
COUNTED = "-icount shift=0,sleep=off"
FOUR = "-smp 4 -M secure=on -device virtio-rng-device"
HIGH = "-M highmem=on "


def virtio_and_seed():
    result, receipt = boot(VIRT, devices=RNG["honest"])
    bits = source(result, receipt, "host-seed")[1]["bits"]
    need(bits == "256", "32 bytes of seed are 256 bits", result)
    word = source(result, receipt, "virtio-rng")[0]
    need(word == "credited", "virtio-rng earned nothing", result)


def four_enter():
    """Without a firmware all CPUs enter the image. One goes on."""
    result = judge.boot(VIRT, image(VIRT, "smoke"), "virt", timeout=20, devices=FOUR)
    need_status(result, "pass")
    receipts = result.console.count("seedbed-receipt 1\n")
    need(receipts == 1 and result.console.count("[exit") == 1, "not one CPU alone", result)


def little_memory(board, size):
    result = judge.boot(board, image(board, "smoke"), devices=f"-m {size}")
    need_status(result, "fail")
    line = "start: this machine has too little memory"
    need(lines_of(result) == [line, "[exit 1]"], "not its line alone", result, line)


def high_memory():
    """The ECAM of PCI is above 4 GiB: not looked at. virtio-mmio serves."""
    beyond = NO_SEED + HIGH + over_pci("honest", "modern")
    result, receipt = boot(VIRT, expect="refuse", devices=beyond)
    need(source(result, receipt, "virtio-rng")[0] == "unseen", "not unseen", result)
    result, receipt = boot(VIRT, devices=NO_SEED + HIGH + RNG["honest"])
    need(source(result, receipt, SECOND)[0] == "unseen", "not unseen", result)


def over_mmio(add):
    for way, before in (("modern", NO_SEED), ("legacy", NO_SEED + LEGACY_MMIO)):
        name = f"{way} virtio-mmio alone"
        add(VIRT, name, virtio_alone, VIRT, "virt", before + RNG["honest"], None, SECOND)
        name = f"{way} virtio-mmio: a file arrives whole"
        add(VIRT, name, file_arrives, "file", VIRT, "virt", before=before)
    zeros = RNG["zeros"]
    name = "virtio-mmio: /dev/zero alone, beside a seed"
    add(VIRT, name, zeros_alone, VIRT, "virt", zeros, None)
    add(VIRT, "a slow device: READY", slow_device, VIRT, "virt", NO_SEED + RNG["slow"], None)
    name = "a device that stops: refused after 60 s"
    add(VIRT, name, device_stops, VIRT, "virt", NO_SEED + RNG["stops"], None)


def over_the_bus(add):
    for way in ("modern", "legacy"):
        devices = NO_SEED + over_pci("honest", way)
        add(VIRT, f"{way} PCI alone", virtio_alone, VIRT, "virt", devices, None, SECOND)
        name = f"{way} PCI: a file arrives whole"
        device = over_pci("honest", way).split("-device ")[1].split(",rng=")[0]
        add(VIRT, name, file_arrives, "file", VIRT, "virt", device, NO_SEED)
    add(VIRT, "PCI above 4 GiB: not looked at", high_memory)


def tests(add):
    add(VIRT, "virtio-rng and the device tree's seed", virtio_and_seed)
    add(VIRT, "the device tree's seed alone: refused", seed_of_the_tree_alone, VIRT, None, None)
    for machine in machine_names(VIRT):
        alone = VIRT, machine, NO_SEED + RNG["honest"], None, SECOND
        add(VIRT, f"virtio-rng alone on {machine}", virtio_alone, *alone)
        name = f"no source and a deterministic clock on {machine}: refused"
        add(VIRT, name, none_at_all, VIRT, machine, None, NO_SEED + COUNTED)
        add(VIRT, f"v8 in AArch32 on {machine}", boot, VIRT, machine=machine, cpu="max")
    add(VIRT, "four CPUs enter: one goes on", four_enter)
    # virt traps what is no memory, and zynq reads it as 0
    for board, size in ((VIRT, "2200K"), ("xlnx-zynq", "1100K")):
        add(board, "too little memory: a line and exit 1", little_memory, board, size)
    over_mmio(add)
    over_the_bus(add)
