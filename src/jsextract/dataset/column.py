"""What a column of the dataset is: its name, its meaning in two languages, and how a row gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from msgspec import Struct

from jsextract.model.report import Report
from jsextract.vocabulary import EVIDENCE as WORDS_OF_EVIDENCE
from jsextract.vocabulary import Vocabulary

Raw = str | int | float | Decimal | tuple[Any, ...] | None
Take = Callable[[Any], Raw]

EDGE_DIGITS = 3
"""Decimals of an edge in a result."""
SAME_ROW = "{unit}"  # the unit stands in the column `unit` of the same row


class Column(Struct, frozen=True):
    """One column of one CSV file.

    Attributes:
        type: a Frictionless field type: string, integer, number or year.
        en, zh: what it means.
        take: from the row object to the value; the attribute of the same name unless given.
        unit: 元, pt, …; `{unit}` where the row's own column `unit` tells it; blank for no quantity.
        words: the closed vocabulary that its values are of, where there is one.
        many: whether a value is a list of such words, `;` between several.
        counted: whether each word of such a list is followed by `=` and how often.
        required: never blank.
        of_report: whether `take` is given the report, since all rows of a document have one value.
    """

    name: str
    type: str
    en: str
    zh: str
    take: Take
    unit: str = ""
    words: Vocabulary | None = None
    many: bool = False
    counted: bool = False
    required: bool = False
    of_report: bool = False


class Resource(Struct, frozen=True):
    """One CSV file of the dataset.

    Attributes:
        name: the file's name without .csv.
        columns: without the document's id, which every file but documents.csv begins with.
        rows: the row objects that a report gives; the columns take their values from them.
        parent: whether each row belongs to a document of documents.csv (a foreign key).
    """

    name: str
    en: str
    zh: str
    columns: tuple[Column, ...]
    rows: Callable[[Report], Iterable[Any]]
    parent: bool = True

    @property
    def file(self) -> str:
        """The name of the CSV file."""
        return f"{self.name}.csv"

    @property
    def fields(self) -> tuple[Column, ...]:
        """All columns as they stand in the file, the document's id first."""
        return (DOCUMENT_ID, *self.columns) if self.parent else self.columns

    @property
    def header(self) -> list[str]:
        """The names of all columns, as the first line has them."""
        return [c.name for c in self.fields]

    @property
    def flags_at(self) -> int | None:
        """The place of the column `flags`; None where there is none."""
        return self.header.index("flags") if "flags" in self.header else None

    def values(self, report: Report) -> list[list[Raw]]:
        """The values of one report, typed, column by column in the order of `fields`."""
        rows = list(self.rows(report))
        head: list[list[Raw]] = [[report.document_id] * len(rows)] if self.parent else []
        return [
            *head,
            *([c.take(report)] * len(rows) if c.of_report else list(map(c.take, rows)) for c in self.columns),
        ]


def text(
    name: str, en: str, zh: str, *, take: Take | None = None, words: Vocabulary | None = None, required: bool = False
) -> Column:
    """A column of text; tuples are joined with `;`."""
    return Column(name, "string", en, zh, take or attrgetter(name), words=words, required=required)


def flags(words: Vocabulary, en: str = "What was inferred or is unusual", zh: str = "推断所得或不寻常之处") -> Column:
    """The column `flags`, of words of this vocabulary."""
    several = f"{en}, `;` between several.", f"{zh}，多个以 `;` 分隔。"
    return Column("flags", "string", *several, attrgetter("flags"), words=words, many=True)


def number(name: str, en: str, zh: str, *, unit: str = SAME_ROW, take: Take | None = None) -> Column:
    """A column of exact decimal numbers."""
    return Column(name, "number", en, zh, take or attrgetter(name), unit=unit)


def count(name: str, en: str, zh: str, *, unit: str = "", take: Take | None = None, required: bool = True) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", en, zh, take or attrgetter(name), unit=unit, required=required)


def _edge(name: str, en: str, zh: str) -> Column:
    """A column with one edge of the row's box, in points with EDGE_DIGITS decimals."""

    def take(row: Any) -> float | None:
        # as exact as a result keeps it: rows are the same before and after
        return None if row.box is None else round(float(getattr(row.box, name)), EDGE_DIGITS)

    return number(name, en, zh, unit="pt", take=take)


DOCUMENT_ID = Column(
    "document_id",
    "string",
    "The document in documents.csv.",
    "documents.csv 中的文件。",
    attrgetter("document_id"),
    required=True,
)
PAGE = count(
    "page",
    "Page, counted from 1; of a workbook the number of the sheet; 1 for a web page or Word file; 0 for plain text.",
    "页码，从 1 起；工作簿为工作表序号，网页和 Word 文件为 1，纯文本为 0。",
    take=attrgetter("page"),
)
BOX = (
    _edge(
        "x0",
        "Left edge of its box on the upright page, of a scan laid flat as `jsextract show` draws it; blank where the "
        "source has no places (plain text, a sheet, …).",
        "在正向页面上的左边界，扫描页为 `jsextract show` 所示展平后的页面；来源没有位置（纯文本、工作表等）时为空。",
    ),
    _edge("y0", "Top edge, measured from the top of the page.", "上边界，从页面顶端量起。"),
    _edge("x1", "Right edge.", "右边界。"),
    _edge("y1", "Bottom edge, measured from the top of the page.", "下边界，从页面顶端量起。"),
)
SHEET = (
    text(
        "sheet", "Name of its sheet; blank where the source is no workbook.", "所在工作表的名称；来源不是工作簿时为空。"
    ),
    text("cell_ref", "Address of its cell in the sheet (B7).", "在工作表中的单元格地址（如 B7）。"),
)
EVIDENCE = (
    text("evidence", "How far the value can be trusted.", "数值可信的程度。", words=WORDS_OF_EVIDENCE),
    text(
        "confirmed_by",
        "The checks that confirm it (check_id), `;`-separated; blank unless it is confirmed.",
        "佐证它的核对（check_id），以 `;` 分隔；未获佐证则为空。",
    ),
)
