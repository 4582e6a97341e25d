# SPDX-License-Identifier: BSD-2-Clause
"""The guest is a domain under the real Xen, on x86 and on 64-bit Arm."""
import dataclasses
import re
import shutil

import judge
from judge import need
from scenarios.arm64 import seed_of_the_tree_alone
from scenarios.boots import boot, folder, source
from scenarios.damaged import claim, hang, judge_sees, trap, truncate, ud2
from scenarios.devices import file_arrives
from scenarios.images import image
from scenarios.loop import sleeps
from scenarios.machines import LEGACY_MMIO, NO_SEED, XEN, XEN_ARM, XEN_ARM_MACHINES, changed


def xen_arm_domain(machine):
    """What the hypervisor tells, and that the machine's seed is in the first domain's device tree alone."""
    result, receipt = boot(XEN_ARM, machine=machine)
    facts = receipt["facts"][1]
    need(facts["domain"] == XEN_ARM_MACHINES[machine] and re.fullmatch(r"4\.\d+", facts["xen"]), f"facts {facts}", result)
    for name, there in (("aarch64-rndrrs", True), ("host-seed", machine == "dom0"), ("virtio-rng", False)):
        need((source(result, receipt, name)[0] == "credited") == there, f"{name} is not as it should be", result)


def xen_arm_sees(status, machine, change=lambda data: data, timeout=5):
    """What must not pass: an image that was damaged, a Xen that does not run its domain. The result."""
    with folder() as there:
        shutil.copy(image(XEN_ARM, "smoke"), there / "smoke.elf")
        (there / "smoke.bin").write_bytes(change(image(XEN_ARM, "smoke").with_suffix(".bin").read_bytes()))
        result = judge.boot(XEN_ARM, there / "smoke.elf", machine, timeout=timeout)
    need(result.status == status and (status == "silent" or "(XEN)" in result.report()), f"judged {result.status}", result)
    return result


def xen_arm_hangs(data):
    """In the header, where the code begins: A64 "b .", a branch to itself."""
    return bytes.fromhex("00000014") + data[4:]


def xen_arm_panics():
    result = xen_arm_sees("crash", changed(XEN_ARM, "dom0", "dom0_mem=64M", "dom0_mem=2G"), timeout=90)  # it waits for five seconds
    need(result.code == 0 and "Panic on CPU" in result.report(), "no panic that ends with 0", result)


def xen_arm_silent():
    """Xen finds no UART by that name. The guest runs, is content, and ends with 0."""
    result = xen_arm_sees("silent", changed(XEN_ARM, "dom0", "dtuart=/pl011@9000000", "dtuart=serial0"), timeout=90)
    need(result.code == 0, "it did not end with 0", result)


def on_arm(add):
    for machine in XEN_ARM_MACHINES:
        add("Xen arm64", f"what the hypervisor tells {machine}", xen_arm_domain, machine)
        add("Xen arm64", f"a truncated image fails in {machine}", xen_arm_sees, "hang", machine, lambda data: data[:4096])
        add("Xen arm64", f"a guest that hangs fails in {machine}", xen_arm_sees, "hang", machine, xen_arm_hangs)
    add("Xen arm64", "the device tree's seed alone: refused", seed_of_the_tree_alone, XEN_ARM, "dom0")
    for way, before in (("modern", NO_SEED), ("legacy", NO_SEED + LEGACY_MMIO)):
        add("Xen arm64", f"{way} virtio-mmio in dom0: a file arrives whole", file_arrives, "file", XEN_ARM, "dom0", before=before)
    add("Xen arm64", "a Xen that panics fails", xen_arm_panics)
    add("Xen arm64", "a Xen without a console fails", xen_arm_silent)


def xen_facts(board, tsc):
    """What only the hypervisor knows: its version, and through its own CPUID whether RDTSC is emulated."""
    result, receipt = boot(board)
    facts = receipt["facts"][1]
    need(facts.get("tsc") == tsc and re.fullmatch(r"4\.\d+", facts.get("xen", "")), f"facts {facts}", result)
    need(source(result, receipt, "host-seed")[0] == "absent", "a first domain has no name", result)


def xen_panics():
    """A PVH first domain wants an IOMMU. Xen ends with 0, which is no pass even where 0 is one."""
    machine = changed("xen-pvh", "first", "-device amd-iommu", "")
    result = judge.boot("xen-pvh", image("xen-pvh", "smoke"), dataclasses.replace(machine, pass_rc=0, fail_rc=0))
    need(result.status == "crash" and result.code == 0, "not a crash that ends with 0", result)
    need("Panic on CPU 0:" in result.report(), "the report does not show the panic", result)


def on_x86(add):
    for board, (group, tsc) in XEN.items():
        add(group, "what the hypervisor tells", xen_facts, board, tsc)
        add(group, "a truncated image fails, and Xen panics", judge_sees, ("crash",), truncate, board, says="Panic on CPU 0:")
        add(group, "a guest that hangs fails", judge_sees, ("hang",), hang, board, says="(XEN)", timeout=6)
        add(group, f"a wait is sleep on {board}", sleeps, board)
        add(group, "an exception is a line and exit 1", judge_sees, ("fail",), ud2, board, says="exception 6 at 0x00000000001")
        add(group, "a guest that traps at once fails", judge_sees, ("crash",), trap, board, says="(XEN)")
    add("Xen PVH", "a guest that says nothing and claims to have passed", judge_sees, ("crash",), claim, "xen-pvh", says="0 lines [exit N]")
    add("Xen PVH", "a Xen that panics without an IOMMU fails", xen_panics)


def tests(add):
    on_x86(add)
    on_arm(add)
