# SPDX-License-Identifier: BSD-2-Clause
"""Which file a machine boots. Solo5's own are linked here, once each, where
there is a Solo5."""
import fcntl
import re
import shutil
import threading
from pathlib import Path

from harness import children, make
from harness.failures import Skip, need
from harness.tree import BUILD
from scenarios.machines import SOLO5, SOLO5_REAL

SOLO5_CC = "x86_64-solo5-none-static-cc"
SOLO5_LOCK, SOLO5_LINKED = threading.Lock(), set()


def image(board, app, machine=None):
    return solo5_image(app, machine) if machine in SOLO5_REAL else make.image(board, app)


def kvm_answers():
    try:
        with open("/dev/kvm", "rb+", buffering=0) as kvm:
            return fcntl.ioctl(kvm, 0xAE00) == 12  # KVM_GET_API_VERSION
    except OSError:
        return False


def kvm_emulates():
    """A KVM without the CPU's help reads each instruction of a guest's, some
    thousand times slower than the CPU."""
    return not re.search(r"^flags\s*:.* (?:vmx|svm)\b", Path("/proc/cpuinfo").read_text(), re.M)


def solo5_missing(machine):
    """Why this machine of Solo5's cannot run here; None: it can."""
    if not shutil.which(SOLO5_CC):
        return f"no {SOLO5_CC} on PATH: Solo5 is yours to bring"
    return "/dev/kvm does not answer" if machine == "hvt" and not kvm_answers() else None


def solo5_image(app, machine):
    """What qemu/solo5 links; a skip where there is no Solo5."""
    if missing := solo5_missing(machine):
        raise Skip(missing)
    return solo5_link(app, machine)


def solo5_link(app, machine):
    """The same, whether or not its tender can be run here."""
    binding, _, net = machine.partition("-")
    make.image(SOLO5, app)
    with SOLO5_LOCK:
        if (machine, app) not in SOLO5_LINKED:
            run = children.run(["qemu/solo5", binding, app] + ["--net"] * bool(net))
            need(run.returncode == 0, run.stdout)
            SOLO5_LINKED.add((machine, app))
    return BUILD / SOLO5 / machine / f"{app}.elf"
