# SPDX-License-Identifier: BSD-2-Clause
"""Domains of Xen on x86 that are not the first: the real xl starts them, in a Linux first domain under the real Xen, in QEMU.

Kernel, xl with its libraries and busybox are Debian's, unpacked by `qemu/setup slow`; the first domain's file system is made here, and its init
starts one domain after the other and says on the serial line what each printed and how it ended.
"""
import dataclasses
import re
import subprocess
import tempfile
from pathlib import Path

import judge

KERNEL, TOOLS, PROGRAMS = (judge.DEPS / name for name in ("linux-image-amd64", "xen-utils-4.17", "busybox-static"))
BIN = "usr/lib/xen-4.17/bin/"
TOOLS_USED = ("xl", "xenstored", "xenconsoled", "xen-init-dom0", "libxl-save-helper")
LATER = ("libgcc_s.so.1",)  # glibc loads it when a thread ends
MODULES = ("xen-privcmd", "xen-evtchn", "xen-gntdev", "xen-gntalloc", "xenfs")
FOLDERS = ("dev", "proc", "sys", "tmp", "etc/xen", "run/xen", "run/xenstored", "var/run/xen", "var/run/xenstored", "var/lib/xen", "var/lib/xenstored", "var/log/xen/console")
POWEROFF, CRASH = 0, 3  # how a domain ended: public/sched.h
# Without SMAP: with it Linux as a PV first domain dies early under QEMU 7.2, of a fault without the user bit on its own stack (measured).
XEN = ("qemu-system-x86_64 -accel tcg -cpu max,-smap -m 1024 -nodefaults -display none -serial stdio -no-reboot -kernel {deps}/xen-amd64/xen "
       "-append").split() + ["console=com1 com1=115200,8n1 loglvl=none guest_loglvl=none dom0_mem=384M"]
LINUX = "console=hvc0 quiet rdinit=/init"
BOOT_SECONDS = 180
COPY_DRAWS = 4  # how many lines of apps/clone a copy is given the time for
NOT_SAVED = {  # xl save: a PV domain without a list of its frames, a PVH one that does not say that it stops
    "pv": "Bad mfn 0 for p2m frame list list",
    "pvh": "guest didn't acknowledge suspend",
}
INIT = f"""#!/bin/busybox sh
export PATH=/bin:/{BIN}
busybox=/bin/busybox
$busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
mkdir /dev/pts; mount -t devpts pts /dev/pts
for module in {" ".join(MODULES)}; do insmod /$module.ko; done
mount -t xenfs xenfs /proc/xen
touch /etc/xen/xl.conf
xenstored --pid-file /run/xenstored.pid; xen-init-dom0; xenconsoled --log=guest --log-dir=/var/log/xen/console
log() {{ echo /var/log/xen/console/guest-$1.log; }}
end() {{
	xl destroy $1 2>/dev/null
	sed "s/^/$1| /" $(log $1)
	echo; echo "$1! over"
}}
start() {{
	timeout $2 xl create -F /$1.cfg 2>&1 | sed "s/^/$1! /"
	end $1
}}
save() {{
	xl create -e -q /$1.cfg; sleep 2
	rm -f /save; xl save $1 /save 2>&1 | sed "s/^/$1! /" &
	sleep 1; [ -z "$3" ] || $3 $(xl domid $1)
	wait $!; end $1
}}
clone() {{ save $1 $2 xen_suspend; }}
copy() {{
	xl restore -e /$1.cfg /save 2>&1 | sed "s/^/$1! /"
	for second in $(seq $2); do [ $(grep -c ^draw $(log $1)) -ge {COPY_DRAWS} ] && break; sleep 1; done
	end $1
}}
. /domains
poweroff -f
"""


@dataclasses.dataclass(frozen=True)
class Domain:
    """One of ours. image: its ELF file; settings: more lines of its configuration; seconds: then it is ended; verb: what init does."""
    name: str
    board: str
    image: Path
    settings: str = ""
    seconds: int = 60
    verb: str = "start"  # or save: xl saves it; clone: as if it had answered; copy: started from that
    memory: int = 32      # MiB; a copy needs more while it is made

    def configuration(self):
        kind = self.board.removeprefix("xen-")
        return f'name="{self.name}"\ntype="{kind}"\nkernel="/{self.name}.elf"\nmemory={self.memory}\non_poweroff="destroy"\non_crash="destroy"\n{self.settings}\n'


def missing():
    """Why no such domain can be started here; None: one can."""
    gone = [place.name for place in (KERNEL, TOOLS, PROGRAMS, judge.DEPS / "xen-amd64") if not (place / ".version").is_file()]
    return f"no {', '.join(gone)} in build/deps: qemu/setup slow" if gone else None


def cpio(files):
    """An archive as Linux takes it for its first file system: path -> bytes, None for a folder ("newc", Documentation/driver-api/early-userspace)."""
    archive = bytearray()
    for number, (path, data) in enumerate([*files.items(), ("TRAILER!!!", b"")], 1):
        name, mode = path.encode() + b"\0", 0o40755 if data is None else 0o100755
        data = data or b""
        archive += b"070701" + b"".join(b"%08x" % field for field in (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0))
        for part in (name, data):
            archive += part
            archive += bytes(-len(archive) % 4)
    return bytes(archive)


def with_libraries(programs):
    """Paths below TOOLS: these, and all that they are linked with."""
    there = {path.name: path for folder in ("lib", "usr/lib") for path in (TOOLS / folder / "x86_64-linux-gnu").glob("*.so*")}
    todo, found = [TOOLS / path for path in programs] + [there[name] for name in LATER], {}
    while todo:
        path = todo.pop()
        if path not in found:
            text = subprocess.run(["readelf", "-dW", str(path)], capture_output=True, text=True, check=True).stdout
            found[path] = [there[name] for name in re.findall(r"\(NEEDED\).*\[(.*)\]", text)]
            todo += found[path]
    return found


def kernel():
    return next(KERNEL.glob("boot/vmlinuz-*"))


def module(name):
    return next(KERNEL.glob(f"lib/modules/*/kernel/**/{name}.ko")).read_bytes()


def with_folders(files, more):
    """With the folders that they are in, and more of them, in an order in which they can be made."""
    folders = {str(parent) for path in [*files, *(f"{folder}/." for folder in more)] for parent in Path(path).parents} | set(more)
    return {**{folder: None for folder in sorted(folders - {"."})}, **files}


def suspend_program():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "xen_suspend"
        subprocess.run(["gcc", "-std=c11", "-D_GNU_SOURCE", "-O2", "-static", "tests/xen_suspend.c", "-o", str(path)], cwd=judge.TOP, check=True)
        return path.read_bytes()


def file_system(domains):
    files = {}
    for path in with_libraries(BIN + name for name in TOOLS_USED):
        place = "lib64" if path.name.startswith("ld-") else "lib" if ".so" in path.name else BIN.rstrip("/")
        files[f"{place}/{path.name}"] = path.read_bytes()
    for name in MODULES:
        files[f"{name}.ko"] = module(name)
    files["bin/busybox"] = (PROGRAMS / "bin/busybox").read_bytes()
    for domain in domains:
        files[f"{domain.name}.cfg"] = domain.configuration().encode()
        files[f"{domain.name}.elf"] = domain.image.read_bytes()
    if any(domain.verb == "clone" for domain in domains):
        files["bin/xen_suspend"] = suspend_program()
    files["domains"] = "".join(f"{domain.verb} {domain.name} {domain.seconds}\n" for domain in domains).encode()
    files["init"] = INIT.encode()
    return with_folders(files, FOLDERS)


def of_one(console, name):
    """What the domain printed, and what xl said of it."""
    return ["\n".join(re.findall(rf"^{name}\{mark} ?(.*)$", console, re.M)) + "\n" for mark in "|!"]


def judged(domain, console, words):
    """As for a machine whose return code is the reason for which the domain ended."""
    printed, said = of_one(console, domain.name)
    code = re.search(r"has shut down, reason code (\d+)", said)
    over = re.search(r"^over$", said, re.M)
    if not over:
        raise judge.Failure(f"the first domain never came to the end of {domain.name}\n" + judge.Result("", "", 0, console, 0, words, "the first domain").report())
    status, why = judge.judge(judge.Machine("xl", POWEROFF, CRASH, ""), int(code[1]) if code else None, printed, None if code else "still running", domain.seconds)
    return judge.Result(status, f"{why}; xl: {said}", int(code[1]) if code else -1, printed, 0, words, f"{domain.board}/xl")


def run(domains):
    """Boots Xen and Linux, and starts the domains one after the other: name -> Result."""
    with tempfile.TemporaryDirectory() as folder:
        initrd = Path(folder) / "initrd"
        initrd.write_bytes(cpio(file_system(domains)))
        words = [word.replace("{deps}", str(judge.DEPS)) for word in XEN] + ["-initrd", f"{kernel()} {LINUX},{initrd}"]
        _, console, _ = judge.run(words, BOOT_SECONDS + sum(domain.seconds for domain in domains))
    return {domain.name: judged(domain, console, words) for domain in domains}
