# SPDX-License-Identifier: BSD-2-Clause
"""The words of docs/evidence: HTML that a browser shows from a file, without a
script, a font or a picture of somebody else. Needs the standard library alone,
so that each machine can tell whether the pages are true."""
from html import escape

SHEET = "style.css"  # beside the pages
STYLE = """\
:root { color-scheme: light dark; --line: #bbb; --good: #17703c; --bad: #a8321f }
@media (prefers-color-scheme: dark) {
  :root { --line: #555; --good: #6cc492; --bad: #f09a86 }
}
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto;
  padding: 1rem }
h1 { line-height: 1.2 }
h2 { margin-top: 2.5rem }
.wide { overflow-x: auto; margin: 1rem 0 }
table { border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid var(--line) }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums }
td.number, .short code { white-space: nowrap }
code { font: .875em ui-monospace, monospace; overflow-wrap: anywhere }
pre { overflow-x: auto; border-left: 3px solid var(--line); padding-left: .8rem }
.good { color: var(--good) } .bad { color: var(--bad) }
.pictures { display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)) }
figure { margin: 0 } figure img { width: 100%; max-width: 36rem }
figcaption { font-size: .875rem }
.least td { font-weight: bold }
"""


def page(title, body):
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="stylesheet" href="{SHEET}">\n<title>{escape(title)}</title>\n'
        "</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}</body>\n</html>\n"
    )


class Raw(str):
    """Text that is HTML already."""


def html(value):
    return value if isinstance(value, Raw) else escape(str(value))


def code(text):
    return Raw(f"<code>{escape(str(text))}</code>")


def link(where, text):
    return Raw(f'<a href="{escape(where)}">{html(text)}</a>')


def verdict(passed, good="passed", bad="failed"):
    kind, text = ("good", good) if passed else ("bad", bad)
    return Raw(f'<span class="{kind}">{text}</span>')


def p(text):
    return f"<p>{html(text)}</p>\n"


def command(text):
    return f"<pre><code>{escape(text)}</code></pre>\n"


def items(texts):
    return "<ul>\n" + "".join(f"<li>{html(text)}</li>\n" for text in texts) + "</ul>\n"


def cell(tag, value, numbers, column):
    kind = ' class="number"' if column in numbers else ""
    return f"<{tag}{kind}>{html(value)}</{tag}>"


def table(head, rows, numbers=(), least=None):
    """numbers: the columns that stand to the right. least: a row to point at."""
    text = '<div class="wide"><table>\n'
    if head:
        cells = (cell("th", value, numbers, i) for i, value in enumerate(head))
        text += "<tr>" + "".join(cells) + "</tr>\n"
    for row in rows:
        kind = ' class="least"' if row is least else ""
        cells = (cell("td", value, numbers, i) for i, value in enumerate(row))
        text += f"<tr{kind}>" + "".join(cells) + "</tr>\n"
    return text + "</table></div>\n"


def picture(file, text):
    return (
        f'<figure><img src="{escape(file)}" alt="{escape(text)}">'
        f"<figcaption>{escape(text)}</figcaption></figure>\n"
    )


def pictures(made):
    return '<div class="pictures">\n' + "".join(made) + "</div>\n"


def bits(value):
    return "-" if value is None else f"{value:.3f}"


def count(number):
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
