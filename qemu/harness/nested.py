# SPDX-License-Identifier: BSD-2-Clause
"""Solo5's hvt where this machine has no KVM that will do: in a Linux guest of QEMU whose emulated CPU has SVM, with Debian's kernel (`qemu/setup slow`)."""
import shutil
import subprocess
import tempfile
from pathlib import Path

import domains
import judge

TENDER = "solo5-hvt"
MODULES = ("irqbypass", "kvm", "ccp", "kvm-amd")  # in the order in which they need each other
QEMU = "qemu-system-x86_64 -accel tcg -cpu max,+svm -m 512 -nodefaults -display none -serial stdio -no-reboot".split()
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
    gone = [place.name for place in (domains.KERNEL, domains.PROGRAMS) if not (place / ".version").is_file()]
    return f"no {', '.join(gone)} in build/deps: qemu/setup slow" if gone else None


def file_system(programs):
    """programs: name -> (image, words of the command line)."""
    tender = Path(shutil.which(TENDER))
    files = {f"{name}.ko": domains.module(name) for name in MODULES}
    for word in subprocess.run(["ldd", str(tender)], capture_output=True, text=True, check=True).stdout.split():
        if word.startswith("/"):
            path = Path(word)
            files[f"{'lib64' if path.name.startswith('ld-') else 'lib'}/{path.name}"] = path.read_bytes()
    files[f"bin/{TENDER}"] = tender.read_bytes()
    files["bin/busybox"] = (domains.PROGRAMS / "bin/busybox").read_bytes()
    files.update((image.name, image.read_bytes()) for image, _ in programs.values())
    files["programs"] = "".join(f"run {name} {image.name} {line}\n" for name, (image, line) in programs.items()).encode()
    files["init"] = INIT.encode()
    return domains.with_folders(files, ("dev", "proc"))


def judged(name, console, words):
    printed, said = domains.of_one(console, name)
    if "over\n" not in said:
        raise judge.Failure(f"Linux never came to the end of {name}\n" + judge.Result("", "", 0, console, 0, words, "Linux").report())
    printed, _, code = printed.rpartition("[rc ")
    code = int(code.partition("]")[0])
    status, why = judge.judge(judge.machine_of("solo5-x86_64", "hvt"), code, printed, None, SECONDS)
    return judge.Result(status, why, code, printed, 0, words, "solo5-x86_64/hvt, nested")


def run(programs):
    """Boots Linux, which runs the programs one after the other: name -> Result."""
    with tempfile.TemporaryDirectory() as folder:
        initrd = Path(folder) / "initrd"
        initrd.write_bytes(domains.cpio(file_system(programs)))
        words = [*QEMU, "-kernel", str(domains.kernel()), "-initrd", str(initrd), "-append", LINUX]
        _, console, _ = judge.run(words, domains.BOOT_SECONDS + SECONDS * len(programs))
    return {name: judged(name, console, words) for name in programs}
