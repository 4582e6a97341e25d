# SPDX-License-Identifier: BSD-2-Clause
"""Domains of Xen on x86 that the real xl starts (harness/domains.py)."""
import re
import shutil
import threading

from harness import clone, domains
from harness.failures import Failure, Skip, need, need_status
from harness.receipt import receipt as receipt_of
from scenarios.boots import folder, source
from scenarios.damaged import hang, ud2
from scenarios.images import image
from scenarios.keys import keys_of, openssl_accepts
from scenarios.loop import EVENTS_END

XEN = {"xen-pv": "Xen PV", "xen-pvh": "Xen PVH"}
# xl.cfg(5): what the hypervisor tells the domain of its CPU.
NO_INSTRUCTION = 'cpuid="host,rdrand=0,rdseed=0"'
RESULTS = {}  # name -> Result, once the first test that asks has started them all
LOCK = threading.Lock()
COPIES = ("copy", "other-copy")


def domain_list(damaged):
    """All of them, by one boot of the first domain. damaged: a folder for
    images that are broken on purpose."""
    found = []
    for board in XEN:
        kind = board.removeprefix("xen-")

        def add(name, app, settings="", **more):
            path = app if hasattr(app, "exists") else image(board, app)
            found.append(domains.Domain(f"{kind}-{name}", board, path, settings, **more))

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
    # Of PVH alone: xl cannot save our PV domain whatever it answers.
    add("cloned", "clone", verb="clone")
    for name in COPIES:
        add(name, "clone", verb="copy", memory=64)
    return found


def domain(name):
    """What came of one; a failure of the whole is each one's."""
    if missing := domains.missing():
        raise Skip(missing)
    with LOCK, folder() as there:
        if not RESULTS:
            try:
                RESULTS.update(domains.run(domain_list(there)))
            except Failure as failure:
                RESULTS[""] = failure
    if "" in RESULTS:
        raise Failure(str(RESULTS[""]))
    result = RESULTS[name]
    return result, receipt_of(result.console)


def ended(name, status):
    result, receipt = domain(name)
    need_status(result, status)
    return result, receipt


def domain_facts(kind):
    """Its time stamp counter is emulated unless its configuration says
    otherwise; it has a name, which is mixed and counts nothing."""
    for name, tsc in (("smoke", "emulated"), ("native", "native")):
        result, receipt = ended(f"{kind}-{name}", "pass")
        facts = receipt["facts"][1]
        right = facts["tsc"] == tsc and re.fullmatch(r"4\.\d+", facts["xen"])
        need(right, f"facts {facts}", result)
        word, pairs = source(result, receipt, "host-seed")
        seen = word, pairs["bits"], pairs["bytes"]
        need(seen == ("found", "0", "16"), "its name is not mixed, or it counts", result)
        bits = int(source(result, receipt, "x86-rdrand")[1]["bits"])
        need(bits > 0, "RDRAND earned nothing", result)


def domain_loops(kind):
    result, _ = ended(f"{kind}-loop", "pass")
    need(EVENTS_END in result.console, "checks of events were left out", result)


def domain_keys(kind):
    keys = []
    for name in ("keys", "more-keys"):
        keys += keys_of(ended(f"{kind}-{name}", "pass")[0].console)
    openssl_accepts(keys)
    seen = "two domains of one image share a key, or there are not three each"
    need(len(set(keys)) == 6, seen)


def domain_refuses(kind):
    """The emulated CPU has the instruction: the domain heeds what the
    hypervisor says of it."""
    for app in ("smoke", "keygen"):
        result, receipt = ended(f"{kind}-{app}-without", "refuse")
        right = "BEGIN" not in result.console and result.code == domains.CRASH
        need(right, "a key was made, or its end does not tell", result)
        need("no source" in receipt["state"][1]["why"], "it does not say why", result)


def domain_traps(kind):
    result, _ = ended(f"{kind}-traps", "fail")
    said = "exception 6 at 0x00000000001" in result.console
    need(said and result.code == domains.CRASH, "not an exception's line", result)


def domain_hangs(kind):
    """xl: "Waiting for domain ... to die"."""
    result, _ = ended(f"{kind}-hangs", "hang")
    need("to die" in result.why, "xl never started it", result)


def domain_saved(kind):
    """xl makes no clone of either, of each for its own reason: nothing that
    this library must notice."""
    result, receipt = domain(f"{kind}-saved")
    said = domains.NOT_SAVED[kind]
    need(said in result.why, "another reason", result, said)
    need(receipt["clones"][0] == ["unnoticed"], "it has an epoch", result)


def domain_clones():
    """Two copies of a PVH domain that was made to stop: nothing tells them so,
    and what keeps them apart is RDRAND in each output. The first line of a copy
    may be of a draw before it was saved."""
    result, receipt = domain("pvh-cloned")
    need(receipt["clones"][0] == ["unnoticed"], "it has an epoch", result)
    before = clone.draws_in(result.console)
    lists = []
    for name in COPIES:
        copy, _ = domain(f"pvh-{name}")
        draws = clone.draws_in(copy.console)[1:]
        goes_on = len(draws) > 1 and draws[0].number > before[-1].number > 1
        need(goes_on, "no copy that goes on", copy)
        unaware = {(draw.result, draw.generation) for draw in draws} == {("ok", 0)}
        need(unaware, "it noticed", copy)
        lists.append(draws)
    samples = [draw.sample for draws in (before, *lists) for draw in draws]
    need(len(set(samples)) == len(samples), "two copies draw the same", copy)


TRIED = (
    ("what the hypervisor tells", domain_facts),
    ("the event loop", domain_loops),
    ("two share no key", domain_keys),
    ("refuses without the instruction", domain_refuses),
    ("an exception is a line and exit 1", domain_traps),
    ("one that hangs fails", domain_hangs),
    ("xl saves none", domain_saved),
)


def tests(add):
    """The first test that runs starts all domains, and the others wait for
    that."""
    for board, group in XEN.items():
        kind = board.removeprefix("xen-")
        for what, action in TRIED:
            add("xl", f"{group} domain of xl: {what}", action, kind, budget=400)
    name = "Xen PVH domain of xl: copies of one that was made to stop"
    add("xl", name, domain_clones, budget=400)
