"""From the picture of a page to words on a flat, upright, white page (图像预处理)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from jsextract.readers.ocr.engine import Pixels, Word
from jsextract.readers.ocr.fills import without_fills
from jsextract.readers.ocr.paper import levelled, positive
from jsextract.readers.ocr.picture import ink
from jsextract.readers.ocr.seal import without_seals
from jsextract.readers.ocr.streaks import without_streaks
from jsextract.readers.ocr.turn import legibility, lies_sideways, runs_down
from jsextract.readers.ocr.warp import Mesh, flattened, mesh_of
from jsextract.readers.ocr.watermark import without_watermark

_LEGIBLE = 0.75  # of type that stands upright, at the least


class Sheet(NamedTuple):
    """A page made fit for reading.

    Attributes:
        image: flat, upright, without seals, shade, watermark and streaks.
        quarters: by which the picture was turned, clockwise.
        mesh: where the flat page is seen in the picture so turned; None where it lay flat.
        streaks: black where streaks were, on the flat page; None where there were none.
    """

    image: Pixels
    quarters: int = 0
    mesh: Mesh | None = None
    streaks: Pixels | None = None


def laid_flat(image: Pixels, quarters: int, streaks: Pixels | None = None) -> Sheet:
    """The picture turned by quarters, clockwise, and laid flat.

    Streaks of a scanner's glass run straight in the picture, creases of the paper on the flat page.

    Args:
        image: blue, green, red.
        quarters: how often it is turned.
        streaks: black where streaks were taken off the picture.
    """
    import numpy as np

    upright = np.ascontiguousarray(np.rot90(image, -quarters))
    mesh = mesh_of(upright)
    flat, creases = without_streaks(upright if mesh is None else flattened(upright, mesh))
    if streaks is not None:
        turned = np.ascontiguousarray(np.rot90(streaks, -quarters))
        seen = turned if mesh is None else flattened(turned, mesh)
        creases = seen if creases is None else np.minimum(seen, creases)
    return Sheet(flat, quarters % 4, mesh, creases)


def read_sheet(picture: Pixels, find_words: Callable[[Pixels], list[Word]]) -> tuple[Sheet, list[Word]]:
    """The page of a picture and the words on it.

    It is read again only where the first reading shows that it lies on its side or stands on its head.

    Args:
        picture: blue, green, red.
        find_words: the recogniser.
    """
    paper = without_watermark(levelled(without_seals(positive(picture))))
    image, streaks = without_streaks(without_fills(paper))
    sheet = laid_flat(image, 1 if lies_sideways(ink(image)) else 0, streaks)
    words = find_words(sheet.image)
    if runs_down(words):
        sheet = laid_flat(image, sheet.quarters + 1, streaks)
        words = find_words(sheet.image)
    if legibility(words) < _LEGIBLE:
        other = laid_flat(image, sheet.quarters + 2, streaks)
        seen = find_words(other.image)
        if legibility(seen) > legibility(words):
            return other, seen
    return sheet, words
