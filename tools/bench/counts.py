# SPDX-License-Identifier: BSD-2-Clause
"""Instructions that calls take on boards in QEMU (tests/guests/count.c). This is
no time: a CPU may take one cycle for one of them, or twenty."""
import re

from harness import judge
from harness.failures import need_status

ICOUNT = "-icount shift=0"
OF_NOTHING = 2  # the call and its return, which the guest took away
NOPS = 1000
# machine -> board
BOARDS = {
    "Cortex-M0": "microbit",
    "arm64": "qemu-aarch64-virt",
    "riscv32": "qemu-riscv32-virt",
}
WHATS = ("event", "read-32", "read-4096")


def of_console(console):
    """what -> instructions of a call."""
    said = {name: int(number) for name, number in re.findall(r"^(\S+ \S+) (\d+)$", console, re.M)}
    tick = NOPS * said["nops calls"] / said["nops ticks"]
    return {
        what: round(OF_NOTHING + said[f"{what} ticks"] * tick / said[f"{what} calls"])
        for what in WHATS
    }


def image(board):
    """Its path below a build folder."""
    return f"{board}/guest/count.elf"


def of_image(board, path):
    result = judge.boot(board, path, devices=ICOUNT, timeout=120)
    need_status(result, "pass")
    return of_console(result.console)
