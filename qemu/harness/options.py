# SPDX-License-Identifier: BSD-2-Clause
"""How a boot is described in words: on the command lines of qemu/run and
qemu/clone, and in the keys of boards/*/machines that change a machine."""
import argparse
import shlex
import sys


def add_changes(made):
    """What is not the machine's own."""
    made.add_argument("--cpu", metavar="CPU", help="instead of the machine's own")
    made.add_argument(
        "--devices",
        metavar="ARGS",
        help="QEMU arguments instead of the machine's own devices; '' for none",
    )
    made.add_argument(
        "--env", metavar="NAME=VALUE", action="append", default=[], help="more for its environment"
    )


def parser(description):
    """What a command that boots images takes."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("board", help="a folder of boards/, or the path of a board's folder")
    made.add_argument("image", help="build/BOARD/APP.elf")
    made.add_argument(
        "--machine",
        metavar="NAME",
        help="a section of boards/BOARD/machines; default: the first",
    )
    add_changes(made)
    made.add_argument("--timeout", metavar="S", type=float, default=60)
    return made


def joined(words):
    """argparse would take "--devices '-object ...'" for two options, so the two
    words become one."""
    words = iter(words)
    return [f"{word}={next(words, '')}" if word == "--devices" else word for word in words]


def parse(made):
    return made.parse_args(joined(sys.argv[1:]))


def environment(pairs):
    return dict(pair.partition("=")[::2] for pair in pairs)


def changes(line):
    """The options of judge.boot that a line such as "--cpu max,-rdrand
    --devices ''" stands for. Raises ValueError where it is no such line."""
    made = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    add_changes(made)
    try:
        args, left = made.parse_known_args(joined(shlex.split(line)))
    except argparse.ArgumentError as error:
        raise ValueError(str(error)) from error
    if left:
        raise ValueError(f"unknown: {' '.join(left)}")
    found = {
        name: value for name, value in vars(args).items() if value is not None and name != "env"
    }
    if args.env:
        found["env"] = environment(args.env)
    return found
