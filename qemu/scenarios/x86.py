# SPDX-License-Identifier: BSD-2-Clause
"""Plain QEMU, x86-64 and i386."""
from harness import boards, capabilities, children, confidential, hostile, in_flight, judge
from harness import make, toolchain, tree
from harness.failures import Skip, need, need_status
from scenarios.any_board import linked
from scenarios.boots import boot, boot_image, figures, folder, lines_of, source, two_samples
from scenarios.damaged import claim, halt, judge_sees, truncate, ud2
from scenarios.devices import (
    BY_CHANCE,
    file_arrives,
    hostile_bytes,
    hostile_device,
    none_at_all,
    replayed_file,
    silent_alone,
    silent_beside_rdrand,
    slow_device,
    virtio_alone,
    virtio_refused,
    zeros_alone,
    zeros_beside_rdrand,
)
from scenarios.host import (
    able_and_plain,
    clones,
    clones_unaware,
    confidential_facts,
    confidential_guest,
    same_seed_clones,
)
from scenarios.images import image
from scenarios.machines import ALIKE, LEGACY_MMIO, NO_INSTRUCTION, PCI, RDRAND_ALONE, RNG, over_pci

X64, I386 = "qemu-x86_64", "qemu-i386"
READS_MAX = 4096  # from entry to READY with RDRAND and virtio-rng


def rdrand_and_virtio():
    result, receipt = boot(X64, machine="microvm", cpu=RDRAND_ALONE, devices=RNG["honest"])
    for name in ("x86-rdrand", "virtio-rng"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) > 0, f"{name} earned nothing", result)
    reads = int(receipt["reads"][0][0])
    figures["reads to READY, RDRAND and virtio-rng"] = (reads, READS_MAX, "")
    need(reads <= 10 * READS_MAX, f"{reads} reads to READY", result)


def rdrand_alone(board, machine):
    devices = RNG["absent"]
    result, receipt = boot(board, machine=machine, cpu=RDRAND_ALONE, devices=devices)
    word, pairs = source(result, receipt, "x86-rdrand")
    ready = word == "credited" and int(pairs["bits"]) >= 384
    need(ready, "RDRAND is not what made it ready", result)
    heard = int(pairs["bytes"])
    need(heard >= 384 * 64, "a DRBG was credited more than 1/64 bit a byte", result)
    if machine == "microvm":
        absent = source(result, receipt, "virtio-rng")[0] == "absent"
        need(absent, "virtio-rng was found where there is none", result)


def rdseed(machine, must=False):
    """must: this QEMU has it. Where the installed one has it, it must earn
    credit."""
    if not must and not capabilities.rdseed():
        raise Skip(f"no RDSEED in the CPU of {capabilities.version()}")
    result, receipt = boot(X64, machine=machine, cpu="max", devices=RNG["absent"])
    word = source(result, receipt, "x86-rdseed")[0]
    need(word == "credited", "RDSEED earned nothing", result)


def errata(board):
    need_status(judge.boot(board, image(board, "errata"), "microvm"), "pass")


def erratum_is_told(board):
    """The same CPU twice: with the instruction that an erratum forbids, and
    without it."""
    for cpu, seen in (("Opteron_G5,+rdrand", "unfit"), ("Opteron_G5,-rdrand", "absent")):
        devices = RNG["absent"]
        result, receipt = boot(board, "smoke", "microvm", "refuse", cpu=cpu, devices=devices)
        word, pairs = source(result, receipt, "x86-rdrand")
        need((word, pairs["state"]) == (seen, seen), f"RDRAND is {word}, not {seen}", result)
        need(("must not be used" in pairs["why"]) == (seen == "unfit"), "not the reason", result)
        need(pairs["bytes"] == "0", "it was read", result)


def start_refuses(board, says, machine="pc", **options):
    """What the image cannot run on is a line and exit 1, before any code that a
    compiler made."""
    result = judge.boot(board, image(board, "smoke"), machine, **options)
    need_status(result, "fail")
    line = f"start: this {says}"
    need(lines_of(result) == [line, "[exit 1]"], "not its line alone", result, line)


LACKING = {  # of a CPU, by board
    X64: {
        "max,-cmov": "CMOV",
        "max,-lm": "long mode",
        "qemu32": "long mode",
        "max,-sse": "SSE",
        "max,-fxsr": "FXSR",
        "max,-pae": "PAE",
        "max,-tsc": "TSC",
        "max,-msr": "MSR",
    },
    I386: {"486": "TSC", "pentium": "CMOV", "max,-cmov": "CMOV"},
}


def start_tests(add, board, group, bits):
    for cpu, lacks in LACKING[board].items():
        name = f"-cpu {cpu}: a line and exit 1{bits}"
        says = f"CPU has no {lacks}"
        add(group.format("pc"), name, start_refuses, board, says, cpu=cpu, devices="")
    for machine in ("microvm", "pc"):
        name = f"{machine} with too little memory: a line and exit 1{bits}"
        says = "machine has too little memory"
        add(group.format(machine), name, start_refuses, board, says, machine, devices="-m 1200K")


def id_is_read(board):
    """SeaBIOS puts it at the end of RAM, of which pc has up to 3.5 GiB below
    4."""
    devices = "-m 3300 -device vmgenid,guid=auto"
    result, receipt = boot(board, machine="pc", devices=devices)
    need(receipt["clones"][0] == ["noticed"], "not read", result)


def in_flight_clones(board, machine, cpu, device, noticed=True):
    in_flight.need_no_faults(board, image(board, "clone"), machine, cpu, device, noticed)


def in_flight_tests(add):
    """A request is with the device at the snapshot. Alone, the device is all
    that a clone starts over with."""
    name = "clones with a request in flight: "
    for title, board, machine, way in (
        ("pc", X64, "pc", "modern"),
        ("q35", X64, "q35", "legacy"),
        ("i386", I386, "pc", "transitional"),
    ):
        for what, cpu in (("alone", NO_INSTRUCTION), ("beside RDRAND", "max")):
            how = board, machine, cpu, PCI[way]
            add(title, f"{name}{way} PCI {what}", in_flight_clones, *how)
    add("microvm", f"{name}unnoticed, it goes on", in_flight_clones, X64, "microvm", "max",
        "virtio-rng-device", noticed=False)


def on_microvm(add):
    add("microvm", "RDRAND and virtio-rng", rdrand_and_virtio)
    add("microvm", "virtio-rng alone", virtio_alone)
    add("microvm", "/dev/zero behind virtio-rng alone: refused", zeros_alone)
    add("microvm", "/dev/zero beside RDRAND: degraded", zeros_beside_rdrand)
    add("microvm", "a file behind virtio-rng arrives whole", file_arrives, "file")
    add("microvm", "answers of 8 bytes are used exactly", file_arrives, "short")
    for period in (16, 48):
        name = f"a device that replays {period} bytes is caught"
        add("microvm", name, replayed_file, period)
    add("microvm", "a silent device beside RDRAND", silent_beside_rdrand)
    add("microvm", "a silent device alone: stalled", silent_alone)
    name = "no source and a deterministic clock: refused"
    counted = "-icount shift=0,sleep=off"
    add("microvm", name, none_at_all, X64, "microvm", extra=counted)
    add("i386", f"{name}, 32 bits", none_at_all, I386, "microvm", extra=counted)
    name = "clones that nothing tells: a fresh word keeps them apart"
    add("microvm", name, clones_unaware, "", False)
    name = "clones that nothing tells, where all replays: the limit"
    add("microvm", name, clones_unaware, f"-seed 7 {counted}", True)
    add("microvm", "a truncated image fails", judge_sees, ("silent", "crash"), truncate)
    name = "a guest that says nothing and claims to have passed"
    add("microvm", name, judge_sees, ("silent",), claim)
    add("microvm", "a guest that hangs fails", judge_sees, ("hang",), halt, timeout=3)
    name = "an exception is a line and exit 1"
    says = "exception 6 at 0x00000000001"
    add("microvm", name, judge_sees, ("fail",), ud2, says=says)


def by_cpu(add):
    for machine in ("microvm",) + ALIKE:
        add(machine, f"RDRAND alone on {machine}", rdrand_alone, X64, machine)
        add(machine, f"RDSEED on {machine}", rdseed, machine)
        add("i386", f"RDRAND alone on {machine}, 32 bits", rdrand_alone, I386, machine)
    add("i386", "two boots share no sample, 32 bits", two_samples, I386)


def on_both(add, board, group, bits):
    """What x86-64 and i386 have alike. group: of the report, by machine; bits:
    of the name."""
    where = group.format("microvm")
    add(where, "errata and word size" + bits, errata, board)
    add(where, "RDRAND with an erratum is unfit, not absent" + bits, erratum_is_told, board)
    name = "confidential: the host is mixed and not counted" + bits
    add(where, name, confidential_facts, board)
    for guest in confidential.GUESTS:
        name = f"confidential: {guest}, keygen and smoke as they are{bits}"
        add(where, name, confidential_guest, board, guest)
    name = f"confidential: a CPU that is able, and a plain guest{bits}"
    add(where, name, able_and_plain, board)
    name = "legacy virtio-mmio alone" + bits
    add(where, name, virtio_alone, board, devices=LEGACY_MMIO + RNG["honest"])
    name = "legacy virtio-mmio: a file arrives whole" + bits
    add(where, name, file_arrives, "file", board, before=LEGACY_MMIO)
    name = "virtio-mmio that wants platform addresses: served" + bits
    iommu = RNG["honest"] + ",iommu_platform=on"
    add(where, name, virtio_alone, board, "microvm", iommu)
    for fault in hostile.FAULTS:
        add("hostile", f"{fault}{bits}", hostile_device, board, fault)


def on_pci(add, board, group, bits):
    for machine in ALIKE:
        where = group.format(machine)
        for way, device in PCI.items():
            name = f"{way} PCI on {machine}: "
            honest = over_pci("honest", way)
            add(where, f"{name}virtio-rng alone{bits}", virtio_alone, board, machine, honest)
            title = f"{name}a file arrives whole{bits}"
            add(where, title, file_arrives, "file", board, machine, device)
            title = f"{name}answers of 8 bytes{bits}"
            add(where, title, file_arrives, "short", board, machine, device)
        if machine == "q35":
            slow = over_pci("slow", "transitional")
            add(where, f"a slow device: READY{bits}", slow_device, board, machine, slow)
        zeros = over_pci("zeros", "transitional")
        name = f"PCI on {machine}"
        add(where, f"{name}: /dev/zero alone{bits}", zeros_alone, board, machine, zeros)
        title = f"{name}: /dev/zero beside RDRAND{bits}"
        add(where, title, zeros_beside_rdrand, board, machine, zeros)
        title = f"{name} that wants platform addresses: served{bits}"
        iommu = over_pci("honest", "modern") + ",iommu_platform=on"
        add(where, title, virtio_alone, board, machine, iommu)
    bridge = "-device pci-bridge,id=b0,chassis_nr=1 "
    behind = bridge + over_pci("honest", "transitional") + ",bus=b0"
    add(group.format("pc"), "PCI behind a bridge" + bits, virtio_alone, board, "pc", behind)
    port = "-device pcie-root-port,id=b0,slot=1 "
    behind = port + over_pci("honest", "modern") + ",bus=b0"
    name = "PCI behind a root port" + bits
    add(group.format("q35"), name, virtio_alone, board, "q35", behind)


def above_4_gib(add):
    """A BAR of 2 GiB makes the firmware put all that can be there above 4 GiB.
    With newer SeaBIOS RAM above it is enough."""
    far = "-device pci-testdev,membar=2G "
    modern = far + over_pci("honest", "modern")
    for machine in ALIKE:
        name = f"PCI above 4 GiB on {machine}"
        add(machine, name, virtio_alone, X64, machine, modern)
    name = "PCI above 4 GiB, 32 bits: refused"
    add("i386", name, virtio_refused, I386, "pc", modern, standing="unfit")
    name = "PCI above 4 GiB, transitional, 32 bits: by its ports"
    add("i386", name, virtio_alone, I386, "pc", far + over_pci("honest", "transitional"))


def constructors_not_run():
    """The image as start code makes it that knows main alone."""
    skips = "LDFLAGS=-Wl,--wrap=constructors_main,--defsym=__wrap_constructors_main=main"
    path = make.image(X64, "constructor", "build/matrix/no-constructors", [skips])
    result = boot_image(X64, path, "microvm", "fail")
    need("\nFAILED constructors ran" in result.console, "red, but not by that", result)
    judged = children.run([tree.TOP / "tools/provenance", path], 60)
    warned = judged.returncode == 0 and "warning: constructors in" in judged.stdout
    need(warned, f"provenance does not warn: {judged.stdout}")


def object_of_cxx():
    """clang++, as it takes one file of C++ among objects of C."""
    board = boards.board(X64)
    cxx = [toolchain.clangxx(), "--target=x86_64-linux-gnu", "-ffreestanding", "-fno-exceptions"]
    with folder() as there:
        made, image_of = there / "object.o", there / "object.elf"
        words = ["-std=c++11", "-O2", "-Icore", "-Ihal", "-Iboards/common", "-c"]
        make.shell(*cxx, *words, "tests/guests/object.cc", "-o", made)
        run = linked(board, image_of, made)
        need(run.returncode == 0, run.stdout)
        console = boot_image(X64, image_of, "microvm").console
    need("the key is there\n" in console, console)


def tests(add):
    add("microvm", "a static object of C++ makes a key", object_of_cxx)
    add("microvm", "red: start code that runs no constructor", constructors_not_run)
    on_microvm(add)
    in_flight_tests(add)
    by_cpu(add)
    for board, group, bits in ((X64, "{}", ""), (I386, "i386", ", 32 bits")):
        on_both(add, board, group, bits)
        on_pci(add, board, group, bits)
        start_tests(add, board, group, bits)
    for fault in BY_CHANCE:
        add("hostile", f"{fault}: bytes of one buffer", hostile_bytes, X64, fault)
    above_4_gib(add)
    for board, group in ((X64, "pc"), (I386, "i386")):
        add(group, f"a generation id above 3 GiB of RAM, {board}", id_is_read, board)
    for machine in ALIKE:
        add(machine, f"clones diverge on {machine}", clones, machine)
        name = f"clones with the same RDRAND diverge on {machine}"
        add(machine, name, same_seed_clones, machine)
