# SPDX-License-Identifier: BSD-2-Clause
"""Second versions of QEMU, of Xen and of the UEFI firmware under the boards,
which `qemu/setup slow` unpacks below build/deps."""
import dataclasses

from harness import backends, boards, capabilities, judge
from harness.failures import Skip, need
from harness.receipt import credited
from harness.tree import DEPS
from scenarios.boots import boot, source
from scenarios.devices import file_arrives, virtio_alone
from scenarios.epoch import ways_agree
from scenarios.host import clones, same_seed_clones
from scenarios.machines import ALIKE, UEFI, over_pci
from scenarios.x86 import rdseed

SECOND = "second"  # where qemu/setup puts them below build/deps
PACKAGES = "x86", "arm", "riscv", "s390x", "ppc", "mips", "misc"  # of QEMU
X64 = "qemu-x86_64"
GUID, CLOCK = "-device vmgenid,guid=auto", "-device vmclock"  # QEMU 10 has the clock
CLOCKS = (  # what is found where, by its name
    ("its clock", CLOCK, "vmclock(acpi)"),
    ("its id and clock", f"{CLOCK} {GUID}", "vmgenid(fw_cfg,acpi)+vmclock(acpi)"),
)
FIRMWARES = ("ovmf", "qemu-efi-aarch64", "u-boot-qemu")


def unpacked(*names):
    """Where these are below build/deps; a skip where a suite could not be
    reached."""
    for name in names:
        if not (DEPS / name / ".version").is_file():
            raise Skip(f"no build/deps/{name}: qemu/setup slow could not reach its suite")
    return [DEPS / name for name in names]


def on_second_qemu(action):
    """The same test by the QEMU of the other suite, which finds the firmware of
    the one that is installed, and its own modules."""

    def run(*arguments, **options):
        places = unpacked(*(f"{SECOND}/qemu-system-{name}" for name in PACKAGES))
        path = "".join(f"{place}/usr/bin:" for place in places)
        with judge.other_versions(path=path):
            return action(*arguments, **options)

    return run


def on_second(suite, *names):
    """The same test with other files in the place of {deps}."""

    def wrapped(action):
        def run(*arguments, **options):
            unpacked(*(f"{suite}/{name}" for name in names))
            with judge.other_versions(deps=DEPS / suite):
                return action(*arguments, **options)

        return run

    return wrapped


on_second_xen = on_second(SECOND, "xen-amd64", "xen-arm64")
on_second_firmware = on_second(SECOND, *FIRMWARES)


def is_other_qemu():
    """Each program of a board: one that was not unpacked would be the installed
    one, and nobody would notice."""
    machines = [machine for board in boards.every() for machine in board.machines()]
    words = {word for machine in machines for word in machine.template.split()}
    for program in sorted(word for word in words if word.startswith("qemu-system-")):
        with judge.other_versions():
            installed = capabilities.version(program)
        other = capabilities.version(program)
        need("version" in other and other != installed, f"{program} is {installed}")


def below(what):
    """Boards whose machines all have this below the image."""
    found = (board for board in boards.every() if board.first().below == what)
    return [board.name for board in found]


def is_other_xen():
    for board in below("Xen"):
        result, receipt = boot(board)
        with judge.other_versions():
            _, installed = boot(board)
        same = receipt["facts"][1]["xen"] == installed["facts"][1]["xen"]
        need(not same, "the same version", result)


def second_is_newer(name):
    """Of the two Debians the second firmware may come from either."""
    first, second = ((DEPS / folder / name / ".version").read_text() for folder in ("", SECOND))
    return second > first


def firmware_offers(machine, more, raw):
    """What EDK II of 2025 has without a device: on x86 a DRBG and RAW, both
    made of RDRAND, on arm64 ARM-RNDR. Of these RAW counts. EDK II of 2022 has
    none of them. With a device there is one RAW more."""
    if not second_is_newer("ovmf"):
        more, raw = (), 0
    board, cpu = UEFI[machine].board, UEFI[machine].cpu
    with judge.other_versions():
        _, first = boot(board, machine=machine)
    for count in (0, 1):
        devices = "-device virtio-rng-pci " * count
        result, receipt = boot(board, machine=machine, cpu=cpu, devices=devices)
        raws = [name for name in credited(receipt) if name.startswith("uefi-raw")]
        need(len(raws) == raw + count, f"with {count} devices {raws}", result)
        for name in more:
            word, pairs = source(result, receipt, name)
            mixed = (word, pairs["bits"]) == ("found", "0") and int(pairs["bytes"]) >= 32
            need(mixed, f"{name} is not mixed, or it counts", result)
        need(receipt["facts"] != first["facts"], "the same version", result)


def rows(add, name, wrapped, wanted):
    """All that is tried on these backends, under another name in the table. Its
    rows are of this name."""
    for backend in backends.every():
        if wanted(backend.machine):
            other = dataclasses.replace(backend, name=f"{name}, {backend.name}")
            others.append(other)
            for what, action in backends.tests_of(other):
                add("versions", what, wrapped(action), other, budget=40)


others = []


def second_qemu(add):
    def one(name, action, *arguments, **options):
        title = f"second QEMU: {name}"
        add("versions", title, on_second_qemu(action), *arguments, **options)

    one("is another one", is_other_qemu)
    for machine in ("microvm", *ALIKE):
        one(f"RDSEED on {machine}", rdseed, machine, must=True)
    for machine in ALIKE:
        one(f"clones diverge on {machine}", clones, machine)
        one(f"clones with the same RDRAND diverge on {machine}", same_seed_clones, machine)
        for name, devices, where in CLOCKS:
            one(f"{name} on {machine}", ways_agree, X64, machine, devices, where)
        one(f"clones notice by its clock on {machine}", clones, machine, X64, CLOCK)
        name = f"clones with the same RDRAND diverge by id and clock on {machine}"
        one(name, clones, machine, X64, f"{CLOCK} {GUID} -seed 7")
    one("its clock on i386", ways_agree, "qemu-i386", "q35", CLOCK, "vmclock(acpi)")
    one("its clock on ovmf", ways_agree, "uefi-x86_64", "ovmf", CLOCK, "vmclock(acpi)")
    one("a file behind virtio-rng arrives whole", file_arrives, "file")
    for machine in ALIKE:
        device = over_pci("honest", "legacy")  # 1024 descriptors; QEMU 7.2 has 8
        name = f"legacy PCI on {machine}: virtio-rng alone"
        one(name, virtio_alone, X64, machine, device)
    rows(add, "second QEMU", on_second_qemu, lambda machine: "qemu-system-" in machine.template)


def tests(add):
    others.clear()
    second_qemu(add)
    add("versions", "second Xen: is another one", on_second_xen(is_other_xen))
    rows(add, "second Xen", on_second_xen, lambda machine: machine.below == "Xen")
    offers = (("ovmf", ("uefi-drbg",), 1), ("aavmf", ("uefi-rndr",), 0), ("uboot", (), 0))
    for machine, more, raw in offers:
        name = f"second firmware: what {machine} offers"
        add("versions", name, on_second_firmware(firmware_offers), machine, more, raw)
    rows(add, "second firmware", on_second_firmware, lambda machine: machine.below == "UEFI")
