"""Wordings as data (patterns/checks/words/): each carries what it must and what it must not find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """Items whose use has words of its own, and words that are others' (用途).

    Attributes:
        items: over the item's name; own and foreign over its use, both normal.
    """

    id: str
    items: regex.Pattern[str]
    own: regex.Pattern[str]
    foreign: regex.Pattern[str]

    def misfits(self, item: str, use: str) -> bool:
        """Whether a use of the item speaks of something else, and not of the item."""
        return bool(self.items.search(item) and self.foreign.search(use) and not self.own.search(use))


@dataclass(frozen=True, slots=True)
class Renamed:
    """A code's other name, up to a year where the list says so."""

    code: str
    name: str
    until: int | None = None


@dataclass(frozen=True, slots=True)
class WordGuide:
    """A check without an equation, for docs/checks.md."""

    id: str
    severity: str
    means: str
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class WordingRules:
    """Everything under patterns/checks/words/.

    Attributes:
        years, residue, punctuation, topics, tables, listed: what each rule about words looks for.
        list_open: what says that a list is no whole one; list_complete: words that introduce a whole one.
        purposes: uses that belong to items.
        renamed: names that codes had.
        guide: part of the page (figures, words, dataset) → its checks.
    """

    years: tuple[Wording, ...]
    residue: tuple[Wording, ...]
    punctuation: tuple[Wording, ...]
    topics: tuple[Wording, ...]
    tables: tuple[Wording, ...]
    listed: tuple[Wording, ...]
    list_open: regex.Pattern[str]
    list_complete: frozenset[str]
    purposes: tuple[PurposeRule, ...]
    renamed: tuple[Renamed, ...]
    guide: Mapping[str, tuple[WordGuide, ...]]


def load_wordings(folders: Sequence[Path]) -> WordingRules:
    """The wordings of all folders, the shipped ones first.

    Raises:
        PatternError: for unknown keys, a pattern that does not compile, or an example that does not hold.
    """
    listed = _data(folders, "listed")
    guide = _data(folders, "guide")
    return WordingRules(
        **{
            name: _wordings(folders, name) for name in ("years", "residue", "punctuation", "topics", "tables", "listed")
        },
        list_open=compiled(listed["open"], "listed.yaml"),
        list_complete=frozenset(listed["complete"]),
        purposes=tuple(_purpose(entry) for entry in _data(folders, "purposes")["items"]),
        renamed=tuple(Renamed(**entry) for entry in _data(folders, "item_names")["renamed"]),
        guide={part: tuple(WordGuide(**entry) for entry in entries) for part, entries in guide.items()},
    )


def _data(folders: Sequence[Path], name: str) -> Mapping[str, Any]:
    """All that the shipped file checks/words/`name`.yaml says."""
    found = rule_files.read_yaml(folders[0] / _FOLDER / f"{name}.yaml")
    if not isinstance(found, dict):
        raise PatternError(f"{_FOLDER}/{name}.yaml: a mapping is expected.")
    return found


def _wordings(folders: Sequence[Path], name: str) -> tuple[Wording, ...]:
    found: dict[str, Wording] = {}
    for path in rule_files.named(folders, _FOLDER, f"{name}.yaml"):
        for entry in rule_files.read_yaml(path).get("wordings", ()):
            wording = _wording(entry, path)
            if wording.id in found:
                raise PatternError(f"{path}: the id {wording.id} is there twice.")
            found[wording.id] = wording
    return tuple(found.values())


def _purpose(entry: dict[str, Any]) -> PurposeRule:
    where = f"purposes.yaml: {entry.get('id', '?')}"
    lacking = {"id", "items", "own", "foreign", "finds", "ignores"} - entry.keys()
    if lacking:
        raise PatternError(f"{where}: lacks {sorted(lacking)}.")
    rule = PurposeRule(entry["id"], *(compiled(entry[key], where) for key in ("items", "own", "foreign")))
    for wanted, examples in ((True, entry["finds"]), (False, entry["ignores"])):
        for item, use in examples:
            if rule.misfits(squeeze(item), squeeze(use)) != wanted:
                raise PatternError(f"{where}: the example {item}, {use} does not hold.")
    return rule


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
