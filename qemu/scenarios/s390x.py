# SPDX-License-Identifier: BSD-2-Clause
"""s390x: PRNO, both sides, and the machine around it. virtio-rng is in ccw.py."""
import dataclasses

from harness import boards, judge
from harness.failures import need, need_status
from scenarios.boots import boot, source
from scenarios.ccw import CCW, NO_PRNO, S390
from scenarios.damaged import at_entry, at_main, judge_sees, truncate
from scenarios.images import image
from scenarios.instruction import replays, serves_alone
from scenarios.machines import RNG

COUNTED = "-icount shift=0,sleep=off"
# The time-of-day clock begins with the host's, in seconds.
REPLAYED = f"-seed 7 {COUNTED} -rtc base=2026-01-01,clock=vm"
RANDOM = f"-object rng-random,id=r0,filename=/dev/urandom -device {CCW},rng=r0"
# Without facility 57. QEMU wants the function gone with it.
NO_MSA5 = "max,msa5-base=off,prno-trng=off"
OLD = "z900"  # the first one of 64 bits


def both():
    result, receipt = boot(S390, devices=RNG["honest"].replace("virtio-rng-device", CCW))
    for name in ("s390x-prno", "virtio-rng"):
        word, pairs = source(result, receipt, name)
        need(word == "credited" and int(pairs["bits"]) >= 384, f"{name} is {word}", result)
    rate = receipt["counter"][1]["hz"]
    need(rate == "4096000000", f"the clock runs at {rate} Hz", result)


def prno_absent(cpu):
    """Neither executed, nor a source: an instruction that is not there traps."""
    for devices, expect in (("", "refuse"), (RANDOM, "pass")):
        result, receipt = boot(S390, expect=expect, cpu=cpu, devices=devices)
        word = source(result, receipt, "s390x-prno")[0]
        need(word == "absent", f"PRNO is {word}", result)


def four_cpus():
    """The others stay stopped."""
    result = judge.boot(S390, image(S390, "smoke"), timeout=20, devices="-smp 4")
    need_status(result, "pass")
    receipts = result.console.count("seedbed-receipt 1\n")
    need(receipts == 1 and result.console.count("[exit") == 1, "not one CPU alone", result)


def without_a_console(words):
    """Nothing is written, no wait is without an end, and QEMU still tells how it
    ended."""
    machine = boards.machine(S390)
    quiet = machine.template.replace("-serial stdio", words)
    need(quiet != machine.template, "the machine has another console")
    quiet = dataclasses.replace(machine, template=quiet)
    for cpu, code in ((None, 0), (NO_PRNO, 1)):
        result = judge.boot(S390, image(S390, "smoke"), quiet, cpu=cpu, devices="", timeout=10)
        need(result.code == code and not result.console, f"not {code}", result)


# j .; an operation that no CPU has
HANG, ILLEGAL = bytes.fromhex("a7f40000"), bytes(2)


def halt(path):
    at_entry(path, HANG)


def illegal(path):
    at_main(path, ILLEGAL)


def tests(add):
    group = boards.machine(S390).group
    add(group, "PRNO and virtio-rng", both)
    for name, cpu in (("PRNO alone", "max"), ("PRNO alone, on QEMU's own CPU", "qemu")):
        add(group, name, serves_alone, S390, "s390x-prno", ["virtio-rng"], cpu=cpu)
    add(group, "PRNO without its function: absent", prno_absent, NO_PRNO)
    add(group, "PRNO without its facility: absent", prno_absent, NO_MSA5)
    add(group, f"PRNO on {OLD}: absent", prno_absent, OLD)
    add(group, "PRNO that repeats in each boot", replays, S390, RANDOM, given=REPLAYED)
    add(group, "four CPUs: one goes on", four_cpus)
    add(group, "without a console", without_a_console, "-serial none")
    add(group, "a console that nobody reads", without_a_console, "-serial null")
    ends = ("silent", "crash", "hang", "fail")
    add(group, "a truncated image fails", judge_sees, ends, truncate, S390, timeout=3)
    add(group, "a guest that hangs fails", judge_sees, ("hang",), halt, S390, timeout=2)
    name = "an exception is a line and exit 1"
    add(group, name, judge_sees, ("fail",), illegal, S390, says="exception 0001 at 0x")
