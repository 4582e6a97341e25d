# SPDX-License-Identifier: BSD-2-Clause
"""Rust's crate getrandom over adapters/getrandom: by the rustc that is
installed, on x86-64, and the crate itself on Cortex-M3. No core library for that
CPU is packaged, so it is made of its sources, by the rustc that they belong
to."""
import shutil

from harness import boards, make, tree
from harness.failures import Skip, need, need_status
from scenarios.any_board import linked
from scenarios.boots import boot_image, folder, lines_of
from scenarios.versions import unpacked

X86 = "qemu-x86_64"
M3 = "mps2-an385"
M3_TARGET = "thumbv7m-none-eabi"
# core asks for this crate by its name. Its functions are libgcc's.
BUILTINS = """#![feature(no_core, compiler_builtins)]
#![compiler_builtins]
#![no_core]
"""


class Rustc:
    """A compiler, and the folder that its crates go to."""

    def __init__(self, there, program, target=None, env=None):
        self.there, self.env = there, env
        self.words = [program, "-C", "opt-level=2", "-C", "panic=abort", "-L", there]
        self.words += ["--out-dir", there, *(["--target", target] if target else [])]

    def crate(self, name, path, *options, edition="2021", kind="rlib"):
        words = [*self.words, "--crate-name", name, "--crate-type", kind, "--edition", edition]
        make.shell(*words, *options, path, env=self.env)
        return self.there / f"lib{name}.a"

    def ours(self, program, *crates):
        """The adapter, and a program that takes these crates beside it."""
        adapter = tree.TOP / "adapters/getrandom/src/lib.rs"
        self.crate("seedbed_getrandom", adapter, "--cfg", 'feature="v02"', "-Dwarnings")
        externs = [word for crate in crates for word in ("--extern", crate)]
        options = ["--extern", "seedbed_getrandom", *externs, "-Dwarnings"]
        return self.crate("program", tree.TOP / program, *options, kind="staticlib")


def image(board, there, archive):
    """main is in the archive, so the linker is told to look for it there."""
    run = linked(boards.board(board), there / "rust.elf", "-Wl,-u,main", archive)
    need(run.returncode == 0, run.stdout)
    return there / "rust.elf"


def backend():
    """What getrandom 0.2 calls: random bytes, or an error and zeros."""
    if not (program := shutil.which("rustc")):
        raise Skip("rustc is not installed")
    machine = boards.machine(X86)
    with folder() as there:
        path = image(X86, there, Rustc(there, program).ours("tests/guests/getrandom.rs"))
        passed = boot_image(X86, path, machine)
        need("FAILED" not in passed.console, "not each of its checks", passed)
        boot_image(X86, path, machine, "refuse", **machine.none)


def rustc_for_m3(there):
    """The compiler that is unpacked, with its core library for Cortex-M3 and the
    crate getrandom."""
    compiler, sources, *crates = unpacked(
        "rustc", "rust-src", "librust-cfg-if-dev", "librust-getrandom-dev"
    )
    libraries = ":".join(str(path.parent) for path in compiler.rglob("lib*.so*"))
    env = {"LD_LIBRARY_PATH": libraries, "RUSTC_BOOTSTRAP": "1"}
    rustc = Rustc(there, compiler / "usr/bin/rustc", M3_TARGET, env)
    (core,) = sources.glob("usr/src/rustc-*/library/core/src/lib.rs")
    rustc.crate("core", core, "--cap-lints", "allow", edition=edition_of(core.parents[1]))
    (there / "builtins.rs").write_text(BUILTINS)
    rustc.crate("compiler_builtins", there / "builtins.rs")
    for crate in crates:
        (path,) = crate.glob("usr/share/cargo/registry/*/src/lib.rs")
        name = path.parents[1].name.rpartition("-")[0].replace("-", "_")
        custom = ["--cfg", 'feature="custom"'] if name == "getrandom" else []
        rustc.crate(name, path, *custom, edition="2018")
    return rustc


def edition_of(folder_of_crate):
    lines = (folder_of_crate / "Cargo.toml").read_text().splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("edition"))


def example():
    """examples/getrandom: a key that differs, or none."""
    make.image(M3, "smoke")
    with folder() as there:
        path = image(M3, there, rustc_for_m3(there).ours("examples/getrandom/main.rs", "getrandom"))
        keys = set()
        for number in (1, 2):
            result = boot_image(M3, path, number=number)
            keys.update(line for line in lines_of(result) if line.startswith("key "))
        need(len(keys) == 2, f"not two keys: {keys}", result)
        result = boot_image(M3, path, None, "refuse", devices="")
        need_status(result, "refuse")
        need("no key: getrandom's error c0000003" in result.console, "not its error", result)


def tests(add):
    add("dependents", "Rust's getrandom: random bytes, or an error and zeros", backend)


def slow_tests(add):
    add("dependents", "Rust's getrandom itself on Cortex-M3", example, budget=120)
