# SPDX-License-Identifier: BSD-2-Clause
"""docs/evidence: its pages say what was recorded and what boards credit, and one
that does not is noticed."""
import json
import os
import re
import shutil
import struct
import subprocess

from harness import children, make, tree
from harness.failures import Failure, need
from scenarios.boots import folder
from scenarios.images import image

TOOLS = "tools/evidence"
EVIDENCE = tree.TOP / "docs/evidence"
SAMPLES = 20000
# Of tests/host/peers.c: whether it shows samples.
MAKERS = {"counter": True, "whirlwind": True, "jitterentropy": False, "seedbed": True}
ALWAYS = ("counter", "whirlwind")  # a machine may have no other
ABSENT, HEAD = 3, 16
# A name, and a number or none for the samples and for their bits.
ESTIMATE = re.compile(r"^(\w.*?) +6\.3\.\d+ +(\S+) +(\S+)$", re.M)
WIDTH = re.compile(r"^\d+ samples of (\d) bits", re.M)


def run(tool, *words):
    done = children.run([f"{TOOLS}/{tool}", *words], env=make.ENVIRONMENT)
    if done.returncode:
        raise Failure(f"exit {done.returncode}", "exit 0", done.stdout)
    return done.stdout


def recorded(there):
    """A short recording, by the kernel's generator, that says it is of loads."""
    program = image("unix", "record")
    run("record", "unix", program, "--source", "unix-getrandom", "-n", str(SAMPLES), "-o", there)
    path = there / "unix-unix-unix-getrandom.bin"
    known = json.loads(path.with_suffix(".json").read_text())
    known["source"]["driver"] = "cache-timing"
    path.with_suffix(".json").write_text(json.dumps(known))
    return path, known


def shown(value, width=1):
    return "-" if value == "-" else f"{width * float(value):.3f}"


def row(*cells):
    first, *rest = cells
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in rest)
    return f"<tr><td>{first}</td>{numbers}</tr>"


def page_of_a_recording():
    """The page has the figures of tools/evidence/assess, and the digest."""
    with folder() as there:
        path, known = recorded(there)
        said = run("assess", path)
        run("report", "--of", path, "--folder", there / "pages")
        (page,) = (there / "pages").glob("unix-*.html")
        pictures = len(list((there / "pages").glob("*/*.svg")))
        text = page.read_text()
        index = (there / "pages/index.html").read_text()
    width = int(WIDTH.search(said)[1])
    estimates = ESTIMATE.findall(said)
    need(len(estimates) == 10, f"{len(estimates)} estimators")
    for name, samples, bits in estimates:
        wanted = row(name, shown(samples), shown(bits, width))
        need(wanted in text, f"{name} is another one:\n{said}")
    need(known["sha256"] in text, "the page does not have the digest")
    need("not done" in text, "the page does not say that there are no restarts")
    need(f'href="{page.name}"' in index, "the first page does not name it")
    need(pictures == 4, f"{pictures} pictures")


def changed(there, name, change):
    """A copy of the pages in which something is wrong."""
    shutil.copytree(EVIDENCE, there / name)
    change(there / name)
    return there / name


def edit(path, old, new):
    text = path.read_text()
    need(old in text, f"{path.name} has no {old}")
    path.write_text(text.replace(old, new))


def figures(there):
    return next((there / "unix-x86_64").glob("*.json"))


def no_platform(there):
    shutil.rmtree(there / "solo5-x86_64")


def another_digest(there):
    known = json.loads(figures(there).read_text())
    edit(there / "unix-x86_64.html", known["sequential"]["sha256"], "0" * 64)


def little_noise(there):
    known = json.loads(figures(there).read_text()) | {"h": 1.0}
    figures(there).write_text(json.dumps(known))


def failed_restarts(there):
    known = json.loads(figures(there).read_text())
    known["restart_test"]["failed"] = "validation (3.1.4.2)"
    figures(there).write_text(json.dumps(known))


def another_cpu(there):
    for path in there.glob("*-x86_64/*.json"):
        edit(path, '"model": "', '"model": "1')


def no_picture(there):
    next((there / "unix-x86_64").glob("*-time.svg")).unlink()


WRONG = {  # what is done to the pages -> what is said
    no_platform: "solo5-x86_64 credits 85/256 bit, and nobody recorded there",
    another_digest: "unix-x86_64.html is out of date",
    little_noise: "supports 64",
    failed_restarts: "supports 0",
    another_cpu: "is in arch/x86/recorded.c alone",
    no_picture: "unix-x86_64: no picture",
}


def pages_are_true():
    """Those of the tree are. Each that is wrong is named."""
    with folder() as there:
        names = {changed(there, wrong.__name__, wrong): said for wrong, said in WRONG.items()}
        words = [f"{TOOLS}/report", "--check", "--folder", EVIDENCE, *names]
        done = children.run(words, env=make.ENVIRONMENT)
    need(f"{EVIDENCE}: ok" in done.stdout, f"the pages are not those of the tree:\n{done.stdout}")
    need(done.returncode == 1, f"exit {done.returncode}:\n{done.stdout}")
    for path, said in names.items():
        lines = [line for line in done.stdout.splitlines() if line.startswith(f"{path}: ")]
        need(any(said in line for line in lines), f"{path.name} is not noticed:\n{done.stdout}")


def other_makers():
    """Each maker that is here hands over as many samples as it was asked for,
    and says how long it took. A seed takes time as well."""
    program = make.host_program("peers")
    for maker, shows in MAKERS.items():
        for words in (("samples", maker, "1000"), ("start", maker, "1000")):
            done = subprocess.run([program, *words], stdout=subprocess.PIPE, check=False)
            if done.returncode == ABSENT and maker not in ALWAYS:
                continue
            none = words[0] == "samples" and not shows
            need(done.returncode == (ABSENT if none else 0), f"{words}: exit {done.returncode}")
            wanted = 0 if none else HEAD + 4 * 1000 * (words[0] == "samples")
            need(len(done.stdout) == wanted, f"{words}: {len(done.stdout)} bytes")
            need(none or int.from_bytes(done.stdout[:8], "little") > 0, f"{words}: no time")
            looks = set(struct.iter_unpack("<I", done.stdout[HEAD:]))
            need(words[0] == "start" or none or len(looks) > 1, f"{words}: one value")


def tests(add):
    name = "docs/evidence is true, and a false one is noticed"
    add("evidence", name, pages_are_true, budget=60)
    add("evidence", "a recording becomes a page", page_of_a_recording, budget=60)
    if os.uname().machine == "x86_64":
        add("evidence", "the makers of timing noise beside ours", other_makers)
