# SPDX-License-Identifier: BSD-2-Clause
"""Noise generators that a machine of QEMU has built in. No option takes one
away, so an image is made to look for it elsewhere."""
import contextlib
import dataclasses
import re
import shutil

from harness import boards
from harness.failures import need
from harness.make import shell
from harness.receipt import receipt as receipt_of
from scenarios.arm64 import NO_RANDOM
from scenarios.boots import boot, boot_image, folder, recorded, source
from scenarios.damaged import overwrite, readelf
from scenarios.images import image
from scenarios.loop import loop_passes
from scenarios.versions import on_second_qemu

COUNTED = "-icount shift=0,sleep=off"
VERSAL = "xlnx-versal-virt"


@dataclasses.dataclass(frozen=True)
class BuiltIn:
    """Where a board looks for its unit, and where nothing is: reads give 0.
    silent: memory, which keeps what is written and has no number."""

    board: str
    source: str
    base: int
    nothing: int
    silent: int = 0


BUILT_IN = (
    BuiltIn("raspi1ap", "bcm2835-trng", 0x20104000, 0x20203000, 0x00800000),
    BuiltIn("raspi2b", "bcm2835-trng", 0x3F104000, 0x3F203000, 0x00800000),
    BuiltIn("raspi3b", "bcm2835-trng", 0x3F104000, 0x3F203000, 0x00800000),
    BuiltIn("npcm750-evb", "npcm7xx-trng", 0xF000B000, 0xF000E000, 0x00800000),
    BuiltIn("imx25-pdk", "imx-rngc", 0x53FB0000, 0x80800000),
)


def there():
    """Those whose board is in the tree, with a driver."""
    listed = {board.name: board.variables.get("HAL_SRCS", "") for board in boards.every()}
    return [unit for unit in BUILT_IN if "trng/" in listed.get(unit.board, "")]


def context_of(unit, path):
    """Where the board keeps the address, the first member of its context."""
    objects = r" (\w+) +\d+ OBJECT .* (?!sb_)\w+_(?:trng|rngc)$"
    found = re.findall(objects, readelf(path, "-s"), re.M)
    need(len(found) == 1, f"{unit.board} has contexts at {found}")
    return int(found[0], 16)


@contextlib.contextmanager
def looks_elsewhere(unit, app, place):
    """The board's program with another address for the unit."""
    with folder() as where:
        path = where / "image.elf"
        shutil.copy(image(unit.board, app), path)
        overwrite(path, context_of(unit, path), place.to_bytes(4, "little"))
        yield path


def served(unit):
    """By it alone, after 1024 samples of a raw source or 64 bytes of another."""
    result, receipt = boot(unit.board)
    word, pairs = source(result, receipt, unit.source)
    least = 1024 if "noise" in pairs["flags"] else 64
    good = word == "credited" and int(pairs["bytes"]) >= least and pairs["credit"] == "4.0000"
    need(good, "not credited after its start-up", result)


def absent(unit, devices=None):
    for app in ("smoke", "keygen"):
        if app not in boards.board(unit.board).words("APPS"):
            continue
        with looks_elsewhere(unit, app, unit.nothing) as path:
            result = boot_image(unit.board, path, expect="refuse", devices=devices)
        receipt = receipt_of(result.console)
        gone = source(result, receipt, unit.source)[0] == "absent"
        need(gone and "BEGIN" not in result.console, "it was found, or a key made", result)
        need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def silent(unit):
    """A unit that never has a number is left, and named."""
    with looks_elsewhere(unit, "smoke", unit.silent) as path:
        result = boot_image(unit.board, path, expect="refuse")
    receipt = receipt_of(result.console)
    pairs = source(result, receipt, unit.source)[1]
    seen = pairs["bytes"] == "0" and pairs["why"].startswith("silent: no answer")
    need(seen and "without progress" in receipt["state"][1]["why"], "not STALLED", result)


def replays(unit):
    """With -seed QEMU's unit gives the same numbers in each boot, and nothing
    that looks at bytes can tell."""
    for devices, alike in (("", False), ("-seed 7", True)):
        results = [boot(unit.board, "record", devices=devices, number=n)[0] for n in (0, 1)]
        first, second = (recorded(result, unit.source) for result in results)
        need(len(first) >= 64, "no numbers", results[0])
        need((first == second) == alike, "alike" if first == second else "apart", results[1])


TREE = """/dts-v1/; / { #address-cells = <1>; #size-cells = <1>;
memory@0 { device_type = "memory"; reg = <0 0x3b400000>; };
chosen { rng-seed = <1 2 3 4 5 6 7 8 9 10 11 12>; }; };"""


def seed_of_the_tree():
    """32 bytes of it are mixed and never counted."""
    with folder() as where:
        (where / "dts").write_text(TREE)
        shell("dtc", "-q", "-o", where / "dtb", where / "dts")
        devices = f"-dtb {where}/dtb"
        result, receipt = boot("raspi3b", machine="raspi3b-image", devices=devices)
    word, pairs = source(result, receipt, "board-seed")
    mixed = (word, pairs["bytes"], pairs["bits"]) == ("found", "32", "0")
    need(mixed, "the seed was not mixed, or it counts", result)


def stuck(unit, devices=None):
    """A unit that gives one byte for ever. QEMU has no option for it, so its own
    random generator is the one that does."""
    with folder() as where:
        shim = where / "no_random.so"
        shell("gcc", "-shared", "-fPIC", NO_RANDOM, "-o", shim)
        env = {"LD_PRELOAD": str(shim), "STUCK_RANDOM": "90"}
        for app in ("smoke", "keygen"):
            result, receipt = boot(unit.board, app, expect="refuse", devices=devices, env=env)
            need("BEGIN" not in result.console, "a key was made", result)
            pairs = source(result, receipt, unit.source)[1]
            retired = pairs["state"] == "retired" and pairs["bits"] == "0"
            need(retired and pairs["why"].endswith(("test", "twice")), "not caught", result)


def pseudo_random():
    """The Exynos' generator has a seed that everybody knows. It is heard, and
    never counts: neither beside a seed nor alone."""
    for devices, expect in ((None, "pass"), ("", "refuse")):
        result, receipt = boot("smdkc210", expect=expect, devices=devices)
        word, pairs = source(result, receipt, "exynos4-prng")
        seen = word, pairs["bits"], pairs["why"]
        need(seen == ("found", "0", "mixed, never counted"), "it counts", result)
        heard = 32 if expect == "pass" else 20
        need(int(pairs["bytes"]) >= heard, "it is not mixed", result)


def versal_served():
    """QEMU 10 has the unit, and no seed is needed beside it."""
    result, receipt = boot(VERSAL, devices="")
    word, pairs = source(result, receipt, "versal-trng")
    need(word == "credited" and int(pairs["bits"]) >= 384, "not credited", result)
    need(source(result, receipt, "board-seed")[0] == "absent", "a seed was found", result)


def tests(add):
    for unit in there():
        group = boards.machine(unit.board).group
        add(group, f"{unit.source} alone on {unit.board}", served, unit)
        add(group, f"no {unit.source} on {unit.board}: refused", absent, unit)
        name = f"no {unit.source} and a deterministic clock on {unit.board}: refused"
        add(group, name, absent, unit, COUNTED)
        if unit.silent:
            add(group, f"a silent {unit.source} on {unit.board}: refused", silent, unit)
        add(group, f"{unit.source} gives one byte for ever: refused", stuck, unit)
        name = f"{unit.source} gives one byte, and a deterministic clock: refused"
        add(group, name, stuck, unit, COUNTED)
        name = f"{unit.source} of {unit.board} replays with -seed, and nothing tells"
        add(group, name, replays, unit)
    name = "the Exynos' generator is mixed and never counted"
    add(boards.machine("smdkc210").group, name, pseudo_random)
    add("aarch64", "rng-seed of a device tree on raspi3b", seed_of_the_tree)
    add("aarch64", "the event loop on versal polls", loop_passes, VERSAL, None, False)


def slow_tests(add):
    def second(name, action, *arguments):
        add("versions", f"second QEMU: {name}", on_second_qemu(action), *arguments)

    unit = BuiltIn(VERSAL, "versal-trng", 0, 0)
    second("Versal's TRNG alone", versal_served)
    second("Versal's TRNG with one seed for ever: refused", stuck, unit, "")
    second("Versal's TRNG replays with -seed, and nothing tells", replays, unit)
