#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Draws docs/states.svg, the states of an instance and the ways between them:

  docs/states.py > docs/states.svg

The words in capitals are reasons. docs/design.md has the same as a table.
"""
import sys

sys.dont_write_bytecode = True
from flow import SOFT, STOP, arrow, box, page, text  # noqa: E402


def draw():
    box(24, 150, 150, 76, "stage", "EMPTY", ["no instance:", "zeros in memory"])
    box(330, 150, 170, 76, "gate", "GATHERING", ["refuses: zeros,", "SB_EAGAIN or SB_EIO"])
    box(720, 70, 160, 76, "out", "READY", ["serves"])
    box(720, 250, 160, 76, "out", "DEGRADED", ["serves;", "a source is lost"])
    box(330, 372, 170, 76, "gate", "FAILED", ["refuses: zeros,", "SB_EIO"])

    arrow([(174, 176), (328, 176)], label="seedbed_init,", at=(251, 150))
    text(251, 167, "first seedbed_random", 11.5)
    arrow([(328, 204), (176, 204)], dashed=True, label="seedbed_wipe", at=(251, 222))
    text(251, 238, "(from any state)", 11, SOFT)

    arrow([(370, 150), (370, 84), (440, 84), (440, 148)], STOP,
          label="one more round", at=(405, 76))
    text(405, 26, "SB_EAGAIN: NEEDS_BITS, NEEDS_ROUND", 11.5, STOP)
    text(405, 43, "SB_EIO: STALLED, NO_SOURCE, TOO_FEW, NEEDS_SPLIT", 11.5, STOP)

    arrow([(500, 164), (610, 164), (610, 92), (718, 92)], label="384 bits, and each", at=(618, 52),
          anchor="middle")
    text(618, 68, "present source heard", 11.5)
    arrow([(580, 164), (580, 272), (718, 272)], label="the same,", at=(650, 246))
    text(650, 262, "a source is lost", 11.5)

    arrow([(770, 146), (770, 248)], label="alarm, fault:", at=(764, 186), anchor="end")
    text(764, 202, "LOST_SOURCE", 11.5, anchor="end")
    arrow([(830, 250), (830, 148)], label="start-up test", at=(838, 190), anchor="start")
    text(838, 206, "passed again", 11.5, anchor="start")

    arrow([(718, 128), (660, 128), (660, 190), (502, 190)], STOP)
    arrow([(718, 308), (548, 308), (548, 214), (502, 214)], STOP,
          label="epoch changed: CLONED; unreadable: NO_EPOCH", at=(624, 344))
    text(624, 361, "seedbed_reseed: TOLD; seedbed_init", 11.5, STOP)

    arrow([(415, 226), (415, 370)], STOP, label="state and its copy differ:", at=(408, 292),
          anchor="end")
    text(408, 308, "CORRUPT", 11.5, STOP, "end")
    text(408, 324, "(from any state but EMPTY)", 11, SOFT, "end")
    arrow([(460, 372), (460, 228)], label="seedbed_init", at=(466, 264), anchor="start")


if __name__ == "__main__":
    draw()
    page("seedbed: the states of an instance", 960, 470)
