# SPDX-License-Identifier: BSD-2-Clause
"""RISC-V: Zkr, virtio-rng and the device tree's seed, in M-mode and in S-mode
under OpenSBI."""
import contextlib

from harness import boards, judge
from harness.failures import need, need_status
from harness.make import shell
from harness.seed import fresh_seed
from scenarios.boots import boot, folder, lines_of, source
from scenarios.cortex_m import arc4random
from scenarios.damaged import at_entry, at_main, judge_sees, truncate
from scenarios.devices import (
    device_stops,
    file_arrives,
    none_at_all,
    silent_egd,
    slow_device,
    virtio_alone,
    zeros_alone,
    zeros_beside_rdrand,
)
from scenarios.images import image
from scenarios.instruction import replays, serves_alone
from scenarios.loop import loop_passes
from scenarios.machines import LEGACY_MMIO, PCI, RNG, over_pci, seedless
from scenarios.versions import SECOND, on_second_qemu, unpacked

V64, V32, SBI, FE310 = "qemu-riscv64-virt", "qemu-riscv32-virt", "qemu-riscv64-sbi", "sifive-e"
VIRT = (V64, V32, SBI)
ZKR = {V64: "rv64,zkr=true", V32: "rv32,zkr=true", SBI: "rv64,zkr=true"}
NO_ZKR = {V64: "rv64", V32: "rv32", SBI: "rv64"}


def zkr_alone(board, devices=""):
    absent = ("virtio-rng", "host-seed")
    how = {"machine": seedless(board), "cpu": ZKR[board], "devices": devices}
    serves_alone(board, "riscv-zkr", absent, **how)


def all_three(board):
    """The device may not be done with its start-up when the others are enough."""
    result, receipt = boot(board, cpu=ZKR[board])
    for name in ["host-seed"] + ["riscv-zkr"] * (board != SBI):
        word = source(result, receipt, name)[0]
        need(word == "credited", f"{name} is {word}", result)
    bits = source(result, receipt, "host-seed")[1]["bits"]
    need(bits == "256", "32 bytes of seed are 256 bits", result)
    heard = int(source(result, receipt, "virtio-rng")[1]["bytes"])
    need(heard >= 32, "virtio-rng was not heard", result)


def seed_alone(board):
    """Credited, and not enough: 256 bits of 384."""
    for app in ("smoke", "keygen"):
        result, receipt = boot(board, app, expect="refuse", cpu=NO_ZKR[board], devices="")
        word, pairs = source(result, receipt, "host-seed")
        seen = word, pairs["bits"], pairs["state"]
        need(seen == ("credited", "256", "used-up"), "not the seed alone", result)
        says = "fewer than 384 bits" in receipt["state"][1]["why"]
        need("BEGIN" not in result.console and says, "a key, or it does not say why", result)


def told_and_not_there(board, word):
    """The tree says zkr, and the CSR traps: found out, and survived."""
    machine = seedless(board, f"-cpu {ZKR[board]}")
    result, receipt = boot(board, machine=machine, expect="refuse", cpu=NO_ZKR[board], devices="")
    seen = source(result, receipt, "riscv-zkr")[0]
    need(seen == word, f"Zkr is {seen}, not {word}", result)
    result, _ = boot(board, machine=machine, cpu=NO_ZKR[board], devices=RNG["honest"])


def not_told(board):
    """The CPU has it and the tree does not say so: nobody executes it."""
    machine = seedless(board, f"-cpu {NO_ZKR[board]}")
    result, receipt = boot(board, machine=machine, expect="refuse", cpu=ZKR[board], devices="")
    seen = source(result, receipt, "riscv-zkr")[0]
    need(seen == "absent", f"Zkr is {seen}, not absent", result)


def denied_under_opensbi():
    """OpenSBI 1.1 leaves mseccfg.SSEED alone, so the CSR traps in S-mode."""
    result, receipt = boot(SBI, machine=seedless(SBI), expect="refuse", cpu=ZKR[SBI], devices="")
    word, pairs = source(result, receipt, "riscv-zkr")
    says = "must not be used here" in pairs["why"]
    need(word == "unfit" and says, f"Zkr is {word}, not unfit", result)


def let_in_by_opensbi():
    """OpenSBI 1.6 sets mseccfg.SSEED, and has the console of SBI 2.0."""
    (firmware,) = unpacked(f"{SECOND}/opensbi")
    zkr_alone(SBI, f"-bios {firmware}/fw_dynamic.bin")


def zkr_replays(board):
    random = "-object rng-random,id=r0,filename=/dev/urandom -device virtio-rng-device,rng=r0"
    replays(board, random, seedless(board), cpu=ZKR[board])


def silent_alone(board):
    """A device that never answers is named, and the wait has an end."""
    with folder() as there, silent_egd(there / "egd"):
        devices = RNG["silent"].format(socket=there / "egd")
        result, receipt = boot(
            board,
            machine=seedless(board),
            expect="refuse",
            cpu=NO_ZKR[board],
            devices=devices,
            timeout=120,
        )
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)
        why = source(result, receipt, "virtio-rng")[1]["why"]
        need("silent: no answer" in why, "the silent device is not named", result)


def without_a_tree():
    """Entered by a loader that hands over none: what is at fixed places is
    found, and nothing is said to be absent that was not looked for."""
    devices = "-device virtio-rng-device -device loader,addr=0x80000000,cpu-num=0"
    for board in (V64, V32):
        result, receipt = boot(board, cpu=ZKR[board], devices=devices)
        words = [source(result, receipt, f"virtio-rng{n}")[0] for n in ("", "-2")]
        need(words == ["credited", "unseen"], f"devices are {words}", result)
        word = source(result, receipt, "riscv-zkr")[0]
        need(word == "absent", f"Zkr is {word}, and no tree tells of it", result)


def four_harts(board):
    """One goes on: hart 0 in M-mode, one of OpenSBI's choice in S-mode."""
    devices = "-smp 4 -device virtio-rng-device"
    result = judge.boot(board, image(board, "smoke"), timeout=20, devices=devices)
    need_status(result, "pass")
    receipts = result.console.count("seedbed-receipt 1\n")
    need(receipts == 1 and result.console.count("[exit") == 1, "not one hart alone", result)


# Programs in M-mode that run before the image, or in the place of OpenSBI.
AT = 0x82FFF000
TO_S_MODE = """
	li t0, -1
	csrw pmpaddr0, t0
	li t0, 0x1f
	csrw pmpcfg0, t0
	li t0, 7
	csrw mcounteren, t0
	li t0, 4 /* what is illegal in S-mode is told there */
	csrw medeleg, t0
	li t0, 0x1800
	csrc mstatus, t0
	li t0, 0x800
	csrs mstatus, t0
	li t0, IMAGE
	csrw mepc, t0
	li a0, 0
	li a1, 0
	mret
"""
# Knows the console call of version 0.1, and nothing more.
LITTLE_FIRMWARE = f"""
	la t0, call
	csrw mtvec, t0
	li t0, 2 /* SSI is S-mode's */
	csrw mideleg, t0
{TO_S_MODE}
	.balign 4
call:
	csrw mscratch, t0
	li t0, 1
	bne a7, t0, 1f
	li t0, 0x10000000
	sb a0, (t0)
	li a0, 2
1:	addi a0, a0, -2
	beqz a0, 2f
	li a0, -2
2:	csrr t0, mepc
	addi t0, t0, 4
	csrw mepc, t0
	csrr t0, mscratch
	mret
"""


@contextlib.contextmanager
def below(board, code, entry):
    """QEMU arguments: the machine starts in this code, which enters the image
    in S-mode."""
    bits = 32 if board == V32 else 64
    with folder() as there:
        (there / "below.S").write_text(code.replace("IMAGE", hex(entry)))
        abi = f"-march=rv{bits}imac_zicsr -mabi={'ilp32' if bits == 32 else 'lp64'}"
        words = f"riscv64-unknown-elf-gcc {abi} -nostdlib -Wl,-Ttext={AT:#x},-e,{AT:#x}".split()
        shell(*words, there / "below.S", "-o", there / "below")
        yield f"-device loader,file={there}/below,cpu-num=0 "


def wrong_mode(board):
    """A line and exit 1, and nothing of the program runs."""
    if board == SBI:
        context = contextlib.nullcontext("-device loader,addr=0x80200000,cpu-num=0")
        line = "start: an image for S-mode, and this is M-mode"
    else:
        context = below(board, TO_S_MODE, 0x80000000)
        line = "start: an image for M-mode, and this is S-mode"
    with context as devices:
        result = judge.boot(board, image(board, "smoke"), devices=devices, timeout=20)
    need_status(result, "fail")
    need(lines_of(result) == [line, "[exit 1]"], "not its line alone", result, line)


def under_little_firmware():
    """Without a timer waits poll. Without a reset the machine's own ends it."""
    with below(SBI, LITTLE_FIRMWARE, 0x80200000) as devices:
        result, _ = boot(SBI, devices=f"{devices} -device virtio-rng-device")
        need("OpenSBI" not in result.console, "another firmware ran", result)
        loop_passes(SBI, events=False, devices=devices)
        boot(SBI, expect="refuse", devices=devices)


# wfi; j. An illegal instruction.
HALT, ILLEGAL = bytes.fromhex("730050106ff0dfff"), bytes(4)


def halt(path):
    at_entry(path, HALT)


def illegal(path):
    at_main(path, ILLEGAL)


def fe310_seed():
    result, receipt = boot(FE310)
    word, pairs = source(result, receipt, "board-seed")
    need(word == "credited" and int(pairs["bits"]) == 384, "48 bytes are 384 bits", result)
    with fresh_seed(boards.machine(FE310), 47) as devices:
        boot(FE310, expect="refuse", devices=devices)


def getentropy(board, **without):
    """picolibc's getentropy: EIO and zeros without a source, random bytes with
    one."""
    result, _ = boot(board, "getentropy", expect="refuse", **without)
    need("ok refuses with EIO and zeros" in result.console, "not EIO", result)
    boot(board, "getentropy")


def over_virtio(add, board, group):
    """What stands behind the device, over MMIO; and that it is found over
    PCI."""
    machine, cpu = seedless(board), NO_ZKR[board]
    for way, before in (("modern", ""), ("legacy", LEGACY_MMIO)):
        name = f"{way} virtio-mmio"
        given = before + RNG["honest"]
        add(group, f"{name} alone", virtio_alone, board, machine, given, cpu, "riscv-zkr")
        for kind, says in (("file", "a file arrives whole"), ("short", "answers of 8 bytes")):
            add(group, f"{name}: {says}", file_arrives, kind, board, machine, before=before)
    for way, device in PCI.items():
        given = over_pci("honest", way)
        name = f"{way} virtio over PCI"
        add(group, f"{name} alone", virtio_alone, board, machine, given, cpu, "riscv-zkr")
        name = f"{name}: a file arrives whole"
        add(group, name, file_arrives, "file", board, machine, device)
    add(group, "/dev/zero alone", zeros_alone, board, machine, RNG["zeros"], cpu)
    if board != SBI:
        name = "/dev/zero beside Zkr: degraded"
        add(group, name, zeros_beside_rdrand, board, machine, RNG["zeros"], cpu=ZKR[board])
    add(group, "a slow device: READY", slow_device, board, machine, RNG["slow"], cpu)
    name = "a device that stops: refused after 60 s"
    add(group, name, device_stops, board, machine, RNG["stops"], cpu)
    add(group, "a device that never answers: refused", silent_alone, board)


def slow_tests(add):
    name = "second QEMU: Zkr under a second OpenSBI: credited"
    add("versions", name, on_second_qemu(let_in_by_opensbi))


def tests(add):
    for board in VIRT:
        group = boards.machine(board).group
        add(group, "Zkr, virtio-rng and the device tree's seed", all_three, board)
        add(group, "the device tree's seed alone: refused", seed_alone, board)
        name = "no source and a deterministic clock: refused"
        counted = "-icount shift=0,sleep=off"
        add(group, name, none_at_all, board, seedless(board), NO_ZKR[board], counted)
        word = "unfit" if board == SBI else "absent"
        add(group, f"Zkr that is told and traps: {word}", told_and_not_there, board, word)
        add(group, "Zkr that is not told: absent", not_told, board)
        add(group, "four harts: one goes on", four_harts, board)
        add(group, "in another mode: a line and exit 1", wrong_mode, board)
        over_virtio(add, board, group)
        ends = ("silent", "crash", "hang")
        add(group, "a truncated image fails", judge_sees, ends, truncate, board, timeout=5)
        add(group, "a guest that hangs fails", judge_sees, ("hang",), halt, board, timeout=5)
        name = "an exception is a line and exit 1"
        add(group, name, judge_sees, ("fail",), illegal, board, says="exception 2 at 0x")
    for board in (V64, V32):
        group = boards.machine(board).group
        add(group, "Zkr alone", zkr_alone, board)
        add(group, "Zkr that repeats in each boot", zkr_replays, board)
    add(boards.machine(SBI).group, "Zkr under OpenSBI 1.1: unfit", denied_under_opensbi)
    name = "a firmware with a console and nothing more"
    add(boards.machine(SBI).group, name, under_little_firmware)
    add(boards.machine(V64).group, "entered without a device tree", without_a_tree)
    add(boards.machine(V32).group, "getentropy of picolibc", getentropy, V32, cpu=NO_ZKR[V32],
        machine=seedless(V32), devices="")
    group = boards.machine(FE310).group
    add(group, "a seed of 48 bytes, and one of 47", fe310_seed)
    add(group, "getentropy of picolibc", getentropy, FE310)
    add(group, "arc4random of picolibc", arc4random, FE310)
