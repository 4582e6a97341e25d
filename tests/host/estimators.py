#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""tools/evidence: the ten estimators of SP 800-90B against answers that are
known, its restart tests, and the program.

  tests/host/estimators.py            against what is written down here
  tests/host/estimators.py --nist     against NIST's ea_non_iid on PATH
  tests/host/estimators.py --write F  the sequences into the folder F
"""
import io
import math
import re
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True
TOP = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(TOP / "tools/evidence"), str(Path(__file__).resolve().parent)]
import assessment  # noqa: E402
import estimators  # noqa: E402
import noise_sequences  # noqa: E402
import numpy as np  # noqa: E402
import plain_estimators as plain  # noqa: E402
import progress  # noqa: E402
import restarts  # noqa: E402
from estimators import prediction  # noqa: E402

PROGRAM = TOP / "tools/evidence/assess"
NAMES = tuple(assessment.SECTIONS)
# What NIST's tool (version 1.1.7, ea_non_iid with -v -v) said of the files that
# --write writes, in the order of SECTIONS: of the samples, and of the bits.
NIST = {
    "uniform": (
        (7.694898473, None, None, None, 7.694898473,
         7.856496707, 7.853629453, 7.767887404, 7.904307842, 7.90416359),
        (0.995582889, 0.924735312, 0.997612305, 0.826746557, 0.928595552,
         0.977258741, 0.993243176, 0.99619069, 0.997405865, 0.996965483),
    ),
    "quarters": (
        (0.976036434, None, None, None, 0.976036434,
         1.444036589, 0.980737786, 1.523058013, 0.97641431, 0.976670611),
        (0.824432144, 0.320795684, 0.647397707, 0.162989634, 0.296716721,
         0.399944279, 0.825544589, 0.744728453, 0.304311349, 0.744672825),
    ),
    "bits": (
        (0.506757454, 0.51118396, 0.517355564, 0.315260395, 0.506757454,
         0.777641384, 0.507304854, 0.776660214, 0.506871765, 0.506717964),
    ),
    "chain": (
        (0.987151717, 0.168987807, 0.327323793, 0.210025209, 0.310847604,
         0.556238421, 0.539087055, 0.31646059, 0.316481992, 0.316481616),
    ),
    "walk": (
        (3.80814483, None, None, None, 1.917582559,
         1.751879997, 2.438900343, 1.549923112, 1.560365996, 1.568935119),
        (0.973753353, 0.64357186, 0.984043269, 0.233038506, 0.462178557,
         0.474086681, 0.692556567, 0.446740977, 0.287711662, 0.631960243),
    ),
    "counter": (
        (7.723852226, None, None, None, 7.6156752e-06,
         0.0, 8.0, 8.0, 0.000165638313, 0.000165701306),
        (0.992871291, 1.0, 0.999137239, 0.666726115, 7.58508135e-06,
         3.45030682e-06, 0.819159121, 0.383114702, 0.008578782, 0.998557663),
    ),
    "lcg": (
        (7.546926887, None, None, None, 7.546926887,
         7.48396724, 7.499910713, 7.500408845, 7.500400815, 7.500280344),
        (0.994358719, 0.913634226, 0.998816529, 0.787558284, 0.929977844,
         0.994634967, 0.994792566, 0.996896776, 0.997475735, 0.994655049),
    ),
    "alternating": (
        (0.973958741, 1.0, 0.0078125, 0.0, 0.0,
         0.0, 1.0, 0.0, 0.0, 0.0),
    ),
    "dithers": (
        (0.160599488, 0.213764078, 0.190157709, 0.067510377, 0.0,
         0.0, 0.160640762, 0.000296911016, 0.013020785, 0.160696074),
    ),
}
FORTY = "1000111001010101110011000111001010101110"
TUPLES = "220102012120121001000"
NIST_WORDS = {  # how its tool names them
    "Most Common Value": "most common value",
    "Collision": "collision",
    "Markov": "Markov",
    "Compression": "compression",
    "t-Tuple": "t-tuple",
    "LRS": "longest repeated substring",
    "MultiMCW Prediction": "multi most common in window",
    "Lag Prediction": "lag",
    "MultiMMC Prediction": "multi Markov model with counting",
    "LZ78Y Prediction": "LZ78Y",
}


def digits(text, least=0):
    return np.array([int(digit) - least for digit in text], np.uint8)


def examples():
    """The examples of the document, with its digits. It takes 2.576 for 99 %,
    and smaller windows, dictionaries and cutoffs than those of the estimators."""
    tuples = estimators.Substrings(digits(TUPLES), 3)
    forty, more = digits(FORTY), digits(FORTY + "11100011")
    return (
        ("6.3.1", 0.5363, estimators.most_common_value(digits("01120122010110221021"))),
        ("6.3.2", 0.4483, estimators.collision(forty)),
        ("6.3.3", 0.761, estimators.markov(forty)),
        ("6.3.4", 0.1345, estimators.compression(more, d=4)),
        ("6.3.5", 0.273, tuples.t_tuple(cutoff=3)),
        ("6.3.6", 0.6146, tuples.lrs(cutoff=3)),
        ("6.3.7", 0.3909, estimators.multi_mcw(digits("121021122000"), 3, (3, 5, 7, 9))),
        ("6.3.8", 0.735, estimators.lag(digits("2132131312", 1), 3, d=3)),
        ("6.3.9", 0.0755, estimators.multi_mmc(digits("213213131", 1), 3, d=3)),
        ("6.3.10", 0.0191, estimators.lz78y(digits("2132131312132", 1), 3, b=4)),
    )


def test_examples():
    for section, answer, found in examples():
        yield f"the example of {section}", abs(found - answer) < 0.0005, f"{found}, not {answer}"


assessed = {}  # name of a sequence -> Assessment


def sequence(name):
    data = getattr(noise_sequences, name)()
    if name not in assessed:
        assessed[name] = assessment.assess(data)
    return assessed[name]


def differ(found, answers):
    """Names whose answer is another one. None: there is none."""
    for name, answer in answers.items():
        have = found.get(name)
        if (have is None) != (answer is None):
            yield f"{name}: {have}, not {answer}"
        elif have is not None and abs(have - answer) > 1e-7 + 1e-6 * answer:
            yield f"{name}: {have}, not {answer}"


def test_against_recorded():
    for name, answers in NIST.items():
        found = sequence(name)
        both = zip((found.original, found.bitstring), answers)
        wrong = [line for have, row in both for line in differ(have, dict(zip(NAMES, row)))]
        yield f"{name}: as NIST's tool", not wrong, "; ".join(wrong)


def test_constants():
    """Those of the document, 6.3.4 to 6.3.10."""
    names = ("compression", "substrings", "multi_mcw", "lag", "multi_mmc", "lz78y")
    parts = [sys.modules[f"estimators.{name}"] for name in names]
    compression, substrings, multi_mcw, lag, multi_mmc, lz78y = parts
    found = (compression.DICTIONARY, compression.WIDTH, compression.C, substrings.CUTOFF)
    yield "constants of 6.3.4 to 6.3.6", found == (1000, 6, 0.5907, 35), str(found)
    found = (multi_mcw.WINDOWS, lag.LAGS)
    yield "constants of 6.3.7 and 6.3.8", found == ((63, 255, 1023, 4095), 128), str(found)
    found = (multi_mmc.MODELS, multi_mmc.ENTRIES, lz78y.LONGEST, lz78y.ENTRIES)
    yield "constants of 6.3.9 and 6.3.10", found == (16, 100000, 16, 65536), str(found)


def test_against_plain():
    """The document's steps one by one, with small windows and dictionaries. So
    these are full, and counts are equal, often."""
    for k in (2, 3, 7):
        s = (noise_sequences.words(f"plain {k}", 700) % k % 6).astype(np.uint8)
        s[350:] = np.where(s[350:] > 1, s[350:], s[:350])  # some of it comes again
        symbols, windows = s.tolist(), (3, 5, 8, 13)
        both = [
            ("multi-MCW", estimators.multi_mcw(s, k, windows), plain.multi_mcw(symbols, windows)),
            ("lag", estimators.lag(s, k, 9), plain.lag(symbols, 9)),
        ]
        for size in range(20, 60):
            here = estimators.multi_mmc(s, k, 4, size), plain.multi_mmc(symbols, 4, size)
            both.append((f"multi-MMC with {size} entries", *here))
            here = estimators.lz78y(s, k, 5, size), plain.lz78y(symbols, 5, size)
            both.append((f"LZ78Y with {size} entries", *here))
        answers = [(name, found, prediction.estimate(np.array(c), k)) for name, found, c in both]
        wrong = [answer for answer in answers if answer[1] != answer[2]]
        yield f"predictions of {k} values", not wrong, str(wrong)
        found = estimators.Substrings(s, k)
        have = list(zip(found.most[1:].tolist(), found.pairs[1:].tolist()))
        yield f"substrings of {k} values", have == plain.substrings(symbols), str(have)


def test_known_entropies():
    def close(name, estimator, entropy):
        found = sequence(name).original[estimator]
        return f"{name}: its entropy", abs(found - entropy) < 0.03, f"{found}, not {entropy}"

    yield close("quarters", "most common value", 1.0)
    yield close("bits", "Markov", -math.log2(0.7))
    yield close("chain", "Markov", -math.log2(0.8))
    yield close("chain", "lag", -math.log2(0.8))
    yield close("walk", "multi Markov model with counting", math.log2(3))


def test_no_entropy():
    for name in ("counter", "alternating", "dithers"):
        yield f"{name}: none", sequence(name).H_I < 0.01, str(sequence(name))
    found = sequence("constant")
    none = set(found.original.values()) == {0.0} and found.H_bitstring is None
    none = none and len(found.original) == 10 and found.H_I == 0
    yield "constant: none, by each", none, str(found)


def test_minimum():
    found = sequence("walk")
    yield "H_original", found.H_original == min(found.original.values()), str(found)
    yield "H_bitstring", found.H_bitstring == min(found.bitstring.values()), str(found)
    small = min(found.H_original, found.width * found.H_bitstring)
    yield "H_I", found.H_I == small and found.width == 4, str(found)
    data = noise_sequences.walk(3000)
    claimed = assessment.assess(data, claim=0.25)
    yield "H_submitter", claimed.H_I == 0.25 < claimed.H_original, str(claimed)
    wide = assessment.assess(data, width=8)
    yield "a wider sample has more bits", wide.width == 8 and len(data) == wide.samples, str(wide)
    try:
        assessment.assess(data, width=3)
        yield "too narrow", False, "it was taken"
    except ValueError as error:
        yield "too narrow", "4 bits" in str(error), str(error)


def test_short():
    """What an estimator cannot judge is left out."""
    for count in (2, 3, 17, 18, 40, 4095):
        found = assessment.assess(noise_sequences.uniform(count))
        judged = "multi most common in window" in found.original
        yield f"{count} samples", found.H_I >= 0 and not judged, str(found)


def exact(count, p, trials=1000):
    """The chance of so many, or more."""
    p = Fraction(p)
    return sum(
        math.comb(trials, n) * p**n * (1 - p) ** (trials - n) for n in range(count, trials + 1)
    )


def test_cutoff():
    for h, p in ((1, Fraction(1, 2)), (2, Fraction(1, 4)), (8, Fraction(1, 256))):
        cutoff, alpha = restarts.cutoff(h), Fraction(1, 200000)
        edge = exact(cutoff, p) >= alpha > exact(cutoff + 1, p)
        yield f"the cutoff at {h} bits", edge, str(cutoff)
    yield "the cutoff at 0 bits", restarts.cutoff(0) == 1000, str(restarts.cutoff(0))


def test_restarts():
    side = 100
    noise = noise_sequences.uniform(side * side) & 3
    found = restarts.restarts(noise, 1.5, 2, side=side)
    good = not found.why and found.H == min(found.H_r, found.H_c, 1.5) and found.H > 1
    yield "restarts: noise passes", good, str(found)
    turned = restarts.restarts(noise.reshape(side, side).T.ravel(), 1.5, 2, side=side)
    crossed = (turned.rows, turned.columns) == (found.columns, found.rows)
    yield "restarts: columns are rows", crossed and found.rows != found.columns, str(turned)
    stuck = noise.reshape(side, side).copy()
    stuck[:, 7] = 2
    found = restarts.restarts(stuck.ravel(), 1.5, 2, side=side)
    sane = found.most == side and found.H == 0 and "3.1.4.3" in found.why
    yield "restarts: a column stands", sane, str(found)
    found = restarts.restarts(stuck.T.ravel(), 1.5, 2, side=side)
    yield "restarts: a row stands", found.most == side and "3.1.4.3" in found.why, str(found)
    counters = (noise.reshape(side, side)[:, :1] + np.arange(side, dtype=np.uint8)) & 3
    low = restarts.restarts(counters.ravel(), 0.01, 2, side=side)
    twice = 2 * min(low.H_r, low.H_c)
    half = restarts.restarts(counters.ravel(), twice * 0.999, 2, side=side)
    more = restarts.restarts(counters.ravel(), twice * 1.001, 2, side=side)
    yield "restarts: half of H_I is enough", not half.why and "3.1.4.2" in more.why, str(more)
    for name, matrix in (("rows", counters), ("columns", counters.T)):
        found = restarts.restarts(matrix.astype(np.uint8).ravel(), 1.0, 2, side=side)
        low = found.H_r if name == "rows" else found.H_c
        bad = low < 0.5 and found.H == 0 and "3.1.4.2" in found.why
        yield f"restarts: {name} count", bad, str(found)
    try:
        restarts.restarts(noise[1:], 1.0, 2, side=side)
        yield "restarts: too few", False, "they were taken"
    except ValueError as error:
        yield "restarts: too few", "9999" in str(error), str(error)


def test_progress():
    text = io.StringIO()
    quiet, progress.QUIET = progress.QUIET, 0.01
    with progress.Progress("noise", text) as shown:
        shown.begin(100.0, 1.0)
        time.sleep(0.05)
        shown.done(50.0, "lag")
        time.sleep(0.05)
    progress.QUIET = quiet
    lines = text.getvalue().splitlines()
    first = lines and re.fullmatch(r"noise: 0 %, about \d+ s left", lines[0])
    last = lines and re.fullmatch(r"noise: 50 %, lag, about \d+ s left", lines[-1])
    yield "progress says the time that is left", first and last, text.getvalue()


def run(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)


def test_program(folder):
    path, data = folder / "walk", noise_sequences.walk()
    data.tofile(path)
    ran, found = run(path), sequence("walk")
    rows = re.findall(r"^(.+?) +(6\.3\.\d+) +(\S+) +(\S+)$", ran.stdout, re.M)
    cells = {row[0]: row[1:] for row in rows}
    wanted = {
        name: (
            section,
            f"{found.original[name]:.6f}" if name in found.original else "-",
            f"{found.bitstring[name]:.6f}",
        )
        for name, section in assessment.SECTIONS.items()
    }
    yield "assess: a row for each", ran.returncode == 0 and cells == wanted, ran.stdout + ran.stderr
    yield "assess: H_I", f"H_I          {found.H_I:9.6f}\n" in ran.stdout, ran.stdout
    ran = run(path, "--bits", "3")
    yield "assess: too narrow", ran.returncode == 2 and "4 bits" in ran.stderr, ran.stderr
    ran = run(folder / "nothing")
    yield "assess: no file", ran.returncode == 2 and "nothing" in ran.stderr, ran.stderr
    ran = run(path, "--restarts", path)
    few = ran.returncode == 2 and "1000 times 1000" in ran.stderr
    yield "assess: too few restarts", few, ran.stderr
    np.zeros(1000000, np.uint8).tofile(folder / "zeros")
    ran = run(path, "--restarts", folder / "zeros")
    yield "assess: failed restarts", ran.returncode == 1 and "3.1.4.3" in ran.stdout, ran.stdout


def nist_says(path):
    """The answers of ea_non_iid: of the samples, and of the bits."""
    words = ["ea_non_iid", "-v", "-v", path.name]
    ran = subprocess.run(words, cwd=path.parent, capture_output=True, text=True, check=True)
    found = {"Literal": {}, "Bitstring": {}}
    pattern = r"^(Literal|Bitstring) (.+) Estimate: min entropy = (\S+)$"
    for kind, words, bits in re.findall(pattern, ran.stdout, re.M):
        found[kind][NIST_WORDS[words]] = float(bits)
    return found["Literal"], found["Bitstring"]


def test_nist(folder):
    for name in NIST:
        path = folder / name
        getattr(noise_sequences, name)().tofile(path)
        found, answers = sequence(name), nist_says(path)
        wrong = [*differ(found.original, answers[0]), *differ(found.bitstring, answers[1])]
        yield f"{name}: NIST's tool", answers[0] and not wrong, "; ".join(wrong)


def tests(folder, nist):
    if nist:
        yield from test_nist(folder)
        return
    yield from test_examples()
    yield from test_constants()
    yield from test_against_plain()
    yield from test_against_recorded()
    yield from test_known_entropies()
    yield from test_no_entropy()
    yield from test_minimum()
    yield from test_short()
    yield from test_cutoff()
    yield from test_restarts()
    yield from test_progress()
    yield from test_program(folder)


def main():
    if sys.argv[1:2] == ["--write"]:
        for name in NIST:
            getattr(noise_sequences, name)().tofile(Path(sys.argv[2]) / name)
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, good, seen in tests(Path(folder), sys.argv[1:] == ["--nist"]):
            print(f"ok {name}" if good else f"FAILED {name}\n  {seen}", flush=True)
            failed += not good
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
