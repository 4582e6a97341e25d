# SPDX-License-Identifier: BSD-2-Clause
"""Boots one image on one machine and judges what came of it.

A program on a board ends with the line "[exit N]" on the console and the board ends the run with it. Both must be there and must agree:
a return code alone also comes from a QEMU that could not start, and the line alone from a guest that hung afterwards.
"""
import argparse
import contextlib
import contextvars
import os
import re
import select
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ["LC_ALL"] = "C"  # what readelf, ld and bash's time say is read here
TOP = Path(__file__).resolve().parent.parent
BUILD = TOP / "build"
DEPS = BUILD / "deps"  # what qemu/setup fetched
CONSOLE_MAX = 1 << 22  # bytes: a guest that prints for ever is stopped here
ENOUGH = "what was waited for is there"
TAIL = 15              # lines of the console that a failure shows
# What Xen writes before each line of a domain whose UART it emulates. It breaks a line after 126 characters and, where the line ends there, shows an
# empty one, so that what was one line can be told (measured, Xen 4.17).
GUEST_OF_XEN = re.compile(r"^\(XEN\) DOM\d+: (?:(.{126})\n)?", re.M)
# From here on that domain's lines have no more than Xen's own before them (measured, Xen 4.20).
FOCUS_OF_XEN = "(XEN) *** Serial input to DOM1 "
# How a terminal is moved and cleared (ECMA-48, section 5.4), which UEFI firmware does before a line.
TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[78])")
# A PEM block never gets into a report: the demo's keys are thrown away, but a habit is a habit.
SECRET = re.compile(r"-----BEGIN[^\n]*PRIVATE KEY-----.*?(-----END[^\n]*-----|\Z)", re.S)


other_path = contextvars.ContextVar("other_path", default="")    # folders of programs that come before PATH's
other_deps = contextvars.ContextVar("other_deps", default=DEPS)  # what {deps} in a machine's command is


class BoardError(Exception):
    """What was asked for is not there: the board, its machine, the image."""


@dataclass
class Machine:
    name: str
    pass_rc: int
    fail_rc: int  # the same as pass_rc where a return code cannot tell: the hypervisor's own end
    template: str
    folder: Path = TOP


@dataclass
class Result:
    """status: pass (exit 0), refuse (exit 1 and "verdict refused"), fail (any other exit), or no exit at all: enough was seen, hang, silent, crash."""
    status: str
    why: str
    code: int
    console: str
    seconds: float
    command: list = field(default_factory=list)
    board: str = ""

    def repeat(self):
        return shlex.join(self.command)

    def tail(self):
        lines = SECRET.sub("(a private key)", self.console).splitlines()
        return "\n".join(lines[-TAIL:])

    def report(self):
        """For people: the board, what happened, the command that repeats it, the end of the console."""
        tail = self.tail() or "(nothing)"
        return f"{self.board}: {self.status}: {self.why}\n  {self.repeat()}\n--- the end of the console\n{tail}\n---"


def machines(board):
    """The machines of a board in the order of its file, by name. board: a folder of boards/, or the path of one elsewhere."""
    path = (Path(board) if os.sep in str(board) else TOP / "boards" / board) / "machines"
    if not path.is_file():
        raise BoardError(f"no board {board}: {path} is not there")
    found = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            name, pass_rc, fail_rc, template = line.split(None, 3)
            found[name] = Machine(name, int(pass_rc), int(fail_rc), template, path.parent)
        except ValueError:
            raise BoardError(f"{path}:{number}: not NAME PASS_RC FAIL_RC COMMAND")
    if not found:
        raise BoardError(f"{path}: no machine")
    return found


def machine_of(board, name=None):
    found = machines(board)
    if name is None:
        return next(iter(found.values()))
    if name not in found:
        raise BoardError(f"{board} has no machine {name}, but {' '.join(found)}")
    return found[name]


@contextlib.contextmanager
def other_versions(path="", deps=DEPS):
    """Within it, in this thread, other programs of the same names are run, and another hypervisor."""
    tokens = other_path.set(path), other_deps.set(deps)
    try:
        yield
    finally:
        other_path.reset(tokens[0])
        other_deps.reset(tokens[1])


def environment(more=None):
    """That of a program that is started: where it and its like are found, and what else it is told."""
    return dict(os.environ, PATH=other_path.get() + os.environ.get("PATH", os.defpath), **(more or {}))


def command(machine, image, cpu=None, devices=None):
    """The template's words, with {devices:DEFAULT} and {cpu:DEFAULT} replaced by what was given or their default, {image} by its path,
    {binary} by that of its raw bytes (BINARY in board.mk), {board} by that of the board's folder, {deps} by that of what was fetched."""
    def fill(match):
        given = {"devices": devices, "cpu": cpu}[match[1]]
        return (match[2] or "") if given is None else given
    filled = re.sub(r"\{(devices|cpu)(?::([^}]*))?\}", fill, machine.template)
    paths = {"image": Path(image).resolve(), "binary": Path(image).with_suffix(".bin"), "board": machine.folder, "deps": other_deps.get()}
    return [re.sub(r"\{(image|binary|board|deps)\}", lambda match: str(paths[match[1]]), word) for word in shlex.split(filled)]


def read_console(process, deadline, stream, enough):
    """What the process printed until it closed its output, the deadline, a line that is enough, or too much. Returns the bytes and None or why
    it was cut off."""
    console = bytearray()
    fd = process.stdout.fileno()
    while len(console) < CONSOLE_MAX:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            return console, "still running"
        data = os.read(fd, 4096)
        if not data:
            return console, None
        console += data
        if stream:
            stream.write(TERMINAL.sub("", data.decode("utf-8", "replace").replace("\r", "")))
            stream.flush()
        if enough and re.search(enough, text_of(console), re.M):
            return console, ENOUGH
    return console, f"printed more than {CONSOLE_MAX} bytes"


def text_of(console):
    """A console as text: a guest's own lines, whatever its hypervisor or firmware writes before each."""
    text = GUEST_OF_XEN.sub(r"\1", TERMINAL.sub("", console.decode("utf-8", "replace").replace("\r", "")))
    before, focus, after = text.partition(FOCUS_OF_XEN)
    return before + focus + re.sub(r"^\(XEN\) ", "", after, flags=re.M)


def run(words, timeout, stream=None, enough=None, env=None):
    """Runs a command without input: its return code (None: it was ended), its console as text, why it was ended."""
    deadline = time.monotonic() + timeout
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(env))
    try:
        console, cut = read_console(process, deadline, stream, enough)
        code = None
        if not cut:
            try:
                code = process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                cut = "still running"
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()
    return code, text_of(console), cut


def receipt(console):
    """The last receipt on a console (docs/receipt.md): keyword -> (words, pairs), but "source" -> name -> (words, pairs). None: none whole."""
    blocks = re.findall(r"^seedbed-receipt 1\n(.*?)^end-receipt$", console, re.M | re.S)
    if not blocks:
        return None
    found = {"source": {}}
    for line in blocks[-1].splitlines():
        keyword, *rest = shlex.split(line)
        words = [word for word in rest if "=" not in word]
        pairs = dict(word.split("=", 1) for word in rest if "=" in word)
        if keyword == "source":
            found["source"][words[0]] = (words[1:], pairs)
        else:
            found[keyword] = (words, pairs)
    return found


def judge(machine, code, console, cut, timeout):
    """The status of Result and the reason for it."""
    marks = re.findall(r"^\[exit (-?\d+)\]$", console, re.M)
    if cut == ENOUGH:
        return "enough", cut
    if cut:
        what = f", after it said [exit {marks[-1]}]" if marks else ""
        return "hang", f"{cut} after {timeout:g} s{what}" if cut == "still running" else cut
    if not console.strip():
        return "silent", f"ended with {code} and printed nothing"
    if len(marks) != 1:
        return "crash", f"ended with {code} and {len(marks)} lines [exit N]"
    status = int(marks[0])
    tells = machine.pass_rc != machine.fail_rc
    agrees = code == {0: machine.pass_rc, 1: machine.fail_rc}.get(status, code) and (status == 0) == (code == machine.pass_rc)
    if not (agrees if tells else code == machine.pass_rc):
        return "crash", f"said [exit {status}] and ended with {code}"
    if status == 1 and re.search(r"^verdict refused$", console, re.M):
        return "refuse", "exit 1, verdict refused"
    return ("fail" if status else "pass"), f"exit {status}"


def boot(board, image, machine=None, cpu=None, devices=None, timeout=60, stream=None, enough=None, env=None):
    """Boots the image. machine: the name of one of the board's, None: its first, or a Machine; devices and cpu as in the board's machines file, None:
    its default; stream: where the console goes as it comes; enough: a line's pattern that ends the run, for a program that takes longer than
    there is to see; env: more for its environment."""
    chosen = machine if isinstance(machine, Machine) else machine_of(board, machine)
    if not Path(image).is_file():
        raise BoardError(f"no image {image}: make BOARD={board}")
    words = command(chosen, image, cpu, devices)
    begin = time.monotonic()
    try:
        code, console, cut = run(words, timeout, stream, enough, env)
    except FileNotFoundError:
        raise BoardError(f"{words[0]} is not installed: qemu/setup check")
    status, why = judge(chosen, code, console, cut, timeout)
    return Result(status, why, -1 if code is None else code, console, time.monotonic() - begin, words, f"{Path(board).name}/{chosen.name}")


class Skip(Exception):
    """A test that cannot run here, with the reason."""


class Failure(Exception):
    """A test that failed, with what a person needs to see; counts, where one program holds many tests."""

    def __init__(self, text_for_people, passed=0, failed=1, text=""):
        super().__init__(text_for_people)
        self.passed, self.failed, self.text = passed, failed, text


def need(truth, what, result=None):
    """A test's own words where something is not so, with the report of the boot that shows it."""
    if not truth:
        raise Failure(what + ("\n" + result.report() if result else ""))


def parser(description):
    """What a command that boots images takes."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("board", help="a folder of boards/, or the path of a board's folder")
    made.add_argument("image", help="build/BOARD/APP.elf")
    made.add_argument("--machine", metavar="NAME", help="a line of boards/BOARD/machines; default: the first")
    made.add_argument("--cpu", metavar="CPU", help="instead of the line's own")
    made.add_argument("--devices", metavar="ARGS", help="QEMU arguments instead of the line's own devices; '' for none")
    made.add_argument("--timeout", metavar="S", type=float, default=60)
    return made


def parse(made):
    """argparse would take "--devices '-object ...'" for two options, so the two words become one."""
    words = iter(sys.argv[1:])
    return made.parse_args([f"{word}={next(words, '')}" if word == "--devices" else word for word in words])
