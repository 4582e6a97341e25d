#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""One library under every hypervisor: boots the same programs on each backend and prints the table of what came of it.

  qemu/backends.py            builds all backends, boots them, prints the table; exit 0: nothing failed
  qemu/backends.py WORD...    those whose name contains one of the words
  qemu/backends.py --write    and keeps the table in docs/backends.md, and its best columns in README.md

qemu/check runs the same tests. For each backend: it boots (apps/smoke), its event loop feeds the library (tests/loop.c), openssl accepts the keys of two
boots and no two are the same (apps/keygen), a second dependent is fed by its handler (apps/accumulator), and without a source it refuses. Then, for each
ISA: every backend linked the very same files, by their digests and by the link maps.
"""
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field

import compilers
import judge
from judge import BUILD, need
from scenarios.boots import as_one, figures
from scenarios.images import image, kvm_emulates, solo5_image, solo5_missing
from scenarios.keys import keys_of, openssl_accepts
from scenarios.loop import EVENTS_END
from scenarios.machines import SOLO5
from scenarios.solo5 import DISTRUST

PAGE, README = judge.TOP / "docs/backends.md", judge.TOP / "README.md"
SECONDS_MAX, KEYGEN_SECONDS_MAX = 5, 30  # a budget is a column: only ten times over fails
MAKE = ["make", "-s", "-j2"]
X86_NONE, ARM_NONE = "max,-rdrand,-rdseed", "cortex-a57"
ARM_SEEDLESS = "-M dtb-randomness=off"


CPU_DISTRUSTED = {"env": {"SEEDBED_DISTRUST": "cpu"}}
ALL_DISTRUSTED = {"env": {"SEEDBED_DISTRUST": "all"}}


@dataclass
class Backend:
    """name: in the table; sources: one of them must be credited; none, options: of judge.boot, with no source at all and else; device: what serves
    without the CPU's instruction, and the options for that. Where nothing does, that is what none is."""
    name: str
    board: str
    machine: str
    sources: tuple
    none: dict
    device: tuple = (None, {})
    options: dict = field(default_factory=dict)

    def boot(self, app, expect="pass", enough=None, **options):
        result = judge.boot(self.board, image(self.board, app, self.machine), self.machine, enough=enough, timeout=120, **{**self.options, **options})
        need(result.status == expect, f"expected {expect}", result)
        return result


BACKENDS = [
    Backend("plain QEMU, x86-64", "qemu-x86_64", "microvm", ("x86-rdrand", "virtio-rng"), {"cpu": X86_NONE, "devices": ""}, ("virtio-rng", {"cpu": X86_NONE})),
    Backend("plain QEMU, i386", "qemu-i386", "microvm", ("x86-rdrand", "virtio-rng"), {"cpu": X86_NONE, "devices": ""}, ("virtio-rng", {"cpu": X86_NONE})),
    Backend("plain QEMU, arm64", "qemu-aarch64-virt", "virt", ("aarch64-rndrrs",), {"cpu": ARM_NONE, "devices": ARM_SEEDLESS},
            ("virtio-rng", {"cpu": ARM_NONE, "devices": ARM_SEEDLESS + " -device virtio-rng-device"})),
    Backend("Xen PV, first domain", "xen-pv", "first", ("x86-rdrand",), {"cpu": X86_NONE}),
    Backend("Xen PVH, first domain", "xen-pvh", "first", ("x86-rdrand",), {"cpu": X86_NONE}),
    Backend("Xen arm64, first domain", "xen-aarch64", "dom0", ("aarch64-rndrrs",), {"cpu": ARM_NONE, "devices": ARM_SEEDLESS},
            ("virtio-rng", {"cpu": ARM_NONE, "devices": ARM_SEEDLESS + " -device virtio-rng-device"})),
    Backend("Xen arm64, dom0less", "xen-aarch64", "dom0less", ("aarch64-rndrrs",), {"cpu": ARM_NONE}),
    Backend("solo5-abi (own tender)", SOLO5, "tender", ("x86-rdseed", "x86-rdrand"), {"devices": "--net " + DISTRUST}, options={"devices": "--net"}),
    Backend("UEFI x86-64, OVMF", "uefi-x86_64", "ovmf", ("x86-rdrand",), {"cpu": X86_NONE, "devices": ""}, ("uefi-raw", {"cpu": X86_NONE})),
    Backend("UEFI arm64, AAVMF", "uefi-aarch64", "aavmf", ("aarch64-rndrrs",), {"cpu": ARM_NONE, "devices": ""}, ("uefi-raw", {"cpu": ARM_NONE})),
    Backend("UEFI arm64, U-Boot", "uefi-aarch64", "uboot", ("aarch64-rndrrs",), {"cpu": ARM_NONE, "devices": ""}, ("uefi-raw", {"cpu": ARM_NONE})),
    Backend("Unix", "unix", "unix", ("unix-getrandom", "x86-rdseed"), ALL_DISTRUSTED, ("unix-getrandom", CPU_DISTRUSTED)),
]
DEPENDENTS = ("keygen", "accumulator")  # the programs whose objects, library and crypto must be one for all backends of an ISA
TENDERS = {  # with Solo5 itself, where it is; it lasts no longer than the machine, so docs/backends.md has "not run"
    machine: Backend(f"Solo5 {machine}", SOLO5, machine, ("x86-rdseed", "x86-rdrand"), {"cpu": X86_NONE} if machine == "virtio" else {"devices": DISTRUST})
    for machine in ("hvt", "spt", "virtio")}
NOT_RUN = {backend.name: solo5_missing(machine) for machine, backend in TENDERS.items() if solo5_missing(machine)}
BACKENDS += [backend for backend in TENDERS.values() if backend.name not in NOT_RUN]
rows = {}  # name -> {column: text}


def not_run(reason):
    def action():
        raise judge.Skip(reason)
    return action


def isa_of(board):
    return next(iter(sums(board, DEPENDENTS[0]))).split("/")[2]


def boards():
    return list(dict.fromkeys(backend.board for backend in BACKENDS))


def put(backend, column, text):
    rows.setdefault(backend.name, {})[column] = text


# what is tried on each ----------------------------------------------------------------------------------------------------------

def boots(backend):
    put(backend, "booted", "FAILED")
    result = backend.boot("smoke")
    receipt = judge.receipt(result.console)
    credited = [name for name, (words, _) in receipt["source"].items() if words[0] == "credited"]
    need(set(credited) & set(backend.sources), f"none of {backend.sources} is credited", result)
    need(result.seconds <= 10 * SECONDS_MAX, f"{result.seconds:.1f} s to its verdict", result)
    put(backend, "booted", "yes")
    put(backend, "sources credited", ", ".join(credited))
    put(backend, "clones", receipt["clones"][0][0])
    put(backend, "seconds", f"{result.seconds:.1f}")


def loops(backend):
    put(backend, "loop", "FAILED")
    result = backend.boot("loop")
    put(backend, "loop", "yes" if EVENTS_END in result.console else "yes, no events")


def keys(backend):
    """All three; without the RSA key, the last, where that takes minutes."""
    put(backend, "keys", "FAILED")
    count = 2 if backend.machine == "hvt" and kvm_emulates() else 3
    found, seconds = [], []
    for _ in range(2):
        result = backend.boot("keygen") if count == 3 else backend.boot("keygen", "enough", "^making rsa")
        need(result.seconds <= 10 * KEYGEN_SECONDS_MAX, f"{result.seconds:.1f} s to three keys", result)
        found += keys_of(result.console)
        seconds.append(result.seconds)
    openssl_accepts(found)
    need(len(set(found)) == 2 * count, f"not {2 * count} different keys in two boots", result)
    put(backend, "keys", f"{count} of 3")
    put(backend, "keygen s", f"{max(seconds):.1f}")


def by_clang(backend):
    """The same programs compiled by clang and linked by lld."""
    put(backend, "clang, lld", "FAILED")
    for app in ("smoke", "keygen"):
        image = compilers.built(backend.board, "clang", app=app)
        result = judge.boot(backend.board, image, backend.machine, timeout=120, **backend.options)
        need(result.status == "pass", "expected pass", result)
    found = keys_of(result.console)
    openssl_accepts(found)
    need(len(set(found)) == 3, "not three different keys", result)
    put(backend, "clang, lld", "3 of 3")


def feeds(backend):
    put(backend, "second dependent", "FAILED")
    result = backend.boot("accumulator", "enough", enough=r"^draw 8 .*$")
    taken = re.search(r"^taken added=(\d+) removed=(\d+) again=(\d+)$", result.console, re.M)
    draws = re.findall(r"^draw \d+ result=ok generation=\d+ sample=([0-9a-f]{32})$", result.console, re.M)
    need(taken and int(taken[1]) and taken[2] == "0" and int(taken[3]), "its handler was not fed as it should be", result)
    need(draws and len(set(draws)) == len(draws), "it drew nothing, or the same twice", result)
    put(backend, "second dependent", "fed")


def without_instruction(backend):
    """What the backend has besides the CPU's instruction is enough by itself."""
    put(backend, "without CPU", "FAILED")
    name, options = backend.device
    result = backend.boot("smoke", **options)
    credited = [source for source, (words, _) in judge.receipt(result.console)["source"].items() if words[0] == "credited"]
    need(credited == [name], f"credited: {credited}", result)
    put(backend, "without CPU", name)


def refuses(backend):
    put(backend, "refused", "FAILED")
    for app in ("smoke", "keygen", "accumulator"):
        result = backend.boot(app, "refuse", **backend.none)
        need("BEGIN" not in result.console and "draw" not in result.console, "it made something of nothing", result)
        need("no source" in judge.receipt(result.console)["state"][1]["why"], "it does not say why", result)
    put(backend, "refused", "yes")
    if not backend.device[0]:
        put(backend, "without CPU", "refuses")


# one set of files ---------------------------------------------------------------------------------------------------------------

def sums(board, app):
    """path -> the digest it had when the program was linked: the Makefile writes them down."""
    text = (BUILD / board / f"{app}.elf.sums").read_text()
    return {path: digest for digest, path in re.findall(r"^([0-9a-f]{64})  (\S+)$", text, re.M) if path.startswith("build/isa/")}


def link_map(board, app):
    """symbol -> the object or archive that it came from, as the linker says."""
    text = (BUILD / board / f"{app}.elf.map").read_text().partition("Linker script and memory map")[2]
    symbols, file = {}, ""
    for line in text.splitlines():
        found = re.match(r"\s*(?:\.\S+)?\s+0x[0-9a-f]+\s+0x[0-9a-f]+\s+(\S+)$", line)
        if found:
            file = found[1].partition("(")[0]
        elif re.match(r"\s+0x[0-9a-f]+\s+[A-Za-z_]\w*$", line):
            symbols[line.split()[1]] = file
    return symbols


def homes(isa):
    """Which file of the ISA each symbol of the library, the dependents and their crypto belongs to, whatever a link map says."""
    found = {}
    for path in (f"build/isa/{isa}/{name}" for name in ("libseedbed.a", "libbearssl.a", "apps/keygen.o", "apps/keys.o", "apps/accumulator.o", "apps/fortuna.o")):
        run = subprocess.run(["nm", "-g", "--defined-only", path], cwd=judge.TOP, capture_output=True, text=True, check=True)
        found.update((name, path) for name in re.findall(r"^[0-9a-f]+ [TDRB] (\S+)$", run.stdout, re.M) if name != "main")
    return found


def at_home(place, app, home):
    """How many symbols of one image came from where they belong. place: below build/."""
    count = 0
    for name, file in link_map(place, app).items():
        if name in home:
            count += 1
            need(file == home[name], f"{name} of {place} {app} came from {file}, not from {home[name]}")
    return count


def merged(isa):
    """Every backend of the ISA was linked from the same files, and nothing took the place of a symbol of theirs."""
    here = [board for board in boards() if isa_of(board) == isa]
    home, first, count, files = homes(isa), {}, 0, set()
    for board in here:
        for app in DEPENDENTS:
            for path, digest in sums(board, app).items():
                other, same = first.setdefault(path, (board, digest))
                need(path.startswith(f"build/isa/{isa}/"), f"{board} is linked with {path}, of another ISA")
                need(digest == same, f"{path} was another file for {board} than for {other}")
                files.add(path)
            count += at_home(board, app, home)
    for machine, backend in TENDERS.items():  # qemu/solo5 compares the digests
        for app in DEPENDENTS if backend in BACKENDS and backend.board in here else ():
            solo5_image(app, machine)
            count += at_home(f"{backend.board}/{machine}", app, home)
    need(count > 100 * len(here), f"only {count} symbols: is this check looking at anything?")
    figures[f"files that {len(here)} backends of {isa} share"] = (len(files), "none", "")


# the tests, the table -----------------------------------------------------------------------------------------------------------

def build(board):
    subprocess.run([*MAKE, f"BOARD={board}", *(f"build/{board}/{app}.elf" for app in ("smoke", "loop") + DEPENDENTS)], cwd=judge.TOP, check=True)


def tests_of(backend):
    """(name, action) of what any backend must do, whatever compiled it."""
    found = [("boots", boots), ("the event loop", loops), ("keys", keys), ("a second dependent", feeds), ("refuses without a source", refuses)]
    if backend.device[0]:
        found.append(("without the CPU's instruction", without_instruction))
    return [(f"{backend.name}: {what}", as_one(action, backend)) for what, action in found]


def tests():
    """(group, name, action): of qemu/check, and of this command."""
    found = []
    for backend in BACKENDS:
        found += [("backends", name, action) for name, action in tests_of(backend)]
        if backend.machine not in TENDERS:  # whose links are by Solo5's own compiler
            found.append(("backends", f"{backend.name}: keys, by clang and lld", as_one(by_clang, backend)))
    found += [("backends", name, not_run(reason)) for name, reason in NOT_RUN.items()]
    for isa in dict.fromkeys(map(isa_of, boards())):
        found.append(("backends", f"one set of files for all of {isa}", as_one(merged, isa)))
    return found


COLUMNS = ("built", "booted", "sources credited", "without CPU", "loop", "keys", "clang, lld", "second dependent", "refused", "clones", "seconds", "keygen s")


def table(columns=("board",) + COLUMNS, backends=BACKENDS, missing=NOT_RUN):
    """The table as Markdown, which is what docs/backends.md holds and a person reads on the console."""
    lines = [("backend",) + columns]
    for backend in backends:
        if backend.name in rows:
            row = {"board": backend.board, "built": "yes", **rows[backend.name]}
            lines.append((backend.name,) + tuple(row.get(column, "-") for column in columns))
    for name in missing:
        row = {"board": SOLO5, "built": "not run", "keys": "not run"}
        lines.append((name,) + tuple(row.get(column, "-") for column in columns))
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    text = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text) + "\n"


PAGES = {PAGE: ("board",) + COLUMNS, README: ("board", "sources credited", "without CPU", "keys", "clang, lld", "refused", "seconds")}
PASSING = ("sources credited", "seconds", "keygen s")  # another in each run: which sources were heard first


def cells(text):
    """The table of backends in a text, a dictionary a row."""
    lines = [re.split(r"\s*\|\s*", line)[1:-1] for line in text[text.index("\n| backend "):].lstrip().partition("\n\n")[0].splitlines()]
    return [dict(zip(lines[0], line)) for line in lines[2:] if not line[0].startswith("Solo5 ")]


def page():
    """The tables in docs/backends.md and README.md are those of today, but for what is another in each run."""
    for path, columns in PAGES.items():
        then, now = ([{k: v for k, v in row.items() if k not in PASSING} for row in cells(text)] for text in (path.read_text(), "\n" + table(columns)))
        need(then == now, f"{path.name} is out of date: qemu/backends.py --write\n{table(columns)}")


def write():
    for path, columns in PAGES.items():
        head, _, rest = path.read_text().partition("\n| backend ")
        path.write_text(head + "\n" + table(columns) + re.sub(r"\A(?:.*\|\n)+", "", "|" + rest))


def main():
    words = [word for word in sys.argv[1:] if word != "--write"]
    BACKENDS[:] = [backend for backend in BACKENDS if not words or any(word in backend.name for word in words)]
    if not BACKENDS:
        sys.exit(f"no backend's name contains {' or '.join(words)}")
    for board in boards():
        print(f"building {board}", flush=True)
        build(board)
    failed = 0
    for _, name, action in tests():
        begin = time.monotonic()
        try:
            action()
            print(f"ok   {name}  {time.monotonic() - begin:.1f} s", flush=True)
        except judge.Skip as reason:
            print(f"skip {name} ({reason})", flush=True)
        except Exception as error:  # whatever it is, it is this test's, and the others go on
            failed += 1
            print(f"FAIL {name}\n{type(error).__name__}: {error}", flush=True)
    print("\n" + table())
    if "--write" in sys.argv and not failed and not words:
        write()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
