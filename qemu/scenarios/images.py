# SPDX-License-Identifier: BSD-2-Clause
"""Which file a machine boots; Solo5's own are linked here, once each, where there is a Solo5."""
import fcntl
import re
import shutil
import subprocess
import threading
from pathlib import Path

import judge
from judge import BUILD, need
from scenarios.machines import SOLO5, SOLO5_REAL


def image(board, app, machine=None):
    return solo5_image(app, machine) if machine in SOLO5_REAL else BUILD / board / f"{app}.elf"


SOLO5_CC = "x86_64-solo5-none-static-cc"
SOLO5_LOCK, SOLO5_LINKED = threading.Lock(), set()


def kvm_answers():
    try:
        with open("/dev/kvm", "rb+", buffering=0) as kvm:
            return fcntl.ioctl(kvm, 0xae00) == 12  # KVM_GET_API_VERSION
    except OSError:
        return False


def kvm_emulates():
    """A KVM without the CPU's help reads each instruction of a guest's, some thousand times slower than the CPU."""
    return not re.search(r"^flags\s*:.* (?:vmx|svm)\b", Path("/proc/cpuinfo").read_text(), re.M)


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
