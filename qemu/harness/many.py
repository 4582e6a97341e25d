# SPDX-License-Identifier: BSD-2-Clause
"""Boots one image many times on one machine, several at a time, and judges all
of these boots together. Its users: qemu/boots and qemu/scenarios/many.py.

What must come of them is one of these words:

  distinct          all serve, and no two first outputs are equal
  refused           none serves, and all give the same reason
  one receipt       none serves, and the receipts are equal, byte for byte
  alike: the limit  all serve the same first output, since all replays
"""
import concurrent.futures
import dataclasses
import difflib
import os
import re

from harness import boards, faults, judge, runner
from harness.failures import Failure, need, need_status
from harness.receipt import receipt as receipt_of
from harness.receipt import text_of
from harness.seed import fresh_seed

SAMPLE = re.compile(r"^sample ([0-9a-f]{64})$", re.M)  # of tests/guests/smoke.c


@dataclasses.dataclass(frozen=True)
class Way:
    """How a board is booted, and what must come of it: the name of the way, the
    machine, options of judge.boot, a word of RULES."""

    board: str
    name: str
    machine: boards.Machine
    expect: str
    options: dict = dataclasses.field(default_factory=dict)


def boot_one(way, image):
    """A machine that needs a seed gets a fresh one, unless its devices are
    named."""
    options = dict(way.options)
    if not way.machine.seed or "devices" in options:
        return judge.boot(way.board, image, way.machine, **options)
    with fresh_seed(way.machine) as options["devices"]:
        result = judge.boot(way.board, image, way.machine, **options)
    again = ["qemu/run", "--seed", way.board, image]  # by another seed: that one is gone
    return dataclasses.replace(result, command=again)


def boot_all(way, image, count, done=lambda: None):
    """The results of so many boots, in their order; done() is called at the end
    of each."""
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
    try:
        futures = [pool.submit(boot_one, way, image) for _ in range(count)]
        for future in futures:
            future.add_done_callback(lambda _: done())
        runner.wait_for(futures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    results = [future.result() for future in futures]
    faults.hear(results[0].console)
    return results


# what all of them must be -----------------------------------------------------


def first_output(result):
    """What the instance first handed out."""
    need_status(result, "pass")
    found = SAMPLE.findall(result.console)
    need(len(found) == 1, f"{len(found)} lines `sample`", result, "one")
    return found[0]


def reason(result):
    """Why the machine was refused. No output may stand beside it."""
    need_status(result, "refuse")
    need(not SAMPLE.search(result.console), "refused, and there is an output", result)
    return receipt_of(result.console)["state"][1]["why"]


def refused_receipt(result):
    reason(result)
    return text_of(result.console)


def named(results, *numbers):
    """For a failure: these boots, the command that repeats each, its console."""
    return "\n".join(f"boot {i + 1} of {len(results)}: {results[i].report()}" for i in numbers)


def need_distinct(results):
    """Two equal first outputs are named with their boots."""
    seen = {}
    for i, result in enumerate(results):
        before = seen.setdefault(first_output(result), i)
        if before != i:
            what = f"boots {before + 1} and {i + 1} have the same first output"
            raise Failure(what, "no two alike", named(results, before, i))


def need_equal(results, told, what):
    """told(result) is the same of each boot as of the first."""
    first = told(results[0])
    for i, result in enumerate(results):
        other = told(result)
        if other != first:
            diff = difflib.unified_diff(first.splitlines(), other.splitlines(), lineterm="", n=0)
            shown = "\n".join(list(diff)[2:])
            raise Failure(
                f"boots 1 and {i + 1} have not the same {what}:\n{shown}",
                f"one {what}",
                named(results, 0, i),
            )


RULES = {
    "distinct": need_distinct,
    "refused": lambda results: need_equal(results, reason, "reason"),
    "one receipt": lambda results: need_equal(results, refused_receipt, "receipt"),
    "alike: the limit": lambda results: need_equal(results, first_output, "output"),
}


def need_all(expect, results):
    """Raises Failure where these boots are not what the word says."""
    RULES[expect](results)


def outputs(results):
    """How many first outputs differ, and how many boots were refused."""
    found = {sample for result in results for sample in SAMPLE.findall(result.console)}
    return len(found), sum(result.status == "refuse" for result in results)
