"""All rules in force as one value: loaded once, handed down to everything that asks for a rule."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.errors import PatternError
from jsextract.language.phrase import phrase
from jsextract.room import require_room
from jsextract.rules import kept, misprints, rule_files, tokenize
from jsextract.rules.denominators import Denominators, load_denominators
from jsextract.rules.equation_rules import EquationRule, load_equations
from jsextract.rules.fact_rules import FactRule, load_facts
from jsextract.rules.lexicon import Lexicon, load_lexicon
from jsextract.rules.profiles import NONE, OVERLAY, Profile, find_profile, fitting_profile, load_profiles, overlay
from jsextract.rules.sections import SectionRules, load_sections
from jsextract.rules.table_definitions import TableDef, load_tables
from jsextract.rules.word_lists import Keywords, MetricWords, load_keywords, load_metric_words
from jsextract.rules.wordings import WordingRules, load_wordings

_KEPT = 16
"""Rule sets that one process keeps: the general one, and that of each profile that it met."""


class RuleSet(Struct, frozen=True, eq=False):
    """Everything that decides how a document is read and checked.

    Attributes:
        folders: the shipped one, then the user's own.
        asked: the profile that was asked for; blank where each document's cover chooses, `none` for none.
        profile: the overlay in force; blank for the general rules.
        lexicon: names, units, slots and code lists.
        facts: rules that read sentences.
        sections: what headings mean.
        tables: the standard tables.
        equations: checks of figures.
        denominators: what shares may be shares of.
        wordings: checks of words.
        keywords: what reasons name.
        metrics: words around figures in outputs.
        profiles: all overlays that there are, by id.
    """

    folders: tuple[Path, ...]
    asked: str
    profile: str
    lexicon: Lexicon
    facts: tuple[FactRule, ...]
    sections: SectionRules
    tables: tuple[TableDef, ...]
    equations: tuple[EquationRule, ...]
    denominators: Denominators
    wordings: WordingRules
    keywords: Keywords
    metrics: MetricWords
    profiles: Mapping[str, Profile]

    @property
    def own(self) -> tuple[FactRule, ...]:
        """The rules that the profile adds, and those that it puts in the place of general ones; else all."""
        if not self.profile:
            return self.facts
        return tuple(rule for rule in self.facts if rule.family == f"{OVERLAY}{self.profile}")

    def for_document(self, cover: str, index: str) -> RuleSet:
        """The rules for a document with this cover (normal text) and this 监督索引号 (digits, or blank).

        Raises:
            PatternError: if two profiles fit.
        """
        if self.asked:
            return self
        profile = fitting_profile(self.profiles, cover, index)
        return load_rules(self.folders, profile.id) if profile else self


def load_rules(folders: Sequence[Path] = (), profile: str = "") -> RuleSet:
    """All rules of the shipped folder and of `folders`, with a profile laid over them.

    Args:
        folders: the user's own, each with the subfolders of patterns/.
        profile: the overlay; blank for the one that fits each document's cover, `none` for none.

    Raises:
        PatternError: if a folder is missing, a rule file does not load, or there is no such profile.
        OutOfMemory: if the system leaves too little memory for them.
    """
    require_room()
    return _load(rule_files.layers(folders), profile)


@functools.lru_cache(maxsize=_KEPT)
def _load(folders: tuple[Path, ...], asked: str) -> RuleSet:
    if not asked:
        with kept.keeping(write=len(folders) == 1):
            return _prepared(_general(folders))
    general = _load(folders, "")
    if asked == NONE:
        return replace(general, asked=asked)
    return _prepared(_overlaid(general, find_profile(general.profiles, asked)))


def _general(folders: tuple[Path, ...]) -> RuleSet:
    rule_files.refuse_strangers(folders)
    rules = _of_layers(folders, folders)
    for profile in rules.profiles.values():
        if not profile.path.is_relative_to(folders[0]):  # tests prove those that ship with the project
            _overlaid(rules, profile)
    return rules


def _of_layers(folders: tuple[Path, ...], layers: tuple[Path, ...]) -> RuleSet:
    """The rules of all layers: the folders, and the folder of a profile where it has one."""
    lexicon, tables = load_lexicon(layers), load_tables(layers)
    return RuleSet(
        folders=folders,
        asked="",
        profile="",
        lexicon=lexicon,
        facts=load_facts(layers, lexicon),
        sections=load_sections(layers),
        tables=tables,
        equations=load_equations(layers, lexicon, tables),
        denominators=load_denominators(layers, lexicon),
        wordings=load_wordings(layers),
        keywords=load_keywords(layers),
        metrics=load_metric_words(layers),
        profiles=load_profiles(folders),
    )


def _overlaid(general: RuleSet, profile: Profile) -> RuleSet:
    if profile.folder.is_dir():
        rule_files.refuse_strangers([profile.folder])
        general = _of_layers(general.folders, (*general.folders, profile.folder))
    facts, lexicon = overlay(profile, general.facts, general.lexicon)
    denominators = replace(general.denominators, lexicon=lexicon)
    return replace(
        general, asked=profile.id, profile=profile.id, facts=facts, lexicon=lexicon, denominators=denominators
    )


def _prepared(rules: RuleSet) -> RuleSet:
    """The same, with what is compiled from it compiled: processes that are forked from this one share that."""
    try:
        tokenize.prepare(rules.lexicon)
        misprints.prepare(rules.lexicon)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise PatternError(
            phrase(
                "lexicon/items.yaml: the names with a free part (like) do not compile together: {error}.", error=error
            ),
            phrase("A group that has a name may stand there once."),
        ) from error
    return rules
