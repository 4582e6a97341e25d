# SPDX-License-Identifier: BSD-2-Clause
"""The pictures of docs/evidence: SVG by matplotlib, small, without a font of
their own, and readable on light and on dark pages."""
import io
import re

import matplotlib
import numpy as np

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402

# What stands for the colour of the page's text, for its faint lines and for
# what is shown. STYLE gives each its two colours.
TEXT, FAINT, SHOWN, OTHER = "#010101", "#020202", "#030303", "#040404"
STYLE = """<style type="text/css">
  :root { --text: #222; --faint: #bbb; --shown: #1f5fa8; --other: #b4552d }
  @media (prefers-color-scheme: dark) {
    :root { --text: #ddd; --faint: #555; --shown: #79b0ee; --other: #e89b73 }
  }
"""
SETTINGS = {
    "svg.fonttype": "none",
    "svg.hashsalt": "seedbed",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "text.color": TEXT,
    "axes.labelcolor": TEXT,
    "axes.edgecolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": TEXT,
    "ytick.labelcolor": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "path.simplify": False,
}
SIZE = (5.6, 3.0)  # inches of 72 points
LAGS = 300
THINNED = 1000
BEGIN = 300


def drawn(draw, size=SIZE):
    """The text of an SVG file, of what `draw` puts on its axes."""
    with matplotlib.rc_context(SETTINGS):
        figure, axes = pyplot.subplots(figsize=size, layout="constrained")
        draw(axes)
        text = io.StringIO()
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None})
        pyplot.close(figure)
    return themed(text.getvalue())


def themed(text):
    names = {TEXT: "text", FAINT: "faint", SHOWN: "shown", OTHER: "other"}
    for colour, name in names.items():
        text = text.replace(colour, f"var(--{name})")
    text = text.replace('<style type="text/css">', STYLE, 1)
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.S)
    text = re.sub(r"<!DOCTYPE.*?>\s*", "", text, flags=re.S)
    text = text.replace("'DejaVu Sans'", "sans-serif")
    # A hundredth of a point is enough. Text ends at a <.
    return re.sub(r"(\d\.\d\d)\d+(?=[ \",)\n])", r"\1", text)


def histogram(samples):
    counts = np.bincount(samples, minlength=256) / len(samples)
    last = int(np.flatnonzero(counts).max()) + 1

    def draw(axes):
        axes.stairs(100 * counts[:last], fill=True, color=SHOWN, linewidth=0)
        axes.set_xlabel("value of a sample")
        axes.set_ylabel("per cent of the samples")
        axes.set_xlim(0, last)

    return drawn(draw)


def correlations(samples):
    """Of a sample with the one that comes `lag` later, for each lag."""
    centred = samples - samples.mean()
    size = 1 << (2 * len(samples) - 1).bit_length()
    power = np.abs(np.fft.rfft(centred, size)) ** 2
    found = np.fft.irfft(power, size)[: LAGS + 1]
    return found[1:] / found[0] if found[0] > 0 else np.zeros(LAGS)


def autocorrelation(samples):
    found, by_chance = correlations(samples), 2.58 / np.sqrt(len(samples))

    def draw(axes):
        most = max(3 * by_chance, 1.1 * np.abs(found).max())
        axes.axhspan(-by_chance, by_chance, color=FAINT, alpha=0.5, linewidth=0)
        axes.stairs(found, np.arange(LAGS + 1) + 0.5, fill=True, color=SHOWN, linewidth=0)
        axes.set_ylim(-most, most)
        axes.set_xlim(0, LAGS + 1)
        axes.set_xlabel("samples later")
        axes.set_ylabel("correlation")

    return drawn(draw)


def dots(axes, x, y, **how):
    """One path for all: a dot is a line without length that has a round end."""
    x, y = (np.repeat(np.asarray(values, dtype=float), 3) for values in (x, y))
    x[2::3] = y[2::3] = np.nan
    axes.plot(x, y, solid_capstyle="round", **how)


def against_time(samples):
    step = max(1, len(samples) // THINNED)
    chosen = np.arange(0, len(samples), step)

    def draw(axes):
        dots(axes, chosen, samples[chosen], color=SHOWN, linewidth=2)
        axes.set_xlim(0, len(samples))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}".replace(",", " "))
        axes.set_xlabel(f"sample (one of {step})" if step > 1 else "sample")
        axes.set_ylabel("its value")

    return drawn(draw)


def beginning(samples):
    first = samples[:BEGIN]

    def draw(axes):
        axes.plot(first, color=FAINT, linewidth=0.7)
        dots(axes, np.arange(len(first)), first, color=SHOWN, linewidth=3)
        axes.set_xlim(-3, BEGIN + 3)
        axes.set_xlabel(f"sample (the first {len(first)})")
        axes.set_ylabel("its value")

    return drawn(draw)


def of(samples):
    """Name -> SVG, of a recording."""
    return {
        "histogram": histogram(samples),
        "autocorrelation": autocorrelation(samples),
        "time": against_time(samples),
        "first": beginning(samples),
    }


def bars(rows, unit):
    """(name, value, marked) from above to below, on a logarithmic scale."""

    def draw(axes):
        names, values, marked = zip(*reversed(rows))
        colours = [OTHER if mark else SHOWN for mark in marked]
        axes.barh(names, values, color=colours, height=0.6)
        for place, value in enumerate(values):
            axes.text(1.1 * value, place, f"{value:.3g}", va="center")
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.set_xlim(min(values) / 3, max(values) * 4)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(unit)

    return drawn(draw, (5.6, 0.9 + 0.42 * len(rows)))
