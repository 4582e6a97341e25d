# SPDX-License-Identifier: BSD-2-Clause
"""Plain QEMU, 32-bit Arm: virtio-rng, the device tree's seed, and the noise
generators of chips."""
from harness import judge
from harness.failures import need, need_status
from harness.make import shell
from scenarios.arm64 import NO_RANDOM, seed_of_the_tree_alone
from scenarios.boots import boot, folder, lines_of, source
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
GENERATORS = {
    "raspi2b": "bcm2835-trng",
    "raspi1ap": "bcm2835-trng",
    "npcm750-evb": "npcm7xx-trng",
    "imx25-pdk": "imx-rngc",
}
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


def little_memory():
    result = judge.boot(VIRT, image(VIRT, "smoke"), "virt", devices="-m 2200K")
    need_status(result, "fail")
    line = "start: this machine has too little memory"
    need(lines_of(result) == [line, "[exit 1]"], "not its line alone", result, line)


def stuck_generator(board, name, devices):
    """A device that gives one byte for ever. QEMU has no option for it, so its
    own random generator is the one that does."""
    with folder() as there:
        shim = there / "no_random.so"
        shell("gcc", "-shared", "-fPIC", NO_RANDOM, "-o", shim)
        env = {"LD_PRELOAD": str(shim), "STUCK_RANDOM": "90"}
        for app in ("smoke", "keygen"):
            result, receipt = boot(board, app, expect="refuse", devices=devices, env=env)
            need("BEGIN" not in result.console, "a key was made", result)
            pairs = source(result, receipt, name)[1]
            retired = pairs["state"] == "retired" and pairs["bits"] == "0"
            need(retired and "repetition" in pairs["why"], "not caught", result)


def pseudo_random():
    """The Exynos' generator has a seed that everybody knows."""
    result, receipt = boot("smdkc210")
    word, pairs = source(result, receipt, "exynos4-prng")
    seen = word, pairs["bits"], pairs["why"]
    need(seen == ("found", "0", "mixed, never counted"), "it counts", result)
    need(int(pairs["bytes"]) >= 32, "it is not mixed", result)


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
    add(VIRT, "too little memory: a line and exit 1", little_memory)
    over_mmio(add)
    over_the_bus(add)
    for board, name in GENERATORS.items():
        add(board, f"{name} gives one byte for ever: refused", stuck_generator, board, name, None)
        title = f"{name} gives one byte, and a deterministic clock: refused"
        add(board, title, stuck_generator, board, name, COUNTED)
    add("smdkc210", "the Exynos' generator is mixed and never counted", pseudo_random)
