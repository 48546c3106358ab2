"""`jsextract doctor`: what this installation has, and what is missing for what (自检)."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from importlib import metadata
from pathlib import Path

import click
from msgspec import Struct

from jsextract._version import __version__
from jsextract.batch.limits import MEMORY_MB, limits_of, machine_mb, processors, workers_of
from jsextract.cli.columns import aligned
from jsextract.errors import JsextractError
from jsextract.language import chosen
from jsextract.language.phrase import Phrase, listed, phrase, phrases, verbatim
from jsextract.language.system import reason
from jsextract.readers.page_work import page_work
from jsextract.rules.ruleset import load_rules
from jsextract.user_cache import users_folder

_FOR_WHAT = {
    "ocr": phrase("pages that are pictures"),
    "ray": phrase("runs on a cluster, sources and datasets at URLs"),
    "web": phrase("sources at http(s) addresses"),
    "archives": phrase("7z and rar archives"),
    "xlsx": phrase("export to Excel"),
    "parquet": phrase("export to Parquet"),
    "duckdb": phrase("export to DuckDB"),
    "export": phrase("exports of all formats"),
    "report": phrase("the page of findings"),
}
"""The extras that people install, by what they are for; those of developers are not told."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_MIB = 1 << 20
_LEAST_TEMP_MB = 200


class State(StrEnum):
    """How one thing is."""

    OK = "ok"
    OPTIONAL = "-"
    MISSING = "!!"


class Finding(Struct, frozen=True):
    """One thing that was looked at."""

    state: State
    what: Phrase
    told: Phrase


def print_doctor() -> int:
    """Prints what was found; 1 where something is missing that jsextract needs, else 0."""
    found = list(findings())
    for line in aligned([(one.state, str(one.what), str(one.told)) for one in found]):
        click.echo(line)
    missing = sum(one.state == State.MISSING for one in found)
    last = phrases("{number} thing is missing (!!).", "{number} things are missing (!!).", missing)
    whole = phrase("All that jsextract needs is here; lines with - are only needed for what they name.")
    click.echo(last if missing else whole)
    return int(missing > 0)


def findings() -> Iterator[Finding]:
    """Everything that is looked at, in the order in which it is told."""
    yield Finding(State.OK, verbatim("jsextract"), verbatim(f"{__version__}  {Path(__file__).parents[1]}"))
    yield Finding(State.OK, verbatim("Python"), verbatim(f"{platform.python_version()}  {sys.executable}"))
    yield _packages()
    yield from _extras()
    yield _rules()
    yield _program(
        "soffice",
        "LibreOffice",
        phrase("files of older word processors (.doc, .wps, .rtf), other workbooks (.ods, .xlsb)"),
    )
    yield _fonts()
    yield from _machine()
    yield Finding(State.OK, phrase("language"), verbatim(chosen.in_force()))


def _packages() -> Finding:
    """The packages without which nothing works."""
    wanted = list(_requirements(""))
    absent = [name for name in wanted if _version(name) is None]
    if absent:
        return Finding(State.MISSING, phrase("packages"), verbatim("pip install " + " ".join(absent)))
    return Finding(State.OK, phrase("packages"), listed(f"{name} {_version(name)}" for name in wanted))


def _extras() -> Iterator[Finding]:
    """The packages that single features need."""
    for extra in metadata.metadata("jsextract").get_all("Provides-Extra") or ():
        if extra not in _FOR_WHAT:
            continue
        absent = [name for name in _requirements(extra) if name != "jsextract" and _version(name) is None]
        remedy = verbatim(f"pip install 'jsextract[{extra}]'")
        told = listed([_FOR_WHAT[extra], remedy], ": ", "：") if absent else _FOR_WHAT[extra]
        yield Finding(State.OPTIONAL if absent else State.OK, verbatim(f"[{extra}]"), told)


def _requirements(extra: str) -> Iterator[str]:
    """The names of the packages that jsextract needs, or that one of its extras adds."""
    for requirement in metadata.requires("jsextract") or ():
        head, _, marker = requirement.partition(";")
        name = _NAME.match(head.strip())
        if name and (f"extra == '{extra}'" in marker.replace('"', "'") if extra else "extra ==" not in marker):
            yield name[0]


def _version(package: str) -> str | None:
    """The version of a package that is installed; None where it is not."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _rules() -> Finding:
    """Whether the rules load."""
    try:
        rules = load_rules((), "")
    except JsextractError as error:
        return Finding(State.MISSING, phrase("rules"), verbatim(str(error)))
    told = phrase("{facts} rules for sentences, {checks} for figures; profiles: {profiles}", facts=len(rules.facts),
                  checks=len(rules.equations), profiles=len(rules.profiles))  # fmt: skip
    return Finding(State.OK, phrase("rules"), told)


def _program(command: str, name: str, what: Phrase) -> Finding:
    """Whether a program is there that one feature calls."""
    where = shutil.which(command)
    return Finding(State.OK if where else State.OPTIONAL, verbatim(name), verbatim(where) if where else what)


def _fonts() -> Finding:
    """Chinese fonts: pages whose fonts are not embedded are read without, but their pictures are drawn with them."""
    lister = shutil.which("fc-list")
    if lister is None:
        return Finding(State.OPTIONAL, phrase("Chinese fonts"), phrase("unknown (there is no fc-list)"))
    asked = subprocess.run(  # noqa: S603
        [lister, ":lang=zh", "family"], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    number = len(set(asked.stdout.splitlines()))
    none = phrase("none: pictures of pages whose fonts are not embedded lack characters")
    told = phrases("{number} family", "{number} families", number)
    return Finding(State.OK if number else State.OPTIONAL, phrase("Chinese fonts"), told if number else none)


def _machine() -> Iterator[Finding]:
    """What a run may take of the machine."""
    memory, pictures = machine_mb(), page_work() is not None
    workers = phrases("{number} worker at once", "{number} workers at once", workers_of(None, pictures=pictures))
    limits = limits_of(None, None, pictures=pictures)
    each = phrase("{memory} MiB and {seconds} s a document", memory=limits.memory_mb, seconds=f"{limits.seconds:g}")
    yield Finding(State.OK, phrase("limits"), listed([workers, each]))
    if memory:
        wanted = processors() * MEMORY_MB
        told = verbatim(f"{memory} MiB")
        if memory < wanted:
            told = phrase("{memory}; --jobs workers may take {wanted} MiB together", memory=told, wanted=wanted)
        yield Finding(State.OK if memory >= wanted else State.OPTIONAL, phrase("memory"), told)
    yield _temp()
    yield _cache()


def _temp() -> Finding:
    """Whether temporary files can be written."""
    folder = tempfile.gettempdir()
    try:
        with tempfile.TemporaryFile(dir=folder) as handle:
            handle.write(b"\0")
        free = shutil.disk_usage(folder).free // _MIB
    except OSError as error:
        return Finding(
            State.MISSING, phrase("temporary files"), phrase("{name}: {reason}.", name=folder, reason=reason(error))
        )
    state = State.OK if free >= _LEAST_TEMP_MB else State.OPTIONAL
    return Finding(state, phrase("temporary files"), phrase("{folder}, {free} MiB free", folder=folder, free=free))


def _cache() -> Finding:
    """Whether there is a folder whose files are believed."""
    folder = users_folder()
    none = phrase("none that is yours alone: rules are compiled, and pictures read, anew each time")
    return Finding(State.OK if folder else State.OPTIONAL, phrase("cache"), verbatim(str(folder)) if folder else none)
