"""Makes scans of accounts whose every cell is known, and counts what becomes of their amounts.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python -m bench.scans [--seed 1] [--accounts 2] [--conditions NAME ...] [--pages N]
        [--pdf FILE ...] [--whole] [--show 20] [--keep FOLDER] [--json FILE] [--write]

Accounts are drawn from seeds as by bench/draw_many.py, without a fault, or given as PDFs with text, whose own reading
is then the truth. Of each the cover and the first N pages with tables are scanned, in each way of scan_manners.py, or
of scan_mishaps.py. Of every amount printed: whether it is *right* in its place, has a wrong value, or none. A value is
wrong, too, where none is printed. It is *silent* where no flag says more than that it was recognised, and no check
contradicts it; an amount without value is so where neither a flag at its place, nor a failed check of its page, nor the
status of the document tells of it. Needs jsextract[ocr].
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from bench.draw_many import subject
from bench.page import put_between
from bench.scan_manners import MANNERS, Manner
from bench.scan_mishaps import MISHAPS
from bench.scan_wrappings import plain
from fixtures.draw.draw import draw_account
from jsextract.model.report import Report, TableCell
from jsextract.pipeline import extract
from jsextract.vocabulary import CheckStatus, DocumentStatus, Evidence, Flag

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scans.md"
START, END = "<!-- measured by bench/scans.py -->\n", "<!-- end -->\n"
CONDITIONS = MANNERS | MISHAPS
PLAIN = (Flag.CONTINUED, Flag.OF_WHICH, Flag.RULING_INFERRED, Flag.UNIT_INFERRED)
"""Flags that say nothing of a misreading; nor does that of the confidence."""


@dataclass(frozen=True)
class Known:
    """A cell as it is printed, `page` counted from 1; no value where it is blank."""

    page: int
    place: tuple[str, ...]
    value: Decimal | None


@dataclass(frozen=True)
class Account:
    """A PDF with text, and the cells of its tables."""

    name: str
    pdf: bytes
    cells: tuple[Known, ...]


def drawn(seed: int) -> Account:
    """The account of a seed."""
    what = subject(seed)
    style = what.style.with_(producer="reportlab")
    pdf, expected = draw_account(seed, style, what.body, what.year, what.place)
    cells = (
        Known(c.page, (c.table, c.side, c.code, c.item, c.column), Decimal(c.value) if c.value else None)
        for c in expected.cells
    )
    return Account(str(seed), pdf, tuple(cells))


def native(path: Path) -> Account:
    """A file as its own text is read."""
    data = path.read_bytes()
    return Account(path.stem, data, tuple(Known(c.page, _place(c), c.value) for c in extract(data).cells))


def _place(cell: TableCell) -> tuple[str, ...]:
    return (cell.table, cell.side, cell.code, cell.item, cell.column)


def scanned(pdf: bytes, manner: Manner, pages: Sequence[int], seed: int) -> bytes:
    """The pages (from 1) as a PDF of pictures without text."""
    rng = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    drawn = [np.asarray(document[n - 1].render(scale=manner.dpi / 72).to_pil().convert("RGB")) for n in pages]
    images = []
    for sheet in _sheets(drawn, manner.pages):
        for step in manner.steps:
            sheet = step(sheet, rng, manner.dpi)
        image = Image.fromarray(np.rot90(sheet, rng.choice(manner.turns)))
        images.append(image if manner.jpeg else image.convert("1"))
    return manner.wrapping(images, manner.dpi) if manner.wrapping else plain(images, manner.dpi, manner.jpeg)


def _sheets(pages: Sequence[np.ndarray], together: int) -> Iterator[np.ndarray]:
    """The pages, so many upright ones of one size side by side."""
    waiting: list[np.ndarray] = []
    for page in pages:
        if waiting and (waiting[0].shape != page.shape or len(waiting) == together):
            yield np.hstack(waiting)
            waiting = []
        waiting.append(page)
        if page.shape[1] > page.shape[0]:
            yield np.hstack(waiting)
            waiting = []
    if waiting:
        yield np.hstack(waiting)


def compared(report: Report, cells: Sequence[Known]) -> Iterator[tuple[str, str]]:
    """What became of each cell, and a line about it where it is not right."""
    read: dict[tuple[str, ...], list[TableCell]] = {}
    for cell in report.cells:
        read.setdefault(_place(cell), []).append(cell)
    missed = []
    for known in cells:
        waiting = read.get(known.place, [])
        found = waiting.pop(0) if waiting else None
        got = found.value if found else None
        if known.value is not None:
            yield "printed", ""
        if got == known.value:
            yield "right" if got is not None else "blank" if found else "blank, no cell", ""
            if found and found.evidence == Evidence.CONFIRMED:
                yield "confirmed", ""
        elif found is not None and got is not None:
            yield _wrong(found), f"{known.place} {known.value} read as {got} {found.flags}"
        else:
            missed.append((known, found))
    others = [cell for waiting in read.values() for cell in waiting if cell.value is not None]
    for known, found in missed:
        misnamed = next(
            (cell for cell in others if cell.value == known.value and _alike(_place(cell), known.place)), None
        )
        if misnamed is not None:  # one thing, not two: an amount that stands under another name
            others.remove(misnamed)
            yield _wrong(misnamed), f"{known.place} {known.value} as {_place(misnamed)} {misnamed.flags}"
            continue
        told = (found and _telling(found)) or _page_told(report)
        yield f"missed, {'told' if told else 'silent'}", f"{known.place} {known.value} {found and found.flags}"
    for cell in others:
        yield _wrong(cell), f"{_place(cell)} {cell.value}, nothing printed {cell.flags}"


def _alike(place: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two places have the same table, and row or column."""
    return place[0] == other[0] and (place[-1] == other[-1] or place[2:4] == other[2:4])


def _telling(cell: TableCell) -> list[str]:
    return [flag for flag in cell.flags if flag not in PLAIN and not flag.startswith(Flag.RECOGNISED)]


def _wrong(cell: TableCell) -> str:
    """How a wrong value is told of."""
    if cell.evidence == Evidence.CONFIRMED:
        return "wrong, confirmed"
    return "wrong, told" if _telling(cell) or cell.evidence == Evidence.CONTRADICTED else "wrong, silent"


def _page_told(report: Report) -> bool:
    """Whether the document itself says that not all was read."""
    failed = any(check.status == CheckStatus.FAIL for check in report.checks)
    return failed or report.status != DocumentStatus.OK or report.unread_cells > 0


@dataclass(frozen=True)
class Scan:
    """An account as it is scanned in one manner, and the cells on its pages."""

    name: str
    data: bytes
    cells: tuple[Known, ...]


def scan_of(account: Account, condition: str, pages: int, whole: bool, seed: int) -> Scan:
    """The cover and the first pages with tables; with `whole` those between, too."""
    tables = sorted({cell.page for cell in account.cells if cell.value is not None})[:pages]
    every = range(1, max(tables, default=0) + 1) if whole else tables
    data = scanned(account.pdf, CONDITIONS[condition], sorted({1, *every}), seed)
    return Scan(account.name, data, tuple(cell for cell in account.cells if cell.page in tables))


def measured(scan: Scan) -> tuple[Counter[str], list[str]]:
    """Counts of one scan, and lines about what is not right."""
    counts: Counter[str] = Counter()
    lines = []
    began = time.process_time()
    report = extract(scan.data)
    counts["cpu ms"] += round((time.process_time() - began) * 1000)
    counts["pages"] += report.pages
    counts["unread pages"] += report.status != DocumentStatus.OK
    for became, line in compared(report, scan.cells):
        counts[became] += 1
        if line:
            lines.append(f"{scan.name} {became}: {line}")
    return counts, lines


def keep(scan: Scan, condition: str, folder: Path) -> None:
    """The scan and its amounts as files, for bench/scan_others.py."""
    name = folder / f"{condition} {scan.name}"
    folder.mkdir(parents=True, exist_ok=True)
    name.with_suffix(".pdf").write_bytes(scan.data)
    amounts = [
        {"code": c.place[2], "item": c.place[3].split("/")[-1], "value": str(c.value)}
        for c in scan.cells
        if c.value is not None
    ]
    name.with_suffix(".json").write_text(json.dumps(amounts, ensure_ascii=False), encoding="utf-8")


COLUMNS = ("printed", "right", "confirmed", "wrong, told", "wrong, silent", "wrong, confirmed", "missed, told",
           "missed, silent")  # fmt: skip


def row(name: str, counts: Counter[str]) -> str:
    """A row of the table in docs/scans.md."""
    cells = sum(counts[kind] for kind in ("right", "blank", "blank, no cell", "wrong, told", "wrong, silent",
                "wrong, confirmed", "missed, told", "missed, silent"))  # fmt: skip
    good = counts["right"] + counts["blank"] + counts["blank, no cell"]
    figures = [
        f"{counts['printed']:,}",
        f"{counts['right'] / max(counts['printed'], 1):.2%}",
        f"{good / max(cells, 1):.2%}",
        *(str(counts[column]) for column in COLUMNS[3:]),
        f"{counts['cpu ms'] / 1000 / max(counts['pages'], 1):.1f}",
    ]
    return f"| {name} | {' | '.join(figures)} |"


HEAD = (
    "| condition | amounts printed | right in place | cells right | wrong, told | wrong, silent | wrong, confirmed "
    "| missed, told | missed, silent | CPU s a page |\n|---|---|---|---|---|---|---|---|---|---|"
)


def table(kept: dict[str, dict[str, int]]) -> str:
    """The table of docs/scans.md: those that every office makes together, then each condition."""
    pooled = sum((Counter(kept[name]) for name in kept if CONDITIONS[name].pooled), Counter())
    rows = (row(name, Counter(kept[name])) for name in CONDITIONS if name in kept)
    return "\n".join((HEAD, row("**usual ones, pooled**", pooled), *rows)) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--accounts", type=int, default=2)
    parser.add_argument("--conditions", nargs="*", choices=[*CONDITIONS], default=[*MANNERS])
    parser.add_argument("--pages", type=int, default=99, help="how many pages with tables of an account are scanned")
    parser.add_argument("--pdf", type=Path, nargs="*", default=[], help="files with text, in place of drawn accounts")
    parser.add_argument("--whole", action="store_true", help="with the pages that have no table")
    parser.add_argument("--show", type=int, default=20, help="so many lines about what is not right")
    parser.add_argument("--keep", type=Path, help="a folder for the scans, which are not read then")
    parser.add_argument("--json", type=Path, help="counts by condition, added to what is there")
    parser.add_argument("--write", action="store_true", help="puts the counts of --json into docs/scans.md")
    options = parser.parse_args()
    if options.write:
        put_between(PAGE, START, END, table(json.loads(options.json.read_text(encoding="utf-8"))))
        return
    accounts = [native(path) for path in options.pdf] or [
        drawn(seed) for seed in range(options.seed, options.seed + options.accounts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = os.environ.get("SCANS_CACHE", folder)  # what was read before is no measure
        for name in options.conditions:
            counts: Counter[str] = Counter()
            for i, account in enumerate(accounts):
                scan = scan_of(account, name, options.pages, options.whole, options.seed + i)
                if options.keep:
                    keep(scan, name, options.keep)
                    continue
                found, lines = measured(scan)
                counts += found
                print(*lines[: options.show], f"{name} {account.name} {dict(found)}", sep="\n", flush=True)
            print(row(name, counts), flush=True)
            if options.json:
                _keep(options.json, name, counts)
    print("peak MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _keep(path: Path, name: str, counts: Counter[str]) -> None:
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[name] = dict(Counter(kept.get(name, {})) + counts)
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
