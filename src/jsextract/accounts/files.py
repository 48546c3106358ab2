"""The files of one account held against each other: its text in one, its tables in others (正文与表格分别公开)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from jsextract.accounts.account_index import AccountFile
from jsextract.check.doubted import READING, misread_tables, settled, spared
from jsextract.check.equations import equations
from jsextract.check.evidence import with_evidence
from jsextract.check.figure import cell_ref, fact_ref
from jsextract.check.origin import doubted_tables, with_origins
from jsextract.check.result import result
from jsextract.language.phrase import Phrase, listed, phrase, sentences
from jsextract.model.report import CheckResult, Fact, Report, TableCell
from jsextract.narrative.codes import CodeBook
from jsextract.rules.ruleset import RuleSet, load_rules
from jsextract.vocabulary import CheckStatus, Severity, TextSource

ID = "dataset.other_file"
_PLAIN = (TextSource.NATIVE, TextSource.NONE)


class _Place(Struct, frozen=True):
    """Where a cell or a fact stands."""

    document_id: str
    page: int


def complementary(files: Iterable[AccountFile]) -> tuple[AccountFile, ...]:
    """The documents that are parts of one account; none where one document has it all.

    These are the one that states most and, in the order of the dataset, those with a standard table that none before
    them has.
    """
    known = [file for file in files if not file.duplicate_of]
    text = max(known, key=lambda file: file.facts, default=None)
    if text is None or not text.facts:
        return ()
    parts, tables = [text], {*text.tables}
    for file in known:
        if file is not text and not tables.issuperset(file.tables):
            parts.append(file)
            tables.update(file.tables)
    return tuple(parts) if len(parts) > 1 else ()


def pure_parts(files: Sequence[AccountFile]) -> Iterator[AccountFile]:
    """Those of `complementary` that repeat no table: one that does is another publication, too."""
    tables: set[str] = set()
    for file in files:
        if tables.isdisjoint(file.tables):
            yield file
        tables.update(file.tables)


def checks_over(files: Sequence[AccountFile], reports: Sequence[Report]) -> dict[str, list[CheckResult]]:
    """The checks that no document of an account allows alone, by the document of their first reference.

    The shipped rules judge, whatever the documents were read by: results alone decide a dataset's files. A reference
    into another document begins with its id and a colon; pages are those of the document itself. Where most figures
    differ the documents are taken for parts of different accounts, and none is said to be wrong.

    Args:
        files: what `complementary` gives.
        reports: theirs, in the same order; the first has the text.
    """
    rules = load_rules()
    whole, places = _joined(reports, rules)
    own = {(check.check_id, *check.refs[:1]) for r in reports for check in r.checks if _is_judged(check)}
    found = [
        check
        for check in equations(whole, rules)
        if (check.check_id, *check.refs[:1]) not in own  # what one document alone can tell was told there
        and _is_of_several(check, places, files[0].document_id)
    ]
    across = [check for check in found if _is_judged(check) and len(_documents(check, places)) > 1]
    if not across:
        return {}  # nothing tells whether they belong together
    fails = [check for check in across if check.status == CheckStatus.FAIL]
    if len(fails) * 2 > len(across):
        return {files[0].document_id: [_of_others(files, whole.entity, len(fails), len(across))]}
    names = {file.document_id: file.file for file in files}
    by_document: dict[str, list[CheckResult]] = defaultdict(list)
    doubted = doubted_tables(*reports)  # what rests on one is not surely the document's error
    judged = with_origins(replace(whole, checks=tuple(found)), {}, doubted=doubted).checks
    for check in settled(spared(judged, whole.facts), misread_tables(*reports)):
        if check.check_id == READING:
            continue  # the document with the table says so itself
        document = next(iter(_documents(check, places)), files[0].document_id)
        by_document[document].append(_seen_from(document, check, places, names))
    return dict(by_document)


def evidence_over(
    reports: Sequence[Report], found: Mapping[str, Iterable[CheckResult]]
) -> Iterator[tuple[Report, Report]]:
    """Each report with the evidence that the files of its account give together, beside the report as it was.

    Args:
        reports: of an account's documents; the first has the text.
        found: what `checks_over` made of them.
    """
    rules = load_rules()
    whole, places = _joined(reports, rules)
    ids = {report.document_id for report in reports}
    over = (_plain(check, ids) for checks in found.values() for check in checks)
    checks = (*(check for report in reports for check in report.checks), *over)
    judged = with_evidence(replace(whole, checks=checks), rules)
    cells = {cell_ref(cell): cell for cell in judged.cells}
    facts = {fact_ref(fact): fact for fact in judged.facts}
    for report in reports:
        own_cells = tuple(
            _judged(cell, cells[ref])
            if (ref := cell_ref(cell)) in cells and places[ref].document_id == report.document_id
            else cell
            for cell in report.cells
        )
        own_facts = tuple(_judged(fact, facts[fact_ref(fact)]) for fact in report.facts) if report is reports[0] else ()
        yield report, replace(report, cells=own_cells, facts=own_facts or report.facts)


_Row = TypeVar("_Row", TableCell, Fact)


def _judged(row: _Row, as_judged: _Row) -> _Row:
    return replace(row, evidence=as_judged.evidence, confirmed_by=as_judged.confirmed_by)


def _plain(check: CheckResult, ids: Iterable[str]) -> CheckResult:
    """The check with its references as they are within one document."""
    refs = (ref.partition(":")[2] if ref.partition(":")[0] in ids else ref for ref in check.refs)
    return replace(check, refs=tuple(refs))


def fits(found: Mapping[str, Iterable[CheckResult]]) -> bool:
    """Whether the documents whose checks these are may be of one account."""
    return not any(check.check_id == ID for checks in found.values() for check in checks)


def _is_judged(check: CheckResult) -> bool:
    return check.status != CheckStatus.NOT_CHECKABLE


def _is_of_several(check: CheckResult, places: Mapping[str, _Place], text: str) -> bool:
    """Whether a check rests on several documents, or on the text as the tables tell its codes and parts."""
    documents = _documents(check, places)
    return len(documents) > 1 or (documents == [text] and _is_judged(check))


def _documents(check: CheckResult, places: Mapping[str, _Place]) -> list[str]:
    """The documents that a check rests on, in the order of its references."""
    return list(dict.fromkeys(places[ref].document_id for ref in check.refs if ref in places))


def _joined(reports: Sequence[Report], rules: RuleSet) -> tuple[Report, dict[str, _Place]]:
    """The text of the first report with each standard table of the first that has it, and where all of it stands."""
    text = reports[0]
    standard = [(at, cell) for at, report in enumerate(reports) for cell in report.cells if cell.is_standard]
    first = {cell.table: at for at, cell in reversed(standard)}
    cells = [(reports[at], cell) for at, cell in standard if first[cell.table] == at]
    places = {cell_ref(cell): _Place(report.document_id, cell.page) for report, cell in cells}
    places |= {fact_ref(fact): _Place(text.document_id, fact.page) for fact in text.facts}
    is_plain = all(report.text_source in _PLAIN for report in reports)
    source = TextSource.NATIVE if is_plain else TextSource.MIXED
    tables = tuple(cell for _, cell in cells)
    facts = tuple(CodeBook(tables, rules).fill(text.facts))  # its codes stand in tables that it was read without
    return replace(text, cells=tables, facts=facts, checks=(), text_source=source), places


def _seen_from(
    document: str, check: CheckResult, places: Mapping[str, _Place], names: Mapping[str, str]
) -> CheckResult:
    """The check as it stands under a document."""
    known = {ref: places[ref] for ref in check.refs if ref in places}
    others = dict.fromkeys(names[place.document_id] for place in known.values() if place.document_id != document)
    told = Phrase(check.message, check.message_zh)
    if others:
        told = sentences(told, phrase("Part of it stands in {files}.", files=listed(others)))
    return replace(
        check,
        refs=tuple(
            f"{known[ref].document_id}:{ref}" if ref in known and known[ref].document_id != document else ref
            for ref in check.refs
        ),
        pages=tuple(sorted({p.page for p in known.values() if p.document_id == document and p.page})),
        message=told.en,
        message_zh=told.zh,
    )


def _of_others(files: Sequence[AccountFile], entity: str, fails: int, judged: int) -> CheckResult:
    """The row for documents of one name and year that do not fit together."""
    others = listed(file.file for file in files[1:])
    return result(
        ID, CheckStatus.NOT_CHECKABLE, item=entity, severity=Severity.WARNING,
        refs=(f"document:{file.document_id}" for file in files[1:]),
        message=phrase(
            "{fails} of {judged} figures are not those in {files}; they may be of another account.",
            fails=fails, judged=judged, files=others,
        ),
    )  # fmt: skip
