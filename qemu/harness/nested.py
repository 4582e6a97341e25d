# SPDX-License-Identifier: BSD-2-Clause
"""Solo5's hvt where this machine has no KVM that will do: in a Linux guest of
QEMU whose emulated CPU has SVM, with Debian's kernel (`qemu/setup slow`)."""
import shutil
import tempfile
from pathlib import Path

from harness import boards, domains, judge
from harness.console import verdict
from harness.failures import Failure
from harness.make import shell

TENDER = "solo5-hvt"
MODULES = ("irqbypass", "kvm", "ccp", "kvm-amd")  # in the order in which they need each other
QEMU = (
    "qemu-system-x86_64 -accel tcg -cpu max,+svm,-rdseed -m 512 -nodefaults "
    "-display none -serial stdio -no-reboot"
).split()
LINUX = "console=ttyS0 quiet rdinit=/init"
SECONDS = 30  # for one program
INIT = f"""#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t devtmpfs dev /dev
for module in {" ".join(MODULES)}; do insmod /$module.ko; done
run() {{
	name=$1 elf=$2
	shift 2
	(timeout {SECONDS} {TENDER} --mem=32 /$elf "$@" 2>&1; echo "[rc $?]") | sed "s/^/$name| /"
	echo; echo "$name! over"
}}
. /programs
poweroff -f
"""


def missing():
    """Why it cannot be; None: it can."""
    if not shutil.which(TENDER):
        return f"no {TENDER} on PATH: Solo5 is yours to bring"
    places = (domains.KERNEL, domains.PROGRAMS)
    gone = [place.name for place in places if not (place / ".version").is_file()]
    return f"no {', '.join(gone)} in build/deps: qemu/setup slow" if gone else None


def file_system(programs):
    """programs: name -> (image, words of the command line)."""
    tender = Path(shutil.which(TENDER))
    files = {f"{name}.ko": domains.module(name) for name in MODULES}
    for word in shell("ldd", tender).split():
        if word.startswith("/"):
            path = Path(word)
            place = "lib64" if path.name.startswith("ld-") else "lib"
            files[f"{place}/{path.name}"] = path.read_bytes()
    files[f"bin/{TENDER}"] = tender.read_bytes()
    files["bin/busybox"] = (domains.PROGRAMS / "bin/busybox").read_bytes()
    files.update((image.name, image.read_bytes()) for image, _ in programs.values())
    lines = (f"run {name} {image.name} {line}\n" for name, (image, line) in programs.items())
    files["programs"] = "".join(lines).encode()
    files["init"] = INIT.encode()
    return domains.with_folders(files, ("dev", "proc"))


def judged(name, console, words):
    printed, said = domains.of_one(console, name)
    if "over\n" not in said:
        whole = judge.Result("", "", 0, console, 0, words, "Linux")
        seen = f"Linux never came to the end of {name}"
        raise Failure(seen, details=whole.report())
    printed, _, code = printed.rpartition("[rc ")
    code = int(code.partition("]")[0])
    machine = boards.machine("solo5-x86_64", "hvt")
    status, why = verdict(machine, code, printed, None, SECONDS)
    return judge.Result(status, why, code, printed, 0, words, "solo5-x86_64/hvt, nested")


def run(programs):
    """Boots Linux, which runs the programs one after the other: name ->
    Result."""
    with tempfile.TemporaryDirectory() as folder:
        initrd = Path(folder) / "initrd"
        initrd.write_bytes(domains.cpio(file_system(programs)))
        kernel = domains.kernel()
        words = [*QEMU, "-kernel", str(kernel), "-initrd", str(initrd), "-append", LINUX]
        _, console, _ = judge.run(words, domains.BOOT_SECONDS + SECONDS * len(programs))
    return {name: judged(name, console, words) for name in programs}
