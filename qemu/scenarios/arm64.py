# SPDX-License-Identifier: BSD-2-Clause
"""Plain QEMU, 64-bit Arm: RNDRRS, RNDR, the device tree's seed."""
from harness import judge, make
from harness.failures import need, need_status
from harness.make import shell
from scenarios.boots import boot, boot_image, folder, lines_of, recorded, source
from scenarios.damaged import halt_arm, judge_sees, truncate, udf_arm
from scenarios.devices import (
    device_stops,
    file_arrives,
    none_at_all,
    slow_device,
    virtio_alone,
    zeros_alone,
    zeros_beside_rdrand,
)
from scenarios.host import confidential_facts
from scenarios.images import image
from scenarios.loop import loop_passes
from scenarios.machines import ARM, LEGACY_MMIO, NO_RNDR, NO_SEED, RNG, changed, machine_names

NO_RANDOM = "tests/builds/no_random.c"


def rndrrs_and_all():
    """All four: the CPU's two, of which one counts nothing, the device, and the
    device tree's seed."""
    result, receipt = boot(ARM, devices=RNG["honest"])
    for name in ("aarch64-rndrrs", "host-seed"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) > 0, f"{name} earned nothing", result)
    # A first output wants it heard, and no more: RNDRRS may be done before the
    # device's start-up is.
    heard = int(source(result, receipt, "virtio-rng")[1]["bytes"])
    need(heard >= 32, "virtio-rng was not heard", result)
    bits = source(result, receipt, "host-seed")[1]["bits"]
    need(bits == "256", "32 bytes of seed are 256 bits", result)
    word, pairs = source(result, receipt, "aarch64-rndr")
    seen = word, pairs["bits"], pairs["why"]
    mixed = seen == ("found", "0", "mixed, never counted") and int(pairs["bytes"]) >= 32
    need(mixed, "RNDR is not mixed, or it counts", result)


def rndrrs_alone(machine):
    result, receipt = boot(ARM, machine=machine, devices=NO_SEED)
    bits = int(source(result, receipt, "aarch64-rndrrs")[1]["bits"])
    need(bits >= 384, "RNDRRS is not what made it ready", result)
    for name in ("virtio-rng", "host-seed"):
        absent = source(result, receipt, name)[0] == "absent"
        need(absent, f"{name} was found where there is none", result)


def seed_of_the_tree_alone(board=ARM, machine=None, cpu=NO_RNDR):
    """Credited, and not enough: 256 bits of 384."""
    for app in ("smoke", "keygen"):
        result, receipt = boot(board, app, machine, "refuse", cpu=cpu, devices="")
        word, pairs = source(result, receipt, "host-seed")
        seen = word, pairs["bits"], pairs["state"]
        need(seen == ("credited", "256", "used-up"), "not the seed alone", result)
        state = receipt["state"][1]
        says = "fewer than 384 bits" in state["why"] and state["bits"] == "256"
        need("BEGIN" not in result.console and says, "a key, or it does not say why", result)


def failing_rndr(there, app, fails, expect):
    """A boot with RNDR and RNDRRS alone, which fail so many times of four."""
    shim = there / "no_random.so"
    shell("gcc", "-shared", "-fPIC", NO_RANDOM, "-o", shim)
    env = {"LD_PRELOAD": str(shim), "NO_RANDOM": str(fails)}
    return boot(ARM, app, expect=expect, devices=NO_SEED, env=env)


def rndr_fails():
    """The flags say so, and the zeros in the register are not taken for a
    number."""
    with folder() as there:
        result, receipt = failing_rndr(there, "smoke", 4, "refuse")
        for name in ("aarch64-rndrrs", "aarch64-rndr"):
            pairs = source(result, receipt, name)[1]
            seen = pairs["bytes"], pairs["alarms"], pairs["why"]
            silent = seen[:2] == ("0", "0") and seen[2].startswith("silent: no answer")
            need(silent, f"{name} gave something, or it is not named", result)
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)


def rndr_fails_often():
    """Asked again, it gives numbers, and nothing else gets among them."""
    with folder() as there:
        result, receipt = failing_rndr(there, "smoke", 3, "pass")
        bits = int(source(result, receipt, "aarch64-rndrrs")[1]["bits"])
        need(bits >= 384, "RNDRRS earned nothing", result)
        result, _ = failing_rndr(there, "record", 3, "pass")
        for name in ("aarch64-rndrrs", "aarch64-rndr"):
            got = recorded(result, name)
            words = [got[i : i + 8] for i in range(0, 256, 8)]
            whole = len(got) == 256 and bytes(8) not in words
            need(whole, f"zeros, or too few bytes of {name}", result)


# What a loader may leave behind, as code that runs before the image.
BIG_ENDIAN, E2H = 0xB2680421, 0xB25E0021  # orr x1, x1, #(EE | E0E); #E2H
AT, IMAGE_AT = 0x42300000, 0x42345000
STATES = {
    "big-endian at EL1": ("", 0xD5381001, BIG_ENDIAN, 0xD5181001),
    "big-endian at EL2": ("-M virtualization=on", 0xD53C1001, BIG_ENDIAN, 0xD51C1001),
    "big-endian at EL3": ("-M secure=on", 0xD53E1001, BIG_ENDIAN, 0xD51E1001),
    "E2H set at EL2": ("-M virtualization=on", 0xD53C1101, E2H, 0xD51C1101),
}


def entered(state):
    """The image boots in whatever state a loader has left: mrs x1, REGISTER;
    orr; msr; isb; b IMAGE."""
    options, *code = STATES[state]
    code += [0xD5033FDF, 0x14000000 | (IMAGE_AT - AT - 16) >> 2]
    start = "loader,addr={:#x},cpu-num=0"
    machine = changed(ARM, "moved", start.format(IMAGE_AT), start.format(AT))
    with folder() as there:
        (there / "stub").write_bytes(b"".join(word.to_bytes(4, "little") for word in code))
        stub = f"-device loader,file={there}/stub,addr={AT:#x},force-raw=on"
        devices = f"{options} {stub} -device virtio-rng-device"
        boot(ARM, machine=machine, devices=devices)
        boot_image(ARM, make.guest(ARM, "calls-MODE"), machine, devices=devices)


def four_at_el3(cpu):
    """Without a firmware all CPUs enter the image. One goes on."""
    devices = "-M secure=on -smp 4 -device virtio-rng-device"
    result = judge.boot(ARM, image(ARM, "smoke"), "virt", cpu=cpu, timeout=20, devices=devices)
    need_status(result, "pass")
    receipts = result.console.count("seedbed-receipt 1\n")
    need(receipts == 1 and result.console.count("[exit") == 1, "not one CPU alone", result)


def little_memory():
    result = judge.boot(ARM, image(ARM, "smoke"), "virt", devices="-m 2200K")
    need_status(result, "fail")
    line = "start: this machine has too little memory"
    need(lines_of(result) == [line, "[exit 1]"], "not its line alone", result, line)


def over_mmio(add):
    for way, before in (("modern", NO_SEED), ("legacy", NO_SEED + LEGACY_MMIO)):
        seeded = before.replace(NO_SEED, "")
        add(
            "aarch64",
            f"{way} virtio-mmio alone",
            virtio_alone,
            ARM,
            "virt",
            before + RNG["honest"],
            NO_RNDR,
            "aarch64-rndrrs",
        )
        name = f"{way} virtio-mmio: a file arrives whole"
        add("aarch64", name, file_arrives, "file", ARM, "virt", before=before)
        name = f"{way} virtio-mmio: answers of 8 bytes"
        add("aarch64", name, file_arrives, "short", ARM, "virt", before=before)
        name = f"{way} virtio-mmio: /dev/zero alone, beside a seed"
        add("aarch64", name, zeros_alone, ARM, "virt", seeded + RNG["zeros"], NO_RNDR)
    name = "/dev/zero beside RNDRRS: degraded"
    add("aarch64", name, zeros_beside_rdrand, ARM, "virt", NO_SEED + RNG["zeros"])
    add("aarch64", "a slow device: READY", slow_device, ARM, "virt", NO_SEED + RNG["slow"], NO_RNDR)
    name = "a device that stops: refused after 60 s"
    add("aarch64", name, device_stops, ARM, "virt", NO_SEED + RNG["stops"], NO_RNDR)
    iommu = NO_SEED + RNG["honest"] + ",iommu_platform=on"
    name = "virtio-mmio that wants platform addresses: served"
    add("aarch64", name, virtio_alone, ARM, "virt", iommu, NO_RNDR, "aarch64-rndrrs")


def tests(add):
    add("aarch64", "RNDRRS, virtio-rng and the device tree's seed", rndrrs_and_all)
    for machine in machine_names(ARM):
        add("aarch64", f"RNDRRS alone on {machine}", rndrrs_alone, machine)
        name = f"confidential: the host is mixed and not counted, on {machine}"
        add("aarch64", name, confidential_facts, ARM, machine)
    counted = NO_SEED + "-icount shift=0,sleep=off"
    name = "no source and a deterministic clock: refused"
    add("aarch64", name, none_at_all, ARM, "virt", NO_RNDR, counted)
    add("aarch64", "RNDR and RNDRRS that fail: refused", rndr_fails)
    add("aarch64", "RNDR and RNDRRS that fail three times of four", rndr_fails_often)
    name = "the event loop without interrupts, on secure"
    add("aarch64", name, loop_passes, ARM, "secure", events=False)
    for state in STATES:
        add("aarch64", f"entered {state}", entered, state)
    for cpu in ("max", "cortex-a53"):
        add("aarch64", f"four CPUs enter at EL3, {cpu}: one goes on", four_at_el3, cpu)
    add("aarch64", "too little memory: a line and exit 1", little_memory)
    add("aarch64", "the device tree's seed alone: refused", seed_of_the_tree_alone)
    over_mmio(add)
    ends = ("silent", "crash", "hang")
    add("aarch64", "a truncated image fails", judge_sees, ends, truncate, ARM, timeout=3)
    add("aarch64", "a guest that hangs fails", judge_sees, ("hang",), halt_arm, ARM, timeout=3)
    name = "an exception is a line and exit 1"
    says = "exception 4 at 0x0"
    add("aarch64", name, judge_sees, ("fail",), udf_arm, ARM, says=says)
