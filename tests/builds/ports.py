# SPDX-License-Identifier: BSD-2-Clause
"""Boards that are not in the tree."""
import re
import shutil

from programs import HERE, TOP, need, run
from harness import children, judge, make, toolchain
from harness.receipt import receipt as receipt_of

BOARD_LINES = 60  # docs/porting.md promises that a port needs no more


def guide(folder):
    """docs/porting.md begins with commands. They run as they stand there, for a
    user whose home is empty."""
    text = (TOP / "docs/porting.md").read_text()
    commands = re.search(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    need(commands and "BOARD_DIR=" in commands[1], "docs/porting.md has no commands to start with")
    with make.locked("build"):
        env = dict(make.ENVIRONMENT, HOME=str(folder))
        done = children.run(["sh", "-e"], given=commands[1], env=env)
    passed = done.returncode == 0 and "[exit 0]" in done.stdout
    need(passed, f"docs/porting.md: exit {done.returncode}\n{done.stdout}")
    print("ok docs/porting.md, its first commands")


def built(board, build, *options):
    """smoke of the board, built and booted."""
    run("make", "-s", f"BOARD_DIR={board}", f"B={build}", *options)
    return judge.boot(str(board), build / "outside/smoke.elf")


def outside(folder):
    """A port to a kernel. Its addresses are not physical ones, and it maps them
    for the device itself."""
    board, build = folder / "outside", folder / "build"
    shutil.copytree(HERE / "outside", board)
    lines = len((board / "board.c").read_text().splitlines())
    need(lines <= BOARD_LINES, f"board.c has {lines} lines, and {BOARD_LINES} were promised")
    for options in ([], [f"CC={toolchain.clang()}"]):
        result = built(board, build, *options, "CFLAGS=-Os -Werror")
        need(result.status == "pass", result.report())
        sources = receipt_of(result.console)["source"]
        need(list(sources) == ["virtio-rng"], result.report())
        need(int(sources["virtio-rng"][1]["bits"]) >= 384, result.report())
    segments = run("readelf", "-lW", build / "outside/smoke.elf")
    apart = re.search(r"LOAD\s+0x\w+ 0xffffffff80100000 0x0*100000 ", segments)
    need(apart, f"it runs at the addresses that it is loaded to:\n{segments}")
    print("ok a board outside the tree")

    source = (board / "board.c").read_text()
    broken = source.replace("&outside_dma)", "NULL)")
    need(broken != source, "board.c names its DMA in another way: this test is out of date")
    (board / "board.c").write_text(broken)
    result = built(board, build, "CFLAGS=-Os")
    why = "without its address() the device found the memory all the same"
    need(result.status == "refuse", f"{why}\n{result.report()}")
    print("ok and not with the CPU's addresses")
