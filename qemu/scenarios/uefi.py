# SPDX-License-Identifier: BSD-2-Clause
"""The guest is an application under the real firmware.

EDK II of 2025 offers RAW without a device too, made of RDRAND, and EDK II of
2022 does not (measured). What a firmware has of itself is asked first."""
import re
import shutil

from harness import judge
from harness.failures import need
from harness.receipt import credited
from scenarios.boots import boot, folder, source
from scenarios.damaged import HALT_ARM, HALT_X86
from scenarios.devices import file_arrives, silent_egd, zeros_alone, zeros_beside_rdrand
from scenarios.host import clones, confidential_facts, same_seed_clones
from scenarios.images import image
from scenarios.machines import UEFI, over_pci

STOPPED = "ok refuses until seeded"  # what smoke says before its first wait
RAWS = ("uefi-raw", "uefi-raw-2")
SOURCES = RAWS + ("uefi-drbg", "uefi-other")


def uefi_sources(machine):
    """What there is without a device; with devices one RAW more for each, by an
    instance each, and with two under U-Boot still one."""
    firmware = UEFI[machine]
    own = 0
    for count in (0, 1, 2):
        devices = "-device virtio-rng-pci " * count
        result, receipt = boot(firmware.board, machine=machine, cpu=firmware.cpu, devices=devices)
        here = [name for name in credited(receipt) if name in SOURCES]
        if not count:
            own = len(here)
        more = min(count, 1 if machine == "uboot" else 2)
        expected = list(RAWS[: own + more])
        need(here == expected and own < 2, f"{count} devices: {here}", result, str(expected))
        word = source(result, receipt, firmware.instruction)[0]
        need(word == "credited", f"{firmware.instruction} earned nothing", result)
        said = rf'facts firmware="[^"]*{firmware.name}" revision='
        need(re.search(said, result.console), "it does not tell whose firmware that is", result)


def uefi_sees(machine, change):
    """A PE image that was damaged. What the firmware then does is its own
    affair (U-Boot runs what is left of one); nothing of it is a pass. It has
    twice the time that it needs for one that is whole."""
    board = UEFI[machine].board
    path = image(board, "smoke")
    whole, _ = boot(board, machine=machine)
    with folder() as there:
        shutil.copy(path, there / "smoke.elf")
        (there / "smoke.bin").write_bytes(change(path.with_suffix(".bin").read_bytes()))
        timeout = max(6, 2 * whole.seconds)
        result = judge.boot(board, there / "smoke.elf", machine, timeout=timeout)
    ended = result.status in ("hang", "crash")
    need(ended and "ok refuses" not in result.console, result.status, result, "hang or crash")


def truncated(data):
    return data[:4096]


def uefi_hangs(data):
    """Over the entry point, the one of the PE header: PE Format, Microsoft."""
    header = int.from_bytes(data[0x3C:0x40], "little")
    entry = int.from_bytes(data[header + 40 : header + 44], "little")
    machine = data[header + 4 : header + 6]
    loop = HALT_X86 if machine == b"\x64\x86" else HALT_ARM
    return data[:entry] + loop + data[entry + len(loop) :]


def uefi_blocks(machine):
    """The documented limit: a device that never answers holds the firmware, and
    the firmware us. It is no pass, and not a byte was served."""
    firmware = UEFI[machine]
    path = image(firmware.board, "smoke")
    with folder() as there, silent_egd(there / "egd"):
        devices = over_pci("silent", "transitional").format(socket=there / "egd")
        given = {"cpu": firmware.without, "devices": devices}
        last = {"since": f"^{STOPPED}$", "timeout": 5}
        result = judge.boot(firmware.board, path, machine, **given, **last)
    stopped = result.console.rstrip().endswith(STOPPED)
    need(result.status == "hang" and stopped, "it did not stop where it should", result)


def tests(add):
    zeros = over_pci("zeros", "transitional")
    for machine, firmware in UEFI.items():
        board = firmware.board
        add("UEFI", f"what {machine} offers", uefi_sources, machine, budget=25)
        name = f"{machine}: /dev/zero behind RAW alone: refused"
        add("UEFI", name, zeros_alone, board, machine, zeros, firmware.without, RAWS[0])
        name = f"{machine}: /dev/zero behind RAW: degraded"
        add("UEFI", name, zeros_beside_rdrand, board, machine, zeros, RAWS, firmware.cpu)
        name = f"{machine}: a file behind RAW arrives whole"
        add("UEFI", name, file_arrives, "file", board, machine, "virtio-rng-pci", "", RAWS)
        for name, change in (("truncated image", truncated), ("guest that hangs", uefi_hangs)):
            add("UEFI", f"{machine}: a {name} fails", uefi_sees, machine, change, budget=25)
    name = "aavmf: a device that never answers: the limit"
    add("UEFI", name, uefi_blocks, "aavmf", budget=20)
    el2 = "-M virtualization=on"
    add("UEFI", "aavmf: at EL2", boot, "uefi-aarch64", machine="aavmf", devices=el2)
    name = "ovmf: confidential: the host is mixed and not counted"
    add("UEFI", name, confidential_facts, "uefi-x86_64", "ovmf")
    vmgenid = "-device vmgenid,guid=auto"
    add("UEFI", "ovmf: clones diverge", clones, "ovmf", "uefi-x86_64", vmgenid)
    name = "ovmf: clones with the same RDRAND diverge"
    add("UEFI", name, same_seed_clones, "ovmf", "uefi-x86_64")
