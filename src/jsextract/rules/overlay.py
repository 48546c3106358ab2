"""How one layer of rules changes those before it: it drops, replaces and adds, in this order.

Entries are known by an id or a name. Dropping or replacing what is not there is an error, and so is adding what is
there already. Lists of words under a name grow: a later layer adds words to a name that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from jsextract.errors import PatternError
from jsextract.language.phrase import phrase, sentences
from jsextract.rules.rule_files import Placed, meant

E = TypeVar("E")
Entries = dict[str, Placed[E]]


def entries(files: Iterable[Placed[Any]], name: Callable[[E], str], added: str) -> Entries[E]:
    """The entries that are in force after all these files, by name.

    Args:
        files: typed, in the order of their layers.
        name: by which an entry is known.
        added: the key of a file under which further entries stand.

    Raises:
        PatternError: for an entry that is there already, or one to drop or replace that is not.
    """
    found: Entries[E] = {}
    for file in files:
        drop(found, file)
        _replace(found, listed(file, "replace"), name)
        _add(found, listed(file, added), name)
    return found


def listed(file: Placed[Any], key: str) -> Iterator[Placed[Any]]:
    """The entries of one list of a file."""
    for at, entry in enumerate(getattr(file.value, key, ())):
        yield file.at(key, at, value=entry)


def drop(found: dict[str, Any], file: Placed[Any]) -> None:
    """Takes out what a file drops.

    Raises:
        PatternError: if it is not there.
    """
    for at, name in enumerate(file.value.drop):
        if name not in found:
            raise file.at("drop", at, value=None).fault(
                sentences(phrase("there is no {name} to drop.", name=name), meant(name, found))
            )
        del found[name]


def _replace(found: Entries[E], own: Iterable[Placed[E]], name: Callable[[E], str]) -> None:
    for entry in own:
        if name(entry.value) not in found:
            known = meant(name(entry.value), found)
            raise entry.fault(
                sentences(phrase("there is no {name} to replace.", name=name(entry.value)), known),
                phrase("Add it, if it is new."),
            )
        found[name(entry.value)] = entry


def _add(found: Entries[E], own: Iterable[Placed[E]], name: Callable[[E], str]) -> None:
    for entry in own:
        there = found.get(name(entry.value))
        if there:
            message = phrase("there is a {name} already, in {file}.", name=name(entry.value), file=there.path.name)
            raise entry.fault(message, phrase("Put it under replace, or rename it."))
        found[name(entry.value)] = entry


def words(files: Iterable[Placed[Any]], key: str) -> dict[str, list[Placed[tuple[str, ...]]]]:
    """Name → its lists of words, of all these files; what is dropped is a name.

    Raises:
        PatternError: for a name to drop that is not there.
    """
    found: dict[str, list[Placed[tuple[str, ...]]]] = {}
    for file in files:
        drop(found, file)
        for name, own in getattr(file.value, key).items():
            found.setdefault(name, []).append(file.at(key, name, value=own))
    return found


def flat(own: Sequence[Placed[tuple[str, ...]]]) -> tuple[str, ...]:
    """The words of several lists, in their order."""
    return tuple(word for placed in own for word in placed.value)


@contextmanager
def blamed(placed: Placed[Any]) -> Iterator[None]:
    """Within the block an error of the rules names the file, the line and the entry that it is about."""
    try:
        yield
    except PatternError as error:
        raise placed.fault(error.message, error.remedy) from error
