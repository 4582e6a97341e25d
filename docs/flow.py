#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Draws docs/flow.svg, the way from source to caller:

  docs/flow.py > docs/flow.svg

Below each stage is the file where it is. docs/states.py draws with the same
functions.
"""
from xml.sax.saxutils import escape

INK, SOFT, LINE, STOP = "#1f2933", "#52606d", "#9aa5b1", "#b3261e"
FILL = {"source": "#eaf3fb", "stage": "#f5f7fa", "gate": "#fdf0ef", "out": "#eef7ee"}
FONT = "font-family='DejaVu Sans, Helvetica, Arial, sans-serif'"
parts = []


def text(x, y, words, size=13, colour=INK, anchor="middle", bold=False):
    weight = " font-weight='bold'" if bold else ""
    parts.append(f"<text x='{x}' y='{y}' font-size='{size}' fill='{colour}'"
                 f" text-anchor='{anchor}'{weight}>{escape(words)}</text>")


def box(x, y, width, height, kind, title, lines=(), file=""):
    parts.append(f"<rect x='{x}' y='{y}' width='{width}' height='{height}' rx='8'"
                 f" fill='{FILL[kind]}' stroke='{STOP if kind == 'gate' else LINE}'/>")
    text(x + width / 2, y + 22, title, 14, bold=True)
    for i, line in enumerate(lines):
        text(x + width / 2, y + 43 + 17 * i, line, 11.5, SOFT)
    if file:
        text(x + width / 2, y + height + 16, file, 11, SOFT)


def arrow(points, colour=INK, dashed=False, label="", at=None, anchor="middle"):
    path = "M" + " L".join(f"{x} {y}" for x, y in points)
    dash = " stroke-dasharray='5 4'" if dashed else ""
    head = "stop" if colour == STOP else "head"
    parts.append(f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='1.6'{dash}"
                 f" marker-end='url(#{head})'/>")
    if label:
        text(*at, label, 11.5, colour, anchor)


def marker(name, colour):
    return (f"<marker id='{name}' viewBox='0 0 10 10' refX='9' refY='5' markerWidth='7'"
            f" markerHeight='7' orient='auto-start-reverse'>"
            f"<path d='M0 0L10 5L0 10z' fill='{colour}'/></marker>")


def page(title, width, height):
    """Prints all that was drawn so far as one picture."""
    print(f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'"
          f" width='{width}' height='{height}' {FONT} role='img'>")
    print(f"<title>{escape(title)}</title>")
    print(f"<defs>{marker('head', INK)}{marker('stop', STOP)}</defs>"
          f"<rect width='{width}' height='{height}' fill='#ffffff'/>")
    print("\n".join(parts))
    print("</svg>")


SOURCES = (
    ("the CPU", "RDSEED, RDRAND; RNDRRS; Zkr"),
    ("a device", "virtio-rng, a TRNG"),
    ("firmware, a host", "UEFI, a seed: known to the host"),
    ("events, stirred data", "mixed, never counted"),
)


def draw():
    for i, (title, line) in enumerate(SOURCES):
        box(16, 60 + 66 * i, 212, 56, "source", title, [line])
    text(122, 342, "arch/, hal/, boards/", 11, SOFT)
    box(268, 110, 150, 112, "stage", "health tests",
        ["repetition count", "adaptive proportion", "same answer twice", "start-up"],
        "core/health.c")
    box(452, 110, 136, 112, "stage", "credit",
        ["assessed, cited:", "the board's policy", "0 from a host that", "is distrusted"],
        "core/source.c")
    box(622, 110, 112, 112, "stage", "pool", ["BLAKE2s over", "framed blocks"], "core/pool.c")
    box(768, 96, 132, 140, "gate", "the gate",
        ["384 credited bits", "and every source", "that is present", "was heard;",
         "later 256 each"], "core/gather.c")
    box(934, 110, 112, 112, "out", "generator", ["ChaCha20,", "key erased", "with each output"],
        "core/rng.c")
    for y in (88, 154, 220):
        arrow([(228, y), (246, y), (246, 166), (266, 166)])
    arrow([(228, 286), (678, 286), (678, 242)], dashed=True)
    for left, right in ((418, 450), (588, 620), (734, 766), (900, 932)):
        arrow([(left, 166), (right, 166)])
    box(934, 366, 112, 74, "out", "caller", ["seedbed_read,", "seedbed_random"])
    arrow([(990, 240), (990, 364)], label="SB_OK: random bytes", at=(982, 330), anchor="end")
    arrow([(834, 254), (834, 402), (932, 402)], STOP,
          label="not yet, or never: zeros,", at=(826, 378), anchor="end")
    text(826, 396, "SB_EAGAIN or SB_EIO, and the reason", 11.5, STOP, "end")
    arrow([(343, 110), (343, 40), (520, 40), (520, 108)], STOP,
          label="alarm: the source loses its credit; the third retires it", at=(432, 30))
    arrow([(990, 52), (990, 108)])
    text(1046, 26, "epoch: another life of the machine wipes and starts over;", 11.5, SOFT, "end")
    text(1046, 43, "counter and a fresh word of the CPU make the nonce of each read", 11.5, SOFT,
         "end")


if __name__ == "__main__":
    draw()
    page("seedbed: the way from a noise source to the caller", 1060, 468)
