# SPDX-License-Identifier: BSD-2-Clause
"""The seed that a boot loader leaves in RAM, for a board without a source."""
import contextlib
import os
import tempfile
from pathlib import Path

SEED_BYTES = 48  # what makes the library ready


@contextlib.contextmanager
def fresh_seed(machine, length=SEED_BYTES):
    """The devices that bring a seed into the machine, fresh in every boot; None
    where it wants none. The file: boards/common/seed/seed_window.h."""
    with tempfile.TemporaryDirectory() as there:
        path = Path(there) / "seed"
        path.write_bytes(b"SEEDBED1" + length.to_bytes(4, "little") + os.urandom(length))
        yield machine.seed.replace("{seed}", str(path)) if machine.seed else None
