# SPDX-License-Identifier: BSD-2-Clause
"""Entropy devices over PCI, wherever a machine may have them."""
from harness.failures import need
from scenarios.boots import boot, folder, source
from scenarios.devices import file_arrives, silent_egd, virtio_alone, virtio_refused
from scenarios.machines import ARM, NO_INSTRUCTION, NO_RNDR, NO_SEED, RNG, over_pci

X64, I386 = "qemu-x86_64", "qemu-i386"
PORT = "-device pcie-root-port,id=rp,chassis=1 "
SWITCH = "-device x3130-upstream,id=u,bus=rp -device xio3130-downstream,id=d,bus=u,chassis=2 "
EXPANDER = "-device pxb-pcie,bus_nr=128,id=px -device pcie-root-port,id=rp,bus=px,chassis=1 "
TWO_EXPANDERS = (
    "-device pxb-pcie,bus=pcie.0,bus_nr=8,id=px -device pxb-pcie,bus=pcie.0,bus_nr=12,id=py "
    "-device pcie-root-port,id=a,bus=px,chassis=1 -device pcie-root-port,id=rp,bus=py,chassis=2 "
)
CHAIN = "".join(
    f"-device pci-bridge,id=b{n},chassis_nr={n}" + (f",bus=b{n - 1},addr=1 " if n > 1 else " ")
    for n in range(1, 7)
)
PLACES = {  # what is above the device, and the bus that it is on
    "at the top": ("", ""),
    "behind a root port": (PORT, ",bus=rp"),
    "behind a root port of an expander": (EXPANDER, ",bus=rp"),
    "behind the second of two expanders": (TWO_EXPANDERS, ",bus=rp"),
    "behind a switch": (PORT + SWITCH, ",bus=d"),
    "behind six bridges": (CHAIN, ",bus=b6,addr=1"),
    "behind a bridge of ICH9": (
        "-device i82801b11-bridge,id=i -device pci-bridge,id=b,bus=i,chassis_nr=1 ",
        ",bus=b,addr=1",
    ),
    "function 7 of a slot": (
        "-device virtio-serial-pci,addr=5.0,multifunction=on ",
        ",addr=5.7",
    ),
}
FEW = ("behind a root port of an expander", "behind six bridges")  # for 32 bits
EXPANDER_PC = "-device pxb,bus_nr=128,id=px "


def at(place, way="transitional"):
    above, bus = PLACES[place]
    return above + over_pci("honest", way) + bus


def second_serves(board, machine, device, before="", cpu=NO_INSTRUCTION, first=True):
    """first: the silent one is found first."""
    with folder() as there, silent_egd(there / "egd"):
        silent = RNG["silent"].replace("virtio-rng-device", device).format(socket=there / "egd")
        sound = f"-object rng-builtin,id=r1 -device {device},rng=r1"
        # microvm and virt fill their last slot first
        devices = f"{silent} {sound}" if first else f"{sound} {silent}"
        result, receipt = boot(board, machine=machine, cpu=cpu, devices=before + devices)
        why = source(result, receipt, "virtio-rng")[1].get("why", "")
        need("no answer" in why, "the first is not the silent one", result)
        word = source(result, receipt, "virtio-rng-2")[0]
        need(word == "credited", "the second did not serve", result)


def accepted(board, machine, devices, cpu=NO_INSTRUCTION):
    virtio_alone(board, machine, devices, cpu, INSTRUCTION[board])


def neither(board, machine, devices, cpu=NO_INSTRUCTION):
    """Nothing is there, however many bridges there are."""
    result, receipt = boot(board, machine=machine, expect="refuse", cpu=cpu, devices=devices)
    for name in ("virtio-rng", "virtio-rng-2"):
        word = source(result, receipt, name)[0]
        need(word == "absent", f"{name} is {word}, not absent", result)


def not_looked_at():
    """16 numbers for 17 bridges. What is behind the last one may be a device."""
    bridges = "".join(f"-device pcie-root-port,id=p{n},chassis={n} " for n in range(1, 17))
    before = NO_SEED + "-M highmem=off " + bridges
    result, receipt = boot(ARM, machine="virt", expect="refuse", cpu=NO_RNDR, devices=before)
    word, pairs = source(result, receipt, "virtio-rng")
    seen = word == "unseen" and "not looked at" in pairs["why"]
    need(seen, f"virtio-rng is {word}, not unseen", result)
    # the first that was found serves, whatever else there may be
    behind = before + over_pci("honest", "modern") + ",bus=p1"
    virtio_alone(ARM, "virt", behind, NO_RNDR, INSTRUCTION[ARM])


INSTRUCTION = {X64: "x86-rdrand", I386: "x86-rdrand", ARM: "aarch64-rndrrs"}
IOMMU = ",iommu_platform=on"


def on_x86(add, board, group, bits):
    for place in PLACES if board == X64 else FEW:
        machine = "pc" if place == "behind six bridges" else "q35"
        name = f"PCI {place} on {machine}{bits}"
        add(group.format(machine), name, virtio_alone, board, machine, at(place))
    where = group.format("pc")
    far = EXPANDER_PC + over_pci("honest", "transitional") + ",bus=px,addr=3"
    add(where, f"PCI of an expander on pc{bits}", virtio_alone, board, "pc", far)
    for machine in ("pc", "q35"):
        name = f"two over PCI, the first silent, on {machine}{bits}"
        add(group.format(machine), name, second_serves, board, machine, "virtio-rng-pci")
    name = f"bridges with nothing behind on q35{bits}"
    add(group.format("q35"), name, neither, board, "q35", EXPANDER + "-device pcie-root-port")
    where = group.format("microvm")
    name = f"two over virtio-mmio, the first silent{bits}"
    add(where, name, second_serves, board, "microvm", "virtio-rng-device", first=False)
    microvm = "-M pcie=on "
    for place in ("at the top", "behind a root port", "behind a switch"):
        name = f"PCI {place} on microvm{bits}"
        add(where, name, virtio_alone, board, "microvm", microvm + at(place))
    add(where, f"PCI with nothing on microvm{bits}", neither, board, "microvm", microvm + PORT)
    group = group.format("q35")
    if board == I386:
        return
    for iommu in ("intel-iommu,caching-mode=on", "amd-iommu", "virtio-iommu-pci"):
        before = f"-device {iommu} "
        wants = before + over_pci("honest", "modern") + IOMMU
        title = f"PCI that wants platform addresses behind {iommu}: refused{bits}"
        add(group, title, virtio_refused, board, "q35", wants, standing="unfit")
        title = f"PCI that passes {iommu} by{bits}"
        add(group, title, virtio_alone, board, "q35", before + over_pci("honest", "modern"))


def on_arm(add):
    def one(name, devices, check=accepted, cpu=NO_RNDR, **more):
        add("aarch64", name, check, ARM, "virt", NO_SEED + devices, cpu=cpu, **more)

    for place in PLACES:
        one(f"PCI {place} on arm64", at(place))
    for way in ("modern", "legacy"):
        one(f"{way} PCI on arm64", over_pci("honest", way))
        name = f"{way} PCI on arm64: a file arrives whole"
        device = over_pci("honest", way).split("-device ")[1].split(",rng=")[0]
        add("aarch64", name, file_arrives, "file", ARM, "virt", device, NO_SEED)
    for option in ("highmem=off", "gic-version=3", "virtualization=on", "secure=on"):
        devices = f"-M {option} " + at("behind a root port of an expander")
        if option == "highmem=off":  # it has 16 buses
            devices = devices.replace("bus_nr=128", "bus_nr=9")
        one(f"PCI on arm64, {option}", devices)
    one("bridges with nothing behind on arm64", EXPANDER + "-device pcie-root-port", neither)
    wants = over_pci("honest", "modern") + IOMMU
    one("PCI that wants platform addresses on arm64", wants)
    name = "PCI that wants platform addresses behind an SMMU: refused"
    smmu = NO_SEED + "-M iommu=smmuv3 " + wants
    add("aarch64", name, virtio_refused, ARM, "virt", smmu, NO_RNDR, "unfit")
    one("PCI that passes an SMMU by", "-M iommu=smmuv3 " + over_pci("honest", "modern"))
    name = "two over PCI, the first silent, on arm64"
    add("aarch64", name, second_serves, ARM, "virt", "virtio-rng-pci", NO_SEED, NO_RNDR)
    name = "two over virtio-mmio, the first silent, on arm64"
    device = "virtio-rng-device"
    add("aarch64", name, second_serves, ARM, "virt", device, NO_SEED, NO_RNDR, first=False)
    add("aarch64", "more bridges than buses: not looked at", not_looked_at)


def tests(add):
    for board, group, bits in ((X64, "{}", ""), (I386, "i386", ", 32 bits")):
        on_x86(add, board, group, bits)
    on_arm(add)
