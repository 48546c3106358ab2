"""The pictures of an OFD page, drawn where they stand: what is recognised on a page that is one (扫描件)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.model.document import Page
from jsextract.readers.package import Package, opened
from jsextract.readers.page_work import scale_of
from jsextract.readers.pdf.strokes import Matrix, Rect, area_on
from jsextract.readers.raster import decoded

if TYPE_CHECKING:
    from PIL import Image

AT_MOST = 40
"""Pictures of one page that are drawn: scans come in one piece or in some strips."""
_MOST_SIDE = 4000  # pixels
_BEYOND = 1.5  # times; a picture that reaches farther beyond its page is no scan of it
_ASLANT = 0.01  # of a picture's sides
_SCAN = 0.1  # of the page; an emblem or a seal covers less


class Placed(NamedTuple):
    """A picture on a page: the part of the file that has it, and what maps the unit square to points, y upwards."""

    part: str
    to_page: Matrix

    @property
    def box(self) -> Rect:
        """Its place, measured from the bottom left."""
        a, b, c, d, e, f = self.to_page
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)


class Sheet(NamedTuple):
    """The pictures of a page that could hold print, and the page's sides in points before it is turned upright."""

    width: float
    height: float
    pictures: tuple[Placed, ...]

    @property
    def is_scan(self) -> bool:
        """Whether they cover enough of the page to be what it shows."""
        area = sum(area_on(picture.box, self.width, self.height) for picture in self.pictures)
        return area > self.width * self.height * _SCAN


def drawn(data: bytes, sheet: Sheet, page: Page) -> Image.Image:
    """The upright page with its pictures alone, as large as `render_page` draws those of a PDF.

    Args:
        data: the OFD file.
        sheet: of the page.
        page: as read.

    Raises:
        Corrupt: if there are none, too many, or one cannot be read or stands aslant.
    """
    from PIL import Image

    if not 0 < len(sheet.pictures) <= AT_MOST:
        raise Corrupt(phrase("Page {number} cannot be drawn.", number=page.number))
    scale = min(scale_of(page), _MOST_SIDE / max(sheet.width, sheet.height))
    paper = Image.new("RGB", (round(sheet.width * scale), round(sheet.height * scale)), "white")
    with opened(data) as package:
        for picture in sheet.pictures:
            _paste(paper, picture, scale, package)
    return paper.rotate(-page.rotation, expand=True) if page.rotation else paper


def _paste(paper: Image.Image, picture: Placed, scale: float, package: Package) -> None:
    """Sets a picture onto the paper, turned by quarters and mirrored as its matrix has it."""
    from PIL import Image, ImageOps

    a, b, c, d, _, _ = picture.to_page
    x0, y0, x1, y1 = picture.box
    wide, high = round((x1 - x0) * scale), round((y1 - y0) * scale)
    sideways = abs(b) + abs(c) > abs(a) + abs(d)
    aslant = max(map(abs, (a, d) if sideways else (b, c)))
    if aslant > _ASLANT * (x1 - x0 + y1 - y0) or wide > paper.width * _BEYOND or high > paper.height * _BEYOND:
        raise Corrupt(phrase("A picture of the page stands aslant, or beyond it."))
    if min(wide, high) < 1:
        return
    image = decoded(package.binary(picture.part), *((high, wide) if sideways else (wide, high)))
    if sideways:
        image = image.transpose(Image.Transpose.TRANSPOSE)
        a, d = c, b
    image = ImageOps.mirror(image) if a < 0 else image
    image = ImageOps.flip(image) if d > 0 else image  # the page's y grows upwards, that of a picture downwards
    corner = (round(x0 * scale), paper.height - round(y1 * scale))
    paper.paste(image, corner, image if image.mode == "RGBA" else None)
