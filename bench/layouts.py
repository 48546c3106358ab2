"""Tables in many layouts, with rulings and without, by several producers: how many cells are read right?

    python bench/layouts.py FOLDER [--first SEED] [--count N] [--only WORDS] [--producers P...] [--beside] [--write]

Each layout of fixtures.draw.layouts is drawn once a seed, the producers taking turns (`--every` draws it by all of
them). FOLDER/pdf holds the files, FOLDER/truth what is in them, FOLDER/out what jsextract made of them,
FOLDER/cells.csv every cell that is not right, with what speaks against it.

A cell is named by table, side, code (its item where it has no code) and column, as in cells.csv. It is *right* when
the value read is the one printed (blank and dash are no value), *wrong* when another value is read, *missing* when no
cell of that name is read, *extra* when a cell of a standard table is read that the table does not have. Of those not
right, *told* are those that the dataset speaks against: the cell has a flag that says doubt, or its table has a cell
with such a flag or a check that fails or is off by one, or it is missing and the status is not ok (*partial*).
*silent* are the others, *silent figures* those of them where a figure is printed or read. All figures of a drawing
agree with one another: a check that fails is a *false failure*, and *accusing* when it calls the document its origin.

`--beside` runs pdfplumber (its lines and its text strategy) and camelot (lattice and stream) over the pages that have
eight amounts or more, and counts the printed amounts that stand in a row of a grid with the name or code of their row,
in a column that belongs to their column alone (columns of a grid are given to those of the table one to one, by the
number of amounts they share): what these tools can give at best, before any name is understood.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.page import put_between  # noqa: E402
from fixtures.draw.layouts.accounts import drawing  # noqa: E402
from fixtures.draw.layouts.catalog import LAYOUTS, WITH  # noqa: E402
from fixtures.draw.layouts.producers import NEEDS, absent, draws, produce  # noqa: E402
from tests.layouts.beside import TOOLS, amounts_placed  # noqa: E402
from tests.layouts.score import STANDARD, Case, Miss, Read, Score, judged, place_of, readings  # noqa: E402

PAGE = ROOT / "docs" / "layouts.md"
START, END = "<!-- measured -->", "<!-- end -->"


# drawing


def cases(seeds: Sequence[int], only: str, producers: Sequence[str], every: bool) -> Iterator[tuple[int, Case]]:
    """Seed and case of each file; producers take turns over seeds and layouts."""
    for seed in seeds:
        for n, layout in enumerate(LAYOUTS):
            if only not in layout:
                continue
            able = [p for p in producers if draws(p, layout)]
            chosen = able if every or not able else [able[(seed + n) % len(able)]]
            for producer in chosen:
                name = f"{seed}_{layout.replace(', ', '_').replace(' ', '-')}_{producer}"
                yield seed, Case(name, layout, producer)


def draw_all(found: Sequence[tuple[int, Case]], folder: Path) -> None:
    """Writes the files and their truths."""
    (folder / "pdf").mkdir(parents=True, exist_ok=True)
    (folder / "truth").mkdir(exist_ok=True)
    for producer in dict.fromkeys(case.producer for _, case in found):
        drawings = {case.name: drawing(seed, case.layout) for seed, case in found if case.producer == producer}
        with tempfile.TemporaryDirectory() as scratch:
            for name, pdf in produce(producer, drawings, Path(scratch)).items():
                (folder / "pdf" / f"{name}.pdf").write_bytes(pdf)
        for name, drawn in drawings.items():
            rows = [asdict(p) for p in drawn.places]
            (folder / "truth" / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


# what jsextract makes of them


def read_all(folder: Path, jobs: int) -> None:
    """Runs jsextract over the files."""
    from jsextract.cli.main import run_cli

    with contextlib.redirect_stdout(io.StringIO()):
        run_cli([str(folder / "pdf"), "-o", str(folder / "out"), "--jobs", str(jobs)])


def score_all(found: Sequence[Case], folder: Path, beside: bool) -> list[Score]:
    """Every file, in order."""
    read = readings(folder / "out")
    out = []
    for case in found:
        rows = json.loads((folder / "truth" / f"{case.name}.json").read_text(encoding="utf-8"))
        places = [place_of(row) for row in rows]
        score = judged(case, places, read.get(case.name, Read()))
        if beside:
            amounts, placed = amounts_placed(folder / "pdf" / f"{case.name}.pdf", places)
            score = replace(score, amounts=amounts, placed=placed)
        out.append(score)
    return out


# the report


HEADS = ("layout", "files", "cells", "right", "wrong", "missing", "extra", "partial", "silent", "silent figures")
FAILURES = ("false failures", "accusing")


def table(scores: Sequence[Score]) -> str:
    """The figures by layout, by group and by producer, as Markdown."""
    lines = []
    for label, own in groups(scores):
        cells = sum(s.cells for s in own)
        silent = [m for s in own for m in s.misses if not m.told]
        row = [label, len(own), cells, f"{sum(s.right for s in own) / cells:.2%}"]
        row += [sum(s.count(kind) for s in own) for kind in ("wrong", "missing", "extra")]
        row += [sum(m.told == "document" for s in own for m in s.misses)]
        row += [len(silent), sum(m.has_figure for m in silent)]
        lines.append([*row, sum(s.failures for s in own), sum(s.accusing for s in own)])
    return markdown((*HEADS, *FAILURES), lines)


def tools_table(scores: Sequence[Score]) -> str:
    """The share of the printed amounts that each tool beside places, as Markdown."""
    lines = []
    for label, own in groups([s for s in scores if s.amounts]):
        amounts = sum(s.amounts for s in own)
        shares = [f"{sum(s.placed[tool] for s in own) / amounts:.1%}" for tool in TOOLS]
        lines.append([label, len(own), amounts, *shares])
    return markdown(("layout", "files", "amounts", *TOOLS), lines) if lines else ""


def markdown(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)]) + "\n"


def groups(scores: Sequence[Score]) -> Iterator[tuple[str, list[Score]]]:
    """The lines of the report, those without files left out."""
    found = [(layout, [s for s in scores if s.case.layout == layout]) for layout in LAYOUTS]
    found += [(f"**by {producer}**", [s for s in scores if s.case.producer == producer]) for producer in NEEDS]
    found += [("**without vertical rules**", [s for s in scores if s.case.layout not in WITH])]
    found += [("**with vertical rules**", [s for s in scores if s.case.layout in WITH])]
    yield from ((label, own) for label, own in found if own)


def by_table(scores: Sequence[Score]) -> str:
    """What is not right, by group and table."""
    count = Counter((s.case.layout in WITH, m.table, m.kind) for s in scores for m in s.misses)
    kinds = ("wrong", "missing", "extra")
    rows = [
        [name, "vertical" if ruled else "none vertical", *(count[ruled, name, kind] for kind in kinds)]
        for ruled in (False, True)
        for name in sorted(STANDARD)
        if any(count[ruled, name, kind] for kind in kinds)
    ]
    return markdown(("table", "rules", *kinds), rows)


def write_misses(scores: Sequence[Score], path: Path) -> None:
    rows = [asdict(m) for s in scores for m in s.misses]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(Miss.__dataclass_fields__), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--only", default="", help="layouts whose name contains this")
    parser.add_argument("--producers", nargs="+", choices=list(NEEDS), default=list(NEEDS))
    parser.add_argument("--every", action="store_true", help="each layout by every producer")
    parser.add_argument("--beside", action="store_true", help="pdfplumber and camelot on the same files")
    parser.add_argument("--kept", action="store_true", help="the files are there from a run before")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/layouts.md")
    options = parser.parse_args()
    reasons = {p: absent(p) for p in options.producers}
    producers = [p for p, reason in reasons.items() if not reason]
    print(*(f"{p} is skipped: {reason}" for p, reason in reasons.items() if reason), sep="\n", file=sys.stderr)
    seeds = range(options.first, options.first + options.count)
    found = list(cases(seeds, options.only, producers, options.every))
    started = time.perf_counter()
    if not options.kept:
        draw_all(found, options.folder)
    drawn = time.perf_counter()
    read_all(options.folder, options.jobs)
    read = time.perf_counter()
    scores = score_all([case for _, case in found], options.folder, options.beside)
    write_misses(scores, options.folder / "cells.csv")
    text = "\n".join(filter(None, (table(scores), by_table(scores), tools_table(scores))))
    print(text)
    print(f"drawn in {drawn - started:.0f} s, read in {read - drawn:.0f} s", file=sys.stderr)
    if options.write:
        put_between(PAGE, START, END, text)


if __name__ == "__main__":
    main()
