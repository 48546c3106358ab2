"""Puts one random fault at a time into what was read of an account that is right, and counts how many are found.

    python bench/faults.py [--documents 200] [--faults 1500] [--pdf 60] [--write]

Draws accounts from seeds (reportlab; the Debian fonts wqy-zenhei and arphic-uming), reads them, and runs the checks on
the clean ones: not one may fail. Then one fault at a time: a digit changed, two digits swapped, a decimal point moved,
a row dropped, two cells exchanged, a value moved one column over, two columns swapped, the figures of two items of one
level exchanged, a sentence's figure changed. `--pdf` of them are
printed: the account is drawn with the wrong figure in its text and read again. `--write` writes docs/faults.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from fixtures.draw.compose import blocks_of  # noqa: E402
from fixtures.draw.draw import draw_account, set_with  # noqa: E402
from fixtures.draw.grid import TableBlock  # noqa: E402
from fixtures.draw.invent import draw_year  # noqa: E402
from fixtures.draw.profiles import LIBRARY, PROFILES, Profile  # noqa: E402
from fixtures.draw.style import HUBEI, SHANGHAI, SICHUAN, YUAN, Style  # noqa: E402
from jsextract.check.equations import equations  # noqa: E402
from jsextract.model.report import Report  # noqa: E402
from jsextract.pipeline import extract  # noqa: E402
from jsextract.rules.ruleset import load_rules  # noqa: E402
from jsextract.text.amounts import parse_number  # noqa: E402
from tests.faults.figures import (  # noqa: E402
    FOUND,
    KINDS,
    faults,
    hidden,
    moved_point,
    other_digit,
    state,
    swapped_digits,
    tolerances,
    unheld,
    verdict,
)

PAGE = ROOT / "docs" / "faults.md"
MARK, END = "<!-- measured -->", "<!-- end -->"


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
        place = (
            "outside" if fault.where not in least or unheld(fault) else "rounding" if hidden(fault, least) else "inside"
        )
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
        wrong = [r for r in equations(read(pdf), load_rules()) if r.status in FOUND]
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
    rules = load_rules()
    results = [r for report in reports for r in equations(report, rules)]
    alarms = [r for r in results if r.status in FOUND]
    counts, escaped = counted(reports, given.faults)
    printed = printed_faults(given.pdf, given.seed + given.documents)
    lines = [
        f"{len(reports)} clean accounts, {len(results)} checks: {len(alarms)} fail or are minor.",
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
