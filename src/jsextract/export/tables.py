"""What is exported: the files of a dataset as typed tables, whose account it is on every row, and the codebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from jsextract.dataset.column import Column, Resource
from jsextract.dataset.plain_names import OWNER_NAMES, PLAIN_NAMES
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.stream import Columns, typed_columns
from jsextract.dataset.values import Value
from jsextract.export.owners import OWNER, Owners
from jsextract.vocabulary import VOCABULARIES


class FieldType(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DOUBLE = "double"


class Field(Struct, frozen=True):
    """One field of an exported table.

    Attributes:
        en, zh: what it means.
        unit: as in the codebook.
        column: what it is in the CSV file; blank where another file has it.
        words: the name of its vocabulary.
    """

    name: str
    type: FieldType
    en: str
    zh: str
    unit: str = ""
    column: str = ""
    words: str = ""


class Table(Struct, frozen=True):
    """One exported table.

    Attributes:
        batches: its rows from the first on, some thousands at a time, column by column; to be called again for
            another pass.
    """

    name: str
    en: str
    zh: str
    fields: tuple[Field, ...]
    batches: Callable[[], Iterator[Columns]]

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Its rows one by one."""
        for columns in self.batches():
            yield from zip(*columns, strict=True)


_CODEBOOK = (
    ("table_name", "The table.", "表。"),
    ("field_name", "The field.", "字段。"),
    ("csv_column", "Its column in the CSV file; blank where it is joined to it.", "CSV 文件中的列名；并入者为空。"),
    ("field_type", "Its type; decimals are doubles where the format has none.", "类型；格式无十进制数者用双精度数。"),
    ("unit", "Its unit; for {unit} the field unit of the row tells it.", "单位；为 {unit} 者见该行 unit 字段。"),
    ("vocabulary", "The list that its words are of.", "所用词汇。"),
    ("meaning_en", "What it means, in English.", "英文含义。"),
    ("meaning_zh", "What it means, in Chinese.", "中文含义。"),
)
_TYPES = {"string": FieldType.TEXT, "integer": FieldType.INTEGER, "year": FieldType.INTEGER}


@contextmanager
def dataset_tables(folder: Path) -> Iterator[tuple[Table, ...]]:
    """All tables of the dataset in `folder`, the codebook and the vocabularies last; good for the block.

    Raises:
        DatasetDamaged: if a file is missing or is none of ours; also while rows are taken.
    """
    with Owners(folder) as owners:
        tables = tuple(_table(folder, resource, owners) for resource in RESOURCES)
        yield (*tables, codebook_table(tables), _vocabulary())


def _table(folder: Path, resource: Resource, owners: Owners) -> Table:
    """One file: the document first, then what is joined to it, then its other columns."""
    joined = [(at, _joined(resource, column)) for at, column in enumerate(OWNER) if _is_foreign(resource, column)]
    own = [_field(column) for column in resource.fields]
    head = 1 if resource.parent else 0
    key_at = resource.header.index("document_id" if "document_id" in resource.header else "documents")

    def batches() -> Iterator[Columns]:
        for columns in typed_columns(folder, resource):
            found = owners.of(columns[key_at]) if joined else []
            yield [*columns[:head], *(found[at] for at, _ in joined), *columns[head:]]

    fields = (*own[:head], *(field for _, field in joined), *own[head:])
    return Table(resource.name, resource.en, resource.zh, fields, batches)


def _is_foreign(resource: Resource, column: Column) -> bool:
    """Whether a column of the owner has to be joined: the file has none of that name, or one that means another."""
    return column.name not in resource.header or (resource.name, column.name) in OWNER_NAMES


def _joined(resource: Resource, column: Column) -> Field:
    """The field of a joined column."""
    name = OWNER_NAMES.get((resource.name, column.name), column.name)
    return Field(name, _type(column), column.en, column.zh, words=column.words.name if column.words else "")


def _field(column: Column) -> Field:
    """The field of a column of the file itself."""
    words = column.words.name if column.words else ""
    name = PLAIN_NAMES.get(column.name, column.name)
    return Field(name, _type(column), column.en, column.zh, column.unit, column.name, words)


def _type(column: Column) -> FieldType:
    """Numbers are exact, but for edges on a page."""
    if column.type == "number":
        return FieldType.DOUBLE if column.unit == "pt" else FieldType.DECIMAL
    return _TYPES[column.type]


def codebook_table(tables: tuple[Table, ...]) -> Table:
    """The fields of these tables, one row each."""
    rows = [
        (table.name, field.name, field.column, field.type, field.unit, field.words, field.en, field.zh)
        for table in tables
        for field in table.fields
    ]
    return _made("codebook", "What every field of every table means.", "各字段的含义。", _CODEBOOK, rows)


def _vocabulary() -> Table:
    """All words of the closed lists, one row each."""
    rows = [(each.name, str(word), word.en, word.zh) for each in VOCABULARIES for word in each.words]
    told = (
        ("vocabulary", "The list.", "词汇名。"),
        ("word", "The word.", "词。"),
        ("meaning_en", "What it means, in English.", "英文含义。"),
        ("meaning_zh", "What it means, in Chinese.", "中文含义。"),
    )
    return _made("vocabulary", "The words of every closed list.", "各词汇的词。", told, rows)


def _made(
    name: str, en: str, zh: str, told: tuple[tuple[str, str, str], ...], rows: Sequence[tuple[str, ...]]
) -> Table:
    """A table of texts that no file holds."""
    fields = tuple(Field(each, FieldType.TEXT, means, means_zh) for each, means, means_zh in told)
    return Table(name, en, zh, fields, lambda: iter([list(zip(*rows, strict=True))] if rows else []))
