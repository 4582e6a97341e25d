# SPDX-License-Identifier: BSD-2-Clause
"""The seed of the device tree, in the memory of a machine that runs: taken
once, gone from the tree and from all else, and fresh after a reset. kaslr-seed
stays as it is."""
import re
import time

from harness import boards, children, clone, judge
from harness.failures import need
from scenarios.boots import folder
from scenarios.images import image

RAM_SIZE = 64 << 20
RAM = {  # where it begins
    "qemu-aarch64-virt": 0x40000000,
    "qemu-aarch64-el2": 0x40000000,
    "qemu-arm-virt": 0x40000000,
    "qemu-riscv64-virt": 0x80000000,
    "qemu-riscv32-virt": 0x80000000,
}
MAGIC = bytes.fromhex("d00dfeed")
PIECE = 8  # bytes of a seed that tell it from all else
TIMEOUT = 60


def memory(guest, there, board):
    """All RAM."""
    file = there / "memory"
    guest.qmp("pmemsave", val=RAM[board], size=RAM_SIZE, filename=str(file))
    return file.read_bytes()


def seeds(dump, there):
    """What the one tree in this memory has of each: name -> bytes."""
    found = []
    for match in re.finditer(re.escape(MAGIC), dump):
        if match.start() % 4:
            continue
        size = int.from_bytes(dump[match.start() + 4 : match.start() + 8], "big")
        (there / "dtb").write_bytes(dump[match.start() : match.start() + size])
        text = children.run(["dtc", "-q", "-I", "dtb", "-O", "dts", there / "dtb"]).stdout
        chosen = re.search(r"chosen \{(.*?)\};", text, re.S)
        if chosen:
            cells = re.findall(r"([\w-]+-seed) = <([^>]*)>", chosen[1])
            found.append({name: from_cells(text) for name, text in cells})
    need(len(found) == 1, f"{len(found)} device trees")
    return found[0]


def from_cells(text):
    return b"".join(int(cell, 16).to_bytes(4, "big") for cell in text.split())


def is_gone(seed, dump):
    pieces = (seed[i : i + PIECE] for i in range(0, len(seed), PIECE))
    return not any(piece in dump for piece in pieces)


def one_life(guest, there, board):
    """From a reset to some draws: the seed that there was at its begin."""
    left = seeds(memory(guest, there, board), there)
    need("rng-seed" in left, f"the tree has {sorted(left)}")
    seed = left.pop("rng-seed")
    guest.qmp("cont")
    clone.more_draws(guest)
    guest.qmp("stop")
    dump = memory(guest, there, board)
    need(seeds(dump, there) == left, f"the tree does not have {sorted(left)} alone")
    need(is_gone(seed, dump), "the seed is still somewhere in memory")
    return seed


def seed_in_memory(board):
    """Two lives of a machine, with a reset between them. QEMU writes the tree
    anew, with a seed that is another one."""
    words = judge.command(boards.machine(board), image(board, "clone"))
    words = [word for word in words if word != "-no-reboot"] + ["-S"]
    with folder() as there:
        deadline = time.monotonic() + TIMEOUT
        with clone.Guest(words, there, "guest", deadline) as guest:
            first = one_life(guest, there, board)
            guest.qmp("system_reset")
            second = one_life(guest, there, board)
            need(first != second, "one seed for two lives")
            samples = [draw.sample for draw in clone.draws_in(guest.console())]
            need(len(set(samples)) == len(samples), "a sample appears twice")


def tests(add):
    for board in (board.name for board in boards.every() if board.name in RAM):
        name = f"{board}: the seed is gone, and fresh after a reset"
        add("device tree", name, seed_in_memory, board, budget=30)
