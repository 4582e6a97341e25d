# SPDX-License-Identifier: BSD-2-Clause
"""What a console says, and what that means.

A program on a board ends with the line "[exit N]" on the console, and the board
ends the run with it. Both must be there and must agree. A return code alone
also comes from a QEMU that could not start, and the line alone from a guest
that hung afterwards.
"""
import re

SIZE_MAX = 1 << 22  # bytes: a guest that prints for ever is stopped here
TAIL = 15  # lines of the console that a failure shows
ENOUGH = "what was waited for is there"
STILL_RUNNING = "still running"

# What Xen writes before each line of a domain whose UART it emulates. It breaks
# a line after 126 characters. Where the line ends there it shows an empty one,
# so that the line can be put together again (measured, Xen 4.17).
GUEST_OF_XEN = re.compile(r"^\(XEN\) DOM\d+: (?:(.{126})\n)?", re.M)
# From here on that domain's lines have only Xen's own prefix (measured, Xen
# 4.20).
FOCUS_OF_XEN = "(XEN) *** Serial input to DOM1 "
# How a terminal is moved and cleared (ECMA-48, section 5.4), which UEFI
# firmware does before a line.
TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[78])")
# A PEM block never gets into a report. The demo's keys are thrown away, but a
# habit is a habit.
SECRET = re.compile(r"-----BEGIN[^\n]*PRIVATE KEY-----.*?(-----END[^\n]*-----|\Z)", re.S)


def plain(data):
    """Bytes as text, without what moves a terminal."""
    return TERMINAL.sub("", data.decode("utf-8", "replace").replace("\r", ""))


def text_of(data):
    """A console as text: a guest's own lines, whatever its hypervisor or
    firmware writes before each."""
    text = GUEST_OF_XEN.sub(r"\1", plain(data))
    before, focus, after = text.partition(FOCUS_OF_XEN)
    return before + focus + re.sub(r"^\(XEN\) ", "", after, flags=re.M)


def tail(console):
    """The last lines, for a report."""
    lines = SECRET.sub("(a private key)", console).splitlines()
    return "\n".join(lines[-TAIL:]) or "(nothing)"


def verdict(machine, code, console, cut, timeout):
    """(status, why) of a run. code: the return code. cut: why the run was ended
    before its own end; None: it was not. The states are those of
    judge.Result."""
    marks = re.findall(r"^\[exit (-?\d+)\]$", console, re.M)
    if cut == ENOUGH:
        return "enough", cut
    if cut:
        said = f", after it said [exit {marks[-1]}]" if marks else ""
        return "hang", f"{cut} after {timeout:g} s{said}" if cut == STILL_RUNNING else cut
    if not console.strip():
        return "silent", f"ended with {code} and printed nothing"
    if len(marks) != 1:
        return "crash", f"ended with {code} and {len(marks)} lines [exit N]"
    status = int(marks[0])
    expected = {0: machine.pass_rc, 1: machine.fail_rc}.get(status, code)
    agrees = code == expected and (status == 0) == (code == machine.pass_rc)
    if not (agrees if machine.tells() else code == machine.pass_rc):
        return "crash", f"said [exit {status}] and ended with {code}"
    if status == 1 and re.search(r"^verdict refused$", console, re.M):
        return "refuse", "exit 1, verdict refused"
    return ("fail" if status else "pass"), f"exit {status}"
