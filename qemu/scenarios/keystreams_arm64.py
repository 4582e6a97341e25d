# SPDX-License-Identifier: BSD-2-Clause
"""The keystreams of 64-bit Arm: in a process. QEMU has no CPU without AES, so a
kernel hides it. tests/guests: simd has a guest at EL1."""
import re

from harness import boards, children, judge, make, toolchain, tree
from harness.failures import need
from harness.make import shell
from scenarios.any_board import linked
from scenarios.boots import boot_image, folder
from scenarios.keys import BEFORE_RSA, keys_of, openssl_accepts

PROCESS = "unix-aarch64"
ASIMD, AES = 1 << 1, 1 << 3  # of AT_HWCAP
LACKS = {"aes256-ce": 0, "chacha20-neon": AES, "chacha20": AES | ASIMD}
EXAMPLE = "examples/common/print examples/common/receipt examples/common/ready "
APPS = {
    "smoke": EXAMPLE + "tests/guests/smoke tests/guests/checks",
    "keygen": EXAMPLE + "examples/keygen/keygen examples/keygen/keys adapters/bearssl",
}
OBJECTS = "build/isa/aarch64"


def stream_is(result, stream):
    said = re.search(r"^stream (\S+)$", result.console, re.M)
    need(said and said[1] == stream, f"its keystream is not {stream}", result)


def program(there, app, stream, *given, libraries=()):
    """An image of the board, of these files, where the kernel says so much of
    the CPU."""
    make.image(PROCESS, "smoke")
    kernel = ["tests/builds/lacks.c", f"-DLACKS={LACKS[stream]}", "-Wl,--wrap=getauxval"]
    path = there / f"{app}.elf"
    run = linked(boards.board(PROCESS), path, *kernel, *given, libraries=libraries)
    need(run.returncode == 0, run.stdout)
    return path


def process(stream, app, **options):
    """A program of APPS, which names its keystream."""
    make.image(PROCESS, app)
    objects = [f"{OBJECTS}/{name}.o" for name in APPS[app].split()]
    libraries = [f"{OBJECTS}/libbearssl.a"] * (app == "keygen")
    with folder() as there:
        path = program(there, app, stream, *objects, libraries=libraries)
        result = boot_image(PROCESS, path, **options)
    stream_is(result, stream)
    return result.console


def forks(stream):
    """A fork is a change of the epoch. A bare clone(2) is one by
    MADV_WIPEONFORK, which QEMU's emulation of a process says yes to and does
    not do: so what the program says of that is not looked at."""
    files = ["tests/host/fork.c", "tests/guests/stress.c", "-Itests/guests"]
    with folder() as there:
        result = judge.boot(PROCESS, program(there, "fork", stream, *files))
    said = re.findall(r"^fork, \d deep, instance \d: (\w+)", result.console, re.M)
    need(said == ["differ"] * 8, "not all differ", result)
    need("fork beside the loop: 50 of 50" in result.console, "a child does not draw", result)


def smoke(stream):
    process(stream, "smoke")


def keygen(stream):
    """All but RSA, which takes most of the time."""
    keys = keys_of(process(stream, "keygen", expect="enough", enough=BEFORE_RSA))
    need(len(keys) == 2, f"{len(keys)} keys")
    openssl_accepts(keys)


USER = "build/host/user-aarch64"
NEON = "tests/user/neon tests/user/common/user tests/user/common/trap_aarch64 arch/aarch64/simd "
NEON += "arch/aarch64/isar0 core/blake2s core/rounds core/bytes core/chacha20 core/wipe"
CROSS = {
    "gcc": ["aarch64-linux-gnu-gcc"],
    "clang": [toolchain.clang(), "--target=aarch64-linux-gnu"],
}
FLAGS = "-std=c11 -ffreestanding -mstrict-align -fno-stack-protector -fno-pie "
FLAGS += "-Ihal -Ihal/stream -Iarch/aarch64"


def neon(compiler, level, without=""):
    """tests/user/neon.c over arch/aarch64/simd by this compiler; without: a line
    of it that is taken out."""
    make.host_program("user/neon")
    objects = [f"{USER}/{name}.o" for name in NEON.split()]
    with folder() as there:
        for path in sorted((tree.TOP / "arch/aarch64/simd").iterdir()):
            (there / path.name).write_text(path.read_text().replace(without, ""))
        for path in sorted(there.glob("*.c")):
            made = path.with_suffix(".o")
            shell(*CROSS[compiler], *FLAGS.split(), level, "-c", path, "-o", made)
            objects.append(made)
        image = there / "neon"
        shell(*CROSS["gcc"], "-static", "-no-pie", "-nostdlib", *objects, "-o", image)
        return children.run(["qemu-aarch64", "-cpu", "cortex-a57", str(image)])


def at_each_level(compiler):
    for level in ("-O0", "-O2", "-O3"):
        run = neon(compiler, level)
        need(run.returncode == 0, f"{compiler} {level}: {run.stdout}")


def unwiped():
    for line, shows in (("simd_wipe_stack(low);", "PAINT"), ("simd_wipe_registers();", "zero")):
        run = neon("gcc", "-O2", line)
        red = run.returncode != 0 and re.search(f"^FAILED .*{shows}", run.stdout, re.M)
        need(red, f"green without {line} {run.stdout}")


def tests(add):
    for compiler in CROSS:
        name = f"arm64: nothing is left behind by {compiler}, at three levels"
        add("streams", name, at_each_level, compiler)
    add("streams", "red: arm64: a stack, and registers, that are not wiped", unwiped)
    for stream in LACKS:
        add("streams", f"{PROCESS}, {stream}: smoke", smoke, stream)
        add("streams", f"{PROCESS}, {stream}: openssl accepts the keys", keygen, stream)
        if stream != "chacha20":
            add("streams", f"{PROCESS}, {stream}: fork is a change of the epoch", forks, stream)
