# SPDX-License-Identifier: BSD-2-Clause
"""Which keystream of its table the unix board chooses, by the CPU that it is
emulated on."""
import re

from harness.failures import need
from scenarios.boots import boot

# QEMU 7.2 and 8.0 compute VAES wrongly, so there AES-NI is the best of max.
CHOSEN = {
    "max": ("aes256-aesni", "aes256-vaes256"),
    "Westmere": ("aes256-aesni",),
    "Haswell,-aes": ("chacha20-avx2",),
    "Haswell,-aes,-xsave": ("chacha20-sse2",),
    "qemu64": ("chacha20-sse2",),
}


def chosen(cpu):
    result, _ = boot("unix", "smoke", "emulated", cpu=cpu)
    said = re.search(r"^stream (\S+)$", result.console, re.M)
    need(said and said[1] in CHOSEN[cpu], "another keystream", result, " or ".join(CHOSEN[cpu]))


def tests(add):
    for cpu, streams in CHOSEN.items():
        add("Unix", f"emulated, -cpu {cpu}: it chooses {streams[0]}", chosen, cpu)
