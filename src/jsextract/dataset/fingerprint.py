"""What reads: the version and a digest of code, rules, libraries and models.

A changed rule, or another version of a library that decides what is read, makes old results stale.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from jsextract._version import __version__
from jsextract.readers.page_work import Ocr, model_id
from jsextract.rules import rule_files

_RULES = frozenset({".yaml", ".txt", ".csv"})
_LIBRARIES = ("pypdfium2", "pdfplumber", "camelot-py", "jieba")


def reader_id(folders: Sequence[Path] = (), profile: str = "", ocr: str = Ocr.AUTO) -> str:
    """The version with twelve digits of a digest over the code, the rules in force, and what else reads.

    Args:
        folders: of the user's own rules.
        profile: the overlay that was asked for; blank where each document's cover decides.
        ocr: which pages are read as pictures: auto, never or always.

    Raises:
        PatternError: if a rule file is none that is read.
    """
    return _reader_id(rule_files.layers(folders), tuple(others(ocr).items())) + (profile and f"+{profile}")


def others(ocr: str = Ocr.AUTO) -> dict[str, str]:
    """What reads besides this package: libraries with their versions, and the model that reads pictures of pages."""
    found = {name: _version(name) for name in _LIBRARIES}
    return {**found, "model": model} if (model := model_id(ocr)) else found


@functools.cache
def _version(library: str) -> str:
    """Of an installed distribution, told without importing it; blank where it is not installed."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


@functools.cache
def _reader_id(folders: tuple[Path, ...], named: tuple[tuple[str, str], ...]) -> str:
    """The version and a digest of the code, the rules and what is `named` beside them (libraries, model, profile)."""
    digest = hashlib.sha256(repr(named).encode())
    for path in _files(folders):
        digest.update(os.fsencode(path.name))
        digest.update(rule_files.read_bytes(path))
    return f"{__version__}+{digest.hexdigest()[:12]}"


@functools.cache
def form_id() -> str:
    """A digest over the code that makes rows and notes of a report: others' are made anew."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for part in ("vocabulary", "model", "text", "check", "accounts", "dataset"):
        for path in sorted((package / part).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(folders: tuple[Path, ...]) -> Iterator[Path]:
    """Only what decides a result: not the command line, the batches or the files' own format."""
    package = Path(__file__).resolve().parents[1]
    for part in (
        "vocabulary",
        "model",
        "text",
        "rules",
        "readers",
        "outline",
        "layout",
        "tables",
        "narrative",
        "check",
    ):
        yield from sorted((package / part).rglob("*.py"))
    yield package / "pipeline.py"
    for folder in folders:
        for kind in rule_files.KINDS:
            yield from sorted(p for p in (folder / kind).rglob("*") if p.suffix in _RULES and p.is_file())
