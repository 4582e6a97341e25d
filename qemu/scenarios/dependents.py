# SPDX-License-Identifier: BSD-2-Clause
"""Somebody else's code on top: mbedTLS signs, an accumulator is fed."""
import re
import subprocess

import clone
from judge import need
from scenarios.boots import boot, folder, seed_file
from scenarios.images import image
from scenarios.machines import NO_INSTRUCTION, RNG, SEED

MESSAGE = b"seedbed signs this"  # apps/ecdsa.c
ECDSA_REFUSED = ("drbg entropy error=-0x003c", "drbg seed error=-0x0034", "direct key error=-0x003c", "psa key error=-0x0094")
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")  # SubjectPublicKeyInfo up to the point, RFC 5480


def der_signature(pair):
    """r and s as DER: ECDSA-Sig-Value, RFC 3279 section 2.2.3."""
    def integer(raw):
        raw = raw.lstrip(b"\0")
        raw = b"\0" + raw if not raw or raw[0] & 0x80 else raw
        return bytes([2, len(raw)]) + raw
    body = integer(pair[:32]) + integer(pair[32:])
    return bytes([0x30, len(body)]) + body


def openssl_verifies(point, signature, message):
    with folder() as there:
        for name, content in (("key", P256 + point), ("signature", signature), ("message", message)):
            (there / name).write_bytes(content)
        run = subprocess.run(["openssl", "dgst", "-sha256", "-verify", "key", "-keyform", "DER", "-signature", "signature", "message"],
                             cwd=there, capture_output=True, text=True)
        return run.returncode == 0 and "Verified OK" in run.stdout


def ecdsa_of_a_boot(board, **options):
    """{way: public key} of a boot that signed three times; openssl says the same of every signature."""
    result, _ = boot(board, "ecdsa", **options)
    found = {way: (bytes.fromhex(point), bytes.fromhex(signature))
             for way, point, signature in re.findall(r"^(\w+) public=([0-9a-f]+) signature=([0-9a-f]+)$", result.console, re.M)}
    need(set(found) == {"drbg", "direct", "psa"}, "not three signatures", result)
    for way, (point, signature) in found.items():
        signature = der_signature(signature) if way == "psa" else signature
        need(openssl_verifies(point, signature, MESSAGE), f"openssl refuses the signature of {way}", result)
        need(not openssl_verifies(point, signature, MESSAGE + b"."), f"openssl takes the signature of {way} for another message's", result)
    return [point for point, _ in found.values()]


def ecdsa(board, seeded=False, **options):
    """Two boots, six keys."""
    keys = []
    for _ in range(2):
        with folder() as there:
            seed = {"devices": SEED.format(file=seed_file(there))} if seeded else {}
            keys += ecdsa_of_a_boot(board, **seed, **options)
    need(len(set(keys)) == 6, "two boots share a key")


def ecdsa_refused(board, **options):
    """Without a source mbedTLS's own codes arrive, by each way in, and nothing is signed."""
    result, _ = boot(board, "ecdsa", expect="refuse", **options)
    need(all(line in result.console.splitlines() for line in ECDSA_REFUSED), f"not {ECDSA_REFUSED}", result)
    need("signature=" not in result.console, "it signed", result)


def accumulator_refused():
    result, _ = boot("qemu-x86_64", "accumulator", "pc", "refuse", cpu=NO_INSTRUCTION)
    need("draw" not in result.console, "it drew", result)


def accumulator_clones(extra):
    """The accumulator's own draws: it was told, and the clones differ. It draws only after its consumer, added, removed and added again, was fed."""
    _, faults = clone.check("qemu-x86_64", image("qemu-x86_64", "accumulator"), "pc", devices=f"-device vmgenid,guid=auto {extra}")
    need(not faults, "; ".join(faults))


def tests(add):
    add("microvm", "mbedTLS: ECDSA, and openssl verifies", ecdsa, "qemu-x86_64", machine="microvm", devices=RNG["honest"])
    add("microvm", "mbedTLS: refused with its own codes", ecdsa_refused, "qemu-x86_64", machine="microvm", cpu=NO_INSTRUCTION, devices="")
    add("Cortex-M3", "mbedTLS: ECDSA, and openssl verifies", ecdsa, "mps2-an385", seeded=True)
    add("Cortex-M3", "mbedTLS: refused with its own codes", ecdsa_refused, "mps2-an385")
    add("pc", "an accumulator of its own: refused without a source", accumulator_refused)
    add("pc", "an accumulator of its own: clones diverge", accumulator_clones, "")
    add("pc", "an accumulator of its own: clones with the same RDRAND diverge", accumulator_clones, "-seed 7")
