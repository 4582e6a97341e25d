# SPDX-License-Identifier: BSD-2-Clause
"""Generation ids and VMClocks where other hypervisors than QEMU put them: in an
SSDT of ours, and in a device tree of ours. The memory that they name is filled
by a loader. Between a snapshot and its clones it is rewritten in the file, as
the hypervisor would rewrite it in memory."""
import contextlib
import os
import struct

from harness import aml, clone
from harness.failures import need
from harness.make import shell
from scenarios.boots import boot, folder
from scenarios.host import clones
from scenarios.images import image
from scenarios.machines import ALIKE, ARM

X64, ARM32 = "qemu-x86_64", "qemu-arm-virt"
ELSE_ON_X86, ELSE_ON_ARM = 0x2000000, 0x42000000  # RAM that nobody else uses
CLOCK = 0x1000  # the clock's page is behind the id's
GUID = bytes(range(0x41, 0x51))
BESIDE = b"the guest has copies of the id, and not of this"
# Of arm: devices; where RAM ends; and where the map of the board ends.
OUT_OF_REACH = {"a device": 0x9000000, "no RAM": 0x43FFFFF8, "no page": 0x4000000000}


def clock_page(sequence, counter, flags=0x300):
    """A struct vmclock_abi up to its last member, as Firecracker makes it."""
    head = struct.pack("<4sIHBBIQQ", b"VCLK", 0x1000, 1, 0xFF, 0, sequence, counter, flags)
    return head.ljust(0x68, b"\0") + struct.pack("<Q", counter)


MEMORY = (GUID + BESIDE).ljust(CLOCK, b"\0") + clock_page(0, 0).ljust(0x1000, b"\0")
# A restore as Firecracker makes it: a new id; each counter one more.
NEW_CLOCK = clock_page(2, 1)


def new_guid(snapshot):
    count = snapshot.count(GUID + BESIDE)
    need(count == 1, f"{count} times the id in the snapshot")
    return snapshot.replace(GUID + BESIDE, os.urandom(16) + BESIDE)


def new_clock(snapshot):
    old = clock_page(0, 0)
    need(snapshot.count(old) == 1, f"{snapshot.count(old)} times the clock in the snapshot")
    return snapshot.replace(old, NEW_CLOCK)


def new_both(snapshot):
    return new_clock(new_guid(snapshot))


REWRITTEN = {"guid": new_guid, "clock": new_clock, "both": new_both}
KINDS = {"guid": "vmgenid({0})", "clock": "vmclock({0})", "both": "vmgenid({0})+vmclock({0})"}


def loaded(there, address):
    (there / "memory").write_bytes(MEMORY)
    return f"-device loader,file={there}/memory,addr={address:#x},force-raw=on "


@contextlib.contextmanager
def tables(what):
    """Devices of a PC whose SSDT names these."""
    place = ELSE_ON_X86
    devices = {
        "guid": (aml.guid(place),),
        "clock": (aml.clock(place + CLOCK),),
        "both": (aml.guid(place), aml.clock(place + CLOCK)),
        "nothing understood": (aml.guid_without_address(),),
    }
    with folder() as there:
        (there / "ssdt").write_bytes(aml.table(*devices[what]))
        yield f"-acpitable file={there}/ssdt " + loaded(there, place)


GUID_NODE = """vmgenid { compatible = "microsoft,vmgenid"; reg = /bits/ 64 <%#x 16>; };"""
CLOCK_NODE = """ptp { compatible = "amazon,vmclock"; reg = <0 %#x 0 0x1000>; };"""
# As Firecracker's src/vmm/src/arch/aarch64/fdt.rs sets it out.
TREE = """/dts-v1/; / { #address-cells = <2>; #size-cells = <2>; compatible = "linux,dummy-virt";
memory@ram { device_type = "memory"; reg = <0 0x40000000 0 0x2000000>; };
psci { compatible = "arm,psci-0.2"; method = "hvc"; }; %s };"""


@contextlib.contextmanager
def tree(what):
    """Devices of an arm64 machine whose device tree names these."""
    place = ELSE_ON_ARM
    nodes = {
        "guid": GUID_NODE % place,
        "clock": CLOCK_NODE % (place + CLOCK),
        "both": GUID_NODE % place + CLOCK_NODE % (place + CLOCK),
        "nothing understood": GUID_NODE.replace("16", "16 0") % place,
    }
    nodes.update((what, GUID_NODE % at) for what, at in OUT_OF_REACH.items())
    with folder() as there:
        (there / "dts").write_text(TREE % nodes[what])
        shell("dtc", "-q", "-o", there / "dtb", there / "dts")
        yield f"-dtb {there}/dtb " + loaded(there, place) + "-device virtio-rng-device "


WAYS = {"acpi": tables, "tree": tree}


def found(board, machine, way, what):
    """The receipt names it."""
    with WAYS[way](what) as devices:
        result, receipt = boot(board, machine=machine, devices=devices)
    named = receipt["facts"][1]["epoch"]
    need(named == KINDS[what].format(way), f"found as {named}", result)
    need(receipt["clones"][0] == ["noticed"], "not an epoch", result)


def diverge(board, machine, way, what, more=""):
    """A clock says that the machine is a copy, and not which one. So there the
    clones' sources must differ, and elsewhere `-seed` makes them alike."""
    with WAYS[way](what) as devices:
        clone.need_no_faults(
            board,
            image(board, "clone"),
            machine,
            devices=devices + more,
            rewrite=REWRITTEN[what],
        )


def not_understood(board, machine, way):
    """It serves, and says that it cannot notice a clone, and why."""
    with WAYS[way]("nothing understood") as devices:
        result, receipt = boot(board, machine=machine, devices=devices)
    words, pairs = receipt["clones"]
    need(words == ["unnoticed"], "an epoch", result)
    need(pairs["why"].startswith("epoch not understood"), "not its reason", result)
    need(receipt["facts"][1]["epoch"] == f"not-understood({way})", "not in the facts", result)


def out_of_reach(place, board=ARM):
    """An id that is there and cannot be read is not one that is not there."""
    with tree(place) as devices:
        result, receipt = boot(board, expect="refuse", devices=devices)
    need(receipt["facts"][1]["epoch"] == "out-of-reach(tree)", "not in the facts", result)
    need("cannot be read" in receipt["state"][1]["why"], "not its reason", result)


def ways_agree(board, machine, devices, where="vmgenid(fw_cfg,acpi)"):
    """QEMU's own device is one place, whichever way it is found."""
    result, receipt = boot(board, machine=machine, devices=devices)
    named = receipt["facts"][1]["epoch"]
    need(named == where, f"found as {named}", result)


def by_uboot():
    """The firmware hands over the machine's own tree, with one node more."""
    place = 0x48000000
    with folder() as there:
        dtb = there / "dtb"
        shell("qemu-system-aarch64", "-M", f"virt,dumpdtb={dtb}", "-m", "256", "-display", "none")
        shell("fdtput", "-c", dtb, "/vmgenid")
        shell("fdtput", "-t", "s", dtb, "/vmgenid", "compatible", "microsoft,vmgenid")
        shell("fdtput", "-t", "x", dtb, "/vmgenid", "reg", "0", f"{place:x}", "0", "10")
        devices = f"-dtb {dtb} -device virtio-rng-pci " + loaded(there, place)
        ways_agree("uefi-aarch64", "uboot", devices, "vmgenid(tree)")


def both_ids(machine):
    """QEMU's own id, and another one in our table."""
    with tables("guid") as devices:
        devices += "-device vmgenid,guid=auto "
        result, receipt = boot(X64, machine=machine, devices=devices)
        need(receipt["facts"][1]["epoch"] == "vmgenid(fw_cfg,acpi)", "not both ways", result)
        clones(machine, X64, devices + "-seed 7")  # QEMU's changes, ours stays


def tests(add):
    for machine in ALIKE:
        for what in KINDS:
            add("epoch", f"{what} by ACPI on {machine}", found, X64, machine, "acpi", what)
        add("epoch", f"not understood by ACPI on {machine}", not_understood, X64, machine, "acpi")
        for board in (X64, "qemu-i386"):
            name = f"fw_cfg and ACPI agree on {machine}, {board}"
            add("epoch", name, ways_agree, board, machine, "-device vmgenid,guid=auto")
    name = "clones diverge by the id of"
    add("epoch", f"{name} ACPI", diverge, X64, "q35", "acpi", "guid", "-seed 7")
    add("epoch", f"{name} ACPI, 32 bits", diverge, "qemu-i386", "pc", "acpi", "guid", "-seed 7")
    add("epoch", f"{name} a device tree", diverge, ARM, "virt", "tree", "guid", "-seed 7")
    add("epoch", f"{name} either of two", both_ids, "pc")
    name = "clones notice by the clock of"
    add("epoch", f"{name} ACPI", diverge, X64, "q35", "acpi", "clock")
    add("epoch", f"{name} a device tree", diverge, ARM, "virt", "tree", "clock")
    add("epoch", "clones diverge by id and clock", diverge, ARM, "virt", "tree", "both", "-seed 7")
    for what in KINDS:
        add("epoch", f"{what} by a device tree", found, ARM, "virt", "tree", what)
    add("epoch", "not understood by a device tree", not_understood, ARM, "virt", "tree")
    for place in OUT_OF_REACH:
        add("epoch", f"an id out of reach, where {place} is: refused", out_of_reach, place)
        name = f"an id out of reach, where {place} is: refused, 32-bit Arm"
        add("epoch", name, out_of_reach, place, ARM32)
    for what in KINDS:
        add("epoch", f"{what} by a device tree, 32-bit Arm", found, ARM32, "virt", "tree", what)
    name = "clones diverge by the id of a device tree, 32-bit Arm"
    add("epoch", name, diverge, ARM32, "virt", "tree", "guid", "-seed 7")
    vmgenid = "-device vmgenid,guid=auto"
    add("epoch", "guid by a device tree, from U-Boot", by_uboot, budget=25)
    name = "fw_cfg and ACPI agree on ovmf"
    add("epoch", name, ways_agree, "uefi-x86_64", "ovmf", vmgenid, budget=25)
