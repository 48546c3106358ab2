"""Archives among the sources, as folders: each file in one is a source of its own (压缩包作为文件夹).

They are opened in a worker under the limits of one document. Of an archive that did not change the dataset remembers
what is in it, so that it is not opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace as with_changes
from pathlib import Path

import msgspec
from msgspec.structs import replace

from jsextract.batch.keys import marked
from jsextract.batch.limited import limited
from jsextract.batch.passed_over import is_wanted, shows_page
from jsextract.batch.run_settings import Settings
from jsextract.batch.safe_name import safe_name
from jsextract.batch.sources import SourceFile
from jsextract.dataset.beneath import open_file
from jsextract.dataset.keys import place_of
from jsextract.dataset.store import Store
from jsextract.errors import Corrupt, DocumentError, Unsupported
from jsextract.language.phrase import phrase
from jsextract.readers.archives.members import OPENERS, Member, Within, members
from jsextract.readers.formats import suffix_tag
from jsextract.readers.sniff import ZIPPED, archive_magic

_HEAD = 16


def is_archive_name(source: SourceFile) -> bool:
    """Whether a file is called as archives are."""
    return suffix_tag(source.suffix) in OPENERS


def unpacked(
    sources: Iterable[SourceFile], store: Store | None, settings: Settings, reader: str
) -> Iterator[SourceFile]:
    """The sources with their marks, archives replaced by what is in them.

    Args:
        sources: as found.
        store: of the dataset; None where there is none yet.
        settings: under which limits archives are opened, and with which password.
        reader: what reads; another one may see other files in an archive.
    """
    for source in map(marked, sources):
        yield from _members_of(source, store, settings, reader)


def _members_of(source: SourceFile, store: Store | None, settings: Settings, reader: str) -> Iterator[SourceFile]:
    """A source itself, or what is in it."""
    place = place_of(source.where)
    if not settings.force and store is not None and source.mark:
        if kept := store.members(place, f"{source.mark} {reader}"):
            yield from _sources(source, msgspec.json.decode(kept, type=list[Member]))
            return
        if store.knows(place) and store.key_at(place, source.mark):
            yield source  # it is a document, and did not change
            return
    if source.url and source.data is None and is_archive_name(source):
        yield replace(source, refused=_far(source))
        return
    if not _may_be_archive(source):
        yield source
        return
    found = _listed(source, settings)
    if isinstance(found, DocumentError):
        yield replace(source, refused=found)
    elif found is None:
        yield source
    else:
        if store is not None:
            store.keep_members(place, f"{source.mark} {reader}" if source.mark else "", msgspec.json.encode(found))
        yield from _sources(source, found)


def _sources(source: SourceFile, found: Sequence[Member]) -> Iterator[SourceFile]:
    """The files of an archive as sources; the archive with a reason where all that it holds is left out."""
    is_blank = True
    names = frozenset(member.name for member in found)
    for member in found:
        if is_wanted(member.name, ()) and not shows_page(member.name, names):
            is_blank = False
            name = safe_name(member.name)
            relative = f"{source.relative or source.file}/{name}"
            yield replace(source, file=f"{source.file}/{name}", relative=relative, member=member)
    if is_blank:
        yield replace(source, refused=Corrupt(phrase("The archive holds no file."), phrase("Download it again.")))


def _far(source: SourceFile) -> Unsupported:
    """What is said of an archive that is on no disk of this machine."""
    return Unsupported(
        phrase("An archive is not opened where only {url} leads to it.", url=safe_name(source.url)),
        phrase("Download it and give its path, or unpack it there."),
    )


def _listed(source: SourceFile, settings: Settings) -> tuple[Member, ...] | DocumentError | None:
    """What is in a file, told by a worker; None where it is no archive."""
    one = with_changes(settings, jobs=min(settings.jobs, 1))
    content = source.content
    if isinstance(content, str | Within):  # an archive at a URL is read where its bytes are
        return None
    (found,) = limited(_of_archive, [(content, source.suffix, settings.password)], one)
    return found


def _of_archive(task: tuple[Path | bytes, str, str | None]) -> tuple[Member, ...] | None:
    return members(*task)


def _may_be_archive(source: SourceFile) -> bool:
    """Whether a file begins as an archive does, and is not called as documents are that are zipped themselves."""
    if source.problem or suffix_tag(source.suffix) in ZIPPED:
        return False
    if source.data is not None:
        return archive_magic(source.data[:_HEAD])
    if source.url:
        return False
    try:
        with open_file(source.path) as handle:
            return archive_magic(handle.read(_HEAD))
    except OSError:
        return False  # whoever reads it says why
