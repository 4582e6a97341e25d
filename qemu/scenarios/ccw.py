# SPDX-License-Identifier: BSD-2-Clause
"""virtio-rng over channel I/O: what stands behind the device, its revisions,
and where it is."""
import time

from harness import boards, clone, in_flight, judge
from harness.failures import need
from scenarios.boots import boot, folder, source
from scenarios.devices import (
    device_stops,
    file_arrives,
    none_at_all,
    replayed_file,
    silent_egd,
    slow_device,
    virtio_alone,
    zeros_alone,
    zeros_beside_rdrand,
)
from scenarios.images import image
from scenarios.machines import RNG
from scenarios.pci import second_serves

S390 = "s390-ccw-virtio"
NO_PRNO = "max,prno-trng=off"
CCW = "virtio-rng-ccw"
LEGACY = f"{CCW},max_revision=0"
# Devices that are none of ours. A NIC without a network, which QEMU says.
OTHERS = (
    "-device virtio-net-ccw,devno=fe.0.0001 -device virtio-serial-ccw,devno=fe.0.0002 "
    "-chardev null,id=c9 -device x-terminal3270,chardev=c9,devno=fe.0.0003 "
)
# The commands of VIRTIO 1.2, section 4.3.1.1, until the device is live.
RESET, STATUS, READ_STATUS, FEATURES = "33 31 31", "31", "72", "12 11"
QUEUE = "32 13"
COMMANDS = {
    2: f"83 {RESET} 11 {FEATURES} {STATUS} {READ_STATUS} {QUEUE} {STATUS}",
    1: f"83 83 {RESET} 11 {FEATURES} {STATUS} {QUEUE} {STATUS}",
    0: f"83 {RESET} 11 {QUEUE} {STATUS}",
}


def over_ccw(kind, device=CCW):
    return RNG[kind].replace("virtio-rng-device", device)


def alone(devices):
    virtio_alone(S390, None, devices, NO_PRNO, "s390x-prno")


def revision(number):
    """The device serves by it, and gets the commands of it alone."""
    with folder() as there:
        trace = f"-trace virtio_ccw_interpret_ccw -D {there}/trace "
        alone(trace + over_ccw("honest", f"{CCW},max_revision={number}"))
        lines = (there / "trace").read_text().split("\n")
    given = " ".join(line.split()[-1][2:] for line in lines if "interpret" in line)
    need(COMMANDS[number] in given, f"not {COMMANDS[number]}, but {given}")
    asked = READ_STATUS in given.split()
    need(asked == (number == 2), f"READ_STATUS was {'given' if asked else 'not given'}")


def others_alone():
    result, receipt = boot(S390, expect="refuse", cpu=NO_PRNO, devices=OTHERS)
    for name in ("virtio-rng", "virtio-rng-2"):
        word = source(result, receipt, name)[0]
        need(word == "absent", f"{name} is {word}, not absent", result)


def two():
    devices = over_ccw("honest") + f" -object rng-builtin,id=r1 -device {CCW},rng=r1"
    result, receipt = boot(S390, cpu=NO_PRNO, devices=devices)
    for name in ("virtio-rng", "virtio-rng-2"):
        word = source(result, receipt, name)[0]
        need(word == "credited", f"{name} is {word}", result)


def silent():
    """A device that never answers is named, and the wait has an end."""
    with folder() as there, silent_egd(there / "egd"):
        devices = over_ccw("silent").format(socket=there / "egd")
        result, receipt = boot(S390, expect="refuse", cpu=NO_PRNO, devices=devices, timeout=120)
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)
        why = source(result, receipt, "virtio-rng")[1]["why"]
        need("silent: no answer" in why, "the silent device is not named", result)


def hot_plugged():
    """It comes when the machine is there, and goes while the guest draws. The
    reports of both are pending for good: nobody takes them."""
    options = "-S -object rng-builtin,id=r0"
    words = judge.command(boards.machine(S390), image(S390, "clone"), cpu=NO_PRNO, devices=options)
    with folder() as there:
        with clone.Guest(words, there, "guest", time.monotonic() + 20) as guest:
            guest.qmp("device_add", driver=CCW, id="d0", rng="r0", devno="fe.0.0abc")
            guest.qmp("cont")
            clone.more_draws(guest)
            guest.qmp("device_del", id="d0")
            clone.more_draws(guest)
            draws = clone.draws_in(guest.console())
    need({draw.result for draw in draws} == {"ok"}, f"draws ended as {draws}")


def in_flight_clones():
    """Nobody tells them that they are clones. The device goes on in both."""
    in_flight.need_no_faults(S390, image(S390, "clone"), None, NO_PRNO, CCW, False)


def tests(add):
    group = boards.machine(S390).group

    def one(name, *what):
        add(group, f"virtio-rng over channel I/O{name}", *what)

    for number in COMMANDS:
        one(f", revision {number}: its commands alone", revision, number)
    for words, device in (("", CCW), (", revision 0", LEGACY)):
        for kind, says in (("file", "a file arrives whole"), ("short", "answers of 8 bytes")):
            one(f"{words}: {says}", file_arrives, kind, S390, None, device)
    before = OTHERS + over_ccw("honest")
    one(" behind others", alone, before + ",devno=fe.0.0004")
    one(" in another set of subchannels", alone, before + ",devno=fe.2.0001")
    one(": others alone are none", others_alone)
    one(": two serve", two)
    one(": two, the first silent", second_serves, S390, None, CCW, "", NO_PRNO)
    one(", plugged into a machine and taken away", hot_plugged)
    one(": clones with a request in flight go on", in_flight_clones)
    one(": /dev/zero alone", zeros_alone, S390, None, over_ccw("zeros"), NO_PRNO)
    one(": /dev/zero beside PRNO: degraded", zeros_beside_rdrand, S390, None, over_ccw("zeros"))
    for period in (48, 16):
        one(f": {period} bytes for ever: refused", replayed_file, period, S390, None, CCW, NO_PRNO)
    one(": a slow device: READY", slow_device, S390, None, over_ccw("slow"), NO_PRNO)
    name = ": a device that stops: refused after 60 s"
    one(name, device_stops, S390, None, over_ccw("stops"), NO_PRNO)
    one(": a device that never answers: refused", silent)
    one(": no device and a deterministic clock: refused", none_at_all, S390, None, NO_PRNO,
        "-icount shift=0,sleep=off")
