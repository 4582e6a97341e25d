# SPDX-License-Identifier: BSD-2-Clause
"""The first page of docs/evidence."""
import pages
import worth
from pages import Raw, bits, code, count, link, p, table, verdict
from platforms import credited, margin

INTRODUCTION = (
    "The source cache-timing needs no device. A sample is the time of loads whose cache lines "
    "were flushed. It is a last resort: it starts only where nothing else gave enough.",
    "Such noise counts only where somebody recorded it. On a CPU that nobody recorded, half of "
    "it counts. These pages say what was recorded, what it is worth, and how to repeat each "
    "figure.",
)
RECORDING = (
    "A recording has the raw samples, as the driver hands them over. No test and no hash "
    "comes in between. A sample is a byte.",
    "One file has 1 000 000 samples in a row. Another has the first 1000 samples of each of 1000 "
    "starts, of a process or of a machine: a start must not be like the one before.",
    "Ten estimators of NIST SP 800-90B, section 6.3, say how many bits a sample is worth at "
    "least. They are asked four times: of the samples, of their bits, and of the restarts by "
    "rows and by columns. The least of all counts.",
    "The estimators look 128 samples back at most. The same cache line comes again after 256. So "
    "one more figure says how well its last time foretells the next.",
    "A board credits a quarter of that, and never more than 1/3 bit. The margin is what was "
    "measured, over what is credited.",
    "The files are not in the tree. Their SHA-256 is. Two recordings are never the same.",
)
LIMITS = (
    "A generator that knows when a line was flushed. An emulator with a model of a cache and of "
    "its noise passes each test. One that says in CPUID what it is earns nothing.",
    "A host that traps the counter. It makes the times, and knows them. Confidential guests "
    "count none for that.",
    "A pattern longer than 64 samples, on a machine whose cache works.",
    "Somebody on the same CPU, who measures the same caches and knows some of the times.",
    "Estimators find what they look for. A good figure does not show that nobody knows the "
    "samples. So a quarter counts at most, and every other source comes first.",
    "A recording speaks for one CPU, under one load, on one day.",
)
PEERS = "Milliseconds from nothing to 384 bits. Less is better."
RECORD = (
    Raw(
        f"A Unix on x86-64: {code('make evidence BOARD=unix')}. It takes some minutes, on an idle "
        "machine. Credit is half there before, and whole after."
    ),
    Raw(
        "Any other board, as on 64-bit Arm or RISC-V: add a section to its file machines, with "
        "the command that starts the real machine and shows its console. Then "
        f"{code('make evidence BOARD=name MACHINE=section')}. An emulator is no such machine. A "
        "virtual machine on the CPU itself is one, and a platform of its own."
    ),
    "Send the page and the folder that it wrote, as a patch. Keep the .bin files of "
    "build/record: somebody may ask for them. Say whose machine or cloud it is.",
    "On x86 the patch adds the CPU to arch/x86/recorded.c. On a new platform it gives the board "
    "its credit.",
)


def range_of(recordings):
    return ", ".join(sorted({worth.cpu(f["sequential"]).replace("-", " ") for f in recordings}))


def platform_rows(found, credits):
    for platform, recordings in sorted(found.items()):
        worst, credit = min(recordings, key=worth.least), credits.get(platform, 0)
        yield (
            link(f"{platform}.html", platform),
            bits(worth.least(worst)),
            credited(credit),
            margin(worst, credit),
            verdict(all(worth.allowed(f) for f in recordings)),
            range_of(recordings),
        )


def platforms(found, credits):
    head = ("platform", "bits a sample", "credit", "margin", "restart test", "CPUs recorded")
    text = "<h2>Platforms</h2>\n" + table(head, platform_rows(found, credits), (1,))
    rest = sorted(name for name, credit in credits.items() if name not in found and not credit)
    if rest:
        text += p(
            "These have the source and no recording. There it is mixed and earns nothing: "
            + ", ".join(rest) + "."
        )
    return text


def peer_rows(peers):
    for one in peers["makers"]:
        test = "-" if one["failed"] is None else verdict(not one["failed"])
        ns = "-" if one["ns"] is None else f"{one['ns']:.0f}"
        yield one["title"], f"{one['ms']:.2f}", bits(one["bits"]), ns, test


def times(peers):
    """How much longer jitterentropy takes, if it took part."""
    ms = {one["name"]: one["ms"] for one in peers["makers"]}
    if "jitterentropy" not in ms or "seedbed" not in ms:
        return ""
    ratio = ms["jitterentropy"] / ms["seedbed"]
    return f" jitterentropy takes {ratio:.0f} times as long as seedbed."


def beside_others(peers):
    head = ("maker", "ms to 384 bits", "bits a sample", "ns a sample", "restart test")
    text = "<h2>Beside others</h2>\n"
    text += p(
        f"Makers of timing noise that took turns in one run, on {peers['cpu']}, {peers['date']}, "
        f"load average {peers['load']:.1f}. Bits are the least of the estimators, of the samples "
        f"and of their bits. Times are CPU time, the median of {peers['runs']} processes."
        + times(peers)
    )
    text += pages.picture("peers.svg", PEERS)
    text += table(head, peer_rows(peers), (1, 2, 3)) + pages.items(peers["notes"])
    return text + p(Raw(f"{code('make evidence-peers')} repeats it."))


def other_rows(others):
    for figures in others:
        one = figures["sequential"]
        where = ", ".join(dict.fromkeys((one["board"], one["machine"])))
        begin = code(one["sha256"][:12])
        digest = Raw(f'<span class="short" title="{one["sha256"]}">{begin}</span>')
        yield where, one["source"]["driver"], count(one["samples"]), bits(figures["h"]), digest


def others_part(others):
    head = ("machine", "source", "bytes", "bits a byte", "SHA-256")
    text = "<h2>Other sources</h2>\n" + p(
        "The same command records each other source. That says nothing new of its entropy: a "
        "generator of random numbers looks perfect to each estimator. It shows that the driver "
        "hands over what it got. A short recording proves less: 8 bits a byte are not reached."
    )
    text += table(head, other_rows(others), (2, 3))
    words = code("make evidence BOARD= MACHINE= SOURCE= N=")
    return text + p(Raw(f"{words} repeats a row, with the words of that row."))


def record_yours():
    text = "<h2>Record your own machine</h2>\n" + p(
        "64-bit Arm and RISC-V earn nothing until somebody records there."
    )
    return text + pages.items(RECORD)


def page(found, credits, peers):
    others = found.pop(worth.OTHERS, ())
    text = "".join(p(line) for line in INTRODUCTION) + platforms(found, credits)
    text += "<h2>What a recording is</h2>\n" + pages.items(RECORDING)
    text += beside_others(peers) if peers else ""
    text += others_part(others) if others else ""
    more = Raw(f"Which test finds what: {link('../timing.md', 'docs/timing.md')}.")
    text += "<h2>What nothing finds</h2>\n" + pages.items(LIMITS) + p(more) + record_yours()
    return pages.page("What timing noise is worth", text)
