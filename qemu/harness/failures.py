# SPDX-License-Identifier: BSD-2-Clause
"""How a test ends that did not pass."""


class BoardError(Exception):
    """What was asked for is not there: the board, its machine, the image."""


class Skip(Exception):
    """A test that cannot run here, with the reason."""


class Failure(Exception):
    """A test that failed.

    seen: what happened, for a person. expected: what should have happened;
    empty where the test's name says it. details: more lines, as the command
    that repeats the boot and the end of its console. passed, failed: counts,
    where one program holds many tests. output: all that the program printed.
    """

    def __init__(self, seen, expected="", details="", passed=0, failed=1, output=""):
        super().__init__(seen)
        self.seen, self.expected, self.details = seen, expected, details
        self.passed, self.failed, self.output = passed, failed, output

    def __str__(self):
        wanted = f"expected {self.expected}; seen " if self.expected else ""
        return wanted + self.seen + ("\n" + self.details if self.details else "")


def need(truth, seen, result=None, expected=""):
    """Fails with these words unless it is true; result: the boot that shows
    it."""
    if not truth:
        raise Failure(seen, expected, result.report() if result else "")


def need_status(result, expected):
    """The boot ended as expected."""
    need(result.status == expected, f"{result.status} ({result.why})", result, expected)
