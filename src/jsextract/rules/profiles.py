"""Overlays for a province or an issuer (地方模板): what they are for, and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.errors import PatternError
from jsextract.language.phrase import NOTHING, listed, phrase, sentences
from jsextract.rules import overlay as laid
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import FactRule, build_placed
from jsextract.rules.file_types import ProfileFile
from jsextract.rules.lexicon import Lexicon, completed, item_names
from jsextract.rules.regexes import compiled
from jsextract.rules.rule_files import Placed, files, meant

NONE = "none"
"""The name that asks for the general rules, whatever a document's cover says."""
OVERLAY = "profile:"
"""How the families of a profile's rules begin."""


class Profile(Struct, frozen=True, eq=False):
    """One overlay.

    Attributes:
        cover: patterns of which one must be found in the normal text of the cover.
        file: what its file says.
    """

    cover: tuple[regex.Pattern[str], ...]
    file: Placed[ProfileFile]

    @property
    def id(self) -> str:
        """Its name on the command line and in the flag `profile:ID`."""
        return self.file.value.id

    @property
    def note(self) -> str:
        """What it is for, for people."""
        return self.file.value.note

    @property
    def path(self) -> Path:
        """The file that it comes from."""
        return self.file.path

    @property
    def folder(self) -> Path:
        """Where rules of every other kind may lie, as a layer of its own."""
        return self.path.with_suffix("")

    def applies(self, cover: str, index: str) -> bool:
        """Whether it is meant for a document with this cover and this 监督索引号 (blank: none printed)."""
        return index.startswith(self.file.value.applies.index) or any(
            pattern.search(cover, timeout=tokenize.TIMEOUT) for pattern in self.cover
        )


def load_profiles(folders: Sequence[Path]) -> Mapping[str, Profile]:
    """Every profile under profiles/ of these folders, by id; its rules are compiled when it is laid over others.

    Raises:
        PatternError: if one does not load, or two share an id.
    """
    found: dict[str, Profile] = {}
    for file in files(folders, "profiles/*"):
        if file.value.id == NONE:
            raise file.fault(phrase("{none} is no id: it asks for the general rules.", none=NONE), NOTHING, "id")
        if file.value.id in found:
            raise file.fault(phrase("this profile is also in {path}.", path=found[file.value.id].path), NOTHING, "id")
        with laid.blamed(file.at("applies", "cover", value=None)):
            cover = tuple(compiled(source, "applies.cover") for source in file.value.applies.cover)
        found[file.value.id] = Profile(cover, file)
    return found


def find_profile(profiles: Mapping[str, Profile], name: str) -> Profile:
    """The profile of that name.

    Raises:
        PatternError: if there is none; the message names those that there are.
    """
    if name in profiles:
        return profiles[name]
    if not profiles:
        raise PatternError(
            phrase("There is no profile {name}; there are none at all.", name=name),
            phrase("Name their folder: --patterns DIR."),
        )
    raise PatternError(
        sentences(phrase("There is no profile {name}.", name=name), meant(name, profiles)),
        phrase("There are: {names}.", names=listed(profiles)),
    )


def fitting_profile(profiles: Mapping[str, Profile], cover: str, index: str) -> Profile | None:
    """The profile for a document with this cover (normal text) and this 监督索引号 (digits, or blank).

    Raises:
        PatternError: if two fit; the message names both.
    """
    fit = [profile for profile in profiles.values() if profile.applies(cover, index)]
    if len(fit) > 1:
        names = listed((profile.id for profile in fit), " and ", "和")
        raise PatternError(
            phrase("The profiles {names} both fit.", names=names),
            phrase("Choose with --profile NAME, or narrow what they apply to."),
        )
    return fit[0] if fit else None


def overlay(profile: Profile, rules: Sequence[FactRule], lexicon: Lexicon) -> tuple[tuple[FactRule, ...], Lexicon]:
    """All rules and names that are in force with what a profile's own file says.

    Args:
        profile: the overlay.
        rules: those without it.
        lexicon: the names without it.

    Raises:
        PatternError: for rules that do not load, or ids that are not there.
    """
    file, family = profile.file, f"{OVERLAY}{profile.id}"
    lexicon = _extended(lexicon, file)
    replaced = {e.value.id: build_placed(e, family, lexicon) for e in laid.listed(file, "replace")}
    added = [build_placed(e, family, lexicon) for e in laid.listed(file, "add")]
    _check_ids(rules, file)
    kept = (replaced.get(rule.id, rule) for rule in rules if rule.id not in file.value.drop)
    return (*kept, *added), lexicon


def _check_ids(rules: Iterable[FactRule], file: Placed[ProfileFile]) -> None:
    seen = {rule.id for rule in rules}
    entries = [*laid.listed(file, "replace")]
    dropped = [file.at("drop", at, value=None) for at in range(len(file.value.drop))]
    for name, place in [*zip(file.value.drop, dropped, strict=True), *((e.value.id, e) for e in entries)]:
        if name not in seen:
            raise place.fault(
                sentences(phrase("there is no rule {name} to drop or replace.", name=name), meant(name, seen))
            )
    for entry in entries:
        if entry.value.id in file.value.drop:
            raise entry.fault(phrase("the rule {id} is both dropped and replaced.", id=entry.value.id))
    for entry in laid.listed(file, "add"):
        if entry.value.id in seen:
            raise entry.fault(
                phrase("there is a rule {id} already.", id=entry.value.id),
                phrase("Put it under replace, or rename it."),
            )
        seen.add(entry.value.id)


def _extended(lexicon: Lexicon, file: Placed[ProfileFile]) -> Lexicon:
    """The lexicon with further names; a name that means something else here loses its general meaning."""
    own = []
    for entry in laid.listed(file, "items"):
        with laid.blamed(entry):
            own.append(entry.at(value=completed(entry.value, lexicon.items.get(entry.value.item))))
    if not own:
        return lexicon
    names, name_patterns = item_names(own)
    new = {name.item: name for name in [*names.values(), *(name for _, name in name_patterns)]}
    return replace(
        lexicon,
        names={**lexicon.names, **names},
        items={**lexicon.items, **new},
        name_patterns=(*name_patterns, *lexicon.name_patterns),
    )
