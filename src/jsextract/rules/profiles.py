"""Overlays for a province or an issuer (地方模板): rules added, replaced or dropped by id, names of its own."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import regex

from jsextract.errors import PatternError
from jsextract.rules import rule_files, tokenize
from jsextract.rules.fact_rules import Rule, load_rules, parse_rule
from jsextract.rules.lexicon import Lexicon, item_names, load

NONE = "none"
"""The name that asks for the general rules, whatever a document's cover says."""
OVERLAY = "profile:"
"""How the families of a profile's rules begin."""
PROFILE_KEYS = frozenset({"id", "note", "applies", "drop", "replace", "add", "items"})
APPLIES_KEYS = frozenset({"cover", "index"})
_ID = regex.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """The rules and the names in force for one document.

    Attributes:
        profile: the overlay that they come from; blank for the general rules.
    """

    lexicon: Lexicon
    rules: tuple[Rule, ...]
    profile: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One overlay.

    Attributes:
        id: its name on the command line and in the flag `profile:ID`.
        path: the file that it comes from.
        cover: patterns of which one must be found in the normal text of the cover.
        index: beginnings of 监督索引号, of which one must fit.
        drop: ids of general rules that do not hold here.
        data: the file's contents.
    """

    id: str
    note: str
    path: Path
    cover: tuple[regex.Pattern[str], ...]
    index: tuple[str, ...]
    drop: frozenset[str]
    data: Mapping[str, Any]

    @property
    def own(self) -> tuple[Rule, ...]:
        """The rules that it adds, and those that it puts in the place of general ones."""
        return _overlay(self)[0]

    @property
    def book(self) -> Rulebook:
        """What is in force where it applies."""
        return _overlay(self)[1]

    def applies(self, cover: str, index: str) -> bool:
        """Whether it is meant for a document with this cover and this 监督索引号 (blank: none printed)."""
        return index.startswith(self.index) or any(
            pattern.search(cover, timeout=tokenize.TIMEOUT) for pattern in self.cover
        )


@functools.cache
def _general(folders: tuple[Path, ...]) -> Rulebook:
    return Rulebook(load(), load_rules())


def general() -> Rulebook:
    """The rules that hold everywhere.

    Raises:
        PatternError: if a rule file does not load.
    """
    return _general(rule_files.folders())


def load_profiles() -> Mapping[str, Profile]:
    """Every profile under patterns/profiles/ and in the user's own folders, by id.

    Raises:
        PatternError: if one does not load, or two share an id.
    """
    return _load_profiles(rule_files.folders())


@functools.cache
def _load_profiles(folders: tuple[Path, ...]) -> Mapping[str, Profile]:
    found: dict[str, Profile] = {}
    for path in rule_files.files("profiles"):
        profile = read_profile(path)
        if profile.id in found:
            raise PatternError(f"{path}: the profile {profile.id} is also in {found[profile.id].path}.")
        found[profile.id] = profile
    return found


def named(name: str) -> Profile:
    """The profile of that name.

    Raises:
        PatternError: if there is none; the message names those that there are.
    """
    profiles = load_profiles()
    if name in profiles:
        return profiles[name]
    if not profiles:
        raise PatternError(f"There is no profile {name}; there are none at all.", "Name their folder: --patterns DIR.")
    raise PatternError(f"There is no profile {name}.{_meant(name, profiles)}", f"There are: {', '.join(profiles)}.")


def choose(cover: str, index: str) -> Profile | None:
    """The profile for a document with this cover (normal text) and this 监督索引号 (digits, or blank).

    Raises:
        PatternError: if two fit; the message names both.
    """
    fit = [profile for profile in load_profiles().values() if profile.applies(cover, index)]
    if len(fit) > 1:
        names = " and ".join(profile.id for profile in fit)
        raise PatternError(
            f"The profiles {names} both fit.", "Choose with --profile NAME, or narrow what they apply to."
        )
    return fit[0] if fit else None


def rulebook(name: str, cover: str = "", index: str = "") -> Rulebook:
    """The rules for a document: those of the profile `name`; where it is blank, of the one that fits the cover.

    Raises:
        PatternError: if there is no such profile, or two fit.
    """
    if name == NONE:
        return general()
    profile = named(name) if name else choose(cover, index)
    return profile.book if profile else general()


def read_profile(path: Path) -> Profile:
    """One profile file. Those that ship with the project, which their tests prove, are compiled when one is chosen.

    Raises:
        PatternError: for unknown keys, rules that do not load, or ids that the general rules do not have.
    """
    data = rule_files.read_yaml(path)
    if not isinstance(data, dict):
        raise PatternError(f"{path}: a profile is a mapping that begins with id.")
    _known(data, PROFILE_KEYS, f"{path}")
    name = data.get("id", "")
    if not isinstance(name, str) or not _ID.fullmatch(name) or name == NONE:
        raise PatternError(f"{path}: {name!r} is no id.", "Small letters, digits, - and _, as in yunnan-2023.")
    applies = data.get("applies") or {}
    _known(applies, APPLIES_KEYS, f"{path}: applies")
    profile = Profile(
        id=name, note=data.get("note", ""), path=path, cover=_patterns(applies.get("cover") or (), path),
        index=tuple(map(str, applies.get("index") or ())), drop=frozenset(data.get("drop") or ()), data=data,
    )  # fmt: skip
    if not path.is_relative_to(rule_files.root()):
        _overlay(profile)
    return profile


@functools.cache
def _overlay(profile: Profile) -> tuple[tuple[Rule, ...], Rulebook]:
    """A profile's own rules, compiled, and all rules that are in force with them."""
    base, data, path = general(), profile.data, profile.path
    lexicon = _extended(base.lexicon, data.get("items") or (), path)
    replaced = _rules(data, "replace", path, lexicon)
    added = _rules(data, "add", path, lexicon)
    _check_ids(base.rules, profile.drop, replaced, added, path)
    laid_over = _laid_over(base.rules, profile.drop, replaced, added)
    return (*replaced, *added), Rulebook(lexicon, laid_over, profile.id)


def _rules(data: Mapping[str, Any], key: str, path: Path, lexicon: Lexicon) -> tuple[Rule, ...]:
    return tuple(parse_rule(entry, f"{OVERLAY}{data['id']}", path, lexicon) for entry in data.get(key) or ())


def _laid_over(
    rules: Iterable[Rule], drop: frozenset[str], replaced: Iterable[Rule], added: Iterable[Rule]
) -> tuple[Rule, ...]:
    instead = {rule.id: rule for rule in replaced}
    return (*(instead.get(rule.id, rule) for rule in rules if rule.id not in drop), *added)


def _check_ids(
    rules: Iterable[Rule], drop: frozenset[str], replaced: Iterable[Rule], added: Iterable[Rule], path: Path
) -> None:
    known = {rule.id for rule in rules}
    for name in sorted(drop | {rule.id for rule in replaced}):
        if name not in known:
            raise PatternError(f"{path}: there is no rule {name} to drop or replace.{_meant(name, known)}")
    seen = known | drop
    for rule in added:
        if rule.id in seen:
            raise PatternError(f"{path}: there is a rule {rule.id} already.", "Put it under replace, or rename it.")
        seen.add(rule.id)
    for rule in replaced:
        if rule.id in drop:
            raise PatternError(f"{path}: the rule {rule.id} is both dropped and replaced.")


def _extended(lexicon: Lexicon, entries: Iterable[Mapping[str, Any]], path: Path) -> Lexicon:
    """The lexicon with further names; a name that means something else here loses its general meaning."""
    completed = [_completed(lexicon, entry, path) for entry in entries]
    if not completed:
        return lexicon
    try:
        names, likes = item_names(completed)
    except PatternError as error:
        raise PatternError(f"{path}: {error.message}", error.remedy) from error
    new = {name.item: name for name in [*names.values(), *(name for _, name in likes)]}
    return dataclasses.replace(
        lexicon, names={**lexicon.names, **names}, items={**lexicon.items, **new}, likes=(*likes, *lexicon.likes)
    )


def _completed(lexicon: Lexicon, entry: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """An entry for an item that the lexicon has already needs nothing but the further names."""
    if "item" not in entry:
        raise PatternError(f"{path}: an entry under items has no item.")
    name = lexicon.items.get(entry["item"])
    if name is None:
        if "topic" not in entry:
            raise PatternError(f"{path}: the new item {entry['item']} needs a topic.")
        return dict(entry)
    known = {"topic": name.topic, "money": name.money, "count": name.count, "in": name.within}
    return {**known, "as_printed": name.as_printed, **entry}


def _patterns(sources: Iterable[str], path: Path) -> tuple[regex.Pattern[str], ...]:
    try:
        return tuple(regex.compile(source) for source in sources)
    except (regex.error, RecursionError, OverflowError) as error:
        raise PatternError(f"{path}: applies.cover does not compile: {error}") from error


def _known(data: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    unknown = sorted(set(data) - keys)
    if unknown:
        raise PatternError(f"{where}: unknown keys {unknown}.{_meant(unknown[0], keys)}", f"Legal: {sorted(keys)}.")


def _meant(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), 1)
    return f" Was {close[0]} meant?" if close else ""
