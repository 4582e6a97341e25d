# SPDX-License-Identifier: BSD-2-Clause
"""The suites that may kill a mutant: how they are compiled and linked, which
functions each calls, how long each takes. All of it is asked of make and of
gcov, so no list goes stale."""
import json
import os
import re
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import source

TOP = Path(__file__).resolve().parent.parent.parent
WORK = TOP / "build/mutation"
# gcc 14 makes errors of these, gcc 12 warnings.
ERRORS = ("int-conversion", "incompatible-pointer-types", "implicit-function-declaration")
LENIENT = " ".join(["-w", *(f"-Wno-{error}" for error in ERRORS)])
# The last one as the Makefile has it. Mutants of the first are compiled at -O0,
# which is fast, beside objects that run fast.
FLAVOURS = {"plain": f"-O1 {LENIENT}", "coverage": f"-O0 --coverage {LENIENT}", "sanitized": None}
LIMITS = ("prlimit", "--core=0", "--fsize=100000000")
MEMORY = "--as=2000000000"  # not for AddressSanitizer, which reserves more than there is
CPU_SECONDS = 300
WALL_SECONDS = 120  # for a mutant that sleeps
LOOPS = 20  # so many times as long as its suite takes, and a mutant runs for ever


class Failed(Exception):
    """What a command said that had to succeed."""


def said(words, **options):
    """(exit status, text)"""
    done = subprocess.run(
        [str(word) for word in words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False, **options,
    )  # fmt: skip
    return done.returncode, done.stdout


def must(words, **options):
    status, text = said(words, **options)
    if status:
        raise Failed(f"{shlex.join(map(str, words))}\n{text[-3000:]}")
    return text


def used(pid):
    """Seconds of CPU time so far."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")


def run(words, cpu=CPU_SECONDS, wall=CPU_SECONDS, **options):
    """(exit status, seconds of CPU time). It is ended after `cpu` of them."""
    process = subprocess.Popen(
        [*LIMITS, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, **options,
    )  # fmt: skip
    until, pause = time.monotonic() + wall, 0.001
    try:
        while used(process.pid) < cpu and time.monotonic() < until:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode, usage.ru_utime + usage.ru_stime
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        return -signal.SIGXCPU, cpu
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Flavour:
    """All suites, compiled in one way, in a folder of their own."""

    def __init__(self, name):
        self.name, self.folder = name, f"build/mutation/{name}"
        self.make = ["make", "-s", "--no-print-directory", f"--eval=override HOST := {self.folder}"]
        if FLAVOURS[name]:
            self.make.append(f"--eval=override SANITIZE := {FLAVOURS[name]}")
        listed = must([*self.make, "print-MUTATION_SUITES"], cwd=TOP).split()
        self.programs = {Path(program).name: program for program in listed}
        runners = must([*self.make, *(f"print-RUN_{name}" for name in self.programs)], cwd=TOP)
        self.runners = dict(zip(self.programs, map(str.split, runners.split("\n"))))
        self.compiled, self.linked, self.archives = {}, {}, {}
        self.plan()
        self.built, self.lock = set(), threading.Lock()

    def plan(self):
        """How make compiles and links."""
        text = must([*self.make, "-n", "-B", *self.programs.values()], cwd=TOP)
        for line in text.replace("\\\n", " ").split("\n"):
            with_output = re.search(r"(?:^|\s)-o\s+(\S+)", line)
            if re.match(r"\S*ar\s+qcs\s", line):
                _, _, archive, *objects = line.split()
                self.archives[archive] = objects
            elif with_output and re.search(r"\s-c\s", line):
                self.compiled[with_output[1]] = shlex.split(line)
            elif with_output and with_output[1] in self.programs.values():
                self.linked[with_output[1]] = shlex.split(line)

    def build(self, names):
        with self.lock:
            new = [self.programs[name] for name in names if name not in self.built]
            if new:
                must([*self.make, f"-j{os.cpu_count()}", *new], cwd=TOP)
            self.built.update(names)

    def object_of(self, name, path):
        """The object of this source in a suite, or None."""
        direct = [word for word in self.linked[self.programs[name]] if word.endswith(".o")]
        archived = (self.archives.get(word, ()) for word in self.linked[self.programs[name]])
        for item in (*direct, *(item for group in archived for item in group)):
            words = self.compiled.get(item, ())
            if path in words:
                return item
        return None

    def compile(self, item, path, copy, out, *more):
        """As make compiles the object, but of this copy of its source. The
        object does not tell where the copy was."""
        words = []
        for word in self.compiled[item]:
            if word not in ("-MMD", "-MP"):
                word = re.sub(r"^-I(?!/)", f"-I{TOP}/", word)
                words.append({path: copy.name, item: str(out)}.get(word, word))
        words += ["-iquote", str((TOP / path).parent), *more]
        return said(words, cwd=copy.parent)

    def link(self, name, item, new, out):
        """The suite, with another object in the place of this one."""
        program = self.programs[name]
        words = [word for word in self.linked[program] if word != item]
        words[words.index(program)] = str(out)
        must([words[0], str(new), *words[1:]], cwd=TOP)

    def functions(self, name):
        """file -> its functions, of all that the suite is made of."""
        found = {}
        for item in self.linked[self.programs[name]]:
            words = self.compiled.get(item, [])
            if "-c" in words:
                path = words[words.index("-c") + 1]
                made = source.Source((TOP / path).read_text())
                list(made.mutants())
                found[path] = sorted(made.functions)
        return found

    def run(self, name, program, **options):
        """An emulator reserves all that its guest may address."""
        runner = [TOP / word if (TOP / word).is_file() else word for word in self.runners[name]]
        limits = ["prlimit", MEMORY]
        if self.name == "sanitized" or "/user/" in str(self.programs[name]):
            limits = ["setarch", "-R"]
        return run([*limits, *runner, program], **options)


class Suites:
    """Built when first asked for."""

    def __init__(self):
        self.flavours, self.lock = {}, threading.Lock()

    def flavour(self, name):
        with self.lock:
            if name not in self.flavours:
                self.flavours[name] = Flavour(name)
            return self.flavours[name]

    def callers(self, path):
        """function -> the suites that call it. "" has those that call any."""
        found = {}
        for suite, files in self.coverage().items():
            for function in files.get(path, ()):
                found.setdefault(function, []).append(suite)
                if suite not in found.setdefault("", []):
                    found[""].append(suite)
        return found

    def coverage(self):
        """suite -> file -> the functions that it calls, by gcov."""
        flavour = self.flavour("coverage")
        flavour.build(flavour.programs)
        found = {}
        for name, program in flavour.programs.items():
            known = TOP / flavour.folder / f"{name}.functions"
            if not known.exists() or known.stat().st_mtime < (TOP / program).stat().st_mtime:
                known.write_text(json.dumps(self.covered(flavour, name)))
            found[name] = json.loads(known.read_text())
        return found

    @staticmethod
    def covered(flavour, name):
        with tempfile.TemporaryDirectory() as folder:
            environment = dict(os.environ, GCOV_PREFIX=folder)
            status, _ = flavour.run(name, TOP / flavour.programs[name], cwd=TOP, env=environment)
            if status:
                raise Failed(f"{name} is red before anything is broken")
            data = sorted(Path(folder).rglob("*.gcda"))
            if not data:  # without a C library nothing is counted
                return flavour.functions(name)
            for path in data:
                notes = path.relative_to(folder).with_suffix(".gcno")
                path.with_suffix(".gcno").symlink_to("/" / notes)
            text = must(["gcov", "--json-format", "--stdout", *data], cwd=TOP)
        found = {}
        for data in (json.loads(line) for line in text.split("\n") if line.startswith("{")):
            for file in data["files"]:
                called = {f["name"] for f in file["functions"] if f["execution_count"]}
                # not what the object of another source has of it, by #include
                if called and Path(file["file"]).stem == Path(data["data_file"]).stem:
                    found[file["file"]] = sorted(called | set(found.get(file["file"], ())))
        return found

    def seconds(self, flavour, name):
        """CPU time of the suite unbroken. It must be green."""
        flavour.build([name])
        program, known = TOP / flavour.programs[name], TOP / flavour.folder / f"{name}.seconds"
        with flavour.lock:
            if not known.exists() or known.stat().st_mtime < program.stat().st_mtime:
                status, seconds = flavour.run(name, program, cwd=TOP)
                if status:
                    raise Failed(f"{name} is red before anything is broken ({flavour.name})")
                known.write_text(str(seconds))
            return float(known.read_text())
