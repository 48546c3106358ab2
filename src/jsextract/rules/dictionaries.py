"""Words of the field for jieba (lexicon/jieba.txt), which cuts free text (分词词典)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from jsextract.errors import PatternError
from jsextract.language.phrase import listed, phrase
from jsextract.rules.rule_files import placed_in, read_text

_LINE = regex.compile(r"\S{1,40}(?: [0-9]{1,9})?(?: [a-z]{1,9})?")


def dictionaries(folders: Iterable[Path]) -> Iterator[Path]:
    """The files for jieba, each looked through: it would fail on documents.

    Raises:
        PatternError: if one cannot be read, or a line is no word with its frequency and tag.
    """
    for path in (folder / "lexicon" / "jieba.txt" for folder in folders):
        if not os.path.lexists(path):
            continue
        for number, line in enumerate(read_text(path).splitlines(), 1):
            if line.strip() and _LINE.fullmatch(line.strip()) is None:
                said = phrase("a line is a word, its frequency and its part of speech, as in 一般公共预算 1000 n.")
                raise PatternError(listed((placed_in(path, number), said), ": ", "："))
        yield path
