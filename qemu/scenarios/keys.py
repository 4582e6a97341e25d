# SPDX-License-Identifier: BSD-2-Clause
"""Keys that a guest printed, and what openssl says of them."""
import re
import subprocess

from harness import children
from harness.failures import need
from scenarios.boots import boot

PEM = "-----BEGIN PRIVATE KEY-----\n"
END = "-----END PRIVATE KEY-----\n"


def keys_of(console):
    return re.findall(rf"{PEM}(.*?)-----END", console, re.S)


def keys_of_a_boot(board, machine, number):
    result, _ = boot(board, "keygen", machine, timeout=120, number=number)
    keys = keys_of(result.console)
    need(len(keys) == 3, "not three keys", result)
    return keys


def openssl_accepts(keys):
    """The keys go through a pipe: they never lie in a file."""
    for key in keys:
        run = children.run(
            ["openssl", "pkey", "-check", "-noout"],
            given=f"{PEM}{key}{END}",
            stderr=subprocess.PIPE,
        )
        valid = run.returncode == 0 and "Key is valid" in run.stdout
        need(valid, f"openssl refuses a key: {run.stderr}")


def two_boots(board, machine=None):
    """Two boots share no key, and openssl accepts every one of them."""
    keys = [key for number in range(2) for key in keys_of_a_boot(board, machine, number)]
    openssl_accepts(keys)
    need(len(set(keys)) == 6, "two boots share a key")
