# SPDX-License-Identifier: BSD-2-Clause
"""The guest is a domain under the real Xen, on x86 and on 64-bit Arm."""
import dataclasses
import re
import shutil

from harness import boards, judge
from harness.failures import Skip, need, need_status
from scenarios.arm64 import seed_of_the_tree_alone
from scenarios.boots import boot, folder, lines_of, source
from scenarios.damaged import HALT_ARM, claim, hang, judge_sees, trap, truncate, ud2
from scenarios.devices import file_arrives
from scenarios.images import image
from scenarios.machines import ARM, LEGACY_MMIO, NO_SEED, XEN, XEN_ARM, XEN_ARM_MACHINES, changed

STARTED = r"^\(XEN\) (\*\*\* Serial input to DOM|Freed )"  # from here on a domain runs
HANGS = {"since": STARTED, "timeout": 3}
# A Xen that panics counts five seconds before it ends. With 1024 ns for each
# instruction these are soon over.
PANICS = {"devices": "-icount shift=10", "timeout": 90}


def xen_arm_domain(machine):
    """What the hypervisor tells, and that the machine's seed is in the first
    domain's device tree alone."""
    result, receipt = boot(XEN_ARM, machine=machine)
    facts = receipt["facts"][1]
    is_that = facts["domain"] == XEN_ARM_MACHINES[machine]
    need(is_that and re.fullmatch(r"4\.\d+", facts["xen"]), f"facts {facts}", result)
    sources = (
        ("aarch64-rndrrs", True),
        ("host-seed", machine == "dom0"),
        ("virtio-rng", False),
    )
    for name, there in sources:
        credited = source(result, receipt, name)[0] == "credited"
        need(credited == there, f"{name} is not as it should be", result)


def damaged_domain(machine, change, options):
    """A boot of an image whose raw form was changed."""
    path = image(XEN_ARM, "smoke")
    with folder() as there:
        shutil.copy(path, there / "smoke.elf")
        (there / "smoke.bin").write_bytes(change(path.with_suffix(".bin").read_bytes()))
        return judge.boot(XEN_ARM, there / "smoke.elf", machine, **options)


def xen_arm_sees(status, machine, change=lambda data: data, options=HANGS):
    """What must not pass: an image that was damaged, a Xen that does not run
    its domain. The result."""
    result = damaged_domain(machine, change, options)
    shown = status == "silent" or "(XEN)" in result.report()
    need(result.status == status and shown, result.status, result, status)
    return result


def not_xen(domain, board, machine, says):
    """The image of a domain, on the machine itself: a line and exit 1."""
    result = judge.boot(board, image(domain, "smoke"), machine, devices="")
    need_status(result, "fail")
    lines = lines_of(result)
    need(len(lines) == 2 and re.fullmatch(says, lines[0]), "not its line alone", result, says)


def truncated(data):
    return data[:4096]


def xen_arm_hangs(data):
    """In the header, where the code begins."""
    return HALT_ARM + data[len(HALT_ARM) :]


def xen_arm_panics():
    machine = changed(XEN_ARM, "dom0", "dom0_mem=64M", "dom0_mem=2G")
    result = xen_arm_sees("crash", machine, options=PANICS)
    panicked = result.code == 0 and "Panic on CPU" in result.report()
    need(panicked, "no panic that ends with 0", result)


def xen_arm_silent():
    """Xen finds no UART by that name. The guest runs, is content, and ends with
    0. A Xen of 2025 takes the device tree's own console then."""
    machine = changed(XEN_ARM, "dom0", "dtuart=/pl011@9000000", "dtuart=serial0")
    result = damaged_domain(machine, lambda data: data, {"timeout": 90})
    version = re.search(r"\bXen (?:version )?(4\.\d+)", result.console)
    if result.status == "pass" and version:
        raise Skip(f"Xen {version[1]} finds its console without being told")
    need(result.status == "silent", result.status, result, "silent")
    need(result.code == 0, "it did not end with 0", result)


def on_arm(add):
    for machine in XEN_ARM_MACHINES:
        name = f"what the hypervisor tells {machine}"
        add("Xen arm64", name, xen_arm_domain, machine)
        name = f"a truncated image fails in {machine}"
        add("Xen arm64", name, xen_arm_sees, "hang", machine, truncated)
        name = f"a guest that hangs fails in {machine}"
        add("Xen arm64", name, xen_arm_sees, "hang", machine, xen_arm_hangs)
    name = "the device tree's seed alone: refused"
    add("Xen arm64", name, seed_of_the_tree_alone, XEN_ARM, "dom0")
    for way, before in (("modern", NO_SEED), ("legacy", NO_SEED + LEGACY_MMIO)):
        name = f"{way} virtio-mmio in dom0: a file arrives whole"
        add("Xen arm64", name, file_arrives, "file", XEN_ARM, "dom0", before=before)
    add("Xen arm64", "a Xen that panics fails", xen_arm_panics)
    add("Xen arm64", "a Xen without a console fails", xen_arm_silent)


def xen_facts(board, tsc):
    """What only the hypervisor knows: its version, and through its own CPUID
    whether RDTSC is emulated. If it is, times are Xen's, and distrusted."""
    result, receipt = boot(board)
    facts = receipt["facts"][1]
    right = facts.get("tsc") == tsc and re.fullmatch(r"4\.\d+", facts.get("xen", ""))
    need(right, f"facts {facts}", result)
    said = receipt["distrust"][1]["flags"]
    wanted = "timing" if tsc == "emulated" else "unrecorded"
    need(said == wanted, f"distrust {said}", result, wanted)
    absent = source(result, receipt, "host-seed")[0] == "absent"
    need(absent, "a first domain has no name", result)


def xen_panics():
    """A PVH first domain wants an IOMMU. Xen ends with 0, which is no pass even
    where 0 is one."""
    machine = changed("xen-pvh", "first", "-device amd-iommu", "")
    machine = dataclasses.replace(machine, pass_rc=0, fail_rc=0)
    result = judge.boot("xen-pvh", image("xen-pvh", "smoke"), machine, **PANICS)
    crashed = result.status == "crash" and result.code == 0
    need(crashed, "not a crash that ends with 0", result)
    need("Panic on CPU 0:" in result.report(), "the report does not show the panic", result)


def on_x86(add):
    for board, tsc in XEN.items():
        group = boards.machine(board).group
        add(group, "what the hypervisor tells", xen_facts, board, tsc)
        name = "a truncated image fails, and Xen panics"
        add(group, name, judge_sees, ("crash",), truncate, board, says="Panic on CPU 0:", **PANICS)
        name = "a guest that hangs fails"
        add(group, name, judge_sees, ("hang",), hang, board, says="(XEN)", **HANGS)
        name = "an exception is a line and exit 1"
        says = "exception 6 at 0x00000000001"
        add(group, name, judge_sees, ("fail",), ud2, board, says=says)
        name = "a guest that traps at once fails"
        add(group, name, judge_sees, ("crash",), trap, board, says="(XEN)", **PANICS)
    name = "a guest that says nothing and claims to have passed"
    says = "0 lines [exit N]"
    add("Xen PVH", name, judge_sees, ("crash",), claim, "xen-pvh", says=says)
    add("Xen PVH", "a Xen that panics without an IOMMU fails", xen_panics)


def tests(add):
    on_x86(add)
    on_arm(add)
    says = "start: this is not Xen"
    name = "without Xen: a line and exit 1"
    add("Xen PVH", name, not_xen, "xen-pvh", "qemu-x86_64", "pc", says)
    add("Xen arm64", name, not_xen, XEN_ARM, ARM, "virt", says)
    # HVC is undefined without an EL2
    says = "exception 4 at .*"
    add("Xen arm64", f"{name}, at EL3", not_xen, XEN_ARM, ARM, "secure", says)
