# SPDX-License-Identifier: BSD-2-Clause
"""Solo5's hvt in a Linux guest whose emulated CPU has SVM
(harness/nested.py)."""
import threading

from harness import nested
from harness.failures import Failure, Skip, need, need_status
from harness.receipt import receipt as receipt_of
from scenarios.boots import source
from scenarios.images import solo5_link
from scenarios.keys import keys_of, openssl_accepts
from scenarios.solo5 import DISTRUST

RESULTS = {}
LOCK = threading.Lock()
PROGRAMS = {
    "smoke": ("smoke", ""),
    "loop": ("loop", ""),
    "keys": ("keygen", ""),
    "more-keys": ("keygen", ""),
    "smoke-without": ("smoke", DISTRUST),
    "keygen-without": ("keygen", DISTRUST),
}


def in_hvt(name, status):
    if missing := nested.missing():
        raise Skip(missing)
    with LOCK:
        if not RESULTS:
            linked = {key: (solo5_link(app, "hvt"), line) for key, (app, line) in PROGRAMS.items()}
            try:
                RESULTS.update(nested.run(linked))
            except Failure as failure:
                RESULTS[""] = failure
    if "" in RESULTS:
        raise Failure(str(RESULTS[""]))
    result = RESULTS[name]
    need_status(result, status)
    return result, receipt_of(result.console)


def hvt_boots():
    result, receipt = in_hvt("smoke", "pass")
    bits = int(source(result, receipt, "x86-rdrand")[1]["bits"])
    need(bits >= 384, "RDRAND is not what made it ready", result)


def hvt_loops():
    in_hvt("loop", "pass")


def hvt_keys():
    found = []
    for name in ("keys", "more-keys"):
        found += keys_of(in_hvt(name, "pass")[0].console)
    openssl_accepts(found)
    need(len(set(found)) == 6, "two runs share a key, or there are not three each")


def hvt_refuses():
    for app in ("smoke", "keygen"):
        result, receipt = in_hvt(f"{app}-without", "refuse")
        says = "no source" in receipt["state"][1]["why"]
        need("BEGIN" not in result.console and says, "a key, or it does not say why", result)


def tests(add):
    add("Solo5", "real hvt, nested: boots", hvt_boots, budget=300)
    add("Solo5", "real hvt, nested: the event loop", hvt_loops, budget=300)
    add("Solo5", "real hvt, nested: keys", hvt_keys, budget=300)
    add("Solo5", "real hvt, nested: refuses without a source", hvt_refuses, budget=300)
