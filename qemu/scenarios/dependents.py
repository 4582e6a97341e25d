# SPDX-License-Identifier: BSD-2-Clause
"""Somebody else's code on top: mbedTLS signs, an accumulator is fed."""
import re

from harness import children, clone
from harness.failures import need
from scenarios.boots import boot, folder
from scenarios.images import image
from scenarios.machines import NO_INSTRUCTION

MESSAGE = b"seedbed signs this"  # the program ecdsa
ECDSA_REFUSED = (
    "drbg entropy error=-0x003c",
    "drbg seed error=-0x0034",
    "direct key error=-0x003c",
    "psa key error=-0x0094",
)
# SubjectPublicKeyInfo up to the point, RFC 5480.
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


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
        files = {"key": P256 + point, "signature": signature, "message": message}
        for name, content in files.items():
            (there / name).write_bytes(content)
        words = "openssl dgst -sha256 -verify key -keyform DER -signature signature message"
        run = children.run(words.split(), cwd=there)
        return run.returncode == 0 and "Verified OK" in run.stdout


def ecdsa_of_a_boot(machine, number):
    """The public keys of a boot that signed three times; openssl says the same
    of every signature."""
    result, _ = boot(machine.board, "ecdsa", machine.name, number=number)
    line = r"^(\w+) public=([0-9a-f]+) signature=([0-9a-f]+)$"
    found = {
        way: (bytes.fromhex(point), bytes.fromhex(signature))
        for way, point, signature in re.findall(line, result.console, re.M)
    }
    need(set(found) == {"drbg", "direct", "psa"}, "not three signatures", result)
    for way, (point, signature) in found.items():
        signature = der_signature(signature) if way == "psa" else signature
        good = openssl_verifies(point, signature, MESSAGE)
        need(good, f"openssl refuses the signature of {way}", result)
        bad = openssl_verifies(point, signature, MESSAGE + b".")
        need(not bad, f"openssl takes the signature of {way} for another message's", result)
    return [point for point, _ in found.values()]


def ecdsa(machine):
    """Two boots, six keys."""
    keys = [key for number in range(2) for key in ecdsa_of_a_boot(machine, number)]
    need(len(set(keys)) == 6, "two boots share a key")


def ecdsa_refused(machine):
    """Without a source mbedTLS's own codes arrive, by each way in, and nothing
    is signed."""
    result, _ = boot(machine.board, "ecdsa", machine.name, "refuse", **machine.none)
    lines = result.console.splitlines()
    need(all(line in lines for line in ECDSA_REFUSED), f"not {ECDSA_REFUSED}", result)
    need("signature=" not in result.console, "it signed", result)


def ecdsa_tests(add, machine):
    add(machine.group, "mbedTLS: ECDSA, and openssl verifies", ecdsa, machine)
    add(machine.group, "mbedTLS: refused with its own codes", ecdsa_refused, machine)


def accumulator_refused():
    result, _ = boot("qemu-x86_64", "accumulator", "pc", "refuse", cpu=NO_INSTRUCTION)
    need("draw" not in result.console, "it drew", result)


def accumulator_clones(extra):
    """The accumulator's own draws: it was told, and the clones differ. It draws
    only after its consumer, added, removed and added again, was fed."""
    path = image("qemu-x86_64", "accumulator")
    devices = f"-device vmgenid,guid=auto {extra}"
    clone.need_no_faults("qemu-x86_64", path, "pc", devices=devices)


def tests(add):
    name = "an accumulator of its own: "
    add("pc", name + "refused without a source", accumulator_refused)
    add("pc", name + "clones diverge", accumulator_clones, "")
    add("pc", name + "clones with the same RDRAND diverge", accumulator_clones, "-seed 7")
