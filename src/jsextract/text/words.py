"""Words of free text (分词): jieba with a fiscal dictionary, imported on first use."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterable
from typing import Any


@functools.cache
def _tagger(terms: tuple[str, ...]) -> Any:
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    for term in terms:
        jieba.add_word(term, tag="n")
    return jieba.posseg


def tagged(text: str, terms: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The words of `text` with their parts of speech (v verb, n noun…); `terms` are never cut in two."""
    return [(pair.word, pair.flag) for pair in _tagger(tuple(sorted(terms))).cut(text)]
