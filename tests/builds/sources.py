# SPDX-License-Identifier: BSD-2-Clause
"""Builds from the sources without our Makefile."""
import os
import re
import shutil

from programs import HERE, PROGRAM, TOP, gate, need, run, two_keys
from harness import judge, toolchain
from scenarios.boots import boot_image

ARCH = "x86" if os.uname().machine == "x86_64" else "portable"
# Files of hal/ that call what only their platform has.
PLATFORM_ALONE = ("solo5.c", "dispatch.c")
HAL = ["hal"] + sorted(f"hal/{path.name}" for path in (TOP / "hal").iterdir() if path.is_dir())
HOSTED = "hal/os"  # system headers must come first in a file
PLATFORM = TOP / "boards/unix" / ("platform_x86.c" if ARCH == "x86" else "platform.c")
M3 = "mps2-an385"


def sources(*folders):
    found = (path for folder in folders for path in (TOP / folder).glob("*.c"))
    return sorted(path for path in found if path.name not in PLATFORM_ALONE)


def includes(*folders):
    return [f"-I{TOP}/{folder}" for folder in ("core", *HAL, "arch", *folders)]


def files(names):
    return [TOP / f"{name}.c" for name in names.split()]


def loop(folder):
    """The compiler's own language, and no flag but -I."""
    for compiler in ("cc", toolchain.clang()):
        for path in sources("core", f"arch/{ARCH}", *HAL) + [PLATFORM, PROGRAM]:
            words = (compiler, "-c", *includes(f"arch/{ARCH}"), path)
            run(*words, cwd=folder, silent=True)
        run(compiler, *sorted(folder.glob("*.o")), "-o", folder / "program", silent=True)
        two_keys(run(folder / "program"))
        gate(folder / "program")
        print(f"ok a plain loop of {compiler} -c")


def x32(folder):
    """x86-64 with pointers of 32 bits: all but what is a system's."""
    compiler = ("gcc", "-mx32", "-ffreestanding", "-Wall", "-Wextra", "-c")
    headers = f"-I{TOP}/boards/common/libc/freestanding"
    for path in sources("core", "arch/x86", *(there for there in HAL if there != HOSTED)):
        run(*compiler, *includes("arch/x86"), headers, path, cwd=folder, silent=True)
    print("ok -mx32")


def of_core(suite):
    """Whether a suite calls core alone, by its headers."""
    return set(re.findall('#include "(.*)"', suite.read_text())) == {"fake.h"}


def tcc(folder):
    """tcc compiles core without a warning, and drivers with the accessors of
    arch/portable. The suites of core pass, the known answers among them."""
    core, hal = sources("core"), sources(*(there for there in HAL if there != HOSTED))
    suites = [path for path in sources("tests/unit") if path.stem != "fake" and of_core(path)]
    need(len(suites) >= 10, f"these alone: {suites}")
    include = includes("arch/portable", "tests/unit")
    for path in core + hal + files("tests/unit/fake") + suites:
        warn = "-Wall" if path in core else "-w"
        run("tcc", warn, *include, "-c", path, cwd=folder, silent=True)
    objects = [folder / f"{path.stem}.o" for path in core + files("tests/unit/fake")]
    for suite in suites:
        path = folder / suite.stem
        run("tcc", f"{path}.o", *objects, "-lcmocka", "-o", path)
        run(path)
    print(f"ok {len(suites)} suites by tcc")


def cmake(folder):
    """The user's project is in a folder of its own."""
    project = folder / "project"
    shutil.copytree(HERE, project)
    strict = (f"-DSEEDBED={TOP}", "-DCMAKE_BUILD_TYPE=Release")
    strict += ("-DCMAKE_COMPILE_WARNING_AS_ERROR=ON",)
    cross = f"-DCMAKE_TOOLCHAIN_FILE={project}/cortex-m3.cmake"
    for name, *options in (("native",), ("cortex-m3", cross)):
        build = folder / name
        run("cmake", "-S", project, "-B", build, *strict, *options)
        run("cmake", "--build", build, "-j2")
        gate(build / "program")
        if options:
            refused = judge.boot(M3, build / "program")
            says_why = refused.console.count("no source") == 1 and refused.code == 1
            need(says_why, refused.report())
            two_keys(boot_image(M3, build / "program").console)
        else:
            two_keys(run(build / "program"))
        print(f"ok CMake, {name}")


def one_file(folder, arch):
    """All sources for an ISA in one file, as they are."""
    freestanding = [path for path in HAL if path != HOSTED]
    given = sources("core", f"arch/{arch}", *freestanding)
    path = folder / f"{arch}.c"
    path.write_text("".join(source.read_text() for source in given))
    return path


def onefile(folder):
    """One file for each ISA, compiled, linked and run."""
    if ARCH == "x86":
        out = folder / "program"
        given = (one_file(folder, "x86"), *sources(HOSTED), PLATFORM, PROGRAM)
        words = ("gcc", "-O2", "-Wall", "-Wextra", *includes("arch/x86"))
        run(*words, *given, "-o", out, silent=True)
        two_keys(run(out))
        gate(out)
        print("ok one file, x86-64")
    out = folder / "smoke.elf"
    board = files(
        "boards/microbit/board boards/common/name boards/common/exit_line "
        "boards/common/constructors boards/common/libc/mem "
        "boards/common/cortex-m/start boards/common/cortex-m/loop "
        "boards/common/semihosting/console boards/common/semihosting/exit"
    )
    smoke = files(
        "tests/guests/smoke tests/guests/checks examples/common/ready examples/common/receipt "
        "examples/common/print"
    )
    cc = "arm-none-eabi-gcc -mthumb -mcpu=cortex-m0 -std=c11 -Os -Wall -Wextra -ffreestanding"
    cc = (*cc.split(), "-ffunction-sections", "-fdata-sections", '-DBOARD_NAME="microbit"')
    common = ("boards/common", "boards/common/cortex-m", "boards/common/libc/freestanding")
    include = includes("arch/cortex-m", *common, "examples/common")
    link = ("-nostdlib", "-Wl,--gc-sections", "-T", TOP / "boards/microbit/link.ld")
    link += ("-T", TOP / "boards/common/cortex-m/cortex-m.ld")
    given = (one_file(folder, "cortex-m"), *board, *smoke, "-lgcc")
    run(*cc, *include, *link, *given, "-o", out, silent=True)
    result = judge.boot("microbit", out)
    need(result.status == "pass", result.report())
    gate(out)
    print("ok one file, Cortex-M0")
