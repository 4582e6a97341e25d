# SPDX-License-Identifier: BSD-2-Clause
"""A virtio-rng device of our own that breaks the rules of the ring: a
vhost-user back end (QEMU docs/interop/vhost-user) behind vhost-user-rng-pci.

QEMU gives it the whole memory of the guest, so what it writes arrives as it
would from a device in hardware, at any time. FAULTS names what it can do wrong;
each is a function of the queue and one request.
"""
import contextlib
import mmap
import os
import select
import socket
import struct
import tempfile
import threading
import time
from pathlib import Path

GET_FEATURES, SET_MEM_TABLE, GET_PROTOCOL_FEATURES = 1, 5, 15
SET_VRING_NUM, SET_VRING_ADDR, SET_VRING_BASE, GET_VRING_BASE, SET_VRING_KICK = 8, 9, 10, 11, 12
REPLY = 5  # version 1, and that it is one
# VIRTIO_F_VERSION_1 and protocol features. The rest is what migration needs:
# QEMU 7.2 trips over a back end that lacks it.
FEATURES = 1 << 32 | 1 << 30 | 1 << 26
PROTOCOL_FEATURES = 1 << 1
DEVICES = (
    "-object memory-backend-memfd,id=hm,size=64M,share=on -machine memory-backend=hm "
    "-chardev socket,id=hc,path={path} -device vhost-user-rng-pci,chardev=hc"
)


class Memory:
    """The guest's RAM by QEMU's addresses (queues) and by the guest's own
    (descriptors)."""

    def __init__(self, payload, fds):
        (count,) = struct.unpack_from("<I", payload)
        self.regions = []
        for i, fd in zip(range(count), fds):
            guest, size, user, offset = struct.unpack_from("<QQQQ", payload, 8 + 32 * i)
            self.regions.append((guest, size, user, offset, mmap.mmap(fd, offset + size)))

    def find(self, address, which):
        for region in self.regions:
            if region[which] <= address < region[which] + region[1]:
                return region[4], region[3] + address - region[which]
        raise ValueError(f"address {address:#x} is not the guest's")

    def read(self, address, layout, which=2):
        memory, at = self.find(address, which)
        return struct.unpack_from(layout, memory, at)

    def write(self, address, layout, *values, which=2):
        memory, at = self.find(address, which)
        # not pack_into, which clears first: the guest would see an index of 0
        memory[at : at + struct.calcsize(layout)] = struct.pack(layout, *values)


class Queue:
    """A split ring as the device sees it, VIRTIO 1.2 section 2.7."""

    def __init__(self):
        self.memory, self.size = None, 0
        self.descriptors, self.used, self.available = 0, 0, 0
        self.seen, self.published, self.repeated = 0, 0, 0

    def requests(self):
        """(head, address, length) of each new one."""
        (index,) = self.memory.read(self.available + 2, "<H")
        while self.seen != index:
            at = self.available + 4 + 2 * (self.seen % self.size)
            (head,) = self.memory.read(at, "<H")
            self.seen = self.seen + 1 & 0xFFFF
            address, length, _, _ = self.memory.read(self.descriptors + 16 * head, "<QIHH")
            yield head, address, length

    def fill(self, request, data):
        self.memory.write(request[1], f"{len(data)}s", data, which=0)

    def publish(self, identity, length, step=1):
        at = self.used + 4 + 8 * (self.published % self.size)
        self.memory.write(at, "<II", identity & 0xFFFFFFFF, length & 0xFFFFFFFF)
        self.published = self.published + step & 0xFFFF
        self.memory.write(self.used + 2, "<H", self.published)


def honest(queue, request, identity=0, length=None, step=1):
    queue.fill(request, os.urandom(request[2]))
    queue.publish(request[0] + identity, request[2] if length is None else length, step)


def repeats(queue, request):
    """Answers, and once more when nobody asked."""
    honest(queue, request)
    time.sleep(0.03)
    queue.repeated += 1
    queue.publish(request[0], request[2])


def late(queue, request):
    time.sleep(0.1)
    honest(queue, request)


def scribbles(queue, request):
    """Goes on writing into the buffer and the ring's entry after the answer."""
    honest(queue, request)
    for _ in range(200):
        queue.fill(request, os.urandom(request[2]))
        queue.memory.write(queue.used + 4, "<II", *struct.unpack("<II", os.urandom(8)))


FAULTS = {
    "honest": honest,
    "an id that nobody gave": lambda queue, request: honest(queue, request, identity=1),
    "an id of 2^32 - 1": lambda queue, request: honest(queue, request, identity=-1),
    "one byte over the buffer": lambda queue, request: honest(
        queue, request, length=request[2] + 1
    ),
    "2^32 - 1 bytes": lambda queue, request: honest(queue, request, length=-1),
    "no byte": lambda queue, request: honest(queue, request, length=0),
    "an index two on": lambda queue, request: honest(queue, request, step=2),
    "an index that runs away": lambda queue, request: honest(queue, request, step=0x8000),
    "an index that goes back": lambda queue, request: honest(queue, request, step=-1),
    "an answer that is repeated": repeats,
    "an answer that is late": late,
    "writes after the answer": scribbles,
    "no writes at all": lambda queue, request: queue.publish(request[0], request[2]),
}


class Device:
    """One connection, one queue. served: requests answered; after_reset: writes
    made once QEMU had taken the queue back."""

    def __init__(self, fault):
        self.fault, self.queue, self.kick = fault, Queue(), None
        self.served, self.after_reset = 0, 0
        self.last = None

    @property
    def repeated(self):
        return self.queue.repeated

    def message(self, connection):
        header, fds, _, _ = socket.recv_fds(connection, 12, 16)
        if len(header) < 12:
            return False
        request, _, size = struct.unpack("<III", header)
        payload = connection.recv(size, socket.MSG_WAITALL) if size else b""
        answer = self.handle(request, payload, fds)
        if answer is not None:
            connection.sendall(struct.pack("<III", request, REPLY, len(answer)) + answer)
        return True

    def handle(self, request, payload, fds):
        queue = self.queue
        if request == GET_FEATURES:
            return struct.pack("<Q", FEATURES)
        if request == GET_PROTOCOL_FEATURES:
            return struct.pack("<Q", PROTOCOL_FEATURES)
        if request == SET_MEM_TABLE:
            queue.memory = Memory(payload, fds)
        elif request == SET_VRING_NUM:
            queue.size = struct.unpack("<II", payload)[1]
        elif request == SET_VRING_ADDR:
            places = struct.unpack("<IIQQQQ", payload)
            queue.descriptors, queue.used, queue.available = places[2:5]
        elif request == SET_VRING_BASE:
            queue.seen = queue.published = struct.unpack("<II", payload)[1]
        elif request == SET_VRING_KICK:
            self.kick = fds[0] if fds else None
        elif request == GET_VRING_BASE:
            self.kick = None
            self.write_after_reset()
            return struct.pack("<II", 0, queue.seen)
        for fd in fds if request != SET_VRING_KICK else ():
            os.close(fd)
        return None

    def write_after_reset(self):
        """The queue is no longer ours, and that stops nobody: another answer to
        the last request."""
        if self.last and self.fault is not honest:
            self.queue.fill(self.last, b"\xee" * self.last[2])
            self.queue.publish(self.last[0], self.last[2])
            self.after_reset += 1

    def serve(self, server):
        connection, _ = server.accept()
        with connection:
            while True:
                kicks = [self.kick] if self.kick is not None else []
                ready, _, _ = select.select([connection] + kicks, [], [])
                if connection in ready:
                    if not self.message(connection):
                        return
                elif self.kick in ready:
                    os.read(self.kick, 8)
                    for self.last in self.queue.requests():
                        self.fault(self.queue, self.last)
                        self.served += 1


@contextlib.contextmanager
def device(name):
    """(QEMU's arguments, the device); it is served by a thread until QEMU hangs
    up."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = Path(folder) / "vhost"
        server.bind(str(path))
        server.listen(1)
        made = Device(FAULTS[name])
        thread = threading.Thread(target=made.serve, args=(server,), daemon=True)
        thread.start()
        yield DEVICES.format(path=path), made
        thread.join(5)
