# SPDX-License-Identifier: BSD-2-Clause
"""Cortex-M3 with a seed and without, and the nRF51's generator on Cortex-M0."""
from harness import boards
from harness.failures import need
from scenarios.boots import boot, fresh_seed, source, two_samples

M3 = "mps2-an385"


def m3_without_seed():
    result, receipt = boot(M3, expect="refuse")
    need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def m3_with_seed():
    result, receipt = boot(M3)
    word, pairs = source(result, receipt, "board-seed")
    credited = word == "credited" and int(pairs["bits"]) == 384
    need(credited, "48 bytes are 384 bits", result)


def m3_short_seed():
    with fresh_seed(boards.machine(M3), 47) as devices:
        boot(M3, expect="refuse", devices=devices)


def m3_getentropy():
    """newlib's getentropy: EIO and zeros without a seed, random bytes with
    one."""
    result, _ = boot(M3, "getentropy", expect="refuse")
    need("ok refuses with EIO and zeros" in result.console, "not EIO", result)
    boot(M3, "getentropy")


def m0_trng():
    result, receipt = boot("microbit")
    word, pairs = source(result, receipt, "nrf51-trng")
    started = word == "credited" and int(pairs["bytes"]) >= 1024
    need(started, "credited before 1024 start-up samples", result)


def tests(add):
    add("Cortex-M3", "no seed: refused", m3_without_seed)
    add("Cortex-M3", "a seed of 48 bytes", m3_with_seed)
    add("Cortex-M3", "a seed of 47 bytes: refused", m3_short_seed)
    add("Cortex-M3", "getentropy of newlib", m3_getentropy)
    add("Cortex-M0", "the nRF51's generator", m0_trng)
    add("Cortex-M0", "two boots share no sample", two_samples, "microbit")
