# SPDX-License-Identifier: BSD-2-Clause
"""The report as text."""
import rows

UNITS = ((1e6, 1e6, "M"), (1e4, 1e3, "k"))  # from where on, what it is, its name
FIRST = 40  # columns of a name
WIDE = 9


def short(ns):
    """Three digits, and k or M behind them where they are thousands."""
    for least, unit, name in UNITS:
        if ns >= 0.9995 * least:
            return f"{ns / unit:.3g}{name}"
    return f"{ns:.3g}" if ns < 999.5 else f"{ns:.0f}"


def line(first, cells, wide=WIDE):
    return (f"{first:{FIRST}}" + "".join(f"{cell:>{wide}}" for cell in cells)).rstrip()


def block(figures, sizes, cell, wide):
    """A line for each maker, seedbed's own first, as they were found."""
    names = list(dict.fromkeys(name for name, _ in figures))
    names.sort(key=lambda name: not name.startswith("seedbed"))
    yield line("", map(rows.size_name, sizes), wide)
    for name in names:
        cells = [figures.get((name, size)) for size in sizes]
        yield line(name, [cell(one) if one else "-" for one in cells], wide)


def spread(figures):
    low, _, high = rows.quartiles(figures)
    return f"{short(low)}-{short(high)}"


def instructions(numbers):
    whats = list(dict.fromkeys(what for _, what in numbers))
    yield line("", whats, 12)
    for machine in dict.fromkeys(machine for machine, _ in numbers):
        yield line(machine, [numbers.get((machine, what), "-") for what in whats], 12)


def judgement(judged):
    yield f"{'row':42}{'over':40}{'figure':>8}{'quartiles':>14}{'budget':>8}  verdict"
    for row in judged:
        if row.figure is None:
            cells = f"{'-':>8}{'-':>14}"
        elif row.low is None:
            cells = f"{row.figure:>8}{'-':>14}"
        else:
            cells = f"{row.figure:>8.2f}{f'{row.low:.2f}-{row.high:.2f}':>14}"
        most = f"{row.most:.3g}" if row.most < 100 else f"{row.most}"
        yield f"{row.title:42}{row.peer:40}{cells}{most:>8}  {row.verdict()}"


def summary(judged):
    said = [row.verdict().split(":")[0] for row in judged]
    words = ("met", "MISSED", "FAILED", "not judged")
    return ", ".join(f"{said.count(word)} {word}" for word in words if word in said)


def show(known, figures, numbers, lacks, judged):
    sizes = [size for size in rows.SIZES if any(size == of for _, of in figures)]
    print(f"\n{known['cpu']}, {known['cpus']} CPUs, Linux {known['linux']}, load {known['load']}")
    print(f"seedbed {known['commit']} by gcc {known['compiler']} {known['flags']}; its keystream "
          f"here: {known['shipped']}")
    print(f"\nnanoseconds of CPU time a call, medians of {known['rounds']} rounds")
    print("\n".join(block(figures, sizes, lambda one: short(rows.quartiles(one)[1]), WIDE)))
    print("\ntheir quartiles")
    print("\n".join(block(figures, sizes, spread, 15)))
    print("\ninstructions a call")
    print("\n".join(instructions(numbers)))
    print()
    print("\n".join(judgement(judged)))
    for name, why in lacks.items():
        print(f"skipped {name}: {why}")
    print(f"bench: {summary(judged)}")
