# SPDX-License-Identifier: BSD-2-Clause
"""A C file and the single changes of it that generate tries. Only what these
sources need of C is known here: a change that is no C does not compile, and
does not count."""
import bisect
import hashlib
import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<comment>/\*[\s\S]*?\*/|//[^\n]*)
      |(?P<directive>^[ \t]*\#(?:\\\n|/\*[\s\S]*?\*/|[^\n])*)
      |(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+')
      |(?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*)
      |(?P<word>[A-Za-z_]\w*)
      |(?P<sign><<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\S)""",
    re.M | re.X,
)
OTHERS = {
    "+": "-", "-": "+", "*": "+", "/": "*", "%": "/",
    "<": "<= >=", ">": ">= <=", "<=": "< >", ">=": "> <", "==": "!=", "!=": "==",
    "&&": "||", "||": "&&", "&": "|", "|": "&", "^": "|", "<<": ">>", ">>": "<<",
    "+=": "-= =", "-=": "+= =", "*=": "+=", "/=": "*=", "%=": "/=",
    "&=": "|= =", "|=": "&= =", "^=": "|= =", "<<=": ">>=", ">>=": "<<=",
    "++": "--", "--": "++",
}  # fmt: skip
RELATIONS = {"<", ">", "<=", ">=", "==", "!="}
ASSIGNMENTS = {"="} | {sign for sign in OTHERS if sign.endswith("=")} - RELATIONS
TYPES = set(
    "const volatile static struct enum union unsigned signed int char void long short".split()
)
CONTROL = set("if while for switch return else do case default goto break continue sizeof".split())
OPENS, CLOSES = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Mutant:
    """name says what is changed and where, and holds while that line of that
    function does."""

    name: str
    start: int
    end: int
    new: str

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]


def code_of(text):
    """The text without comments. Offsets stay."""
    return TOKEN.sub(
        lambda m: re.sub(r"[^\n]", " ", m[0]) if m.lastgroup == "comment" else m[0], text
    )


def digest(text):
    """Of the code alone: comments and spaces do not count."""
    lines = (" ".join(line.split()) for line in code_of(text).split("\n"))
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()[:16]


class Source:
    def __init__(self, text):
        self.text, self.code = text, code_of(text)
        self.tokens = [
            Token(m.lastgroup, m[0], m.start(), m.end())
            for m in TOKEN.finditer(text)
            if m.lastgroup not in ("comment", "directive")
        ]
        self.match, self.parent, self.left_out = {}, [], set()
        self.brackets()
        self.found = []  # (function, start, end, new)
        self.functions = set()
        self.lines = [0] + [m.end() for m in re.finditer("\n", text)]

    def is_(self, i, *texts):
        return 0 <= i < len(self.tokens) and self.tokens[i].text in texts

    def word(self, i):
        token = self.tokens[i] if 0 <= i < len(self.tokens) else None
        return token.text if token and token.kind == "word" and token.text not in CONTROL else ""

    def brackets(self):
        """Pairs of brackets, the bracket that holds each token, and the tokens
        that are not for us: operands of asm, attributes, assertions."""
        stack = []
        for i, token in enumerate(self.tokens):
            if token.text in CLOSES and stack:
                start = stack.pop()
                self.match[start], self.match[i] = i, start
                if self.is_(start - 1, "__attribute__", "_Static_assert", "SB_OWN", "SB_DRIVER"):
                    self.left_out.update(range(start - 1, i + 1))
                if self.is_(start - 1, "__asm__") or self.is_(start - 2, "__asm__"):
                    self.left_out.update(range(start, i + 1))
            self.parent.append(stack[-1] if stack else -1)
            if token.text in OPENS:
                stack.append(i)

    # ------------------------------------------------------------------ places

    def mutants(self):
        """All of them, in the order of the text."""
        i, item = 0, 0
        while i < len(self.tokens):
            if self.is_(i, "{"):
                if self.is_(i - 1, ")"):
                    name = self.tokens[self.match[i - 1] - 1].text
                    self.pointer = self.is_(self.match[i - 1] - 2, "*")
                    self.body(name, i + 1, self.match[i])
                    item = self.match[i] + 1
                i = self.match[i]
            elif self.is_(i, "("):
                i = self.match[i]
            elif self.is_(i, ";"):
                self.initialiser(item, i)
                item = i + 1
            i += 1
        return self.named()

    def initialiser(self, start, end):
        """What stands behind the = of a variable of the file."""
        outer = (i for i in range(start, end) if self.parent[i] == -1)
        equals = next((i for i in outer if self.is_(i, "=")), 0)
        if not equals:
            return
        at = equals - 1
        while self.is_(at, "]"):
            at = self.match[at] - 1
        self.declared = range(0)
        for i in range(equals + 1, end):
            self.token(self.tokens[at].text, i)

    def body(self, name, start, end):
        """The statements of a function."""
        self.name, i = name, start
        self.functions.add(name)
        while i < end:
            i = self.statement(i, end)

    def statement(self, i, end):
        """Returns where the next one begins."""
        text = self.tokens[i].text
        if text in "{};" or text in ("else", "do"):
            return i + 1
        if text in ("case", "default"):
            while not self.is_(i, ":"):
                i += 1
            return i + 1
        if self.word(i) and self.is_(i + 1, ":"):
            return i + 2
        if text in ("if", "while", "switch") and self.is_(i + 1, "("):
            close = self.match[i + 1]
            if text != "switch":
                self.condition(i + 2, close)
            self.expression(i + 2, close)
            return close + 1
        if text == "for":
            return self.loop(i + 1)
        stop = i
        while not self.is_(stop, ";"):
            stop = self.match[stop] + 1 if self.is_(stop, "(", "[", "{") else stop + 1
        if text == "return":
            self.returned(i, stop)
        elif text in ("break", "continue", "goto"):
            self.add(i, stop, "")
            if text != "goto":
                self.add(i, stop, "continue" if text == "break" else "break")
        elif self.declares(i):
            self.declaration(i, stop)
            return stop + 1
        elif not self.harmless(i, stop):
            self.add(i, stop, "")
        self.expression(i, stop)
        return stop + 1

    def harmless(self, i, stop):
        """(void)x, and what is left out."""
        if i in self.left_out:
            return True
        return self.is_(i, "(") and self.is_(i + 1, "void") and stop == i + 4

    def declares(self, i):
        if self.tokens[i].text in TYPES or re.fullmatch(r"\w+_t", self.tokens[i].text):
            return True
        after = i + 1
        while self.is_(after, "*"):
            after += 1
        return bool(self.word(i) and self.word(after) and self.is_(after + 1, "=", ",", ";", "["))

    def declaration(self, i, stop):
        """Its own stars are no products, and its sizes may only shrink: to grow
        one changes nothing."""
        depth, value, stars = self.parent[i], False, set()
        for j in range(i, stop):
            if self.parent[j] == depth:
                if self.is_(j, "=", ","):
                    value = self.is_(j, "=")
                elif self.is_(j, "*") and not value:
                    stars.add(j)
                elif self.is_(j, "[") and not value:
                    stars.update(range(j, self.match[j]))
                    if self.match[j] == j + 2 and self.tokens[j + 1].kind == "number":
                        self.number(self.name, j + 1, (-1,))
        self.left_out |= stars
        self.expression(i, stop)

    def loop(self, start):
        close = self.match[start]
        ends = [i for i in range(start, close) if self.parent[i] == start and self.is_(i, ";")]
        if self.declares(start + 1):
            self.declaration(start + 1, ends[0])
        else:
            self.expression(start + 1, ends[0])
        if ends[1] > ends[0] + 1:
            self.condition(ends[0] + 1, ends[1])
        self.expression(ends[0] + 1, close)
        return close + 1

    def returned(self, i, stop):
        if stop == i + 1:
            return
        value = "".join(token.text for token in self.tokens[i + 1 : stop])
        if value.startswith("SB_") and self.word(stop - 1) == value:
            others = {"SB_OK": "SB_EIO SB_EAGAIN", "SB_EIO": "SB_OK SB_EAGAIN"}
            others = others.get(value, "SB_OK SB_EIO").split()
        else:
            others = ["0"] if self.pointer else ["0", "1"]
        if self.tokens[i + 1].kind == "number" and stop == i + 2:
            others = [other for other in others if other not in "01"]
        for other in others:
            self.add(i + 1, stop, other)

    # --------------------------------------------------------------- operators

    def top(self, i, end):
        """The tokens from i to end that are in no bracket of it."""
        while i < end:
            yield i
            i = self.match[i] if self.is_(i, "(", "[", "{") else i
            i += 1

    def condition(self, i, end):
        """Always true, always false, and the contrary, unless another change of
        it is just that."""
        self.add(i, end, "1")
        self.add(i, end, "0")
        signs = [self.tokens[j].text for j in self.top(i, end)]
        relations = sum(sign in RELATIONS for sign in signs)
        if {"&&", "||", "?"} & set(signs) or not (relations == 1 or signs[0] == "!"):
            self.add(i, end, f"!({self.text[self.tokens[i].start : self.tokens[end - 1].end]})")

    def operand(self, i, step, stops):
        """The last token of what stands beside the operator at i."""
        depth, j = self.parent[i], i + step
        while 0 <= j < len(self.tokens) and self.parent[j] == depth:
            if self.is_(j, ",", ";", "?", ":", "return", *ASSIGNMENTS, *stops):
                break
            over = CLOSES if step < 0 else OPENS
            j = (self.match[j] if self.tokens[j].text in over else j) + step
        return j - step

    def expression(self, i, end):
        for j in range(i, end):
            if self.is_(j, "?"):
                self.condition(self.operand(j, -1, ()), j)
            elif self.is_(j, "&&", "||") and j not in self.left_out:
                sign = self.tokens[j].text
                neutral = "1" if sign == "&&" else "0"
                stops = ("||",) if sign == "&&" else ()
                first = self.operand(j, -1, stops + (sign,))
                self.add(first, j, neutral)
                if not self.is_(self.operand(j, 1, stops + (sign,)) + 1, sign):
                    self.add(j + 1, self.operand(j, 1, stops) + 1, neutral)
            self.token(self.name, j)

    def cast(self, close):
        """Whether the bracket that ends here holds a type."""
        inside = [token for token in self.tokens[self.match[close] + 1 : close]]
        before = self.word(self.match[close] - 1)
        return bool(inside) and not before and all(
            token.text in TYPES or token.text == "*" or re.fullmatch(r"[A-Za-z_]\w*", token.text)
            for token in inside
        ) and (
            inside[-1].text == "*" or len(inside) > 1 or inside[0].text in TYPES
            or inside[0].text.endswith("_t")
        )  # fmt: skip

    def unary(self, i):
        before = self.tokens[i - 1]
        if before.text == ")":
            return self.cast(i - 1)
        return before.kind == "sign" and before.text != "]" or before.text in CONTROL

    def token(self, name, i):
        if i in self.left_out:
            return
        self.name, text = name, self.tokens[i].text
        if self.tokens[i].kind == "number":
            self.number(name, i, (1, -1))
        elif self.tokens[i].kind != "sign":
            return
        elif text in "!~" or text == "-" and self.unary(i):
            self.add(i, i + 1, "")
        elif text in "*&+" and (self.unary(i) or self.is_(i + 1, ")", "*")):
            return
        else:
            for other in OTHERS.get(text, "").split():
                self.add(i, i + 1, other)

    def number(self, name, i, steps):
        """A 1 that is only a truth is not made a 2."""
        self.name = name
        text = self.tokens[i].text
        suffix = re.search(r"[uUlL]*$", text)[0]
        value = int(text[: len(text) - len(suffix)], 0)
        truth = self.is_(i - 1, "=", "return", "?", ":") and self.is_(i + 1, ";", ",", ")", ":")
        values = {value + step for step in steps if value + step >= 0} | {0} - {value}
        if value == 1 and truth:
            values.discard(2)
        if len(steps) == 1:
            values = {value - 1}
        for other in sorted(values):
            self.add(i, i + 1, f"{other}{suffix}")
        if value and self.is_(i - 1, "=", "return") and not suffix and not (value == 1 and truth):
            self.add(i, i + 1, f"-{text}")

    # ------------------------------------------------------------------- names

    def add(self, i, end, new):
        self.found.append((self.name, self.tokens[i].start, self.tokens[end - 1].end, new))

    def named(self):
        seen, known = {}, set()
        for function, start, end, new in sorted(self.found, key=lambda item: item[1:]):
            old = self.text[start:end]
            if (start, end, new) in known or old == new:
                continue
            known.add((start, end, new))
            old = " ".join(self.code[start:end].split())
            first = self.lines[bisect.bisect_right(self.lines, start) - 1]
            line = " ".join(self.code[first:].split("\n", 1)[0].split())
            said = " ".join(new.split()) or "nothing"
            name = f"{function}: {old} -> {said}" + ("" if line == old + ";" else f" | {line}")
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name += f" #{seen[name]}"
            yield Mutant(name, start, end, new)

    def line(self, mutant):
        return bisect.bisect_right(self.lines, mutant.start)


def function_of(name):
    return name.split(":", 1)[0]
