"""One document from its bytes to its report: `read`, then `understand` (单个文件的全过程)."""

from __future__ import annotations

import io
import logging
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from jsextract._version import __version__
from jsextract.check.disputed import with_readings
from jsextract.check.doubted import misread_tables, settled, spared
from jsextract.check.equations import equations
from jsextract.check.evidence import with_evidence
from jsextract.check.file_places import (
    checks_in_file,
    lost_in_file,
    numbers_of,
    report_in_file,
)
from jsextract.check.origin import with_origins
from jsextract.check.score import score_table
from jsextract.check.text_rules import check_words
from jsextract.check.text_rules.collect import collect_passages
from jsextract.errors import Crashed, DocumentError, JsextractError, OutOfMemory, slow_search
from jsextract.language.phrase import phrase
from jsextract.layout.detect import read_layout
from jsextract.model.document import Document, Layout, LoadedFile
from jsextract.model.failures import concluded, failed
from jsextract.model.ids import document_id
from jsextract.model.report import CheckResult, Project, Report
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.prose import read_prose
from jsextract.narrative.unread import Missed, missed_in_file, overflowed
from jsextract.outline.cover import cover_text, supervision_index
from jsextract.outline.headings import Outline, cover_lines, outline
from jsextract.outline.identity import Identity, identify, with_path
from jsextract.outline.misread_entity import with_voted_entity
from jsextract.outline.path_names import told_by_path
from jsextract.readers.archives.members import Within
from jsextract.readers.page_work import Ocr
from jsextract.readers.present import is_there, looked_at
from jsextract.readers.registry import load, load_stream, read_document
from jsextract.remote import local_path
from jsextract.rules.bare_money import unit_of_all
from jsextract.rules.ruleset import RuleSet, load_rules
from jsextract.tables import TableReading
from jsextract.tables.arbitration import Arbitrated, second_opinions
from jsextract.tables.arbitration.reread import read_again
from jsextract.tables.evaluations import read_evaluation_tables
from jsextract.tables.flowed import with_flowed_tables
from jsextract.tables.lost import count_unread, lost_tables
from jsextract.tables.marks import marked, marked_facts, on_sheets, with_signs
from jsextract.tables.misread_names import with_known_names
from jsextract.tables.recognised import (
    unknown_amounts,
    unknown_values,
    with_confidence,
    with_doubted_facts,
    with_doubts,
)
from jsextract.tables.wholeness import wholeness, with_doubt
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Flag

CHECKERS: tuple[Callable[[Report, RuleSet], tuple[CheckResult, ...]], ...] = (equations,)

log = logging.getLogger(__name__)


class Analysis(Struct, frozen=True):
    """A document whose tables and sections are known, before any fact is taken from its text.

    Attributes:
        setting: year, unit and rules, for whoever reads the text.
        arbitrated: the tables, and what each reader said of those in doubt.
    """

    outline: Outline
    identity: Identity
    setting: ReadingContext
    arbitrated: Arbitrated

    @property
    def tables(self) -> tuple[TableReading, ...]:
        """The tables that were kept, in reading order."""
        return self.arbitrated.readings


Source = str | Path | bytes | BinaryIO | Within
"""A path, a URL that fsspec knows, the bytes of a file, an open binary file, or a place in an archive."""


def extract(
    source: Source,
    *,
    file: str = "",
    password: str | None = None,
    folders: Sequence[Path] = (),
    profile: str = "",
    ocr: str = Ocr.AUTO,
) -> Report:
    """Reads one final account: `read`, then `understand`.

    A document that cannot be read gives a report with status `failed`, a problem code and a message; nothing is
    raised for what is in a file.

    Args:
        source: the file, its bytes, or an open binary file; what it is, its content decides.
        file: its name in the report; the last part of its path unless given.
        password: for PDFs and archives that need one.
        folders: of rules of one's own, beside the shipped ones.
        profile: the overlay of rules to read it by; blank for the one that fits its cover, `none` for none.
        ocr: which pages are read as pictures: auto (those without text), never or always.

    Raises:
        SourceNotFound: if there is no such file.
        PatternError: if a rule file does not load, there is no such profile, or two fit the cover.
    """
    rules = load_rules(folders, profile)
    _refuse_missing(source)
    return extracted(source, rules, file=file, password=password, ocr=ocr)


def extracted(
    source: Source, rules: RuleSet, *, file: str = "", password: str | None = None, ocr: str = Ocr.AUTO
) -> Report:
    """What `extract` gives, by rules that are loaded; a file that is gone gives a failed report, too.

    Raises:
        PatternError: if two profiles fit the cover.
    """
    report = Report(document_id="", file=file or _name(source), sha256="", bytes=0, tool_version=__version__)
    try:
        known = loaded(source, file=report.file, password=password, ocr=ocr)
        report = identified(report, known)
        return understand(read_document(known), rules)
    except DocumentError as error:
        return failed(report, error)
    except JsextractError:
        raise
    except TimeoutError:
        log.debug("%s", report.file, exc_info=True)
        return failed(report, slow_search())
    except Exception as error:
        if _is_short_of_memory(error):
            return failed(report, OutOfMemory(phrase("Reading needed more memory than there is.")))
        # One bad document must not end a run: its row names the fault, -v shows the traceback.
        log.debug("%s", report.file, exc_info=True)
        return failed(
            report,
            Crashed(phrase("The program failed: {fault} at {place}.", fault=type(error).__name__, place=_place(error))),
        )


def _is_short_of_memory(error: Exception) -> bool:
    """Whether memory ran out; a library in C that cannot even make the error for that fails without one."""
    return isinstance(error, MemoryError) or (isinstance(error, SystemError) and "without setting" in str(error))


def read(source: Source, *, file: str = "", password: str | None = None) -> Document:
    """A file as upright pages of lines, rulings and ready-made grids; nothing is understood yet.

    Args:
        source: as for `extract`.
        file: its name; the last part of its path unless given.
        password: for PDFs and archives that need one.

    Raises:
        SourceNotFound: if there is no such file.
        DocumentError: if the file cannot be read.
    """
    _refuse_missing(source)
    return read_document(loaded(source, file=file, password=password))


def _refuse_missing(source: Source) -> None:
    """Raises SourceNotFound for a path of this machine where nothing is."""
    where = local_path(source) if isinstance(source, str | Path) else None
    if where is not None and not is_there(where):
        looked_at(where, str(where))


def loaded(source: Source, *, file: str = "", password: str | None = None, ocr: str = Ocr.AUTO) -> LoadedFile:
    """A file's bytes, and what it is.

    Args:
        source: as for `extract`.
        file: its name; the last part of its path unless given.
        password: for files that need one.
        ocr: as for `extract`.

    Raises:
        DocumentError: if the bytes cannot be had.
    """
    name = file or _name(source)
    if isinstance(source, str | Path | Within):
        return load(source, name=name, password=password, ocr=ocr)
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return load_stream(stream, name=name, password=password, ocr=ocr)


def _name(source: Source) -> str:
    """The last part of a path, or of what an open file is called; blank for bytes."""
    told = source if isinstance(source, str | Path) else getattr(source, "name", "")
    return PurePath(told).name if isinstance(told, str | Path) else ""


def understand(document: Document, rules: RuleSet) -> Report:
    """What a document claims: pages → layout → cells and facts → checks → report.

    Args:
        document: as read.
        rules: those in force; where they leave it open, the cover chooses a profile.

    Raises:
        PatternError: if two profiles fit the cover.
    """
    return report_of(document, analyse(document, rules))


def report_of(document: Document, found: Analysis) -> Report:
    """What an analysed document claims, checked, each value with its evidence."""
    rules = found.setting.rules
    report = _withheld(_claimed(_described(document), found), _damaged(document))
    layout, tables = found.arbitrated.layout, found.tables
    lost = lost_tables(layout, found.outline, tables, rules.tables) if report.is_final_account else ()
    unread = count_unread(layout, tables, lost)
    unread[""] += unknown_values(report.cells)
    report = replace(report, unread_cells=unread.total())
    at = numbers_of(document.pages)
    health = document.health
    if report.is_final_account:
        health = wholeness(document, tables, lost_in_file(lost, at), report.unread_cells)
    passages = collect_passages(
        report,
        found.outline,
        tables,
        rules,
        whole=not health.problem,
        lost=lost,
        recognised=_recognised(document),
        at=at,
    )
    words = checks_in_file(check_words(passages), at)
    report = report_in_file(report, at)
    checks = (result for checker in CHECKERS for result in checker(report, rules))
    report = with_origins(replace(report, checks=(*checks, *words)), found.arbitrated.others)
    doubtful = found.arbitrated.doubtful.union(place for place, count in unread.items() if place and count)
    fair = spared(report.checks, report.facts)
    report = replace(report, checks=settled(fair, doubtful, report.cells, rules.equations))
    if report.is_final_account:
        health = with_doubt(health, misread_tables(report))
    return concluded(with_evidence(report, rules), health)


def analyse(document: Document, rules: RuleSet) -> Analysis:
    """A document up to the point where facts are taken from its text; tables in doubt are read again by others.

    Args:
        document: as read.
        rules: as for `understand`.

    Raises:
        PatternError: as for `understand`.
    """
    document = with_flowed_tables(document, rules.tables, rules.equations, partial(score_table, rules=rules))
    layout = read_layout(document, definitions=rules.tables)
    rules = _chosen(rules, layout)
    layout = replace(layout, tables=with_known_names(layout.tables, rules))
    judge = partial(score_table, rules=rules)
    again = partial(read_again, document.data, document.password)
    arbitrated = second_opinions(document, layout, rules.tables, judge, again)
    layout, tables = arbitrated.layout, arbitrated.readings
    parts = outline(layout.prose, rules.sections)
    standard = sum(table.is_standard for table in tables)
    identity = identify(parts, layout.tables, standard_tables=standard)
    identity = with_voted_entity(identity, (line for page in document.pages for line in page.lines))
    identity = with_path(identity, told_by_path(document.path))
    unit = unit_of_all(line.text for line in layout.prose)
    context = ReadingContext(
        rules, identity.year, _main_unit(tables), entity=squeeze(identity.entity), unit_of_all=unit
    )
    return Analysis(parts, identity, context, arbitrated)


def _chosen(rules: RuleSet, layout: Layout) -> RuleSet:
    """The rules for the document, by its cover, before any heading or table of it is read."""
    cover = cover_text(cover_lines(layout.prose, rules.sections), layout.pages)
    return rules.for_document(cover, supervision_index(layout.pages))


def _described(document: Document) -> Report:
    """A report that says which document it is about and how it could be read, and nothing of what it says."""
    report = Report(document_id="", file=document.name, sha256="", bytes=0, tool_version=__version__)
    return replace(
        identified(report, document.file) if document.file else report,
        format=document.format,
        pages=len({page.of_file for page in document.pages} - {0}),
        page_sizes=tuple((page.width, page.height) for page in document.pages if page.number and not page.inside),
        text_source=document.health.text_source,
        flags=document.flags,
        dropped=_dropped(document),
        links=document.links,
        ocr_pages=len(_recognised(document)),
    )


def _recognised(document: Document) -> frozenset[int]:
    """The pages that were read from pictures, wholly or in part."""
    return frozenset(page.number for page in document.pages if page.source == "ocr" or page.recognised)


def _damaged(document: Document) -> frozenset[int]:
    """The pages that lost bytes."""
    return frozenset(page.number for page in document.pages if page.source == "damaged")


def _claimed(report: Report, found: Analysis) -> Report:
    """The report with what the document says that it is, and all that its tables and its narrative claim."""
    identity, setting = found.identity, found.setting
    pages = found.arbitrated.layout.pages
    printed = marked((cell for table in found.tables for cell in table.cells), pages)
    printed = with_doubts(printed, setting.rules, found.arbitrated.doubtful)
    printed = with_readings(printed, setting.rules)
    cells = with_signs(on_sheets(printed, pages), partial(score_table, rules=setting.rules))
    # The figures of a budget are no finals; its sections and terms are still kept.
    final = identity.is_final_account
    prose = read_prose(found.outline, setting, cells, facts=final)
    facts, spoilt = marked_facts(on_sheets(prose.facts, pages), pages)
    facts = with_doubted_facts(facts, pages)
    missed = unknown_amounts(found.arbitrated.layout.prose) + len(overflowed(cells)) if final else 0
    projects = (*prose.projects, *_in_tables(found.tables, prose.projects)) if final else ()
    return replace(
        report,
        kind=identity.kind,
        entity=identity.entity,
        region=identity.region,
        year=identity.year,
        unit=setting.unit,
        cells=cells,
        facts=facts,
        projects=with_confidence(projects, facts, cells),
        sections=prose.sections,
        glossary=prose.glossary,
        opinions=found.arbitrated.opinions,
        flags=(
            *report.flags,
            *((f"{Flag.PROFILE}{setting.rules.profile}",) if setting.rules.profile else ()),
            *identity.flags,
        ),
        unread_amounts=spoilt + missed + sum(len(s.spans) for s in prose.unread),
    )


def _withheld(report: Report, damaged: frozenset[int]) -> Report:
    """The report without what stands on damaged pages, where a figure may be another than was written.

    A table that reaches onto such a page goes as a whole: its sums would not hold.
    """
    if not damaged:
        return report
    tables = {cell.table for cell in report.cells if cell.page in damaged}
    return replace(
        report,
        cells=tuple(cell for cell in report.cells if cell.table not in tables),
        facts=tuple(fact for fact in report.facts if fact.page not in damaged),
        projects=tuple(project for project in report.projects if project.page not in damaged),
    )


def _in_tables(tables: Sequence[TableReading], told: Sequence[Project]) -> tuple[Project, ...]:
    """The projects that self-evaluation forms report and the text does not."""
    others = (reading.table for reading in tables if not reading.is_standard)
    return tuple(read_evaluation_tables(others, (project.project for project in told)))


def _main_unit(tables: Sequence[TableReading]) -> str:
    """The unit of most of the tables' cells; the standard tables decide where there are any."""
    standard = [table for table in tables if table.is_standard]
    units: Counter[str] = Counter()
    for table in standard or tables:
        units[table.unit] += len(table.cells)
    return max(units, key=lambda unit: (bool(unit), units[unit]), default="")


def unread(document: Document, rules: RuleSet) -> Missed:
    """The amounts of money in a document's text that no fact carries, and the cells of its tables that print ####.

    Args:
        document: as read.
        rules: as for `understand`.

    Raises:
        PatternError: as for `understand`.
    """
    found = analyse(document, rules)
    final = found.identity.is_final_account
    cells = overflowed(cell for table in found.tables for cell in table.cells) if final else ()
    missed = read_prose(found.outline, found.setting, facts=final).unread
    return missed_in_file(Missed(found.identity.kind, final, missed, cells), numbers_of(document.pages))


def identified(report: Report, known: LoadedFile) -> Report:
    """The report with the identity of the content."""
    identity = document_id(known.sha256)
    return replace(report, document_id=identity, sha256=known.sha256, bytes=known.size, format=known.format)


def _dropped(source: Document) -> dict[str, int]:
    return dict(sorted(sum((Counter(page.dropped) for page in source.pages), Counter[str]()).items()))


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
