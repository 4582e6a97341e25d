# SPDX-License-Identifier: BSD-2-Clause
"""How the boards, and what goes into their command lines, are called."""
import dataclasses

import judge
from judge import need

NO_INSTRUCTION = "max,-rdrand,-rdseed"
VIRTIO = "-device virtio-rng-device,rng=r0"
RNG = {  # what stands behind virtio-rng
    "honest": "-object rng-builtin,id=r0 " + VIRTIO,
    "zeros": "-object rng-random,id=r0,filename=/dev/zero " + VIRTIO,
    "short": "-object rng-random,id=r0,filename={file} " + VIRTIO + ",max-bytes=8,period=1",
    "file": "-object rng-random,id=r0,filename={file} " + VIRTIO,
    "silent": "-chardev socket,id=c0,path={socket} -object rng-egd,id=r0,chardev=c0 " + VIRTIO,
    "absent": "",
}
ALIKE = ("pc", "q35")  # machines of the x86 boards that differ from microvm and not from each other
LEGACY_MMIO = "-global virtio-mmio.force-legacy=true "  # QEMU's default; the last one on a command line counts
PCI = {  # ways to one device over PCI: what takes the place of virtio-rng-device
    "transitional": "virtio-rng-pci",
    "modern": "virtio-rng-pci,disable-legacy=on",
    "legacy": "virtio-rng-pci,disable-modern=on",
}
ARM = "qemu-aarch64-virt"
ARM_MACHINES = ("virt", "image", "moved")
NO_RNDR = "cortex-a57"
NO_SEED = "-M dtb-randomness=off "  # none in the device tree
SEED = "-device loader,file={file},addr=0x203fffc0,force-raw=on"  # boards/mps2-an385/board.c
XEN = {"xen-pv": ("Xen PV", "native"), "xen-pvh": ("Xen PVH", "emulated")}  # board -> group, RDTSC under QEMU
SOLO5 = "solo5-x86_64"
SOLO5_REAL = ("hvt", "spt", "virtio", "virtio-net")  # machines of Solo5's own; what is left is our tender
UEFI = {  # machine -> board, CPU without an instruction, the instruction, what the firmware says of itself
    "ovmf": ("uefi-x86_64", NO_INSTRUCTION, "x86-rdrand", 'firmware="EDK II"'),
    "aavmf": ("uefi-aarch64", NO_RNDR, "aarch64-rndrrs", 'firmware="EDK II"'),
    "uboot": ("uefi-aarch64", NO_RNDR, "aarch64-rndrrs", 'firmware="Das U-Boot"'),
}
XEN_ARM = "xen-aarch64"
XEN_ARM_MACHINES = {"dom0": "first", "dom0less": "other"}  # and which domain of Xen's that is


def over_pci(kind, way):
    return RNG[kind].replace("virtio-rng-device", PCI[way])


def changed(board, name, old, new):
    """A machine of the board with something else in its command."""
    machine = judge.machine_of(board, name)
    need(old in machine.template, f"{board}/{name} has no {old} in its command")
    return dataclasses.replace(machine, template=machine.template.replace(old, new))
