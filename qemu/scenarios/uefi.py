# SPDX-License-Identifier: BSD-2-Clause
"""The guest is an application under the real firmware."""
import shutil

import judge
from judge import need
from scenarios.boots import boot, folder, source
from scenarios.devices import file_arrives, silent_egd, zeros_alone, zeros_beside_rdrand
from scenarios.host import clones, confidential_facts, same_seed_clones
from scenarios.images import image
from scenarios.loop import sleeps
from scenarios.machines import UEFI, over_pci

UEFI_SOURCES = ("uefi-raw", "uefi-raw-2", "uefi-drbg", "uefi-other")


def uefi_sources(machine):
    """Without a device these firmwares offer nothing, with one RAW, by one instance for each device, and with two U-Boot still one."""
    board, _, instruction, firmware = UEFI[machine]
    for count in (0, 1, 2):
        result, receipt = boot(board, machine=machine, devices="-device virtio-rng-pci " * count)
        credited = [name for name in UEFI_SOURCES if source(result, receipt, name)[0] == "credited"]
        need(credited == list(UEFI_SOURCES[:min(count, 1 if machine == "uboot" else 2)]), f"{count} devices: {credited}", result)
        need(source(result, receipt, instruction)[0] == "credited", f"{instruction} earned nothing", result)
        need(f"facts {firmware} revision=" in result.console, "it does not tell whose firmware that is", result)


def uefi_sees(machine, change):
    """A PE image that was damaged. What the firmware then does is its own affair (U-Boot runs what is left of one); nothing of it is a pass. It has
    twice the time that it needs for one that is whole."""
    board = UEFI[machine][0]
    whole, _ = boot(board, machine=machine)
    with folder() as there:
        shutil.copy(image(board, "smoke"), there / "smoke.elf")
        (there / "smoke.bin").write_bytes(change(image(board, "smoke").with_suffix(".bin").read_bytes()))
        result = judge.boot(board, there / "smoke.elf", machine, timeout=max(6, 2 * whole.seconds))
    need(result.status in ("hang", "crash") and "ok refuses" not in result.console, f"judged {result.status}", result)


def uefi_hangs(data):
    """Over the entry point, the one of the PE header: PE Format, Microsoft."""
    header = int.from_bytes(data[0x3c:0x40], "little")
    entry = int.from_bytes(data[header + 40:header + 44], "little")
    machine = data[header + 4:header + 6]
    loop = b"\xeb\xfe" if machine == b"\x64\x86" else bytes.fromhex("00000014")
    return data[:entry] + loop + data[entry + len(loop):]


def uefi_blocks(machine):
    """The documented limit: a device that never answers holds the firmware, and the firmware us. It is no pass, and not a byte was served."""
    board, cpu, _, _ = UEFI[machine]
    with folder() as there, silent_egd(there / "egd"):
        devices = over_pci("silent", "transitional").format(socket=there / "egd")
        result = judge.boot(board, image(board, "smoke"), machine, cpu=cpu, devices=devices, timeout=10)
    need(result.status == "hang" and result.console.rstrip().endswith("ok refuses until seeded"), "it did not stop where it should", result)


def tests(add):
    for machine, (board, cpu, _, _) in UEFI.items():
        add("UEFI", f"what {machine} offers", uefi_sources, machine)
        add("UEFI", f"{machine}: /dev/zero behind RAW alone: refused", zeros_alone, board, machine, over_pci("zeros", "transitional"), cpu, "uefi-raw")
        add("UEFI", f"{machine}: /dev/zero behind RAW: degraded", zeros_beside_rdrand, board, machine, over_pci("zeros", "transitional"), "uefi-raw")
        add("UEFI", f"{machine}: a file behind RAW arrives whole", file_arrives, "file", board, machine, "virtio-rng-pci", "", "uefi-raw")
        add("UEFI", f"{machine}: a truncated image fails", uefi_sees, machine, lambda data: data[:4096])
        add("UEFI", f"{machine}: a guest that hangs fails", uefi_sees, machine, uefi_hangs)
    add("UEFI", "aavmf: a device that never answers: the limit", uefi_blocks, "aavmf")
    add("UEFI", "aavmf: at EL2", boot, "uefi-aarch64", machine="aavmf", devices="-M virtualization=on")
    for machine in ("ovmf", "aavmf"):  # U-Boot has no interrupt: it polls
        add("UEFI", f"a wait is sleep under {machine}", sleeps, UEFI[machine][0], machine)
    add("UEFI", "ovmf: confidential: the host is mixed and not counted", confidential_facts, "uefi-x86_64", "ovmf")
    add("UEFI", "ovmf: clones diverge", clones, "ovmf", "uefi-x86_64", "-device vmgenid,guid=auto")
    add("UEFI", "ovmf: clones with the same RDRAND diverge", same_seed_clones, "ovmf", "uefi-x86_64")
