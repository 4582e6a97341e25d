# SPDX-License-Identifier: BSD-2-Clause
"""x86-64 for instructions.py, as objdump writes it: the last operand is what
an instruction changes."""
import re

OBJDUMP = "objdump"
WIDE = re.compile(r"%([xyz]mm\d+|k[0-7])$")
MEMORY = re.compile(r"^(?:%\ws:)?(-?0x[0-9a-f]+|-?\d+)?\(([^)]*)\)(?:\{[^}]*\})*$")
PLAIN = {"a": "rax", "b": "rbx", "c": "rcx", "d": "rdx"}
MOVES = ("mov", "lea", "set", "bswap", "cmov", "lzcnt", "tzcnt", "popcnt")
# Flags that a vector decides.
TESTS = ("ptest", "vptest", "vtest", "ucomi", "vucomi", "comi", "vcomi", "kortest", "ktest",
         "pcmpestr", "pcmpistr", "vpcmpestr", "vpcmpistr")
NOTHING = ("nop", "endbr64", "ret", "leave", "vzeroupper", "vzeroall", "pause", "hlt", "data16",
           "cs", "lfence", "cld", "xchg %ax,%ax", "int3", "ud2", "xgetbv")
ARGUMENTS = ("rdi", "rsi", "rdx", "rcx", "r8", "r9")
LOST = ("rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "flags")


def split(text):
    """(mnemonic, operands). A comma within brackets does not count."""
    words = text.split(None, 1)
    while words[0] in ("rep", "repz", "lock", "bnd", "notrack", "data16", "cs", "rex.W", "{vex}") \
            and len(words) > 1:
        word, words = words[0], words[1].split(None, 1)
        if word.startswith("rep"):
            words[0] = "rep" + words[0]
    rest = re.sub(r"\s*<[^>]*>", "", words[1]) if len(words) > 1 else ""
    return words[0], re.findall(r"(?:[^,(]|\([^)]*\))+", rest)


def register(name):
    """The 64 bits of which it is a part."""
    name = name.lstrip("%")
    if match := re.fullmatch(r"r(\d+)[dwb]?", name):
        return f"r{match[1]}"
    if match := re.fullmatch(r"[er]?([abcd])[xlh]", name):
        return PLAIN[match[1]]
    match = re.fullmatch(r"[er]?(sp|bp|si|di|ip)l?", name)
    return f"r{match[1]}" if match else name


def address(operand):
    """(offset, base, index) of a place in memory, or nothing."""
    match = MEMORY.match(operand)
    if not match:
        return None
    parts = [part for part in match[2].split(",") if part.startswith("%")]
    base = parts[0] if parts and not match[2].startswith(",") else ""
    index = parts[-1] if len(parts) > 1 or match[2].startswith(",") else ""
    return int(match[1] or "0", 16), base, index


def is_wide(operand):
    return bool(WIDE.match(re.sub(r"\{[^}]*\}", "", operand)))


def of_frame(place):
    """A place whose offset in the frame is known."""
    return register(place[1]) in ("rsp", "rbp") and not place[2]


def width_of(step):
    """Bytes of memory that an instruction reads or writes, at most."""
    wide = [operand for operand in step.operands if is_wide(operand)]
    if wide:
        parts = re.match(r"v?(mov([dq])|mov[lh]p[sd]|movs([sd])|pextr([bwdq])|kmov([bwdq]))$",
                         step.word)
        if parts:
            letter = next((group for group in parts.groups()[1:] if group), "q")
            return {"b": 1, "w": 2, "d": 4, "s": 4, "q": 8}[letter]
        return max({"x": 16, "y": 32, "z": 64}.get(operand[1], 8) for operand in wide)
    if extended := re.match(r"mov[sz]([bwl])[wlq]$", step.word):
        return {"b": 1, "w": 2, "l": 4}[extended[1]]
    names = [operand for operand in step.operands if operand.startswith("%")]
    sizes = [4 if re.match(r"%(e|r\d+d)", n) else 8 if n.startswith("%r") else 2 for n in names]
    return min(sizes, default={"b": 1, "w": 2, "l": 4}.get(step.word[-1], 8))


def slot(place, width):
    """The bytes of the frame."""
    return {(register(place[1]), place[0] + i) for i in range(width)}


def is_secret(operand, step, state, function):
    place = address(operand)
    if place:
        if register(place[1]) == "rip" or not (place[1] or place[2]):
            return False
        return bool(slot(place, width_of(step)) & function.slots) if of_frame(place) else True
    if is_wide(operand):
        return True
    return operand.startswith("%") and register(operand) in state.secret


def wrong_address(step, state):
    for operand in step.operands:
        place = address(operand.lstrip("*"))
        if not place or step.word.startswith("nop"):
            continue
        if place[2] and is_wide(place[2]):
            return "a vector of addresses"
        for name in place[1:]:
            if name and register(name) in state.secret:
                return f"an address by {name}"
    return ""


def put(operand, secret, step, state, function):
    """What is secret after a value went there."""
    place = address(operand)
    if place:
        if of_frame(place) and secret:
            function.slots |= slot(place, width_of(step))
        return state.secret
    if is_wide(operand):
        return state.secret
    name = {register(operand)}
    return state.secret | name if secret else state.secret - name


def called(step, state, callees):
    """A function of the same file begins with what its callers have."""
    target = re.match(r"^([0-9a-f]+)$", step.operands[0]) if step.operands else None
    callee = callees.get(target[1]) if target else None
    secret = state.secret - set(LOST)
    if callee:
        callee.entry = type(state)(callee.entry.secret | (state.secret & set(ARGUMENTS)))
        if callee.result:
            secret |= {"rax"}
    return type(state)(secret)


def flow(step, state, function, callees):
    """Branches, calls, returns; nothing if it is none of these."""
    word = step.word
    if word.startswith("call"):
        return called(step, state, callees), [], ""
    if word.startswith("ret"):
        function.result |= "rax" in state.secret
        return state, [], ""
    if not word.startswith("j"):
        return None
    if step.operands[0].startswith("*"):
        operand = step.operands[0][1:]
        wrong = operand.startswith("%") and register(operand) in state.secret
        return state, [], "an indirect jump" if wrong else ""
    target = int(step.operands[0], 16)
    if f"{target:x}" in callees and callees[f"{target:x}"] is not function:
        called(step, state, callees)  # a tail call
    wrong = word != "jmp" and ("rcx" if "cxz" in word else "flags") in state.secret
    return state, [target], "a branch" if wrong else ""


def strings(step, state):
    wrong = state.secret & {"rcx", "rdi", "rsi"}
    return state, [], "an address or a count" if wrong else ""


def general(step, state, function):
    """An instruction without a vector."""
    word, operands = step.word, step.operands
    secrets = [is_secret(operand, step, state, function) for operand in operands]
    last = operands[-1]
    if word.startswith(("cmp", "test", "bt")) and not word.startswith("cmpxchg"):
        return put("%flags", any(secrets), step, state, function), ""
    if word.startswith(("div", "idiv")):
        return state.secret, "a division" if any(secrets) or "rax" in state.secret else ""
    if word.startswith(("mul", "imul")) and len(operands) == 1:
        mixed = any(secrets) or "rax" in state.secret
        both = {"rax", "rdx", "flags"}
        return (state.secret | both if mixed else state.secret - both), ""
    if word.startswith("push"):
        return state.secret, ""
    if word.startswith("pop") and not word.startswith("popcnt"):
        return put(last, False, step, state, function), ""
    if word.startswith("lea"):
        names = [name for name in address(operands[0])[1:] if name]
        mixed = any(register(name) in state.secret for name in names)
        return put(last, mixed, step, state, function), ""
    if word.startswith(MOVES):
        mixed = any(secrets[:-1]) or (word.startswith(("set", "cmov")) and "flags" in state.secret)
        if word.startswith(("cmov", "bswap")):
            mixed |= secrets[-1]
        return put(last, mixed, step, state, function), ""
    mixed = any(secrets)
    if word.startswith(("adc", "sbb", "rcl", "rcr")):
        mixed |= "flags" in state.secret
    if word.startswith(("xor", "sub")) and len(set(operands)) == 1:
        mixed = False
    secret = put(last, mixed, step, state, function)
    if word.startswith("xchg"):
        return put(operands[0], mixed, step, type(state)(secret), function), ""
    if word.startswith(("not", "shlx", "shrx", "rorx", "sarx", "mulx", "pdep", "pext")):
        return secret, ""
    return put("%flags", mixed, step, type(state)(secret), function), ""


def vector(step, state, function):
    """One with a vector: what it writes is secret."""
    secret = put(step.operands[-1], True, step, state, function)
    if step.word.startswith(TESTS):
        secret |= {"flags"}
    return secret, ""


def step(step_, state, function, callees):
    """(state behind it, where it may jump to, what is wrong)"""
    wrong = wrong_address(step_, state)
    if wrong:
        return state, [], wrong
    found = flow(step_, state, function, callees)
    if found:
        return found
    word = step_.word
    if word.startswith("rep"):
        return strings(step_, state)
    if word in NOTHING or word.startswith("nop"):
        return state, [], ""
    if word in ("cltq", "cwtl", "cqto", "cltd"):
        names = {"rdx"} if word in ("cqto", "cltd") else set()
        secret = state.secret | names if "rax" in state.secret else state.secret - names
        return type(state)(secret), [], ""
    if not step_.operands:
        return state, [], f"unknown: {word}"
    wide = any(is_wide(operand) for operand in step_.operands)
    secret, wrong = (vector if wide else general)(step_, state, function)
    return type(state)(frozenset(secret)), [], wrong


def falls(step_):
    """Whether the next instruction may follow."""
    return not step_.word.startswith(("jmp", "ret", "hlt", "ud2"))
