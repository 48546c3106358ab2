"""Overlays for a province or an issuer (地方模板): rules added, replaced or dropped by id, names of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import regex

from jsextract.errors import PatternError
from jsextract.rules import rule_files, tokenize
from jsextract.rules.fact_rules import FactRule, parse_rule
from jsextract.rules.lexicon import Lexicon, item_names

NONE = "none"
"""The name that asks for the general rules, whatever a document's cover says."""
OVERLAY = "profile:"
"""How the families of a profile's rules begin."""
PROFILE_KEYS = frozenset({"id", "note", "applies", "drop", "replace", "add", "items"})
APPLIES_KEYS = frozenset({"cover", "index"})
_ID = regex.compile(r"[a-z][a-z0-9_-]*")


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

    def applies(self, cover: str, index: str) -> bool:
        """Whether it is meant for a document with this cover and this 监督索引号 (blank: none printed)."""
        return index.startswith(self.index) or any(
            pattern.search(cover, timeout=tokenize.TIMEOUT) for pattern in self.cover
        )


def load_profiles(folders: Sequence[Path]) -> Mapping[str, Profile]:
    """Every profile under profiles/ of these folders, by id.

    Raises:
        PatternError: if one does not load, or two share an id.
    """
    found: dict[str, Profile] = {}
    for path in rule_files.files(folders, "profiles"):
        profile = read_profile(path)
        if profile.id in found:
            raise PatternError(f"{path}: the profile {profile.id} is also in {found[profile.id].path}.")
        found[profile.id] = profile
    return found


def find_profile(profiles: Mapping[str, Profile], name: str) -> Profile:
    """The profile of that name.

    Raises:
        PatternError: if there is none; the message names those that there are.
    """
    if name in profiles:
        return profiles[name]
    if not profiles:
        raise PatternError(f"There is no profile {name}; there are none at all.", "Name their folder: --patterns DIR.")
    raise PatternError(f"There is no profile {name}.{_meant(name, profiles)}", f"There are: {', '.join(profiles)}.")


def fitting_profile(profiles: Mapping[str, Profile], cover: str, index: str) -> Profile | None:
    """The profile for a document with this cover (normal text) and this 监督索引号 (digits, or blank).

    Raises:
        PatternError: if two fit; the message names both.
    """
    fit = [profile for profile in profiles.values() if profile.applies(cover, index)]
    if len(fit) > 1:
        names = " and ".join(profile.id for profile in fit)
        raise PatternError(
            f"The profiles {names} both fit.", "Choose with --profile NAME, or narrow what they apply to."
        )
    return fit[0] if fit else None


def read_profile(path: Path) -> Profile:
    """One profile file; its rules are compiled when it is laid over others (`overlay`).

    Raises:
        PatternError: for unknown keys.
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
    return Profile(
        id=name, note=data.get("note", ""), path=path, cover=_patterns(applies.get("cover") or (), path),
        index=tuple(map(str, applies.get("index") or ())), drop=frozenset(data.get("drop") or ()), data=data,
    )  # fmt: skip


def overlay(profile: Profile, rules: Sequence[FactRule], lexicon: Lexicon) -> tuple[tuple[FactRule, ...], Lexicon]:
    """All rules and names that are in force with a profile.

    Args:
        profile: the overlay.
        rules: the general ones.
        lexicon: the general names.

    Raises:
        PatternError: for rules that do not load, or ids that the general rules do not have.
    """
    data, path = profile.data, profile.path
    lexicon = _extended(lexicon, data.get("items") or (), path)
    replaced = _rules(data, "replace", path, lexicon)
    added = _rules(data, "add", path, lexicon)
    _check_ids(rules, profile.drop, replaced, added, path)
    return _laid_over(rules, profile.drop, replaced, added), lexicon


def _rules(data: Mapping[str, Any], key: str, path: Path, lexicon: Lexicon) -> tuple[FactRule, ...]:
    return tuple(parse_rule(entry, f"{OVERLAY}{data['id']}", path, lexicon) for entry in data.get(key) or ())


def _laid_over(
    rules: Iterable[FactRule], drop: frozenset[str], replaced: Iterable[FactRule], added: Iterable[FactRule]
) -> tuple[FactRule, ...]:
    instead = {rule.id: rule for rule in replaced}
    return (*(instead.get(rule.id, rule) for rule in rules if rule.id not in drop), *added)


def _check_ids(
    rules: Iterable[FactRule], drop: frozenset[str], replaced: Iterable[FactRule], added: Iterable[FactRule], path: Path
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
        names, name_patterns = item_names(completed)
    except PatternError as error:
        raise PatternError(f"{path}: {error.message}", error.remedy) from error
    new = {name.item: name for name in [*names.values(), *(name for _, name in name_patterns)]}
    return dataclasses.replace(
        lexicon,
        names={**lexicon.names, **names},
        items={**lexicon.items, **new},
        name_patterns=(*name_patterns, *lexicon.name_patterns),
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
