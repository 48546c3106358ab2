"""The words that rules are made of: names of items, units, slots and code lists, loaded once."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.errors import PatternError
from jsextract.language.phrase import NOTHING, phrase, sentences
from jsextract.rules.code_list import CLASS_DIGITS, CodeName, by_name, load_codes, todays
from jsextract.rules.dictionaries import dictionaries
from jsextract.rules.file_types import ECONOMIC, ItemEntry, MisprintFile, SlotFile, UnitFile
from jsextract.rules.names import Name as Name  # the words of the lexicon are asked for here
from jsextract.rules.overlay import blamed, drop, listed
from jsextract.rules.regexes import compiled
from jsextract.rules.rule_files import Placed, files, meant
from jsextract.rules.standing import StandingNames, load_standing
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Topic


class Lexicon(Struct, frozen=True, eq=False):
    """Everything under patterns/lexicon/, indexed for the coder and the rules.

    Attributes:
        names: normal printed name → Name.
        items: canonical name → Name.
        name_patterns: (compiled pattern source, Name), for names with a free part.
        units: unit → kind (money, percent, persons, batches, …).
        words: slot → {printed word: meaning}.
        slots: slot → regular expression over coded text.
        opener: the slot of that name, compiled: what begins a list of parts.
        functions: code → name of the functional classification.
        economics: code → name of the economic classification.
        coded: functional name → the codes that had it, with their years.
        seen: code → functional name, of those that were read in published accounts; the others are known.
        standing: names of both lists that count only where they stand as a name.
        misprinted: canonical printed names that are known although a character is wrong.
        real: names of other things that are as near as a misprint would be.
        dictionaries: files for jieba, which cuts free text.
    """

    names: Mapping[str, Name]
    items: Mapping[str, Name]
    name_patterns: tuple[tuple[str, Name], ...]
    units: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    slots: Mapping[str, str]
    opener: regex.Pattern[str]
    functions: Mapping[str, str]
    economics: Mapping[str, str]
    coded: Mapping[str, tuple[CodeName, ...]]
    seen: Mapping[str, str]
    standing: StandingNames
    misprinted: tuple[str, ...]
    real: tuple[str, ...]
    dictionaries: tuple[Path, ...]


def trie(words: Iterable[str]) -> str:
    """A regular expression that matches the longest of `words`, by sharing their beginnings."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = True
    return _trie_source(root)


_FEW = 6
"""So many branches are tried one by one; more are told apart by their first characters."""


_escaped = functools.cache(regex.escape)
"""Of a character; names are made of some thousand."""


def _trie_source(node: dict[str, Any]) -> str:
    ends = "" in node
    branches = [(char, _escaped(char) + _trie_source(child)) for char, child in sorted(node.items()) if char]
    if not branches:
        return ""
    body = branches[0][1] if len(branches) == 1 and not ends else f"(?:{_alternation(branches)})"
    return f"{body}?" if ends else body


def _alternation(branches: Sequence[tuple[str, str]]) -> str:
    """Branches with different first characters; of many, most are passed over at one look."""
    if len(branches) <= _FEW:
        return "|".join(source for _, source in branches)
    size = max(_FEW, math.isqrt(len(branches)))
    chunks = [branches[at : at + size] for at in range(0, len(branches), size)]
    return "|".join(guarded("".join(char for char, _ in chunk), _alternation(chunk)) for chunk in chunks)


def guarded(firsts: str, source: str) -> str:
    """`source`, tried only where one of the characters `firsts` stands."""
    return f"(?=[{regex.escape(firsts, special_only=True)}])(?:{source})"


def load_lexicon(folders: Sequence[Path]) -> Lexicon:
    """The words of all these folders.

    Raises:
        PatternError: if a file does not load, or a name stands for two items.
    """
    function_names, economic_names = (load_codes(folders, kind) for kind in ("function", "economic"))
    functions, economics = todays(function_names), todays(economic_names)
    names, name_patterns = item_names(_items(files(folders, "lexicon/items")))
    for code, name in functions.items():
        if len(code) == CLASS_DIGITS:
            names.setdefault(name, Name(item=name, topic=Topic.FUNCTION, code=code))
    for name in economics.values():
        names.setdefault(name, Name(item=name, topic=ECONOMIC))
    words, text = _slots(files(folders, "lexicon/slots"))
    misprinted, real = _misprints(files(folders, "lexicon/misprints"), names)
    return Lexicon(
        names=names,
        items={name.item: name for name in [*names.values(), *(n for _, n in name_patterns)]},
        name_patterns=name_patterns,
        units=_units(files(folders, "lexicon/units")),
        words=words,
        slots=text,
        opener=compiled(text.get("opener", "(?!)")),
        functions=functions,
        economics=economics,
        coded=by_name(function_names),
        seen=todays(name for name in function_names if name.seen),
        standing=load_standing(
            folders,
            function_names,
            economic_names,
            names,
        ),
        misprinted=misprinted,
        real=real,
        dictionaries=tuple(dictionaries(folders)),
    )


def _items(own: Iterable[Placed[Any]]) -> list[Placed[ItemEntry]]:
    """The entries in force; one without a topic adds to an item that is known.

    Raises:
        PatternError: for an item to drop or replace that is not there, or a new one without a topic.
    """
    found: list[Placed[ItemEntry]] = []
    for file in own:
        for gone in (*file.value.drop, *(entry.item for entry in file.value.replace)):
            if all(entry.value.item != gone for entry in found):
                near = meant(gone, {entry.value.item for entry in found})
                raise file.fault(
                    sentences(phrase("there is no item {name} to drop or replace.", name=gone), near), NOTHING, "drop"
                )
            found = [entry for entry in found if entry.value.item != gone]
        first = {entry.value.item: entry.value for entry in reversed(found)}
        for entry in (*listed(file, "replace"), *listed(file, "items")):
            with blamed(entry):
                found.append(entry.at(value=completed(entry.value, first.get(entry.value.item))))
    return found


def completed(entry: ItemEntry, known: ItemEntry | Name | None) -> ItemEntry:
    """The entry with what it leaves out, as an item that is known already has it.

    Raises:
        PatternError: if it is a new one and has no topic.
    """
    topic = entry.topic or (known.topic if known else None)
    if topic is None:
        raise PatternError(phrase("the new item {item} needs a topic.", item=entry.item))
    if known is None or entry.topic:
        return replace(entry, topic=topic)
    return replace(
        entry,
        topic=topic,
        money=known.money if entry.money is None else entry.money,
        count=known.count if entry.count is None else entry.count,
        within=dict(known.within or {}) if entry.within is None else entry.within,
        as_printed=known.as_printed if entry.as_printed is None else entry.as_printed,
    )


def item_names(
    own: Iterable[Placed[ItemEntry]],
) -> tuple[dict[str, Name], tuple[tuple[str, Name], ...]]:
    """Printed names → Name, and (pattern, Name) for names with a free part.

    Raises:
        PatternError: if a name stands for two items, or a pattern does not compile.
    """
    names: dict[str, Name] = {}
    name_patterns: list[tuple[str, Name]] = []
    for placed in own:
        entry = placed.value
        name = Name(
            item=entry.item,
            topic=entry.topic or "",
            money=entry.money or "",
            count=entry.count or "",
            within=entry.within or {},
            under=entry.under,
            after=entry.after,
            sides=entry.sides,
            code=entry.code,
            as_printed=bool(entry.as_printed),
        )
        for printed in map(squeeze, entry.names):
            if printed in names:
                raise placed.fault(
                    phrase(
                        "{printed} stands for {item} and {other}.",
                        printed=printed,
                        item=names[printed].item,
                        other=name.item,
                    )
                )
            names[printed] = name
        for source in entry.name_patterns:
            with blamed(placed):
                compiled(source, "like")
            name_patterns.append((source, name))
    return names, tuple(name_patterns)


def _units(own: Iterable[Placed[UnitFile]]) -> dict[str, str]:
    """Unit → kind.

    Raises:
        PatternError: for a unit of two kinds, or one to drop that is not there.
    """
    units: dict[str, str] = {}
    for file in own:
        drop(units, file)
        for kind, words in [("money", file.value.money), ("percent", file.value.percent), *file.value.count.items()]:
            for unit in map(squeeze, words):
                if units.setdefault(unit, kind) != kind:
                    raise file.fault(
                        phrase("{unit} is a unit of {kind} and of {other}.", unit=unit, kind=units[unit], other=kind)
                    )
    return units


def _slots(own: Iterable[Placed[SlotFile]]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Slot → {printed word: meaning}, and slot → regular expression.

    Raises:
        PatternError: for a slot that is there already, or one to drop or replace that is not.
    """
    words: dict[str, dict[str, str]] = {}
    text: dict[str, str] = {}
    for file in own:
        for at, slot in enumerate(file.value.drop):
            if words.pop(slot, None) is None and text.pop(slot, None) is None:
                raise file.fault(
                    sentences(phrase("there is no slot {slot} to drop.", slot=slot), meant(slot, (*words, *text))),
                    NOTHING,
                    "drop",
                    at,
                )
        for slot, meanings in file.value.words.items():
            inverted = {squeeze(word): meaning for meaning, said in meanings.items() for word in said}
            words[slot] = words.get(slot, {}) | inverted
        for key, sources in (("replace", file.value.replace), ("text", file.value.text)):
            for slot, source in sources.items():
                if (slot in text) != (key == "replace"):
                    known = phrase("the slot {slot} is there already.", slot=slot)
                    unknown = phrase("the slot {slot} is not there already.", slot=slot)
                    raise file.fault(known if slot in text else unknown, NOTHING, key, slot)
                with blamed(file.at(key, slot, value=None)):
                    compiled(source, "it")
                text[slot] = source
    return words, text


def _misprints(
    own: Iterable[Placed[MisprintFile]], names: Mapping[str, Name]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names that are known misprinted, and real ones as near to them.

    Raises:
        PatternError: for a name that nothing is called by, or one to drop that is not there.
    """
    found: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for file in own:
        for at, name in enumerate(map(squeeze, file.value.drop)):
            if name not in found[0] and name not in found[1]:
                raise file.fault(phrase("there is no {name} to drop.", name=name), NOTHING, "drop", at)
            for kept in found:
                kept.pop(name, None)
        for at, name in enumerate(map(squeeze, file.value.names)):
            if name not in names:
                raise file.fault(
                    sentences(phrase("nothing is called {name}.", name=name), meant(name, names)),
                    phrase("See lexicon/items.yaml."),
                    "names",
                    at,
                )
            found[0][name] = None
        found[1].update(dict.fromkeys(map(squeeze, file.value.real)))
    return tuple(found[0]), tuple(found[1])
