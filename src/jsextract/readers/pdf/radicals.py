"""Radicals that fonts give for ordinary characters (⽬ for 目): the same ink, another code point."""

from __future__ import annotations

import unicodedata

# The supplement block has no compatibility mappings of its own; these stand for characters in use.
_SUPPLEMENT = dict(
    zip(
        "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺓⺁⺪⻁⺾⻌",
        "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟幺厂疋虎艹辶",
        strict=True,
    )
)
_KANGXI = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}

# pdfium marks a hyphen at a line end with a control character.
_HYPHEN = {"\x02": "-"}

RADICALS: dict[str, str] = {**_KANGXI, **_SUPPLEMENT, **_HYPHEN}
