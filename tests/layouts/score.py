"""What stands in a dataset held against what was drawn, cell by cell, by the names of cells.csv."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from fixtures.draw.expect import CellRow
from fixtures.draw.layouts.accounts import Place
from fixtures.draw.layouts.change import value_of

DOUBT = frozenset({"low_confidence", "several_values", "no_item", "overflowed"})
FAILED = frozenset({"fail", "minor"})
ACROSS = "dataset."  # two drawings of one body agree no more than chance has it
STANDARD = frozenset(f"T{n}" for n in range(1, 10))
Name = tuple[str, str, str, str]
"""Table, side, code or item, column."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file: what it is a drawing of."""

    name: str
    layout: str
    producer: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A cell that is not right; `told` says what speaks against it, blank for silent."""

    name: str
    kind: str
    table: str
    side: str
    item: str
    column: str
    printed: str
    read: str
    told: str

    @property
    def has_figure(self) -> bool:
        """Whether a figure is concerned, not blanks alone."""
        return any(value_of(text) is not None for text in (self.printed, self.read))


@dataclass(frozen=True)
class Score:
    """One file: its cells, those not right, and for each tool beside the amounts that it placed."""

    case: Case
    cells: int
    right: int
    misses: tuple[Miss, ...]
    failures: int = 0
    accusing: int = 0
    amounts: int = 0
    placed: dict[str, int] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        return sum(m.kind == kind for m in self.misses)


def rows_of(out: Path, name: str) -> Iterator[dict[str, str]]:
    with (out / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@dataclass
class Read:
    """What stands in the dataset of one file."""

    status: str = ""
    cells: dict[Name, str] | None = None
    flagged: frozenset[Name] = frozenset()
    doubted: frozenset[str] = frozenset()
    failures: int = 0
    accusing: int = 0


def readings(out: Path) -> dict[str, Read]:
    """{name of the file: what was read of it}."""
    files = {row["document_id"]: row for row in rows_of(out, "documents.csv")}
    cells: dict[str, dict[Name, str]] = defaultdict(dict)
    flagged: dict[str, set[Name]] = defaultdict(set)
    doubted: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(out, "cells.csv"):
        if row["table"] not in STANDARD:
            continue
        own, name = row["document_id"], name_of_row(row)
        cells[own][name] = row["value"]
        if DOUBT & set(row["flags"].split(";")):
            flagged[own].add(name)
            doubted[own].add(row["table"])
    failures: Counter[str] = Counter()
    accusing: Counter[str] = Counter()
    for row in rows_of(out, "checks.csv"):
        if row["status"] in FAILED and not row["check_id"].startswith(ACROSS):
            own = row["document_id"]
            doubted[own] |= tables_in(row["refs"])
            failures[own] += 1
            accusing[own] += row["origin"] == "document"
    return {
        Path(row["file"]).stem: Read(
            row["status"], cells[own], frozenset(flagged[own]), frozenset(doubted[own]), failures[own], accusing[own]
        )
        for own, row in files.items()
    }


def tables_in(refs: str) -> set[str]:
    """The tables whose cells a check rests on."""
    parts = (ref.partition("cell:")[2] for ref in refs.split(";"))
    return {p.partition("/")[0].partition("@")[0] for p in parts if p}


def name_of_row(row: dict[str, str]) -> Name:
    unit = row.get("unit_name", "")
    item = f"{unit}/{row['item']}" if unit else row["item"]
    return row["table"], row["side"], row["code"] or item, row["column"]


def name_of_place(place: Place) -> Name:
    cell = place.cell
    return cell.table, cell.side, cell.code or cell.item, cell.column


def judged(case: Case, places: Sequence[Place], read: Read) -> Score:
    """The score of one file."""
    got = dict(read.cells or {})
    misses, right = [], 0
    for place in places:
        name = name_of_place(place)
        value = got.pop(name, None)
        if not place.on_page and not value:
            continue  # read as blank or not at all, both are right
        if value is not None and same(place.cell.value, value):
            right += 1
            continue
        kind = "missing" if value is None else "wrong"
        misses.append(Miss(case.name, kind, *name, place.cell.value, value or "", told(name, read, value is None)))
    misses += [Miss(case.name, "extra", *name, "", value, told(name, read, False)) for name, value in got.items()]
    return Score(case, sum(p.on_page for p in places), right, tuple(misses), read.failures, read.accusing)


def same(printed: str, read: str) -> bool:
    """Whether a value is the one printed; a dash may be read as nothing or as 0."""
    try:
        value = Decimal(read) if read else None
    except InvalidOperation:
        return False
    wanted = value_of(printed)
    return value == wanted or (printed == "—" and value == 0)


def told(name: Name, read: Read, is_missing: bool) -> str:
    """What speaks against a cell that is not right: its flag, its table, or of a missing one the document's status."""
    if name in read.flagged:
        return "flag"
    if name[0] in read.doubted:
        return "table"
    if is_missing and read.status != "ok":
        return "document"
    return ""


def place_of(row: dict[str, Any]) -> Place:
    """The data cell of a truth file."""
    return Place(**(row | {"cell": CellRow(**row["cell"])}))
