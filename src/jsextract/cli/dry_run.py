"""`jsextract SOURCE... --dry-run`: what would be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from jsextract.batch.given import STDIN, named_at
from jsextract.batch.plan import Fate, Planned, plan
from jsextract.batch.sources import SourceFile, find_sources
from jsextract.batch.writing import writing
from jsextract.dataset.folder import folder_at
from jsextract.language.phrase import Phrase, listed, phrase, phrases
from jsextract.readers.address import is_web
from jsextract.remote import local_path
from jsextract.rules.pattern_format import printable

_SHOWN = 200
"""Files that are named, as after a run; the rest is counted."""
_STDIN = SourceFile(Path(STDIN), STDIN, url=STDIN)


def print_plan(
    sources: Sequence[str], out: str, folders: tuple[Path, ...], profile: str, *, ocr: str, force: bool
) -> None:
    """Names the files that would be read, then how many have which fate.

    Raises:
        JsextractError: as a run would before it reads.
    """
    counts: Counter[Fate] = Counter()
    kinds: Counter[str] = Counter()
    for one in _planned(sources, out, folders, profile, ocr=ocr, force=force):
        counts[one.fate] += 1
        kinds[one.kind] += one.fate == Fate.UNSUPPORTED
        if one.fate in {Fate.NEW, Fate.AGAIN} and counts[Fate.NEW] + counts[Fate.AGAIN] <= _SHOWN:
            click.echo(printable(one.file))
    unnamed = counts[Fate.NEW] + counts[Fate.AGAIN] - _SHOWN
    if unnamed > 0:
        click.echo(phrases("… and {number} more", "… and {number} more", unnamed))
    click.echo(f"{out}: {listed(_told(counts, kinds))}")


def _planned(
    sources: Sequence[str], out: str, folders: tuple[Path, ...], profile: str, *, ocr: str, force: bool
) -> Iterator[Planned]:
    """The plan for sources of the command line; only what is wrong with the folder, not with our output, names it."""
    given = [named_at(source) if is_web(source) else _STDIN if source == STDIN else source for source in sources]
    found = find_sources(given, skip=local_path(out))
    with writing(folder_at(out)):
        yield from plan(found, out, folders=folders, profile=profile, ocr=ocr, force=force)


def _told(counts: Counter[Fate], kinds: Counter[str]) -> Iterator[Phrase]:
    """How many files have which fate."""
    reading = counts[Fate.NEW] + counts[Fate.AGAIN]
    known = phrase(" ({number} of them known already)", number=counts[Fate.AGAIN]) if counts[Fate.AGAIN] else ""
    yield phrases("{number} file would be read{known}", "{number} files would be read{known}", reading, known=known)
    if counts[Fate.UNCHANGED]:
        yield phrase("{number} unchanged", number=counts[Fate.UNCHANGED])
    if counts[Fate.UNSUPPORTED]:
        which = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common() if number)
        yield phrase("{number} of unsupported kinds ({which})", number=counts[Fate.UNSUPPORTED], which=which)
    if counts[Fate.UNREADABLE]:
        yield phrase("{number} unreadable", number=counts[Fate.UNREADABLE])
