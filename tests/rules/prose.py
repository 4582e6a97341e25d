# SPDX-License-Identifier: BSD-2-Clause
"""How pages and comments read: width, length of sentences, words, links."""
import posixpath
import re
import statistics

CODE_WIDTH, PROSE_WIDTH = 100, 80
SENTENCE_MEDIAN = 20
# The words of a header that is a contract, comments and code, at most.
WORDS = {"core/seedbed.h": 1790, "hal/sb_hal.h": 1150, "hal/sb_loop.h": 400}
# Text in a picture has the width that it has.
EXEMPT = ("docs/flow.py", "docs/states.py")


def width(line):
    return len(line.expandtabs(8))


def prose_lines(text):
    """(number, line) of a Markdown page without tables, code and links."""
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith("|") and not re.match(r"^(\[.*\]: |!\[)", line):
            yield number, line


def sentences(text):
    """The sentences of a page: paragraphs and items, without code spans' insides."""
    plain = "\n".join(line for _, line in prose_lines(text) if not line.startswith("#"))
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", plain):
        block = re.sub(r"`[^`]*`", "x", block.replace("\n", " "))
        for sentence in re.split(r"(?<=[.!?:])\s+", block):
            words = re.findall(r"[\w'/<>().-]+", sentence)
            if len(words) > 2:
                yield words


def is_comment(line, inside):
    return inside or line.lstrip().startswith(("/*", "//", "*"))


def check_c(path, text):
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        comment = is_comment(line, inside)
        if "/*" in line:
            inside = "*/" not in line.rsplit("/*", 1)[1]
        elif "*/" in line:
            inside = False
        most = PROSE_WIDTH if comment else CODE_WIDTH
        if width(line) > most:
            yield f"{path}:{number}", f"{width(line)} columns, more than {most}"


def check_script(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        most = PROSE_WIDTH if re.match(r"\s*#(?!!)", line) else CODE_WIDTH
        if width(line) > most:
            yield f"{path}:{number}", f"{width(line)} columns, more than {most}"


def anchors(text):
    """The names that a page's headings have as targets of a link."""
    heads = re.findall(r"^#+ (.*)$", text, re.M)
    words = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {word.replace(" ", "-") for word in words}


def check_links(tree, path, text):
    """Each link of a page that stays in the tree has a target."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    for link in re.findall(r"\]\(([^)\s]+)\)", plain):
        name, _, anchor = link.partition("#")
        if ":" in name:
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name or "."))
        target = target if name else path
        if not (tree.top / target).exists():
            yield path, f"a link to {link}, which is not there"
        elif anchor and anchor not in anchors(tree.text(target)):
            yield path, f"a link to {link}, which has no such heading"


def check(tree):
    for path in tree.code():
        yield from check_c(path, tree.text(path))
    for path in tree.scripts():
        if path not in EXEMPT:
            yield from check_script(path, tree.text(path))
    for path in tree.pages():
        text = tree.text(path)
        for number, line in prose_lines(text):
            if width(line) > PROSE_WIDTH:
                yield f"{path}:{number}", f"{width(line)} columns, more than {PROSE_WIDTH}"
        yield from check_links(tree, path, text)
        lengths = [len(words) for words in sentences(text)]
        if lengths and statistics.median(lengths) > SENTENCE_MEDIAN:
            yield path, f"half of its sentences have more than {SENTENCE_MEDIAN} words"
    for path, most in WORDS.items():
        words = len(tree.text(path).split())
        if words > most:
            yield path, f"{words} words, more than can be read standing up ({most})"
