# SPDX-License-Identifier: BSD-2-Clause
"""What a person sees of a run: a line a test, failures with all that is known,
and at the end a table and `N passed, N failed, N skipped`."""
import resource
import threading

from harness import tree


def allowed_skips():
    """The names in allowed-skips, without their reasons."""
    lines = tree.SKIPS.read_text().splitlines()
    rows = [line.split("|", 1) for line in lines if line.strip() and not line.startswith("#")]
    return [name.strip() for name, _ in rows]


def is_allowed(name):
    """An entry may end in *."""
    for entry in allowed_skips():
        if name == entry or (entry.endswith("*") and name.startswith(entry[:-1])):
            return True
    return False


def seconds_of(test, seconds):
    """A test's time, and its own budget where that was not enough."""
    over = f" of {test.budget} s  OVER BUDGET" if seconds > test.budget else ""
    return f"{seconds:6.1f} s{over}"


def failure_text(test, failure):
    """All that is known of a failure: what was expected and seen, how to repeat
    it."""
    lines = [
        f"  repeat    qemu/check{test.option} '{test.title}'",
        f"  expected  {failure.expected or 'as the name says'}",
        f"  seen      {failure.seen}",
    ]
    if failure.details:
        lines.append(failure.details)
    return "\n".join(lines)


def processor_seconds():
    """Of this process and of all that it has started and seen end."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Report:
    """Counts, and prints as the tests end. Tests may end in several threads."""

    def __init__(self, total):
        self.total, self.done, self.rows = total, 0, {}
        self.failures, self.slow = [], []
        self.lock = threading.Lock()
        self.over = False  # the run was stopped: what ends now was ended by that

    def add(self, test, seconds, passed=0, failed=0, skipped=0, text=""):
        """One test has ended; text: why it was skipped, or the failure."""
        with self.lock:
            if self.over:
                return
            self.done += 1
            row = self.rows.setdefault(test.group, [0, 0, 0, 0.0])
            for i, n in enumerate((passed, failed, skipped, seconds)):
                row[i] += n
            word = "FAIL" if failed else "skip" if skipped else "ok"
            more = f"({text})" if skipped else seconds_of(test, seconds)
            print(f"{word:<4} {self.done:>4}/{self.total} {more}  {test.title}", flush=True)
            if failed:
                self.failures.append(f"FAIL {test.title}")
                print(f"{text}\n", flush=True)
            if seconds > test.budget:
                self.slow.append(f"{seconds:6.1f} s of {test.budget} s  {test.title}")

    def stop(self):
        with self.lock:
            self.over = True

    def totals(self):
        return [sum(row[i] for row in self.rows.values()) for i in range(3)]

    def finish(self, what, seconds, budget):
        """The table; the exit code."""
        width = max(map(len, self.rows), default=0)
        print(f"\n{'':<{width}} {'passed':>7} {'failed':>7} {'skipped':>8} {'seconds':>8}")
        for group, (passed, failed, skipped, took) in sorted(self.rows.items()):
            print(f"{group:<{width}} {passed:>7} {failed:>7} {skipped:>8} {took:>8.0f}")
        if self.slow:
            print("\nover their budgets:\n" + "\n".join(self.slow))
        left = self.total - self.done
        if left:
            print(f"\nstopped: {left} of {self.total} tests did not end")
        limit = f" (budget {budget} s)" if budget else ""
        print(f"\n{what}: {seconds:.0f} s{limit}, {processor_seconds():.0f} s of processor time")
        for failure in self.failures:
            print("\n" + failure)
        passed, failed, skipped = self.totals()
        print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
        return 1 if failed or not passed else 0
