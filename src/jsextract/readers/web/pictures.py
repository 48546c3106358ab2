"""Pictures that a web page holds itself, in its addresses or saved beside it; no other is ever opened (网页图片)."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes, urljoin

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.readers.package import MAX_PICTURE
from jsextract.readers.raster import pixel_size
from jsextract.readers.shapes import Shape

_ADDRESS = re.compile(
    r"""(?i)(?P<open>["'])\s*(?:data:image/(?P<quoted>[^"'<>]*))(?P=open)|=data:image/(?P<bare>[^\s"'<>]*)"""
)
_BASE64 = re.compile(r"[\w.+-]{1,40}(?:;[\w.+=-]{1,40}){0,4};base64,", re.IGNORECASE)
_KEY = "jsextract-picture:"  # and a number: what stands for data in the text of a page
_PIXEL = 0.75  # points
_WIDEST, _HIGHEST = 595.0, 842.0  # points: a page of A4, however large a picture is shown
_LEAST = (267, 80)  # pixels of the smallest picture that may be a table: what nothing is told of is no smaller


class Image(NamedTuple):
    """An element that shows a picture: its address, the width and height that it is given, in pixels or 0."""

    address: str
    width: int
    height: int


class Held:
    """The pictures that a page holds, by keys of their own.

    Args:
        parts: those that were saved beside it, by their addresses.
    """

    def __init__(self, parts: Mapping[str, Callable[[], bytes]] = MappingProxyType({})) -> None:
        self._parts = parts
        self._within: list[str] = []
        self._sizes: dict[str, tuple[int, int]] = {}

    def lifted(self, text: str) -> str:
        """The text of a page, each picture that it holds within replaced by its key: trees take no such long text."""
        return _ADDRESS.sub(self._keep, text)

    def _keep(self, found: re.Match[str]) -> str:
        self._within.append(found["quoted"] or found["bare"] or "")
        return f'{"=" if found["open"] is None else ""}"{_KEY}{len(self._within) - 1}"'

    def key(self, address: str, base: str) -> str:
        """The key of the picture at an address; blank for one that is not held.

        Args:
            address: as an element has it.
            base: the page's own.
        """
        address = address.strip()
        if address.startswith(_KEY):
            return address
        try:
            whole = urljoin(base, address)
        except ValueError:  # an address that is none
            return ""
        return next((known for known in (address, unquote(address), whole) if known in self._parts), "")

    def binary(self, key: str) -> bytes:
        """The file of a picture.

        Raises:
            Corrupt: if the page holds none of that key, or it is larger than any picture of a page.
        """
        number = key.removeprefix(_KEY)
        if key in self._parts:
            data = self._parts[key]()
        elif number != key and number.isdecimal() and len(number) < 9 and int(number) < len(self._within):
            data = _decoded(self._within[int(number)])
        else:
            raise Corrupt(phrase("The file lacks a part ({name}), or it is too large.", name=key))
        if len(data) > MAX_PICTURE:
            raise Corrupt(phrase("The file lacks a part ({name}), or it is too large.", name=key))
        return data

    def shape(self, image: Image, base: str) -> Shape:
        """A picture as large as it is shown, on a page of A4 at the most."""
        key = self.key(image.address, base)
        width, height = _shown(image, self._size(key))
        scale = min(_PIXEL, _WIDEST / width, _HIGHEST / height)
        return Shape(width * scale, height * scale, key)

    def _size(self, key: str) -> tuple[int, int]:
        """Width and height in pixels; 0 of a picture that is not held, or cannot be read."""
        if key not in self._sizes:
            try:
                self._sizes[key] = pixel_size(self.binary(key)) if key else (0, 0)
            except Corrupt:
                self._sizes[key] = 0, 0
        return self._sizes[key]


def _shown(image: Image, size: tuple[int, int]) -> tuple[float, float]:
    """Width and height in pixels in which a browser shows a picture of this size."""
    width, height = size
    if not width:
        return image.width or _LEAST[0], image.height or _LEAST[1]
    if image.width and image.height:
        return image.width, image.height
    scale = image.width / width if image.width else image.height / height if image.height else 1.0
    return width * scale, height * scale


def _decoded(address: str) -> bytes:
    """The bytes in an address of data, after its kind."""
    head = _BASE64.match(address)
    try:
        if head is None:
            raise ValueError
        content = unquote_to_bytes(html.unescape(address[head.end() :])).translate(None, b" \t\r\n\f")
        return base64.b64decode(content.rstrip(b"=") + b"=" * (-len(content.rstrip(b"=")) % 4), validate=True)
    except ValueError as error:
        raise Corrupt(phrase("A picture cannot be read ({error}).", error=type(error).__name__)) from error
