# SPDX-License-Identifier: BSD-2-Clause
"""What is compiled: marks for provenance, symbols, writable data, and the way
in which the files of core/ call each other."""
import re
import tempfile
from pathlib import Path

MEM = {"memcpy", "memmove", "memset", "memcmp"}
# Called for by a compiler whose default is a stack protector.
MEM |= {"__stack_chk_fail", "__stack_chk_guard"}
# POWER's table of addresses, which the linker makes.
MEM |= {".TOC."}


def check_marks(tree):
    """What other files see has its mark for tools/provenance. All sources as one
    file tell what that is. Of the two that define sb_stream one is enough: the
    images have both."""
    folders = tree.hal_folders()
    parts = [p for p in tree.files("core", "arch/x86", *folders[1:]) if p.endswith(".c")]
    parts = [p for p in parts if p != "core/stream.c" and not re.search("/(simd|without)/", p)]
    flags = [f"-I{folder}" for folder in ("core", *folders, "arch", "arch/x86")]
    with tempfile.TemporaryDirectory() as folder:
        one, out = Path(folder) / "one.c", Path(folder) / "one.o"
        lines = [f'#include "{tree.top / path}"\n' for path in parts]
        one.write_text("#define _GNU_SOURCE\n" + "".join(lines))
        run = tree.run("gcc", "-w", *flags, "-c", str(one), "-o", str(out))
        if run.returncode:
            yield "all sources as one file", run.stderr.strip()
            return
        table = [line.split() for line in tree.run("nm", str(out)).stdout.splitlines()]
    names = {row[-1] for row in table if row[-2] in "TDBRVW"}
    marks = [re.match("sb_(own|driver)_(.*)", row[-1]) for row in table if row[-2].islower()]
    marked = {match[2] for match in marks if match}
    for name in sorted(names - marked):
        yield name, "no SB_OWN or SB_DRIVER stands behind its definition"
    if len(names) < 50:
        yield "all sources as one file", f"only {len(names)} symbols: is this check blind?"


def check_data(tree, archive):
    """.data.rel.ro is constant once linked, so it does not count."""
    member = ""
    for line in tree.run("size", "-A", archive).stdout.splitlines():
        words = line.split()
        if "(ex " in line:
            member = words[0]
        elif re.match(r"\.(data|bss|tdata|tbss)", line) and not line.startswith(".data.rel.ro"):
            if int(words[1]) and member != "shared.o":
                yield archive, f"{member} keeps writable data in {words[0]}"


def symbols(tree, archive):
    """(member, kind, name) of each, without Arm's mapping symbols."""
    text = tree.run("nm", "-A", archive).stdout
    rows = [re.match(r"\S+:(\S+\.o):(?:\S+)?\s+(\w) (\S+)$", line) for line in text.splitlines()]
    return [row.groups() for row in rows if row and not row[3].startswith("$")]


def check_symbols(tree, archive, rows):
    if len(rows) < 50:
        yield archive, f"has only {len(rows)} symbols: is this check blind?"
    defined = {name for _, kind, name in rows if kind.isupper() and kind != "U"}
    for member, kind, name in rows:
        known = name in defined | MEM or (name == "sb_platform" and member == "shared.o")
        if kind == "U" and not known:
            yield archive, f"{member} needs {name}"
        if kind in "TDBRCVW" and not name.startswith(("seedbed_", "sb_")):
            yield archive, f"{member} exports {name}"


def cycle(calls):
    """A way from a file back to itself, or nothing. calls: file -> files."""
    def walk(path):
        for callee in sorted(calls.get(path[-1], ())):
            if callee in path:
                return path[path.index(callee):] + [callee]
            found = walk(path + [callee])
            if found:
                return found
        return None
    return next((found for file in sorted(calls) for found in [walk([file])] if found), None)


def check_dag(archive, rows, core):
    """core/ is a DAG of files."""
    home = {name: member for member, kind, name in rows if kind in "TDBRVW"}
    calls = {}
    for member, kind, name in rows:
        callee = home.get(name)
        if kind == "U" and member in core and callee in core and callee != member:
            calls.setdefault(member, set()).add(callee)
    found = cycle(calls)
    if found:
        yield archive, "files of core/ call each other in a circle: " + " > ".join(found)


def check(tree):
    yield from check_marks(tree)
    core = {Path(path).stem + ".o" for path in tree.files("core") if path.endswith(".c")}
    for isa, board in tree.each_isa().items():
        archive = f"build/isa/{isa}/libseedbed.a"
        if tree.make(f"BOARD={board}", "lib").returncode:
            yield archive, f"does not build for {board}"
            continue
        rows = symbols(tree, archive)
        yield from check_symbols(tree, archive, rows)
        yield from check_data(tree, archive)
        yield from check_dag(archive, rows, core)
