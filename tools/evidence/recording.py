# SPDX-License-Identifier: BSD-2-Clause
"""One start of the program record (tests/guests/record.c): the order that it is
given, and what its console says.

A board may have no command line. So the order is written into a copy of the
image, at the words that it begins with there.
"""
import dataclasses
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from harness import judge
from harness.failures import BoardError, need

MAGIC = b"seedbed-record\0\0"
ORDER = "<16s32sII"  # struct record_order
BLOCK = 4096  # RECORD_BLOCK
NO_TIMES = ("counter-stands", "counter-too-coarse", "no-cache-effect", "predictable")
FLAGS = "noise conditioned seed host test local fast timing last".split()  # enum sb_flag
MOST = 2_000_000  # samples of a start: judge.py stops a longer console
PART = re.compile(
    r"^driver (\S+) width=(\d+) entropy=(\d+) credit=(\d+) flags=(\d+)$(.*?)"
    r"^record \1 bytes=\d+ tries=\d+ result=([\w-]+)$",
    re.M | re.S,
)
COUNTER = re.compile(r"^counter bits=(\d+) hz=(\d+) behind=(\d+)$", re.M)


@dataclass(frozen=True)
class Given:
    """What a driver gave, and why it ended."""

    name: str
    width: int
    entropy: int
    credit: int
    flags: tuple
    samples: bytes
    end: str


def write_order(path, copy, source, count):
    data = path.read_bytes()
    if data.count(MAGIC) != 1:
        raise BoardError(f"{path} is not the program record: make APP=record")
    order = struct.pack(ORDER, MAGIC, source.encode(), count, BLOCK)
    copy.write_bytes(data.replace(data[data.find(MAGIC) :][: len(order)], order))
    copy.chmod(0o755)


def ordered(image, folder, source, count):
    """A copy of the image that records `count` bytes of a source, and of its raw
    bytes where it has them. Without a source it asks each whether it is
    there."""
    if count > MOST:
        raise BoardError(f"{count} samples of one start: {MOST} are the most")
    folder.mkdir(parents=True, exist_ok=True)
    image = Path(image)
    for path in (image, image.with_suffix(".bin")):
        if path == image or path.is_file():
            write_order(path, folder / f"record{path.suffix}", source, count)
    return folder / f"record{image.suffix}"


def in_short(result):
    """The same boot, with the ends of its long lines left out."""
    console = re.sub(r"^(raw .{60}).+$", r"\1...", result.console, flags=re.M)
    return dataclasses.replace(result, console=console)


def given(result):
    """What each driver gave in this boot, which must have ended well."""
    need(result.status == "pass", f"{result.status} ({result.why})", in_short(result))
    found = {}
    for name, width, entropy, credit, flags, lines, end in PART.findall(result.console):
        digits = "".join(re.findall(rf"^raw {re.escape(name)} ([0-9a-f]+)$", lines, re.M))
        names = tuple(flag for i, flag in enumerate(FLAGS) if int(flags) >> i & 1)
        worth = int(width), int(entropy), int(credit)
        one = Given(name, *worth, names, bytes.fromhex(digits), end)
        if name not in found or found[name].end != "ok":
            found[name] = one  # of two of one name the first that is there
    return found


def counter(result):
    """(bits, hz, where its function is, from board_write on)."""
    return tuple(int(word) for word in COUNTER.search(result.console).groups())


def start(where, image, stream=None):
    """A boot of the image; where: what judge.boot is given of the machine."""
    return judge.boot(image=image, stream=stream, **where)


def samples(result, name, count):
    """Exactly so many of the source, or a failure that says why not."""
    one = given(result).get(name)
    need(one, f"no source {name}", in_short(result))
    seen = f"{name} gave {len(one.samples)} of {count} samples: {one.end}"
    need(len(one.samples) == count and one.end == "ok", seen, in_short(result))
    return one


def refuses(result, name):
    """Whether the source found no times to take in this start."""
    one = given(result).get(name)
    return one is not None and one.end in NO_TIMES
