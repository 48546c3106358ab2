"""The entity's name where pictures show it: the places that print it vote on each character (误识的单位名称)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from jsextract.model.document import Line
from jsextract.outline.identity import Identity
from jsextract.outline.places import place_of
from jsextract.vocabulary import Flag

_SURE = 0.95  # a character that was read so, once, is no misreading
_LIKELY = 0.8  # one that was never read surer is a doubt
_VOTES = 2  # places that have another character, at the least, and more than have the one that was read
_EACH = 4  # characters of which one may differ between two places with the same name


class NameVote(NamedTuple):
    """A name as its places have it.

    Attributes:
        name: with what most places have for characters that no place shows for sure.
        unsure: whether it has a character of which no place is likely to be right.
    """

    name: str
    unsure: bool


def with_voted_entity(identity: Identity, lines: Iterable[Line]) -> Identity:
    """The identity with the entity as its places in pictures have it, flagged where it was another or is not sure.

    Args:
        identity: as read.
        lines: of the whole document; those with a confidence were recognised.
    """
    vote = voted(identity.entity, lines) if identity.entity else None
    if vote is None:
        return identity
    flags = list(identity.flags)
    if vote.name != identity.entity:
        flags.append(Flag.ENTITY_CORRECTED)
    if vote.unsure:
        flags.append(Flag.ENTITY_UNSURE)
    return replace(identity, entity=vote.name, region=place_of(vote.name), flags=tuple(flags))


def voted(name: str, lines: Iterable[Line]) -> NameVote | None:
    """What the places of a name say of its characters.

    A unit's name may differ from its department's in one character: what a place shows for sure is never outvoted.
    """
    places = list(_places(name, lines))
    if not any(place.own for place in places):
        return None
    chars = [_winner(at, own, places) for at, own in enumerate(name)]
    return NameVote("".join(char for char, _ in chars), any(sure < _LIKELY for _, sure in chars))


class _Place(NamedTuple):
    text: str
    confidence: tuple[float, ...]
    own: bool


def _places(name: str, lines: Iterable[Line]) -> Iterator[_Place]:
    """Where recognised lines have the name, or one as long that differs in few characters."""
    known = set(name)
    wide = len(name)
    most = wide // _EACH
    for line in lines:
        if not line.confidence or len(known.intersection(line.text)) < len(known) - most:
            continue
        pairs = [(c, sure) for c, sure in zip(line.text, line.confidence, strict=False) if not c.isspace()]
        for start in range(len(pairs) - wide + 1):
            here = pairs[start : start + wide]
            other = sum(a != b for (a, _), b in zip(here, name, strict=True))
            if other <= most:
                yield _Place("".join(c for c, _ in here), tuple(sure for _, sure in here), other == 0)


def _winner(at: int, own: str, places: Iterable[_Place]) -> tuple[str, float]:
    """The character for a place of the name, and how sure the surest reading of it is."""
    times: Counter[str] = Counter()
    surest: dict[str, float] = {}
    for place in places:
        char, sure = place.text[at], place.confidence[at]
        times[char] += 1
        surest[char] = max(sure, surest.get(char, 0.0))
    if surest.get(own, 0.0) >= _SURE:
        return own, surest[own]
    best = max(times, key=lambda char: (times[char], surest[char]))
    if times[best] >= max(_VOTES, times[own] + 1) and surest[best] > surest.get(own, 0.0):
        return best, surest[best]
    return own, surest.get(own, 0.0)
