# SPDX-License-Identifier: BSD-2-Clause
"""The pictures of docs/speed.md, in the style of docs/evidence."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "evidence"))

import plots  # noqa: E402
import rows  # noqa: E402

DASHES = ("-", "--", ":", "-.")
UNMARKED = {"linewidth": 1.6, "marker": "o", "markersize": 3}


def against_size(figures, ours, others):
    """Nanoseconds of a call against its size: figures is (maker, size) -> ns."""

    def draw(axes):
        ends = []
        for names, colour in ((ours, plots.SHOWN), (others, plots.OTHER)):
            for name, dash in zip(names, DASHES * len(names)):
                known = [(size, figures[name, size]) for size in rows.SIZES
                         if (name, size) in figures]
                axes.plot(*zip(*known), color=colour, linestyle=dash, **UNMARKED)
                ends.append([known[-1][1], known[-1][0], name, colour])
        label(axes, ends)
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.set_xticks(rows.SIZES, [rows.size_name(size) for size in rows.SIZES])
        axes.set_xticks([], minor=True)
        axes.set_xlim(12, rows.MIB * 350)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.set_ylabel("ns of CPU time a call")

    return plots.drawn(draw, (7.6, 4.6))


def label(axes, ends):
    """Each line has its name behind it, and no name lies upon another."""
    least = 1.6  # times the one below
    below = 0
    for value, size, name, colour in sorted(ends):
        below = max(value, below * least)
        axes.annotate(name, (size, value), (1.5 * size, below), color=colour, va="center",
                      fontsize=9)


def bars(figures, size):
    """What each maker takes for one size, the fastest above."""
    known = sorted((ns, name) for (name, of), ns in figures.items() if of == size)
    lines = [(name, ns, not name.startswith("seedbed")) for ns, name in known]
    return plots.bars(lines, f"ns of CPU time for {rows.size_name(size)}")


def budgets(judged):
    """Each ratio over its budget: to the left of 1 it is met."""

    def draw(axes):
        names, shares = zip(*reversed([(f"{row['title']} / {row['peer']}",
                                        row["figure"] / row["most"]) for row in judged]))
        colours = [plots.SHOWN if share <= 1.005 else plots.OTHER for share in shares]
        axes.barh(names, shares, color=colours, height=0.6)
        axes.axvline(1, color=plots.TEXT, linewidth=1)
        axes.tick_params(axis="y", length=0, labelsize=9)
        axes.set_xlabel("share of the budget")

    return plots.drawn(draw, (7.6, 0.9 + 0.24 * len(judged)))
