"""Under which name the dataset knows the content of a source."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.batch.marks import mark_of
from jsextract.batch.sources import SourceFile, sha256_of
from jsextract.dataset.keys import content_key, place_of
from jsextract.dataset.store import Store
from jsextract.outline.path_names import path_tag


def marked(source: SourceFile) -> SourceFile:
    """The source with its mark, taken before its content is looked at."""
    return source if source.url or source.problem or source.member else replace(source, mark=mark_of(source.path))


def key_of(source: SourceFile, store: Store, *, force: bool) -> str:
    """The content's name, blank where that is not known yet.

    Args:
        source: with its mark.
        store: of the dataset.
        force: whether the content is looked at even where the mark says that it did not change.
    """
    if source.mark and not force:
        key = store.key_at(place_of(source.where), source.mark)
        if key or (source.url and source.data is None):
            return key
    if source.member is not None:
        sha256 = source.member.sha256
    elif source.refused or (source.url and source.data is None):
        return ""
    else:
        sha256 = sha256_of(source)
    return content_key(sha256, source.suffix, told=path_tag(source.named)) if sha256 else ""
