# SPDX-License-Identifier: BSD-2-Clause
"""Two clones of a guest whose virtio-rng has a request in flight at the
snapshot: an entropy daemon of our own behind the device answers when it is
told to (QEMU docs, rng-egd; the protocol is that of egd.pl)."""
import contextlib
import hashlib
import re
import socket
import tempfile
import threading
import time
from pathlib import Path

from harness import boards, clone, judge
from harness.failures import Failure

DEVICES = (
    "-chardev socket,id=c0,path={path} -object rng-egd,id=r0,chardev=c0 "
    "-device {device},rng=r0"
)
ASK = 2  # egd's command: wait for so many bytes
HEARD = re.compile(r"^heard virtio-rng (\d+) alarms (\d+)\n", re.M)  # a whole line
LATE = 0.2  # seconds from the resume of a clone to the answer
MANY = 1 << 30


class Daemon:
    """Answers the first `most` requests, and from then on none. Its answers are
    the same in each run; the first is `first`. asked, given: how many so
    far."""

    def __init__(self, path, most=0, first=None):
        self.path, self.most, self.first = path, most, first
        self.asked, self.given = 0, 0
        self.changed = threading.Condition()
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(path))
        self.server.listen(1)
        threading.Thread(target=self.serve, daemon=True).start()

    def allow(self, most):
        with self.changed:
            self.most = most
            self.changed.notify()

    def in_flight(self):
        return self.asked > self.given

    def serve(self):
        with contextlib.suppress(OSError), self.server.accept()[0] as stream:
            while (request := stream.recv(2, socket.MSG_WAITALL)) and request[0] == ASK:
                with self.changed:
                    self.asked += 1
                    self.changed.wait_for(lambda: self.given < self.most)
                    stream.sendall(self.answer(request[1]))
                    self.given += 1

    def answer(self, length):
        if self.first is not None and not self.given:
            return self.first * length
        return hashlib.shake_128(str((self.first, self.given)).encode()).digest(length)


def heard(console):
    """Healthy bytes of virtio-rng and its alarms, as the guest counts them."""
    return tuple(map(int, HEARD.findall(console)[-1]))


def original(words, daemon, folder, deadline):
    """The console up to the snapshot, at which a request is in flight."""

    def hold(guest):
        daemon.allow(0)
        guest.until("a request in flight", daemon.in_flight)
        clone.more_draws(guest)  # all that was given is counted by now

    return clone.snapshot(words, folder, folder / "snapshot", deadline, hold)


def resumed(words, daemon, folder, rest, deadline):
    """What a clone prints. It goes on with a device that is silent; then the
    old request is answered, with zeros, and every later one."""
    threading.Timer(LATE, daemon.allow, (MANY,)).start()

    def answered(guest):
        guest.until("ten more answers", lambda: daemon.given > 10)
        clone.more_draws(guest)

    return clone.resume(
        words, folder, daemon.path.name, folder / "snapshot", rest, deadline, answered
    )


def clones(board, image, machine, cpu, device, noticed=True, timeout=60):
    """What was printed before, by one clone and by the other; what is wrong.
    Both clones get the same answers. The zeros would be an alarm if they were
    used. noticed: the machine gets a generation id. Without one nobody starts
    over, and the old request is a request like any other."""
    deadline = time.monotonic() + timeout
    chosen = boards.machine(board, machine)

    def words(daemon):
        devices = "-device vmgenid,guid=auto " * noticed + DEVICES
        return judge.command(
            chosen, image, cpu, devices.format(path=daemon.path, device=device)
        )

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        daemon = Daemon(folder / "before.egd", MANY)
        before = original(words(daemon), daemon, folder, deadline)
        rest = before[before.rfind("\n") + 1 :]
        both = []
        for which in ("one.egd", "other.egd"):
            daemon = Daemon(folder / which, first=b"\0" if noticed else None)
            both.append(resumed(words(daemon), daemon, folder, rest, deadline))
    found = clone.faults(*map(clone.draws_in, (before, *both)), noticed)
    for console in both:
        (counted, alarms), (then, _) = heard(console), heard(before)
        if alarms or counted <= then:
            found.append(f"{counted - then} bytes counted since, and {alarms} alarms")
    return (before, *both), found


def need_no_faults(*arguments):
    """For a test: fails with what is wrong, and with what was printed."""
    consoles, found = clones(*arguments)
    if found:
        raise Failure("; ".join(found), "clones that go on", "\n=====\n".join(consoles))
