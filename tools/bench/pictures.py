# SPDX-License-Identifier: BSD-2-Clause
"""The pictures of docs/speed.md, in the style of docs/evidence."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "evidence"))

import plots  # noqa: E402
import rows  # noqa: E402
import table  # noqa: E402

DASHES = ("-", "--", ":", "-.")
MARKED = {"linewidth": 1.6, "marker": "o", "markersize": 3}
APART = 2.1  # times the name below
SHARES = 2.5  # of a budget, the most that a bar shows


def names_of(axes, ends):
    """Each line has its name behind it, and no name lies upon another."""
    below = 0
    for value, name, colour in sorted(ends):
        below = max(value, below * APART)
        thin = {"arrowstyle": "-", "color": plots.FAINT, "linewidth": 0.7}
        axes.annotate(name, (rows.MIB, value), (2.5 * rows.MIB, below), color=colour,
                      va="center", fontsize=9, arrowprops=thin)


def against_size(figures, ours, others):
    """Nanoseconds of a call against its size: figures is (maker, size) -> ns."""

    def draw(axes):
        ends = []
        for names, colour in ((ours, plots.SHOWN), (others, plots.OTHER)):
            for name, dash in zip(names, DASHES * len(names)):
                known = [(size, figures[name, size]) for size in rows.SIZES]
                axes.plot(*zip(*known), color=colour, linestyle=dash, **MARKED)
                ends.append((known[-1][1], name, colour))
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        names_of(axes, ends)
        ticks = [rows.size_name(size) for size in rows.SIZES]
        axes.set_xticks(rows.SIZES, ["16", *ticks[1:]], fontsize=9)
        axes.set_xticks([], minor=True)
        axes.set_xlim(12, rows.MIB * 500)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace(",", " "))
        axes.set_ylabel("ns of CPU time a call")

    return plots.drawn(draw, (7.6, 4.6))


def bars(figures, size, names):
    """What these makers take for one size, the fastest above."""
    known = sorted(((figures[name, size], name) for name in names), reverse=True)

    def draw(axes):
        values, titles = zip(*known)
        colours = [plots.SHOWN if name.startswith("seedbed") else plots.OTHER for name in titles]
        axes.barh(titles, values, color=colours, height=0.6)
        for place, value in enumerate(values):
            axes.text(1.1 * value, place, table.short(value), va="center", fontsize=9)
        axes.set_xscale("log")
        axes.set_xlim(min(values) / 2, max(values) * 3)
        axes.set_ylim(-0.6, len(values) - 0.4)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace(",", " "))
        axes.tick_params(axis="y", length=0, labelsize=9)
        axes.set_xlabel(f"ns of CPU time for {rows.size_name(size)}")

    return plots.drawn(draw, (7.6, 0.7 + 0.24 * len(known)))


def budgets(judged):
    """Each figure over its budget: up to 1 it is met."""

    def draw(axes):
        shares = [row["figure"] / row["most"] for row in reversed(judged)]
        titles = [f"{row['title']} / {row['peer']}" for row in reversed(judged)]
        colours = [plots.SHOWN if share <= 1.005 else plots.OTHER for share in shares]
        axes.barh(titles, [min(share, SHARES) for share in shares], color=colours, height=0.6)
        for place, share in enumerate(shares):
            axes.text(min(share, SHARES) + 0.03, place, f"{share:.2f}", va="center", fontsize=9)
        axes.axvline(1, color=plots.TEXT, linewidth=1)
        axes.set_xlim(0, SHARES + 0.3)
        axes.set_ylim(-0.6, len(shares) - 0.4)
        axes.tick_params(axis="y", length=0, labelsize=9)
        axes.set_xlabel("share of the budget")

    return plots.drawn(draw, (7.6, 0.7 + 0.24 * len(judged)))
