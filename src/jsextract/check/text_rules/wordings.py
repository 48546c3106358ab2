"""Wordings as data (patterns/checks/words/): each carries what it must and what it must not find."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from jsextract.errors import PatternError
from jsextract.rules import rule_files, tokenize
from jsextract.text.normal import squeeze

_FOLDER = "checks/words"
_KEYS = frozenset(
    {"id", "pattern", "says", "role", "places", "topics", "topic", "name", "words", "raw", "finds", "ignores"}
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that are looked for.

    Attributes:
        says: what they are, to complete a sentence of the message.
        role: what finding them means to the rule, where it has several kinds.
        places: kinds of passages where they are looked for; empty for all.
        topics: topics of sections where they are looked for; empty for all.
        topic, name: what they are about.
        words: alternatives that speak of the same topic.
        raw: whether the pattern runs over printed text without its spaces, quotation marks kept.
    """

    id: str
    pattern: regex.Pattern[str]
    says: str = ""
    role: str = ""
    places: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    topic: str = ""
    name: str = ""
    words: str = ""
    raw: bool = False

    def search(self, text: str) -> regex.Match[str] | None:
        """The first place in `text` (normal, or without spaces for a raw wording) where the words stand."""
        return self.pattern.search(text, timeout=tokenize.time_limit(text))

    def find(self, text: str) -> Iterator[regex.Match[str]]:
        """Every place in `text` where the words stand."""
        yield from self.pattern.finditer(text, timeout=tokenize.time_limit(text))


def wordings(name: str) -> tuple[Wording, ...]:
    """The wordings of the files patterns/checks/words/`name`.yaml, the shipped one first.

    Raises:
        PatternError: for unknown keys, a pattern that does not compile, or an example that does not hold.
    """
    return _wordings(name, rule_files.folders())


def data(name: str) -> Mapping[str, Any]:
    """All that the shipped file patterns/checks/words/`name`.yaml says.

    Raises:
        PatternError: if it is missing or no mapping.
    """
    return _data(rule_files.root() / _FOLDER / f"{name}.yaml")


@functools.cache
def _data(path: Path) -> Mapping[str, Any]:
    found = rule_files.read_yaml(path)
    if not isinstance(found, dict):
        raise PatternError(f"{_FOLDER}/{path.name}: a mapping is expected.")
    return found


@functools.cache
def _wordings(name: str, folders: tuple[Path, ...]) -> tuple[Wording, ...]:
    found: dict[str, Wording] = {}
    for path in rule_files.named(_FOLDER, f"{name}.yaml"):
        for entry in rule_files.read_yaml(path).get("wordings", ()):
            wording = _wording(entry, path)
            if wording.id in found:
                raise PatternError(f"{path}: the id {wording.id} is there twice.")
            found[wording.id] = wording
    return tuple(found.values())


def _wording(entry: Mapping[str, Any], path: Path) -> Wording:
    where = f"{path.name}: {entry.get('id', '?')}"
    unknown = set(entry) - _KEYS
    if unknown:
        raise PatternError(f"{where}: unknown keys {sorted(unknown)}.", f"Legal: {sorted(_KEYS)}.")
    finds, ignores = entry.get("finds"), entry.get("ignores")
    if not finds or not ignores:
        raise PatternError(f"{where}: needs a text that it finds and one that it must not find.")
    plain = {key: entry[key] for key in ("id", "says", "role", "topic", "name", "words", "raw") if key in entry}
    wording = Wording(
        pattern=compiled(entry["pattern"], where),
        places=frozenset(entry.get("places", ())),
        topics=frozenset(entry.get("topics", ())),
        **plain,
    )
    for text in finds:
        if not wording.search(_prepared(text, wording)):
            raise PatternError(f"{where}: does not find {text}.")
    for text in ignores:
        if wording.search(_prepared(text, wording)):
            raise PatternError(f"{where}: finds {text}, and must not.")
    return wording


def _prepared(text: str, wording: Wording) -> str:
    return "".join(text.split()) if wording.raw else squeeze(text)


def compiled(pattern: str, where: str) -> regex.Pattern[str]:
    """A pattern of a rule file.

    Raises:
        PatternError: if it does not compile; the message begins with `where`.
    """
    try:
        return regex.compile(pattern, regex.VERSION0)
    except regex.error as error:
        raise PatternError(f"{where}: the pattern does not compile: {error}") from error
