"""Wordings as data (patterns/checks/words/): each carries what it must and what it must not find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import regex
from msgspec import Struct

from jsextract.errors import PatternError
from jsextract.language.phrase import NOTHING, Phrase, phrase
from jsextract.rules import overlay, tokenize
from jsextract.rules.file_types import PurposeEntry, Renamed, WordGuide, WordingEntry
from jsextract.rules.regexes import PROOF, compiled
from jsextract.rules.rule_files import Placed, files
from jsextract.text.normal import squeeze

WORDINGS = ("years", "residue", "punctuation", "topics", "tables", "listed")
"""The attributes of WordingRules that hold wordings, and their files."""


class Wording(Struct, frozen=True):
    """Words that are looked for, as their file gives them (`WordingEntry` says what each means), compiled."""

    id: str
    pattern: regex.Pattern[str]
    says: str = ""
    says_zh: str = ""
    role: str = ""
    places: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    topic: str = ""
    name: str = ""
    words: str = ""
    raw: bool = False
    finds: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()

    @property
    def what(self) -> Phrase:
        """What the words are, in both languages where its file gives both."""
        return Phrase(self.says, self.says_zh or self.says)

    def search(self, text: str) -> regex.Match[str] | None:
        """The first place in `text` (normal, or without spaces for a raw wording) where the words stand."""
        return self.pattern.search(text, timeout=tokenize.time_limit(text))

    def find(self, text: str) -> Iterator[regex.Match[str]]:
        """Every place in `text` where the words stand."""
        yield from self.pattern.finditer(text, timeout=tokenize.time_limit(text))


class PurposeRule(Struct, frozen=True):
    """Items whose use has words of its own, and words that are others' (用途).

    Attributes:
        items: over the item's name; own and foreign over its use, both normal.
        finds, ignores: pairs of item and use that do not fit, and such as do.
    """

    id: str
    items: regex.Pattern[str]
    own: regex.Pattern[str]
    foreign: regex.Pattern[str]
    finds: tuple[tuple[str, str], ...] = ()
    ignores: tuple[tuple[str, str], ...] = ()

    def misfits(self, item: str, use: str) -> bool:
        """Whether a use of the item speaks of something else, and not of the item."""
        searched = ((self.items, item), (self.foreign, use), (self.own, use))
        item_fits, foreign, own = (pattern.search(text, timeout=PROOF) for pattern, text in searched)
        return bool(item_fits and foreign and not own)


class WordingRules(Struct, frozen=True, eq=False):
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
    """The wordings of all these folders.

    Raises:
        PatternError: if a file does not load, a pattern does not compile, or an example of the user's own does not
            hold; tests prove the shipped ones.
    """
    shipped = folders[0]
    listed = files(folders, "checks/words/listed")
    purposes: overlay.Entries[PurposeEntry] = overlay.entries(
        files(folders, "checks/words/purposes"), lambda entry: entry.id, "items"
    )
    endings = [file.at("open", value=file.value.open) for file in listed if file.value.open]
    with overlay.blamed(endings[-1]):
        list_open = compiled(endings[-1].value)
    return WordingRules(
        **{name: _wordings(folders, name) for name in WORDINGS},
        list_open=list_open,
        list_complete=frozenset(word for file in listed for word in file.value.complete),
        purposes=tuple(_purpose(entry, proved=entry.path.is_relative_to(shipped)) for entry in purposes.values()),
        renamed=tuple(_renamed(files(folders, "checks/words/item_names"))),
        guide=_guide(files(folders, "checks/words/guide")),
    )


def _wordings(folders: Sequence[Path], name: str) -> tuple[Wording, ...]:
    own = files(folders, f"checks/words/{name}")
    found: overlay.Entries[WordingEntry] = overlay.entries(own, lambda entry: entry.id, "wordings")
    return tuple(_wording(entry, proved=entry.path.is_relative_to(folders[0])) for entry in found.values())


def _wording(placed: Placed[WordingEntry], *, proved: bool) -> Wording:
    entry = placed.value
    with overlay.blamed(placed):
        wording = Wording(
            id=entry.id,
            pattern=compiled(entry.pattern),
            says=entry.says,
            says_zh=entry.says_zh,
            role=entry.role,
            places=frozenset(entry.places),
            topics=frozenset(entry.topics),
            topic=entry.topic,
            name=entry.name,
            words=entry.words,
            raw=entry.raw,
            finds=entry.finds,
            ignores=entry.ignores,
        )
        if entry.words:
            compiled(entry.words, "words")
        for fault in () if proved else wording_faults(wording):
            raise PatternError(fault)
        return wording


def wording_faults(wording: Wording) -> Iterator[Phrase]:
    """What is wrong with a wording by its own examples; nothing where it holds."""
    for wanted, texts in ((True, wording.finds), (False, wording.ignores)):
        for text in texts:
            prepared = "".join(text.split()) if wording.raw else squeeze(text)
            try:
                found = wording.pattern.search(prepared, timeout=PROOF)
            except TimeoutError:
                yield phrase("the pattern takes more than {seconds} s on {text}.", seconds=f"{PROOF:g}", text=text)
                continue
            if bool(found) != wanted:
                missed, found_too = (
                    phrase("does not find {text}.", text=text),
                    phrase("finds {text}, and must not.", text=text),
                )
                yield missed if wanted else found_too


def _purpose(placed: Placed[PurposeEntry], *, proved: bool) -> PurposeRule:
    entry = placed.value
    with overlay.blamed(placed):
        rule = PurposeRule(
            id=entry.id,
            items=compiled(entry.items, "items"),
            own=compiled(entry.own, "own"),
            foreign=compiled(entry.foreign, "foreign"),
            finds=entry.finds,
            ignores=entry.ignores,
        )
        for fault in () if proved else purpose_faults(rule):
            raise PatternError(fault)
        return rule


def purpose_faults(rule: PurposeRule) -> Iterator[Phrase]:
    """What is wrong with a rule about uses by its own examples; nothing where it holds."""
    for wanted, pairs in ((True, rule.finds), (False, rule.ignores)):
        for item, use in pairs:
            try:
                holds = rule.misfits(squeeze(item), squeeze(use)) == wanted
            except TimeoutError:
                holds = False
            if not holds:
                yield phrase("the example {item}, {use} does not hold.", item=item, use=use)


def _renamed(own: Sequence[Placed[Any]]) -> Iterator[Renamed]:
    """Names that codes had; what is dropped is a code with all its names."""
    found: dict[str, list[Renamed]] = {}
    for file in own:
        overlay.drop(found, file)
        for entry in file.value.renamed:
            found.setdefault(entry.code, []).append(entry)
    for names in found.values():
        yield from names


def _guide(own: Sequence[Placed[Any]]) -> Mapping[str, tuple[WordGuide, ...]]:
    """Part of the page → its checks; a check that is told again is told anew."""
    parts: dict[str, dict[str, WordGuide]] = {"figures": {}, "words": {}, "dataset": {}}
    for file in own:
        for at, name in enumerate(file.value.drop):
            if all(told.pop(name, None) is None for told in parts.values()):
                raise file.fault(phrase("there is no {name} to drop.", name=name), NOTHING, "drop", at)
        for part, told in parts.items():
            told.update({entry.id: entry for entry in getattr(file.value, part)})
    return {part: tuple(told.values()) for part, told in parts.items()}
