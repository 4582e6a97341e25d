# SPDX-License-Identifier: BSD-2-Clause
"""Confidential machines for images that know nothing of being tested: an
instruction CPUID or RDMSR in seedbed is answered here.

QEMU's debugger stub stops the guest before the instruction in sb_x86_cpuid and
sb_x86_rdmsr. What MACHINES says of the leaf or register is put where the answer
goes, and the instruction is passed over, as the TDX module or the CPU would do
it. All other leaves and registers are the emulated CPU's own.
"""
import contextlib
import re
import socket
import struct
import tempfile
import threading
from pathlib import Path

from harness.make import shell

OPTIONS = "-S -gdb unix:{path} "  # QEMU connects to the socket
# Numbers in the stub's protocol of those that take part, and bytes in each.
REGISTERS = {
    "x86_64": ({"ax": 0, "bx": 1, "cx": 2, "dx": 3, "ip": 16}, 8),
    "i386": ({"ax": 0, "cx": 1, "dx": 2, "bx": 3, "ip": 8}, 4),
}
LENGTH = 2  # of both instructions


def words(text):
    return struct.unpack("<3I", text.encode())


TDX = dict(zip(("bx", "dx", "cx"), words("IntelTDX    ")), ax=0)
SEV_STATUS = 0xC0010131


def amd(leaf, status):
    zeros = {"bx": 0, "cx": 0, "dx": 0}
    leaves = {0x80000000: dict(zeros, ax=0x8000001F), 0x8000001F: dict(zeros, ax=leaf)}
    return {"cpuid": leaves, "rdmsr": {SEV_STATUS: {"ax": status, "dx": 0}}}


MACHINES = {
    "TDX": {"cpuid": {0x21: TDX}, "rdmsr": {}},
    "SEV-SNP": amd(0x1F, 7),
    "SEV": amd(0x02, 1),
    "SEV-SNP, its leaf hidden": {
        "cpuid": {0x80000000: {"ax": 0x8000001E}},
        "rdmsr": {SEV_STATUS: {"ax": 7, "dx": 0}},
    },
    "AMD, plain though able": amd(0x1F, 0),
}
GUESTS = ("TDX", "SEV-SNP", "SEV", "SEV-SNP, its leaf hidden")


class Stub:
    """Our end of the GDB remote serial protocol."""

    def __init__(self, connection, registers, size):
        self.stream, self.registers, self.size = connection.makefile("rwb"), registers, size

    def receive(self):
        """The next packet; None: the guest is gone."""
        byte = self.stream.read(1)
        while byte and byte != b"$":
            byte = self.stream.read(1)
        packet = bytearray()
        while byte:
            byte = self.stream.read(1)
            if byte == b"#":
                self.stream.read(2)
                self.stream.write(b"+")
                self.stream.flush()
                return packet.decode()
            packet += byte
        return None

    def ask(self, packet):
        self.stream.write(b"$%s#%02x" % (packet.encode(), sum(packet.encode()) & 0xFF))
        self.stream.flush()
        return self.receive()

    def get(self, name):
        answer = bytes.fromhex(self.ask(f"p{self.registers[name]:x}"))
        return int.from_bytes(answer[: self.size], "little")

    def put(self, name, value):
        self.ask(f"P{self.registers[name]:x}={value.to_bytes(self.size, 'little').hex()}")


def instructions(image):
    """{address: name} of the two that are answered."""
    text = shell("objdump", "-d", image)
    found = {}
    for name in ("cpuid", "rdmsr"):
        function = re.search(rf"<sb_x86_{name}>:\n(.*?)\n\n", text, re.S)
        lines = function[1] if function else ""
        places = re.findall(rf"^\s*([0-9a-f]+):.*\b{name}\b", lines, re.M)
        found.update({int(at, 16): name for at in places})
    return found


class Answers(threading.Thread):
    """given: how many times something else was answered than the CPU would
    have."""

    def __init__(self, server, machine, places, registers):
        super().__init__(daemon=True)
        self.server, self.machine, self.places = server, machine, places
        self.registers, self.given = registers, 0

    def run(self):
        with contextlib.suppress(OSError), self.server.accept()[0] as connection:
            stub = Stub(connection, *self.registers)
            # Before that QEMU knows no single registers.
            stub.ask("qXfer:features:read:target.xml:0,80")
            for at in self.places:
                stub.ask(f"Z1,{at:x},1")
            while (stub.ask("c") or "W").startswith("T"):
                self.answer(stub)

    def answer(self, stub):
        at = stub.get("ip")
        name = self.places.get(at)
        asked = stub.get("ax" if name == "cpuid" else "cx") & 0xFFFFFFFF
        answer = self.machine.get(name, {}).get(asked)
        if answer:
            for register, value in answer.items():
                stub.put(register, value)
            stub.put("ip", at + LENGTH)
            self.given += 1
        else:
            stub.ask(f"z1,{at:x},1")
            stub.ask("s")
            stub.ask(f"Z1,{at:x},1")


@contextlib.contextmanager
def machine(name, image, isa):
    """QEMU options that make its CPU that machine's for this image, and who
    answers."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = Path(folder) / "gdb"
        server.bind(str(path))
        server.listen(1)
        places = instructions(image)
        answers = Answers(server, MACHINES[name], places, REGISTERS[isa])
        answers.start()
        yield OPTIONS.format(path=path), answers
