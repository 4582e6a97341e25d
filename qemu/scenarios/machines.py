# SPDX-License-Identifier: BSD-2-Clause
"""What goes into the command lines of particular machines."""
import dataclasses
import re

from harness import boards
from harness.failures import need

NO_INSTRUCTION = "max,-rdrand,-rdseed"
RDRAND_ALONE = "max,-rdseed"  # QEMU 7.2 has no RDSEED, and 10.0 has it
VIRTIO = "-device virtio-rng-device,rng=r0"
RNG = {  # what stands behind virtio-rng
    "honest": "-object rng-builtin,id=r0 " + VIRTIO,
    "zeros": "-object rng-random,id=r0,filename=/dev/zero " + VIRTIO,
    "short": "-object rng-random,id=r0,filename={file} " + VIRTIO + ",max-bytes=8,period=1",
    "file": "-object rng-random,id=r0,filename={file} " + VIRTIO,
    "silent": "-chardev socket,id=c0,path={socket} -object rng-egd,id=r0,chardev=c0 " + VIRTIO,
    "slow": "-object rng-builtin,id=r0 " + VIRTIO + ",max-bytes=1,period=50",
    "stops": "-object rng-builtin,id=r0 " + VIRTIO + ",max-bytes=1,period=100000",
    "absent": "",
}
ALIKE = ("pc", "q35")  # machines of the x86 boards that differ from microvm and not from each other
# QEMU's default; the last one on a command line counts.
LEGACY_MMIO = "-global virtio-mmio.force-legacy=true "
PCI = {  # ways to one device over PCI: what takes the place of virtio-rng-device
    "transitional": "virtio-rng-pci",
    "modern": "virtio-rng-pci,disable-legacy=on",
    "legacy": "virtio-rng-pci,disable-modern=on",
}
ARM = "qemu-aarch64-virt"
NO_RNDR = "cortex-a57"
NO_SEED = "-M dtb-randomness=off "  # without the device tree's seed
XEN = {"xen-pv": "native", "xen-pvh": "emulated"}  # board -> RDTSC under QEMU
SOLO5 = "solo5-x86_64"
SOLO5_REAL = ("hvt", "spt", "virtio", "virtio-net")  # machines of Solo5's own
XEN_ARM = "xen-aarch64"
XEN_ARM_MACHINES = {"dom0": "first", "dom0less": "other"}  # and which domain of Xen's that is


@dataclasses.dataclass(frozen=True)
class Firmware:
    """cpu: with the instruction; without: a CPU that has none. name: how the
    firmware's own name ends, before which a distribution may put its own."""

    board: str
    cpu: str
    without: str
    instruction: str
    name: str


UEFI = {
    "ovmf": Firmware("uefi-x86_64", RDRAND_ALONE, NO_INSTRUCTION, "x86-rdrand", "EDK II"),
    "aavmf": Firmware("uefi-aarch64", "max", NO_RNDR, "aarch64-rndrrs", "EDK II"),
    "uboot": Firmware("uefi-aarch64", "max", NO_RNDR, "aarch64-rndrrs", "Das U-Boot"),
}


def over_pci(kind, way):
    return RNG[kind].replace("virtio-rng-device", PCI[way])


# An instruction is 2**shift ns. The start-up test of the nRF51 lasts 0.7 s of
# the machine's time: by 1 ns an instruction that is 17 s of ours.
SHIFT = {"microbit": 10}


def counted(machine, more=""):
    """The same machine, whose clock and counters count instructions. more: at
    the end of its command."""
    clock = f" -icount shift={SHIFT.get(machine.board, 0)},sleep=off"
    return dataclasses.replace(machine, template=machine.template + clock + more)


def machine_names(board):
    return [machine.name for machine in boards.board(board).machines()]


def changed(board, name, old, new):
    """A machine of the board with something else in its command."""
    machine = boards.machine(board, name)
    need(old in machine.template, f"{board}/{name} has no {old} in its command")
    return dataclasses.replace(machine, template=machine.template.replace(old, new))


STARTER = re.compile(r"\{board\}/\.\./common/\w+/without-seed")


def seedless(board, tree_of=""):
    """The board's machine without the seed of its loader or device tree, by a
    script of its family. tree_of: options of a machine whose tree it has
    instead."""
    machine = boards.machine(board)
    need(STARTER.match(machine.template), f"{board} is not started by a script without-seed")
    env = f"env NO_SEED=1 TREE_OF='{tree_of}' "
    return dataclasses.replace(machine, template=env + machine.template)
