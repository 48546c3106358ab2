"""One wrong figure, word or year at a time in the text of an account as printed, and what its checks say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from jsextract.check.figure import fact_ref
from jsextract.check.findings import FOUND, is_finding
from jsextract.model.document import Document
from jsextract.model.report import CheckResult, Fact, Report
from jsextract.pipeline import understand
from jsextract.rules.ruleset import RuleSet
from jsextract.text.amounts import parse_number
from tests.faults.figures import other_digit

_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "大于": "小于", "小于": "大于"}
_AGREE = ("pass", "rounding")
_NEAR = 14


@dataclass(frozen=True, slots=True)
class Planted:
    """One error in the text.

    Attributes:
        kind: which of KINDS.
        what: the words around it, before and after.
        document: with the error printed.
        ref: the fact that it is in; blank for a year.
    """

    kind: str
    what: str
    document: Document
    ref: str = ""


def retyped(document: Document, page: int, old: str, new: str) -> Document | None:
    """The document with words of one line of a page printed otherwise; None where they stand there twice or never."""
    places = [
        (p, n)
        for p, one in enumerate(document.pages)
        if one.number == page
        for n, line in enumerate(one.lines)
        if old in line.text
    ]
    if len(places) != 1 or document.pages[places[0][0]].lines[places[0][1]].text.count(old) != 1:
        return None
    at, number = places[0]
    whole = document.pages[at]
    line = whole.lines[number]
    lines = (*whole.lines[:number], replace(line, text=line.text.replace(old, new)), *whole.lines[number + 1 :])
    return replace(document, pages=(*document.pages[:at], replace(whole, lines=lines), *document.pages[at + 1 :]))


def in_fact(document: Document, fact: Fact, text: str) -> tuple[Document, str] | None:
    """The document with a fact's figure printed as `text`; the more words before it the surer the place."""
    said = fact.sentence
    for before in range(_NEAR, 1, -1):
        start = max(0, fact.start - before)
        for after in (2, 1, 0):
            old, end = said[start : fact.end + after], said[fact.end : fact.end + after]
            new = said[start : fact.start] + text + end
            made = retyped(document, fact.page, old, new)
            if made is not None:
                return made, f"{old} → {new}"
    return None


_NO_EQUALITY = frozenset(
    {"text.project_budget", "text.procurement_sme", "text.procurement_micro", "text.procurement_won",
     "text.problems_mended", "text.vehicles_kept", "text.score", "text.comparison"}
)  # fmt: skip


def covered(report: Report, *check_ids: str) -> dict[str, Decimal]:
    """Every fact that agrees with an identity in its own unit: its reference → what this leaves to rounding at least."""
    least: dict[str, Decimal] = {}
    units = {fact_ref(fact): fact.unit for fact in report.facts}
    for c in report.checks:
        if c.status not in _AGREE or c.severity == "info" or c.check_id in _NO_EQUALITY:
            continue
        for ref in c.refs:
            if ref in units and (c.check_id in check_ids if check_ids else units[ref] == c.unit):
                allowed = Decimal(c.tolerance or 0)
                least[ref] = min(least.get(ref, allowed), allowed)
    return least


def _digit(
    kind: str, measures: Sequence[str], wanted: Callable[[Report, Fact], bool]
) -> Callable[[Random, Document, Report], Planted | None]:
    """A fault: another digit, so that the figure is off by more than its last digit may be."""

    def plant(rng: Random, document: Document, report: Report) -> Planted | None:
        held = covered(report)
        own = [
            f for f in report.facts if f.measure in measures and f.value and fact_ref(f) in held and wanted(report, f)
        ]
        if not own:
            return None
        fact = rng.choice(own)
        text = other_digit(rng, fact.value_text)
        value = parse_number(text)
        if value is None or value == 0 or abs(abs(value) - abs(fact.value or 0)) <= _least(fact, held):
            return None
        made = in_fact(document, fact, text)
        return Planted(kind, f"{fact.item} {fact.measure}: {made[1]}", made[0], fact_ref(fact)) if made else None

    return plant


def _least(fact: Fact, known: Mapping[str, Decimal]) -> Decimal:
    """What a figure must be off by to be surely wrong: a last digit more than the printed decimals leave open."""
    exponent = (fact.value or Decimal(0)).as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
    return known.get(fact_ref(fact), Decimal(0)) + step


def _direction(rng: Random, document: Document, report: Report) -> Planted | None:
    """Up for down, in a change whose rate or whose figures are stated too, or in a comparison."""
    held = covered(report, "text.change_rate", "text.change", "text.comparison")
    own = [f for f in report.facts if fact_ref(f) in held and f.measure in ("change", "change_rate", "comparison")]
    rng.shuffle(own)
    for fact in own:
        if fact.measure == "comparison":
            start, word = fact.start, fact.value_text
        else:
            found = list(re.finditer("增加|减少|增长|下降", fact.sentence[: fact.start]))
            if not found or fact.start - found[-1].end() > 1:
                continue
            start, word = found[-1].start(), found[-1][0]
        if word not in _OPPOSITE:
            continue
        for near in range(_NEAR, 0, -1):
            old = fact.sentence[max(0, start - near) : start + len(word) + 4]
            new = old.replace(word, _OPPOSITE[word]) if old.count(word) == 1 else old
            made = retyped(document, fact.page, old, new) if new != old else None
            if made is not None:
                return Planted("direction", f"{fact.item}: {old} → {new}", made, fact_ref(fact))
    return None


def _stale_year(rng: Random, document: Document, report: Report) -> Planted | None:
    """The year before the account's own, or for a base that year itself, in a sentence with figures of the narrative."""
    year = report.year or 0
    own = [f for f in report.facts if f.value is not None and f.project == "" and str(year) in f.sentence[: f.start]]
    rng.shuffle(own)
    for fact in own:
        for word, other in (
            (f"{year}年度", f"{year - 1}年度"), (f"截至{year}年", f"截至{year - 1}年"),
            (f"与{year - 1}年", f"与{year}年"), (f"比{year - 1}年", f"比{year}年"),
        ):  # fmt: skip
            at = fact.sentence.find(word)
            if not 0 <= at < fact.start or (word[0].isdigit() and at and fact.sentence[at - 1] in "与比较"):
                continue
            old = fact.sentence[max(0, at - 8) : at + len(word) + 8]
            made = retyped(document, fact.page, old, old.replace(word, other))
            if made is not None:
                return Planted("stale year", f"{old} → {other}", made)
    return None


def _of_kinds(report: Report, fact: Fact) -> bool:
    return fact.topic in ("assets", "staffing", "procurement", "performance") and "from_list" in fact.flags


def _of_sums(report: Report, fact: Fact) -> bool:
    return fact.amount_yuan is not None and not _of_kinds(report, fact)


KINDS: dict[str, Callable[[Random, Document, Report], Planted | None]] = {
    "share": _digit("share", ("share",), lambda report, fact: True),
    "sum": _digit("sum", ("final", "initial_budget", "full_year_budget", "budget"), _of_sums),
    "rate": _digit("rate", ("completion_rate", "change_rate"), lambda report, fact: True),
    "direction": _direction,
    "stale year": _stale_year,
    "kinds": _digit("kinds", ("count", "quota", "headcount", "final"), _of_kinds),
}
"""Kind → a fault of that kind in the text of a document, given what it says; None where the draw came to nothing."""


def planted(
    rng: Random, sources: Sequence[tuple[Document, Report]], number: int, tries: int = 40
) -> Iterator[tuple[Planted, Report]]:
    """`number` errors, the kinds and the documents in turn, each with the report of the document before."""
    kinds = list(KINDS.values())
    made = 0
    for turn in range(number * tries):
        document, report = sources[(turn // len(kinds)) % len(sources)]
        fault = kinds[turn % len(kinds)](rng, document, report)
        if fault is not None:
            made += 1
            yield fault, report
        if made == number:
            return


def digit_changed(rng: Random, document: Document, report: Report) -> tuple[Planted, str]:
    """One digit of one figure of the text, whatever holds it, and what does.

    `held`: an identity in its own unit, beyond rounding; `rounding`: the same within it; `weakly`: a rate or a limit;
    `nothing`: no check rests on it.
    """
    held = covered(report)
    resting = {ref for c in report.checks if c.status in _AGREE for ref in c.refs}
    figures = [f for f in report.facts if f.value is not None]
    while True:
        fact = rng.choice(figures)
        text = other_digit(rng, fact.value_text)
        value, old = parse_number(text), fact.value or Decimal(0)
        made = in_fact(document, fact, text) if value is not None and abs(value) != abs(old) else None
        if made is None or value is None:
            continue
        ref = fact_ref(fact)
        by = "weakly" if ref in resting else "nothing"
        if ref in held:
            by = "held" if abs(abs(value) - abs(old)) > held[ref] else "rounding"
        return Planted("digit", f"{fact.item} {fact.measure}: {made[1]}", made[0], ref), by


def new_findings(fault: Planted, before: Report, rules: RuleSet) -> list[CheckResult]:
    """What the checks tell of an error that they did not tell before: one finding is right."""
    known = {_told(c) for c in before.checks if c.status in FOUND}
    after = understand(fault.document, rules)
    return [c for c in after.checks if is_finding(c) and _told(c) not in known]


def _told(check: CheckResult) -> tuple[str, str, str, str]:
    """What a finding says; a quote changes with the figures that stand in it."""
    said = check.computed if check.refs else re.sub(r"[\d.,，]", "", check.stated)
    return check.check_id, check.status, check.item, said
