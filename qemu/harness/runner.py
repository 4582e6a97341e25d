# SPDX-License-Identifier: BSD-2-Clause
"""Runs tests, several at a time: those with the largest budgets first, so that
no long one is left for the end. Those that measure time come after the others,
alone. What the tests boot is built meanwhile."""
import concurrent.futures
import time

from harness import faults, report
from harness.failures import BoardError, Failure, Skip


def run_one(test, out):
    """A test's end in the report, whatever it is."""
    begin = time.monotonic()

    def add(**counts):
        out.add(test, time.monotonic() - begin, **counts)

    faults.listen()
    try:
        passed = test.action()
        faults.need_shown(test.title)
        add(passed=passed)
    except Skip as skip:
        if report.is_allowed(test.name):
            add(skipped=1, text=str(skip))
        else:
            failure = Failure(f"skipped: {skip}", "no skip that is not in allowed-skips")
            add(failed=1, text=report.failure_text(test, failure))
    except Failure as failure:
        text = report.failure_text(test, failure)
        add(passed=failure.passed, failed=failure.failed, text=text)
    except BoardError as error:
        add(failed=1, text=report.failure_text(test, Failure(str(error))))
    except Exception as error:  # whatever it is, it is this test's, and the others go on
        failure = Failure(f"{type(error).__name__}: {error}")
        add(failed=1, text=report.failure_text(test, failure))


LOOK = 0.2  # seconds


def wait_for(futures):
    """In short waits: a signal that comes right before the main thread blocks
    does not end that wait, and Python runs its handler after it."""
    left = set(futures)
    while left:
        _, left = concurrent.futures.wait(left, LOOK)


def run(tests, out, jobs, build=lambda: None):
    """build() makes what the tests boot; those that are apart do not wait for it.
    Raises children.Stopped in the main thread where a signal came."""
    together = [test for test in tests if not test.alone]
    together.sort(key=lambda test: (not test.apart, -test.budget))
    pool = concurrent.futures.ThreadPoolExecutor(jobs)
    try:
        built = pool.submit(build)
        futures = [pool.submit(run_one, test, out) for test in together if test.apart]
        wait_for([built])
        built.result()
        futures += [pool.submit(run_one, test, out) for test in together[len(futures) :]]
        wait_for(futures)
        for test in tests:
            if test.alone:
                wait_for([pool.submit(run_one, test, out)])
    except BaseException:
        out.stop()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
