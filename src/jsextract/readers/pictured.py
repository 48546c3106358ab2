"""Pictures that stand where a table would: their figures nobody can take from them (图片表格)."""

from __future__ import annotations

import re

from jsextract.language.phrase import Phrase, phrase, phrases, sentences
from jsextract.model.document import Health
from jsextract.readers.health import AS_PDF, told_remedy
from jsextract.text.normal import squeeze
from jsextract.vocabulary import DocumentStatus, Problem

WIDTH, HEIGHT = 200.0, 60.0
"""Points: a smaller picture is no table."""
_TITLE = re.compile(
    r".{0,40}表(?:[一二三四五六七八九十\d]{1,3}|[（(][^（）()]{0,12}[）)])?(?:如下|见下图)?[：:]?"
    r"|.*(?:单位[:：].{0,3}元|公开\d\d表)"
)


def announces_table(text: str) -> bool:
    """Whether a table stands below such a line: its title, its form's number or its unit.

    >>> announces_table("收入决算表（图）"), announces_table("机关运行经费20万元。")
    (True, False)
    """
    return _TITLE.fullmatch(squeeze(text)) is not None


def unread_pictures(number: int, source: str, remedy: Phrase | None = None) -> Health:
    """What is said of a document with pictures in the place of tables.

    Args:
        number: of pictures.
        source: where its text is from.
        remedy: what has them read; blank where that was tried, None where nothing reads such pictures.
    """
    message = phrases("A picture stands where a table would.", "{number} pictures stand where tables would.", number)
    told = sentences(message, told_remedy(phrase(AS_PDF) if remedy is None else remedy))
    return Health(source, DocumentStatus.PARTIAL, Problem.NEEDS_OCR, told)
