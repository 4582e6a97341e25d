# SPDX-License-Identifier: BSD-2-Clause
"""A CPU's instruction that gives random numbers, of whatever ISA."""
from harness.failures import need
from scenarios.boots import boot, lines_of, recorded, source


def serves_alone(board, name, absent, machine=None, devices="", **options):
    """It makes the board ready, half of its bits count, and no word of 8 bytes
    comes twice. absent: the sources that are not there."""
    result, receipt = boot(board, machine=machine, devices=devices, **options)
    word, pairs = source(result, receipt, name)
    need(word == "credited" and int(pairs["bits"]) >= 384, f"{name} did not do it", result)
    need(pairs["credit"] == "4.0000", "not half of the bits", result)
    for other in absent:
        word = source(result, receipt, other)[0]
        need(word == "absent", f"{other} was found where there is none", result)
    result, _ = boot(board, "record", machine, devices=devices, **options)
    got = recorded(result, name)
    words = [got[i : i + 8] for i in range(0, 256, 8)]
    need(len(got) == 256 and len(set(words)) == 32, "too few bytes, or the same again", result)


def replays(board, random, machine=None, given="-seed 7 -icount shift=0,sleep=off", **options):
    """With -seed it gives the same bytes in each boot, which no test of one boot
    can see. random: a device that makes the difference."""
    samples = []
    for devices in ("", random):
        found = set()
        for number in range(2):
            words = f"{given} {devices}"
            result, _ = boot(board, machine=machine, devices=words, number=number, **options)
            found |= {line for line in lines_of(result) if line.startswith("sample ")}
        samples.append(len(found))
    need(samples == [1, 2], f"samples that differ, of two boots: {samples}")
