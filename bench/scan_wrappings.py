"""How the picture of a page lies in a PDF: colours, compression, pieces, layers, matrices and boxes.

A wrapping makes a file of the pictures of its pages and their dots an inch.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image

Wrapping = Callable[[Sequence[Image.Image], int], bytes]
Laid = tuple[str, dict[str, Object]]
"""What a page's content says, in points from the lower left, and the things that it names."""


def plain(images: Sequence[Image.Image], dpi: int, quality: int) -> bytes:
    """A JPEG picture a page, of a quality; black and white ones by CCITT."""
    out = io.BytesIO()
    settings = {"quality": quality} if quality else {}
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=dpi, **settings)
    return out.getvalue()


def _wrapped(lay: Callable[[Pdf, Image.Image, float, float], Laid], **entries: object) -> Wrapping:
    """Pages of which each is laid in one way; `entries` go into the page."""

    def wrap(images: Sequence[Image.Image], dpi: int) -> bytes:
        pdf = Pdf.new()
        for image in images:
            wide, high = (side * 72 / dpi for side in image.size)
            content, things = lay(pdf, image, wide, high)
            page = pdf.add_blank_page(page_size=(wide, high))
            page.Contents = pdf.make_stream(content.encode())
            page.Resources = Dictionary(XObject=Dictionary({f"/{name}": thing for name, thing in things.items()}))
            for name, entry in entries.items():
                page.obj[f"/{name}"] = entry(wide, high) if callable(entry) else entry
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()

    return wrap


def _picture(pdf: Pdf, image: Image.Image, data: bytes, space: object, **entries: object) -> Object:
    size = {"Width": image.width, "Height": image.height}
    entries = {"BitsPerComponent": 8, "ColorSpace": space, **entries}
    kept = {name: entry for name, entry in entries.items() if entry is not None}
    return pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, **size, **kept)


def _encoded(image: Image.Image, kind: str, **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **settings)
    return out.getvalue()


def _jpeg(pdf: Pdf, image: Image.Image, **entries: object) -> Object:
    data = _encoded(image.convert("RGB"), "JPEG", quality=80)
    return _picture(pdf, image, data, Name.DeviceRGB, Filter=Name.DCTDecode, **entries)


def _one(thing: Object, wide: float, high: float) -> Laid:
    return f"{wide} 0 0 {high} 0 0 cm /P Do", {"P": thing}


def _jpeg2000(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    data = _encoded(image, "JPEG2000", quality_mode="rates", quality_layers=[30], no_jp2=False)
    return _one(_picture(pdf, image, data, None, BitsPerComponent=None, Filter=Name.JPXDecode), wide, high)


def _cmyk(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """Inverted as image editors write it."""
    inks = np.asarray(image.convert("CMYK"))
    black = inks[:, :, :3].min(axis=2)
    inks = np.dstack([inks[:, :, :3] - black[:, :, None], black])
    data = np.ascontiguousarray(255 - inks).tobytes()
    return _one(_picture(pdf, image, data, Name.DeviceCMYK, Decode=Array([1, 0] * 4)), wide, high)


def _deep(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """16 bits a dot."""
    data = (np.asarray(image.convert("L")).astype(">u2") * 257).tobytes()
    return _one(_picture(pdf, image, data, Name.DeviceGray, BitsPerComponent=16), wide, high)


def _indexed(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """16 colours of a palette, two dots a byte."""
    few = image.quantize(16, dither=Image.Dither.NONE)
    dots = np.asarray(few)
    dots = np.pad(dots, ((0, 0), (0, dots.shape[1] % 2)))
    table = Array([Name.Indexed, Name.DeviceRGB, 15, pikepdf.String(bytes((few.getpalette() or [])[:48]).ljust(48))])
    return _one(
        _picture(pdf, image, (dots[:, ::2] << 4 | dots[:, 1::2]).tobytes(), table, BitsPerComponent=4), wide, high
    )


def _transparent(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """Black everywhere; only where something is printed it can be seen."""
    seen = 255 - np.asarray(image.convert("L"))
    mask = _picture(pdf, image, seen.tobytes(), Name.DeviceGray)
    return _one(_picture(pdf, image, bytes(seen.size), Name.DeviceGray, SMask=mask), wide, high)


def _bits(image: Image.Image) -> bytes:
    return np.packbits(np.asarray(image.convert("L")) > 150, axis=1).tobytes()


def _stencil(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """Ink poured through a stencil."""
    return _one(_picture(pdf, image, _bits(image), None, BitsPerComponent=1, ImageMask=True), wide, high)


def _layered(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """Print as a stencil in dark blue over paper of a quarter of the dots, as compact scans are stored."""
    grey = np.asarray(image.convert("L"))
    paper = Image.fromarray(np.where(grey < 150, 235, grey).astype(np.uint8)).resize(
        (image.width // 4, image.height // 4)
    )
    print_ = _picture(pdf, image, _bits(image), None, BitsPerComponent=1, ImageMask=True)
    content = f"q {wide} 0 0 {high} 0 0 cm /B Do Q 0.1 0.1 0.2 rg {wide} 0 0 {high} 0 0 cm /P Do"
    return content, {"B": _jpeg(pdf, paper), "P": print_}


def _tiled(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """24 pieces, each placed by itself; a hundredth of a point lies between them."""
    across, down = 4, 6
    content, things = "", {}
    for row in range(down):
        for column in range(across):
            x, to = (image.width * n // across for n in (column, column + 1))
            y, end = (image.height * n // down for n in (row, row + 1))
            name, scale = f"P{row}{column}", wide / image.width
            things[name] = _jpeg(pdf, image.crop((x, y, to, end)))
            side = f"{(to - x) * scale - 0.01:.3f} 0 0 {(end - y) * scale - 0.01:.3f}"
            content += f"q {side} {x * scale:.3f} {high - end * scale:.3f} cm /{name} Do Q\n"
    return content, things


def _in_form(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """A form within a form, turned by a quarter and back."""
    inner = pdf.make_stream(
        f"{wide} 0 0 {high} 0 0 cm /P Do".encode(), Type=Name.XObject, Subtype=Name.Form,
        BBox=Array([0, 0, wide, high]), Matrix=Array([0, 1, -1, 0, high, 0]),
        Resources=Dictionary(XObject=Dictionary(P=_jpeg(pdf, image))),
    )  # fmt: skip
    outer = pdf.make_stream(
        b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, high, wide]),
        Matrix=Array([0, -1, 1, 0, 0, high]), Resources=Dictionary(XObject=Dictionary(F=inner)),
    )  # fmt: skip
    return "/F Do", {"F": outer}


def _flipped(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """Stored upside down, turned by its matrix."""
    return f"{-wide} 0 0 {-high} {wide} {high} cm /P Do", {"P": _jpeg(pdf, image.rotate(180))}


def _reaching_out(pdf: Pdf, image: Image.Image, wide: float, high: float) -> Laid:
    """A picture of which the crop box leaves out what lies around the page."""
    sheet = Image.new("RGB", (image.width * 5 // 4, image.height * 5 // 4), (25, 25, 25))
    sheet.paste(image, (image.width // 8, image.height // 8))
    return f"{wide * 1.25} 0 0 {high * 1.25} {-wide / 8} {-high / 8} cm /P Do", {"P": _jpeg(pdf, sheet)}


WRAPPINGS: dict[str, Wrapping] = {
    "jpeg2000": _wrapped(_jpeg2000),
    "cmyk": _wrapped(_cmyk),
    "16 bits": _wrapped(_deep),
    "palette": _wrapped(_indexed),
    "soft mask": _wrapped(_transparent),
    "stencil": _wrapped(_stencil),
    "layers": _wrapped(_layered),
    "tiles": _wrapped(_tiled),
    "forms": _wrapped(_in_form),
    "flipped": _wrapped(_flipped),
    "crop box": _wrapped(
        _reaching_out,
        MediaBox=lambda w, h: Array([-w / 8, -h / 8, w * 9 / 8, h * 9 / 8]),
        CropBox=lambda w, h: Array([0, 0, w, h]),
    ),
    "user unit": _wrapped(lambda pdf, image, w, h: _one(_jpeg(pdf, image), w, h), UserUnit=2),
}
