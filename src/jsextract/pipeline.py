"""One document from its bytes to its report: the whole run on one screen."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from msgspec.structs import replace

from jsextract._version import __version__
from jsextract.check.equation_rules import rules
from jsextract.check.equations import equations
from jsextract.check.origin import with_origins
from jsextract.check.score import score_table
from jsextract.check.text_rules import check_words, prepare_words
from jsextract.check.text_rules.collect import collect_passages
from jsextract.errors import (
    Crashed,
    DocumentError,
    EmptyFile,
    JsextractError,
    OutOfMemory,
    SourceNotFound,
    TooLarge,
    Unreadable,
)
from jsextract.layout.detect import read_layout
from jsextract.model.document import Source
from jsextract.model.ids import document_id
from jsextract.model.report import CheckResult, Project, Report
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.prose import read_prose
from jsextract.narrative.unread import Unread
from jsextract.outline.cover import cover_text, supervision_index
from jsextract.outline.headings import Outline, outline
from jsextract.outline.identity import Identity, identify
from jsextract.readers.health import Health, judge
from jsextract.readers.pdf.images import pages_with_images
from jsextract.readers.pdf.pdfium import MAX_BYTES as MAX_BYTES
from jsextract.readers.pdf.repair import read_sound
from jsextract.readers.text import read_text
from jsextract.remote import local_path, remote_file
from jsextract.rules.profiles import general, load_profiles, rulebook
from jsextract.rules.tokenize import tokenize
from jsextract.tables import TableReading
from jsextract.tables.arbitration import Arbitrated, second_opinions
from jsextract.tables.arbitration.reread import read_again
from jsextract.tables.definitions import definitions
from jsextract.tables.evaluations import read_evaluations
from jsextract.text.normal import normalise
from jsextract.vocabulary import Flag

MAX_TEXT_BYTES = 20 << 20
Checker = Callable[[Report], tuple[CheckResult, ...]]
CHECKERS: tuple[Checker, ...] = (equations,)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document whose tables and sections are known, before any fact is taken from its text.

    Attributes:
        setting: year, unit and rules, for whoever reads the text.
    """

    outline: Outline
    tables: tuple[TableReading, ...]
    identity: Identity
    setting: ReadingContext


def extract(path: str | Path, *, file: str = "", password: str | None = None, profile: str = "") -> Report:
    """Reads one final account: a PDF, or a UTF-8 text file named .txt.

    A document that cannot be read gives a report with status `failed`, a problem code and a message; nothing is
    raised for it.

    Args:
        path: the file, or a URL that fsspec knows.
        file: its name in the report; the path's last part unless given.
        password: for PDFs that need one.
        profile: the overlay of rules to read it by; blank for the one that fits its cover, `none` for none.

    Raises:
        PatternError: if a rule file does not load, there is no such profile, or two fit the cover.
    """
    named = PurePath(path)
    report = Report(document_id="", file=file or named.name, sha256="", bytes=0, tool_version=__version__)
    try:
        data = read_bytes(path)
        report = identified(report, data)
        return _understand(report, data, named.suffix.lower() == ".txt", password, profile)
    except DocumentError as error:
        return failed(report, error)
    except JsextractError:
        raise
    except MemoryError:
        return failed(report, OutOfMemory("Reading needed more memory than there is."))
    except Exception as error:
        # One bad document must not end a run: its row names the fault, -v shows the traceback.
        log.debug("%s", report.file, exc_info=True)
        return failed(report, Crashed(f"The program failed: {type(error).__name__} at {_place(error)}."))


def prepare() -> None:
    """Loads and compiles all rules; worker processes that are forked after this share them.

    Raises:
        PatternError: if a rule file does not load.
    """
    tokenize(normalise(""), general().lexicon)
    load_profiles()
    definitions()
    rules()
    prepare_words()


def _understand(report: Report, data: bytes, plain: bool, password: str | None, profile: str) -> Report:
    """Bytes → pages → layout → cells and facts → checks → report."""
    source = read_text(data) if plain else read_sound(data, password=password)
    health = judge(source, lambda numbers: pages_with_images(data, numbers, password))
    report = replace(
        report,
        pages=0 if plain else len(source.pages),
        text_source=health.text_source,
        flags=source.flags,
        dropped=_dropped(source),
    )
    heard = _heard(source, data, password)
    found = _opened(heard, profile)
    report = replace(_claimed(report, found), opinions=heard.opinions)
    report = _withheld(report, frozenset(page.number for page in source.pages if page.source == "damaged"))
    words = check_words(collect_passages(report, found.outline, found.tables, whole=not health.problem))
    report = replace(report, checks=(*(result for checker in CHECKERS for result in checker(report)), *words))
    report = with_origins(report, heard.others)
    return _concluded(report, health)


def opened(path: str | Path, *, password: str | None = None, profile: str = "") -> Opened:
    """A document up to the point where facts are taken from its text, for whoever looks at how that goes.

    Args:
        path: a PDF, or a UTF-8 text file named .txt.
        password: for PDFs that need one.
        profile: as for `extract`.

    Raises:
        SourceNotFound: if there is no such file.
        DocumentError: if the file cannot be read.
        PatternError: as for `extract`.
    """
    path = Path(path)
    if not path.exists():
        raise SourceNotFound(f"{path} does not exist.", "Check the path.")
    data = read_bytes(path)
    source = read_text(data) if path.suffix.lower() == ".txt" else read_sound(data, password=password)
    return _opened(_heard(source, data, password), profile)


def _heard(source: Source, data: bytes, password: str | None) -> Arbitrated:
    """Pages → layout and tables; what is in doubt is read again by others."""
    return second_opinions(source, read_layout(source), score_table, partial(read_again, data, password))


def _opened(heard: Arbitrated, profile: str) -> Opened:
    layout, tables = heard.layout, heard.readings
    parts = outline(layout.prose)
    standard = sum(table.table_id.startswith("T") for table in tables)
    identity = identify(parts, layout.tables, standard_tables=standard)
    book = rulebook(profile, cover_text(parts, layout.pages), supervision_index(layout.pages))
    return Opened(parts, tables, identity, ReadingContext(identity.year, _main_unit(tables), book=book))


def _claimed(report: Report, found: Opened) -> Report:
    """The report with what the document says that it is, and all that its tables and its narrative claim."""
    identity, setting = found.identity, found.setting
    cells = tuple(cell for table in found.tables for cell in table.cells)
    # The figures of a budget are no finals; its sections and terms are still kept.
    final = identity.kind.endswith("决算")
    prose = read_prose(found.outline, setting, cells, facts=final)
    return replace(
        report,
        kind=identity.kind,
        entity=identity.entity,
        region=identity.region,
        year=identity.year,
        unit=setting.unit,
        cells=cells,
        facts=prose.facts,
        projects=(*prose.projects, *_in_tables(found.tables, prose.projects)) if final else (),
        sections=prose.sections,
        glossary=prose.glossary,
        flags=(*report.flags, f"{Flag.PROFILE}{setting.book.profile}") if setting.book.profile else report.flags,
        unread_amounts=len(prose.unread),
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
    others = (reading.table for reading in tables if not reading.table_id.startswith("T"))
    return tuple(read_evaluations(others, (project.project for project in told)))


def _main_unit(tables: Sequence[TableReading]) -> str:
    """The unit of most of the tables' cells; the standard tables decide where there are any."""
    standard = [table for table in tables if table.table_id.startswith("T")]
    units: Counter[str] = Counter()
    for table in standard or tables:
        units[table.unit] += len(table.cells)
    return max(units, key=lambda unit: (bool(unit), units[unit]), default="")


def _concluded(report: Report, health: Health) -> Report:
    """The report with its status; a file of another kind says so, unless something worse is the matter."""
    if not health.problem and report.kind == "其他":
        message = "This is neither a final account nor a budget of a department or unit."
        return replace(report, status=health.status, problem="not-final-account", message=message)
    return replace(report, status=health.status, problem=health.problem, message=health.message)


def unread(
    path: str | Path, *, password: str | None = None, profile: str = "", partly: bool = False
) -> tuple[Unread, ...]:
    """The sentences of a final account that state an amount of money and gave no fact, in reading order.

    Args:
        path: a PDF, or a UTF-8 text file named .txt.
        password: for PDFs that need one.
        profile: as for `extract`.
        partly: also those that gave facts, for amounts which none of these covers.

    Raises:
        SourceNotFound, DocumentError, PatternError: as for `opened`.
    """
    found = opened(path, password=password, profile=profile)
    final = found.identity.kind.endswith("决算")
    return read_prose(found.outline, found.setting, facts=final, partly=partly).unread


def picture(path: str | Path, number: int, *, password: str | None = None, profile: str = "") -> bytes:
    """A PNG of one page with the words, rulings, cells and facts that were seen.

    Args:
        path: a PDF.
        number: the page, counted from 1.
        password: for PDFs that need one.
        profile: as for `extract`.

    Raises:
        SourceNotFound: if there is no such file or page.
        DocumentError: if the file cannot be read.
    """
    from jsextract.readers.pdf.draw import draw_page  # loads the imaging library, which nothing else needs

    path = Path(path)
    if not path.exists():
        raise SourceNotFound(f"{path} does not exist.", "Check the path.")
    data = read_bytes(path)
    pages = {page.number: page for page in read_sound(data, password=password).pages}
    if number not in pages:
        raise SourceNotFound(f"{path.name} has no page {number}; its last is {len(pages)}.", "Choose another --page.")
    report = extract(path, password=password, profile=profile)
    cells = [cell.box for cell in report.cells if cell.page == number and cell.box]
    facts = [fact.box for fact in report.facts if fact.page == number and fact.box]
    return draw_page(data, pages[number], cells, facts, password)


def read_bytes(place: Path | str) -> bytes:
    """The bytes of a regular file.

    Raises:
        Unreadable: the system refuses, or it is no regular file (it is never waited for).
        EmptyFile, TooLarge: by its size.
    """
    limit = MAX_TEXT_BYTES if PurePath(place).suffix.lower() == ".txt" else MAX_BYTES
    path = local_path(place)
    try:
        if path is None:
            size, read = remote_file(str(place))
        elif not path.is_file():
            raise Unreadable("It is no regular file." if path.exists() else "The file is gone.")
        else:
            size, read = path.stat().st_size, path.read_bytes
        if size > limit:
            raise TooLarge(f"The file has {size} bytes, more than {limit}.", "Split it.")
        data = read()
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {error.strerror or error}.", "Check its permissions.") from error
    if not data:
        raise EmptyFile("The file is empty (0 bytes).", "Download it again.")
    return data


def identified(report: Report, data: bytes) -> Report:
    """The report with the identity of the content."""
    digest = hashlib.sha256(data).hexdigest()
    return replace(report, document_id=document_id(digest), sha256=digest, bytes=len(data))


def failed(report: Report, error: DocumentError) -> Report:
    """The report of a document that gives no data."""
    return replace(report, status="failed", problem=error.problem, message=str(error))


def failure(report: Report) -> DocumentError:
    """The error that a failed report stands for."""
    if report.problem == EmptyFile.problem and report.bytes == 0:
        return EmptyFile(report.message)
    kinds: dict[str, type[DocumentError]] = {kind.problem: kind for kind in reversed(DocumentError.__subclasses__())}
    return kinds.get(report.problem, DocumentError)(report.message)


def _dropped(source: Source) -> dict[str, int]:
    total: dict[str, int] = {}
    for page in source.pages:
        for cause, number in page.dropped.items():
            total[cause] = total.get(cause, 0) + number
    return dict(sorted(total.items()))


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
