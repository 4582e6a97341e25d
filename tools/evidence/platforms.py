# SPDX-License-Identifier: BSD-2-Clause
"""The page of a platform: what was recorded there, and what it is worth."""
import pages
import worth
from pages import bits, code, count, p, table, verdict

PICTURES = {
    "histogram": "How often each value came.",
    "autocorrelation": "How much a sample says of those after it. Grey is chance (99 of 100). "
    "After 256 samples the same line comes again.",
    "time": "Samples from the first to the last.",
    "first": "The first samples, one by one.",
}


def credited(credit):
    return f"{credit}/{worth.ROW} bit" if credit else "nothing"


def margin(figures, credit):
    return f"{worth.least(figures) * worth.ROW / credit:.1f} times" if credit else "-"


def cpu(facts):
    known = facts["cpu"]
    if "vendor" not in known:
        return " ".join(f"{key} {value}" for key, value in known.items() if key != "virtual")
    return f"{known['name']}: {known['vendor']} family {known['family']} model {known['model']}"


def hertz(counter):
    rate = f", {counter['hz']} Hz" if counter["hz"] else ""
    return f"{counter['function']}, {counter['bits']} bits{rate}"


def facts(figures):
    one, many = figures["sequential"], figures["restarts"]
    virtual = isinstance(one["cpu"], dict) and one["cpu"].get("virtual")
    rows = [
        ("board and machine", f"{one['board']}, {one['machine']}"),
        ("CPU", cpu(one) + (" (in a virtual machine)" if virtual else "")),
        ("clock", code(hertz(one["counter"]))),
        ("compiler", code(one["compiler"])),
        ("recorded", one["date"].replace("T", " ").replace("Z", " UTC")),
        ("load average", one["load"]),
        ("samples in a row", f"{count(one['samples'])}, in {one['seconds']:.1f} s"),
        ("their SHA-256", code(one["sha256"])),
    ]
    if many:
        starts = f"{count(many['starts'])} {many['restarts']}, {many['row']} samples each"
        rows += [("restarts", starts), ("refused starts, beside them", many.get("refused", 0))]
        rows += [("their SHA-256", code(many["sha256"]))]
    return table(None, rows)


def estimates(figures):
    """The ten of section 6.3, in its order."""
    rows = [(name, bits(a), bits(b)) for name, (a, b) in figures["estimates"].items()]
    rows.append(("the least", bits(figures["h_original"]), bits(figures["h_bitstring"])))
    return table(("estimator", "of the samples", "of their bits"), rows, (1, 2), rows[-1])


def restart_rows(test):
    """What the restarts say, if there are any."""
    if test is None:
        return [("restart test", "there are no restarts", verdict(False, bad="not done"))]
    seen = f"one value came {test['most']} times in a row or column; {test['cutoff']} are allowed"
    return [
        ("H_restart, rows", "of all restarts, one behind the other", bits(test["h_rows"])),
        ("H_restart, columns", "of the first samples of all, then the second, and so on",
         bits(test["h_columns"])),
        ("restart test", seen + (f": {test['failed']}" if test["failed"] else ""),
         verdict(not test["failed"])),
    ]


def values(figures, credit):
    share = f"a quarter of what it is worth, at most 1/3 bit (85/{worth.ROW})"
    rows = [
        ("H_original", "the least of the ten estimators, of samples in a row",
         bits(figures["h_original"])),
        ("H_bitstring", "the same, of their bits", bits(figures["h_bitstring"])),
        *restart_rows(figures["restart_test"]),
        ("the same line", "who guesses a sample by the one 256 before, of the same cache line",
         bits(figures["again"])),
        ("worth", "the least of all these", bits(worth.least(figures))),
        ("may be credited", share, bits(worth.allowed(figures))),
        ("is credited", f"the board says {credited(credit)}", bits(credit / worth.ROW)),
        ("margin", "what it is worth, over the credit", margin(figures, credit)),
    ]
    return table(("", "what it is", "bits a sample"), rows, (2,))


def commands(figures):
    """What records and assesses it again."""
    one, many = figures["sequential"], figures["restarts"]
    words = f"make evidence BOARD={one['board']}"
    words += f" MACHINE={one['machine']}" * (one["machine"] != one["board"])
    text = p("This records and assesses it again, on the machine that runs it:")
    text += pages.command(words) + p("The samples alone:")
    return text + pages.command("\n".join(known["command"] for known in (one, many) if known))


def recording(platform, figures, credit):
    one = figures["sequential"]
    text = f"<h2>{pages.html(worth.cpu(one).replace('-', ' '))}</h2>\n{facts(figures)}"
    text += values(figures, credit) + commands(figures) + "<h3>Pictures</h3>\n"
    where = f"{platform}/{figures['name']}"
    made = [pages.picture(f"{where}-{name}.svg", words) for name, words in PICTURES.items()]
    text += pages.pictures(made) + "<h3>The ten estimators</h3>\n"
    return text + p("Bits of min-entropy a sample, by SP 800-90B, 6.3.") + estimates(figures)


def page(platform, recordings, credit):
    worst = min(recordings, key=worth.least)
    text = p(pages.link("index.html", "All platforms"))
    text += p(
        f"A sample is the time of loads whose cache lines were flushed. Here it is worth "
        f"{worth.least(worst):.2f} bits or more. The board credits {credited(credit)}: "
        f"the margin is {margin(worst, credit)}."
    )
    text += "".join(recording(platform, figures, credit) for figures in recordings)
    return pages.page(f"Timing noise on {platform}", text)
