"""Counts the tables whose every cell is found from the rulings of a scan, without reading a character.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python -m bench.scan_grids [--seed 1] [--accounts 10] [--conditions NAME ...]
        [--show 20]

The truth is the grid that the rulings of the native page draw. Needs `opencv-python-headless`, no model.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2

from bench.scan_manners import MANNERS
from bench.scans import drawn, scanned
from jsextract.layout.grid import Grid, find_grids
from jsextract.model.document import Ruling
from jsextract.pipeline import read
from jsextract.readers.ocr.engine import Pixels
from jsextract.readers.ocr.paper import levelled
from jsextract.readers.ocr.picture import find_strokes, ink, pixels
from jsextract.readers.ocr.seal import without_seals
from jsextract.readers.ocr.sheet import laid_flat
from jsextract.readers.ocr.turn import lies_sideways
from jsextract.readers.page_work import SCALE

NEAR = 4.0
"""Points by which the edge of a cell may be off."""
Edges = tuple[float, float, float, float]


def native_grids(pdf: bytes) -> dict[int, list[Grid]]:
    """The grids of each page that has any, of two columns or more."""
    grids = {page.number: _tables(page.number, page.rulings) for page in read(pdf).pages}
    return {number: found for number, found in grids.items() if found}


def _tables(number: int, rulings: Sequence[Ruling]) -> list[Grid]:
    return [grid for grid in find_grids(number, rulings) if grid.n_cols > 1 and len(grid.spans) > 3]


def sheets(data: bytes) -> Iterator[Pixels]:
    """The pages of a scan as they are read: white, flat; upright if they lay on their left side."""
    for page in pypdfium2.PdfDocument(data):
        picture = levelled(without_seals(pixels(page.render(scale=SCALE).to_pil())))
        yield laid_flat(picture, 1 if lies_sideways(ink(picture)) else 0).image


def seen_grids(image: Pixels) -> list[Grid]:
    """The grids that the rulings of a flat page draw, in points."""
    return _tables(1, [Ruling(*(edge / SCALE for edge in stroke)) for stroke in find_strokes(image)])


def _cells(grid: Grid) -> list[Edges]:
    boxes = (grid.cell_box(span) for span in grid.spans)
    return [(box.x0, box.y0, box.x1, box.y1) for box in boxes]


def compared(native: Sequence[Grid], seen: Sequence[Grid]) -> Counter[str]:
    """How many cells a page has, how many of them are found, how many are seen, and whether these are the same."""
    wanted = [cell for grid in native for cell in _cells(grid)]
    found = np.array([cell for grid in seen for cell in _cells(grid)]).reshape(-1, 4)
    hits = sum(bool(len(found)) and bool((np.abs(found - cell).max(axis=1) <= NEAR).any()) for cell in wanted)
    whole = hits == len(wanted) == len(found)
    return Counter({"cells": len(wanted), "found": hits, "seen": len(found), "pages": 1, "whole": int(whole)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--accounts", type=int, default=10)
    parser.add_argument("--conditions", nargs="*", choices=[*MANNERS], default=["harsh", "photocopy"])
    parser.add_argument("--show", type=int, default=20, help="so many pages whose grid is not whole")
    options = parser.parse_args()
    for name in options.conditions:
        counts: Counter[str] = Counter()
        for seed in range(options.seed, options.seed + options.accounts):
            account = drawn(seed)
            native = native_grids(account.pdf)
            for number, image in zip(native, sheets(scanned(account.pdf, MANNERS[name], [*native], seed)), strict=True):
                began = time.process_time()
                page = compared(native[number], seen_grids(image))
                page["cpu ms"] = round((time.process_time() - began) * 1000)
                counts += page
                if not page["whole"] and options.show:
                    options.show -= 1
                    print(f"{name} {seed} page {number} {dict(page)}", flush=True)
        print(
            f"{name}: pages whole {counts['whole']} of {counts['pages']}, cells found {counts['found']} of "
            f"{counts['cells']} ({counts['found'] / max(counts['cells'], 1):.2%}), seen {counts['seen']}, "
            f"{counts['cpu ms'] / max(counts['pages'], 1):.0f} ms a page"
        )


if __name__ == "__main__":
    main()
