# SPDX-License-Identifier: BSD-2-Clause
"""What is tried on the boards: which sources a machine has and has not, what they do wrong, and what the guest must then say."""
import contextlib
import dataclasses
import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

import clone
import confidential
import hostile
import judge

BUILD = judge.TOP / "build"
NO_INSTRUCTION = "max,-rdrand,-rdseed"
VIRTIO = "-device virtio-rng-device,rng=r0"
RNG = {  # what stands behind virtio-rng
    "honest": "-object rng-builtin,id=r0 " + VIRTIO,
    "zeros": "-object rng-random,id=r0,filename=/dev/zero " + VIRTIO,
    "short": "-object rng-random,id=r0,filename={file} " + VIRTIO + ",max-bytes=8,period=1",
    "file": "-object rng-random,id=r0,filename={file} " + VIRTIO,
    "silent": "-chardev socket,id=c0,path={socket} -object rng-egd,id=r0,chardev=c0 " + VIRTIO,
    "absent": "",
}
ALIKE = ("pc", "q35")  # machines of the x86 boards that differ from microvm and not from each other
LEGACY_MMIO = "-global virtio-mmio.force-legacy=true "  # QEMU's default; the last one on a command line counts
PCI = {  # ways to one device over PCI: what takes the place of virtio-rng-device
    "transitional": "virtio-rng-pci",
    "modern": "virtio-rng-pci,disable-legacy=on",
    "legacy": "virtio-rng-pci,disable-modern=on",
}
ARM = "qemu-aarch64-virt"
ARM_MACHINES = ("virt", "image", "moved")
NO_RNDR = "cortex-a57"
NO_SEED = "-M dtb-randomness=off "  # none in the device tree
SEED = "-device loader,file={file},addr=0x203fffc0,force-raw=on"  # boards/mps2-an385/board.c
READS_MAX = 4096     # from entry to READY with RDRAND and virtio-rng
figures = {}         # what the budgets print: name -> (measured, budget, unit)


def need(truth, what, result=None):
    if not truth:
        raise judge.Failure(what + ("\n" + result.report() if result else ""))


def image(board, app, machine=None):
    return solo5_image(app, machine) if machine in SOLO5_REAL else BUILD / board / f"{app}.elf"


def boot(board, app="smoke", machine=None, expect="pass", **options):
    """One boot that must end as expected; its result and its receipt."""
    result = judge.boot(board, image(board, app, machine), machine, **options)
    need(result.status == expect, f"expected {expect}", result)
    return result, judge.receipt(result.console)


def smoke_passes(board, path):
    """A smoke image of whatever build, on what its board needs to be ready."""
    with folder() as there:
        for machine in ("virt", "moved") if board == ARM else (None,):
            result = judge.boot(board, path, machine, devices=SEED.format(file=seed_file(there)) if board == "mps2-an385" else None)
            need(result.status == "pass", "expected pass", result)


def source(result, receipt, name):
    need(receipt and name in receipt["source"], f"no receipt that names {name}", result)
    words, pairs = receipt["source"][name]
    return words[0], pairs


def seed_file(folder, length=48):
    """What a boot loader leaves in the RAM of mps2-an385: fresh in every boot."""
    path = Path(folder) / "seed"
    path.write_bytes(b"SEEDBED1" + length.to_bytes(4, "little") + os.urandom(length))
    return str(path)


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextlib.contextmanager
def silent_egd(path):
    """An entropy daemon that listens, takes the request, and never answers."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(1)
        yield


# x86-64 -------------------------------------------------------------------------------------------------------------------------

def rdrand_and_virtio():
    result, receipt = boot("qemu-x86_64", machine="microvm", devices=RNG["honest"])
    for name in ("x86-rdrand", "virtio-rng"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) > 0, f"{name} earned nothing", result)
    reads = int(receipt["reads"][0][0])
    figures["reads to READY, RDRAND and virtio-rng"] = (reads, READS_MAX, "")
    need(reads <= 10 * READS_MAX, f"{reads} reads to READY", result)


def rdrand_alone(board, machine):
    result, receipt = boot(board, machine=machine, devices=RNG["absent"])
    word, pairs = source(result, receipt, "x86-rdrand")
    need(word == "credited" and int(pairs["bits"]) >= 384, "RDRAND is not what made it ready", result)
    need(int(pairs["bytes"]) >= 384 * 64, "a DRBG was credited more than 1/64 bit a byte", result)
    if machine == "microvm":
        need(source(result, receipt, "virtio-rng")[0] == "absent", "virtio-rng was found where there is none", result)


def rdseed(machine, must=False):
    """must: this QEMU has it."""
    result, receipt = boot("qemu-x86_64", machine=machine, cpu="max", devices=RNG["absent"])
    if source(result, receipt, "x86-rdseed")[0] == "absent" and not must:
        version = subprocess.run(["qemu-system-x86_64", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
        raise judge.Skip(f"no RDSEED in the CPU of {version}")
    need(source(result, receipt, "x86-rdseed")[0] == "credited", "RDSEED earned nothing", result)


def virtio_alone(board="qemu-x86_64", machine="microvm", devices=RNG["honest"], cpu=NO_INSTRUCTION, instruction="x86-rdrand"):
    result, receipt = boot(board, machine=machine, cpu=cpu, devices=devices)
    need(source(result, receipt, instruction)[0] == "absent", f"{instruction} was found where there is none", result)
    need(int(source(result, receipt, "virtio-rng")[1]["bits"]) >= 384, "virtio-rng is not what made it ready", result)


def none_at_all(board, machine, cpu=NO_INSTRUCTION, extra=""):
    for app in ("smoke", "keygen"):
        result, receipt = boot(board, app, machine, "refuse", cpu=cpu, devices=extra)
        need("BEGIN" not in result.console, "a key was made", result)
        need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def zeros_alone(board="qemu-x86_64", machine="microvm", devices=RNG["zeros"], cpu=NO_INSTRUCTION, name="virtio-rng"):
    result, receipt = boot(board, "keygen", machine, "refuse", cpu=cpu, devices=devices)
    need("BEGIN" not in result.console, "a key was made of zeros", result)
    word, pairs = source(result, receipt, name)
    need(pairs["state"] == "retired" and pairs["bits"] == "0" and "repetition" in pairs["why"], "the zeros were not caught", result)


def zeros_beside_rdrand(board="qemu-x86_64", machine="microvm", devices=RNG["zeros"], name="virtio-rng"):
    result, receipt = boot(board, machine=machine, devices=devices)
    need(receipt["state"][0] == ["degraded"], "not DEGRADED", result)
    need(source(result, receipt, name)[1]["state"] == "retired", f"{name} is not named", result)


def recorded(result, name):
    return bytes.fromhex("".join(re.findall(rf"^raw {name} ([0-9a-f]+)$", result.console, re.M)))


def file_arrives(kind, board="qemu-x86_64", machine="microvm", device=None, before="", name="virtio-rng"):
    """Each byte once and in order, whatever the sizes of the answers."""
    devices = before + RNG[kind].replace("virtio-rng-device", device or "virtio-rng-device")
    with folder() as there:
        content = os.urandom(4096)
        (there / "file").write_bytes(content)
        result, _ = boot(board, "record", machine, devices=devices.format(file=there / "file"))
        answers = [bytes.fromhex(text) for text in re.findall(rf"^raw {name} ([0-9a-f]+)$", result.console, re.M)]
        places = [content.find(answer) for answer in answers]
        need(sum(map(len, answers)) >= 256 and -1 not in places, "not bytes of the file", result)
        ends = [0] + [place + len(answer) for place, answer in zip(places, answers)]
        # QEMU 7.2 itself drops an answer, and then exceeds max-bytes, when its timer fires while a request is under way
        need(all(end <= place if kind == "short" else end == place for end, place in zip(ends, places)), "bytes twice, or not in order", result)
        need(kind != "short" or 8 in map(len, answers), "no answer of 8 bytes", result)


def silent_beside_rdrand():
    with folder() as there, silent_egd(there / "egd"):
        result, receipt = boot("qemu-x86_64", machine="microvm", devices=RNG["silent"].format(socket=there / "egd"))
        need("no answer yet" in source(result, receipt, "virtio-rng")[1]["why"], "the silent device is not named", result)


def silent_alone():
    with folder() as there, silent_egd(there / "egd"):
        result, receipt = boot("qemu-x86_64", "smoke", "microvm", "refuse", cpu=NO_INSTRUCTION,
                               devices=RNG["silent"].format(socket=there / "egd"), timeout=120)
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)


def replayed_file(period):
    """A device that gives the same bytes for ever; 48 of them, and each answer is the one before."""
    with folder() as there:
        (there / "file").write_bytes(os.urandom(period) * 1000)
        result, receipt = boot("qemu-x86_64", "smoke", "microvm", "refuse", cpu=NO_INSTRUCTION, devices=RNG["file"].format(file=there / "file"))
        need(source(result, receipt, "virtio-rng")[1]["state"] == "retired", "the replay was not caught", result)


def keys_of(console):
    return re.findall(r"-----BEGIN PRIVATE KEY-----\n(.*?)-----END", console, re.S)


def keys_of_a_boot(board, machine, seeded):
    with folder() as there:
        devices = SEED.format(file=seed_file(there)) if seeded else None
        result, _ = boot(board, "keygen", machine, devices=devices, timeout=120)
        keys = keys_of(result.console)
        need(len(keys) == 3, "not three keys", result)
        return keys


def openssl_accepts(keys):
    for key in keys:
        run = subprocess.run(["openssl", "pkey", "-check", "-noout"], capture_output=True, text=True,
                             input=f"-----BEGIN PRIVATE KEY-----\n{key}-----END PRIVATE KEY-----\n")
        need(run.returncode == 0 and "Key is valid" in run.stdout, f"openssl refuses a key: {run.stderr}")


def two_boots(board, machine, seeded=False):
    """Two boots share no key, and openssl accepts every one of them."""
    keys = keys_of_a_boot(board, machine, seeded) + keys_of_a_boot(board, machine, seeded)
    openssl_accepts(keys)
    need(len(set(keys)) == 6, "two boots share a key")


def two_samples(board):
    samples = []
    for _ in range(2):
        result, _ = boot(board)
        samples += re.findall(r"^sample ([0-9a-f]{64})$", result.console, re.M)
    need(len(set(samples)) == 2, f"two boots, and these samples: {samples}")


def clones(machine, board="qemu-x86_64", devices=None):
    lists, faults = clone.check(board, image(board, "clone"), machine, devices=devices)
    need(not faults, "; ".join(faults))


def same_seed_clones(machine, board="qemu-x86_64"):
    """Every RNG under QEMU replays, so the clones' RDRAND is the same: the generation id alone tells them apart."""
    clones(machine, board, "-device vmgenid,guid=auto -seed 7")


def over_pci(kind, way):
    return RNG[kind].replace("virtio-rng-device", PCI[way])


def virtio_refused(board, machine, devices, cpu=NO_INSTRUCTION):
    """A device that cannot be used as it is: as good as none, and the CPU's instruction serves beside it."""
    result, receipt = boot(board, machine=machine, devices=devices)
    need(source(result, receipt, "virtio-rng")[0] == "absent", "virtio-rng was used", result)
    need(receipt["state"][0] == ["ready"], "not READY", result)
    boot(board, machine=machine, expect="refuse", cpu=cpu, devices=devices)


HARMLESS = ("honest", "an answer that is late")
BY_CHANCE = ("an answer that is repeated", "writes after the answer")  # caught or harmless: it depends on when the driver looks


def hostile_device(board, fault):
    """Caught, it loses all credit: DEGRADED beside RDRAND, refused alone. It is never more than that, whatever it writes and when."""
    for cpu in (None, NO_INSTRUCTION):
        with hostile.device(fault) as (devices, device):
            result = judge.boot(board, image(board, "smoke"), "pc", cpu=cpu, devices=devices)
        receipt = judge.receipt(result.console)
        _, pairs = source(result, receipt, "virtio-rng")
        need(device.served, "the device was asked for nothing", result)
        need(bool(device.after_reset) == (fault != "honest"), "no write after the reset", result)
        caught = pairs["state"] == "retired" if fault in BY_CHANCE else fault not in HARMLESS
        need(result.status == ("refuse" if caught and cpu else "pass"), "not as the rules say", result)
        if caught:
            need((pairs["state"], pairs["bits"], pairs["alarms"]) == ("retired", "0", "3"), "not caught", result)
            need(receipt["state"][0] == ["gathering" if cpu else "degraded"], "not as the rules say", result)
        elif cpu:
            need(int(pairs["bits"]) >= 384, "it is not what made it ready", result)


def hostile_bytes(board, fault):
    """However often it answers, never more than the buffer is used of an answer."""
    with hostile.device(fault) as (devices, device):
        result, _ = boot(board, "record", "pc", devices=devices)
    got = recorded(result, "virtio-rng")
    need(device.served and len(got) <= 64 * (device.served + device.repeated), f"{len(got)} bytes of {device.served} answers", result)


def errata(board):
    result = judge.boot(board, image(board, "errata"), "microvm")
    need(result.status == "pass", "expected pass", result)


def confidential_facts(board, machine="microvm"):
    """The same devices on machines that say they are plain, SEV, SEV-ES, SEV-SNP, TDX, or a realm of CCA."""
    result = judge.boot(board, image(board, "confidential"), machine, cpu="max")
    need(result.status == "pass", "expected pass", result)


def boot_as(board, name, app, expect, cpu):
    """The image that `make` built, on a CPU that answers as that machine's would; what the receipt says of the host's source."""
    isa = board.removeprefix("qemu-")
    with confidential.machine(name, image(board, app), isa) as (options, answers):
        result, receipt = boot(board, app, "microvm", expect, cpu=cpu, devices=options + RNG["honest"], timeout=120)
    need(answers.given, "nobody asked", result)
    return result, receipt, source(result, receipt, "virtio-rng")


def confidential_guest(board, name):
    result, receipt, (word, pairs) = boot_as(board, name, "smoke", "pass", "max")
    need((word, pairs["bits"], pairs["why"]) == ("refused", "0", "not trusted on this machine"), "the host counts", result)
    need(int(pairs["bytes"]) >= 32 and receipt["distrust"][1]["flags"] == "host", "it is not mixed, or nobody says why", result)
    need(int(source(result, receipt, "x86-rdrand")[1]["bits"]) >= 384, "RDRAND is not what made it ready", result)
    for app in ("smoke", "keygen"):
        result, receipt, (word, pairs) = boot_as(board, name, app, "refuse", NO_INSTRUCTION)
        need((word, pairs["bits"], pairs["why"]) == ("refused", "0", "not trusted on this machine"), "the host counts", result)
        need("no source" in receipt["state"][1]["why"] and receipt["distrust"][1]["flags"] == "host", "it does not say why", result)
        need("BEGIN" not in result.console, "a key was made", result)


def able_and_plain(board):
    """A CPU that could be confidential and is not: the host counts."""
    for cpu in ("max", NO_INSTRUCTION):
        result, receipt, (word, pairs) = boot_as(board, "AMD, plain though able", "smoke", "pass", cpu)
        need(word == "credited" and "distrust" not in receipt, "the host does not count", result)


# Cortex-M -----------------------------------------------------------------------------------------------------------------------

def m3_without_seed():
    result, receipt = boot("mps2-an385", expect="refuse")
    need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def m3_with_seed():
    with folder() as there:
        result, receipt = boot("mps2-an385", devices=SEED.format(file=seed_file(there)))
        word, pairs = source(result, receipt, "board-seed")
        need(word == "credited" and int(pairs["bits"]) == 384, "48 bytes are 384 bits", result)


def m3_short_seed():
    with folder() as there:
        boot("mps2-an385", expect="refuse", devices=SEED.format(file=seed_file(there, 47)))


def m3_getentropy():
    """newlib's getentropy: EIO and zeros without a seed, random bytes with one."""
    result = judge.boot("mps2-an385", image("mps2-an385", "getentropy"))
    need(result.status == "refuse" and "ok refuses with EIO and zeros" in result.console, "expected EIO", result)
    with folder() as there:
        result = judge.boot("mps2-an385", image("mps2-an385", "getentropy"), devices=SEED.format(file=seed_file(there)))
        need(result.status == "pass", "expected pass", result)


def m3_keys():
    two_boots("mps2-an385", None, seeded=True)


def m0_trng():
    result, receipt = boot("microbit")
    word, pairs = source(result, receipt, "nrf51-trng")
    need(word == "credited" and int(pairs["bytes"]) >= 1024, "credited before 1024 start-up samples", result)


# 64-bit Arm ---------------------------------------------------------------------------------------------------------------------

def rndrrs_and_all():
    """All four: the CPU's two, of which one counts nothing, the device, and the device tree's seed."""
    result, receipt = boot(ARM, devices=RNG["honest"])
    for name in ("aarch64-rndrrs", "virtio-rng", "host-seed"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) > 0, f"{name} earned nothing", result)
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
    subprocess.run(["gcc", "-shared", "-fPIC", "tests/no_random.c", "-o", str(shim)], cwd=judge.TOP, check=True)
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


def on_arm(add):
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


# Xen on arm64: the first domain, and one that Xen starts by itself ----------------------------------------------------------------

XEN_ARM = "xen-aarch64"
XEN_ARM_MACHINES = {"dom0": "first", "dom0less": "other"}  # and which domain of Xen's that is


def xen_arm_domain(machine):
    """What the hypervisor tells, and that the machine's seed is in the first domain's device tree alone."""
    result, receipt = boot(XEN_ARM, machine=machine)
    facts = receipt["facts"][1]
    need(facts["domain"] == XEN_ARM_MACHINES[machine] and re.fullmatch(r"4\.\d+", facts["xen"]), f"facts {facts}", result)
    for name, there in (("aarch64-rndrrs", True), ("host-seed", machine == "dom0"), ("virtio-rng", False)):
        need((source(result, receipt, name)[0] == "credited") == there, f"{name} is not as it should be", result)


def changed(board, name, old, new):
    """A machine of the board with something else in its command."""
    machine = judge.machine_of(board, name)
    need(old in machine.template, f"{board}/{name} has no {old} in its command")
    return dataclasses.replace(machine, template=machine.template.replace(old, new))


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


def under_xen_on_arm(add):
    for machine in XEN_ARM_MACHINES:
        add("Xen arm64", f"what the hypervisor tells {machine}", xen_arm_domain, machine)
        add("Xen arm64", f"a truncated image fails in {machine}", xen_arm_sees, "hang", machine, lambda data: data[:4096])
        add("Xen arm64", f"a guest that hangs fails in {machine}", xen_arm_sees, "hang", machine, xen_arm_hangs)
    add("Xen arm64", "the device tree's seed alone: refused", seed_of_the_tree_alone, XEN_ARM, "dom0")
    for way, before in (("modern", NO_SEED), ("legacy", NO_SEED + LEGACY_MMIO)):
        add("Xen arm64", f"{way} virtio-mmio in dom0: a file arrives whole", file_arrives, "file", XEN_ARM, "dom0", before=before)
    add("Xen arm64", "a Xen that panics fails", xen_arm_panics)
    add("Xen arm64", "a Xen without a console fails", xen_arm_silent)


# Xen: the guest is the first domain under the real hypervisor --------------------------------------------------------------------

XEN = {"xen-pv": ("Xen PV", "native"), "xen-pvh": ("Xen PVH", "emulated")}  # board -> group, RDTSC under QEMU


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


def under_xen(add):
    for board, (group, tsc) in XEN.items():
        add(group, "what the hypervisor tells", xen_facts, board, tsc)
        add(group, "a truncated image fails, and Xen panics", judge_sees, ("crash",), truncate, board, says="Panic on CPU 0:")
        add(group, "a guest that hangs fails", judge_sees, ("hang",), hang, board, says="(XEN)", timeout=6)
        add(group, f"a wait is sleep on {board}", sleeps, board)
        add(group, "an exception is a line and exit 1", judge_sees, ("fail",), ud2, board, says="exception 6 at 0x00000000001")
        add(group, "a guest that traps at once fails", judge_sees, ("crash",), trap, board, says="(XEN)")
    add("Xen PVH", "a guest that says nothing and claims to have passed", judge_sees, ("crash",), claim, "xen-pvh", says="0 lines [exit N]")
    add("Xen PVH", "a Xen that panics without an IOMMU fails", xen_panics)


# UEFI: the guest is an application under the real firmware ------------------------------------------------------------------------

UEFI = {  # machine -> board, CPU without an instruction, the instruction, what the firmware says of itself
    "ovmf": ("uefi-x86_64", NO_INSTRUCTION, "x86-rdrand", 'firmware="EDK II"'),
    "aavmf": ("uefi-aarch64", NO_RNDR, "aarch64-rndrrs", 'firmware="EDK II"'),
    "uboot": ("uefi-aarch64", NO_RNDR, "aarch64-rndrrs", 'firmware="Das U-Boot"'),
}
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


def under_uefi(add):
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


# Solo5 --------------------------------------------------------------------------------------------------------------------------

SOLO5 = "solo5-x86_64"
SOLO5_CC = "x86_64-solo5-none-static-cc"
SOLO5_REAL = ("hvt", "spt", "virtio", "virtio-net")  # machines of Solo5's own; what is left is our tender
SOLO5_LOCK, SOLO5_LINKED = threading.Lock(), set()
DISTRUST = "seedbed.distrust=cpu"


def kvm_answers():
    try:
        with open("/dev/kvm", "rb+", buffering=0) as kvm:
            return fcntl.ioctl(kvm, 0xae00) == 12  # KVM_GET_API_VERSION
    except OSError:
        return False


def solo5_missing(machine):
    """Why this machine of Solo5's cannot run here; None: it can."""
    if not shutil.which(SOLO5_CC):
        return f"no {SOLO5_CC} on PATH: Solo5 is yours to bring"
    return "/dev/kvm does not answer" if machine == "hvt" and not kvm_answers() else None


def solo5_image(app, machine):
    """What qemu/solo5 links; a skip where there is no Solo5."""
    if solo5_missing(machine):
        raise judge.Skip(solo5_missing(machine))
    return solo5_link(app, machine)


def solo5_link(app, machine):
    """The same, whether or not its tender can be run here."""
    binding, _, net = machine.partition("-")
    with SOLO5_LOCK:
        if (machine, app) not in SOLO5_LINKED:
            run = subprocess.run(["qemu/solo5", binding, app] + ["--net"] * bool(net), cwd=judge.TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            need(run.returncode == 0, run.stdout)
            SOLO5_LINKED.add((machine, app))
    return BUILD / SOLO5 / machine / f"{app}.elf"


def solo5_distrusts():
    """The word on the command line takes away all credit; one that is longer does nothing."""
    for line in (DISTRUST, "first " + DISTRUST, DISTRUST + " last"):
        boot(SOLO5, expect="refuse", devices=line)
    for line in (DISTRUST + "s", "x" + DISTRUST, "a=" + DISTRUST + " b"):
        boot(SOLO5, devices=line)


def solo5_killed(machine, app, by, left):
    """A guest that goes past its tender ends there and then."""
    result = judge.boot(SOLO5, image(SOLO5, app, machine), machine)
    need((result.status, result.code) == ("crash", -by) and left not in result.console, f"not killed by {by.name}", result)


def solo5_unconfined():
    """The same guest where nothing confines it: so the row above shows what it says."""
    result = judge.boot(SOLO5, image(SOLO5, "hostcall"), devices="--unconfined")
    need(result.status == "pass" and "it answered 16\n" in result.console, "expected an answer", result)


def solo5_clock(clock):
    """A clock that a host has tampered with holds nothing up, a wait least of all."""
    boot(SOLO5, "keygen", devices=f"--clock={clock}")
    boot(SOLO5, "accumulator", expect="enough", enough=r"^draw 8 .*$", devices=f"--clock={clock}", timeout=20)


def solo5_sees(status, change, machine="tender"):
    """An image that was damaged must not pass."""
    with folder() as there:
        shutil.copy(image(SOLO5, "smoke", machine), there / "smoke.elf")
        change(there / "smoke.elf")
        result = judge.boot(SOLO5, there / "smoke.elf", machine, timeout=3)
    need(result.status == status, f"judged {result.status}", result)


def under_solo5(add):
    """What qemu/backends.py does not try on all backends."""
    for machine in ("emulated", "virtio"):
        name = "own tender" if machine == "emulated" else f"real {machine}"
        add("Solo5", f"{name}: RDRAND alone", rdrand_alone, SOLO5, machine)
        add("Solo5", f"{name}: no such instruction, refused", none_at_all, SOLO5, machine)
    add("Solo5", "real virtio-net: the event loop, with events", loop_passes, SOLO5, "virtio-net")
    add("Solo5", "own tender: a wait is sleep", sleeps, SOLO5, "tender")
    add("Solo5", "own tender: the command line distrusts the CPU", solo5_distrusts)
    add("Solo5", "own tender: a clock that stands still", solo5_clock, "stuck")
    add("Solo5", "own tender: a clock that runs backward", solo5_clock, "back")
    for machine in ("tender", "spt"):
        name = "own tender" if machine == "tender" else f"real {machine}"
        add("Solo5", f"{name}: a truncated image fails", solo5_sees, "silent" if machine == "tender" else "crash", truncate, machine)
        add("Solo5", f"{name}: a guest that hangs fails", solo5_sees, "hang", hang, machine)
        add("Solo5", f"{name}: a guest that asks the host's kernel is killed", solo5_killed, machine, "hostcall", signal.SIGSYS, "it answered")
    add("Solo5", "red: own tender that confines nothing", solo5_unconfined)
    add("Solo5", "own tender: a guest that writes into the heap is killed", solo5_killed, "tender", "heap", signal.SIGSEGV, "it is there")


# dependents ---------------------------------------------------------------------------------------------------------------------

MESSAGE = b"seedbed signs this"  # apps/ecdsa.c
ECDSA_REFUSED = ("drbg entropy error=-0x003c", "drbg seed error=-0x0034", "direct key error=-0x003c", "psa key error=-0x0094")
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")  # SubjectPublicKeyInfo up to the point, RFC 5480


def der_signature(pair):
    """r and s as DER: ECDSA-Sig-Value, RFC 3279 section 2.2.3."""
    def integer(raw):
        raw = raw.lstrip(b"\0")
        raw = b"\0" + raw if not raw or raw[0] & 0x80 else raw
        return bytes([2, len(raw)]) + raw
    body = integer(pair[:32]) + integer(pair[32:])
    return bytes([0x30, len(body)]) + body


def openssl_verifies(point, signature, message):
    with folder() as there:
        for name, content in (("key", P256 + point), ("signature", signature), ("message", message)):
            (there / name).write_bytes(content)
        run = subprocess.run(["openssl", "dgst", "-sha256", "-verify", "key", "-keyform", "DER", "-signature", "signature", "message"],
                             cwd=there, capture_output=True, text=True)
        return run.returncode == 0 and "Verified OK" in run.stdout


def ecdsa_of_a_boot(board, **options):
    """{way: public key} of a boot that signed three times; openssl says the same of every signature."""
    result, _ = boot(board, "ecdsa", **options)
    found = {way: (bytes.fromhex(point), bytes.fromhex(signature))
             for way, point, signature in re.findall(r"^(\w+) public=([0-9a-f]+) signature=([0-9a-f]+)$", result.console, re.M)}
    need(set(found) == {"drbg", "direct", "psa"}, "not three signatures", result)
    for way, (point, signature) in found.items():
        signature = der_signature(signature) if way == "psa" else signature
        need(openssl_verifies(point, signature, MESSAGE), f"openssl refuses the signature of {way}", result)
        need(not openssl_verifies(point, signature, MESSAGE + b"."), f"openssl takes the signature of {way} for another message's", result)
    return [point for point, _ in found.values()]


def ecdsa(board, seeded=False, **options):
    """Two boots, six keys."""
    keys = []
    for _ in range(2):
        with folder() as there:
            seed = {"devices": SEED.format(file=seed_file(there))} if seeded else {}
            keys += ecdsa_of_a_boot(board, **seed, **options)
    need(len(set(keys)) == 6, "two boots share a key")


def ecdsa_refused(board, **options):
    """Without a source mbedTLS's own codes arrive, by each way in, and nothing is signed."""
    result, _ = boot(board, "ecdsa", expect="refuse", **options)
    need(all(line in result.console.splitlines() for line in ECDSA_REFUSED), f"not {ECDSA_REFUSED}", result)
    need("signature=" not in result.console, "it signed", result)


def accumulator_refused():
    result, _ = boot("qemu-x86_64", "accumulator", "pc", "refuse", cpu=NO_INSTRUCTION)
    need("draw" not in result.console, "it drew", result)


def accumulator_clones(extra):
    """The accumulator's own draws: it was told, and the clones differ. It draws only after its handler, added, removed and added again, was fed."""
    _, faults = clone.check("qemu-x86_64", image("qemu-x86_64", "accumulator"), "pc", devices=f"-device vmgenid,guid=auto {extra}")
    need(not faults, "; ".join(faults))


# tests/guest_NAME.c and tests/unix_NAME.c ----------------------------------------------------------------------------------------

SMP = "-smp 4 -m 128"


def said(console, name):
    found = re.search(rf"^{name} (\d+)$", console, re.M)
    need(found, f"no line {name}")
    return int(found[1])


def guest(board, name, shows=None, **options):
    """A guest that must pass; or, with a protection taken out, fail and show why."""
    result = judge.boot(board, BUILD / board / "guest" / f"{name}.elf", timeout=120, **options)
    need(result.status == ("fail" if shows else "pass"), f"expected {'red' if shows else 'green'}", result)
    need(not shows or re.search(shows, result.console, re.M), f"red, and not because of {shows}", result)
    return result.console


EVENTS_END = "\nok an event ends "


def loop_passes(board, machine=None, events=True, **options):
    """tests/loop.c on any board; events: the machine has something that board_event can use."""
    result, _ = boot(board, "loop", machine, **options)
    need((EVENTS_END in result.console) == events, "checks of events" + (" were left out" if events else ", and there is nothing for any"), result)


LOOPS_RED = {  # what tests/guest_loop.c does wrong -> the check that sees it
    "CLOCK_STANDS": "its clock moves on",
    "WITHOUT_HOOKS": "harvests before each sleep",
    "FORGETS_THE_PAST": "each wait is one harvest, though its deadline is past",
    "HOOKS_TWICE": "each wait is one harvest",
    "ADDS_TWICE": "a hook that is put in twice",
    "ONE_HOOK": "of each of two instances",
    "KEEPS_HOOKS": "of none when both are",
    "SKIPS": "a hook takes itself out",
    "OVERSLEEPS": "a deadline in the past ends a wait at once\nFAILED any other by its time",
    "SPINS": "any other by its time, and until then it sleeps",
    "WITHOUT_EVENTS": "an event ends the wait",
    "STAYS_AWAKE": "does not stay",
    "LOSES_EVENTS": "is not slept through",
}
SLEEP_CPU = 0.75  # half of the time that tests/guest_sleep.c waits


def cpu_of(board, machine, path):
    """The processor time that QEMU took for a run that passed."""
    words = judge.command(judge.machine_of(board, machine), path)
    code, console, cut = judge.run(["bash", "-c", 'TIMEFORMAT="cpu %U %S"; time timeout -s KILL 50 "$@"', "-", *words], 60)
    found = re.search(r"^cpu (\S+) (\S+)$", console, re.M)
    need(found and not cut and "[exit 0]" in console, f"{code} {cut}\n{console}")
    return float(found[1]) + float(found[2])


def sleeps(board, machine=None, spins=False):
    """A wait is sleep, for the machine below too. spins: a program whose waits are none must be seen. Of what a hypervisor takes to start, a program
    that does not wait is the measure."""
    for _ in range(3 if spins else 1):  # on a machine that is busy, a program may be kept from spinning
        took = cpu_of(board, machine, BUILD / board / "guest" / ("sleep-SPINS.elf" if spins else "sleep.elf"))
        if board in XEN or board.startswith("uefi-"):
            took -= cpu_of(board, machine, image(board, "smoke"))
        if took >= SLEEP_CPU:
            break
    need((took < SLEEP_CPU) != spins, f"{took:.2f} s of processor time, half of the wait is {SLEEP_CPU}")


def loops(add):
    """The event loop of every board."""
    for board, group in (("qemu-x86_64", None), ("qemu-i386", "i386")):
        bits = "" if board == "qemu-x86_64" else ", 32 bits"
        for machine in ("microvm",) + ALIKE:
            add(group or machine, f"the event loop on {machine}{bits}", loop_passes, board, machine)
            add(group or machine, f"a wait is sleep on {machine}{bits}", sleeps, board, machine)
        add(group or "pc", "the event loop without an APIC" + bits, loop_passes, board, "pc", False, cpu="max,-apic")
    add("microvm", "the event loop and a deterministic clock", loop_passes, "qemu-x86_64", "microvm", devices="-icount shift=0,sleep=off")
    for board, group in (("microbit", "Cortex-M0"), ("mps2-an385", "Cortex-M3"), (ARM, "aarch64"), ("unix", "unix")):
        add(group, f"the event loop of {group}", loop_passes, board)
        add(group, f"a wait is sleep on {group}", sleeps, board)
    for switch, check in LOOPS_RED.items():
        add("microvm", f"red: a loop that has {switch}", guest, "qemu-x86_64", f"loop-{switch}", f"^FAILED {check}")


def four_cpus():
    cores = len(os.sched_getaffinity(0))
    console = guest("qemu-x86_64", "smp", devices=SMP)
    times = said(console, "speed-up-percent") / 100
    goal = 3.5 if cores >= 4 else 1.8
    figures[f"four guest CPUs against one, {cores} host CPUs"] = (times, goal, " times, at least")
    need(times >= goal / 10, f"four CPUs read {times} times as fast as one")


def count_on_m0():
    console = guest("microbit", "count", devices="-icount shift=0")
    event_costs("Cortex-M0", said(console, "event instructions"), 25)


def event_costs(where, instructions, most):
    figures[f"seedbed_event on {where}, instructions"] = (instructions, most, "")
    need(instructions <= 10 * most, f"an event takes {instructions} instructions on {where}")


def host_program(name, shows=None, timeout=120):
    """The same of a program of this machine. A sanitizer's report is red as well."""
    words = ["setarch", "-R", str(BUILD / "host/unix" / name)]
    run = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)
    need((run.returncode != 0) == bool(shows), f"expected {'red' if shows else 'green'}: {run.returncode}\n  {' '.join(words)}\n{run.stdout[-2000:]}")
    need(not shows or re.search(shows, run.stdout, re.M), f"red, and not because of {shows}\n{run.stdout[-2000:]}")
    return run.stdout


def steps():
    event_costs("x86-64", said(host_program("step"), "event instructions"), 15)


def cost_of_a_read():
    text = host_program("bench")
    found = re.search(r"^read-of-32 ns=(\d+) plain-ns=(\d+) ratio=(\S+)$", text, re.M)
    figures["a read of 32, to one without epoch and fresh word"] = (float(found[3]), 1.5, " times")
    figures["a read of 32 bytes here, ns"] = (int(found[1]), "none", "")
    for name, ns in re.findall(r"^fresh-word source=(\S+) ns=(\d+)$", text, re.M):
        figures[f"and its fresh word from {name}, ns"] = (int(ns), "none", "")
    need(float(found[3]) <= 15, f"a read costs {found[3]} times one without epoch and fresh word")


def under_stress(add):
    add("Cortex-M3", "two tasks that preempt each other, 10^6 reads", guest, "mps2-an385", "tasks")
    add("Cortex-M3", "red: two tasks without a lock", guest, "mps2-an385", "tasks-WITHOUT_LOCK", r"^refused [1-9]")
    add("Cortex-M3", "red: two tasks without a lock or the mark of a busy instance", guest, "mps2-an385", "tasks-WITHOUT_LOCK-WITHOUT_BUSY", r"^twice [1-9]")
    add("microvm", "red: four CPUs with copies of one instance", guest, "qemu-x86_64", "smp-COPIES", r"^twice [1-9]", devices=SMP)
    for group, board in (("microvm", "qemu-x86_64"), ("Cortex-M3", "mps2-an385"), ("Cortex-M0", "microbit")):
        add(group, f"interrupts that nest, {group}", guest, board, "events")
        add(group, f"red: an interrupt that mixes at once, {group}", guest, board, "events-EVENT_STIRS", r"^equal \d{1,3}$")
        add(group, f"red: an interrupt that reads from a busy instance, {group}", guest, board, "events-WITHOUT_BUSY", r"^twice [1-9]")
    add("Cortex-M0", "instructions of an event", count_on_m0)
    add("unix", "fork is a change of the epoch", host_program, "fork")
    add("unix", "red: fork without an epoch", host_program, "fork-WITHOUT_EPOCH", "THE SAME")
    add("unix", "ThreadSanitizer: a CPU's own instances, a shared one, events", host_program, "race")
    add("unix", "red: threads and no lock", host_program, "race-WITHOUT_LOCK", "ThreadSanitizer: data race")
    add("unix", "red: threads on one instance", host_program, "race-ONE_INSTANCE", "ThreadSanitizer: data race")
    if (BUILD / "host/unix/step").is_file():
        add("unix", "an event after every instruction", steps)
        add("unix", "red: mixing after every instruction", host_program, "step-EVENT_STIRS", r": 0 of \d+ calls")
        add("unix", "red: reading from a busy instance", host_program, "step-WITHOUT_BUSY", r" [1-9]\d* twice")


def alone():
    """Those that measure time, and so want the machine to themselves: (group, name, action)."""
    return [("microvm", "four CPUs on split instances, 10^6 reads each", as_one(four_cpus)), ("unix", "the cost of a read", as_one(cost_of_a_read)),
            ("microvm", "red: a wait that spins is no sleep", as_one(sleeps, "qemu-x86_64", "microvm", spins=True))]


# the judge itself ---------------------------------------------------------------------------------------------------------------

def judge_sees(status, change, board="qemu-x86_64", app="smoke", says="", **options):
    """An image that was damaged must not pass, and the report shows where that was and the end of the console."""
    with folder() as there:
        path = there / "image.elf"
        shutil.copy(image(board, app), path)
        change(path)
        result = judge.boot(board, path, **options)
        need(result.status in status, f"judged {result.status}", result)
        report = result.report()
        need(f"{board}/" in report and "qemu-system-" in report, "the report names no board or command", result)
        need(says in report, f"the report does not show: {says}", result)


def truncate(path):
    path.write_bytes(path.read_bytes()[:4096])


def readelf(path, option):
    return subprocess.run(["readelf", "-W", option, str(path)], capture_output=True, text=True).stdout


def overwrite(path, address, code):
    """What the file holds for that address."""
    for line in readelf(path, "-l").splitlines():
        words = line.split()
        if words[:1] == ["LOAD"] and int(words[2], 16) <= address < int(words[2], 16) + int(words[4], 16):
            data = bytearray(path.read_bytes())
            at = int(words[1], 16) + address - int(words[2], 16)
            data[at:at + len(code)] = code
            path.write_bytes(data)
            return
    raise judge.Failure(f"nothing at {address:#x} to damage")


def at_entry(path, code):
    """Puts code over the entry point, so that nothing of the program runs."""
    overwrite(path, int(re.search(r"Entry point address:\s+0x([0-9a-f]+)", readelf(path, "-h"))[1], 16), code)


def hang_arm(path):
    at_entry(path, bytes.fromhex("00000014"))  # b .


def at_main(path, code):
    """Puts code over main: the start file has run, and exceptions are taken."""
    overwrite(path, int(re.search(r"^.*:\s+([0-9a-f]+) .* main$", readelf(path, "-s"), re.M)[1], 16), code)


def udf_arm(path):
    at_main(path, bytes(4))


def ud2(path):
    at_main(path, b"\x0f\x0b")


def hang(path):
    at_entry(path, b"\xeb\xfe")


def trap(path):
    at_entry(path, b"\x0f\x0b")


def claim(path):
    """Ends with the return code of a pass and without a word: mov $0x10, %eax; out %eax, $0xf4; jmp ."""
    at_entry(path, b"\xb8\x10\0\0\0\xe7\xf4\xeb\xfe")


# README.md ----------------------------------------------------------------------------------------------------------------------

def readme_blocks(language):
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", (judge.TOP / "README.md").read_text(), re.M | re.S)
    return [text for word, text in blocks if word == language]


def readme_receipt():
    """The receipt in README.md and one of today differ in figures alone, and the refusal's lines are on a refusing console."""
    printed, refusal = readme_blocks("")
    result, now = boot("qemu-x86_64", machine="microvm", cpu="max,-rdseed", devices=RNG["honest"])
    then = judge.receipt(printed)

    def shape(receipt):
        sources = {name: (words, pairs["state"], pairs["credit"], pairs["flags"]) for name, (words, pairs) in receipt["source"].items()}
        others = {key: (value[0] if key != "reads" else [], sorted(value[1])) for key, value in receipt.items() if key != "source"}
        return others, sources
    need(then and shape(then) == shape(now), f"README.md: {shape(then)}\nnow: {shape(now)}", result)
    result, _ = boot("qemu-x86_64", machine="microvm", expect="refuse", cpu=NO_INSTRUCTION, devices="")
    need(all(line in result.console for line in refusal.splitlines()), "README.md's refusal is not what is said", result)


def readme_code():
    """Its C compiles as it stands there."""
    blocks = readme_blocks("c")
    need(len(blocks) == 2, "README.md has not two examples")
    for block in blocks:
        source = "void console(const char *text);\nint new_key(unsigned char key[32]);\n" + block
        words = "gcc -std=c11 -Wall -Wextra -Werror -fsyntax-only -Icore -Ihal -Iarch/x86 -x c -".split()
        run = subprocess.run(words, input=source, capture_output=True, text=True, cwd=judge.TOP)
        need(run.returncode == 0, run.stderr)


def as_one(action, *arguments, **options):
    def run():
        action(*arguments, **options)
        return 1, 0, ""
    return run


def all_of_them():
    """(group, name, action) of every scenario; an action returns (passed, failed, text)."""
    found = []

    def add(group, name, action, *arguments, **options):
        found.append((group, name, as_one(action, *arguments, **options)))

    under_stress(add)
    loops(add)
    under_xen(add)
    under_uefi(add)
    under_solo5(add)

    add("microvm", "RDRAND and virtio-rng", rdrand_and_virtio)
    add("microvm", "virtio-rng alone", virtio_alone)
    add("microvm", "/dev/zero behind virtio-rng alone: refused", zeros_alone)
    add("microvm", "/dev/zero beside RDRAND: degraded", zeros_beside_rdrand)
    add("microvm", "a file behind virtio-rng arrives whole", file_arrives, "file")
    add("microvm", "answers of 8 bytes are used exactly", file_arrives, "short")
    for period in (16, 48):
        add("microvm", f"a device that replays {period} bytes is caught", replayed_file, period)
    add("microvm", "a silent device beside RDRAND", silent_beside_rdrand)
    add("microvm", "a silent device alone: stalled", silent_alone)
    add("microvm", "no source and a deterministic clock: refused", none_at_all, "qemu-x86_64", "microvm", extra="-icount shift=0,sleep=off")
    add("microvm", "a truncated image fails", judge_sees, ("silent", "crash"), truncate)
    add("microvm", "a guest that says nothing and claims to have passed", judge_sees, ("silent",), claim)
    add("microvm", "a guest that hangs fails", judge_sees, ("hang",), hang, timeout=3)
    add("microvm", "an exception is a line and exit 1", judge_sees, ("fail",), ud2, says="exception 6 at 0x00000000001")
    for machine in ("microvm",) + ALIKE:
        add(machine, f"RDRAND alone on {machine}", rdrand_alone, "qemu-x86_64", machine)
        add(machine, f"RDSEED on {machine}", rdseed, machine)
        add(machine, f"no source on {machine}: refused", none_at_all, "qemu-x86_64", machine)
        add(machine, f"two boots of {machine} share no key", two_boots, "qemu-x86_64", machine)
        add("i386", f"RDRAND alone on {machine}, 32 bits", rdrand_alone, "qemu-i386", machine)
        add("i386", f"no source on {machine}, 32 bits: refused", none_at_all, "qemu-i386", machine)
    add("i386", "two boots share no sample, 32 bits", two_samples, "qemu-i386")
    for board, group in (("qemu-x86_64", "{}"), ("qemu-i386", "i386")):
        bits = "" if board == "qemu-x86_64" else ", 32 bits"
        add(group.format("microvm"), "errata and word size" + bits, errata, board)
        add(group.format("microvm"), "confidential: the host is mixed and not counted" + bits, confidential_facts, board)
        for name in confidential.GUESTS:
            add(group.format("microvm"), f"confidential: {name}, keygen and smoke as they are{bits}", confidential_guest, board, name)
        add(group.format("microvm"), f"confidential: a CPU that is able, and a plain guest{bits}", able_and_plain, board)
        add(group.format("microvm"), "legacy virtio-mmio alone" + bits, virtio_alone, board, devices=LEGACY_MMIO + RNG["honest"])
        add(group.format("microvm"), "legacy virtio-mmio: a file arrives whole" + bits, file_arrives, "file", board, before=LEGACY_MMIO)
        add(group.format("microvm"), "virtio-mmio that wants an IOMMU: refused" + bits, virtio_refused, board, "microvm", RNG["honest"] + ",iommu_platform=on")
        for machine in ALIKE:
            where = group.format(machine)
            for way, device in PCI.items():
                add(where, f"{way} PCI on {machine}: virtio-rng alone{bits}", virtio_alone, board, machine, over_pci("honest", way))
                add(where, f"{way} PCI on {machine}: a file arrives whole{bits}", file_arrives, "file", board, machine, device)
                add(where, f"{way} PCI on {machine}: answers of 8 bytes{bits}", file_arrives, "short", board, machine, device)
            add(where, f"PCI on {machine}: /dev/zero alone{bits}", zeros_alone, board, machine, over_pci("zeros", "transitional"))
            add(where, f"PCI on {machine}: /dev/zero beside RDRAND{bits}", zeros_beside_rdrand, board, machine, over_pci("zeros", "transitional"))
            add(where, f"PCI on {machine} that wants an IOMMU: refused{bits}", virtio_refused, board, machine, over_pci("honest", "modern") + ",iommu_platform=on")
        add(group.format("pc"), "PCI behind a bridge" + bits, virtio_alone, board, "pc", "-device pci-bridge,id=b0,chassis_nr=1 " + over_pci("honest", "transitional") + ",bus=b0")
        add(group.format("q35"), "PCI behind a root port" + bits, virtio_alone, board, "q35", "-device pcie-root-port,id=b0,slot=1 " + over_pci("honest", "modern") + ",bus=b0")
        for fault in hostile.FAULTS:
            add("hostile", f"{fault}{bits}", hostile_device, board, fault)
    for fault in BY_CHANCE:
        add("hostile", f"{fault}: bytes of one buffer", hostile_bytes, "qemu-x86_64", fault)
    # a BAR of 2 GiB, so that the firmware puts all that can be there above 4 GiB
    far = "-device pci-testdev,membar=2G "
    add("pc", "PCI above 4 GiB: refused", virtio_refused, "qemu-x86_64", "pc", far + over_pci("honest", "modern"))
    add("pc", "PCI above 4 GiB, transitional: by its ports", virtio_alone, "qemu-x86_64", "pc", far + over_pci("honest", "transitional"))
    for machine in ALIKE:
        add(machine, f"clones diverge on {machine}", clones, machine)
        add(machine, f"clones with the same RDRAND diverge on {machine}", same_seed_clones, machine)
    add("microvm", "mbedTLS: ECDSA, and openssl verifies", ecdsa, "qemu-x86_64", machine="microvm", devices=RNG["honest"])
    add("microvm", "mbedTLS: refused with its own codes", ecdsa_refused, "qemu-x86_64", machine="microvm", cpu=NO_INSTRUCTION, devices="")
    add("Cortex-M3", "mbedTLS: ECDSA, and openssl verifies", ecdsa, "mps2-an385", seeded=True)
    add("Cortex-M3", "mbedTLS: refused with its own codes", ecdsa_refused, "mps2-an385")
    add("pc", "an accumulator of its own: refused without a source", accumulator_refused)
    add("pc", "an accumulator of its own: clones diverge", accumulator_clones, "")
    add("pc", "an accumulator of its own: clones with the same RDRAND diverge", accumulator_clones, "-seed 7")
    add("house", "README.md: the receipt", readme_receipt)
    add("house", "README.md: the code", readme_code)
    add("unix", "two runs share no key", two_boots, "unix", None)
    add("Cortex-M3", "no seed: refused", m3_without_seed)
    add("Cortex-M3", "a seed of 48 bytes", m3_with_seed)
    add("Cortex-M3", "a seed of 47 bytes: refused", m3_short_seed)
    add("Cortex-M3", "getentropy of newlib", m3_getentropy)
    add("Cortex-M3", "two boots share no key", m3_keys)
    add("Cortex-M0", "the nRF51's generator", m0_trng)
    add("Cortex-M0", "two boots share no sample", two_samples, "microbit")
    on_arm(add)
    under_xen_on_arm(add)
    return found


def budgets():
    lines = [f"{name:<45} {got:>7}{unit}   budget {budget}{unit}\n" for name, (got, budget, unit) in figures.items()]
    return "".join(lines)
