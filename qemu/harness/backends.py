# SPDX-License-Identifier: BSD-2-Clause
"""One library under every hypervisor: boots the same programs on each backend,
and keeps the table of what came of it in docs/backends.md and README.md.

A backend is a machine that has the key `backend` in its board's machines file.
On each it boots (smoke), its event loop feeds the library (loop), openssl
accepts the keys of two boots and no two are the same (keygen), a second
dependent is fed by its consumer (accumulator), and without a source it refuses.
Then, for each ISA: every backend linked the very same files, by their digests
and by the link maps.
"""
import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache

from harness import boards, children, compilers, make
from harness.failures import Skip, need
from harness.receipt import countable, credited, receipt
from harness.tree import BUILD, TOP
from scenarios.boots import boot_image, figures, need_true_reason
from scenarios.images import image, kvm_emulates, solo5_image, solo5_missing
from scenarios.keys import BEFORE_RSA, keys_of, openssl_accepts, two_boots
from scenarios.loop import EVENTS_END
from scenarios.machines import SOLO5, SOLO5_REAL

PAGE, README = TOP / "docs/backends.md", TOP / "README.md"
# A budget is a column: only ten times over fails.
SECONDS_MAX, KEYGEN_SECONDS_MAX = 5, 30
# A column: sources race, so that a boot does not tell the two apart.
WHICH = "sources credited or mixed"
# The programs whose objects, library and crypto must be one for all of an ISA.
DEPENDENTS = ("keygen", "accumulator")
FED = r"^taken added=(\d+) removed=(\d+) again=(\d+)$"
DRAWN = r"^draw \d+ result=ok generation=\d+ sample=([0-9a-f]{32})$"


@dataclass(frozen=True)
class Backend:
    """A row of the table; name: in it."""

    name: str
    machine: boards.Machine

    @property
    def board(self):
        return self.machine.board

    @property
    def family(self):
        return boards.board(self.board).family()

    def boot(self, app, expect="pass", enough=None, **options):
        path = image(self.board, app, self.machine.name)
        given = {"timeout": 120, **self.machine.options, **options}
        if enough:
            given["enough"] = enough
        return boot_image(self.board, path, self.machine.name, expect, **given)


def missing(backend):
    """Why it cannot run here; None: it can."""
    return solo5_missing(backend.machine.name) if is_solo5(backend) else None


def is_solo5(backend):
    """Linked by Solo5's own compiler, where there is a Solo5."""
    return backend.board == SOLO5 and backend.machine.name in SOLO5_REAL


@lru_cache(maxsize=None)
def all_rows():
    """Every row, in the order of the table: by families, Solo5's own last."""
    found = [
        Backend(machine.backend, machine)
        for board in boards.every()
        for machine in board.machines()
        if machine.backend
    ]
    return tuple(sorted(found, key=lambda b: (b.family.lower(), is_solo5(b), b.name.lower())))


def every():
    """Those that can run here."""
    return [backend for backend in all_rows() if not missing(backend)]


rows = {}  # name -> {column: text}


def put(backend, column, text):
    rows.setdefault(backend.name, {})[column] = text


# what is tried on each
# -----------------------------------------------------------


def boots(backend):
    put(backend, "booted", "FAILED")
    result = backend.boot("smoke")
    found = receipt(result.console)
    names = credited(found)
    wanted = backend.machine.credits
    need(set(names) & set(wanted), f"credited: {names}", result, f"one of {wanted}")
    slow = f"{result.seconds:.1f} s to its verdict"
    need(result.seconds <= 10 * SECONDS_MAX, slow, result)
    put(backend, "booted", "yes")
    put(backend, WHICH, ", ".join(countable(found)))
    put(backend, "clones", found["clones"][0][0])
    put(backend, "seconds", f"{result.seconds:.1f}")


def loops(backend):
    put(backend, "loop", "FAILED")
    result = backend.boot("loop")
    put(backend, "loop", "yes" if EVENTS_END in result.console else "yes, no events")


def keys(backend):
    """All three; without the RSA key, the last, where that takes minutes."""
    put(backend, "keys", "FAILED")
    count = 2 if backend.machine.name == "hvt" and kvm_emulates() else 3
    options = backend.machine.options
    results = two_boots(backend.board, backend.machine.name, count, **options)
    for result in results:
        slow = f"{result.seconds:.1f} s to its keys"
        need(result.seconds <= 10 * KEYGEN_SECONDS_MAX, slow, result)
    put(backend, "keys", f"{count} of 3")
    put(backend, "keygen s", f"{results[0].seconds:.1f}")


def by_clang(backend):
    """The same programs compiled by clang and linked by lld. The objects are
    those of the ISA, so its first backend alone makes the RSA key as well."""
    put(backend, "clang, lld", "FAILED")
    isa = boards.board(backend.board).isa()
    first = next(row for row in all_rows() if boards.board(row.board).isa() == isa)
    early = {"expect": "enough", "enough": BEFORE_RSA} if backend != first else {}
    for app, more in (("smoke", {}), ("keygen", early)):
        path = compilers.built(backend.board, "clang", app=app)
        name, options = backend.machine.name, {**backend.machine.options, **more}
        result = boot_image(backend.board, path, name, timeout=120, **options)
    found = keys_of(result.console)
    openssl_accepts(found)
    count = 2 if early else 3
    need(len(set(found)) == count, f"not {count} different keys", result)
    put(backend, "clang, lld", f"{count} of 3")


def feeds(backend):
    put(backend, "second dependent", "FAILED")
    result = backend.boot("accumulator", "enough", enough=r"^draw 8 .*$")
    taken = re.search(FED, result.console, re.M)
    draws = re.findall(DRAWN, result.console, re.M)
    fed = taken and int(taken[1]) and taken[2] == "0" and int(taken[3])
    need(fed, "its consumer was not fed as it should be", result)
    once = draws and len(set(draws)) == len(draws)
    need(once, "it drew nothing, or the same twice", result)
    put(backend, "second dependent", "fed")


def without_instruction(backend):
    """What the backend has besides the CPU's instruction is enough by itself. A
    seed that the machine brings may be beside it: it is not enough."""
    put(backend, "without CPU", "FAILED")
    name, options = backend.machine.device
    result = backend.boot("smoke", **options)
    names = credited(receipt(result.console))
    alone = name in names and set(names) <= {name, "host-seed"}
    need(alone, f"credited: {names}", result, name)
    put(backend, "without CPU", name)


def refuses(backend):
    put(backend, "refused", "FAILED")
    for app in ("smoke",) + DEPENDENTS:
        result = backend.boot(app, "refuse", **backend.machine.none)
        nothing = "BEGIN" not in result.console and "draw" not in result.console
        need(nothing, "it made something of nothing", result)
        found = receipt(result.console)
        need("no source" in found["state"][1]["why"], "it does not say why", result)
        if "qemu-system-" in backend.machine.template:
            need_true_reason(backend.machine, result, found)
    put(backend, "refused", "yes")
    if not backend.machine.device[0]:
        put(backend, "without CPU", "refuses")


# one set of files
# ------------------------------------------------------------------


# Lines of a link map: a section and its file, or its archive; a symbol in it.
MAP_OF_LD = (
    re.compile(r"\s*(?:\.\S+)?\s+0x[0-9a-f]+\s+0x[0-9a-f]+\s+([^\s(]+)\S*$"),
    re.compile(r"\s+0x[0-9a-f]+\s+([A-Za-z_]\w*)$"),
)
MAP_OF_LLD = (
    re.compile(r"(?:\s*[0-9a-f]+){4}\s+([^\s(:]+)(?:\(\S+\))?:\("),
    re.compile(r"(?:\s*[0-9a-f]+){4}\s+([A-Za-z_]\w*)$"),
)


def sums(board, app):
    """path -> the digest that it had when the program was linked: the Makefile
    writes them down."""
    text = (BUILD / board / f"{app}.elf.sums").read_text()
    found = re.findall(r"^([0-9a-f]{64})  (\S+)$", text, re.M)
    return {path: digest for digest, path in found if path.startswith("build/isa/")}


def link_map(place, app):
    """symbol -> the object or archive that it came from, as the linker says: ld
    or lld. place: a folder below build/."""
    text = (BUILD / place / f"{app}.elf.map").read_text()
    symbols, file = {}, ""
    _, is_ld, rest = text.partition("Linker script and memory map")
    section, symbol = MAP_OF_LD if is_ld else MAP_OF_LLD
    for line in (rest if is_ld else text).splitlines():
        if found := section.match(line):
            file = found[1]
        elif found := symbol.match(line):
            symbols[found[1]] = file
    return symbols


def homes(paths):
    """Which files of the ISA each symbol of the library, the dependents and
    their crypto belongs to, whatever a link map says. That is one, but for the
    keystream: a board that names faster ones has the dispatcher in its place."""
    found = {}
    for path in paths:
        words = ["nm", "-g", "--defined-only", path]
        text = children.run(words, stderr=subprocess.DEVNULL).stdout
        names = re.findall(r"^[0-9a-f]+ [TDRB] (\S+)$", text, re.M)
        for name in names:
            found.setdefault(name, set()).add(path)
    found.pop("main", None)
    two = {name for name, places in found.items() if len(places) > 1}
    need(all(name.startswith("sb_stream") for name in two), f"two homes: {sorted(two)}")
    return found


def at_home(place, app, home):
    """How many symbols of one image came from where they belong."""
    count = 0
    for name, file in link_map(place, app).items():
        if name in home:
            count += 1
            where = " or ".join(sorted(home[name]))
            need(file in home[name], f"{name} of {place} {app} came from {file}, not from {where}")
    return count


def merged(isa):
    """Every backend of the ISA was linked from the same files, and nothing took
    the place of a symbol of theirs."""
    here = [backend for backend in every() if boards.board(backend.board).isa() == isa]
    names = list(dict.fromkeys(backend.board for backend in here))
    first, count = {}, 0
    for board in names:
        for app in DEPENDENTS:
            make.image(board, app)
            for path, digest in sums(board, app).items():
                other, same = first.setdefault(path, (board, digest))
                ours = path.startswith(f"build/isa/{isa}/")
                need(ours, f"{board} is linked with {path}, of another ISA")
                seen = f"{path} was another file for {board} than for {other}"
                need(digest == same, seen)
    home = homes(first)
    for board in names:
        count += sum(at_home(board, app, home) for app in DEPENDENTS)
    for backend in here:  # qemu/solo5 compares the digests
        for app in DEPENDENTS if is_solo5(backend) else ():
            solo5_image(app, backend.machine.name)
            count += at_home(f"{backend.board}/{backend.machine.name}", app, home)
    need(count > 100 * len(names), f"only {count} symbols: is this check looking at anything?")
    figures[f"files that {len(names)} backends of {isa} share"] = (len(first), "none", "")


# the tests, the table
# --------------------------------------------------------------

TRIED = (
    ("boots", boots),
    ("the event loop", loops),
    ("keys", keys),
    ("a second dependent", feeds),
    ("refuses without a source", refuses),
)


def tests_of(backend):
    """(name, action) of what any backend must do, whatever compiled it."""
    found = list(TRIED)
    if backend.machine.device[0]:
        found.append(("without the CPU's instruction", without_instruction))
    return [(f"{backend.name}: {what}", action) for what, action in found]


def not_run(reason):
    raise Skip(reason)


def tests(add):
    """Of qemu/check."""
    for backend in every():
        for name, action in tests_of(backend):
            add("backends", name, action, backend, budget=30)
        if not is_solo5(backend):  # whose links are by Solo5's own compiler
            name = f"{backend.name}: keys, by clang and lld"
            add("backends", name, by_clang, backend, budget=35)
    for backend in all_rows():
        if missing(backend):
            add("backends", backend.name, not_run, missing(backend))
    for isa in dict.fromkeys(boards.board(b.board).isa() for b in all_rows()):
        add("backends", f"one set of files for all of {isa}", merged, isa)
    name = "the tables in docs/backends.md and README.md"
    add("backends", name, page, alone=True)


COLUMNS = (
    "built",
    "booted",
    WHICH,
    "without CPU",
    "loop",
    "keys",
    "clang, lld",
    "second dependent",
    "refused",
    "clones",
    "seconds",
    "keygen s",
)


def row_of(backend):
    """column -> text; None where it was not tried."""
    if row := rows.get(backend.name):
        return {"board": backend.board, "built": "yes", **row}
    if missing(backend):
        return {"board": backend.board, "built": "not run", "keys": "not run"}
    return None


def widths_of(lines):
    return [max(map(len, column)) for column in zip(*lines)]


def aligned(lines):
    widths = widths_of(lines)
    return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)


# On a console, within 80 columns: what a column is called there.
SHORT = {
    "booted": "boots",
    "loop": "loop",
    "keys": "keys",
    "clang, lld": "clang",
    "second dependent": "other",
    "refused": "refuses",
    "seconds": "s",
    "keygen s": "keys s",
}


def console(backends):
    """The same for a person: the columns of one word, then the sources."""
    found = [(backend.name, row) for backend in backends if (row := row_of(backend))]
    lines = [("backend", *SHORT.values())]
    for name, row in found:
        lines.append((name, *(row.get(c, "-").partition(",")[0] for c in SHORT)))
    text = aligned(lines)
    seen = [(name, row) for name, row in found if WHICH in row]
    lines = [("sources there", "", "without the CPU's")]
    lines += [(name, row[WHICH], row.get("without CPU", "-")) for name, row in seen]
    return (text + "\n" + aligned(lines) if seen else text).rstrip()


def table(columns, backends=None):
    """A table as Markdown, of some of COLUMNS or `board`. Before the backends of
    a family comes a row with its name."""
    lines, family = [("backend",) + columns], ""
    for backend in all_rows() if backends is None else backends:
        if row := row_of(backend):
            if backend.family != family:
                family = backend.family
                lines.append((f"**{family}**",) + ("",) * len(columns))
            lines.append((backend.name,) + tuple(row.get(column, "-") for column in columns))
    widths = widths_of(lines)
    text = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text) + "\n"


PAGES = (PAGE, README)
# Another on each machine: what its CPU has, and how fast it is.
PASSING = (WHICH, "seconds", "keygen s")


TABLES = re.compile(r"^\| backend .*\n(?:\|.*\n)+", re.M)
WIDTH = 100


def cells_of(text):
    """A table, as a list of cells a line."""
    return [re.split(r"\s*\|\s*", line)[1:-1] for line in text.splitlines()]


def columns_of(text):
    """A page chooses the columns of a table by its head."""
    return tuple(cells_of(text)[0][1:])


def lines_of(text):
    """A dictionary a row, by the row's name, without what differs in each
    run."""
    lines = cells_of(text)
    found = [dict(zip(lines[0], line)) for line in lines[2:]]
    return {
        row["backend"]: {key: value for key, value in row.items() if key not in PASSING}
        for row in found
        if not row["backend"].startswith(("Solo5 ", "**"))
    }


def same_table(path, then):
    """A table of a page is that of today, but for what is another in each
    run."""
    now = table(columns_of(then))
    wide = [line for line in now.splitlines() if len(line) > WIDTH]
    need(not wide, f"{path.name}: wider than {WIDTH} columns\n{''.join(wide[:1])}")
    old, new = lines_of(then), lines_of(now)
    if len(new) < len([b for b in every() if not is_solo5(b)]):
        old = {name: row for name, row in old.items() if name in new}
    need(old == new, f"{path.name} is out of date: qemu/check --backends --write\n{now}")


def page():
    """Each table of backends in docs/backends.md and README.md is true, and
    together they have all columns."""
    if not rows:
        raise Skip("no backend was tried in this run")
    shown = set()
    for path in PAGES:
        for then in TABLES.findall(path.read_text()):
            shown.update(columns_of(then))
            same_table(path, then)
    need(shown == {"board", *COLUMNS}, f"no page has {set(COLUMNS) - shown}")


def write():
    """Keeps the tables in the pages."""
    for path in PAGES:
        text = path.read_text()
        path.write_text(TABLES.sub(lambda found: table(columns_of(found[0])), text))
