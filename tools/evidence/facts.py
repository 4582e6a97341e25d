# SPDX-License-Identifier: BSD-2-Clause
"""What is known of a recording: where it was made, by what, and of whom."""
import hashlib
import os
import re
import shlex
from datetime import datetime, timezone
from pathlib import Path

import recording
from harness import boards, capabilities, children, tree

CPU = {  # line of /proc/cpuinfo -> its name here
    "vendor_id": "vendor",
    "cpu family": "family",
    "model": "model",
    "stepping": "stepping",
    "model name": "name",
    "CPU implementer": "implementer",
    "CPU architecture": "architecture",
    "CPU variant": "variant",
    "CPU part": "part",
}
HARMLESS = ("-I", "-W", "-MMD", "-MP")  # flags that change no code


def short(words):
    """A command, without the place of this checkout."""
    return shlex.join(map(str, words)).replace(f"{tree.TOP}/", "")


def emulators(words):
    """The programs of QEMU that a machine's command starts, a shell's too."""
    return re.findall(r"(?<!\S)qemu-(?:system-)?\w+(?!\S)", " ".join(map(str, words)))


def is_native(words):
    """Whether the guest's instructions are run by this machine's CPU."""
    return not emulators(words) or "-accel kvm" in " ".join(map(str, words))


def by(words):
    """What one start is."""
    virtual = any(name.startswith("qemu-system-") for name in emulators(words))
    return "boot" if virtual or "solo5-hvt" in words else "process"


def cpu():
    """This machine's first CPU."""
    found = {}
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip() in CPU:
            found.setdefault(CPU[key.strip()], value.strip())
        if key.strip() == "flags":
            found["virtual"] = "hypervisor" in value.split()
    return found


def compiler(built, isa):
    """That of the drivers, and the flags that change its code. built: the folder
    that make built in."""
    path = built / "isa" / isa / "flags"
    if not path.is_file():
        return "unknown"
    program, *flags = shlex.split(path.read_text())
    version = children.run([program, "--version"]).stdout.splitlines()[0]
    kept = [flag for flag in flags if flag[0] == "-" and not flag.startswith(HARMLESS)]
    return " ".join([version] + kept)


def function_behind(image, offset):
    """The name of the function that lies so far behind board_write."""
    run = children.run(["nm", image])
    symbols = re.findall(r"^([0-9a-f]+) [TtWw] (\w+)$", run.stdout, re.M)
    at = next((int(place, 16) for place, name in symbols if name == "board_write"), None)
    if at is None:
        return "unknown"
    wide = Path(image).read_bytes()[4] == 2  # EI_CLASS of the ELF header
    place = (at + offset) % (1 << (64 if wide else 32))
    names = [name for where, name in symbols if int(where, 16) | 1 == place | 1]
    return min(names, key=lambda name: name.startswith("sb_own_"), default="unknown")


def of_counter(result, image):
    bits, hz, offset = recording.counter(result)
    return {"function": function_behind(image, offset), "bits": bits, "hz": hz}


def of_machine(args, result, image):
    """Facts that all recordings of a machine share."""
    programs = sorted(set(emulators(result.command)))
    machine = boards.machine(args.board, args.machine)
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "load": round(os.getloadavg()[0], 1),
        "board": machine.board,
        "machine": machine.name,
        "start": short(result.command),
        "cpu": cpu() if is_native(result.command) else "emulated",
        "emulator": [capabilities.version(program) for program in programs],
        "counter": of_counter(result, image),
        "compiler": compiler(args.built, boards.board(args.board).isa()),
    }


def of_samples(one, data):
    return {
        "source": {
            "driver": one.name,
            "width": one.width,
            "entropy": one.entropy,
            "credit": one.credit,
            "flags": one.flags,
        },
        "samples": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
