# SPDX-License-Identifier: BSD-2-Clause
"""Cortex-M3 with a seed and without, and the nRF51's generator on Cortex-M0."""
import judge
from judge import need
from scenarios.boots import boot, folder, seed_file, source, two_samples
from scenarios.images import image
from scenarios.keys import two_boots
from scenarios.machines import SEED


def m3_without_seed():
    result, receipt = boot("mps2-an385", expect="refuse")
    need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def m3_with_seed():
    with folder() as there:
        result, receipt = boot("mps2-an385", devices=SEED.format(file=seed_file(there)))
        word, pairs = source(result, receipt, "board-seed")
        need(word == "credited" and int(pairs["bits"]) == 384, "48 bytes are 384 bits", result)


def m3_short_seed():
    with folder() as there:
        boot("mps2-an385", expect="refuse", devices=SEED.format(file=seed_file(there, 47)))


def m3_getentropy():
    """newlib's getentropy: EIO and zeros without a seed, random bytes with one."""
    result = judge.boot("mps2-an385", image("mps2-an385", "getentropy"))
    need(result.status == "refuse" and "ok refuses with EIO and zeros" in result.console, "expected EIO", result)
    with folder() as there:
        result = judge.boot("mps2-an385", image("mps2-an385", "getentropy"), devices=SEED.format(file=seed_file(there)))
        need(result.status == "pass", "expected pass", result)


def m3_keys():
    two_boots("mps2-an385", None, seeded=True)


def m0_trng():
    result, receipt = boot("microbit")
    word, pairs = source(result, receipt, "nrf51-trng")
    need(word == "credited" and int(pairs["bytes"]) >= 1024, "credited before 1024 start-up samples", result)


def tests(add):
    add("Cortex-M3", "no seed: refused", m3_without_seed)
    add("Cortex-M3", "a seed of 48 bytes", m3_with_seed)
    add("Cortex-M3", "a seed of 47 bytes: refused", m3_short_seed)
    add("Cortex-M3", "getentropy of newlib", m3_getentropy)
    add("Cortex-M3", "two boots share no key", m3_keys)
    add("Cortex-M0", "the nRF51's generator", m0_trng)
    add("Cortex-M0", "two boots share no sample", two_samples, "microbit")
