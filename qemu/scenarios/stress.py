# SPDX-License-Identifier: BSD-2-Clause
"""tests/guest_NAME.c and tests/unix_NAME.c: tasks, CPUs, interrupts, forks, and each with its protection taken out."""
import os
import re
import subprocess

import judge
from judge import BUILD, need
from scenarios.boots import figures
from scenarios.keys import two_boots

SMP = "-smp 4 -m 128"


def said(console, name):
    found = re.search(rf"^{name} (\d+)$", console, re.M)
    need(found, f"no line {name}")
    return int(found[1])


def guest(board, name, shows=None, **options):
    """A guest that must pass; or, with a protection taken out, fail and show why."""
    result = judge.boot(board, BUILD / board / "guest" / f"{name}.elf", timeout=120, **options)
    need(result.status == ("fail" if shows else "pass"), f"expected {'red' if shows else 'green'}", result)
    need(not shows or re.search(shows, result.console, re.M), f"red, and not because of {shows}", result)
    return result.console


def four_cpus():
    cores = len(os.sched_getaffinity(0))
    console = guest("qemu-x86_64", "smp", devices=SMP)
    times = said(console, "speed-up-percent") / 100
    goal = 3.5 if cores >= 4 else 1.8
    figures[f"four guest CPUs against one, {cores} host CPUs"] = (times, goal, " times, at least")
    need(times >= goal / 10, f"four CPUs read {times} times as fast as one")


def count_on_m0():
    console = guest("microbit", "count", devices="-icount shift=0")
    event_costs("Cortex-M0", said(console, "event instructions"), 25)


def event_costs(where, instructions, most):
    figures[f"seedbed_event on {where}, instructions"] = (instructions, most, "")
    need(instructions <= 10 * most, f"an event takes {instructions} instructions on {where}")


def host_program(name, shows=None, timeout=120):
    """The same of a program of this machine. A sanitizer's report is red as well."""
    words = ["setarch", "-R", str(BUILD / "host" / name)]
    run = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout)
    need((run.returncode != 0) == bool(shows), f"expected {'red' if shows else 'green'}: {run.returncode}\n  {' '.join(words)}\n{run.stdout[-2000:]}")
    need(not shows or re.search(shows, run.stdout, re.M), f"red, and not because of {shows}\n{run.stdout[-2000:]}")
    return run.stdout


def steps():
    event_costs("x86-64", said(host_program("step"), "event instructions"), 15)


def cost_of_a_read():
    text = host_program("bench")
    found = re.search(r"^read-of-32 ns=(\d+) plain-ns=(\d+) ratio=(\S+)$", text, re.M)
    figures["a read of 32, to one without epoch and fresh word"] = (float(found[3]), 1.5, " times")
    figures["a read of 32 bytes here, ns"] = (int(found[1]), "none", "")
    for name, ns in re.findall(r"^fresh-word source=(\S+) ns=(\d+)$", text, re.M):
        figures[f"and its fresh word from {name}, ns"] = (int(ns), "none", "")
    need(float(found[3]) <= 15, f"a read costs {found[3]} times one without epoch and fresh word")


def tests(add):
    add("Cortex-M3", "two tasks that preempt each other, 10^6 reads", guest, "mps2-an385", "tasks")
    add("Cortex-M3", "red: two tasks without a lock", guest, "mps2-an385", "tasks-WITHOUT_LOCK", r"^refused [1-9]")
    add("Cortex-M3", "red: two tasks without a lock or the mark of a busy instance", guest, "mps2-an385", "tasks-WITHOUT_LOCK-WITHOUT_BUSY", r"^twice [1-9]")
    add("microvm", "red: four CPUs with copies of one instance", guest, "qemu-x86_64", "smp-COPIES", r"^twice [1-9]", devices=SMP)
    for group, board in (("microvm", "qemu-x86_64"), ("Cortex-M3", "mps2-an385"), ("Cortex-M0", "microbit")):
        add(group, f"interrupts that nest, {group}", guest, board, "events")
        add(group, f"red: an interrupt that mixes at once, {group}", guest, board, "events-EVENT_STIRS", r"^equal \d{1,3}$")
        add(group, f"red: an interrupt that reads from a busy instance, {group}", guest, board, "events-WITHOUT_BUSY", r"^twice [1-9]")
    add("Cortex-M0", "instructions of an event", count_on_m0)
    add("unix", "two runs share no key", two_boots, "unix", None)
    add("unix", "fork is a change of the epoch", host_program, "fork")
    add("unix", "red: fork without an epoch", host_program, "fork-WITHOUT_EPOCH", "THE SAME")
    add("unix", "ThreadSanitizer: a CPU's own instances, a shared one, events", host_program, "race")
    add("unix", "red: threads and no lock", host_program, "race-WITHOUT_LOCK", "ThreadSanitizer: data race")
    add("unix", "red: threads on one instance", host_program, "race-ONE_INSTANCE", "ThreadSanitizer: data race")
    if (BUILD / "host/step").is_file():
        add("unix", "an event after every instruction", steps)
        add("unix", "red: mixing after every instruction", host_program, "step-EVENT_STIRS", r": 0 of \d+ calls")
        add("unix", "red: reading from a busy instance", host_program, "step-WITHOUT_BUSY", r" [1-9]\d* twice")
