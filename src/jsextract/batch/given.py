"""Sources that are no files: what stands on standard input, and what is at an http(s) address (标准输入、网址)."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote

from msgspec.structs import replace

from jsextract.batch.limited import limited
from jsextract.batch.limits import Limits
from jsextract.batch.run_settings import Settings
from jsextract.batch.safe_name import safe_name
from jsextract.batch.sources import SourceFile
from jsextract.errors import DocumentError, SourceNotFound, TimedOut
from jsextract.readers.address import SECONDS, fetch, split_address
from jsextract.readers.registry import MAX_BYTES

STDIN = "-"
_GRACE = 10.0  # seconds after which a fetch that does not end by itself is ended


def from_stdin(stream: BinaryIO, name: str = "") -> SourceFile:
    """What stands on standard input, read to its end or to one byte more than any file may have.

    Args:
        stream: of bytes.
        name: for the dataset; without one its content tells it apart from what stood there before.
    """
    data = stream.read(MAX_BYTES + 1)
    place = name or hashlib.sha256(data).hexdigest()
    called = safe_name(name) or STDIN
    return SourceFile(Path(name or STDIN), called, url=f"{STDIN}{place}", relative=called, data=data)


def named_at(url: str) -> SourceFile:
    """The file at an address, not asked for yet; a name ends it, or the host stands for one.

    Raises:
        SourceNotFound: if it is no address.
    """
    split = split_address(url)
    path = unquote(split.path)
    host = split.hostname or url
    name = PurePosixPath(path).name or host
    return SourceFile(Path(name), safe_name(name), url=url, relative=safe_name(f"{host}{path}".rstrip("/")))


def from_web(url: str) -> SourceFile:
    """The file at an http(s) address, with its bytes; fetched by a worker that is ended when it takes too long.

    Raises:
        SourceNotFound: if it cannot be had.
    """
    source = named_at(url)
    (found,) = limited(_fetched, [url], Settings(jobs=1, limits=Limits(seconds=SECONDS + _GRACE)))
    if isinstance(found, SourceNotFound):
        raise found
    if isinstance(found, TimedOut):
        raise SourceNotFound(found.message)
    if isinstance(found, DocumentError):
        return replace(source, refused=found)
    return replace(source, data=found)


def _fetched(url: str) -> bytes | SourceNotFound:
    """The bytes; what ends a run is a value, since only a document's errors come through."""
    try:
        return fetch(url)
    except SourceNotFound as error:
        return error
