"""Whose account a workbook is, by the names of its file and folder, where it prints neither (文件名、文件夹名)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePath

from msgspec import Struct

from jsextract.outline.entity import plain_name
from jsextract.outline.places import place_of
from jsextract.outline.title import read_title
from jsextract.readers.formats import ARCHIVES, suffix_tag
from jsextract.remote import local_path
from jsextract.text.normal import squeeze
from jsextract.text.tokens import YEAR

WORKBOOKS = frozenset({"xlsx", "xls", "et", "xlsb", "ods", "csv"})
_IN_BRACKETS = re.compile(r"（(?P<name>[^（）]{3,40})）")
_NUMBERED = re.compile(r"^(?:附[件表]?[\d一二三四五六七八九十]*[.、：_-]*|\d{1,2}[.、：_-]+)")
_OF_A_PLACE = re.compile(r".?|(?:各|全|[省市区县州镇乡]?[直级本]).{0,4}")
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")


class PathNames(Struct, frozen=True):
    """What the names of a file and its folder say; blank and None where they do not say.

    Attributes:
        entity: the body whose account it is.
        year: the fiscal year.
        what: 部门 or 单位, of whose accounts they speak.
    """

    entity: str = ""
    year: int | None = None
    what: str = ""


def told_by_path(path: str) -> PathNames:
    """What the name of a workbook says, and what it leaves open the name of its folder; nothing for other files.

    Args:
        path: a path or a URL; its suffix tells whether it is one of a workbook.
    """
    if suffix_tag(PurePath(path).suffix) not in WORKBOOKS:
        return PathNames()
    local = local_path(path)
    folder = Path(local).absolute().parent.name if local is not None else ""
    file, above = _told(PurePath(path).stem), _told(_without_suffix(folder))
    return PathNames(file.entity or above.entity, file.year or above.year, file.what or above.what)


def _without_suffix(folder: str) -> str:
    """A folder's name; that of an archive without its suffix."""
    return PurePath(folder).stem if suffix_tag(PurePath(folder).suffix) in ARCHIVES else folder


def path_tag(path: str) -> str:
    """A short digest of what the names of a workbook's path say; blank where they say nothing."""
    told = told_by_path(path)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8] if told != PathNames() else ""


def _told(name: str) -> PathNames:
    """What one name says; only one that speaks of a final account says whose it is."""
    words = _NUMBERED.sub("", squeeze(name))
    title = read_title(words)
    if title is None or title.account != "决算":
        return PathNames()
    years = _YEAR.findall(words)
    year = title.year or (int(years[0]) if len(years) == 1 else None)
    bracketed = (found["name"] for found in _IN_BRACKETS.finditer(words))
    names = map(plain_name, (title.before, title.after, *bracketed))
    return PathNames(next(filter(_is_body, names), ""), year, title.what)


def _is_body(name: str) -> bool:
    """Whether a name is one of a body, not of a place, whose folder holds the accounts of many."""
    return bool(name) and _OF_A_PLACE.fullmatch(name[len(place_of(name)) :]) is None
