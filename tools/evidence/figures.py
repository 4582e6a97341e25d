# SPDX-License-Identifier: BSD-2-Clause
"""From a recording to its figures and pictures: docs/evidence/*/*.json and .svg.
Needs numpy and matplotlib."""
import json
import math

import numpy as np
import plots
import worth
from assessment import SECTIONS, assess
from estimators.bound import upper
from progress import Progress
from restarts import restarts

LINES = 256  # of cache-timing, one after the other


def in_order(found):
    """Name -> bits a sample, of the samples and of their bits. None: it does not
    apply."""
    bits = {name: found.width * bits for name, bits in found.bitstring.items()}
    return {name: [found.original.get(name), bits.get(name)] for name in SECTIONS}


def again(samples):
    """Bits a sample for who guesses that it is as that of the same line before.
    The estimators look 128 samples back at most."""
    if len(samples) <= LINES:
        return None
    share = float((samples[LINES:] == samples[:-LINES]).mean())
    return -math.log2(upper(share, len(samples) - LINES))


def restart_test(what, starts, h, width):
    """What the restarts say, where the samples in a row say h."""
    with Progress(f"{what}, restarts") as progress:
        found = restarts(starts, h, width, progress)
    known = {"h_rows": found.H_r, "h_columns": found.H_c, "most": found.most}
    return known | {"cutoff": found.cutoff, "failed": found.why}, found.H


def assessed(what, samples, starts=None):
    """What the estimators say. starts: a row of samples for each restart."""
    with Progress(what) as progress:
        found = assess(samples, progress=progress)
    h_bitstring = None if found.H_bitstring is None else found.width * found.H_bitstring
    known = {"estimates": in_order(found), "h_original": found.H_original}
    known |= {"h_bitstring": h_bitstring, "h": found.H_I, "restart_test": None}
    if starts is not None:
        known["restart_test"], known["h"] = restart_test(what, starts, found.H_I, found.width)
    return known


def read(path):
    """The samples of a recording, and what is known of it."""
    known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    data = path.read_bytes()
    if worth.digest(data) != known["sha256"]:
        raise ValueError(f"{path.name} is not what {path.stem}.json says")
    return np.frombuffer(data, dtype=np.uint8), known


def write(folder, path):
    """Assesses a recording, and its restarts if there are any, and keeps what was
    found. Timing noise has a page with pictures. What else was recorded has a
    row of a table."""
    data, one = read(path)
    rows = path.with_name(f"{path.stem}-restarts.bin")
    starts, many = read(rows) if rows.is_file() else (None, None)
    pictures = plots.of(data) if worth.is_timing(one) else {}
    found = {"sequential": one, "restarts": many} | assessed(path.stem, data, starts)
    if worth.is_timing(one):
        found |= {"again": again(data)}
    there = folder / worth.place(one)
    there.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, indent=1) + "\n"
    there.with_name(f"{there.name}.json").write_text(text, encoding="utf-8")
    for name, text in pictures.items():
        there.with_name(f"{there.name}-{name}.svg").write_text(text, encoding="utf-8")
