# SPDX-License-Identifier: BSD-2-Clause
"""One image, booted again and again."""
import concurrent.futures
import os
import re

from harness import judge
from harness.failures import need, need_status
from scenarios.images import image
from scenarios.machines import RDRAND_ALONE

BOARD, MACHINE, BOOTS = "qemu-x86_64", "microvm", 1000


def sample_of(path):
    result = judge.boot(BOARD, path, MACHINE, cpu=RDRAND_ALONE)
    need_status(result, "pass")
    return re.findall(r"^sample ([0-9a-f]{64})$", result.console, re.M)


def share_nothing():
    paths = [image(BOARD, "smoke")] * BOOTS
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        samples = [sample for found in pool.map(sample_of, paths) for sample in found]
    different = len(set(samples))
    need(different == len(samples) == BOOTS, f"{different} of {len(samples)} samples differ")


def tests(add):
    add("many", f"{BOOTS} boots of one image share no sample", share_nothing, budget=400)
