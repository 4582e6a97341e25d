# SPDX-License-Identifier: BSD-2-Clause
"""The random numbers of Arm firmware, DEN0098: a server of ours at EL3 or EL2
of QEMU's virt, below the very images that run without one. A word in memory
tells it what to do wrong."""
import dataclasses
import re

from harness import make, tree
from harness.failures import need
from scenarios import epoch
from scenarios.boots import boot, source
from scenarios.machines import ARM, NO_SEED, RNG, changed

ARM32 = "qemu-arm-virt"
# tests/firmware/firmware.h: where things lie, and bits of the word.
AT, WORD = 0x43000000, 0x43FFF000
HVC, HIDES, IMAGE32 = 0x100, 0x200, 0x400
CONDUITS = {"SMC": 0, "HVC": HVC}
NAMES = {"SMC": "smccc-trng", "HVC": "smccc-trng-hvc"}
UUID = "5eedbed0-0098-4000-8000-000000000001"
FAULT = "the device or instruction failed"
RETIRED = "no source on this machine may be credited"
STALLED = "too long without progress"

# kind -> standing, reason of the source, reason of the instance
WRONG = {
    "NO_ENTROPY": ("found", "silent: no answer to 128 reads in a row", STALLED),
    "INVALID": ("refused", FAULT, RETIRED),
    "NOT_SUPPORTED": ("refused", FAULT, RETIRED),
    "POSITIVE": ("refused", FAULT, RETIRED),
    "UNTOUCHED": ("refused", FAULT, RETIRED),
    "FIRST_UNTOUCHED": ("refused", FAULT, RETIRED),
    "ZEROS": ("refused", FAULT, RETIRED),
    "REPEATS": ("refused", "adaptive proportion test", RETIRED),
    "FEWER": ("refused", FAULT, RETIRED),
    "VERSION_2": ("unfit", "present, but must not be used here", RETIRED),
    "VERSION_0": ("unfit", "present, but must not be used here", RETIRED),
    "NO_RND": ("absent", "not on this machine", RETIRED),
    "NO_BACK_END": ("absent", "not on this machine", RETIRED),
    "ZERO_EXTENDED": ("absent", "not on this machine", RETIRED),
    "SMCCC_1_0": ("absent", "not on this machine", RETIRED),
    "PSCI_0_2": ("absent", "not on this machine", RETIRED),
    "NO_FEATURE": ("absent", "not on this machine", RETIRED),
}
RIGHT = ("RIGHT", "SELDOM", "LATE", "NO_UUID", "NARROW", "GARBAGE")
# The server is the same one. These tell that the other driver looks as well.
OVER_HVC = ("NO_ENTROPY", "UNTOUCHED", "VERSION_2", "NO_FEATURE")


def kinds():
    """The rows of the server's own list, numbered."""
    text = (tree.TOP / "tests/firmware/firmware.h").read_text()
    names = re.findall(r"^\tSERVE_(\w+)", text, re.M)
    need(set(names) == set(WRONG) | set(RIGHT), "the scenarios do not know each kind of server")
    return {name: number for number, name in enumerate(names)}


def below(word, more=""):
    """Devices that put the firmware below the image, with that word."""
    file = make.path_of("build/host/firmware/aarch64.bin")
    loaded = f"-device loader,file={file},addr={AT:#x},force-raw=on"
    told = f"-device loader,addr={WORD:#x},data={word:#x},data-len=4"
    return f"-M secure=on,virtualization=on {NO_SEED} {loaded} {told} {more}"


def machine(board):
    """The firmware starts at EL3, and enters the image. 32 bits of a CPU that
    has 64: the firmware is 64-bit anyway."""
    loaded = f"-device loader,file={{image}} -device loader,addr={AT:#x},cpu-num=0"
    found = changed(board, None, "-kernel {image}", loaded)
    template = found.template.replace("qemu-system-arm ", "qemu-system-aarch64 ")
    return dataclasses.replace(found, template=template.replace("cortex-a15", "max"))


def served(kind, conduit, expect="pass", hides=HIDES, more="", board=ARM):
    word = kinds()[kind] | CONDUITS[conduit] | hides
    return boot(board, "smoke", machine(board), expect, devices=below(word, more))


def only_one_called(result, receipt, conduit):
    """The driver of the other instruction found nothing, and no call was made
    that the firmware does not know."""
    other = NAMES["HVC" if conduit == "SMC" else "SMC"]
    need(source(result, receipt, other)[0] == "absent", f"{other} was found", result)
    need("firmware:" not in result.console, "a call that the firmware does not know", result)


def right(kind, conduit):
    result, receipt = served(kind, conduit)
    word, pairs = source(result, receipt, NAMES[conduit])
    need(word == "credited" and int(pairs["bits"]) >= 384, "it did not make it ready", result)
    need(("host" in pairs["flags"]) == (conduit == "HVC"), "who knows the bytes", result)
    need(source(result, receipt, "aarch64-rndrrs")[0] == "absent", "RNDRRS was seen", result)
    named = receipt.get("facts", ([], {}))[1].get("trng")
    need(named == (None if kind == "NO_UUID" else UUID), f"it is called {named}", result)
    only_one_called(result, receipt, conduit)


def wrong(kind, conduit):
    standing, reason, why = WRONG[kind]
    result, receipt = served(kind, conduit, expect="refuse")
    word, pairs = source(result, receipt, NAMES[conduit])
    seen = word, pairs["why"], pairs["bits"]
    need(seen == (standing, reason, "0"), f"not {standing}, {reason}", result)
    need(receipt["state"][1]["why"] == why, "another reason", result)
    only_one_called(result, receipt, conduit)


def beside_others(conduit):
    """It is heard beside RNDRRS and a device; a broken one is lost alone."""
    more = RNG["honest"]
    result, receipt = served("RIGHT", conduit, hides=0, more=more)
    for name in ("aarch64-rndrrs", NAMES[conduit]):
        need(source(result, receipt, name)[0] == "credited", f"{name} counts nothing", result)
    # A first output wants the device heard, and does not wait for its start-up.
    heard = int(source(result, receipt, "virtio-rng")[1]["bytes"])
    need(heard >= 32, "virtio-rng was not heard", result)
    result, receipt = served("ZEROS", conduit, hides=0, more=more)
    need(source(result, receipt, NAMES[conduit])[0] == "refused", "zeros are counted", result)
    state = receipt["state"]
    need(state[0][0] == "degraded", "the loss of a source is not told", result)


def beside_an_epoch():
    """Both are facts of the machine."""
    with epoch.tree("guid") as devices:
        result, receipt = served("RIGHT", "SMC", more=devices)
    facts = receipt["facts"][1]
    seen = facts.get("epoch"), facts.get("trng")
    need(seen == ("vmgenid(tree)", UUID), f"these facts: {seen}", result)


def in_32_bits(kind, conduit):
    """An image of 32 bits has the other call."""
    expect = "pass" if kind in RIGHT else "refuse"
    result, receipt = served(kind, conduit, expect, IMAGE32, board=ARM32)
    word, pairs = source(result, receipt, NAMES[conduit])
    if expect == "pass":
        need(word == "credited" and int(pairs["bits"]) >= 384, "it did not make it ready", result)
    else:
        need((word, pairs["why"]) == WRONG[kind][:2], f"not {WRONG[kind]}", result)
    only_one_called(result, receipt, conduit)


def nobody_serves():
    """QEMU's own PSCI, by HVC and by SMC, has no such interface."""
    for board in (ARM, "qemu-aarch64-el2", ARM32):
        result, receipt = boot(board, devices=NO_SEED + "-device virtio-rng-device")
        for name in NAMES.values():
            need(source(result, receipt, name)[0] == "absent", f"{name} was found", result)


def tests(add):
    for conduit in CONDUITS:
        for kind in RIGHT if conduit == "SMC" else ("RIGHT",):
            add("firmware", f"{conduit}, {kind}: ready", right, kind, conduit)
        for kind in WRONG if conduit == "SMC" else OVER_HVC:
            add("firmware", f"{conduit}, {kind}: refused", wrong, kind, conduit)
        for kind in ("RIGHT", "SELDOM", "UNTOUCHED", "SMCCC_1_0"):
            add("firmware", f"{conduit} in 32 bits, {kind}", in_32_bits, kind, conduit)
        add("firmware", f"{conduit}, beside RNDRRS and virtio-rng", beside_others, conduit)
    add("firmware", "beside a generation id: both are told", beside_an_epoch)
    add("firmware", "nobody serves: absent", nobody_serves)
