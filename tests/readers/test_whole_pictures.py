"""Scans of which something is missing, or that nobody can decode, are no blank pages; those in pieces are scans."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from jsextract.errors import Corrupt
from jsextract.pipeline import read
from jsextract.readers.pdf.fax import rows_read
from jsextract.readers.pdf.images import pages_with_images
from jsextract.readers.pdf.jbig2 import is_cut_short
from jsextract.readers.pdf.whole_pictures import require_whole, require_whole_streams
from tests.pdfs import write
from tests.readers.recognisers import TableReader, use

WIDE, HIGH = 827, 1169  # 100 dots an inch
GREY = Image.radial_gradient("L").resize((WIDE, HIGH))


def scan(data: bytes, filters: str, *, sides: tuple[int, int] = (WIDE, HIGH), deep: int = 0) -> bytes:
    """A page that is a grey picture coded so, within so many forms."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    drawn = pdf.make_stream(data)
    drawn.stream_dict.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": sides[0], "/Height": sides[1],
         "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8}
    )  # fmt: skip
    if filters:
        drawn.Filter = pikepdf.Array([pikepdf.Name(f"/{name}") for name in filters.split()])
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    for _ in range(deep):
        form = pdf.make_stream(content)
        form.stream_dict.update(
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 595, 842],
             "/Resources": pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=drawn))}
        )  # fmt: skip
        drawn, content = form, b"/I Do"
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=drawn))
    page.Contents = pdf.make_stream(content)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def coded(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    GREY.save(out, form, **options)
    return out.getvalue()


def is_whole(pdf: bytes) -> bool:
    document = pypdfium2.PdfDocument(pdf)
    try:
        require_whole(document[0])
    except Corrupt:
        return False
    finally:
        document.close()
    return True


CODED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zlib": ("FlateDecode", lambda: zlib.compress(GREY.tobytes())),
    "JPEG": ("DCTDecode", lambda: coded("JPEG")),
    "progressive JPEG": ("DCTDecode", lambda: coded("JPEG", progressive=True)),
    "JPEG in zlib": ("FlateDecode DCTDecode", lambda: zlib.compress(coded("JPEG"))),
    "JPEG 2000": ("JPXDecode", lambda: coded("JPEG2000")),
    "bare": ("", GREY.tobytes),
}


@pytest.mark.parametrize("kind", CODED)
def test_a_picture_that_lost_its_end_is_told_from_a_whole_one(kind: str) -> None:
    filters, made = CODED[kind]
    data = made()
    assert is_whole(scan(data, filters))
    assert not is_whole(scan(data[: len(data) * 9 // 10], filters))


def test_the_end_of_a_jpeg_in_zlib_counts_too() -> None:
    assert not is_whole(scan(zlib.compress(coded("JPEG")[:-2000]), "FlateDecode DCTDecode"))


def test_a_jpeg_without_the_mark_of_its_end_is_whole() -> None:
    assert is_whole(scan(coded("JPEG")[:-2], "DCTDecode"))


@pytest.mark.parametrize("sides", [(65_000, 65_000), (2_147_483_647, 2_147_483_647)])
def test_what_claims_to_be_larger_than_anything_is_not_whole(sides: tuple[int, int]) -> None:
    data = bytearray(coded("JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = bytes.fromhex("fde8fde8")
    assert not is_whole(scan(bytes(data), "DCTDecode", sides=sides))


def test_a_scan_that_cannot_be_decoded_is_no_blank_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = TableReader()
    use(reader, monkeypatch, tmp_path)
    filters, made = CODED["JPEG 2000"]
    cut = read(write(tmp_path / "cut.pdf", scan(made()[:-500], filters)))
    assert (cut.health.status, cut.health.problem, reader.seen) == ("partial", "corrupt", [])
    assert "page 1, of which parts are missing. Download" in str(cut.health.message)
    assert cut.flags == ("page-unreadable",)
    assert read(write(tmp_path / "whole.pdf", scan(made(), filters))).pages[0].source == "ocr"


@pytest.mark.parametrize("deep", [0, 3, 4, 7])
def test_a_scan_within_forms_is_a_scan(deep: int) -> None:
    filters, made = CODED["zlib"]
    assert pages_with_images(scan(made(), filters, deep=deep), [1]) == {1}


def tiled(side: int) -> bytes:
    """A page whose picture comes in tiles."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    names, content = pikepdf.Dictionary(), []
    for y in range(0, HIGH, side):
        for x in range(0, WIDE, side):
            tile = pdf.make_stream(GREY.crop((x, y, x + side, y + side)).tobytes())
            tile.stream_dict.update(
                {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": side, "/Height": side,
                 "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8}
            )  # fmt: skip
            names[f"/I{len(content)}"] = tile
            points = side * 0.72
            content.append(f"q {points} 0 0 {points} {x * 0.72} {842 - y * 0.72 - points} cm /I{len(content)} Do Q")
    page.Resources = pikepdf.Dictionary(XObject=names)
    page.Contents = pdf.make_stream("\n".join(content).encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("side", [32, 256])
def test_a_scan_in_tiles_is_a_scan(side: int) -> None:
    assert pages_with_images(tiled(side), [1]) == {1}


def test_one_small_picture_is_none() -> None:
    small = GREY.resize((150, 200)).tobytes()
    assert pages_with_images(scan(small, "", sides=(150, 200)), [1]) == frozenset()


def fax(image: Image.Image, compression: str, option: int = 0) -> bytes:
    """A picture in black and white, coded as a fax: all its rows in one strip."""
    out = io.BytesIO()
    image.save(out, "TIFF", compression=compression, tiffinfo={278: image.height, 292: option})
    tags = Image.open(io.BytesIO(out.getvalue())).tag_v2  # type: ignore[attr-defined]
    (start,), (length,) = tags[273], tags[279]
    return out.getvalue()[start : start + length]


def page_of_fax(data: bytes, k: int, high: int = HIGH) -> bytes:
    pdf = pikepdf.open(io.BytesIO(scan(data, "CCITTFaxDecode", sides=(WIDE, high))))
    image = pdf.pages[0].Resources.XObject.I
    image.Filter, image.BitsPerComponent = pikepdf.Name.CCITTFaxDecode, 1
    image.DecodeParms = pikepdf.Dictionary(K=k, Columns=WIDE, Rows=high)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def has_its_rows(pdf: bytes) -> bool:
    try:
        require_whole_streams(pdf, 1)
    except Corrupt:
        return False
    return True


PRINTED = GREY.convert("1")


def jbig2(image: Image.Image) -> bytes:
    """The segments of a JBIG2 picture, whose one region is coded as a fax."""
    region = struct.pack(">IIIIBB", *image.size, 0, 0, 0, 1) + fax(image, "group4")
    page = struct.pack(">IIIIBH", *image.size, 0, 0, 0, 0)
    parts = ((48, page), (38, region), (49, b""))
    return b"".join(struct.pack(">IBBBI", n, kind, 0, 1, len(part)) + part for n, (kind, part) in enumerate(parts))


FAXES = {"G4": ("group4", 0, -1), "G3": ("group3", 0, 0), "G3 in two dimensions": ("group3", 1, 1)}


@pytest.mark.parametrize("kind", FAXES)
def test_a_fax_that_lacks_rows_is_told_from_a_whole_one(kind: str) -> None:
    compression, option, k = FAXES[kind]
    data = fax(PRINTED, compression, option)
    assert rows_read(data, WIDE, HIGH, k) == HIGH
    assert has_its_rows(page_of_fax(data, k))
    for share in (0.9, 0.5, 0.1):
        assert not has_its_rows(page_of_fax(data[: int(len(data) * share)], k))


def test_a_fax_with_a_fault_in_it_loses_all_that_follows_where_no_line_has_a_mark() -> None:
    for kind, sound in (("G4", False), ("G3", True), ("G3 in two dimensions", True)):
        compression, option, k = FAXES[kind]
        data = bytearray(fax(PRINTED, compression, option))
        data[len(data) // 4] ^= 0x10
        assert has_its_rows(page_of_fax(bytes(data), k)) is sound


@pytest.mark.parametrize("kind", FAXES)
def test_blank_paper_at_the_end_of_a_fax_is_no_loss(kind: str) -> None:
    compression, option, k = FAXES[kind]
    image = PRINTED.copy()
    image.paste(1, (0, HIGH // 3, WIDE, HIGH))
    data = fax(image, compression, option)
    assert has_its_rows(page_of_fax(data, k))
    assert has_its_rows(page_of_fax(data + b"\r\n", k))
    assert has_its_rows(page_of_fax(data, k, HIGH + 3))


def test_a_fax_that_lost_its_table_is_not_read_as_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = TableReader()
    use(reader, monkeypatch, tmp_path)
    data = fax(PRINTED, "group4")
    cut = read(write(tmp_path / "cut.pdf", page_of_fax(data[: len(data) // 3], -1)))
    assert (cut.health.status, cut.health.problem, reader.seen) == ("partial", "corrupt", [])
    assert "page 1, of which parts are missing. Download" in str(cut.health.message)
    assert cut.flags == ("page-unreadable",)
    assert read(write(tmp_path / "whole.pdf", page_of_fax(data, -1))).pages[0].source == "ocr"


def layered(mask: bytes, coding: str, key: str, base: tuple[int, int] = (8, 11)) -> bytes:
    """A page whose print is a mask, over a few black dots that cover all of it."""
    pdf = pikepdf.open(io.BytesIO(scan(bytes(base[0] * base[1]), "", sides=base)))
    stream = pdf.make_stream(mask)
    stream.stream_dict.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": WIDE, "/Height": HIGH,
         "/BitsPerComponent": 1, "/Filter": pikepdf.Name(f"/{coding}")}
    )  # fmt: skip
    if coding == "CCITTFaxDecode":
        stream.DecodeParms = pikepdf.Dictionary(K=-1, Columns=WIDE, Rows=HIGH)
    if key == "/Mask":
        stream.ImageMask = True
    else:
        stream.ColorSpace = pikepdf.Name.DeviceGray
    pdf.pages[0].Resources.XObject.I[key] = stream
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


@pytest.mark.parametrize("key", ["/Mask", "/SMask"])
def test_print_in_a_mask_over_a_few_dots_is_a_scan(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = TableReader()
    use(reader, monkeypatch, tmp_path)
    data = layered(zlib.compress(PRINTED.tobytes()), "FlateDecode", key)
    assert pages_with_images(data, [1]) == {1}
    assert read(write(tmp_path / "layers.pdf", data)).pages[0].source == "ocr"


def test_a_few_dots_alone_are_none() -> None:
    assert pages_with_images(scan(bytes(8 * 11), "", sides=(8, 11)), [1]) == frozenset()


@pytest.mark.parametrize("coding", ["FlateDecode", "CCITTFaxDecode"])
def test_a_mask_that_lost_its_end_is_told_like_a_picture(
    coding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = TableReader()
    use(reader, monkeypatch, tmp_path)
    mask = zlib.compress(PRINTED.tobytes()) if coding == "FlateDecode" else fax(PRINTED, "group4")
    cut = read(write(tmp_path / "cut.pdf", layered(mask[: len(mask) // 2], coding, "/SMask")))
    assert (cut.health.status, cut.health.problem, reader.seen) == ("partial", "corrupt", [])
    assert "page 1, of which parts are missing. Download" in str(cut.health.message)
    assert cut.flags == ("page-unreadable",)


def test_a_jbig2_picture_that_lost_its_end_is_told_from_a_whole_one() -> None:
    data = jbig2(PRINTED)
    assert is_whole(scan(data, "JBIG2Decode"))
    assert is_whole(scan(data + b"\r\n", "JBIG2Decode"))
    assert is_whole(scan(data.replace(struct.pack(">I", len(fax(PRINTED, "group4")) + 18), b"\xff" * 4), "JBIG2Decode"))
    for length in (len(data) // 2, len(data) - 20, 25):
        assert not is_whole(scan(data[:length], "JBIG2Decode"))


def test_a_segment_may_refer_to_many_others_and_to_a_far_page() -> None:
    many = struct.pack(">IBI", 300, 0x40, 7 << 29 | 9) + bytes(2) + bytes(18) + struct.pack(">II", 1, 5)
    assert not is_cut_short(many + bytes(5))
    assert is_cut_short(many + bytes(4))
    assert is_cut_short(many[:30])
