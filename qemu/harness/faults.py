# SPDX-License-Identifier: BSD-2-Clause
"""Reads tests/faults: the faults that are tried, and the tests that show each.

A section is a fault: `id = ` in brackets, and these keys, of which a line may
go on in the next ones:

  fault    what goes wrong, in a few words
  public   where it was met
  inject   how a test makes it happen
  tests    a line each: TITLE | WORDS. Of a suite the words are its cases; of a
           boot, what stands on a console of the test, and is looked for each
           time that it runs. A line that is no title goes on with the one above
  seen     what the library does
  end      that in a word or two
"""
import configparser
import re
import threading
from dataclasses import dataclass

from harness import tree
from harness.failures import Failure

FILE = tree.TOP / "tests/faults"
KEYS = ("fault", "public", "inject", "tests", "seen", "end")
SUITE = re.compile(r"(?:(?:host|Cortex-M3): (?=test_)|user: )(\w+)$")
# Groups whose tests run on this machine; the others boot a guest.
HOST = ("house", "mutants", "builds", "host", "unix", "user")

heard = threading.local()  # .consoles: of the boots that the thread's test looked at


@dataclass(frozen=True)
class Proof:
    title: str
    words: str

    @property
    def suite(self):
        found = SUITE.match(self.title)
        return found[1] if found else None

    @property
    def cases(self):
        return self.words.split() if self.suite else []

    @property
    def shows(self):
        return "" if self.suite else self.words

    @property
    def where(self):
        return "host" if self.title.partition(":")[0] in HOST else "guest"


@dataclass(frozen=True)
class Fault:
    id: str
    fault: str
    public: str
    inject: str
    proofs: tuple
    seen: str
    end: str


def proof(line):
    title, _, words = line.partition(" | ")
    return Proof(title.strip(), words.strip())


def read():
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.read_string(FILE.read_text())
    found = []
    for name in parser.sections():
        section = dict(parser[name])
        if set(section) != set(KEYS) or not all(section.values()):
            raise Failure(f"tests/faults: [{name}] has not these keys: {' '.join(KEYS)}")
        words = {key: " ".join(section[key].split()) for key in KEYS if key != "tests"}
        lines = re.sub(r"\n(?=\||[^:\n]*$)", " ", section["tests"].strip(), flags=re.M).split("\n")
        found.append(Fault(name, proofs=tuple(map(proof, lines)), **words))
    return found


def cases(suite):
    """The names of the functions that a suite's main lists."""
    unit = suite.startswith("test_")
    text = (tree.TOP / f"tests/{'unit' if unit else 'user'}/{suite}.c").read_text()
    return set(re.findall(r"\w+", re.split(r"\w*main\(void\)", text)[-1]))


def mistakes(faults, titles):
    """What tests/faults says and is not so. titles: of all tests."""
    for fault in faults:
        for one in fault.proofs:
            if one.title not in titles:
                yield f"[{fault.id}] there is no test {one.title}"
            elif one.suite and (gone := set(one.cases) - cases(one.suite)):
                yield f"[{fault.id}] {one.suite} has no {' '.join(sorted(gone))}"
            elif one.suite and not one.cases and not one.title.startswith("user: "):
                yield f"[{fault.id}] {one.suite}: which of its cases?"


def plain(text):
    return " ".join(text.split())


def listen():
    """From here on the consoles of this thread's boots are kept."""
    heard.consoles = []


def hear(console):
    if hasattr(heard, "consoles"):
        heard.consoles.append(plain(console))


def need_shown(title):
    """What tests/faults says that a test shows stands on one of its
    consoles."""
    for fault in read():
        for one in fault.proofs:
            found = any(plain(one.shows) in console for console in heard.consoles)
            if one.title == title and one.shows and not found:
                seen = "\n---\n".join(heard.consoles)[-1000:]
                what = f"tests/faults, [{fault.id}]: {one.shows}"
                raise Failure("a console without that", what, seen)
