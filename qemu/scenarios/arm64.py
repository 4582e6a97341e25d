# SPDX-License-Identifier: BSD-2-Clause
"""Plain QEMU, 64-bit Arm: RNDRRS, RNDR, the device tree's seed."""
import subprocess

import judge
from judge import need
from scenarios.boots import boot, folder, recorded, source
from scenarios.damaged import hang_arm, judge_sees, truncate, udf_arm
from scenarios.dependents import ecdsa, ecdsa_refused
from scenarios.devices import file_arrives, none_at_all, virtio_alone, virtio_refused, zeros_alone, zeros_beside_rdrand
from scenarios.host import confidential_facts
from scenarios.machines import ARM, ARM_MACHINES, LEGACY_MMIO, NO_RNDR, NO_SEED, RNG


def rndrrs_and_all():
    """All four: the CPU's two, of which one counts nothing, the device, and the device tree's seed."""
    result, receipt = boot(ARM, devices=RNG["honest"])
    for name in ("aarch64-rndrrs", "host-seed"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) > 0, f"{name} earned nothing", result)
    # heard, which is all that a first output wants of it: RNDRRS may be done before its start-up is
    need(int(source(result, receipt, "virtio-rng")[1]["bytes"]) >= 32, "virtio-rng was not heard", result)
    need(source(result, receipt, "host-seed")[1]["bits"] == "256", "32 bytes of seed are 256 bits", result)
    word, pairs = source(result, receipt, "aarch64-rndr")
    need((word, pairs["bits"]) == ("found", "0") and int(pairs["bytes"]) >= 32, "RNDR is mixed and not counted", result)


def rndrrs_alone(machine):
    result, receipt = boot(ARM, machine=machine, devices=NO_SEED)
    need(int(source(result, receipt, "aarch64-rndrrs")[1]["bits"]) >= 384, "RNDRRS is not what made it ready", result)
    for name in ("virtio-rng", "host-seed"):
        need(source(result, receipt, name)[0] == "absent", f"{name} was found where there is none", result)


def seed_of_the_tree_alone(board=ARM, machine=None):
    """Credited, and not enough: 256 bits of 384."""
    for app in ("smoke", "keygen"):
        result, receipt = boot(board, app, machine, "refuse", cpu=NO_RNDR, devices="")
        word, pairs = source(result, receipt, "host-seed")
        need((word, pairs["bits"], pairs["state"]) == ("credited", "256", "used-up"), "not the seed alone", result)
        need("BEGIN" not in result.console and "no source" in receipt["state"][1]["why"], "a key was made, or it does not say why", result)


def failing_rndr(there, app, fails, expect):
    """A boot with RNDR and RNDRRS alone, which fail so many times of four."""
    shim = there / "no_random.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "tests/builds/no_random.c", "-o", str(shim)], cwd=judge.TOP, check=True)
    return boot(ARM, app, expect=expect, devices=NO_SEED, env={"LD_PRELOAD": str(shim), "NO_RANDOM": str(fails)})


def rndr_fails():
    """The flags say so, and the zeros in the register are not taken for a number."""
    with folder() as there:
        result, receipt = failing_rndr(there, "smoke", 4, "refuse")
        for name in ("aarch64-rndrrs", "aarch64-rndr"):
            pairs = source(result, receipt, name)[1]
            need((pairs["bytes"], pairs["alarms"], pairs["why"]) == ("0", "0", "no answer yet"), f"{name} gave something", result)
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)


def rndr_fails_often():
    """Asked again, it gives numbers, and nothing else gets among them."""
    with folder() as there:
        result, receipt = failing_rndr(there, "smoke", 3, "pass")
        need(int(source(result, receipt, "aarch64-rndrrs")[1]["bits"]) >= 384, "RNDRRS earned nothing", result)
        result, _ = failing_rndr(there, "record", 3, "pass")
        for name in ("aarch64-rndrrs", "aarch64-rndr"):
            got = recorded(result, name)
            need(len(got) == 256 and bytes(8) not in [got[i:i + 8] for i in range(0, 256, 8)], f"zeros, or too few bytes of {name}", result)


def tests(add):
    add("aarch64", "RNDRRS, virtio-rng and the device tree's seed", rndrrs_and_all)
    for machine in ARM_MACHINES:
        add("aarch64", f"RNDRRS alone on {machine}", rndrrs_alone, machine)
        add("aarch64", f"no source on {machine}: refused", none_at_all, ARM, machine, NO_RNDR, NO_SEED)
    add("aarch64", "no source and a deterministic clock: refused", none_at_all, ARM, "virt", NO_RNDR, NO_SEED + "-icount shift=0,sleep=off")
    add("aarch64", "RNDR and RNDRRS that fail: refused", rndr_fails)
    add("aarch64", "RNDR and RNDRRS that fail three times of four", rndr_fails_often)
    add("aarch64", "the device tree's seed alone: refused", seed_of_the_tree_alone)
    for machine in ARM_MACHINES:
        add("aarch64", f"confidential: the host is mixed and not counted, on {machine}", confidential_facts, ARM, machine)
    for way, before in (("modern", NO_SEED), ("legacy", NO_SEED + LEGACY_MMIO)):
        add("aarch64", f"{way} virtio-mmio alone", virtio_alone, ARM, "virt", before + RNG["honest"], NO_RNDR, "aarch64-rndrrs")
        add("aarch64", f"{way} virtio-mmio: a file arrives whole", file_arrives, "file", ARM, "virt", before=before)
        add("aarch64", f"{way} virtio-mmio: answers of 8 bytes", file_arrives, "short", ARM, "virt", before=before)
        add("aarch64", f"{way} virtio-mmio: /dev/zero alone, beside a seed", zeros_alone, ARM, "virt", before.replace(NO_SEED, "") + RNG["zeros"], NO_RNDR)
    add("aarch64", "/dev/zero beside RNDRRS: degraded", zeros_beside_rdrand, ARM, "virt", NO_SEED + RNG["zeros"])
    add("aarch64", "virtio-mmio that wants an IOMMU: refused", virtio_refused, ARM, "virt", NO_SEED + RNG["honest"] + ",iommu_platform=on", NO_RNDR)
    add("aarch64", "a truncated image fails", judge_sees, ("silent", "crash", "hang"), truncate, ARM, timeout=3)
    add("aarch64", "a guest that hangs fails", judge_sees, ("hang",), hang_arm, ARM, timeout=3)
    add("aarch64", "an exception is a line and exit 1", judge_sees, ("fail",), udf_arm, ARM, says="exception 4 at 0x0")
    add("aarch64", "mbedTLS: ECDSA, and openssl verifies", ecdsa, ARM)
    add("aarch64", "mbedTLS: refused with its own codes", ecdsa_refused, ARM, cpu=NO_RNDR, devices=NO_SEED)
