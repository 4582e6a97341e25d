# SPDX-License-Identifier: BSD-2-Clause
"""Domains of Xen on x86 that are not the first: the real xl starts them, in a
Linux first domain under the real Xen, in QEMU.

Kernel, xl with its libraries and busybox are Debian's, unpacked by `qemu/setup
slow`. The first domain's file system is made here. Its init starts one domain
after the other, and says on the serial line what each printed and how it ended.
"""
import dataclasses
import lzma
import re
import tempfile
from pathlib import Path

from harness import boards, judge
from harness.console import STILL_RUNNING, verdict
from harness.failures import Failure
from harness.make import shell
from harness.tree import DEPS


def newest(pattern, otherwise):
    """The name of the folder of build/deps: the release's number is in it."""
    return max((path.name for path in DEPS.glob(pattern)), default=otherwise)


XEN_UTILS = newest("xen-utils-4.*", "xen-utils-4.17")
KERNEL, TOOLS, PROGRAMS = (
    DEPS / name for name in ("linux-image-amd64", XEN_UTILS, "busybox-static")
)
BIN = f"usr/lib/{XEN_UTILS.replace('-utils', '')}/bin/"
TOOLS_USED = ("xl", "xenstored", "xenconsoled", "xen-init-dom0", "libxl-save-helper")
LATER = ("libgcc_s.so.1",)  # glibc loads it when a thread ends
MODULES = ("xen-privcmd", "xen-evtchn", "xen-gntdev", "xen-gntalloc", "xenfs")
FOLDERS = (
    "dev proc sys tmp etc/xen run/xen run/xenstored var/run/xen var/run/xenstored "
    "var/lib/xen var/lib/xenstored var/log/xen/console"
).split()
POWEROFF, CRASH = 0, 3  # how a domain ended: public/sched.h
# Without SMAP: with it Linux as a PV first domain dies early under QEMU 7.2, of
# a fault without the user bit on its own stack (measured). Without RDSEED,
# which QEMU 10.0 has and 7.2 has not.
XEN = (
    "qemu-system-x86_64 -accel tcg -cpu max,-smap,-rdseed -m 1024 -nodefaults "
    "-display none -serial stdio -no-reboot -kernel {deps}/xen-amd64/xen -append"
).split() + ["console=com1 com1=115200,8n1 loglvl=none guest_loglvl=none dom0_mem=384M"]
LINUX = "console=hvc0 quiet rdinit=/init"
BOOT_SECONDS = 180
SUSPEND = "tests/guests/xen_suspend.c"
COPY_DRAWS = 4  # how many lines of the program clone a copy is given the time for
# xl save: a PV domain without a list of its frames, a PVH one that does not say
# that it stops.
NOT_SAVED = {
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
xenstored --pid-file /run/xenstored.pid; xen-init-dom0
xenconsoled --log=guest --log-dir=/var/log/xen/console
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
	for second in $(seq $2); do
		[ $(grep -c ^draw $(log $1)) -ge {COPY_DRAWS} ] && break
		sleep 1
	done
	end $1
}}
. /domains
poweroff -f
"""


@dataclasses.dataclass(frozen=True)
class Domain:
    """One of ours. image: its ELF file; settings: more lines of its
    configuration; seconds: then it is ended; verb: what init does, which is

    start
    save   xl saves it
    clone  the same as if it had answered
    copy   it is started from that
    """

    name: str
    board: str
    image: Path
    settings: str = ""
    seconds: int = 60
    verb: str = "start"
    memory: int = 32  # MiB; a copy needs more while it is made

    def configuration(self):
        kind = self.board.removeprefix("xen-")
        lines = (
            f'name="{self.name}"',
            f'type="{kind}"',
            f'kernel="/{self.name}.elf"',
            f"memory={self.memory}",
            'on_poweroff="destroy"',
            'on_crash="destroy"',
            self.settings,
        )
        return "\n".join(lines) + "\n"


def missing():
    """Why no such domain can be started here; None: one can."""
    places = (KERNEL, TOOLS, PROGRAMS, DEPS / "xen-amd64")
    gone = [place.name for place in places if not (place / ".version").is_file()]
    return f"no {', '.join(gone)} in build/deps: qemu/setup slow" if gone else None


def cpio(files):
    """An archive as Linux takes it for its first file system: path -> bytes,
    None for a folder ("newc", Documentation/driver-api/early-userspace)."""
    archive = bytearray()
    for number, (path, data) in enumerate([*files.items(), ("TRAILER!!!", b"")], 1):
        name, mode = path.encode() + b"\0", 0o40755 if data is None else 0o100755
        data = data or b""
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0)
        archive += b"070701" + b"".join(b"%08x" % field for field in fields)
        for part in (name, data):
            archive += part
            archive += bytes(-len(archive) % 4)
    return bytes(archive)


def with_libraries(programs):
    """Paths below TOOLS: these, and all that they are linked with."""
    folders = (TOOLS / folder / "x86_64-linux-gnu" for folder in ("lib", "usr/lib"))
    there = {path.name: path for folder in folders for path in folder.glob("*.so*")}
    todo, found = [TOOLS / path for path in programs] + [there[name] for name in LATER], {}
    while todo:
        path = todo.pop()
        if path not in found:
            text = shell("readelf", "-dW", path)
            found[path] = [there[name] for name in re.findall(r"\(NEEDED\).*\[(.*)\]", text)]
            todo += found[path]
    return found


def kernel():
    return next(KERNEL.glob("boot/vmlinuz-*"))


def module(name):
    path = next(KERNEL.glob(f"**/modules/*/kernel/**/{name}.ko*"))
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()


def with_folders(files, more):
    """With the folders that they are in, and more of them, in an order in which
    they can be made."""
    paths = [*files, *(f"{folder}/." for folder in more)]
    folders = {str(parent) for path in paths for parent in Path(path).parents} | set(more)
    return {**{folder: None for folder in sorted(folders - {"."})}, **files}


def suspend_program():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "xen_suspend"
        flags = ("-std=c11", "-D_GNU_SOURCE", "-O2", "-static")
        shell("gcc", *flags, SUSPEND, "-o", path)
        return path.read_bytes()


def file_system(domains):
    files = {}
    for path in with_libraries(BIN + name for name in TOOLS_USED):
        place = "lib" if ".so" in path.name else BIN.rstrip("/")
        place = "lib64" if path.name.startswith("ld-") else place
        files[f"{place}/{path.name}"] = path.read_bytes()
    for name in MODULES:
        files[f"{name}.ko"] = module(name)
    files["bin/busybox"] = (PROGRAMS / "bin/busybox").read_bytes()
    for domain in domains:
        files[f"{domain.name}.cfg"] = domain.configuration().encode()
        files[f"{domain.name}.elf"] = domain.image.read_bytes()
    if any(domain.verb == "clone" for domain in domains):
        files["bin/xen_suspend"] = suspend_program()
    lines = (f"{domain.verb} {domain.name} {domain.seconds}\n" for domain in domains)
    files["domains"] = "".join(lines).encode()
    files["init"] = INIT.encode()
    return with_folders(files, FOLDERS)


def of_one(console, name):
    """What the domain printed, and what xl said of it."""
    lines = (re.findall(rf"^{name}\{mark} ?(.*)$", console, re.M) for mark in "|!")
    return ["\n".join(found) + "\n" for found in lines]


def judged(domain, console, words):
    """As for a machine whose return code is the reason for which the domain
    ended."""
    printed, said = of_one(console, domain.name)
    found = re.search(r"has shut down, reason code (\d+)", said)
    code = int(found[1]) if found else None
    if not re.search(r"^over$", said, re.M):
        whole = judge.Result("", "", 0, console, 0, words, "the first domain")
        seen = f"the first domain never came to the end of {domain.name}"
        raise Failure(seen, details=whole.report())
    machine = boards.Machine("xl", POWEROFF, CRASH, "")
    cut = None if found else STILL_RUNNING
    status, why = verdict(machine, code, printed, cut, domain.seconds)
    why, board = f"{why}; xl: {said}", f"{domain.board}/xl"
    return judge.Result(status, why, -1 if code is None else code, printed, 0, words, board)


def run(domains):
    """Boots Xen and Linux, and starts the domains one after the other: name ->
    Result."""
    with tempfile.TemporaryDirectory() as folder:
        initrd = Path(folder) / "initrd"
        initrd.write_bytes(cpio(file_system(domains)))
        words = [word.replace("{deps}", str(DEPS)) for word in XEN]
        words += ["-initrd", f"{kernel()} {LINUX},{initrd}"]
        seconds = BOOT_SECONDS + sum(domain.seconds for domain in domains)
        _, console, _ = judge.run(words, seconds)
    return {domain.name: judged(domain, console, words) for domain in domains}
