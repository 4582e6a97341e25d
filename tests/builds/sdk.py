# SPDX-License-Identifier: BSD-2-Clause
"""The files that `make install` leaves, and guests that are built from these
files alone."""
import os
import re
import shutil
import subprocess

from programs import GUEST, HERE, PROGRAM, TOP, need, run, two_keys
from harness import boards, children, judge, make, toolchain
from scenarios.boots import boot_image
from scenarios.machines import NO_INSTRUCTION

JOBS = os.cpu_count() or 1
FEW = "BOARDS=microbit unix"  # for an install that builds all anew
TEMPLATE = "template"  # is there to be copied, and never installed
# The stack protector is a default of some compilers.
WARN = ("-Wall", "-Wextra", "-Os", "-fstack-protector-all")
BY_CLANG = ("qemu-x86_64", "xen-pv", "qemu-aarch64-virt", "microbit")
BY_CMAKE = ("xen-pv", "qemu-aarch64-virt", "unix")
# Families of boards whose programs link faster keystreams.
KEYSTREAMS = {"simd", "simd-saved"}
# Boards for a program with memory functions of its own, and whether by clang.
WITH_MEMORY = {
    "qemu-x86_64": False,
    "qemu-i386": True,
    "qemu-aarch64-virt": False,
    "microbit": True,
    "xen-pv": False,
}


def files(tree):
    """Name -> bytes of each file below a folder."""
    found = (path for path in sorted(tree.rglob("*")) if path.is_file())
    return {str(path.relative_to(tree)): path.read_bytes() for path in found}


def install(destination, prefix, *options, top=TOP):
    """Installs, and moves the installed files to another folder. So they cannot
    be found where they were installed."""
    places = (f"STAGE={destination}-stage", f"DESTDIR={destination}", f"PREFIX={prefix}")
    with make.locked(top / "build"):
        run("make", "-s", f"-j{JOBS}", "install", *places, *options, cwd=top)
    there = sorted(path.name for path in destination.iterdir())
    need(there == [prefix.split("/")[1]], f"DESTDIR holds {there}")
    moved = destination.parent / f"{destination.name}-moved"
    os.rename(f"{destination}{prefix}", moved)
    return moved


# ------------------------------------------------------ where they were built


def named_in(place, text):
    """Whether a text names this folder, or a path in it. The folder of this
    checkout may have a name like /p, which is also a part of other paths. So a
    path must begin where it is found."""
    before = r"(?:^|[\s\"'`=,;:(\[]|-[ILBT]|-isystem)"
    after = r"(?=$|[/\s\"'`,;:)\]])"
    return bool(re.search(before + re.escape(str(place)) + after, text, re.M))


def need_no_place(tree):
    """No installed file names this checkout or the folders of this test."""
    for name, data in files(tree).items():
        text = data.decode("latin-1").replace("\0", "\n")
        need(not named_in(TOP, text), f"{name} names {TOP}")


def need_no_text(tree, text):
    """The text stands in no installed file, not even as a part of a path."""
    for name, data in files(tree).items():
        need(text.encode() not in data, f"{name} has {text} in it")


def same_again(sdk, folder):
    """Another tree and another PREFIX leave the same files, and uninstall
    leaves no file. The name of the folder is unlike any other, so it is looked
    for in each byte of the copy's files."""
    tree = folder / "tree"
    shutil.copytree(TOP, tree, ignore=shutil.ignore_patterns("build", ".git", "__pycache__"))
    other = install(folder / "two", "/usr", FEW, top=tree)
    need_no_text(other, folder.name)
    need_no_text(sdk, folder.name)
    again, first = files(other), files(sdk)
    lists = (".pc", ".cmake")  # with fewer boards these are shorter
    compared = [name for name in again if not name.endswith(lists)]
    differ = [name for name in compared if first.get(name) != again[name]]
    same = not differ and len(compared) > 30
    need(same, f"another tree and another PREFIX left other files: {differ}")
    third = files(install(folder / "three", "/usr/local", FEW))
    need(again == third, "two installs of the same boards differ")
    for word in ("install", "uninstall"):
        places = (f"STAGE={folder}/stage", f"DESTDIR={folder}/five")
        with make.locked("build"):
            run("make", "-s", word, *places, "BOARDS=unix")
    left = list(files(folder / "five"))
    need(not left, f"uninstall left {left}")
    print("ok the same files again, from another tree and for another PREFIX too")


def headers_stand_alone(sdk, folder):
    """Each header compiles alone, as C99 and as C++11."""
    (folder / "nothing").write_text("extern int nothing;\n")
    c = ("gcc", "-std=c99", "-x", "c")
    cxx = (toolchain.clangxx(), "-std=c++11", "-nostdinc++", "-x", "c++")
    flags = ("-Wall", "-Wextra", "-pedantic", "-fsyntax-only", f"-I{sdk}/include/seedbed")
    for name in files(sdk / "include"):
        for cc in (c, cxx):
            header = sdk / "include" / name
            run(*cc, *flags, "-include", header, folder / "nothing", silent=True)


# ------------------------------------------------------------------ pkg-config


def pkg_config(sdk, *words):
    """pkg-config in an environment that names the installed files alone."""
    env = {"PATH": os.environ["PATH"], "PKG_CONFIG_PATH": str(sdk / "share/pkgconfig")}
    done = children.run(["pkg-config", *words, "seedbed"], env=env, stderr=subprocess.PIPE)
    need(done.returncode == 0 and not done.stderr, f"pkg-config {words}: {done.stderr}")
    return done.stdout.split()


def own_libc(folder, board, cross):
    """A C library that is the program's to bring: flags to compile and to
    link."""
    libcs = {known.name: known.variables.get("BOARD_LIBC") for known in boards.every()}
    if libcs.get(board) != "picolibc":
        return [], []
    libc = folder / f"picolibc-{cross[:-1]}"
    if not libc.exists():
        shutil.copytree(TOP / "build/deps" / libc.name, libc)
    return ["-isystem", libc / "include"], [f"-L{libc}"]


def need_keystreams(board, image):
    """The image has the keystreams that its board names: the archive of the
    ISA has ChaCha20 alone under the same name."""
    families = {known.name: known.variables.get("FAMILY", "") for known in boards.every()}
    if KEYSTREAMS & set(families.get(board, "").split()):
        there = "sb_keystreams" in run("readelf", "-sW", image)
        need(there, f"{board}: the faster keystreams are not in {image}")


def clang_for(board):
    """The clang that knows the ISA of a board of the tree."""
    known = {known.name: known for known in boards.every()}
    return known[board].clang() if board in known else toolchain.clang()


def guest_of(sdk, folder, board, clang=False, also=()):
    """A program for a backend, built as pkg-config says, in a folder that holds
    nothing else. The compiler and the linker read no file of the tree. Where
    the gcc of its ISA is missing, clang is the compiler."""

    def variable(name):
        return pkg_config(sdk, f"--variable={board.replace('-', '_')}_{name}")

    here = folder / "-".join([board] + ["clang"] * clang + [path.stem for path in also])
    here.mkdir()
    libs, cflags = variable("libs"), variable("cflags")
    hosted = "-nostdlib" not in libs or "-lc" in libs
    shutil.copy(PROGRAM if hosted else GUEST, here / "guest.c")
    cross = "".join(variable("cross"))
    headers, places = own_libc(folder, board, cross)
    cflags, libs = cflags + headers, places + libs
    clang = clang or not shutil.which(cross + "gcc")
    cc = [clang_for(board), *variable("clang")] if clang else [cross + "gcc"]
    run(*cc, *WARN, "-MMD", *cflags, "-c", "guest.c", cwd=here, silent=True)
    for path in also:
        run(*cc, *WARN, *cflags, "-c", path, cwd=here, silent=True)
    objects = ["guest.o"] + [path.with_suffix(".o").name for path in also]
    link = [*cc, *[toolchain.LLD] * clang, "-Wl,--trace"]
    # nothing is missing where a user keeps the sections that nobody calls
    run(*link, *objects, *libs, "-o", "whole.elf", cwd=here)
    read = run(*link, "-Wl,--gc-sections", *objects, *libs, "-o", "guest.elf", cwd=here)
    need("libseedbed-" in read, f"the linker does not say which files it reads:\n{read}")
    read += (here / "guest.d").read_text()
    need(not named_in(TOP, read), f"it needed the tree:\n{read}")
    if variable("objcopy"):
        words = (cross + "objcopy", *variable("objcopy"), "guest.elf", "guest.bin")
        run(*words, cwd=here, silent=True)
    run(*pkg_config(sdk, "--variable=provenance"), "-q", here / "guest.elf", silent=True)
    need_keystreams(board, here / "guest.elf")
    return here / "guest.elf"


def boots(board, image):
    """It makes two keys. On a board that is a process, main is the program's
    own, so there is no [exit N]."""
    if boards.board(board).variables.get("BOARD_LIBC") == "system":
        return two_keys(judge.boot(board, image).console)
    return two_keys(boot_image(board, image, timeout=120).console)


def by_the_name_alone(sdk, folder):
    """`pkg-config seedbed` is for a program of this machine. If the program has
    a sb_platform of its own, no part of the board is linked."""
    flags = pkg_config(sdk, "--cflags", "--libs")
    run("gcc", "-Wall", PROGRAM, *flags, "-o", folder / "program", silent=True)
    two_keys(run(folder / "program"))
    (folder / "own.c").write_text("#include <seedbed.h>\nconst struct sb_hal sb_platform;\n")
    words = ("gcc", "-Wall", PROGRAM, folder / "own.c", *flags)
    run(*words, "-o", folder / "own", silent=True)
    done = children.run([folder / "own"])
    refused = done.returncode == 1 and "key" not in done.stdout
    need(refused, f"a platform without a source: {done.stdout}")
    print("ok pkg-config --cflags --libs seedbed")


def by_cmake(sdk, folder, board):
    project, build = folder / f"cmake-{board}", folder / f"cmake-{board}/build"
    shutil.copytree(HERE / "installed", project)
    shutil.copy(PROGRAM, project)
    cross = "".join(pkg_config(sdk, f"--variable={board.replace('-', '_')}_cross"))
    options = ["-DPROGRAM=guest.c", f"-DBACKEND={board}", "-DCMAKE_SYSTEM_NAME=Generic"]
    options += ["-DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY"]
    if board == "unix":
        options = ["-DPROGRAM=program.c", "-DBACKEND=seedbed"]  # the default one
    where = (f"-DCMAKE_PREFIX_PATH={sdk}", f"-DCMAKE_C_COMPILER={cross}gcc")
    run("cmake", "-S", project, "-B", build, *where, *options)
    text = run("cmake", "--build", build, "--verbose")
    need(not named_in(TOP, text), f"it needed the tree:\n{text}")
    need("seedbed-provenance" in text, f"the provenance was not looked at:\n{text}")
    need_keystreams(board, build / "guest")
    boots(board, build / "guest")
    print(f"ok find_package, {board}")


def installed(folder):
    """A guest for each backend, by pkg-config and by CMake. The folders of
    boards/ say which boards there are, and what each needs."""
    sdk = install(folder / "one", "/opt/seedbed")
    need_no_place(sdk)
    names = {board.name for board in boards.every()} - {TEMPLATE}
    known = set(pkg_config(sdk, "--variable=backends"))
    need(known == {name.replace("-", "_") for name in names}, "not every board is a backend")
    headers_stand_alone(sdk, folder)
    print("ok make install, all boards")

    same_again(sdk, folder)
    for board in sorted(names):
        boots(board, guest_of(sdk, folder, board))
        print(f"ok pkg-config, {board}")
    for board in BY_CLANG:
        boots(board, guest_of(sdk, folder, board, clang=True))
        print(f"ok pkg-config, {board} by clang and lld")
    memory = [HERE / "installed/memory.c"]
    for board, clang in WITH_MEMORY.items():
        boots(board, guest_of(sdk, folder, board, clang, also=memory))
    print("ok pkg-config, a program with memory functions of its own")
    mine = folder / "mine/outside"
    shutil.copytree(HERE / "outside", mine)
    with (mine / "board.mk").open("a") as text:
        text.write("WITHOUT := fast table\n")
    four = install(folder / "four", "/opt", f"BOARDS={mine}", f"B={folder}/build")
    guest = guest_of(four, folder, "outside")
    lines = run(TOP / "tools/provenance", guest).splitlines()
    need({"without fast", "without table"} <= set(lines), f"what is left out: {lines}")
    boots(str(mine), guest)
    print("ok pkg-config, a board outside the tree, which leaves out parts")
    image = folder / "qemu-x86_64/guest.elf"
    refused = judge.boot("qemu-x86_64", image, cpu=NO_INSTRUCTION, devices="")
    need(refused.status == "refuse" and "no source" in refused.console, refused.report())
    by_the_name_alone(sdk, folder)
    for board in BY_CMAKE:
        by_cmake(sdk, folder, board)
