"""One random fault at a time in what was read of an account that is right, and whether a check finds it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from jsextract.check.equations import equations
from jsextract.check.figure import cell_ref, fact_ref
from jsextract.model.report import Fact, Report, TableCell
from jsextract.rules.ruleset import load_rules
from jsextract.text.amounts import parse_number, to_yuan

FOUND = frozenset({"fail", "minor"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes:
        kind: which of KINDS.
        where: the cell or fact, as checks refer to it.
        what: what was done, for the list of those that escape.
        report: the report with the fault in it.
        moved: by how much the figure changed, where one did and stayed in its place.
    """

    kind: str
    where: str
    what: str
    report: Report
    moved: Decimal | None = None


def other_digit(rng: Random, text: str) -> str:
    """The text with one digit changed."""
    at = rng.choice([i for i, c in enumerate(text) if c.isdigit()])
    return text[:at] + rng.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]


def swapped_digits(rng: Random, text: str) -> str:
    """The text with two neighbouring digits that differ exchanged; as it is where there are none."""
    places = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def moved_point(rng: Random, text: str) -> str:
    """The text with its decimal point one place further left or right, as a reader would misread it."""
    plain = text.replace(",", "").replace("，", "")
    if "." not in plain:
        return text
    whole, _, part = plain.partition(".")
    if rng.random() < 0.5 and len(part) > 1:
        return f"{whole}{part[0]}.{part[1:]}"
    return f"{whole[:-1]}.{whole[-1]}{part}" if len(whole) > 1 else text


def retyped(row: TableCell, text: str) -> TableCell:
    """The cell with another text."""
    value = parse_number(text)
    amount = None if value is None else to_yuan(value, row.unit)
    return replace(row, value=value, value_text=text, amount_yuan=amount)


def in_cell(kind: str, change: Callable[[Random, str], str], rng: Random, report: Report) -> Fault | None:
    """A cell's figure misread."""
    at = rng.choice([i for i, c in enumerate(report.cells) if c.value and c.table.startswith("T")])
    old = report.cells[at]
    text = change(rng, old.value_text)
    if text == old.value_text or parse_number(text) == old.value:
        return None
    new = retyped(old, text)
    cells = (*report.cells[:at], new, *report.cells[at + 1 :])
    return Fault(kind, cell_ref(old), f"{old.value_text} → {text}", replace(report, cells=cells), moved_by(old, new))


def moved_by(old: TableCell | Fact, new: TableCell | Fact) -> Decimal | None:
    """The difference between two figures."""
    return None if old.value is None or new.value is None else abs(old.value - new.value)


def dropped_row(rng: Random, report: Report) -> Fault | None:
    """A row lost."""
    filled = [c for c in report.cells if c.value and c.table.startswith("T")]
    one = rng.choice(filled)
    key = (one.table, one.row, one.side, one.item)
    cells = tuple(c for c in report.cells if (c.table, c.row, c.side, c.item) != key)
    return Fault("row dropped", cell_ref(one), f"{one.table} {one.code} {one.item}", replace(report, cells=cells))


def exchanged(rng: Random, report: Report) -> Fault | None:
    """Two cells of one table exchanged."""
    cells = list(report.cells)
    first = rng.choice([i for i, c in enumerate(cells) if c.value and c.table.startswith("T")])
    others = [
        i for i, c in enumerate(cells) if c.table == cells[first].table and c.value and c.value != cells[first].value
    ]
    if not others:
        return None
    second = rng.choice(others)
    a, b = cells[first], cells[second]
    cells[first], cells[second] = retyped(a, b.value_text), retyped(b, a.value_text)
    what = f"{a.item} {a.column} {a.value_text} ↔ {b.item} {b.column} {b.value_text}"
    return Fault("two cells exchanged", cell_ref(a), what, replace(report, cells=tuple(cells)), moved_by(a, b))


def swapped_columns(rng: Random, report: Report) -> Fault | None:
    """Two columns of one table exchanged in all of its rows, as where their heads are taken for each other."""
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in report.cells:
        if cell.table.startswith("T") and cell.column not in columns[cell.table, cell.side]:
            columns[cell.table, cell.side].append(cell.column)
    (table, side), names = rng.choice([own for own in columns.items() if len(own[1]) > 1])
    first, second = rng.sample(names, 2)
    rows: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for i, cell in enumerate(report.cells):
        if (cell.table, cell.side) == (table, side) and cell.column in (first, second):
            rows[cell.row, cell.item][cell.column] = i
    pairs = [(row[first], row[second]) for row in rows.values() if len(row) > 1]
    return _with_exchanged("columns swapped", report, pairs, f"{table} {first} ↔ {second}")


def permuted_items(rng: Random, report: Report) -> Fault | None:
    """The figures of two rows of one level exchanged: each stands under the other's name."""
    rows: dict[tuple[str, str, int, str], dict[str, int]] = defaultdict(dict)
    for i, cell in enumerate(report.cells):
        if cell.table.startswith("T"):
            rows[cell.table, cell.side, cell.row, cell.code or cell.item][cell.column] = i
    filled = {key: row for key, row in rows.items() if any(report.cells[i].value for i in row.values())}
    one = rng.choice(list(filled))
    level = [key for key in filled if key[:2] == one[:2] and key != one and _level(key[3]) == _level(one[3])]
    if not level:
        return None
    other = rng.choice(level)
    pairs = [(filled[one][column], filled[other][column]) for column in filled[one].keys() & filled[other].keys()]
    return _with_exchanged("items permuted", report, pairs, f"{one[0]} {one[3]} ↔ {other[3]}")


def _level(name: str) -> tuple[int, str]:
    """What two rows share whose places a reader may take for each other: the length of a code and its parent."""
    return (len(name), name[:-2] if len(name) > 3 else "") if name.isdigit() else (0, "")


def _with_exchanged(kind: str, report: Report, pairs: Sequence[tuple[int, int]], what: str) -> Fault | None:
    """The fault of exchanging the figures of pairs of cells; None where nothing would change."""
    cells = list(report.cells)
    changed = [(i, j) for i, j in pairs if cells[i].value != cells[j].value]
    for i, j in changed:
        a, b = cells[i], cells[j]
        cells[i], cells[j] = retyped(a, b.value_text), retyped(b, a.value_text)
    where = next((cell_ref(report.cells[i]) for pair in changed for i in pair if report.cells[i].value), "")
    return Fault(kind, where, what, replace(report, cells=tuple(cells))) if where else None


def moved_over(rng: Random, report: Report) -> Fault | None:
    """A value in the column beside its own, whose place stays blank."""
    rows: dict[tuple[str, int, str, str], list[int]] = defaultdict(list)
    for i, c in enumerate(report.cells):
        if c.table.startswith("T"):
            rows[c.table, c.row, c.side, c.item].append(i)
    wide = [row for row in rows.values() if len(row) > 1 and any(report.cells[i].value for i in row)]
    row = rng.choice(wide)
    at = rng.choice([n for n, i in enumerate(row) if report.cells[i].value])
    to = at + 1 if at + 1 < len(row) else at - 1
    cells = list(report.cells)
    source, target = cells[row[at]], cells[row[to]]
    cells[row[at]], cells[row[to]] = retyped(source, ""), retyped(target, source.value_text)
    what = f"{source.item} {source.value_text}: {source.column} → {target.column}"
    return Fault("moved one column over", cell_ref(source), what, replace(report, cells=tuple(cells)))


def in_sentence(rng: Random, report: Report) -> Fault | None:
    """A figure of a sentence misread."""
    facts = [i for i, f in enumerate(report.facts) if f.value]
    if not facts:
        return None
    at = rng.choice(facts)
    old = report.facts[at]
    text = other_digit(rng, old.value_text)
    value = parse_number(text)
    if value is None or old.value is None or abs(value) == abs(old.value):
        return None
    signed = -abs(value) if old.value < 0 else value
    new = replace(old, value=signed, value_text=text, amount_yuan=to_yuan(signed, old.unit))
    facts_now = (*report.facts[:at], new, *report.facts[at + 1 :])
    what = f"{old.item} {old.measure} {old.value_text} → {text} {old.unit}"
    return Fault("sentence's figure", fact_ref(old), what, replace(report, facts=facts_now), moved_by(old, new))


KINDS: dict[str, Callable[[Random, Report], Fault | None]] = {
    "digit changed": lambda rng, report: in_cell("digit changed", other_digit, rng, report),
    "digits swapped": lambda rng, report: in_cell("digits swapped", swapped_digits, rng, report),
    "point moved": lambda rng, report: in_cell("point moved", moved_point, rng, report),
    "row dropped": dropped_row,
    "two cells exchanged": exchanged,
    "moved one column over": moved_over,
    "columns swapped": swapped_columns,
    "items permuted": permuted_items,
    "sentence's figure": in_sentence,
}


def faults(reports: Sequence[Report], number: int, seed: int = 1) -> Iterator[Fault]:
    """`number` faults, the kinds in turn, over the reports in turn."""
    rng = Random(seed)
    kinds = list(KINDS.values())
    made = 0
    while made < number:
        fault = kinds[made % len(kinds)](rng, reports[(made // len(kinds)) % len(reports)])
        if fault is not None:
            made += 1
            yield fault


def state(report: Report) -> Counter[tuple[str, str, str]]:
    """(check, item, status) of every result that is no pass and no rounding."""
    return Counter(
        (r.check_id, r.item, r.status) for r in equations(report, load_rules()) if r.status not in ("pass", "rounding")
    )


def verdict(fault: Fault, clean: Counter[tuple[str, str, str]]) -> str:
    """found: a check fails; told: a check says that it can no longer be made; silent: nothing."""
    new = state(fault.report) - clean
    if any(status in FOUND for _, _, status in new):
        return "found"
    return "told" if new else "silent"


def tolerances(report: Report) -> dict[str, Decimal]:
    """Cell or fact → the least difference in it that all checks resting on it leave to rounding."""
    least: dict[str, Decimal] = {}
    for made in equations(report, load_rules()):
        for ref in made.refs:
            allowed = Decimal(made.tolerance or 0)
            least[ref] = min(least.get(ref, allowed), allowed)
    return least


def unheld(fault: Fault) -> bool:
    """Whether nothing but the names that were exchanged tells a fault: items of one class of T6, parts of T8 and T9."""
    table = fault.where.removeprefix("cell:").partition("/")[0]
    return (fault.kind, table) in {
        ("items permuted", "T6"), ("columns swapped", "T8"), ("columns swapped", "T9"),
    }  # fmt: skip


def hidden(fault: Fault, least: Mapping[str, Decimal]) -> bool:
    """Whether the figure moved by no more than the printed decimals leave open: nothing can see that."""
    return fault.moved is not None and fault.moved <= least[fault.where]
