# SPDX-License-Identifier: BSD-2-Clause
"""What must not pass: images that were damaged on purpose."""
import re
import shutil
import subprocess

from harness import children, judge
from harness.failures import Failure, need
from scenarios.boots import folder
from scenarios.images import image


def judge_sees(status, change, board="qemu-x86_64", app="smoke", says="", **options):
    """An image that was damaged must not pass, and the report shows where that
    was and the end of the console."""
    with folder() as there:
        path = there / "image.elf"
        shutil.copy(image(board, app), path)
        change(path)
        result = judge.boot(board, path, **options)
        need(result.status in status, result.status, result, " or ".join(status))
        report = result.report()
        named = f"{board}/" in report and "qemu-system-" in report
        need(named, "the report names no board or command", result)
        need(says in report, f"the report does not show: {says}", result)


def truncate(path):
    path.write_bytes(path.read_bytes()[:4096])


def readelf(path, option):
    return children.run(["readelf", "-W", option, path], stderr=subprocess.DEVNULL).stdout


def overwrite(path, address, code):
    """What the file holds for that address."""
    for line in readelf(path, "-l").splitlines():
        words = line.split()
        if words[:1] != ["LOAD"]:
            continue
        offset, begin, length = (int(words[i], 16) for i in (1, 2, 4))
        if begin <= address < begin + length:
            data = bytearray(path.read_bytes())
            at = offset + address - begin
            data[at : at + len(code)] = code
            path.write_bytes(data)
            return
    raise Failure(f"nothing at {address:#x} to damage")


def at_entry(path, code):
    """Puts code over the entry point, so that nothing of the program runs."""
    found = re.search(r"Entry point address:\s+0x([0-9a-f]+)", readelf(path, "-h"))
    overwrite(path, int(found[1], 16), code)


# What hangs and takes no processor: cli; hlt; jmp. wfi; b.
HALT_X86, HALT_ARM = b"\xfa\xf4\xeb\xfd", bytes.fromhex("7f2003d5ffffff17")


def halt_arm(path):
    at_entry(path, HALT_ARM)


def at_main(path, code):
    """Puts code over main: the start file has run, and exceptions are taken."""
    found = re.search(r"^.*:\s+([0-9a-f]+) .* main$", readelf(path, "-s"), re.M)
    overwrite(path, int(found[1], 16), code)


def udf_arm(path):
    at_main(path, bytes(4))


def ud2(path):
    at_main(path, b"\x0f\x0b")


def hang(path):
    """Where `halt` would be a trap, or the end of a domain."""
    at_entry(path, b"\xeb\xfe")


def halt(path):
    at_entry(path, HALT_X86)


def trap(path):
    at_entry(path, b"\x0f\x0b")


def claim(path):
    """Ends with the return code of a pass and without a word: mov $0x10, %eax;
    out %eax, $0xf4; jmp ."""
    at_entry(path, b"\xb8\x10\0\0\0\xe7\xf4\xeb\xfe")
