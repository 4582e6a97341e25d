# SPDX-License-Identifier: BSD-2-Clause
"""What only a machine's host can do: clone it, and be one that must not be
believed."""
from harness import clone, confidential, judge
from harness.failures import need, need_status
from scenarios.boots import boot, source
from scenarios.images import image
from scenarios.machines import NO_INSTRUCTION, RDRAND_ALONE, RNG

UNTRUSTED = ("refused", "0", "not trusted on this machine")


def clones(machine, board="qemu-x86_64", devices=None):
    clone.need_no_faults(board, image(board, "clone"), machine, devices=devices)


def same_seed_clones(machine, board="qemu-x86_64"):
    """Every RNG under QEMU replays, so the clones' RDRAND is the same: the
    generation id alone tells them apart."""
    clones(machine, board, "-device vmgenid,guid=auto -seed 7")


def clones_unaware(extra, alike):
    """Without an id nothing tells a clone. RDRAND's word, fresh in each output,
    keeps two apart; where all replays, nothing does. The first draw may be of
    before the snapshot."""
    path = image("qemu-x86_64", "clone")
    lists = clone.clone("qemu-x86_64", path, "microvm", devices=extra)
    found = clone.faults(*lists, noticed=False)
    pairs = list(zip(lists[1][1:], lists[2][1:]))
    same = {one.sample == other.sample for one, other in pairs}
    seen = "\n".join([*found, *clone.lines_of(lists)])
    need(not found and same == {alike}, seen, expected="alike" if alike else "apart")


def confidential_facts(board, machine="microvm"):
    """The same devices on machines that say they are plain, SEV, SEV-ES,
    SEV-SNP, TDX, or a realm of CCA."""
    result = judge.boot(board, image(board, "confidential"), machine, cpu="max")
    need_status(result, "pass")


def boot_as(board, name, app, expect, cpu):
    """The image that `make` built, on a CPU that answers as that machine's
    would; what the receipt says of the host's source."""
    isa = board.removeprefix("qemu-")
    with confidential.machine(name, image(board, app), isa) as (options, answers):
        devices = options + RNG["honest"]
        result, receipt = boot(board, app, "microvm", expect, cpu=cpu, devices=devices, timeout=120)
    need(answers.given, "nobody asked", result)
    return result, receipt, source(result, receipt, "virtio-rng")


def confidential_guest(board, name):
    result, receipt, (word, pairs) = boot_as(board, name, "smoke", "pass", RDRAND_ALONE)
    need((word, pairs["bits"], pairs["why"]) == UNTRUSTED, "the host counts", result)
    mixed = int(pairs["bytes"]) >= 32
    said = receipt["distrust"][1]["flags"] == "host,timing"
    need(mixed and said, "it is not mixed, or nobody says why", result)
    bits = int(source(result, receipt, "x86-rdrand")[1]["bits"])
    need(bits >= 384, "RDRAND is not what made it ready", result)
    for app in ("smoke", "keygen"):
        result, receipt, (word, pairs) = boot_as(board, name, app, "refuse", NO_INSTRUCTION)
        need((word, pairs["bits"], pairs["why"]) == UNTRUSTED, "the host counts", result)
        says = "no source" in receipt["state"][1]["why"]
        said = receipt["distrust"][1]["flags"] == "host,timing"
        need(says and said, "it does not say why", result)
        need("BEGIN" not in result.console, "a key was made", result)


def able_and_plain(board):
    """A CPU that could be confidential and is not: the host counts."""
    for cpu in (RDRAND_ALONE, NO_INSTRUCTION):
        name = "AMD, plain though able"
        result, receipt, (word, _) = boot_as(board, name, "smoke", "pass", cpu)
        counts = word == "credited" and receipt["distrust"][1]["flags"] == "timing"
        need(counts, "the host does not count", result)
