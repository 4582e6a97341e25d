# SPDX-License-Identifier: BSD-2-Clause
"""What became of the mutants of a file: tests/mutation/record/FILE.txt. A block
of counts is followed by the mutants that no suite kills:

  identical NAME    compiles to the same object, at -O2 and at -Os
  survivor NAME     the suites are green
    because ...     a person's reason why nothing can tell it from the file
"""
import re
from dataclasses import dataclass, field
from pathlib import Path

import source

FOLDER = Path("tests/mutation/record")
FILES = ("core/*.c", "hal/*/*.c", "arch/*/*.c")
COUNTS = ("mutants", "killed", "identical", "equivalent", "survivors")


@dataclass
class Record:
    digest: str = ""
    mutants: int = 0
    killers: dict = field(default_factory=dict)  # suite -> how many it killed first
    identical: list = field(default_factory=list)
    survivors: list = field(default_factory=list)
    reasons: dict = field(default_factory=dict)  # survivor -> why it is equivalent

    def counts(self):
        same, alive = len(self.identical), len(self.survivors)
        reasons = sum(name in self.reasons for name in self.survivors)
        return self.mutants, self.mutants - same - alive, same, reasons, alive - reasons

    def alive(self):
        return {*self.identical, *self.survivors}

    def text(self):
        lines = [f"digest {self.digest}"]
        lines += [f"{word} {count}" for word, count in zip(COUNTS, self.counts())]
        order = sorted(self.killers, key=lambda name: (-self.killers[name], name))
        lines += [f"suite {name} {self.killers[name]}" for name in order]
        lines += [f"identical {name}" for name in self.identical]
        for name in self.survivors:
            lines.append(f"survivor {name}")
            if name in self.reasons:
                lines.append(f"  because {self.reasons[name]}")
        return "\n".join(lines) + "\n"


def score(counts):
    """Per cent of the mutants that differ from the file."""
    mutants, killed, identical, equivalent, _ = counts
    return 100 * killed / max(1, mutants - identical - equivalent) if mutants else 100.0


def where(path):
    return FOLDER / Path(path).with_suffix(".txt")


def read(top, path):
    """An empty one, if there is none."""
    there, record = Path(top) / where(path), Record()
    for line in there.read_text().split("\n") if there.exists() else ():
        word, _, rest = line.strip().partition(" ")
        if word == "because":
            record.reasons[record.survivors[-1]] = rest
        elif word == "suite":
            name, count = rest.split()
            record.killers[name] = int(count)
        elif word == "survivor":
            record.survivors.append(rest)
        elif word == "identical" and not re.fullmatch(r"\d+", rest):
            record.identical.append(rest)
        elif word in ("digest", "mutants"):
            setattr(record, word, rest if word == "digest" else int(rest))
    return record


def write(top, path, record):
    there = Path(top) / where(path)
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_text(record.text())


def files(top):
    return sorted(str(p.relative_to(top)) for glob in FILES for p in Path(top).glob(glob))


def stale(top, path):
    text = (Path(top) / path).read_text()
    return read(top, path).digest != source.digest(text)
