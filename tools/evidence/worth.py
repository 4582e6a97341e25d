# SPDX-License-Identifier: BSD-2-Clause
"""What is known of a recording after it was assessed: docs/evidence/PLATFORM/
CPU.json. What the board credits stands in the tree alone, and is read there."""
import hashlib
import json
import re
import subprocess
import sys

from harness import boards, make, tree
from harness.failures import Failure

DRIVER = "cache-timing"
FOLDER = "docs/evidence"
OTHERS = "others"  # its folder of other sources
ROW = 256  # a credit is in 1/256 bit a byte
MOST, PART = 1 / 3, 4  # the most bits a sample, and the part of what was measured
RECORDED = re.compile(r'\{ "(\w{12})", (0x\w+), (0x\w+), (0x\w+) \}')


def digest(data):
    return hashlib.sha256(data).hexdigest()


def is_timing(facts):
    return facts["source"]["driver"] == DRIVER


def platform(board):
    """A board, and its ISA where the board may have several."""
    isa = boards.board(board).isa()
    return board if isa in board else f"{board}-{isa}"


def cpu(facts):
    """A short name of a CPU that /proc/cpuinfo knows."""
    known = facts["cpu"]
    if known == "emulated":
        return known
    keys = ("vendor", "family", "model") if "vendor" in known else ("implementer", "part")
    return "-".join(known.get(key, "unknown") for key in keys)


def name(facts):
    """Of the file that has the figures."""
    same = facts["machine"] == facts["board"]
    return cpu(facts) if same else f"{facts['machine']}-{cpu(facts)}"


def place(facts):
    """Of that file, in docs/evidence. It has no ending yet."""
    if is_timing(facts):
        return f"{platform(facts['board'])}/{name(facts)}"
    return f"{OTHERS}/{facts['board']}-{facts['machine']}-{facts['source']['driver']}"


def read(folder):
    """All that were assessed: platform -> those of its CPUs. Other sources are
    under OTHERS."""
    found = {}
    for path in sorted(folder.glob("*/*.json")):
        figures = json.loads(path.read_text(encoding="utf-8"))
        found.setdefault(path.parent.name, []).append(figures | {"name": path.stem})
    return found


def least(figures):
    """Bits a sample that the recording supports."""
    again = figures.get("again")
    return figures["h"] if again is None else min(figures["h"], again)


def allowed(figures):
    """Bits a sample that may be credited: docs/design.md, on timing noise."""
    test = figures["restart_test"]
    return 0 if test is None or test["failed"] else min(MOST, least(figures) / PART)


def carriers():
    """The boards that link the driver."""
    return [b.name for b in boards.every() if "timing/" in b.variables.get("HAL_SRCS", "")]


def credit(board):
    """What its image says that a sample counts, in 1/256 bit."""
    try:
        words = [tree.TOP / "tools/provenance", make.image(board, "smoke")]
    except Failure:
        print(f"{board} cannot be built here: its credit is taken as 0", file=sys.stderr)
        return 0
    run = subprocess.run(words, capture_output=True, text=True, check=True)
    found = re.search(rf"^source {DRIVER} .*credit=([\d.]+)", run.stdout, re.M)
    return round(float(found[1]) * ROW) if found else 0


def credits():
    """Platform -> credit, of each board that links the driver."""
    return {platform(board): credit(board) for board in carriers()}


def recorded():
    """(vendor, family, model) of each CPU in arch/x86/recorded.c."""
    text = (tree.TOP / "arch/x86/recorded.c").read_text(encoding="utf-8")
    for vendor, family, first, last in RECORDED.findall(text):
        for model in range(int(first, 0), int(last, 0) + 1):
            yield vendor, int(family, 0), model
