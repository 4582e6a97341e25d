# SPDX-License-Identifier: BSD-2-Clause
"""Boots one image on one machine and judges what came of it."""
import contextlib
import contextvars
import os
import re
import select
import shlex
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from harness import boards, children, faults, tree
from harness.console import ENOUGH, SIZE_MAX, STILL_RUNNING, plain, tail, text_of, verdict
from harness.failures import BoardError

# Folders of programs that come before those of PATH, each with a colon behind
# it.
other_path = contextvars.ContextVar("other_path", default="")
# What {deps} in a machine's command is.
other_deps = contextvars.ContextVar("other_deps", default=tree.DEPS)


@dataclass
class Result:
    """What came of a boot. status is one of

    pass    exit 0
    refuse  exit 1 and "verdict refused"
    fail    any other exit
    enough  it was ended, as what was waited for had been seen
    hang, silent, crash  there was no exit at all
    """

    status: str
    why: str
    code: int
    console: str
    seconds: float
    command: list = field(default_factory=list)
    board: str = ""

    def repeat(self):
        return shlex.join(map(str, self.command))

    def report(self):
        """For people: the board, what happened, the command that repeats it,
        the end of the console."""
        return (
            f"{self.board}: {self.status}: {self.why}\n  {self.repeat()}\n"
            f"--- the end of the console\n{tail(self.console)}\n---"
        )


@contextlib.contextmanager
def other_versions(path="", deps=tree.DEPS):
    """Within it, in this thread, other programs of the same names are run, and
    another hypervisor."""
    tokens = other_path.set(path), other_deps.set(deps)
    try:
        yield
    finally:
        other_path.reset(tokens[0])
        other_deps.reset(tokens[1])


def environment(more=None):
    """That of a program that is started: where it and its like are found, and
    what else it is told."""
    path = other_path.get() + os.environ.get("PATH", os.defpath)
    return dict(os.environ, PATH=path, **(more or {}))


WORDS = "image binary board deps devices cpu".split()


def check_braces(machine):
    """A word in braces that nobody knows, or braces within braces, would go to
    QEMU as they are."""
    where = f"{machine.folder}/machines: [{machine.name}]: command has"
    for inside in re.findall(r"(?<!\$)\{([^}]*)\}", machine.template):
        if "{" in inside:
            raise BoardError(f"{where} braces within {{{inside}}}")
        if inside.partition(":")[0] not in WORDS:
            raise BoardError(f"{where} {{{inside}}}, and knows {' '.join(WORDS)}")


def command(machine, image, cpu=None, devices=None):
    """The words of the machine's command, for this image. cpu and devices take
    the place of the command's own."""

    def fill(match):
        given = {"devices": devices, "cpu": cpu}[match[1]]
        return (match[2] or "") if given is None else given

    paths = {
        "image": Path(image).resolve(),
        "binary": Path(image).resolve().with_suffix(".bin"),
        "board": machine.folder,
        "deps": other_deps.get(),
    }

    def place(match):
        return str(paths[match[1]])

    check_braces(machine)
    filled = re.sub(r"\{(devices|cpu)(?::([^}]*))?\}", fill, machine.template)
    words = shlex.split(filled)
    return [re.sub(r"\{(image|binary|board|deps)\}", place, word) for word in words]


PATIENCE = 60  # seconds, on a machine that is busy


def read_console(process, timeout, stream, enough, since):
    """What the process printed until it closed its output, the deadline, a line
    that is enough, or too much. The bytes, and None or why it was cut off."""
    deadline = time.monotonic() + (PATIENCE if since else timeout)
    console = bytearray()
    fd = process.stdout.fileno()
    while len(console) < SIZE_MAX:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            return console, STILL_RUNNING
        data = os.read(fd, 4096)
        if not data:
            return console, None
        console += data
        if stream:
            stream.write(plain(data))
            stream.flush()
        if enough and re.search(enough, text_of(console), re.M):
            return console, ENOUGH
        if since and re.search(since, text_of(console), re.M):
            deadline, since = time.monotonic() + timeout, None
    return console, f"printed more than {SIZE_MAX} bytes"


def run(words, timeout, stream=None, enough=None, env=None, since=None):
    """Runs a command without input: its return code (None: it was ended), its
    console as text, why it was ended."""
    process = children.start(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(env)
    )
    try:
        console, cut = read_console(process, timeout, stream, enough, since)
        code = None
        if not cut:
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                cut = STILL_RUNNING
    finally:
        children.end(process)
        process.stdout.close()
    return code, text_of(console), cut


def fetched(words):
    """The files of build/deps that a command names, a shell's too."""
    names = rf"{re.escape(str(other_deps.get()))}/[^,\s'\"]*"
    return [Path(name) for word in words for name in re.findall(names, str(word))]


def boot(
    board,
    image,
    machine=None,
    cpu=None,
    devices=None,
    timeout=PATIENCE,
    stream=None,
    enough=None,
    env=None,
    since=None,
):
    """Boots the image.

    machine: the name of one of the board's, a Machine, or None for its first.
    cpu, devices: as in the machine's command; None: its default.
    stream: where the console goes as it comes.
    enough: the pattern of a line that ends the run, for a program that takes
    longer than there is to see.
    env: more for the command's environment.
    since: the pattern of a line from which on the timeout counts. What comes
    before it takes as long as a busy machine takes.
    """
    chosen = machine if isinstance(machine, boards.Machine) else boards.machine(board, machine)
    if not Path(image).is_file():
        inside = chosen.folder.resolve().parent == tree.TOP / "boards"
        word = f"BOARD={chosen.folder.name}" if inside else f"BOARD_DIR={chosen.folder}"
        raise BoardError(f"no image {image}: make {word} builds it")
    words = command(chosen, image, cpu, devices)
    for path in fetched(words):
        if not path.exists():
            raise BoardError(f"{path} is not there: qemu/setup check fetches it")
    begin = time.monotonic()
    try:
        code, console, cut = run(words, timeout, stream, enough, env, since)
    except FileNotFoundError as error:
        raise BoardError(f"{words[0]} is not installed: qemu/setup check") from error
    status, why = verdict(chosen, code, console, cut, timeout)
    seconds = time.monotonic() - begin
    shown = [f"{name}={value}" for name, value in (env or {}).items()]
    words = ["env", *shown, *words] if shown else words
    faults.hear(console)
    name = f"{Path(board).name}/{chosen.name}"
    return Result(status, why, -1 if code is None else code, console, seconds, words, name)
