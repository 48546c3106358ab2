"""Makes scans of drawn accounts and counts the amounts of their tables: right, missing, wrong, wrong in silence.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python bench/scans.py [--accounts 2] [--first SEED] [--whole] [--manner NAME ...]

A missing amount has no value and stands under its own name or under none. A wrong one has another value than was drawn,
or stands where none was drawn; it is silent where it has no flag but that it was recognised and no check contradicts
it. Without --whole only the cover and the pages with tables are scanned. Needs jsextract[ocr].
"""

from __future__ import annotations

import argparse
import io
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pypdfium2
from PIL import Image

from bench.draw_many import subject
from fixtures.draw.draw import draw_account
from fixtures.draw.expect import CellRow
from jsextract.model.report import Report, TableCell
from jsextract.pipeline import extract
from jsextract.vocabulary import Evidence, Flag


@dataclass(frozen=True)
class Manner:
    """How pages are scanned: dots an inch, degrees askew, deviation of the noise (of 255), quality of the JPEG."""

    dpi: int
    skew: float = 0.0
    noise: float = 0.0
    jpeg: int = 90


MANNERS = {
    "plain200": Manner(200),
    "askew150": Manner(150, 0.8, 8, 70),
    "poor100": Manner(100, 1.5, 14, 50),
}


def scanned(pdf: bytes, manner: Manner, pages: set[int] | None, seed: int) -> bytes:
    """The pages (from 1; None for all) as a PDF of pictures without text."""
    rng = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    wanted = [i for i in range(len(document)) if pages is None or i + 1 in pages]
    images = [_degraded(document[i].render(scale=manner.dpi / 72).to_pil(), manner, rng) for i in wanted]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=manner.dpi, quality=manner.jpeg)
    return out.getvalue()


def _degraded(image: Image.Image, manner: Manner, rng: np.random.Generator) -> Image.Image:
    turned = image.convert("RGB").rotate(manner.skew, Image.Resampling.BICUBIC, fillcolor="white")
    grey = np.asarray(turned).astype(float) + rng.normal(0, manner.noise, (turned.height, turned.width, 1))
    return Image.fromarray(grey.clip(0, 255).astype("uint8"))


def compared(report: Report, drawn: list[CellRow]) -> Iterator[tuple[str, str]]:
    """For each amount what became of it, and a line about it."""
    read: dict[tuple[str, ...], list[TableCell]] = {}
    for cell in report.cells:
        read.setdefault((cell.table, cell.code, cell.item, cell.column), []).append(cell)
    for row in drawn:
        where = (row.table, row.code, row.item, row.column)
        waiting = read.get(where, [])
        cell = waiting.pop(0) if waiting else None
        value = Decimal(row.value) if row.value else None
        got = cell.value if cell else None
        if value is None and got is None:
            continue
        if got == value:
            yield ("right, confirmed" if cell and cell.evidence == Evidence.CONFIRMED else "right"), ""
        elif got is None:
            yield "missing", f"{where} {value} {'' if cell is None else cell.flags}"
        else:
            yield _wrong(cell), f"{where} {value} read as {got} {cell.flags if cell else ''}"
    for where, cells in read.items():
        for cell in cells:
            if cell.value is not None:
                yield f"{_wrong(cell)}, nothing drawn", f"{where} {cell.value} {cell.flags}"


def _wrong(cell: TableCell | None) -> str:
    """How a wrong value is told of."""
    assert cell is not None
    if cell.evidence == Evidence.CONFIRMED:
        return "WRONG AND CONFIRMED"
    told = [flag for flag in cell.flags if not flag.startswith(Flag.RECOGNISED) and flag != Flag.CONTINUED]
    return "wrong" if told or cell.evidence == Evidence.CONTRADICTED else "WRONG IN SILENCE"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=2)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--tables", type=int, default=99, help="how many pages with tables are scanned")
    parser.add_argument("--manner", nargs="*", choices=[*MANNERS], default=[*MANNERS])
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    for name in options.manner:
        counts: Counter[str] = Counter()
        shown = options.show
        for seed in range(options.first, options.first + options.accounts):
            what = subject(seed)
            style = what.style.with_(producer="reportlab")
            pdf, drawn = draw_account(seed, style, what.body, what.year, what.place)
            tables = sorted({cell.page for cell in drawn.cells})[: options.tables]
            pages = None if options.whole else {1, *tables}
            began = time.process_time()
            report = extract(scanned(pdf, MANNERS[name], pages, seed))
            counts["seconds"] += round(time.process_time() - began)
            counts["pages"] += report.pages
            native = extract(pdf)
            counts["facts of the native file"] += len(native.facts)
            counts["facts"] += len(report.facts)
            counts["failing checks"] += sum(check.status == "fail" for check in report.checks)
            print(f"{name} seed {seed}: {report.status} {report.text_source} {report.message}", flush=True)
            for became, line in compared(report, [cell for cell in drawn.cells if cell.page in tables]):
                counts[became] += 1
                if line and shown > 0:
                    shown -= 1
                    print(f"  {became}: {line}")
        print(name, dict(counts), flush=True)


if __name__ == "__main__":
    main()
