"""Pictures inside files, decoded within limits."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageOps

from jsextract.errors import Corrupt
from jsextract.readers.raster import decoded, on_white, pixel_size


def drawn(mode: str = "RGB") -> Image.Image:
    """A dark left half."""
    image = Image.new("L", (40, 20), 255)
    image.paste(0, (0, 0, 20, 20))
    return image.convert(mode)


def file_of(image: Image.Image, form: str = "PNG", **settings: str) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **settings)
    return out.getvalue()


def jbig2(image: Image.Image, *, alone: bool = False) -> bytes:
    """A black and white picture coded as a fax, between the segments of a JBIG2 file."""
    faxed = file_of(ImageOps.invert(image.convert("L")).convert("1"), "TIFF", compression="group4")
    with Image.open(io.BytesIO(faxed)) as tiff:
        (at,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    region = struct.pack(">IIIIBB", *image.size, 0, 0, 0, 1) + faxed[at : at + length]
    page = struct.pack(">IIIIBH", *image.size, 0, 0, 0, 0)
    parts = ((48, page), (38, region), (49, b""), (51, b""))
    segments = [struct.pack(">IBBBI", n, kind, 0, 1, len(data)) + data for n, (kind, data) in enumerate(parts)]
    return (b"" if alone else b"\x97JB2\r\n\x1a\n\1\0\0\0\1") + b"".join(segments)


def grey_of_16_bits() -> bytes:
    image = Image.new("I;16", (40, 20), 65535)
    image.paste(0, (0, 0, 20, 20))
    return file_of(image)


@pytest.mark.parametrize(
    "data",
    [
        file_of(drawn()), file_of(drawn("P")), file_of(drawn("1")), file_of(drawn(), "JPEG"), file_of(drawn("CMYK"), "TIFF"),
        file_of(drawn(), "BMP"), file_of(drawn("P"), "GIF"), file_of(drawn("LA")), grey_of_16_bits(), jbig2(drawn()),
        jbig2(drawn(), alone=True),
    ],
    ids=["png", "palette", "bits", "jpeg", "tiff", "bmp", "gif", "alpha", "16 bits", "jbig2", "segments"],
)  # fmt: skip
def test_each_format_gives_what_it_shows(data: bytes) -> None:
    assert pixel_size(data) == (40, 20)
    image = on_white(decoded(data, 80, 40))
    assert (image.mode, image.size) == ("RGB", (80, 40))
    assert max(image.getpixel((10, 20))) < 10
    assert min(image.getpixel((70, 20))) > 245


def test_what_lets_light_through_is_white_on_paper() -> None:
    image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    assert on_white(decoded(file_of(image), 40, 20)).getpixel((5, 5)) == (255, 255, 255)


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels, with none of them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        png_of(7000, 7000), png_of(12_000, 12_000), png_of(65_000, 65_000), b"", b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\xd7\xcd\xc6\x9a" + bytes(30), jbig2(drawn())[:30], jbig2(drawn())[:24] + struct.pack(">II", 30_000, 3000) + bytes(30),
        b"\x97JB2\r\n\x1a\n\0" + bytes(40),
    ],
    ids=["large", "larger", "bomb", "empty", "program", "metafile", "short", "jbig2", "unordered"],
)  # fmt: skip
def test_what_is_no_picture_of_a_page_is_refused_by_its_header(data: bytes) -> None:
    with pytest.raises(Corrupt):
        pixel_size(data)


def test_what_is_damaged_behind_its_header_is_refused() -> None:
    for data in (png_of(40, 20), file_of(drawn(), "JPEG")[:200], file_of(drawn(), "TIFF")[:-30], jbig2(drawn())[:60]):
        with pytest.raises(Corrupt):
            decoded(data, 40, 20)
