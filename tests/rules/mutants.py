# SPDX-License-Identifier: BSD-2-Clause
"""The record of mutants is that of this code, and good enough: it has the
digest of each file that tests/mutation/generate changes. Score: the per cent
killed of the mutants that differ from the code."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "mutation"))
import record  # noqa: E402

# A file, or a folder as a whole, and the least score.
LEAST = {"core/": 97, "hal/": 95, "arch/": 95}
LEAST |= dict.fromkeys(
    ("core/health.c", "core/source.c", "core/wipe.c", "hal/virtio/virtio_ring.c"), 100
)


def check(tree):
    files = record.files(tree.top)
    for path in files:
        if record.stale(tree.top, path):
            yield path, f"its record is stale: tests/mutation/generate {path} --write"
    known = {str(record.where(path)) for path in files}
    for path in tree.files(str(record.FOLDER), suffixes=(".txt",)):
        if path not in known:
            yield path, "is a record of no file"
    for start, least in LEAST.items():
        counts = [record.read(tree.top, p).counts() for p in files if p.startswith(start)]
        score = record.score([sum(column) for column in zip(*counts)])
        if score < least:
            yield start, f"its mutation score is {score:.1f} %, and must be {least} %"
