"""The part of the codebook that names things: standard tables, their columns and rows, items of the text, units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from jsextract.rules.lexicon import Name
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.table_definitions import TableDef
from jsextract.rules.tokenize import ECONOMIC
from jsextract.vocabulary import Topic

_REFERENCE = re.compile(r"^$|[{}]|^recent")
"""An item that a rule takes from the sentence."""
_TABLES = """## standard tables

The nine standard tables whatever number a document prints, with their canonical columns, and the rows whose printed
names differ; rows with a code bear the names of the budget classification. Any other table is X1, X2….
九张标准表（与文件所印编号无关）及其规范列名、规范行名；有编码的行用预算科目的名称。其他表为 X1、X2…。

| table | name | meaning | columns | rows |
|---|---|---|---|---|"""
_ITEMS = """## items

Canonical names of what the text states figures about, by topic; others are formed in the same manner. Items of the
budget classification (类/款/项) bear its names.
正文事项的规范名称，按主题排列；未列者依同样方式命名。预算科目（类/款/项）用其名称。

| topic | items |
|---|---|"""
_UNITS = """## units

Units as they are printed, by what they count; 万 or 亿 before one of them stays a part of it (万条).
所印的计量单位，按所计之物排列；其前的“万”“亿”属于单位（如万条）。

| of | units |
|---|---|"""


def name_lists(rules: RuleSet) -> Iterator[str]:
    """The lines of the part."""
    yield from (_TABLES, *map(_table, rules.tables), "")
    yield from (_ITEMS, *(_row(topic, found) for topic, found in _by_topic(rules).items()), "")
    yield from (_UNITS, *(_row(kind, found) for kind, found in _by_kind(rules.lexicon.units).items()), "")


def _table(table: TableDef) -> str:
    """One standard table as a row in Markdown."""
    columns, rows = (_listed(name for name, _ in named) for named in (table.columns, table.items))
    return f"| `{table.id}` | {table.name} | {table.english} | {columns} | {rows} |"


def _by_topic(rules: RuleSet) -> Mapping[str, list[str]]:
    """Topic → canonical items, in the order of topics; without the names of the budget classification."""
    found: dict[str, dict[str, None]] = {topic: {} for topic in Topic}
    for name in rules.lexicon.items.values():
        if not name.code and name.topic != ECONOMIC:
            found[name.topic] |= dict.fromkeys(_meanings(name))
    known = {item for items in found.values() for item in items}
    for claim in (claim for rule in rules.facts for claim in rule.claims):
        if claim.topic and claim.item not in known and not _REFERENCE.search(claim.item):
            found[claim.topic][claim.item] = None
    return {topic: list(items) for topic, items in found.items() if items}


def _meanings(name: Name) -> Iterator[str]:
    """Every item that a name may mean: by what is counted, by its section, by the list that it stands in."""
    by_place = (*name.within.values(), *name.under.values(), *name.after.values())
    return (
        item
        for item in (name.item, name.money, name.count, *by_place, *name.sides)
        if item and not _REFERENCE.search(item)
    )


def _by_kind(units: Mapping[str, str]) -> Mapping[str, list[str]]:
    """What is counted → its units, in the order of the file."""
    found: dict[str, list[str]] = {}
    for unit, kind in units.items():
        found.setdefault(kind, []).append(unit)
    return found


def _row(head: str, names: Iterable[str]) -> str:
    return f"| `{head}` | {_listed(names)} |"


def _listed(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)
