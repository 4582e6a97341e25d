# SPDX-License-Identifier: BSD-2-Clause
"""Tables of ACPI for `-acpitable file=`, with devices as hypervisors describe
them (ACPI 6.5, sections 5.2.6 and 20.2)."""


def spanned(opcode, content):
    """An opcode and its PkgLength, of two bytes."""
    length = len(content) + 2
    return opcode + bytes((0x40 | length & 0xF, length >> 4)) + content


def integer(value, width):
    return {4: b"\x0c", 8: b"\x0e"}[width] + value.to_bytes(width, "little")


def string(text):
    return b"\x0d" + text.encode() + b"\0"


def name(what, value):
    return b"\x08" + what.encode() + value


def device(what, *content):
    return spanned(b"\x5b\x82", what.encode() + b"".join(content))


def table(*content):
    """An SSDT. QEMU makes its checksum."""
    body = b"".join(content)
    head = b"SSDT" + (36 + len(body)).to_bytes(4, "little") + b"\x02\0"
    return head + b"SEEDBD" + b"SEEDBED " + b"\x01\0\0\0SEED\x01\0\0\0" + body


def guid(address):
    """Firecracker's: a package of the two halves."""
    halves = integer(address & 0xFFFFFFFF, 4) + integer(address >> 32, 4)
    ids = name("_HID", string("FCVMGID")) + name("_CID", string("VM_Gen_Counter"))
    return device("VGEN", ids, name("ADDR", spanned(b"\x12", b"\x02" + halves)))


def guid_without_address():
    """A form that nobody here understands: ADDR is in another scope."""
    return device("VGEN", name("_CID", string("VM_Gen_Counter")))


def clock(address, size=0x1000):
    """Firecracker's and QEMU's: one range of memory in _CRS."""
    numbers = (0, address, address + size - 1, 0, size)
    item = b"\x8a\x2b\0\0\x0c\x02" + b"".join(n.to_bytes(8, "little") for n in numbers)
    resources = spanned(b"\x11", b"\x0a\x30" + item + b"\x79\0")
    return device("VCLK", name("_HID", string("AMZNC10C")), name("_CRS", resources))
