"""Text in pictures: a message in whatever language, in a font that has its characters (图注)."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_SIZE = 18
_LEAD = 26  # pixels from line to line
_MARGIN = 10
_LISTER = "fc-list"
_FOLDERS = ("/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
_NAMES = ("wqy", "NotoSansCJK", "NotoSerifCJK", "SourceHan", "uming", "ukai", "simsun", "simhei", "msyh", "PingFang")
_PARTS = re.compile(r"[!-~]+|.")
"""What is not cut: runs of Latin characters and figures; Chinese is cut anywhere."""
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def with_caption(image: Image.Image, text: str) -> Image.Image:
    """The picture below its caption, which is wrapped to its width.

    Where the machine has no Chinese font, characters beyond Latin stand as `?`; the terminal has the text, too.
    """
    chinese = chinese_font()
    font: Font = chinese or ImageFont.load_default(_SIZE)
    text = text if chinese else text.encode("latin-1", "replace").decode("latin-1")
    lines = list(_wrapped(text, font, image.width - 2 * _MARGIN))
    band = _LEAD * len(lines) + _MARGIN
    sheet = Image.new("RGB", (image.width, image.height + band), "white")
    sheet.paste(image, (0, band))
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, _MARGIN // 2 + number * _LEAD), line, fill="black", font=font)
    return sheet


def _wrapped(text: str, font: Font, room: float) -> Iterator[str]:
    """The text in lines no wider than `room` pixels; Latin words and figures stay whole where they fit."""
    line = ""
    for part in _PARTS.findall(" ".join(text.split())):
        pieces = [part] if font.getlength(part) <= room else list(part)
        for piece in pieces:
            if line and font.getlength(line + piece) > room:
                yield line.rstrip()
                line = ""
            line += piece
    yield line


@functools.cache
def chinese_font() -> ImageFont.FreeTypeFont | None:
    """A font of the machine that has Chinese characters; None where there is none."""
    for path in _candidates():
        try:
            return ImageFont.truetype(path, _SIZE)
        except OSError:  # of a kind that the library does not take
            continue
    return None


def _candidates() -> Iterator[str]:
    """Files of Chinese fonts: those that the system lists, else those known by their names."""
    lister = shutil.which(_LISTER)
    if lister:
        asked = subprocess.run(  # noqa: S603
            [lister, ":lang=zh-cn", "--format", "%{file}\n"],
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
        yield from sorted(filter(None, asked.stdout.splitlines()))
    for folder in map(Path, _FOLDERS):
        if folder.is_dir():
            yield from (str(p) for p in sorted(folder.rglob("*.tt[cf]")) if any(n in p.name for n in _NAMES))
