# SPDX-License-Identifier: BSD-2-Clause
"""What every scenario is made of: an image, a boot that must end as expected, what its receipt says of a source."""
import contextlib
import os
import re
import tempfile
from pathlib import Path

import judge
from judge import need
from scenarios.images import image
from scenarios.machines import ARM, SEED

figures = {}         # what the budgets print: name -> (measured, budget, unit)


def boot(board, app="smoke", machine=None, expect="pass", **options):
    """One boot that must end as expected; its result and its receipt."""
    result = judge.boot(board, image(board, app, machine), machine, **options)
    need(result.status == expect, f"expected {expect}", result)
    return result, judge.receipt(result.console)


def smoke_passes(board, path):
    """A smoke image of whatever build, on what its board needs to be ready."""
    with folder() as there:
        for machine in ("virt", "moved") if board == ARM else (None,):
            result = judge.boot(board, path, machine, devices=SEED.format(file=seed_file(there)) if board == "mps2-an385" else None)
            need(result.status == "pass", "expected pass", result)


def source(result, receipt, name):
    need(receipt and name in receipt["source"], f"no receipt that names {name}", result)
    words, pairs = receipt["source"][name]
    return words[0], pairs


def seed_file(folder, length=48):
    """What a boot loader leaves in the RAM of mps2-an385: fresh in every boot."""
    path = Path(folder) / "seed"
    path.write_bytes(b"SEEDBED1" + length.to_bytes(4, "little") + os.urandom(length))
    return str(path)


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def recorded(result, name):
    return bytes.fromhex("".join(re.findall(rf"^raw {name} ([0-9a-f]+)$", result.console, re.M)))


def two_samples(board):
    samples = []
    for _ in range(2):
        result, _ = boot(board)
        samples += re.findall(r"^sample ([0-9a-f]{64})$", result.console, re.M)
    need(len(set(samples)) == 2, f"two boots, and these samples: {samples}")


def as_one(action, *arguments, **options):
    def run():
        action(*arguments, **options)
        return 1, 0, ""
    return run
