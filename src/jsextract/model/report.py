"""What a document claims and how it was found: the rows of the dataset, typed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from msgspec import Struct, field

from jsextract.language.phrase import Phrase
from jsextract.model.document import Section
from jsextract.model.geometry import Box
from jsextract.vocabulary import (
    FINAL_ACCOUNTS,
    DocumentStatus,
    Evidence,
    Kind,
    Named,
    Origin,
    TextSource,
    is_standard,
)


class TableCell(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One data cell of a table, blank ones included (a row of cells.csv).

    Attributes:
        table: T1..T9 or X1, X2…
        item: canonical row name; a repeated name is a path.
        column: canonical, `/` between header levels.
        value: None when the cell is blank or holds no number; signed.
        value_text: as printed.
        amount_yuan: the value in 元, None when the cell is no money.
        evidence: how far it can be trusted; confirmed_by names the checks that say so.
        unit_name: the sub-unit that its table or row is of; blank for the account itself.
        sheet: the name of its sheet, cell_ref: its address there (B7); blank where the source is no workbook.
    """

    table: str
    title: str
    page: int
    row: int
    side: str
    code: str
    item: str
    item_text: str
    column: str
    column_text: str
    value: Decimal | None
    value_text: str
    unit: str
    amount_yuan: Decimal | None
    box: Box | None
    reader: str
    flags: tuple[str, ...] = ()
    evidence: str = Evidence.STATED
    confirmed_by: tuple[str, ...] = ()
    unit_name: str = ""
    sheet: str = ""
    cell_ref: str = ""

    @property
    def is_standard(self) -> bool:
        """Whether it stands in one of the nine standard tables."""
        return is_standard(self.table)

    @property
    def place(self) -> str:
        """The table, for a sub-unit with its name: `T3`, `T3@局本级`."""
        return f"{self.table}@{self.unit_name}" if self.unit_name else self.table


class Fact(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One thing that the narrative states (a row of facts.csv); CONTRACT names every column.

    Attributes:
        keywords: of a reason: what it names (人员变动, 厉行节约…).
        fund: the source of money that qualifies the item (资金来源); blank when nothing says.
        named: how its name was told.
        evidence, confirmed_by, sheet, cell_ref: as of a cell.
    """

    fact_id: str
    topic: str
    item: str
    item_text: str
    code: str
    project: str
    measure: str
    basis: str
    value: Decimal | None
    value_text: str
    unit: str
    amount_yuan: Decimal | None
    direction: str
    year: int | None
    section: str
    page: int
    box: Box | None
    sentence: str
    start: int
    end: int
    pattern: str
    flags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    fund: str = ""
    named: str = Named.OWN
    evidence: str = Evidence.STATED
    confirmed_by: tuple[str, ...] = ()
    sheet: str = ""
    cell_ref: str = ""


class Project(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A project whose self-evaluation is reported (项目绩效自评)."""

    project: str
    full_year_budget: Decimal | None
    executed: Decimal | None
    completion_rate: Decimal | None
    score: Decimal | None
    unit: str
    outputs: tuple[str, ...]
    problems: tuple[str, ...]
    improvements: tuple[str, ...]
    page: int
    flags: tuple[str, ...] = ()


class CheckResult(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One check that was made (a row of checks.csv).

    Attributes:
        origin: whose error a failed one is: document, reading or unknown.
        message, message_zh: the same sentence in English and in Chinese.
        follows: id and item of the check that this one fails with, as both rest on one error; blank for the root.
        confirms: those of the refs whose figures could have no other digits without changing what it found.
    """

    check_id: str
    status: str
    severity: str
    item: str
    stated: str
    computed: str
    difference: str
    tolerance: str
    unit: str
    pages: tuple[int, ...]
    refs: tuple[str, ...]
    message: str
    origin: str = Origin.UNKNOWN
    follows: str = ""
    confirms: tuple[str, ...] = ()
    message_zh: str = ""

    @property
    def told(self) -> Phrase:
        """The message in both languages; in English alone where it was kept before it had its Chinese."""
        return Phrase(self.message, self.message_zh or self.message)


class Term(Struct, frozen=True, array_like=True, gc=False):
    """A glossary entry (名词解释)."""

    term: str
    definition: str
    page: int


class Opinion(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What one reader said of one table that was in doubt; it goes to the log, not into the dataset.

    Attributes:
        table: its name as this reader would have it (T3, X1; several joined with `;`), blank where it saw none.
        doubt: what spoke against the first reading: identity, leftover, torn, missing.
        satisfied, failed: identities inside the table.
        leftover: characters at its place that this reader has in no cell.
        chosen: whether its reading was kept.
        problem: the error that ended it, blank where none did.
    """

    table: str
    pages: tuple[int, ...]
    doubt: tuple[str, ...]
    reader: str
    satisfied: int
    failed: int
    leftover: int
    chosen: bool
    problem: str = ""


class Report(Struct, frozen=True, kw_only=True, gc=False):
    """All that one file gave. Picklable; holds no clock.

    Attributes:
        file: name as given, relative to the source folder.
        status: ok, partial or failed.
        problem: one of CONTRACT's codes, blank when there is none.
        message, message_zh: one sentence for a person, in English and in Chinese.
        path: of the file, relative to the folder that the run was given.
        format: what the content is: pdf, txt, or the sniffed kind of a file that no reader takes.
        page_sizes: width and height of each upright page, in points.
        unread_cells: printed figures inside tables that no cell carries.
        links: attachments that a page names.
        ocr_pages: pages whose text was recognised in pictures.
    """

    document_id: str
    file: str
    sha256: str
    bytes: int
    pages: int = 0
    kind: str = Kind.OTHER
    entity: str = ""
    region: str = ""
    year: int | None = None
    text_source: str = TextSource.NONE
    unit: str = ""
    status: str = DocumentStatus.OK
    problem: str = ""
    message: str = ""
    cells: tuple[TableCell, ...] = ()
    facts: tuple[Fact, ...] = ()
    projects: tuple[Project, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    sections: tuple[Section, ...] = ()
    glossary: tuple[Term, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    flags: tuple[str, ...] = ()
    unread_amounts: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    tool_version: str = ""
    path: str = ""
    format: str = ""
    page_sizes: tuple[tuple[float, float], ...] = ()
    unread_cells: int = 0
    message_zh: str = ""
    links: tuple[str, ...] = ()
    ocr_pages: int = 0

    def __repr__(self) -> str:
        """One screen: what it is, how many rows it holds, what was not read; the rows are in its attributes."""
        whose = " ".join(filter(None, (self.kind, self.entity, str(self.year or ""))))
        counts = ", ".join(f"{len(rows)} {name}" for name, rows in self._rows().items())
        found = Counter(check.status for check in self.checks if not check.follows)
        lines = (
            f"Report of {self.file or self.document_id}: {whose}",
            f"  {self.status}{f' ({self.problem}): {self.message}' if self.problem else ''}",
            f"  {self.tables} tables, {counts}",
            f"  checks: {', '.join(f'{number} {status}' for status, number in sorted(found.items())) or 'none'}",
            f"  not read: {self.unread_amounts} amounts in the text, {self.unread_cells} figures in tables",
        )
        return "\n".join(lines)

    def _rows(self) -> dict[str, tuple[Struct, ...]]:
        """The rows of each kind, by the name of their attribute."""
        names = ("cells", "facts", "projects", "sections", "glossary")
        return {name: getattr(self, name) for name in names}

    @property
    def is_final_account(self) -> bool:
        """Whether it is the final account of a department or unit (决算)."""
        return self.kind in FINAL_ACCOUNTS

    @property
    def tables(self) -> int:
        """How many tables gave cells."""
        return len({c.table for c in self.cells})
