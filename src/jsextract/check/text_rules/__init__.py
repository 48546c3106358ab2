"""Rules about words (文字规则): the year, the name, template residue, topics, uses, names of codes, structure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from jsextract.check.result import result
from jsextract.check.text_rules.codes import item_names
from jsextract.check.text_rules.entity_names import entity_names
from jsextract.check.text_rules.finding import Finding, row
from jsextract.check.text_rules.listed import listed_items
from jsextract.check.text_rules.misreadings import fair, is_seen
from jsextract.check.text_rules.passages import Announced, Passage, Printed, PrintedTable
from jsextract.check.text_rules.purposes import copied_purposes, purposes_against_table
from jsextract.check.text_rules.residue import punctuation, residue
from jsextract.check.text_rules.structure import missing_sections, missing_tables, table_notes, table_order
from jsextract.check.text_rules.topics import wrong_topics
from jsextract.check.text_rules.years import stale_years
from jsextract.language.phrase import noted, phrase
from jsextract.model.report import CheckResult
from jsextract.vocabulary import CheckStatus, Origin, Severity

__all__ = ["RULES", "Announced", "Passage", "Printed", "PrintedTable", "WordRule", "check_words"]


class WordRule(Struct, frozen=True):
    """One rule about words.

    Attributes:
        find: what is wrong with a document, in reading order.
        item: what the rule looks at, for the row that says that nothing is wrong.
        passed: that row's sentence.
        severity: of the row when something is wrong, at worst.
        of_words: whether it is about words that stand there, not about marks or what seems to be missing.
    """

    check_id: str
    find: Callable[[Printed], Iterable[Finding]]
    item: str
    passed: str
    severity: str = Severity.WARNING
    of_words: bool = True


RULES = (
    WordRule(
        "text.stale_year",
        stale_years,
        "year",
        noted("Every heading and statement names the year {year}."),
        Severity.ERROR,
    ),
    WordRule(
        "text.entity_name", entity_names, "entity", noted("The entity's name is the same throughout."), Severity.ERROR
    ),
    WordRule("text.template_residue", residue, "template", noted("No words of a template were left in.")),
    WordRule(
        "text.wrong_topic",
        wrong_topics,
        "topics",
        noted("Every statement of none is about its section."),
        Severity.ERROR,
    ),
    WordRule("text.item_name", item_names, "codes", noted("Names of items are those of their codes.")),
    WordRule("text.copied_purpose", copied_purposes, "uses", noted("No use speaks of another item.")),
    WordRule(
        "text.purpose_vs_table", purposes_against_table, "uses", noted("Uses agree with the columns of table T5.")
    ),
    WordRule(
        "text.listed_item",
        listed_items,
        "economic items",
        noted("The economic items that are listed have money in T6."),
    ),
    WordRule(
        "text.punctuation",
        punctuation,
        "form",
        noted("No doubled or missing marks and units were seen."),
        Severity.INFO,
        of_words=False,
    ),
    WordRule(
        "table.announced",
        missing_tables,
        "tables",
        noted("Every table that is announced is there."),
        Severity.ERROR,
        of_words=False,
    ),
    WordRule(
        "table.order",
        table_order,
        "tables",
        noted("The tables stand in the order of the contents."),
        Severity.INFO,
        of_words=False,
    ),
    WordRule(
        "table.note",
        table_notes,
        "tables",
        noted("Empty tables say so, and only those."),
        Severity.ERROR,
        of_words=False,
    ),
    WordRule(
        "text.section_announced",
        missing_sections,
        "sections",
        noted("Every section that is announced is there."),
        of_words=False,
    ),
)

_UNTOLD = {
    "text.stale_year": noted("The document does not tell its year."),
    "text.entity_name": noted("The document does not tell its entity."),
}


def check_words(printed: Printed) -> Iterator[CheckResult]:
    """The rows of every rule: its findings, or one row that says that it found nothing.

    Budgets and other files are not judged; they follow other templates.
    """
    if not printed.report.is_final_account:
        return
    for rule in RULES:
        found = [_row(rule, finding, printed) for finding in rule.find(printed)]
        yield from found or [_passed(rule, printed)]


def _row(rule: WordRule, found: Finding, printed: Printed) -> CheckResult:
    return row(rule.check_id, fair(found, printed, of_words=rule.of_words), seen=is_seen(found, printed))


def _passed(rule: WordRule, printed: Printed) -> CheckResult:
    report = printed.report
    known = {"text.stale_year": report.year, "text.entity_name": report.entity}
    if not known.get(rule.check_id, True):
        return result(
            rule.check_id, CheckStatus.NOT_CHECKABLE, item=rule.item, severity=rule.severity, origin=Origin.DOCUMENT,
            message=phrase(_UNTOLD[rule.check_id]),
        )  # fmt: skip
    return result(
        rule.check_id, CheckStatus.PASS, item=rule.item, severity=rule.severity, origin=Origin.DOCUMENT,
        message=phrase(rule.passed, year=report.year),
    )  # fmt: skip
