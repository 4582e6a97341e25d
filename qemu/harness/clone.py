# SPDX-License-Identifier: BSD-2-Clause
"""Takes a snapshot of the program clone while it draws, starts two machines
from it, and compares what they draw (qemu/clone)."""
import contextlib
import json
import re
import shlex
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from harness import boards, children, judge
from harness.console import tail
from harness.failures import BoardError, Failure

# A whole line: the guest is printing, so the last one may be cut anywhere.
DRAW = re.compile(
    r"^draw (\d+) result=(\w+) generation=(\d+) sample=([0-9a-f]+)(?: buffered=(\w+))?\n", re.M
)
DRAWS = 5  # before the snapshot, and in each clone
TRIES = 3  # a snapshot between a draw and its line on the console proves nothing


@dataclass
class Draw:
    number: int
    result: str
    generation: int
    sample: str
    buffered: str = ""  # of a program that has a buffer


def draws_in(console):
    return [
        Draw(int(n), result, int(generation), sample, buffered)
        for n, result, generation, sample, buffered in DRAW.findall(console)
    ]


class Guest:
    """A running QEMU with its console in a file and QMP on a socket. Ended on
    exit from the with block."""

    def __init__(self, words, folder, name, deadline):
        self.deadline = deadline
        self.console_file = folder / f"{name}.console"
        self.socket = folder / f"{name}.qmp"
        words = words + ["-qmp", f"unix:{self.socket},server=on,wait=off"]
        with open(self.console_file, "wb") as console:
            self.process = children.start(
                words, stdout=console, stderr=subprocess.STDOUT, env=judge.environment()
            )
        self.stream = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.stream:
            self.stream.close()
        children.end(self.process)

    def console(self):
        return self.console_file.read_bytes().decode("utf-8", "replace").replace("\r", "")

    def until(self, what, holds):
        """Polls until holds() is true."""
        while not holds():
            if self.process.poll() is not None or time.monotonic() > self.deadline:
                command = shlex.join(self.process.args)
                raise BoardError(f"waited for {what}, in vain\n  {command}\n{tail(self.console())}")
            time.sleep(0.02)

    def connect(self):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(max(0.1, self.deadline - time.monotonic()))

        def connects():
            """The socket is there a moment before QEMU listens."""
            with contextlib.suppress(FileNotFoundError, ConnectionRefusedError):
                connection.connect(str(self.socket))
                return True
            return False

        self.until("QMP", connects)
        self.stream = connection.makefile("rw")
        connection.close()  # the stream keeps it open
        self.stream.readline()  # the greeting
        self.qmp("qmp_capabilities")

    def qmp(self, command, **arguments):
        if not self.stream:
            self.connect()
        self.stream.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.stream.flush()
        while True:
            line = self.stream.readline()
            if not line:
                raise BoardError(f"QEMU ended during {command}")
            answer = json.loads(line)
            if "error" in answer:
                raise BoardError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]


def more_draws(guest, rest="", count=DRAWS):
    """Waits for so many draws from now on."""
    count += len(draws_in(rest + guest.console()))
    guest.until(f"{count} draws", lambda: len(draws_in(rest + guest.console())) >= count)


def snapshot(words, folder, file, deadline, before=lambda guest: None):
    """The console up to the snapshot, at which the guest stopped for good.
    before: what happens right before it."""
    with Guest(words, folder, "original", deadline) as guest:
        more_draws(guest)
        before(guest)
        guest.qmp("migrate", uri=f"exec:cat > {shlex.quote(str(file))}")
        guest.until(
            "the snapshot",
            lambda: guest.qmp("query-migrate").get("status") in ("completed", "failed"),
        )
        if guest.qmp("query-migrate")["status"] != "completed":
            raise BoardError("the snapshot failed")
        return guest.console()


def resume(words, folder, name, file, rest, deadline, then=lambda guest: None):
    """What a clone prints. rest: a line that the snapshot cut in two. then:
    what happens after its first draws."""
    words = words + ["-incoming", f"exec:cat {shlex.quote(str(file))}"]
    with Guest(words, folder, name, deadline) as guest:
        more_draws(guest, rest)
        then(guest)
        return rest + guest.console()


def clone(board, image, machine=None, cpu=None, devices=None, timeout=60, rewrite=None):
    """(draws before the snapshot, draws of one clone, draws of the other)

    rewrite: what a hypervisor of another kind does with the bytes of the
    snapshot, for each clone anew."""
    words = judge.command(boards.machine(board, machine), image, cpu, devices)
    deadline = time.monotonic() + timeout
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "snapshot"
        console = snapshot(words, folder, file, deadline)
        rest = console[console.rfind("\n") + 1 :]
        lists = [draws_in(console)]
        if any(draw.buffered for draw in lists[0]) != ("\nbuffer why=" in console):
            raise Failure("only one of the two", "a buffer and its line in the receipt", console)
        for name in ("one", "other"):
            again = folder / f"{name}.snapshot"
            again.write_bytes((rewrite or bytes)(file.read_bytes()))
            lists.append(draws_in(resume(words, folder, name, again, rest, deadline)))
        return lists


def torn(before, one, other):
    """Whether the snapshot fell between a draw and its line: drawn before there
    were clones, printed by both. By turns the buffered one is drawn first."""
    drawn = one[0].sample == other[0].sample and one[0].generation == before[-1].generation
    return drawn or one[0].buffered == other[0].buffered != ""


def faults(before, one, other, noticed=True):
    """What is wrong, as sentences."""
    found = []
    draws = [*before, *one, *other]
    samples = [draw.sample for draw in draws if draw.result == "ok"]
    samples += [draw.buffered for draw in draws if draw.buffered]
    if noticed and len(set(samples)) != len(samples):
        found.append("a sample appears twice")
    for name, draws in (("one clone", one), ("the other", other)):
        if noticed and draws[0].generation <= before[-1].generation:
            now, then = draws[0].generation, before[-1].generation
            found.append(f"{name}: generation {now} in its first draw, {then} before the snapshot")
        if not noticed and draws[-1].generation != before[-1].generation:
            found.append(f"{name}: generation changed")
        if not any(draw.result == "ok" for draw in draws):
            found.append(f"{name}: never served again")
    return found


def check(
    board,
    image,
    machine=None,
    cpu=None,
    devices=None,
    timeout=60,
    noticed=True,
    rewrite=None,
):
    """The three lists of draws and what is wrong with them."""
    for _ in range(TRIES):
        lists = clone(board, image, machine, cpu, devices, timeout, rewrite)
        if not torn(*lists):
            break
    return lists, faults(*lists, noticed)


def need_no_faults(board, image, machine=None, **options):
    """For a test: fails with what is wrong, and with what was drawn."""
    lists, found = check(board, image, machine, **options)
    if found:
        raise Failure("; ".join(found), "clones that notice", "\n".join(lines_of(lists)))


def lines_of(lists):
    """What was drawn, a line each."""
    return [
        f"{name:<10} draw {draw.number:<3} {draw.result:<8} "
        f"generation {draw.generation}  {draw.sample} {draw.buffered}"
        for name, draws in zip(("before", "one clone", "the other"), lists)
        for draw in draws
    ]
