"""Tables for formats without exact decimals: doubles, each beside a text that keeps every digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from jsextract.dataset.columns_indicators import INDICATORS_WIDE
from jsextract.dataset.csvtext import decimal_text
from jsextract.dataset.stream import Columns
from jsextract.dataset.values import Value
from jsextract.export.tables import Field, FieldType, Table

_BEYOND = Decimal("1e308")
_EXACT = "The field before it with every digit, as text."
_EXACT_ZH = "前一字段的精确值（文本）。"


def with_doubles(table: Table) -> Table:
    """The table with its decimals as doubles, each with `NAME_text` behind it unless there is one already.

    The wide panel gets no texts: its values stand exactly in indicators_source.
    """
    names = {field.name for field in table.fields}
    fields: list[Field] = []
    plan: list[tuple[int, bool]] = []  # the place of a column, and whether its text follows
    for at, field in enumerate(table.fields):
        twin = f"{field.name}_text"
        exact = field.type == FieldType.DECIMAL and table.name != INDICATORS_WIDE.name and twin not in names
        fields.append(replace(field, type=FieldType.DOUBLE) if field.type == FieldType.DECIMAL else field)
        if exact:
            fields.append(Field(twin, FieldType.TEXT, _EXACT, _EXACT_ZH))
        plan.append((at, exact))
    numbers = {FieldType.DECIMAL, FieldType.DOUBLE}
    doubles = frozenset(at for at, field in enumerate(table.fields) if field.type in numbers)

    def batches() -> Iterator[Columns]:
        for columns in table.batches():
            made: Columns = []
            for at, exact in plan:
                made.append(floats(columns[at]) if at in doubles else columns[at])
                if exact:
                    made.append(_texts(columns[at]))
            yield made

    return replace(table, fields=tuple(fields), batches=batches)


def floats(values: Sequence[Value]) -> list[Value]:
    """The nearest doubles; None for what is beyond them."""
    return [float(value) if isinstance(value, Decimal) and abs(value) < _BEYOND else None for value in values]


def _texts(values: Sequence[Value]) -> list[Value]:
    """The numbers as plain text; blank where there is none."""
    return [decimal_text(value) if isinstance(value, Decimal) else "" for value in values]
