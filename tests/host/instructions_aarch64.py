# SPDX-License-Identifier: BSD-2-Clause
"""64-bit Arm for instructions.py: the first operand is what an instruction
changes, but in a store."""
import re

OBJDUMP = "aarch64-linux-gnu-objdump"
WIDE = re.compile(r"^\{?\s*[vqdshbzp]\d+\b")
PLACE = re.compile(r"^\[([xw]\w+|sp)(?:, ([^\]]+))?\](!?)$")
STORES = ("str", "stp", "stur", "stnp", "st1", "st2", "st3", "st4", "stlr")
LOADS = ("ldr", "ldp", "ldur", "ldnp", "ld1", "ld2", "ld3", "ld4", "ldar")
COMPARES = ("cmp", "cmn", "tst", "ccmp", "ccmn", "fcmp")
CHOICES = ("csel", "cset", "csetm", "csinc", "csinv", "csneg", "cinc", "cinv", "cneg", "adc", "sbc")
CONSTANTS = ("adr", "adrp", "movz", "mrs")
NOTHING = ("nop", "bti", "paciasp", "autiasp", "isb", "dsb", "dmb", "hint", "udf", "yield")
ARGUMENTS = tuple(f"x{i}" for i in range(8))
LOST = tuple(f"x{i}" for i in range(18)) + ("flags",)
SIZES = {"b": 1, "h": 2, "s": 4, "d": 8, "q": 16, "w": 4, "x": 8, "v": 16}


def split(text):
    """(mnemonic, operands). A comma within brackets does not count."""
    word, *rest = text.split(None, 1)
    rest = re.sub(r"\s*<[^>]*>", "", rest[0]) if rest else ""
    found = re.findall(r"(?:\[[^\]]*\]!?(?:\[\d+\])?|\{[^}]*\}(?:\[\d+\])?|[^,\[{])+", rest)
    return word, [operand.strip() for operand in found]


def register(name):
    """The 64 bits of which it is a part. Nothing for the register of zeros."""
    match = re.fullmatch(r"[xw](\d+)", name)
    return f"x{match[1]}" if match else name if name == "sp" else ""


def is_wide(operand):
    return bool(WIDE.match(operand))


def address(operand):
    """(base, offset or register) of a place in memory, or nothing."""
    match = PLACE.match(operand)
    return (match[1], match[2] or "#0") if match else None


def place_of(step):
    """Its place, with what follows that: an offset for later is no part of it."""
    return next((place for operand in step.operands if (place := address(operand))), None)


def data(step):
    """The registers that a load or a store moves."""
    return [operand for operand in step.operands
            if not address(operand) and (is_wide(operand) or register(operand) or
                                         operand in ("xzr", "wzr"))]


def width_of(step):
    """Bytes of memory, at most."""
    if step.word.startswith(("ld", "st")) and step.word[2].isdigit():
        return 16 * max(1, step.operands[0].count(",") + 1)
    letter = step.word[-1] if step.word.endswith(("b", "h")) else step.operands[0][0]
    if step.word in ("ldrsw", "ldpsw", "ldursw"):
        letter = "w"
    return SIZES[letter] * (2 if step.word[2] == "p" or step.word[2:4] == "np" else 1)


def slot(place, width):
    """The bytes of the frame; nothing where they are not known."""
    if place[0] not in ("sp", "x29") or not place[1].startswith("#"):
        return None
    at = int(place[1][1:], 0)
    return {(place[0], at + i) for i in range(width)}


def wrong_address(step, state):
    place = place_of(step)
    if not place or step.word.startswith("prfm"):
        return ""
    if re.search(r"\b[zv]\d", place[1]):
        return "a vector of addresses"
    names = [place[0], *re.findall(r"\b[xw]\d+\b", place[1])]
    found = [name for name in names if register(name) in state.secret]
    return f"an address by {found[0]}" if found else ""


def put(names, secret, state):
    """What is secret after a value went to these registers."""
    changed = {register(name) for name in names if not is_wide(name)} - {"", "sp"}
    return state.secret | changed if secret else state.secret - changed


def is_secret(operand, state):
    names = re.findall(r"\b[xw]\d+\b", operand)
    return is_wide(operand) or any(register(name) in state.secret for name in names)


def load(step, state, function):
    place = place_of(step)
    if not place:  # a constant beside the code
        return put(data(step), False, state)
    bytes_ = slot(place, width_of(step))
    secret = bytes_ is None or bool(bytes_ & function.slots)
    return put(data(step), secret, state)


def store(step, state, function):
    bytes_ = slot(place_of(step), width_of(step))
    if bytes_ and any(is_secret(operand, state) for operand in data(step)):
        function.slots |= bytes_
    return state.secret


def called(step, state, callees):
    """A function of the same file begins with what its callers have."""
    callee = callees.get(step.operands[0]) if step.operands else None
    secret = state.secret - set(LOST)
    if callee:
        callee.entry = type(state)(callee.entry.secret | (state.secret & set(ARGUMENTS)))
        if callee.result:
            secret |= {"x0"}
    return type(state)(secret)


def flow(step, state, function, callees):
    """Branches, calls, returns; nothing if it is none of these."""
    word, operands = step.word, step.operands
    if word in ("bl", "blr"):
        wrong = word == "blr" and is_secret(operands[0], state)
        return called(step, state, callees), [], "an indirect call" if wrong else ""
    if word == "ret":
        function.result |= "x0" in state.secret
        return state, [], ""
    if word == "br":
        return state, [], "an indirect jump" if is_secret(operands[0], state) else ""
    if word == "b" or word.startswith("b."):
        if operands[0] in callees and callees[operands[0]] is not function:
            called(step, state, callees)  # a tail call
        wrong = word != "b" and "flags" in state.secret
        return state, [int(operands[0], 16)], "a branch" if wrong else ""
    if word in ("cbz", "cbnz", "tbz", "tbnz"):
        wrong = is_secret(operands[0], state)
        return state, [int(operands[-1], 16)], "a branch" if wrong else ""
    return None


def other(step, state):
    """An instruction on registers alone."""
    word, operands = step.word, step.operands
    mixed = any(is_secret(operand, state) for operand in operands[1:])
    if word.startswith(COMPARES):
        mixed |= is_secret(operands[0], state)
        return (state.secret | {"flags"} if mixed else state.secret - {"flags"}), ""
    if word in CONSTANTS:
        return put(operands[:1], False, state), ""
    if word in ("udiv", "sdiv") and mixed:
        return state.secret, "a division"
    if word.startswith(CHOICES):
        mixed |= "flags" in state.secret
    if word in ("movk", "bfi", "bfxil", "bfm"):
        mixed |= is_secret(operands[0], state)
    secret = put(operands[:1], mixed, state)
    if word in ("adds", "subs", "ands", "bics", "negs", "adcs", "sbcs"):
        secret = secret | {"flags"} if mixed else secret - {"flags"}
    return secret, ""


def step(step_, state, function, callees):
    """(state behind it, where it may jump to, what is wrong)"""
    wrong = wrong_address(step_, state)
    if wrong:
        return state, [], wrong
    found = flow(step_, state, function, callees)
    if found:
        return found
    word, wrong = step_.word, ""
    if word in NOTHING or word.startswith(("prfm", ".")):
        return state, [], ""
    if word.startswith(STORES):
        secret = store(step_, state, function)
    elif word.startswith(LOADS):
        secret = load(step_, state, function)
    elif step_.operands:
        secret, wrong = other(step_, state)
    else:
        return state, [], f"unknown: {word}"
    return type(state)(frozenset(secret)), [], wrong


def falls(step_):
    """Whether the next instruction may follow."""
    return step_.word not in ("b", "br", "ret", "udf")
