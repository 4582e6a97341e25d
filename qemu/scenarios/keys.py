# SPDX-License-Identifier: BSD-2-Clause
"""Keys that a guest printed, and what openssl says of them."""
import re
import subprocess

from judge import need
from scenarios.boots import boot, folder, seed_file
from scenarios.machines import SEED


def keys_of(console):
    return re.findall(r"-----BEGIN PRIVATE KEY-----\n(.*?)-----END", console, re.S)


def keys_of_a_boot(board, machine, seeded):
    with folder() as there:
        devices = SEED.format(file=seed_file(there)) if seeded else None
        result, _ = boot(board, "keygen", machine, devices=devices, timeout=120)
        keys = keys_of(result.console)
        need(len(keys) == 3, "not three keys", result)
        return keys


def openssl_accepts(keys):
    for key in keys:
        run = subprocess.run(["openssl", "pkey", "-check", "-noout"], capture_output=True, text=True,
                             input=f"-----BEGIN PRIVATE KEY-----\n{key}-----END PRIVATE KEY-----\n")
        need(run.returncode == 0 and "Key is valid" in run.stdout, f"openssl refuses a key: {run.stderr}")


def two_boots(board, machine, seeded=False):
    """Two boots share no key, and openssl accepts every one of them."""
    keys = keys_of_a_boot(board, machine, seeded) + keys_of_a_boot(board, machine, seeded)
    openssl_accepts(keys)
    need(len(set(keys)) == 6, "two boots share a key")
