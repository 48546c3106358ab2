"""Errors planted in the text as printed: python bench/text_faults.py [--documents 200] [--faults 330] [FILE...]

Draws accounts of every manner from seeds (reportlab) and reads them: no check may fail. Then plants one error at a time
in their text (a share, a sum, a rate, a direction, a year, kinds that do not add up), understands the document again
and counts what its checks tell that they did not tell before: one finding is right. For files that are named, one digit
of one figure of their text is changed instead, `--digits` times in each, and it is told what holds those that escape.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from fixtures.draw.draw import draw_account  # noqa: E402
from fixtures.draw.profiles import COLLEGE, LIBRARY, PROFILES  # noqa: E402
from fixtures.draw.style import STYLES  # noqa: E402
from jsextract.check.findings import is_finding  # noqa: E402
from jsextract.model.document import Document  # noqa: E402
from jsextract.model.report import CheckResult, Report  # noqa: E402
from jsextract.pipeline import read, understand  # noqa: E402
from jsextract.rules.ruleset import load_rules  # noqa: E402
from tests.faults.planted import KINDS, Planted, digit_changed, new_findings, planted  # noqa: E402

Source = tuple[Document, Report]


def drawn(seed: int) -> Source:
    """A drawn account that agrees with itself, as read and as understood; its manner goes by the seed."""
    names = list(STYLES)
    style = STYLES[names[seed % len(names)]].with_(producer="reportlab")
    bodies = [COLLEGE] if style.name == "university" else [*PROFILES, *([LIBRARY] if style.name == "shanghai" else [])]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as handle:
        handle.write(draw_account(seed, style, bodies[seed // len(names) % len(bodies)])[0])
        handle.flush()
        document = read(handle.name)
    return document, understand(document, load_rules())


def told(kind: str, fault: Planted, new: Sequence[CheckResult]) -> str:
    """One line about an error that was not told once."""
    return f"  {kind}: {fault.what}: " + ("; ".join(f"{c.check_id} {c.item}" for c in new) or "nothing")


def of_drawn(sources: Sequence[Source], number: int, seed: int) -> Iterable[str]:
    """The counts for errors of every kind, then those that were not told once."""
    alarms = [check for _, report in sources for check in report.checks if is_finding(check)]
    yield f"{len(sources)} clean accounts: {len(alarms)} findings."
    yield from (f"  {alarm.check_id}: {alarm.message}" for alarm in alarms)
    counts: Counter[tuple[str, str]] = Counter()
    odd: list[str] = []
    rules = load_rules()
    for fault, before in planted(Random(seed), sources, number):
        new = new_findings(fault, before, rules)
        counts[fault.kind, ("silent", "once", "twice")[min(len(new), 2)]] += 1
        if len(new) != 1:
            odd.append(told(fault.kind, fault, new))
    yield "| error | once | twice or more | silent |\n|---|---|---|---|"
    for kind in KINDS:
        yield f"| {kind} | {counts[kind, 'once']} | {counts[kind, 'twice']} | {counts[kind, 'silent']} |"
    yield from odd


def of_files(paths: Sequence[str], number: int, seed: int) -> Iterable[str]:
    """What is found of single digits, by what holds the figure."""
    rules, rng = load_rules(), Random(seed)
    counts: Counter[tuple[str, str]] = Counter()
    odd: list[str] = []
    for path in paths:
        document = read(path)
        report = understand(document, rules)
        figures = any(fact.value is not None for fact in report.facts)
        for _ in range(number if figures else 0):
            fault, held = digit_changed(rng, document, report)
            new = new_findings(fault, report, rules)
            counts[held, "found" if new else "silent"] += 1
            if held == "held" and len(new) != 1:
                odd.append(told(held, fault, new))
    yield from (f"{held}, {result}: {n}" for (held, result), n in sorted(counts.items()))
    yield from odd


def main() -> None:
    """Draws or reads, plants, counts, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--faults", type=int, default=330)
    parser.add_argument("--digits", type=int, default=50)
    parser.add_argument("--seed", type=int, default=91000)
    given = parser.parse_args()
    if given.files:
        print("\n".join(of_files(given.files, given.digits, given.seed)))
        return
    sources = [drawn(seed) for seed in range(given.seed, given.seed + given.documents)]
    print("\n".join(of_drawn(sources, given.faults, given.seed)))


if __name__ == "__main__":
    main()
