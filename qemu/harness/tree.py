# SPDX-License-Identifier: BSD-2-Clause
"""Where things are in the tree."""
import os
import sys
from pathlib import Path

os.environ["LC_ALL"] = "C"  # the output of readelf, ld and time is read here

TOP = Path(__file__).resolve().parent.parent.parent
BUILD = TOP / "build"
DEPS = BUILD / "deps"  # what qemu/setup fetched
BOARDS = TOP / "boards"
SKIPS = TOP / "qemu/harness/allowed-skips"

# Make splits words at a space, and so do the commands in boards/*/machines. The
# other characters mean something to make, to a shell or to QEMU's options.
if set(str(TOP)) & set(" \t\n'\"$`\\#%:;,=*?[]{}()|&<>!~"):
    sys.exit(f"the path of this checkout has a character that make or QEMU splits words at: {TOP}")


def sources(pattern):
    """The stems of the files of the tree that match, sorted."""
    return sorted(path.stem for path in TOP.glob(pattern))
