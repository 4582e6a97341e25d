# SPDX-License-Identifier: BSD-2-Clause
"""Keys that a guest printed, and what openssl says of them."""
import re
import subprocess

from harness import children
from harness.failures import need
from scenarios.boots import boot

PEM = "-----BEGIN PRIVATE KEY-----\n"
END = "-----END PRIVATE KEY-----\n"
BEFORE_RSA = "^making rsa"


def keys_of(console):
    return re.findall(rf"{PEM}(.*?)-----END", console, re.S)


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


def two_boots(board, machine=None, most=3, **options):
    """Two boots share no key, and openssl accepts every one of them. The second
    ends before RSA, the last key, which takes most of the time; so does the
    first where most is 2, as where another board makes it by the same objects.
    The results of both."""
    results, keys = [], []
    for number, count in enumerate((most, 2)):
        early = {"expect": "enough", "enough": BEFORE_RSA} if count == 2 else {}
        result, _ = boot(board, "keygen", machine, timeout=120, number=number, **early, **options)
        found = keys_of(result.console)
        need(len(found) == count, f"not {count} keys", result)
        keys += found
        results.append(result)
    openssl_accepts(keys)
    need(len(set(keys)) == most + 2, "two boots share a key", result)
    return results
