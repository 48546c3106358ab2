"""Files and folders that fsspec knows (s3://, gs://, hdfs://, sftp://, memory://…); local ones never come here.

fsspec is imported when the first such place is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jsextract.errors import SourceNotFound
from jsextract.language.phrase import phrase

_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]+"
_URL = re.compile(rf"{_SCHEME}(?:::{_SCHEME})*://")


def is_url(place: str | Path) -> bool:
    """Whether a source or an output is no path of this machine; a drive letter is no scheme."""
    return isinstance(place, str) and _URL.match(place) is not None


def local_path(place: str | Path) -> Path | None:
    """The path that a path or a file:// URL names; None for other URLs.

    Raises:
        SourceNotFound: if the URL is none.
    """
    if isinstance(place, Path):
        return place
    if place.startswith("file://"):
        try:
            return Path(unquote(urlsplit(place).path))
        except ValueError as error:
            raise _no_url(place, error) from error
    return None if is_url(place) else Path(place)


def filesystem(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the place in it.

    Raises:
        SourceNotFound: if fsspec, or what it needs for this kind of URL, is not installed.
    """
    try:
        import fsspec

        return fsspec.core.url_to_fs(url)  # type: ignore[no-any-return]
    except ImportError as error:
        raise SourceNotFound(
            phrase("{url} cannot be opened: {error}.", url=url, error=error), phrase("Install it, or jsextract[ray].")
        ) from error
    except FileNotFoundError as error:  # of the file that one URL finds within another (zip://x::file:///gone.zip)
        raise SourceNotFound(phrase("{url} does not exist.", url=url), phrase("Check the URL.")) from error
    except ValueError as error:
        raise _no_url(url, error) from error


def _no_url(url: str, error: ValueError) -> SourceNotFound:
    return SourceNotFound(phrase("{url} cannot be opened: {error}.", url=url, error=error), phrase("Check the URL."))


def remote_file(url: str) -> tuple[int, Callable[[], bytes]]:
    """The size of a file, and what reads it.

    Raises:
        OSError: if it cannot be had.
    """
    system, name = filesystem(url)
    return int(system.size(name) or 0), lambda: bytes(system.cat_file(name))
