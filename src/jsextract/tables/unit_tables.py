"""A standard table that stands again for a sub-unit, told by the line over it (单位：X（本级）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jsextract.rules.table_definitions import TableDef, bare_title
from jsextract.tables.header import Body
from jsextract.text.normal import squeeze

_LABELS = ("部门", "单位", "名称")
_SURE = 2  # standard tables of the account's body beside which a body of another name is one of its units


def tables_of_units(
    bodies: Sequence[Body], standard: Mapping[int, TableDef], definitions: Sequence[TableDef]
) -> dict[int, tuple[TableDef, str]]:
    """For each further table under a standard one's title that names another body: which one it is, and that body.

    The other body is a unit where its name begins with the account's, or where that is the one of several tables.
    """
    whose = {index: named_body(body.table.above) for index, body in enumerate(bodies)}
    own = {definition.id: whose[index] for index, definition in standard.items()}
    found: dict[int, tuple[TableDef, str]] = {}
    for index, body in enumerate(bodies):
        title, unit = bare_title(body.table.title), whose[index]
        definition = next((d for d in definitions if d.id in own and title and d.reads_title(title)), None)
        account = own[definition.id] if definition else ""
        if index in standard or definition is None or not (unit and account) or unit == account:
            continue
        if unit.startswith(account) or list(own.values()).count(account) >= _SURE:
            found[index] = definition, unit
    return found


def named_body(above: Sequence[str]) -> str:
    """The body that the lines over a table name; blank where none is named or several are."""
    parts = (squeeze(line).partition("：") for line in above)
    names = {name for label, _, name in parts if name and label.endswith(_LABELS)}
    return names.pop() if len(names) == 1 else ""
