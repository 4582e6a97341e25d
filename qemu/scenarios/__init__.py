# SPDX-License-Identifier: BSD-2-Clause
"""What is tried on the boards: which sources a machine has and has not, what they do wrong, and what the guest must then say. A file a world."""
from scenarios import arm64, cortex_m, dependents, loop, readme, solo5, stress, uefi, x86, xen
from scenarios.boots import as_one, figures


def alone():
    """Those that measure time, and so want the machine to themselves: (group, name, action)."""
    return [("microvm", "four CPUs on split instances, 10^6 reads each", as_one(stress.four_cpus)),
            ("unix", "the cost of a read", as_one(stress.cost_of_a_read)),
            ("microvm", "red: a wait that spins is no sleep", as_one(loop.sleeps, "qemu-x86_64", "microvm", spins=True))]


def all_of_them():
    """(group, name, action) of every other scenario; an action returns (passed, failed, text)."""
    found = []

    def add(group, name, action, *arguments, **options):
        found.append((group, name, as_one(action, *arguments, **options)))

    for world in (stress, loop, xen, uefi, solo5, x86, dependents, readme, cortex_m, arm64):
        world.tests(add)
    return found


def budgets():
    """What was measured beside, a line each."""
    return "".join(f"{name:<45} {got:>7}{unit}   budget {budget}{unit}\n" for name, (got, budget, unit) in figures.items())
