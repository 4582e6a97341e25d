# SPDX-License-Identifier: BSD-2-Clause
"""What the installed QEMU can do. Asked once, when the first test wants to
know."""
from functools import lru_cache

from harness import children, judge


def version(program="qemu-system-x86_64"):
    """The first line of what the program says of itself."""
    run = children.run([program, "--version"], env=judge.environment())
    return run.stdout.split("\n")[0]


@lru_cache(maxsize=None)
def asked(path):
    """Whether a machine starts whose CPU must have RDSEED."""
    words = "qemu-system-x86_64 -accel tcg -M microvm -cpu max,rdseed=on,enforce -m 16"
    words += " -nodefaults -display none -S -monitor stdio"
    run = children.run(words.split(), 60, given="quit\n", env=judge.environment())
    return run.returncode == 0


def rdseed():
    """Whether the emulated x86 CPU has RDSEED: QEMU 10.0 has it, and 7.2 has
    not."""
    return asked(judge.other_path.get())
