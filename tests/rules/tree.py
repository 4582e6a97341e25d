# SPDX-License-Identifier: BSD-2-Clause
"""The tree that the rules look at, and its files."""
import re
import subprocess
from pathlib import Path

CODE = ("core", "hal", "arch", "boards", "examples", "adapters", "tests")
TEXT = ("docs", "tools", "qemu") + CODE


class Tree:
    """A checkout. Paths are text, relative to its top."""

    def __init__(self, top):
        self.top = Path(top)

    def text(self, path):
        return (self.top / path).read_text(encoding="utf-8", errors="replace")

    def files(self, *folders, suffixes=(".c", ".h")):
        found = (path for folder in folders for path in (self.top / folder).rglob("*"))
        return sorted(
            str(path.relative_to(self.top))
            for path in found
            if path.suffix in suffixes and path.is_file() and not path.is_symlink()
        )

    def code(self):
        return self.files(*CODE)

    def pages(self):
        at_top = sorted(path.name for path in self.top.glob("*.md"))
        return at_top + self.files("docs", "examples", suffixes=(".md",))

    def scripts(self):
        """Python, shell and make, by suffix or by their first line."""
        found = ["Makefile", "CMakeLists.txt"]
        for path in self.files(*TEXT, suffixes=(".py", ".mk", ".cmake", "")):
            first = self.text(path).split("\n", 1)[0]
            if path.endswith((".py", ".mk", ".cmake")) or first.startswith("#!"):
                found.append(path)
        return found

    def boards(self):
        return sorted(path.parent.name for path in self.top.glob("boards/*/board.mk"))

    def hal_folders(self):
        folders = sorted(path for path in (self.top / "hal").iterdir() if path.is_dir())
        return ["hal"] + [f"hal/{path.name}" for path in folders]

    def run(self, *words):
        return subprocess.run(words, cwd=self.top, capture_output=True, text=True, check=False)

    def make(self, *words):
        """Into build/, in which one make works at a time: the lock is that of
        qemu/harness/make.py."""
        (Path(self.top) / "build").mkdir(exist_ok=True)
        return self.run("flock", "build/.lock", "make", "-s", *words)

    def variables(self, board, *names):
        """What the Makefile knows of a board: name -> words."""
        targets = [f"print-{name}" for name in names]
        run = self.run("make", "-s", "--no-print-directory", f"BOARD={board}", *targets)
        return dict(zip(names, run.stdout.split("\n"))) if run.returncode == 0 else None

    def each_isa(self):
        """One board of each ISA: ISA -> board."""
        found = {}
        for board in self.boards():
            known = self.variables(board, "ISA")
            found.setdefault(known["ISA"] if known else board, board)
        return found


def includes(text):
    return re.findall(r'^#\s*include\s+[<"]([^">]+)[">]', text, re.M)
