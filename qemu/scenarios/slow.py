# SPDX-License-Identifier: BSD-2-Clause
"""What `make check-slow` runs: domains that xl starts, second versions of QEMU and of Xen under the boards, and Solo5's own tenders."""
import dataclasses
import re
import shutil
import subprocess
import threading

import backends
import clone
import compilers
import domains
import judge
import nested
import scenarios
from judge import need
from scenarios.boots import as_one, boot, folder, source
from scenarios.damaged import hang, ud2
from scenarios.devices import file_arrives
from scenarios.host import clones, same_seed_clones
from scenarios.images import image, solo5_link
from scenarios.keys import keys_of, openssl_accepts
from scenarios.loop import EVENTS_END
from scenarios.machines import ALIKE, UEFI, XEN_ARM
from scenarios.solo5 import DISTRUST
from scenarios.x86 import rdseed

# Domains that the real xl starts ------------------------------------------------------------------------------------------------

XEN = {"xen-pv": "Xen PV", "xen-pvh": "Xen PVH"}
NO_INSTRUCTION = 'cpuid="host,rdrand=0,rdseed=0"'  # xl.cfg(5): what the hypervisor tells the domain of its CPU
DOMU = {}  # name -> Result, once the first test that asks has started them all
DOMU_LOCK = threading.Lock()
COPIES = ("copy", "other-copy")


def domain_list(damaged):
    """All of them, by one boot of the first domain. damaged: an image that is broken on purpose, where it is to be."""
    found = []
    for board in XEN:
        kind = board.removeprefix("xen-")

        def add(name, app, settings="", **more):
            found.append(domains.Domain(f"{kind}-{name}", board, app if hasattr(app, "exists") else image(board, app), settings, **more))
        add("smoke", "smoke")
        add("native", "smoke", 'tsc_mode="native"')
        add("loop", "loop")
        for name in ("keys", "more-keys"):
            add(name, "keygen", seconds=120)
        for app in ("smoke", "keygen"):
            add(f"{app}-without", app, NO_INSTRUCTION)
        for name, change, seconds in (("traps", ud2, 60), ("hangs", hang, 15)):
            path = damaged / f"{kind}-{name}"
            shutil.copy(image(board, "smoke"), path)
            change(path)
            add(name, path, seconds=seconds)
        add("saved", "clone", verb="save")
    add("cloned", "clone", verb="clone")  # of PVH alone: xl cannot save our PV domain whatever it answers
    for name in COPIES:
        add(name, "clone", verb="copy", memory=64)
    return found


def domain(name):
    """What came of one; a failure of the whole is each one's."""
    if domains.missing():
        raise judge.Skip(domains.missing())
    with DOMU_LOCK, folder() as there:
        if not DOMU:
            try:
                DOMU.update(domains.run(domain_list(there)))
            except judge.Failure as failure:
                DOMU[""] = failure
    if "" in DOMU:
        raise judge.Failure(str(DOMU[""]))
    result = DOMU[name]
    return result, judge.receipt(result.console)


def ended(name, status):
    result, receipt = domain(name)
    need(result.status == status, f"expected {status}", result)
    return result, receipt


def domain_facts(kind):
    """Its time stamp counter is emulated unless its configuration says otherwise; it has a name, which is mixed and counts nothing."""
    for name, tsc in (("smoke", "emulated"), ("native", "native")):
        result, receipt = ended(f"{kind}-{name}", "pass")
        facts = receipt["facts"][1]
        need(facts["tsc"] == tsc and re.fullmatch(r"4\.\d+", facts["xen"]), f"facts {facts}", result)
        word, pairs = source(result, receipt, "host-seed")
        need((word, pairs["bits"], pairs["bytes"]) == ("found", "0", "16"), "its name is not mixed, or it counts", result)
        need(int(source(result, receipt, "x86-rdrand")[1]["bits"]) > 0, "RDRAND earned nothing", result)


def domain_loops(kind):
    result, _ = ended(f"{kind}-loop", "pass")
    need(EVENTS_END in result.console, "checks of events were left out", result)


def domain_keys(kind):
    keys = []
    for name in ("keys", "more-keys"):
        keys += keys_of(ended(f"{kind}-{name}", "pass")[0].console)
    openssl_accepts(keys)
    need(len(set(keys)) == 6, "two domains of one image share a key, or there are not three each")


def domain_refuses(kind):
    """The emulated CPU has the instruction: the domain heeds what the hypervisor says of it."""
    for app in ("smoke", "keygen"):
        result, receipt = ended(f"{kind}-{app}-without", "refuse")
        need("BEGIN" not in result.console and result.code == domains.CRASH, "a key was made, or its end does not tell", result)
        need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def domain_traps(kind):
    result, _ = ended(f"{kind}-traps", "fail")
    need("exception 6 at 0x00000000001" in result.console and result.code == domains.CRASH, "not an exception's line", result)


def domain_hangs(kind):
    result, _ = ended(f"{kind}-hangs", "hang")
    need("to die" in result.why, "xl never started it", result)  # xl: "Waiting for domain ... to die"


def domain_saved(kind):
    """xl makes no clone of either, of each for its own reason: nothing that this library must notice."""
    result, receipt = domain(f"{kind}-saved")
    need(domains.NOT_SAVED[kind] in result.why, f"expected: {domains.NOT_SAVED[kind]}", result)
    need(receipt["clones"][0] == ["unnoticed"], "it has an epoch", result)


def domain_clones():
    """Two copies of a PVH domain that was made to stop: nothing tells them so, and what keeps them apart is RDRAND in each output. The first line
    of a copy may be of a draw before it was saved."""
    result, receipt = domain("pvh-cloned")
    need(receipt["clones"][0] == ["unnoticed"], "it has an epoch", result)
    before = clone.draws_in(result.console)
    lists = [clone.draws_in(domain(f"pvh-{name}")[0].console)[1:] for name in COPIES]
    for name, draws in zip(COPIES, lists):
        need(len(draws) > 1 and draws[0].number > before[-1].number > 1, "no copy that goes on", domain(f"pvh-{name}")[0])
        need({(draw.result, draw.generation) for draw in draws} == {("ok", 0)}, "it noticed", domain(f"pvh-{name}")[0])
    samples = [draw.sample for draws in (before, *lists) for draw in draws]
    need(len(set(samples)) == len(samples), "two copies draw the same", domain(f"pvh-{COPIES[0]}")[0])


def under_xl(add):
    for board, group in XEN.items():
        kind = board.removeprefix("xen-")
        for what, action in (("what the hypervisor tells", domain_facts), ("the event loop", domain_loops), ("two share no key", domain_keys),
                             ("refuses without the instruction", domain_refuses), ("an exception is a line and exit 1", domain_traps),
                             ("one that hangs fails", domain_hangs), ("xl saves none", domain_saved)):
            add("xl", f"{group} domain of xl: {what}", action, kind)
    add("xl", "Xen PVH domain of xl: copies of one that was made to stop", domain_clones)


# Second versions ----------------------------------------------------------------------------------------------------------------

QEMU = "bookworm-backports"  # the suites of qemu/packages that they come from
XEN_SUITE = "trixie"
FIRMWARE_SUITE = "trixie"


def unpacked(*names):
    """Where these are below build/deps; a skip where a suite could not be reached."""
    for name in names:
        if not (judge.DEPS / name / ".version").is_file():
            raise judge.Skip(f"no build/deps/{name}: qemu/setup slow could not reach {name.split('/')[0]}")
    return [judge.DEPS / name for name in names]


def on_second_qemu(action):
    """The same test by the QEMU of the other suite, which finds the firmware of the one that is installed, and its own modules."""
    def run():
        places = unpacked(f"{QEMU}/qemu-system-x86", f"{QEMU}/qemu-system-arm")
        with judge.other_versions(path="".join(f"{place}/usr/bin:" for place in places)):
            return action()
    return run


def on_second_xen(action):
    def run():
        unpacked(f"{XEN_SUITE}/xen-amd64", f"{XEN_SUITE}/xen-arm64")
        with judge.other_versions(deps=judge.DEPS / XEN_SUITE):
            return action()
    return run


def on_second_firmware(action):
    def run():
        unpacked(*(f"{FIRMWARE_SUITE}/{name}" for name in ("ovmf", "qemu-efi-aarch64", "u-boot-qemu")))
        with judge.other_versions(deps=judge.DEPS / FIRMWARE_SUITE):
            return action()
    return run


def version_of(program):
    return subprocess.run([program, "--version"], capture_output=True, text=True, env=judge.environment()).stdout.split("\n")[0]


def is_other_qemu():
    for program in ("qemu-system-x86_64", "qemu-system-aarch64"):
        with judge.other_versions():
            installed = version_of(program)
        need("version" in version_of(program) and version_of(program) != installed, f"{program} is {installed}")


def is_other_xen():
    for board in (*XEN, XEN_ARM):
        result, receipt = boot(board)
        with judge.other_versions():
            _, installed = boot(board)
        need(receipt["facts"][1]["xen"] != installed["facts"][1]["xen"], "the same version", result)


def firmware_offers(machine, more, raw):
    """What the other versions of EDK II have without a device: on x86 a DRBG and RAW, both made of RDRAND, on arm64 ARM-RNDR. Of these RAW counts.
    With a device there is one RAW more."""
    board = UEFI[machine][0]
    with judge.other_versions():
        _, first = boot(board, machine=machine)
    for count in (0, 1):
        result, receipt = boot(board, machine=machine, devices="-device virtio-rng-pci " * count)
        credited = [name for name in ("uefi-raw", "uefi-raw-2") if source(result, receipt, name)[0] == "credited"]
        need(len(credited) == raw + count, f"with {count} devices {credited}", result)
        for name in more:
            word, pairs = source(result, receipt, name)
            need((word, pairs["bits"]) == ("found", "0") and int(pairs["bytes"]) >= 32, f"{name} is not mixed, or it counts", result)
        need(receipt["facts"] != first["facts"], "the same version", result)


def second(name, wrapped, wanted, add_found):
    """All that qemu/backends.py tries on these backends, under another name in the table. Its rows are of this name."""
    for backend in backends.BACKENDS:
        if backend.board in wanted:
            other = dataclasses.replace(backend, name=f"{name}, {backend.name}")
            OTHERS.append(other)
            for what, action in backends.tests_of(other):
                add_found(("versions", what, wrapped(action)))


OTHERS = []


def second_versions(found):
    def add(name, action, *arguments, **options):
        found.append(("versions", f"second QEMU: {name}", on_second_qemu(as_one(action, *arguments, **options))))
    add("is another one", is_other_qemu)
    for machine in ("microvm", *ALIKE):
        add(f"RDSEED on {machine}", rdseed, machine, must=True)
    for machine in ALIKE:
        add(f"clones diverge on {machine}", clones, machine)
        add(f"clones with the same RDRAND diverge on {machine}", same_seed_clones, machine)
    add("a file behind virtio-rng arrives whole", file_arrives, "file")
    second("second QEMU", on_second_qemu, ("qemu-x86_64", "qemu-i386", "qemu-aarch64-virt", *XEN, XEN_ARM, "uefi-x86_64", "uefi-aarch64"), found.append)
    found.append(("versions", "second Xen: is another one", on_second_xen(as_one(is_other_xen))))
    second("second Xen", on_second_xen, (*XEN, XEN_ARM), found.append)
    for machine, more, raw in (("ovmf", ("uefi-drbg",), 1), ("aavmf", ("uefi-rndr",), 0), ("uboot", (), 0)):
        found.append(("versions", f"second firmware: what {machine} offers", on_second_firmware(as_one(firmware_offers, machine, more, raw))))
    second("second firmware", on_second_firmware, ("uefi-x86_64", "uefi-aarch64"), found.append)


# Solo5's hvt in a guest with SVM ------------------------------------------------------------------------------------------------

NESTED = {}
NESTED_LOCK = threading.Lock()
PROGRAMS = {"smoke": ("smoke", ""), "loop": ("loop", ""), "keys": ("keygen", ""), "more-keys": ("keygen", ""),
            "smoke-without": ("smoke", DISTRUST), "keygen-without": ("keygen", DISTRUST)}


def in_hvt(name, status):
    if nested.missing():
        raise judge.Skip(nested.missing())
    with NESTED_LOCK:
        if not NESTED:
            try:
                NESTED.update(nested.run({name: (solo5_link(app, "hvt"), line) for name, (app, line) in PROGRAMS.items()}))
            except judge.Failure as failure:
                NESTED[""] = failure
    if "" in NESTED:
        raise judge.Failure(str(NESTED[""]))
    result = NESTED[name]
    need(result.status == status, f"expected {status}", result)
    return result, judge.receipt(result.console)


def hvt_boots():
    result, receipt = in_hvt("smoke", "pass")
    need(int(source(result, receipt, "x86-rdrand")[1]["bits"]) >= 384, "RDRAND is not what made it ready", result)


def hvt_loops():
    in_hvt("loop", "pass")


def hvt_keys():
    keys = [key for name in ("keys", "more-keys") for key in keys_of(in_hvt(name, "pass")[0].console)]
    openssl_accepts(keys)
    need(len(set(keys)) == 6, "two runs share a key, or there are not three each")


def hvt_refuses():
    for app in ("smoke", "keygen"):
        result, receipt = in_hvt(f"{app}-without", "refuse")
        need("BEGIN" not in result.console and "no source" in receipt["state"][1]["why"], "a key was made, or it does not say why", result)


def under_nested_hvt(add):
    for what, action in (("boots", hvt_boots), ("the event loop", hvt_loops), ("keys", hvt_keys), ("refuses without a source", hvt_refuses)):
        add("Solo5", f"real hvt, nested: {what}", action)


# All ----------------------------------------------------------------------------------------------------------------------------

def build():
    for board in backends.boards():
        print(f"building the board {board}", flush=True)
        compilers.shell(*backends.MAKE, f"BOARD={board}", "all")


def tests():
    """(group, name, action), as in scenarios and backends.py. The first one starts all domains, the others of its kind wait for that."""
    found = []

    def add(group, name, action, *arguments):
        found.append((group, name, as_one(action, *arguments)))
    under_xl(add)
    later = found[1:]
    del found[1:]
    under_nested_hvt(add)
    second_versions(found)
    found += [test for test in scenarios.all_of_them() + backends.tests() if test[1].startswith(("real ", "Solo5 "))]
    return found + later


def table():
    return backends.table(backends=[backend for backend in backends.BACKENDS if backend.name.startswith("Solo5 ")] + OTHERS)
