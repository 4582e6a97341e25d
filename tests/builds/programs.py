# SPDX-License-Identifier: BSD-2-Clause
"""What the scripts of this folder share: commands that must succeed, and the
programs that users would write."""
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
HERE = TOP / "tests/builds"
PROGRAM = HERE / "program.c"  # for this machine, or a board with a C library
GUEST = HERE / "installed/guest.c"  # for any other board
sys.path.insert(0, str(TOP / "qemu"))
from harness import children  # noqa: E402


def need(truth, what):
    if not truth:
        sys.exit(f"FAILED {what}")


def run(*words, cwd=TOP, silent=False, **options):
    """The output of a command that must succeed. silent: it must not print
    anything either, such as a warning."""
    done = children.run([str(word) for word in words], cwd=cwd, **options)
    given = options.get("given", "")
    bad = done.returncode or (silent and done.stdout)
    need(not bad, f"exit {done.returncode}: {' '.join(done.args)}\n{given}\n{done.stdout}")
    return done.stdout


def gate(image):
    """The provenance of a linked image has no fault."""
    run(TOP / "tools/provenance", "-q", image, silent=True)


def two_keys(text):
    """Two keys were printed, and they differ."""
    # Firmware may leave its cursor anywhere, so a key need not begin a line.
    keys = re.findall("key ([0-9a-f]{64})$", text, re.M)
    need(len(set(keys)) == 2, f"not two keys:\n{text}")
