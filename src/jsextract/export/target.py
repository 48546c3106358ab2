"""Where an export goes: only over files that an export of this dataset made, and only when it is whole."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from jsextract.dataset import atomic
from jsextract.dataset.folder import HIDDEN, LocalFolder
from jsextract.dataset.replaceable import not_writable
from jsextract.errors import OutputNotWritable
from jsextract.language.phrase import noted, phrase

_MADE = "exports.json"
"""Under HIDDEN: path → SHA-256 of what exports wrote."""
_OTHERWISE = noted("Give another place with -o, or --force.")


@contextlib.contextmanager
def replacing_own(out: Path, files: Sequence[Path], *, force: bool) -> Iterator[list[Path]]:
    """Paths to write to, whose files take the places of `files` together when the block ends well.

    Args:
        out: the dataset's folder, which remembers what was written, unless it is one of CSV files alone.
        files: in one folder, which is made where it is missing.
        force: whether files that no export made, or that were changed since, are replaced, too.

    Raises:
        OutputNotWritable: if one of them is not ours, or cannot be written.
    """
    made = _read(out)
    if not force:
        for path in files:
            _refuse_foreign(path, made)
    folder = files[0].parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with atomic.folder_within(folder) as unfinished:
            temps = [unfinished / path.name for path in files]
            yield temps
            hashes = {str(path.absolute()): atomic.settled(temp) for temp, path in zip(temps, files, strict=True)}
            _put_in_place(out, list(zip(temps, files, strict=True)), made | hashes)
    except OSError as error:
        raise not_writable(error, folder, phrase("Give another place with -o.")) from error


def _put_in_place(out: Path, pairs: Sequence[tuple[Path, Path]], made: dict[str, str]) -> None:
    """Replaces all files together, and where the dataset remembers what exports made, that with them."""
    hidden = out / HIDDEN
    if not hidden.is_dir():
        atomic.replace_all(pairs)
        return
    with atomic.replacing([hidden / _MADE], hidden, pairs) as (handle,):
        handle.write(json.dumps(made, indent=1, sort_keys=True) + "\n")


def _read(out: Path) -> dict[str, str]:
    """What exports of the dataset wrote so far; nothing where that is not known."""
    path = out / HIDDEN / _MADE
    try:
        return msgspec.json.decode(LocalFolder(out).read_text(f"{HIDDEN}/{_MADE}"), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # a link or a pipe in its place, too
        raise OutputNotWritable(
            phrase("{path} cannot be understood.", path=path), phrase("Delete it, and give --force once.")
        ) from error


def _refuse_foreign(path: Path, made: dict[str, str]) -> None:
    """Raises OutputNotWritable where something stands that no export made, or that was changed since."""
    known = made.get(str(path.absolute()))
    if not path.exists() and not path.is_symlink():
        return
    if known is None or not path.is_file():
        raise OutputNotWritable(
            phrase("{path} is there, and no export of this dataset made it.", path=path), phrase(_OTHERWISE)
        )
    with path.open("rb") as handle:
        if hashlib.file_digest(handle, "sha256").hexdigest() != known:
            raise OutputNotWritable(phrase("{path} was changed since it was exported.", path=path), phrase(_OTHERWISE))
