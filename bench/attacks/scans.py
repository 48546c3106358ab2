"""Pages that are pictures, coded badly, cut off, lying about their sides; what was read of them, changed in the cache.

What is whole gives its figures, what is not gives none and is told of, whoever wrote into the cache meanwhile.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pikepdf
from PIL import Image

from bench.attacks import Tried
from tests.pdfs import pictured

KIND = "scans"
COUNT = 40
_PATIENCE = 300
_ENTITY = "某某市水务局2024年度部门决算"
Coded = tuple[str, bytes]
"""Filters of a picture, and its data."""


def attack(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Pictures first, all in one run, then entries of the cache, a run each."""
    yield from pictures(folder, luck, count // 2)
    yield from planted(folder, luck, count - count // 2)


def pictures(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Scans that are damaged in one way each."""
    source = folder / "in"
    source.mkdir()
    names, ways = list(CODINGS), list(DAMAGES)
    tried = {}
    for at in range(count):
        coding, what = luck.choice(names), ways[at % len(ways)]
        (source / f"{at}.pdf").write_bytes(DAMAGES[what](scan(at), CODINGS[coding], luck))
        tried[f"{at}.pdf"] = what, coding
    said, rows = read(folder, source, folder / "out")
    for file, (what, coding) in tried.items():
        status, problem, facts = rows.get(file, ("none", "", []))
        if facts:
            number = int(file.split(".")[0])
            came = "read" if facts == [f"{1000 + number}.25"] else "other figures"
        else:
            came = "told" if status != "ok" else "lost in silence"
        is_right = came == ("read" if what in _WHOLE else "told") and "Traceback" not in said
        yield Tried(f"a scan, {what}", came, is_right, f"{file} {coding}: {status} {problem} {facts} {said[-300:]}")


def planted(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Another's words in the cache: the figures stay those of the page."""
    source = folder / "one"
    source.mkdir()
    image = scan(977)
    (source / "0.pdf").write_bytes(page(image, CODINGS["zlib"](image)))
    read(folder, source, folder / "first")
    (entry,) = (path for path in (folder / "cache").rglob("*.json") if b"1977.25" in path.read_bytes())
    whole = entry.read_bytes()
    for at in range(count):
        what, plant = list(PLANTS.items())[at % len(PLANTS)]
        plant(entry, whole, luck)
        said, rows = read(folder, source, folder / f"planted{at}")
        facts = rows["0.pdf"][2]
        came = "read anew" if facts == ["1977.25"] and entry.read_bytes() == whole else f"figures {facts}"
        yield Tried(f"the cache, {what}", came, came == "read anew" and "Traceback" not in said, said[-300:])


def read(folder: Path, source: Path, out: Path) -> tuple[str, dict[str, tuple[str, str, list[str]]]]:
    """One run with a cache of its own: what it said, and by file status, problem and figures."""
    done = subprocess.run(
        [sys.executable, "-m", "jsextract", str(source), "-o", str(out), "--jobs", "1", "--quiet"],
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}, capture_output=True, text=True,
        timeout=_PATIENCE, check=False,
    )  # fmt: skip
    with (out / "facts.csv").open(encoding="utf-8-sig", newline="") as handle:
        facts = [(row["document_id"], row["value"]) for row in csv.DictReader(handle) if row["measure"] == "final"]
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return done.stderr, {
            row["file"]: (row["status"], row["problem"], [v for own, v in facts if own == row["document_id"]])
            for row in csv.DictReader(handle)
        }


# ---- scans


def scan(number: int) -> Image.Image:
    """A page with one figure, which is its own."""
    import pypdfium2

    lines = pictured(_ENTITY, f"2024年度收入支出总计{1000 + number}.25万元。")
    return pypdfium2.PdfDocument(lines)[0].render(scale=200 / 72).to_pil().convert("L")


def coded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


CODINGS: dict[str, Callable[[Image.Image], Coded]] = {
    "zlib": lambda image: ("FlateDecode", zlib.compress(image.tobytes())),
    "JPEG": lambda image: ("DCTDecode", coded(image, "JPEG")),
    "JPEG 2000": lambda image: ("JPXDecode", coded(image, "JPEG2000")),
    "JPEG in zlib": lambda image: ("FlateDecode DCTDecode", zlib.compress(coded(image, "JPEG"))),
    "bare": lambda image: ("", image.tobytes()),
}


def page(image: Image.Image, own: Coded, *, sides: tuple[int, int] | None = None, deep: int = 0) -> bytes:
    """A PDF of one page that is this picture, within so many forms."""
    pdf = pikepdf.new()
    box = [0, 0, image.width * 0.36, image.height * 0.36]
    sheet = pdf.add_blank_page(page_size=(box[2], box[3]))
    filters, data = own
    drawn, content = pdf.make_stream(data), f"q {box[2]} 0 0 {box[3]} 0 0 cm /I Do Q".encode()
    drawn.stream_dict.update(_picture(*(sides or image.size)))
    if filters:
        drawn.Filter = pikepdf.Array([pikepdf.Name(f"/{name}") for name in filters.split()])
    for _ in range(deep):
        form = pdf.make_stream(content)
        named = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=drawn))
        form.stream_dict.update(
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": box, "/Resources": named}
        )
        drawn, content = form, b"/I Do"
    sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=drawn))
    sheet.Contents = pdf.make_stream(content)
    return _saved(pdf)


def _picture(wide: int, high: int) -> dict[str, object]:
    return {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": wide, "/Height": high,
        "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8,
    }  # fmt: skip


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _cut(image: Image.Image, code: Callable[[Image.Image], Coded], luck: Random) -> bytes:
    filters, data = code(image)
    return page(image, (filters, data[: luck.randrange(len(data) // 2, len(data) * 9 // 10)]))


def _tiles(image: Image.Image, code: Callable[[Image.Image], Coded], luck: Random) -> bytes:
    side = luck.choice([40, 64, 128, 256])
    pdf, names, drawn = pikepdf.new(), pikepdf.Dictionary(), []
    sheet = pdf.add_blank_page(page_size=(image.width * 0.36, image.height * 0.36))
    for y in range(0, image.height, side):
        for x in range(0, image.width, side):
            tile = pdf.make_stream(image.crop((x, y, x + side, y + side)).tobytes())
            tile.stream_dict.update(_picture(side, side))
            names[f"/I{len(drawn)}"] = tile
            place = f"{side * 0.36} 0 0 {side * 0.36} {x * 0.36} {(image.height - y - side) * 0.36}"
            drawn.append(f"q {place} cm /I{len(drawn)} Do Q")
    sheet.Resources = pikepdf.Dictionary(XObject=names)
    sheet.Contents = pdf.make_stream("\n".join(drawn).encode())
    return _saved(pdf)


_WHOLE = ("whole", "in tiles", "within forms")
DAMAGES: dict[str, Callable[[Image.Image, Callable[[Image.Image], Coded], Random], bytes]] = {
    "whole": lambda image, code, _: page(image, code(image)),
    "cut off": _cut,
    "in tiles": _tiles,
    "with sides that nothing has": lambda image, code, _: page(image, code(image), sides=(2**31 - 1, 2**31 - 1)),
    "within forms": lambda image, code, luck: page(image, code(image), deep=luck.randrange(3, 9)),
}


# ---- the cache


def _flipped(entry: Path, whole: bytes, luck: Random) -> None:
    data = bytearray(whole)
    data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
    entry.write_bytes(data)


def _linked(entry: Path, whole: bytes, _: Random) -> None:
    entry.with_name("other").write_bytes(whole.replace(b"1977.25", b"9977.25"))
    entry.unlink()
    entry.symlink_to("other")


def _pipe(entry: Path, _whole: bytes, _: Random) -> None:
    entry.unlink()
    os.mkfifo(entry)


def _of_another(entry: Path, whole: bytes, _: Random) -> None:
    others = [path for path in entry.parents[1].rglob("*.json") if path.read_bytes() != whole]
    if others:
        shutil.copy(others[0], entry)


PLANTS: dict[str, Callable[[Path, bytes, Random], object]] = {
    "other figures": lambda entry, whole, _: entry.write_bytes(whole.replace(b"1977.25", b"9977.25")),
    "a bit flipped": _flipped,
    "cut short": lambda entry, whole, luck: entry.write_bytes(whole[: luck.randrange(len(whole))]),
    "a link": _linked,
    "a pipe": _pipe,
    "another page's": _of_another,
}
