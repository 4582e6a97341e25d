#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Reads the instructions of a source file in a program or an object: no branch
and no address may depend on a secret. For what valgrind cannot execute.

    tests/host/instructions.py PROGRAM FILE.c ...

It follows each function of the file from instruction to instruction, until
nothing changes. Secret are

  registers of SIMD, and opmasks, whatever is in them;
  what a general register loads through a pointer: a key, an output;
  what it loads from a place of the stack where a secret was stored;
  what is computed of a secret, the flags as well.

Public are the arguments of a function that others call, constants, and what
was put on the stack and is public. A breach is a conditional branch by secret
flags or registers, an address with a secret in it, an indirect jump by one, a
vector of addresses, and a division.

Prints `ok FILE FUNCTION` or `FAILED FILE FUNCTION: INSTRUCTION`.
"""
import re
import subprocess
import sys
from dataclasses import dataclass, field

sys.path.insert(0, __file__.rpartition("/")[0])
import instructions_aarch64  # noqa: E402
import instructions_x86  # noqa: E402

LINE = re.compile(r"^\s*([0-9a-f]+):\t(\S.*?)\s*(?:# .*|//.*)?$")
FUNCTION = re.compile(r"^([0-9a-f]+) <(.+)>:$")
LOCAL = re.compile(r"^([0-9a-f]+) (.{7}) (\S+)\t([0-9a-f]+)\s+(?:\.hidden )?(\S+)$")


@dataclass
class Step:
    """An instruction."""

    at: int
    text: str
    word: str
    operands: list


@dataclass
class State:
    """What is secret where an instruction begins: names of registers, `flags`."""

    secret: frozenset = frozenset()

    def joined(self, other):
        return State(self.secret | other.secret)


@dataclass
class Function:
    name: str
    steps: list
    entry: State = field(default_factory=State)
    result: bool = False  # whether it returns a secret
    slots: set = field(default_factory=set)  # places of its frame with a secret
    breaches: list = field(default_factory=list)


def output(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def functions_of(objdump, path, file):
    """(address, name) of each function that the file defines. In a table of
    symbols those of a file follow its name, and global ones come last: they are
    found by the bytes between those of the file."""
    found, here = [], False
    for line in output(objdump, "-t", path).splitlines():
        match = LOCAL.match(line)
        if not match:
            continue
        at, flags, _, _, name = match.groups()
        if flags.endswith("df"):
            here = name == file
        elif here and flags.endswith("F"):
            found.append((int(at, 16), name))
    return found


def disassembled(objdump, path, wanted, arch):
    """A Function for each of these."""
    names, functions, steps = dict(wanted), [], None
    for line in output(objdump, "-dw", "--no-show-raw-insn", path).splitlines():
        if match := FUNCTION.match(line):
            at = int(match[1], 16)
            steps = [] if at in names else None
            if steps is not None:
                functions.append(Function(names[at], steps))
        elif steps is not None and (match := LINE.match(line)):
            word, operands = arch.split(match[2])
            steps.append(Step(int(match[1], 16), " ".join(match[2].split()), word, operands))
    return functions


def walk(function, arch, callees):
    """One pass from the entry until no state changes. Whether anything that
    others look at did."""
    index = {step.at: i for i, step in enumerate(function.steps)}
    states, todo = {0: function.entry}, [0]
    before = (function.result, len(function.slots), [c.entry for c in callees.values()])
    breaches = {}
    while todo:
        i = todo.pop()
        step = function.steps[i]
        after, targets, breach = arch.step(step, states[i], function, callees)
        if breach:
            breaches[step.at] = f"{step.at:x}: {step.text}: {breach}"
        nexts = [index[t] for t in targets if t in index]
        if arch.falls(step) and i + 1 < len(function.steps):
            nexts.append(i + 1)
        for n in nexts:
            joined = states[n].joined(after) if n in states else after
            if n not in states or joined != states[n]:
                states[n] = joined
                todo.append(n)
    function.breaches = [breaches[at] for at in sorted(breaches)]
    return before != (function.result, len(function.slots), [c.entry for c in callees.values()])


def check(path, file):
    machine = output("readelf", "-h", path)
    arch = instructions_aarch64 if "AArch64" in machine else instructions_x86
    wanted = functions_of(arch.OBJDUMP, path, file)
    functions = disassembled(arch.OBJDUMP, path, wanted, arch)
    callees = {f"{function.steps[0].at:x}": function for function in functions if function.steps}
    while any([walk(function, arch, callees) for function in callees.values()]):
        pass
    for function in callees.values():
        for breach in function.breaches:
            print(f"FAILED {file} {function.name}: {breach}")
        if not function.breaches:
            print(f"ok {file} {function.name}, {len(function.steps)} instructions")
    if not callees:
        print(f"FAILED {file}: {path} has no function of it")
    return bool(callees) and not any(function.breaches for function in callees.values())


def main():
    path, *files = sys.argv[1:]
    return 0 if all([check(path, file) for file in files]) else 1


if __name__ == "__main__":
    sys.exit(main())
