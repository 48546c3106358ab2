"""Puts one random fault at a time into what was read of an account that is right, and counts how many are found.

    python bench/faults.py [--documents 200] [--faults 1500] [--pdf 60] [--write]

Draws accounts from seeds (reportlab; the Debian fonts wqy-zenhei and arphic-uming), reads them, and runs the checks on
the clean ones: not one may fail. Then one fault at a time: a digit changed, two digits swapped, a decimal point moved,
a row dropped, two cells exchanged, a value moved one column over, a sentence's figure changed. `--pdf` of them are
printed: the account is drawn with the wrong figure in its text and read again. `--write` writes docs/faults.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from fixtures.draw.compose import blocks_of  # noqa: E402
from fixtures.draw.draw import draw_account, set_with  # noqa: E402
from fixtures.draw.grid import TableBlock  # noqa: E402
from fixtures.draw.invent import draw_year  # noqa: E402
from fixtures.draw.profiles import LIBRARY, PROFILES, Profile  # noqa: E402
from fixtures.draw.style import HUBEI, SHANGHAI, SICHUAN, YUAN, Style  # noqa: E402
from jsextract.check.equations import equations  # noqa: E402
from jsextract.check.figure import cell_ref, fact_ref  # noqa: E402
from jsextract.model.report import Fact, Report, TableCell  # noqa: E402
from jsextract.pipeline import extract  # noqa: E402
from jsextract.text.amounts import parse_number, to_yuan  # noqa: E402

FOUND = frozenset({"fail", "minor"})
PAGE = ROOT / "docs" / "faults.md"
MARK, END = "<!-- measured -->", "<!-- end -->"


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


# ---- the faults


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


# ---- what becomes of them


def state(report: Report) -> Counter[tuple[str, str, str]]:
    """(check, item, status) of every result that is no pass and no rounding."""
    return Counter((r.check_id, r.item, r.status) for r in equations(report) if r.status not in ("pass", "rounding"))


def verdict(fault: Fault, clean: Counter[tuple[str, str, str]]) -> str:
    """found: a check fails; told: a check says that it can no longer be made; silent: nothing."""
    new = state(fault.report) - clean
    if any(status in FOUND for _, _, status in new):
        return "found"
    return "told" if new else "silent"


def tolerances(report: Report) -> dict[str, Decimal]:
    """Cell or fact → the least difference in it that all checks resting on it leave to rounding."""
    least: dict[str, Decimal] = {}
    for made in equations(report):
        for ref in made.refs:
            allowed = Decimal(made.tolerance or 0)
            least[ref] = min(least.get(ref, allowed), allowed)
    return least


def hidden(fault: Fault, least: Mapping[str, Decimal]) -> bool:
    """Whether the figure moved by no more than the printed decimals leave open: nothing can see that."""
    return fault.moved is not None and fault.moved <= least[fault.where]


# ---- drawn accounts


def style_and_body(seed: int) -> tuple[Style, Profile]:
    """Style and body go by the seed."""
    styles = [style.with_(producer="reportlab") for style in (SHANGHAI, HUBEI, YUAN, SICHUAN)]
    style = styles[seed % len(styles)]
    bodies = [*PROFILES, LIBRARY] if style.name == "shanghai" else PROFILES
    return style, bodies[seed // len(styles) % len(bodies)]


def draw(seed: int) -> bytes:
    """A drawn account that agrees with itself."""
    style, body = style_and_body(seed)
    return draw_account(seed, style, body)[0]


def draw_wrong(seed: int, rng: Random) -> tuple[str, str, bytes]:
    """A drawn account with one fault in a table: its kind, the cell, the PDF."""
    style, body = style_and_body(seed)
    account = draw_year(seed, body, style.unit)
    blocks, _ = blocks_of(account, style)
    tables = [i for i, block in enumerate(blocks) if isinstance(block, TableBlock)]
    while True:
        at = rng.choice(tables)
        made = misprinted(rng, blocks[at])
        if made is not None:
            kind, cell, block = made
            blocks[at] = block
            title = f"{account.entity}{account.year}年度{account.kind}"
            return kind, cell, set_with(style.producer, blocks, style, title)[0]


def misprinted(rng: Random, block: TableBlock) -> tuple[str, str, TableBlock] | None:
    """The table with one figure printed wrong or in the wrong place; None where the draw came to nothing."""
    grid = block.grid
    text = {(slot.row, slot.col): slot.text for slot in grid.slots}
    filled = [place for place, row in grid.keys.items() if parse_number(row.value) and parse_number(text[place])]
    if not filled:
        return None
    place = rng.choice(filled)
    row = grid.keys[place]
    kind, change = rng.choice(list(SINGLE.items()))
    new = {place: change(rng, text[place])}
    if rng.random() < 0.3:
        kind, beside = "moved one column over", (place[0], place[1] + 1)
        if beside not in grid.keys:
            return None
        new = {place: "", beside: text[place]}
    if any(parse_number(t) == parse_number(text[p]) for p, t in new.items()):
        return None
    slots = tuple(dataclasses.replace(s, text=new.get((s.row, s.col), s.text)) for s in grid.slots)
    name = row.code or "/".join(filter(None, (row.side, row.item)))
    return kind, f"cell:{row.table}/{name}/{row.column}", block.with_(grid=dataclasses.replace(grid, slots=slots))


SINGLE = {"digit changed": other_digit, "digits swapped": swapped_digits, "point moved": moved_point}


def read(pdf: bytes) -> Report:
    """The report of a PDF."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as handle:
        handle.write(pdf)
        handle.flush()
        return extract(handle.name)


# ---- the report

PLACES = ("inside", "rounding", "outside")
RESULTS = ("found", "told", "silent")
Counts = dict[str, Counter[tuple[str, str]]]


def counted(reports: Sequence[Report], number: int) -> tuple[Counts, list[str]]:
    """{kind: {(place, result): faults}}, and those inside an identity that no check fails for."""
    clean = {id(report): state(report) for report in reports}
    known = {id(report): tolerances(report) for report in reports}
    counts: Counts = {kind: Counter() for kind in KINDS}
    escaped: list[str] = []
    for made, fault in enumerate(faults(reports, number)):
        source = reports[(made // len(KINDS)) % len(reports)]
        least = known[id(source)]
        place = "outside" if fault.where not in least else "rounding" if hidden(fault, least) else "inside"
        got = verdict(fault, clean[id(source)])
        counts[fault.kind][place, got] += 1
        if got != "found" and place == "inside":
            escaped.append(f"{got}: {fault.kind}: {fault.where}: {fault.what}")
    return counts, escaped


def table(counts: Counts) -> str:
    """The counts as Markdown."""
    heads = ["fault", "inside: found", "told", "silent", "rounding", "outside", "found of inside"]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for kind in [*counts, "all"]:
        row = sum(counts.values(), Counter()) if kind == "all" else counts[kind]
        own = [row["inside", result] for result in RESULTS]
        other = [sum(row[place, result] for result in RESULTS) for place in PLACES[1:]]
        share = f"{100 * own[0] / sum(own):.1f} %" if sum(own) else "-"
        lines.append("| " + " | ".join([kind, *map(str, [*own, *other]), share]) + " |")
    return "\n".join(lines)


def printed_faults(number: int, seed: int) -> Counter[tuple[str, str]]:
    """(kind, found or silent) of accounts drawn with a wrong figure in a table and read again."""
    rng = Random(seed)
    counts: Counter[tuple[str, str]] = Counter()
    for account in range(seed, seed + number):
        kind, _, pdf = draw_wrong(account, rng)
        wrong = [r for r in equations(read(pdf)) if r.status in FOUND]
        counts[kind, "found" if wrong else "silent"] += 1
    return counts


def main() -> None:
    """Draws, breaks, counts, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--faults", type=int, default=1500)
    parser.add_argument("--pdf", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    reports = [read(draw(seed)) for seed in range(given.seed, given.seed + given.documents)]
    alarms = [r for report in reports for r in equations(report) if r.status in FOUND]
    counts, escaped = counted(reports, given.faults)
    printed = printed_faults(given.pdf, given.seed + given.documents)
    lines = [
        f"{len(reports)} clean accounts, {sum(len(equations(r)) for r in reports)} checks: "
        f"{len(alarms)} fail or are minor.",
        "",
        table(counts),
        "",
        f"Printed and read again ({given.pdf} accounts with a wrong figure in a table): "
        + ", ".join(f"{kind} {got} {n}" for (kind, got), n in sorted(printed.items()))
        + ".",
    ]
    print("\n".join([*lines, *[f"  {alarm.message}" for alarm in alarms], *escaped[: given.show]]))
    if given.write:
        head, _, tail = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(f"{head}{MARK}\n\n" + "\n".join(lines) + f"\n\n{END}{tail.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
