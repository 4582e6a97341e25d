# SPDX-License-Identifier: BSD-2-Clause
"""The initial entropy estimate of a noise source, by NIST SP 800-90B, 3.1.3, out
of one byte a sample.

Two things are as NIST's tool has them, where the document says less. A sample
is as wide as its greatest value needs, unless the width is told. A source of
two values has no H_bitstring, as its symbols are bits already. And H_bitstring
is of all bits, of each sample the highest first.
"""
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

import estimators
import numpy as np

SECTIONS = {  # the rows of a table
    "most common value": "6.3.1",
    "collision": "6.3.2",
    "Markov": "6.3.3",
    "compression": "6.3.4",
    "t-tuple": "6.3.5",
    "longest repeated substring": "6.3.6",
    "multi most common in window": "6.3.7",
    "lag": "6.3.8",
    "multi Markov model with counting": "6.3.9",
    "LZ78Y": "6.3.10",
}
PROCESSES = 4  # at most: one takes up to 1 GB for a million bytes


def substrings(s, k):
    found = estimators.Substrings(s, k)
    return found.t_tuple(), found.lrs()


@dataclass(frozen=True)
class Job:
    """Estimators that are run together. of_symbols, of_bits: microseconds a
    symbol and a bit, on an idle machine. of_symbols is 0: of bits alone."""

    call: object
    of_symbols: float
    of_bits: float
    names: tuple

    def time(self, s, k):
        return 1e-6 * len(s) * (self.of_symbols if k > 2 else self.of_bits)


JOBS = (
    Job(lambda s, k: [estimators.lz78y(s, k)], 1.0, 1.5, ("LZ78Y",)),
    Job(lambda s, k: [estimators.multi_mmc(s, k)], 1.4, 1.1, ("multi Markov model with counting",)),
    Job(substrings, 0.8, 1.1, ("t-tuple", "longest repeated substring")),
    Job(lambda s, k: [estimators.multi_mcw(s, k)], 3.0, 0.2, ("multi most common in window",)),
    Job(lambda s, k: [estimators.lag(s, k)], 0.5, 0.3, ("lag",)),
    Job(lambda s, k: [estimators.collision(s)], 0, 0.05, ("collision",)),
    Job(lambda s, k: [estimators.compression(s)], 0, 0.05, ("compression",)),
    Job(lambda s, k: [estimators.markov(s)], 0, 0.02, ("Markov",)),
    Job(lambda s, k: [estimators.most_common_value(s)], 0.01, 0.01, ("most common value",)),
)


@dataclass(frozen=True)
class Assessment:
    """original, bitstring: name -> bits a symbol, a bit. A name is not there
    where the estimator does not apply, or the sequence is too short for it.
    samples, values: how many there are. width: n, the bits of a sample."""

    samples: int
    values: int
    width: int
    original: dict
    bitstring: dict
    H_original: float
    H_bitstring: float | None
    H_I: float


def symbols(data):
    """The values as 0 to k - 1, in their order, and k."""
    present = np.zeros(256, np.uint8)
    present[data] = 1
    return (np.cumsum(present, dtype=np.uint8) - 1)[data], int(present.sum())


def bitstring(data, width):
    return np.unpackbits(data[:, None], axis=1)[:, 8 - width :].ravel()


sequences = {}  # those of measure(), for its processes


def run(key, number):
    return JOBS[number].call(*sequences[key])


def measure(wanted, progress=None):
    """key -> (sequence, k) is what is wanted. What comes is key -> {name -> bits
    a symbol}. Several processes work on it."""
    sequences.update(wanted)
    jobs = [(job.time(*wanted[key]), key, i) for key in wanted for i, job in enumerate(JOBS)]
    jobs = sorted((job for job in jobs if job[0]), reverse=True)
    found = {key: {} for key in wanted}
    processes = min(PROCESSES, len(os.sched_getaffinity(0)))
    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
        futures = {pool.submit(run, key, number): (time, key, number) for time, key, number in jobs}
        if progress:  # its thread is started behind the processes
            whole = sum(time for time, _, _ in jobs)
            progress.begin(whole, whole / processes)
        for future in as_completed(futures):
            time, key, number = futures[future]
            answers = zip(JOBS[number].names, future.result())
            found[key].update((name, bits) for name, bits in answers if bits is not None)
            if progress:
                progress.done(time, JOBS[number].names[0])
    sequences.clear()
    return found


def assess(data, width=None, claim=None, progress=None):
    """3.1.3. data: an array of bytes, one a sample. claim: H_submitter."""
    needed = max(1, int(data.max()).bit_length())
    width = width or needed
    if width < needed:
        raise ValueError(f"a sample has {needed} bits, not {width}")
    s, k = symbols(data)
    wanted = {"original": (s, k)}
    if k > 2:
        wanted["bitstring"] = (bitstring(data, width), 2)
    found = measure(wanted, progress)
    original, bits = found["original"], found.get("bitstring", {})
    H_original = min(width, *original.values())
    H_bitstring = min(1.0, *bits.values()) if bits else None
    H_I = min(H_original, width * (1.0 if H_bitstring is None else H_bitstring))
    if claim is not None:
        H_I = min(H_I, claim)
    return Assessment(len(data), k, width, original, bits, H_original, H_bitstring, H_I)
