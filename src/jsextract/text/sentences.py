"""Where a sentence begins and ends (句): at full stops, whatever stands between them."""

from __future__ import annotations

_STOP = "。"


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that holds position `at`.

    >>> sentence_start("收入3万元。支出2万元。", 8)
    6
    """
    return text.rfind(_STOP, 0, at) + 1


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The characters of the sentence in which `start` to `end` begins, the full stop behind them included.

    >>> sentence_around("收入3万元。支出2万元。", 8, 10)
    (6, 12)
    """
    right = text.find(_STOP, max(start, end - 1))
    return sentence_start(text, start), len(text) if right < 0 else right + 1
