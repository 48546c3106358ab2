"""Tables as streams of Arrow record batches, which Parquet and DuckDB take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from jsextract.dataset.values import Value
from jsextract.export.doubles import floats
from jsextract.export.tables import Field, FieldType, Table

if TYPE_CHECKING:
    import pyarrow as pa

DIGITS, DECIMALS = 38, 10
"""Of exact numbers: as many digits as Arrow's and DuckDB's widest decimal has."""


def schema_of(table: Table) -> pa.Schema:
    """The types of its fields; what they mean stands in their metadata."""
    import pyarrow as pa

    types = {
        FieldType.TEXT: pa.string(),
        FieldType.INTEGER: pa.int64(),
        FieldType.DECIMAL: pa.decimal128(DIGITS, DECIMALS),
        FieldType.DOUBLE: pa.float64(),
    }
    fields = [pa.field(field.name, types[field.type], metadata=_meaning(field)) for field in table.fields]
    return pa.schema(fields, metadata={"description": table.en, "description_zh": table.zh})


def _meaning(field: Field) -> dict[str, str]:
    """What stands beside a field."""
    told = {"en": field.en, "zh": field.zh, "unit": field.unit, "csv_column": field.column, "vocabulary": field.words}
    return {key: value for key, value in told.items() if value}


def record_batches(table: Table, lost: Counter[str]) -> Iterator[pa.RecordBatch]:
    """Its rows; a number that does not fit is blank, never rounded, and counted in `lost` by its field."""
    import pyarrow as pa

    schema = schema_of(table)
    for columns in table.batches():
        arrays = []
        for values, field, typed in zip(columns, table.fields, schema, strict=True):
            if field.type == FieldType.DOUBLE:
                arrays.append(pa.array(floats(values), typed.type))
                continue
            try:
                arrays.append(pa.array(values, typed.type))
            except pa.ArrowInvalid:
                fitting = [value if _fits(value) else None for value in values]
                lost[f"{table.name}.{typed.name}"] += sum(map(_is_lost, values, fitting))
                arrays.append(pa.array(fitting, typed.type))
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _fits(value: Value) -> bool:
    """Whether a decimal of these formats holds the number."""
    if not isinstance(value, Decimal) or not value:
        return True
    exponent = value.normalize().as_tuple().exponent
    return value.adjusted() < DIGITS - DECIMALS and isinstance(exponent, int) and exponent >= -DECIMALS


def _is_lost(before: Value, after: Value) -> bool:
    return before is not None and after is None
