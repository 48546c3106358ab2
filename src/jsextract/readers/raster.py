"""Pictures inside files that nobody vouches for: looked at, and decoded within limits (图片解码)."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.readers.pdf.jbig2 import is_jbig2, jbig2_picture, jbig2_size

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 40_000_000
"""An A4 page of 600 dots an inch has 35 million."""
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
"""Those of the imaging library; no other is ever asked: some of its decoders start programs, or are hardly tried."""
_LAST = 2  # rows of an eighth: those that are unpacked only when the mark of a JPEG's end is seen, which may be missing
_BROKEN = (
    OSError, EOFError, ValueError, SyntaxError, LookupError, TypeError, OverflowError, struct.error, Warning,
    MemoryError,
)  # fmt: skip


def pixel_size(data: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels, from its header alone.

    Raises:
        Corrupt: if it is neither JBIG2 nor one of FORMATS, damaged, or larger than any page.
    """
    if is_jbig2(data):
        size = jbig2_size(data)
        _refuse(size)
        return size
    with _opened(data) as image:
        return image.size


def decoded(data: bytes, width: int, height: int) -> Image.Image:
    """The picture, its first frame, with these sides in pixels: RGB, or RGBA where it lets light through.

    Args:
        data: the file of a picture.
        width: to be given to it, in pixels, at least one; a JPEG that is much larger is never unpacked whole.
        height: the same.

    Raises:
        Corrupt: as `pixel_size`.
    """
    from PIL import Image

    width, height = max(1, width), max(1, height)  # a sliver that is made smaller keeps a line of dots
    if is_jbig2(data):
        _refuse(jbig2_size(data))
        seen = jbig2_picture(data)
    else:
        with _opened(data) as image:
            image.draft("RGB", (width, height))
            seen = _plain(image)
    return seen if seen.size == (width, height) else seen.resize((width, height), Image.Resampling.LANCZOS)


def is_cut_off(jpeg: bytes) -> bool:
    """Whether a JPEG ends before its last rows, or claims to be larger than all; False where only others open it."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(jpeg), formats=("JPEG",))
    except Image.DecompressionBombError:
        return True
    except _BROKEN:
        return False
    with image:
        image.draft("L", (1, 1))  # all rows are unpacked, and few dots made of them
        try:
            image.load()
        except _BROKEN:
            filled = image.im.getbbox()  # what was not reached is left at zero
            return not filled or filled[3] < image.height - _LAST
    return False


def _refuse(size: tuple[int, int]) -> None:
    """Raises Corrupt for a picture that is larger than any page, or has nothing."""
    if not 0 < size[0] * size[1] <= MAX_PIXELS:
        told = f"{size[0]} × {size[1]}"
        raise Corrupt(phrase("A picture has {size} pixels, which none of a page has.", size=told))


def on_white(image: Image.Image) -> Image.Image:
    """What is seen of a picture on white paper."""
    from PIL import Image

    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _plain(image: Image.Image) -> Image.Image:
    """The picture in eight bits a colour."""
    if image.mode.startswith("I"):  # greys of sixteen bits, which the library would cut off at white
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, of which only the header was read."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the library would print is of use to nobody
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _refuse(image.size)
                yield image
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise Corrupt(phrase("A picture cannot be read ({error}).", error=type(error).__name__)) from error
