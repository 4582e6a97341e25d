# SPDX-License-Identifier: BSD-2-Clause
"""Each keystream by itself (tools/mk/streams.mk): here, on QEMU's CPU, in an
interrupt, and under valgrind. One that a CPU lacks is a skip that names it."""
import os
import re
import shutil
from functools import lru_cache
from pathlib import Path

from harness import capabilities, children, clone, make, toolchain, tree
from harness.failures import Skip, need
from scenarios.boots import boot_image, folder
from scenarios.keys import BEFORE_RSA, keys_of, openssl_accepts
from scenarios.stress import host_program

X64 = "qemu-x86_64"
# Words of /proc/cpuinfo. By these, not by what seedbed found, it must run.
NEEDS = {
    "aes256-aesni": "aes ssse3 sse4_1",
    "aes256-vaes256": "aes avx2 vaes",
    "aes256-vaes512": "aes vaes avx512f avx512bw avx512dq avx512vl",
    "chacha20-sse2": "sse2",
    "chacha20-avx2": "avx2",
    "chacha20-avx512": "avx2 avx512f avx512bw avx512dq avx512vl",
}

NOT_IN_QEMU = ("aes256-vaes256", "aes256-vaes512", "chacha20-avx512")


def streams(family="x86"):
    """The files of its simd/ that are a keystream."""
    files = sorted((tree.TOP / "arch" / family / "simd").glob("*_*.c"))
    return [path.stem.replace("_", "-") for path in files if "_" in path.stem]


@lru_cache(maxsize=None)
def flags():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        return set(re.search(r"^flags\s*: (.*)$", file.read(), re.M)[1].split())


def need_here(stream):
    missing = [word for word in NEEDS[stream].split() if word not in flags()]
    if missing:
        raise Skip(f"this CPU has no {' '.join(missing)}")


def on_unix(stream, app, **options):
    """The board's program with this keystream alone; its console."""
    need_here(stream)
    path = make.path_of(f"build/unix/stream/{stream}/{app}.elf", board="unix")
    result = boot_image("unix", path, **options)
    said = re.search(r"^stream (\S+)$", result.console, re.M)
    need(said and said[1] == stream, f"its keystream is not {stream}", result)
    return result.console


def smoke(stream):
    on_unix(stream, "smoke")


def keygen(stream):
    """All but RSA, which takes most of the time."""
    keys = keys_of(on_unix(stream, "keygen", expect="enough", enough=BEFORE_RSA))
    need(len(keys) == 2, f"{len(keys)} keys")
    openssl_accepts(keys)


def on_host(stream, name):
    need_here(stream)
    host_program(f"stream/{stream}/{name}")


def wipe(stream):
    need_here(stream)
    make.shell(make.path_of(f"build/{X64}/stream/{stream}/wipe.elf", board=X64))


def lines(text, stream):
    return re.findall(rf"^(\w+) {stream}\b", text, re.M)


def saved(stream):
    need_here(stream)
    need(lines(host_program("saved"), stream) == ["kept"], "registers are lost")


def newer():
    """Compiled for AVX-512: no keystream takes more registers for that."""
    built = "build/newer"
    told = ("CFLAGS=-O2 -march=x86-64-v4",)
    make.shell(make.path_of(f"{built}/host/saved", folder=built, told=told))


def interrupted(stream, machine=None):
    """What the guest says of it, which is booted once."""
    result = boot_image(X64, make.guest(X64, "registers"), machine)
    word = lines(result.console, stream)
    if word == ["lacks"] and stream in NOT_IN_QEMU:
        raise Skip(f"the CPU of {capabilities.version()} has no {stream}")
    need(word == ["kept"], f"{word}", result)


def clones(stream):
    interrupted(stream)
    path = make.path_of(f"build/{X64}/stream/{stream}/clone.elf", board=X64)
    lists, found = clone.check(X64, path, "pc")
    need(not found, "; ".join(found), "\n".join(clone.lines_of(lists)))


def opts_in():
    """A board whose kernel says simd-saved, and enables what pvh.S does: SSE."""
    shutil.rmtree(tree.TOP / "build/opts-in", ignore_errors=True)  # it has old paths
    with folder() as there:
        board = there / "opts-in"
        shutil.copytree(tree.BOARDS / X64, board)
        text = (board / "board.mk").read_text()
        (board / "board.mk").write_text(text.replace(" timing\n", " timing simd-saved\n", 1))
        path = make.image(board, "smoke")
        result = boot_image(board, path, "microvm")
        marks = children.run(["nm", path]).stdout
    need("\nstream aes256-aesni\n" in result.console, "its keystream is another one", result)
    need(" sb_x86_aes256_aesni_saved\n" in marks, "it is not the form that saves")


# What valgrind executes.
BY_MEMCHECK = ("aes256-aesni", "chacha20-sse2", "chacha20-avx2")
PROGRAMS = [(cc, level) for cc in ("gcc", "clang") for level in ("-O0", "-O2", "-O3")]
CROSS = {
    "gcc": ["aarch64-linux-gnu-gcc"],
    "clang": [toolchain.clang(), "--target=aarch64-linux-gnu"],
}
READER = "tests/host/instructions.py"


def secret(compiler, level):
    compiler = toolchain.clang() if compiler == "clang" else compiler
    return make.host_program(f"secret/{compiler}{level}/secret")


@lru_cache(maxsize=None)
def under_valgrind(program, *words):
    known = f"--suppressions={tree.TOP}/tests/host/secret.supp"
    run = children.run(["valgrind", "-q", known, secret(*program), *words], 120)
    need(run.returncode in (0, 1) and "chacha20" in run.stdout, run.stdout[-2000:])
    return run.stdout


def by_memcheck(stream):
    """No branch and no address by a bit of the key."""
    if stream in NEEDS:
        need_here(stream)
    for program in PROGRAMS:
        text = under_valgrind(program)
        found = re.findall(rf"^secret {stream} (\d+) errors$", text, re.M)
        need(found and set(found) == {"0"}, f"{program}: {found}\n{text[-2000:]}")


def read(words):
    """What the reader of instructions says, red or green."""
    return children.run(["python3", READER, *map(str, words)], 120).stdout


@lru_cache(maxsize=None)
def read_x86(program):
    files = [stream.replace("-", "_") + ".c" for stream in streams()]
    return read([secret(*program), *files])


@lru_cache(maxsize=None)
def read_object(source, program, words):
    with folder() as there:
        path = there / "one.o"
        include = [f"-I{place}" for place in ("core", "hal", "hal/stream", "arch/aarch64")]
        make.shell(*words, program[1], "-ffreestanding", *include, "-c", source, "-o", path)
        return read([path, Path(source).name])


def by_reading(stream, family="x86"):
    """The same, by the instructions of each compiler."""
    file = stream.replace("-", "_") + ".c"
    for program in PROGRAMS:
        if family == "x86":
            text = read_x86(program)
        else:
            path = f"arch/{family}/simd/{file}"
            text = read_object(path, program, (*CROSS[program[0]], "-mstrict-align"))
        found = [line for line in text.splitlines() if f" {file} " in line]
        wrong = [line for line in found if not line.startswith("ok ")]
        need(len(found) >= 2 and not wrong, f"{program}: {wrong or text}")


def planted(words):
    for program in PROGRAMS:
        text = read_object("tests/host/leak.c", program, tuple(words[program[0]]))
        for name in ("leak_table", "leak_branch", "leak_vector_table"):
            need(f"FAILED leak.c {name}: " in text, f"{program}: {name} is not seen\n{text}")
        need("ok leak.c leak_none" in text, f"{program}: what leaks nothing is red\n{text}")


def leaks_are_seen():
    for compiler in CROSS:
        text = under_valgrind((compiler, "-O2"), "leaks")
        found = [int(n) for n in re.findall(r"^secret \S+ (\d+) errors$", text, re.M)]
        need(found and all(found), f"{compiler}: {found}\n{text[-2000:]}")
        for kind in ("Conditional jump", "Use of uninitialised value"):
            need(kind in text, f"{compiler}: no {kind}")


def tests(add):
    for stream in streams("aarch64"):
        name = f"{stream}: constant time by its instructions"
        add("streams", name, by_reading, stream, "aarch64")
    add("streams", "red: a branch and tables, instructions of arm64", planted, CROSS)
    if os.uname().machine != "x86_64":
        return
    for stream in streams():
        add("streams", f"{stream}: smoke", smoke, stream)
        add("streams", f"{stream}: openssl accepts the keys", keygen, stream)
        add("streams", f"{stream}: fork is a change of the epoch", on_host, stream, "fork")
        add("streams", f"{stream}: ThreadSanitizer", on_host, stream, "race")
        add("streams", f"{stream}: nothing on the dead stack", wipe, stream)
        add("streams", f"{stream}: registers are saved, on this CPU", saved, stream)
        add("streams", f"{stream}: an interrupted user keeps registers", interrupted, stream)
        add("streams", f"{stream}: clones diverge", clones, stream)
        add("streams", f"{stream}: constant time by its instructions", by_reading, stream)
        if stream in BY_MEMCHECK:
            add("streams", f"{stream}: constant time by memcheck", by_memcheck, stream)
    add("streams", "registers are saved, compiled for a newer CPU", newer)
    add("streams", "a kernel that opts in: smoke", opts_in)
    add("streams", "chacha20: constant time by memcheck", by_memcheck, "chacha20")
    add("streams", "red: a branch and a table, by memcheck", leaks_are_seen)
    compilers = {"gcc": ["gcc"], "clang": [toolchain.clang()]}
    add("streams", "red: a branch and tables, instructions of x86-64", planted, compilers)
