"""The words that rules are made of: names of items, units, slots and code lists, loaded once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from jsextract.errors import PatternError
from jsextract.rules import rule_files
from jsextract.rules.code_list import codes_by_name, load_codes, todays
from jsextract.rules.names import Name as Name  # the words of the lexicon are asked for here
from jsextract.rules.standing import StandingNames, standing_names
from jsextract.text.normal import squeeze


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
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
    seen: Mapping[str, str]
    standing: StandingNames
    misprinted: tuple[str, ...]
    real: tuple[str, ...]
    dictionaries: tuple[Path, ...]


_CLASS_DIGITS = 3


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


def _trie_source(node: dict[str, Any]) -> str:
    ends = "" in node
    branches = [(char, regex.escape(char) + _trie_source(child)) for char, child in sorted(node.items()) if char]
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
    """The words of the shipped folder, which comes first, with the names of the user's own.

    Raises:
        PatternError: if a file is missing or a name stands for two items.
    """
    folder = folders[0] / "lexicon"
    function_names, economic_names = (load_codes(folder / f"{kind}_codes.csv") for kind in ("function", "economic"))
    functions, economics = todays(function_names), todays(economic_names)
    entries = [
        entry
        for path in rule_files.named(folders, "lexicon", "items.yaml")
        for entry in rule_files.read_yaml(path)["items"]
    ]
    names, name_patterns = item_names(entries)
    for code, name in functions.items():
        if len(code) == _CLASS_DIGITS:
            for printed in _class_names(name):
                names.setdefault(printed, Name(item=name, topic="function", code=code))
    for name in economics.values():
        names.setdefault(name, Name(item=name, topic="economic"))
    slots = rule_files.read_yaml(folder / "slots.yaml")
    return Lexicon(
        names=names,
        items={name.item: name for name in [*names.values(), *(n for _, n in name_patterns)]},
        name_patterns=name_patterns,
        units=_units(rule_files.read_yaml(folder / "units.yaml")),
        words={slot: _inverted(meanings) for slot, meanings in slots["words"].items()},
        slots=slots["text"],
        opener=regex.compile(slots["text"]["opener"]),
        functions=functions,
        economics=economics,
        seen=todays(name for name in function_names if name.seen),
        standing=standing_names(
            rule_files.read_yaml(folder / "standing.yaml"),
            codes_by_name(name for name in function_names if len(name.code) > _CLASS_DIGITS),
            (name.name for name in economic_names),
            names,
        ),
        misprinted=_misprints(folders, "names"),
        real=_misprints(folders, "real"),
        dictionaries=tuple(rule_files.named(folders, "lexicon", "jieba.txt")),
    )


def _misprints(folders: Sequence[Path], key: str) -> tuple[str, ...]:
    files = rule_files.named(folders, "lexicon", "misprints.yaml")
    return tuple(squeeze(name) for path in files for name in rule_files.read_yaml(path).get(key, ()))


def item_names(entries: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Name], tuple[tuple[str, Name], ...]]:
    """Printed names → Name, and (pattern, Name) for names with a free part, of entries like those of items.yaml.

    Raises:
        PatternError: if a name stands for two items.
    """
    names: dict[str, Name] = {}
    name_patterns: list[tuple[str, Name]] = []
    for entry in entries:
        name = Name(
            item=entry["item"],
            topic=entry["topic"],
            money=entry.get("money", ""),
            count=entry.get("count", ""),
            within=entry.get("in", {}),
            under=entry.get("under", {}),
            after=entry.get("after", {}),
            sides=tuple(entry.get("sides", ())),
            code=str(entry.get("code", "")),
            as_printed=entry.get("as_printed", False),
        )
        for printed in map(squeeze, entry.get("names", ())):
            if printed in names:
                raise PatternError(f"items.yaml: {printed} stands for {names[printed].item} and {name.item}.")
            names[printed] = name
        name_patterns.extend((source, name) for source in entry.get("like", ()))
    return names, tuple(name_patterns)


def _class_names(name: str) -> list[str]:
    """A functional class is also printed without 支出 when the rest is long enough to be no common word."""
    short = name.removesuffix("支出")
    return [name, short] if len(short) >= 4 else [name]


def _units(data: dict[str, Any]) -> dict[str, str]:
    units = dict.fromkeys(map(squeeze, data["money"]), "money") | dict.fromkeys(
        map(squeeze, data["percent"]), "percent"
    )
    for kind, words in data["count"].items():
        units |= dict.fromkeys(map(squeeze, words), kind)
    return units


def _inverted(meanings: dict[str, list[str]]) -> dict[str, str]:
    return {squeeze(word): meaning for meaning, words in meanings.items() for word in words}
