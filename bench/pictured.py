"""Puts tables of drawn accounts as pictures into files of several formats, scans accounts into OFD files, counts.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python -m bench.pictured [--seed 1] [--files 3] [--tables 4]
        [--format docx --format xlsx …] [--condition NAME]

Accounts and what is counted are those of bench/scans.py. In a Word file, a workbook and a web page the first tables are
pictures of their grids, cut out of the PDF of the account, each under its typed title and unit; all else is typed. An
OFD file has the cover and the first pages with tables, each one picture, in one of the ways of bench/scan_manners.py.
Old workbooks (.xls, .ods) are made by LibreOffice of the others. Needs jsextract[ocr].
"""

from __future__ import annotations

import argparse
import base64
import io
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from msgspec.structs import replace
from PIL import Image

from bench.draw_many import subject
from bench.scan_manners import MANNERS, Manner
from bench.scans import HEAD, Known, compared, drawn, row
from fixtures.draw.blocks import Block
from fixtures.draw.compose import blocks_of
from fixtures.draw.draw import cells_of, set_with
from fixtures.draw.grid import TableBlock
from fixtures.draw.invent import draw_year
from fixtures.draw.ofd import scans_ofd
from fixtures.draw.web import plain
from fixtures.draw.word import to_word
from fixtures.draw.workbook import tabs_of, write_xlsx
from jsextract.layout.grid import find_grids
from jsextract.model.document import Page
from jsextract.model.geometry import Box
from jsextract.pipeline import extract, read

MARGIN = 4.0  # points around a grid


def in_manner(image: Image.Image, manner: Manner, seed: int) -> bytes:
    """A picture as it is scanned, as a JPEG, or as a PNG where it is black and white."""
    rng = np.random.default_rng(seed)
    pixels = np.asarray(image.convert("RGB"))
    for step in manner.steps:
        pixels = step(pixels, rng, manner.dpi)
    out = io.BytesIO()
    scan = Image.fromarray(pixels)
    if manner.jpeg:
        scan.save(out, "JPEG", quality=manner.jpeg)
    else:
        scan.convert("1").save(out, "PNG")
    return out.getvalue()


class Made(NamedTuple):
    """A file, the cells of its tables that are pictures, and how many pictures there are."""

    name: str
    data: bytes
    cells: list[Known]
    pictures: int


class Pictured(NamedTuple):
    """An account whose first tables are pictures.

    Attributes:
        blocks: in order.
        pictures: of tables, by where these stand among the blocks.
        cells: of these tables.
    """

    title: str
    blocks: list[Block]
    pictures: dict[int, list[bytes]]
    cells: list[Known]


def pictured(seed: int, manner: Manner, most: int) -> Pictured:
    """The account of a seed with pictures of its first tables."""
    what = subject(seed)
    style = what.style.with_(producer="reportlab")
    account = draw_year(seed, what.body, style.unit, what.year, what.place)
    blocks, _ = blocks_of(account, style)
    pdf, _, where = set_with("reportlab", blocks, style, "")
    document = pypdfium2.PdfDocument(pdf)
    grids = {page.number: _boxes(page) for page in read(pdf).pages}
    pictures: dict[int, list[bytes]] = {}
    places = [at for at, block in enumerate(blocks) if isinstance(block, TableBlock)]
    for at, (_, rows) in list(zip(places, where, strict=True))[:most]:
        for page in sorted(set(rows.values())):
            image = _cut(document[page - 1], grids[page].pop(0), manner.dpi / 72)
            pictures.setdefault(at, []).append(in_manner(image, manner, seed * 100 + page))
    cells = [
        Known(c.page, (c.table, c.side, c.code, c.item, c.column), Decimal(c.value) if c.value else None)
        for c in cells_of(where[:most])
    ]
    return Pictured(f"{account.entity}{what.year}年度{account.kind}", blocks, pictures, cells)


def word_file(own: Pictured) -> bytes:
    """As a Word file."""
    return to_word(own.blocks, own.pictures)


def workbook(own: Pictured) -> bytes:
    """As a workbook, each table on a sheet of its own."""
    return write_xlsx(tabs_of(own.blocks, own.pictures))


def converted(own: Pictured, ending: str) -> bytes:
    """As a workbook of another format."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.xlsx"
        source.write_bytes(workbook(own))
        command = ["soffice", f"-env:UserInstallation={(Path(folder) / 'p').as_uri()}", "--headless", "--convert-to"]
        subprocess.run([*command, ending, "--outdir", folder, source], check=True, capture_output=True)
        return source.with_suffix(f".{ending}").read_bytes()


def web_page(own: Pictured) -> bytes:
    """As a web page that holds its pictures in their addresses."""
    held = {
        at: [f"data:{_kind(one)};base64,{base64.b64encode(one).decode()}" for one in pictures]
        for at, pictures in own.pictures.items()
    }
    return plain(own.blocks, own.title, held)


def saved_page(own: Pictured) -> bytes:
    """As a web page that was saved with its pictures in one file."""
    names = {at: [f"img/{at}_{n}" for n in range(len(pictures))] for at, pictures in own.pictures.items()}
    whole, base = MIMEMultipart("related"), "http://www.example.gov.cn/zwgk/"
    page = MIMEText(plain(own.blocks, own.title, names).decode(), "html", "utf-8")
    page["Content-Location"] = f"{base}a.html"
    whole.attach(page)
    for at, pictures in own.pictures.items():
        for name, data in zip(names[at], pictures, strict=True):
            part = MIMEImage(data, _kind(data).removeprefix("image/"))
            part["Content-Location"] = base + name
            whole.attach(part)
    return whole.as_bytes()


def _kind(picture: bytes) -> str:
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


WRITERS: dict[str, Callable[[Pictured], bytes]] = {
    "docx": word_file,
    "xlsx": workbook,
    "xls": partial(converted, ending="xls"),
    "ods": partial(converted, ending="ods"),
    "html": web_page,
    "mht": saved_page,
}


def made_as(ending: str, seed: int, manner: Manner, most: int) -> Made:
    """The account of a seed as a file of this format."""
    if ending == "ofd":
        return ofd_file(seed, manner, most)
    own = pictured(seed, manner, most)
    return Made(f"{seed}.{ending}", WRITERS[ending](own), own.cells, sum(map(len, own.pictures.values())))


def _boxes(page: Page) -> list[Box]:
    """The grids of a page from top to bottom, with some white around them."""
    grids = sorted(find_grids(page.number, page.rulings), key=lambda grid: grid.ys[0])
    return [Box(g.xs[0] - MARGIN, g.ys[0] - MARGIN, g.xs[-1] + MARGIN, g.ys[-1] + MARGIN) for g in grids]


def _cut(page: pypdfium2.PdfPage, box: Box, scale: float) -> Image.Image:
    edges = (round(box.x0 * scale), round(box.y0 * scale), round(box.x1 * scale), round(box.y1 * scale))
    image: Image.Image = page.render(scale=scale).to_pil().crop(edges)
    return image


def ofd_file(seed: int, manner: Manner, most: int) -> Made:
    """The cover and the first pages with tables of an account, each a picture."""
    account = drawn(seed)
    tables = sorted({cell.page for cell in account.cells if cell.value is not None})[:most]
    document = pypdfium2.PdfDocument(account.pdf)
    pages = sorted({1, *tables})
    images = [document[n - 1].render(scale=manner.dpi / 72).to_pil() for n in pages]
    scans = [in_manner(image, manner, seed * 100 + n) for image, n in zip(images, pages, strict=True)]
    data = scans_ofd(scans, "jpg" if manner.jpeg else "png", [document[n - 1].get_size() for n in pages])
    return Made(f"{seed}.ofd", data, [cell for cell in account.cells if cell.page in tables], len(pages))


def measured(made: Made) -> Counter[str]:
    """Counts of one file; what is not right is printed."""
    counts: Counter[str] = Counter(pages=made.pictures)
    began = time.process_time()
    report = extract(made.data, file=made.name)
    counts["cpu ms"] = round((time.process_time() - began) * 1000)
    tables = {known.place[0] for known in made.cells}
    report = replace(report, cells=tuple(cell for cell in report.cells if cell.table in tables))
    for became, line in compared(report, made.cells):
        counts[became] += 1
        if line:
            print(f"{made.name} {became}: {line}")
    print(f"{made.name} {report.status} {report.problem} {dict(counts)}", flush=True)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=3, help="of each format, from the seed on")
    parser.add_argument("--tables", type=int, default=4, help="tables, or pages with tables, of each")
    parser.add_argument("--format", choices=[*WRITERS, "ofd"], action="append")
    parser.add_argument("--condition", choices=[*MANNERS], default="150 dpi")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder  # what was read before is no measure
        print(HEAD)
        for ending in options.format or [*WRITERS, "ofd"]:
            seeds = range(options.seed, options.seed + options.files)
            made = (made_as(ending, seed, MANNERS[options.condition], options.tables) for seed in seeds)
            print(row(f"{ending}, {options.condition}", sum(map(measured, made), Counter())), flush=True)


if __name__ == "__main__":
    main()
