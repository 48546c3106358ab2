"""Overlays for a province or an issuer (profiles/*.yaml)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from jsextract.rules.file_types.facts import FactEntry
from jsextract.rules.file_types.lexicon import ItemEntry
from jsextract.rules.file_types.words import ProfileId, Words


class Applies(Struct, frozen=True, forbid_unknown_fields=True):
    """Which documents a profile is for: patterns over the text before the contents, beginnings of 监督索引号."""

    cover: Words = ()
    index: tuple[Annotated[str, Meta(pattern=r"^\d+$")], ...] = ()


class ProfileFile(Struct, frozen=True, forbid_unknown_fields=True):
    """profiles/*.yaml: an overlay; the folder of its name beside it may hold files of every other kind.

    Attributes:
        note: for people.
        drop: ids of rules that do not hold here.
        replace: rules that stand in the place of others.
        add: further rules.
        items: further names.
    """

    id: ProfileId
    note: str = ""
    applies: Applies = Applies()
    drop: Words = ()
    replace: tuple[FactEntry, ...] = ()
    add: tuple[FactEntry, ...] = ()
    items: tuple[ItemEntry, ...] = ()
