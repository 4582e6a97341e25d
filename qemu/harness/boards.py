# SPDX-License-Identifier: BSD-2-Clause
"""What a board is and what it is tested for: reads board.mk and machines.

No test names a board for what other boards can do as well. A new folder of
boards/ joins the tests by these two files alone.

board.mk has lines NAME := value or NAME += value, and a line that ends in \\
goes on. This reader runs no make: of what is not literal it knows $(NAME) and
$(NAME:a=b). After board.mk come boards/common/FAMILY/family.mk, a file for each
word of FAMILY. Read here are:

  FAMILY  folders of boards/common whose family.mk has the board's defaults
  ISA     the folder of build/isa that the board's library is in
  APPS    the programs that can be built: build/BOARD/APP.elf
  GUESTS  programs of tests/guests that stress the board, beside `sleep`, which
          every board has; NAME-SWITCH is NAME with a protection taken out, and
          must fail
  TESTS   words, from this list:

  smoke   gcc and clang build the program smoke at -O2, and it boots; and the
          program constructor boots on the first machine
  levels  they build smoke at every level, one of them each in turn; also the
          board by one compiler with the library by the other, and by gcc with
          the flags of distributions where the ISA has a flag of its own. For a
          board or two of a folder of arch/: `make check-slow` tries every
          board, and every level by both
  suites  the CMocka suites run on the board
  stress  the programs of GUESTS do what is expected of them
  loop    the event loop feeds the library, on each machine
  keys    keygen makes keys that openssl accepts, and two boots share no key
  refuse  a machine without a source is refused (the key `none` of machines), and
          says why; under QEMU also by a deterministic clock
  ecdsa   mbedTLS signs with keys that it made from seedbed, and refuses without
  streams each keystream of the ISA is linked alone, and does what all of them do
  library the archive of the board's ISA is looked at by `make lint`
  size    the board is a row of `make size`, by its size.h (tests/rules/size)

Each word but suites, stress, streams, library and size boots a program, which must be in
APPS: smoke, loop, keygen for keys, ecdsa; levels and refuse boot smoke.

A word that is not in the list is an error.

machines is an INI file: a section for each machine, in the order of preference.
A line that begins with # is a comment, and an indented line goes on. [DEFAULT]
has what all machines of the board share. The keys are:

  command  starts the machine. Replaced in it are {image}, {binary} (the raw
           image of a board with BINARY), {board} (its folder), {deps} (what
           was fetched), and {cpu:DEFAULT} and {devices:DEFAULT}
  exit     return codes of pass and of fail. Two that are equal say that a
           return code cannot tell
  tests    which words of TESTS this machine is tried with. Without the key it
           is all of them for the first machine, and none for the others
  group    where the report counts the tests; default: the board's name. `make
           boards` has it in the place of QEMU's -M, where there is none or a
           layer is below
  title    how names of tests call the machine; default: its own name
  seed     QEMU arguments that bring a fresh seed, the file {seed}, into the
           machine, which is not ready without one
  none     what leaves the machine without any source, as options of qemu/run
  timing   what leaves it the times of loads alone, as options of qemu/run;
           default: `none`, where these times have no credit or show no cache
  below    what runs below the image and takes time to start: Xen, UEFI
  backend  the machine's name in the table of backends, if it is a row of it

and for a row of that table:

  credits  sources, at least one of which must be credited
  device   the source that serves without the CPU's instruction, then how the
           instruction is taken away, as options of qemu/run
  options  what every boot of the row is given, as options of qemu/run
"""
import configparser
import os
import re
import shutil
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from harness import options, toolchain, tree
from harness.failures import BoardError

WORDS = "smoke levels suites stress streams loop keys refuse ecdsa library size".split()
PER_MACHINE = "stress loop keys refuse ecdsa".split()  # what a machine's tests may name
# A word of TESTS -> the program of APPS that it boots.
WANTS = dict.fromkeys(("smoke", "levels", "refuse"), "smoke")
WANTS |= {"loop": "loop", "keys": "keygen", "ecdsa": "ecdsa"}
KEYS = "command exit tests group title seed none timing below backend credits device".split()
KEYS += ["options"]


@dataclass(frozen=True)
class Machine:
    """A section of a machines file; see above."""

    name: str
    pass_rc: int
    fail_rc: int
    template: str
    board: str = ""
    folder: Path = tree.TOP
    tests: tuple = ()
    group: str = ""
    title: str = ""
    seed: str = ""
    none: dict = field(default_factory=dict)
    timing: dict = field(default_factory=dict)
    below: str = ""
    backend: str = ""
    credits: tuple = ()
    device: tuple = ("", {})
    options: dict = field(default_factory=dict)

    def tells(self):
        """Whether its return code tells a pass from a fail."""
        return self.pass_rc != self.fail_rc

    def host(self):
        """What runs the image, in a word: QEMU's name of the machine, or the
        layer that is below the image."""
        found = re.search(r" -M (\w[\w-]*)", self.template)
        return self.group if self.below or not found else found[1]


@dataclass(frozen=True)
class Board:
    """A folder with a board.mk."""

    name: str
    folder: Path
    variables: dict

    def words(self, variable):
        return self.variables.get(variable, "").split()

    def written_isa(self):
        """As board.mk says it. It has a $ where it is left to make."""
        return expanded(self.variables.get("ISA", ""), self.variables)

    def isa(self):
        """That of this machine where board.mk leaves it to make."""
        isa = self.written_isa()
        if "$" not in isa:
            return isa
        machine = os.uname().machine
        return machine if machine in ("x86_64", "aarch64") else "host"

    def word(self):
        """Its width and its order of bytes, as arch.mk says: 64 LE."""
        of_arch = self.variables.get("ARCH_WORD", "-")
        return self.variables.get(f"ISA_WORD_{self.written_isa()}", of_arch)

    def family(self):
        """What tables call the boards whose folder of arch/ is the same.
        Processes are a family of their own."""
        if self.variables.get("BOARD_LIBC") == "system":
            return "Unix"
        return self.variables.get("ARCH_NAME") or expanded(self.variables["ARCH"], self.variables)

    def said(self):
        """Of the comment that board.mk begins with: what the board is, the
        sources that earn credit, how it notices a clone."""
        lines = []
        for line in (self.folder / "board.mk").read_text().splitlines()[1:]:
            if not line.startswith("#"):
                break
            lines.append(line.lstrip("# "))
        text = " ".join(lines).partition(" SIMD: ")[0]
        found = re.match(r"(.*?)(?: Sources: (.*?))?(?: Clones: (.*))?$", text)
        return tuple(part or "-" for part in found.groups())

    def clang(self):
        """The clang of the tests that knows its ISA."""
        return toolchain.clang(int(self.variables.get("ARCH_CLANG", toolchain.LEAST)))

    def without_gcc(self):
        """Whether make takes clang, as there is no gcc for its ISA here: see
        ARCH_WITHOUT_GCC in docs/porting.md."""
        cross = self.variables.get("ARCH_CROSS", "")
        may = self.variables.get("ARCH_WITHOUT_GCC")
        return bool(may) and not shutil.which(f"{cross}gcc")

    def own_compiler(self):
        """What a plain `make` compiles it by."""
        return "clang" if self.without_gcc() else "gcc"

    def machines(self):
        return list(machines(self.folder).values())

    def first(self):
        return self.machines()[0]

    def tested(self, word):
        return word in self.words("TESTS")

    def machines_for(self, word):
        """The machines that a word of TESTS is tried on."""
        return [m for m in self.machines() if word in m.tests] if self.tested(word) else []


def assignments(path, found):
    """Adds what a file of make sets: NAME := value and NAME += value."""
    text = re.sub(r"\\\n\s*", " ", path.read_text())
    for name, sign, value in re.findall(r"^([A-Za-z]\w*) *([:+?]?=) *(.*)$", text, re.M):
        value = value.partition(" #")[0].strip()
        if sign == "+=" and name in found:
            value = f"{found[name]} {value}".strip()
        if sign != "?=" or name not in found:
            found[name] = value


def folder_of(board):
    """board: a folder of boards/, or the path of one elsewhere."""
    return Path(board) if os.sep in str(board) else tree.BOARDS / board


def common_folders(folder):
    """Where a board's families are: a board outside the tree may have a
    boards/common of its own beside it."""
    own = [] if folder.parent == tree.BOARDS else [folder.parent / "common"]
    return own + [tree.BOARDS / "common"]


def expanded(value, found):
    """$(NAME) and $(NAME:a=b) in a value."""

    def replace(match):
        words = found.get(match[1], "").split()
        if match[2]:
            words = [re.sub(rf"{re.escape(match[2])}$", match[3], word) for word in words]
        return " ".join(words)

    return re.sub(r"\$\((\w+)(?::([^=()]*)=([^()]*))?\)", replace, value)


def check_tests(path, words, apps):
    """Each word is known, and its program is one of APPS."""
    if unknown := sorted(set(words) - set(WORDS)):
        raise BoardError(f"{path}: TESTS has {' '.join(unknown)}, and knows {' '.join(WORDS)}")
    for word in words:
        if word in WANTS and WANTS[word] not in apps:
            raise BoardError(f"{path}: TESTS has {word}, and APPS has no {WANTS[word]}")
    if "size" in words and not (path.parent / "size.h").is_file():
        raise BoardError(f"{path}: TESTS has size, and there is no size.h beside it")


@lru_cache(maxsize=None)
def read(folder):
    path = folder / "board.mk"
    if not path.is_file():
        raise BoardError(f"no board {folder.name}: {path} is not there")
    found = {}
    assignments(path, found)
    for family in found.get("FAMILY", "").split():
        files = (common / family / "family.mk" for common in common_folders(folder))
        file = next(file for file in files if file.is_file())
        assignments(file, found)
        if "ARCH_DIR" in found:
            places = {"family_dir": str(file.parent), "BOARD_DIR": str(folder)}
            found["ARCH_DIR"] = expanded(found["ARCH_DIR"], found | places)
    arch = found.get("ARCH_DIR") or "arch/" + expanded(found.get("ARCH", ""), found)
    if (tree.TOP / arch / "arch.mk").is_file():
        assignments(tree.TOP / arch / "arch.mk", found)
    check_tests(path, found.get("TESTS", "").split(), found.get("APPS", "smoke").split())
    return Board(folder.name, folder, found)


def board(name):
    return read(folder_of(name))


@lru_cache(maxsize=None)
def every():
    """All boards of the tree, by name."""
    return tuple(read(path.parent) for path in sorted(tree.BOARDS.glob("*/board.mk")))


def first_of_isa(board):
    """The first board that makes keys by the objects of this one's ISA."""
    return next(b for b in every() if b.isa() == board.isa() and "keygen" in b.words("APPS"))


def tested(word):
    """The boards whose TESTS have the word."""
    return [b for b in every() if b.tested(word)]


def of_isa(isa):
    """The board whose ISA is compiled at each level anyway, or the first one."""
    found = [board for board in every() if board.isa() == isa]
    return next((board for board in found if board.tested("levels")), found[0])


def isas():
    return sorted({board.isa() for board in every()})


def machine_from(folder, number, section):
    """A Machine of what the file says. Raises ValueError, KeyError."""
    found = {key: " ".join(value.split()) for key, value in section.items()}
    if unknown := set(found) - set(KEYS):
        raise ValueError(f"it has {' '.join(sorted(unknown))}, and knows {' '.join(KEYS)}")
    if not re.fullmatch(r"\d+ \d+", found["exit"]):
        raise ValueError(f"exit is {found['exit']!r}, not two numbers")
    pass_rc, fail_rc = map(int, found["exit"].split())
    tests = (
        tuple(found["tests"].split()) if "tests" in found else tuple(() if number else PER_MACHINE)
    )
    if unknown := set(tests) - set(PER_MACHINE):
        raise ValueError(
            f"tests has {' '.join(sorted(unknown))}, and knows {' '.join(PER_MACHINE)}"
        )
    device, _, without = found.get("device", "").partition(" ")
    return Machine(
        name=section.name,
        pass_rc=pass_rc,
        fail_rc=fail_rc,
        template=found["command"],
        board=folder.name,
        folder=folder,
        tests=tests,
        group=found.get("group", folder.name),
        title=found.get("title", section.name),
        seed=found.get("seed", ""),
        none=options.changes(found.get("none", "")),
        timing=options.changes(found.get("timing", "")),
        below=found.get("below", ""),
        backend=found.get("backend", ""),
        credits=tuple(found.get("credits", "").split()),
        device=(device, options.changes(without)),
        options=options.changes(found.get("options", "")),
    )


@lru_cache(maxsize=None)
def machines(folder):
    """The machines of a board in the order of its file, by name."""
    path = folder / "machines"
    if not folder.is_dir():
        raise BoardError(f"no board {folder.name}: {folder} is not there")
    if not path.is_file():
        raise BoardError(f"board {folder.name} has no machines: {path} is not there")
    parser = configparser.ConfigParser(
        interpolation=None,
        delimiters=("=",),
        comment_prefixes=("#",),
        empty_lines_in_values=False,
    )
    try:
        parser.read_string(path.read_text(), str(path))
    except configparser.Error as error:
        raise BoardError(str(error).replace("\n", " ")) from error
    found = {}
    for number, name in enumerate(parser.sections()):
        try:
            found[name] = machine_from(folder, number, parser[name])
        except KeyError as error:
            raise BoardError(f"{path}: [{name}] has no key {error.args[0]}") from error
        except ValueError as error:
            raise BoardError(f"{path}: [{name}]: {error}") from error
    if not found:
        raise BoardError(f"{path}: no machine")
    return found


def machine(board_name, name=None):
    """One machine of a board; its first where no name is given."""
    found = machines(folder_of(board_name))
    if name is None:
        return next(iter(found.values()))
    if name not in found:
        raise BoardError(f"{board_name} has no machine {name}, but {' '.join(found)}")
    return found[name]
