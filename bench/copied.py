"""How much of accounts drawn from seeds is read where they are text copied from web pages, manner by manner.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python bench/copied.py --first SEED --count N [--manner MANNER]

For each manner: cells of the nine tables that are right, missing and wrong, facts likewise, figures counted as unread,
and the time it takes.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from bench.draw_many import subject
from fixtures.draw.copied import TEXTS, draw_text
from jsextract import extract
from jsextract.vocabulary import is_standard

CELL = ("table", "side", "code", "item", "column", "value", "unit")
FACT = ("item", "code", "measure", "basis", "value", "unit", "year")


def rows(things: Iterable[object], columns: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """Rows as text, each with how often it is there."""
    return Counter(tuple(_text(getattr(thing, column)) for column in columns) for thing in things)


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value)


def measure(seed: int, manner: str, *, verbose: bool) -> Counter[str]:
    """What is read of one account in one manner."""
    what = subject(seed)
    data, expected = draw_text(seed, what.style, what.body, what.year, what.place, manner)
    began = time.process_time()
    report = extract(data, file="决算.txt")
    spent = time.process_time() - began
    standard = [cell for cell in report.cells if is_standard(cell.table)]
    got, want = rows(standard, CELL), rows(expected.cells, CELL)
    facts, told = rows(report.facts, FACT), rows(expected.facts or (), FACT)
    if verbose and got != want:
        lost = Counter({table: n for (table, *_), n in (want - got).items() if n})
        print(seed, what.style.name, manner, sorted({t for t, *_ in want - got}), list(got - want)[:3], lost.total())
    return Counter(
        cells=want.total(), missing=(want - got).total(), wrong=(got - want).total(), unread=report.unread_cells,
        facts=told.total(), facts_missing=(told - facts).total(), facts_wrong=(facts - told).total(),
        fails=sum(check.status == "fail" for check in report.checks), ms=round(spent * 1000), accounts=1,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--manner", choices=TEXTS, action="append")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    for manner in options.manner or TEXTS:
        seeds = range(options.first, options.first + options.count)
        total = sum((measure(seed, manner, verbose=options.verbose) for seed in seeds), Counter[str]())
        print(manner, *(f"{name}={total[name]}" for name in ("accounts", "cells", "missing", "wrong", "unread", "facts",
                                                            "facts_missing", "facts_wrong", "fails")),
              f"ms_each={total['ms'] // total['accounts']}")  # fmt: skip


if __name__ == "__main__":
    main()
