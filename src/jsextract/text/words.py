"""Words of free text (分词): jieba with dictionaries of the field, imported on first use."""

from __future__ import annotations

import functools
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any


@functools.cache
def _tagger(dictionaries: tuple[Path, ...]) -> Any:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    for path in dictionaries:
        jieba.load_userdict(str(path))
    return jieba.posseg


def tagged(text: str, dictionaries: Sequence[Path] = ()) -> list[tuple[str, str]]:
    """The words of `text` with their parts of speech (v verb, vn verb used as a noun, n noun…).

    Args:
        text: a clause.
        dictionaries: files of `word frequency tag` lines, UTF-8; they are read once.
    """
    return [(pair.word, pair.flag) for pair in _tagger(tuple(dictionaries)).cut(text)]
