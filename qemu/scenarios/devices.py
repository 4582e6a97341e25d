# SPDX-License-Identifier: BSD-2-Clause
"""virtio-rng and what stands behind it, honest and not, on any board that has
it."""
import contextlib
import os
import re
import socket

from harness import hostile, judge
from harness.failures import need
from harness.receipt import receipt as receipt_of
from scenarios.boots import boot, folder, recorded, source
from scenarios.images import image
from scenarios.machines import NO_INSTRUCTION, RNG


@contextlib.contextmanager
def silent_egd(path):
    """An entropy daemon that listens, takes the request, and never answers."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(1)
        yield


def virtio_alone(
    board="qemu-x86_64",
    machine="microvm",
    devices=RNG["honest"],
    cpu=NO_INSTRUCTION,
    instruction="x86-rdrand",
):
    result, receipt = boot(board, machine=machine, cpu=cpu, devices=devices)
    absent = source(result, receipt, instruction)[0] == "absent"
    need(absent, f"{instruction} was found where there is none", result)
    bits = int(source(result, receipt, "virtio-rng")[1]["bits"])
    need(bits >= 384, "virtio-rng is not what made it ready", result)


def none_at_all(board, machine, cpu=NO_INSTRUCTION, extra=""):
    for app in ("smoke", "keygen"):
        result, receipt = boot(board, app, machine, "refuse", cpu=cpu, devices=extra)
        need("BEGIN" not in result.console, "a key was made", result)
        need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def zeros_alone(
    board="qemu-x86_64",
    machine="microvm",
    devices=RNG["zeros"],
    cpu=NO_INSTRUCTION,
    name="virtio-rng",
):
    result, receipt = boot(board, "keygen", machine, "refuse", cpu=cpu, devices=devices)
    need("BEGIN" not in result.console, "a key was made of zeros", result)
    pairs = source(result, receipt, name)[1]
    retired = pairs["state"] == "retired" and pairs["bits"] == "0"
    need(retired and "repetition" in pairs["why"], "the zeros were not caught", result)


def zeros_beside_rdrand(
    board="qemu-x86_64",
    machine="microvm",
    devices=RNG["zeros"],
    names=("virtio-rng",),
    cpu=None,
):
    """names: one of which the device's source is."""
    result, receipt = boot(board, machine=machine, devices=devices, cpu=cpu)
    need(receipt["state"][0] == ["degraded"], "not DEGRADED", result)

    def refused(name):
        word, pairs = source(result, receipt, name)
        return word == "refused" and int(pairs["alarms"]) >= 1 and pairs["bits"] == "0"

    need(any(map(refused, names)), f"{' or '.join(names)} is not named", result)


def file_arrives(
    kind,
    board="qemu-x86_64",
    machine="microvm",
    device="virtio-rng-device",
    before="",
    names=("virtio-rng",),
):
    """Each byte once and in order, whatever the sizes of the answers. names:
    one of which the device's source is."""
    devices = before + RNG[kind].replace("virtio-rng-device", device)
    with folder() as there:
        content = os.urandom(4096)
        (there / "file").write_bytes(content)
        devices = devices.format(file=there / "file")
        result, _ = boot(board, "record", machine, devices=devices)
    for name in names:
        lines = re.findall(rf"^raw {name} ([0-9a-f]+)$", result.console, re.M)
        answers = [bytes.fromhex(line) for line in lines]
        places = [content.find(answer) for answer in answers]
        if sum(map(len, answers)) >= 256 and -1 not in places:
            break
    else:
        need(False, "not bytes of the file", result)
    ends = [0] + [place + len(answer) for place, answer in zip(places, answers)]
    # QEMU 7.2 itself drops an answer, and then exceeds max-bytes, when its
    # timer fires while a request is under way.
    in_order = all(
        end <= place if kind == "short" else end == place for end, place in zip(ends, places)
    )
    need(in_order, "bytes twice, or not in order", result)
    need(kind != "short" or 8 in map(len, answers), "no answer of 8 bytes", result)


def silent_beside_rdrand():
    with folder() as there, silent_egd(there / "egd"):
        devices = RNG["silent"].format(socket=there / "egd")
        result, receipt = boot("qemu-x86_64", machine="microvm", devices=devices)
        why = source(result, receipt, "virtio-rng")[1]["why"]
        need("no answer yet" in why, "the silent device is not named", result)


def silent_alone():
    with folder() as there, silent_egd(there / "egd"):
        result, receipt = boot(
            "qemu-x86_64",
            "smoke",
            "microvm",
            "refuse",
            cpu=NO_INSTRUCTION,
            devices=RNG["silent"].format(socket=there / "egd"),
            timeout=120,
        )
        need("without progress" in receipt["state"][1]["why"], "not STALLED", result)
        why = source(result, receipt, "virtio-rng")[1]["why"]
        need("silent: no answer" in why, "the silent device is not named", result)


def said_waiting(result):
    """The seconds of patience, by the lines that tell of them."""
    return re.findall(r"^waiting for entropy: 0 of 384 bits, virtio-rng (\d+) start-up bytes$",
                      result.console, re.M)


def slow_device(board, machine, devices, cpu=NO_INSTRUCTION):
    """A byte each 50 ms takes 3.2 s: it is waited for, and that is told. Where
    QEMU 7.2 exceeded max-bytes, as above, the device was not slow, and another
    boot is made."""
    for number in range(6):
        result, receipt = boot(board, machine=machine, cpu=cpu, devices=devices, number=number)
        pairs = source(result, receipt, "virtio-rng")[1]
        if int(pairs["bytes"]) == 64:
            break
    seen = receipt["state"][0], pairs["bits"], pairs["bytes"]
    need(seen == (["ready"], "512", "64"), "not READY by 64 bytes", result)
    told = [int(count) for count in said_waiting(result)]
    need(1 <= len(told) <= 64 and told == sorted(told), "no progress on the console", result)


def device_stops(board, machine, devices, cpu=NO_INSTRUCTION):
    """One byte, and none for 100 s: waited for 60 s of the guest's time, a line
    for each."""
    devices += " -icount shift=0,sleep=off"
    result, receipt = boot(board, "smoke", machine, "refuse", cpu=cpu, devices=devices, timeout=180)
    need("without progress" in receipt["state"][1]["why"], "not STALLED", result)
    told = said_waiting(result)
    need(set(told) == {"1"} and 58 <= len(told) <= 60, f"{len(told)} lines", result)


def replayed_file(
    period,
    board="qemu-x86_64",
    machine="microvm",
    device="virtio-rng-device",
    cpu=NO_INSTRUCTION,
):
    """A device that gives the same bytes for ever; with 48 of them each answer
    is the one before."""
    devices = RNG["file"].replace("virtio-rng-device", device)
    with folder() as there:
        (there / "file").write_bytes(os.urandom(period) * 1000)
        devices = devices.format(file=there / "file")
        result, receipt = boot(board, "smoke", machine, "refuse", cpu=cpu, devices=devices)
        retired = source(result, receipt, "virtio-rng")[1]["state"] == "retired"
        need(retired, "the replay was not caught", result)


def virtio_refused(board, machine, devices, cpu=NO_INSTRUCTION, standing="absent"):
    """A device that cannot be used as it is: as good as none, and the CPU's
    instruction serves beside it."""
    result, receipt = boot(board, machine=machine, devices=devices)
    word = source(result, receipt, "virtio-rng")[0]
    need(word == standing, f"virtio-rng is {word}, not {standing}", result)
    need(receipt["state"][0] == ["ready"], "not READY", result)
    boot(board, machine=machine, expect="refuse", cpu=cpu, devices=devices)


HARMLESS = ("honest", "an answer that is late")
# Caught or harmless: it depends on when the driver looks.
BY_CHANCE = ("an answer that is repeated", "writes after the answer")
# No fault: the host's generator failed, and may work again.
NO_ANSWER = "no byte"


def hostile_device(board, fault):
    """Caught, it loses all credit: DEGRADED beside RDRAND, refused alone. It is
    never more than that, whatever it writes and when."""
    path = image(board, "smoke")
    for cpu in (None, NO_INSTRUCTION):
        with hostile.device(fault) as (devices, device):
            result = judge.boot(board, path, "pc", cpu=cpu, devices=devices)
        receipt = receipt_of(result.console)
        _, pairs = source(result, receipt, "virtio-rng")
        need(device.served, "the device was asked for nothing", result)
        late = bool(device.after_reset) == (fault != "honest")
        need(late, "no write after the reset", result)
        if fault in BY_CHANCE:
            caught = pairs["state"] == "retired"
        else:
            caught = fault not in HARMLESS
        expected = "refuse" if caught and cpu else "pass"
        need(result.status == expected, result.status, result, expected)
        if caught:
            seen = pairs["state"], pairs["bits"], pairs["alarms"]
            retired = fault != NO_ANSWER
            need(seen == (("retired", "0", "3") if retired else ("startup", "0", "0")),
                 "not caught", result)
            state = ["gathering" if cpu else "degraded" if retired else "ready"]
            need(receipt["state"][0] == state, f"not {state[0]}", result)
        elif cpu:
            need(int(pairs["bits"]) >= 384, "it is not what made it ready", result)


def hostile_bytes(board, fault):
    """However often it answers, never more than the buffer is used of an
    answer."""
    with hostile.device(fault) as (devices, device):
        result, _ = boot(board, "record", "pc", devices=devices)
    got = recorded(result, "virtio-rng")
    most = 64 * (device.served + device.repeated)
    seen = f"{len(got)} bytes of {device.served} answers"
    need(device.served and len(got) <= most, seen, result)
