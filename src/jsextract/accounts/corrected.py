"""A report with what people corrected in it, checked again (人工改正)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from jsextract.check.doubted import READING, misread_tables, settled, spared
from jsextract.check.equations import equations
from jsextract.check.evidence import with_evidence
from jsextract.check.figure import cell_ref, fact_ref
from jsextract.check.origin import doubted_tables, with_origins
from jsextract.check.roots import COLUMN, told_alone
from jsextract.dataset.corrections import Correction, Misfit
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult, Fact, Project, Report, TableCell
from jsextract.rules.ruleset import RuleSet, load_rules
from jsextract.text.amounts import parse_number, to_yuan
from jsextract.text.normal import squeeze
from jsextract.vocabulary import (
    DIFFERS,
    TEXT_MEASURES,
    CheckStatus,
    Evidence,
    Flag,
    Measure,
    Origin,
    Severity,
    Verdict,
)

_CHECK = "check:"
_OF_PROJECT: Mapping[str, str] = {
    Measure.FULL_YEAR_BUDGET: "full_year_budget",
    Measure.FINAL: "executed",
    Measure.COMPLETION_RATE: "completion_rate",
    Measure.SCORE: "score",
}
_Row = TypeVar("_Row", TableCell, Fact)
_Key = tuple[str, str, tuple[str, ...]]


class _Verdicts(Struct, frozen=True):
    """What people say, by what they say it of: references, and (id, stated) of checks without any."""

    values: Mapping[str, Decimal]
    verdicts: Mapping[str, str]
    findings: Mapping[tuple[str, str], str]

    def of(self, check: CheckResult) -> set[str]:
        """The verdicts that concern a check."""
        told = {self.verdicts[ref] for ref in check.refs if ref in self.verdicts}
        return {*told, *filter(None, (self.findings.get((check.check_id, squeeze(check.stated))),))}


def corrected(report: Report, rows: Iterable[Correction]) -> Report:
    """The report with the values that people gave, and its checks and evidence anew.

    A value that was read wrongly is replaced, flagged `corrected`, and its amount in 元 follows; what was printed
    stays. Findings that rest on what is `document` are the document's; those on what is `fine` are for information.
    The shipped rules judge, whatever the document was read by: results alone decide a dataset's files.

    Args:
        report: as it was read.
        rows: those about its content.
    """
    targets, _ = _matched(report, rows)
    if not targets:
        return report
    said = _verdicts(targets)
    return _judged(report, _with_values(report, said.values), said)


def misfits(report: Report, rows: Iterable[Correction]) -> list[Misfit]:
    """Those of the rows about a report's content that mean nothing in it, and why."""
    return _matched(report, rows)[1]


# ---- which row means which value


def _matched(report: Report, rows: Iterable[Correction]) -> tuple[list[Correction], list[Misfit]]:
    """The rows that mean a value or finding as it was read, and the others."""
    read: dict[str, list[str]] = defaultdict(list)
    wordless = {fact_ref(fact) for fact in report.facts if fact.measure in TEXT_MEASURES}
    for cell in report.cells:
        read[cell_ref(cell)].append(cell.value_text)
    for fact in report.facts:
        read[fact_ref(fact)].append(fact.value_text)
    for check in report.checks:
        if check.status in DIFFERS:
            read[f"{_CHECK}{check.check_id}"].append(check.stated)
    fitting, unfit = [], []
    for row in rows:
        texts = read.get(row.ref, [])
        why = None
        if not texts:
            why = phrase("the document has no {ref}.", ref=row.ref)
        elif not any(_same(row.value_text, text) for text in texts):
            read_as, given = texts[0] or phrase("a blank"), row.value_text or phrase("a blank")
            why = phrase("{ref} was read as {read}, not as {given}.", ref=row.ref, read=read_as, given=given)
        elif len(texts) > 1 and not row.ref.startswith(_CHECK):
            why = phrase("{ref} means {number} values of the document.", ref=row.ref, number=len(texts))
        elif row.ref in wordless and row.verdict == Verdict.READING:
            why = phrase("{ref} is a text and has no number.", ref=row.ref)
        if why:
            unfit.append(Misfit(row.line, why))
        else:
            fitting.append(row)
    return fitting, unfit


def _same(given: str, read: str) -> bool:
    """Whether two texts are one as printed; spreadsheets drop separators and final zeros of numbers."""
    if squeeze(given) == squeeze(read):
        return True
    number = parse_number(given)
    return number is not None and number == parse_number(read)


def _verdicts(rows: Iterable[Correction]) -> _Verdicts:
    of_checks = {(row.ref.removeprefix(_CHECK), squeeze(row.value_text)): row.verdict for row in rows}
    return _Verdicts(
        values={row.ref: row.value for row in rows if row.value is not None},
        verdicts={row.ref: row.verdict for row in rows if not row.ref.startswith(_CHECK)},
        findings=of_checks,
    )


# ---- the values


def _with_values(report: Report, values: Mapping[str, Decimal]) -> Report:
    """The report with these values, each without the evidence that was for the old ones."""
    before = {fact_ref(fact): fact for fact in report.facts}
    changed = [(before[ref], value) for ref, value in values.items() if ref in before]
    return replace(
        report,
        cells=tuple(_unproven(_with_value(cell, values.get(cell_ref(cell)))) for cell in report.cells),
        facts=tuple(_unproven(_with_value(fact, values.get(fact_ref(fact)))) for fact in report.facts),
        projects=tuple(_with_figures(project, changed) for project in report.projects),
    )


def _with_value(row: _Row, value: Decimal | None) -> _Row:
    if value is None:
        return row
    flags = tuple(dict.fromkeys((*row.flags, Flag.CORRECTED)))
    return replace(row, value=value, amount_yuan=to_yuan(value, row.unit), flags=flags)


def _unproven(row: _Row) -> _Row:
    return replace(row, evidence=Evidence.STATED, confirmed_by=())


def _with_figures(project: Project, changed: Iterable[tuple[Fact, Decimal]]) -> Project:
    """The project with the corrected figures of the facts that it was made of."""
    found = {
        name: value
        for fact, value in changed
        if fact.project == project.project
        and (name := _OF_PROJECT.get(fact.measure))
        and getattr(project, name) == fact.value
    }
    if not found:
        return project
    return replace(project, **found, flags=tuple(dict.fromkeys((*project.flags, Flag.CORRECTED))))


# ---- the checks


def _judged(before: Report, after: Report, said: _Verdicts) -> Report:
    """The report with what its checks find now: equations anew, what was found in words as it was."""
    rules = _rules(before)
    old = {_key(check) for check in equations(before, rules)}
    kept = [
        _stale(told_alone(check), said.values)
        for check in before.checks
        if _key(check) not in old and check.check_id not in (COLUMN, READING)
    ]
    told = {(_key(check), check.status, check.difference): check.origin for check in before.checks}
    anew = (
        replace(check, origin=told.get((_key(check), check.status, check.difference), check.origin))
        for check in equations(after, rules)
    )
    found = tuple(_the_documents(check, said) for check in (*anew, *kept))
    found = with_origins(
        replace(after, checks=found), {}, vouched=said.verdicts.keys(), doubted=doubted_tables(before)
    ).checks
    found = spared(found, after.facts, said.verdicts.keys())
    found = settled(found, misread_tables(before), after.cells, rules.equations, vouched=said.verdicts.keys())
    return with_evidence(replace(after, checks=_acknowledged(found, said)), rules)


def _rules(report: Report) -> RuleSet:
    """The shipped rules, with the profile that the document was read by where that is one of theirs."""
    rules = load_rules()
    named = (flag.removeprefix(Flag.PROFILE) for flag in report.flags if flag.startswith(Flag.PROFILE))
    profile = next((name for name in named if name in rules.profiles), "")
    return load_rules(profile=profile) if profile else rules


def _key(check: CheckResult) -> _Key:
    return check.check_id, check.item, check.refs


def _stale(check: CheckResult, values: Mapping[str, Decimal]) -> CheckResult:
    """A check by a rule that is not at hand says nothing of figures that are others now."""
    if not check.computed or values.keys().isdisjoint(check.refs):
        return check
    told = phrase(
        "{item}: not checkable, it rests on a corrected value and its rule is no shipped one.", item=check.item
    )
    return replace(
        check, status=CheckStatus.NOT_CHECKABLE, message=told.en, message_zh=told.zh, confirms=(), origin=Origin.UNKNOWN
    )


def _the_documents(check: CheckResult, said: _Verdicts) -> CheckResult:
    """The check; what somebody compared with the page and found printed so is the document's."""
    is_its = check.status in DIFFERS and Verdict.DOCUMENT in said.of(check)
    return replace(check, origin=Origin.DOCUMENT) if is_its else check


def _acknowledged(checks: Sequence[CheckResult], said: _Verdicts) -> tuple[CheckResult, ...]:
    """The checks; findings that somebody looked at and found fine, and what follows from them, are for information."""
    fine = [check.status in DIFFERS and Verdict.FINE in said.of(check) for check in checks]
    roots = {f"{check.check_id} {check.item}" for check, is_fine in zip(checks, fine, strict=True) if is_fine}
    return tuple(
        replace(check, severity=Severity.INFO) if is_fine or check.follows in roots else check
        for check, is_fine in zip(checks, fine, strict=True)
    )
