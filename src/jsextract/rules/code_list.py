"""The lists of classification codes (政府收支分类科目): which code had which name in which years."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import regex
from msgspec import Struct

from jsextract.errors import PatternError
from jsextract.language.phrase import phrase
from jsextract.rules import rule_files
from jsextract.text.normal import squeeze

COLUMNS = ("code", "name", "since", "until", "seen")
SEEN = "seen"
CLASS_DIGITS = 3
"""Of the code of a 类."""
_YEAR = "(?:(?:19|20)[0-9]{2})?"
_ROW = regex.compile(f"[0-9]{{3}}(?:[0-9]{{2}}){{0,2}},{_YEAR},{_YEAR},(?:{SEEN})?")
_BETWEEN = "|"
_LONGEST = 100  # characters of a name


class CodeName(Struct, frozen=True):
    """A name that a code has or had (科目名称).

    Attributes:
        code: 3 digits for a 类, 5 for a 款, 7 for a 项.
        name: in normal form.
        since, until: the first and the last fiscal year; blank where there is none, or the list tells none.
        seen: whether it was read in published accounts; other names are known, but no ground for a finding.
    """

    code: str
    name: str
    since: str
    until: str
    seen: bool


def load_codes(folders: Iterable[Path], kind: str) -> tuple[CodeName, ...]:
    """The list of codes of a kind (function, economic) of all these folders; a later one adds names, and codes.

    Raises:
        PatternError: as for `read_codes`.
    """
    paths = (folder / "lexicon" / f"{kind}_codes.csv" for folder in folders)
    return tuple(name for path in paths if path.exists() or path.is_symlink() for name in read_codes(path))


def read_codes(path: Path) -> tuple[CodeName, ...]:
    """A list of codes; where a code changed its name the oldest name comes first, today's last.

    Raises:
        PatternError: if the file cannot be read, or a row is none of a code, a name, two years and `seen`.
    """
    try:
        rows = [*csv.reader(rule_files.read_text(path).splitlines())]
    except csv.Error as error:
        raise PatternError(phrase("{path}: it is no CSV file ({error}).", path=path, error=error)) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise PatternError(phrase("{path}: the first line has to be {columns}.", path=path, columns=",".join(COLUMNS)))
    for line, row in enumerate(rows[1:], start=2):
        if (
            len(row) != len(COLUMNS)
            or not 0 < len(row[1]) <= _LONGEST
            or _BETWEEN in row[1]
            or not _ROW.fullmatch(",".join((row[0], *row[2:])))
        ):
            raise PatternError(
                phrase(
                    "{path}, line {line}: {row} is no row of {columns}.",
                    path=path,
                    line=line,
                    row=",".join(row)[:_LONGEST],
                    columns=",".join(COLUMNS),
                ),
                phrase("A code of 3, 5 or 7 digits, a name, two years or blanks, {seen} or a blank.", seen=SEEN),
            )
    # all names at once: one by one costs four times as much
    names = squeeze(_BETWEEN.join(row[1] for row in rows[1:])).split(_BETWEEN)
    return tuple(
        CodeName(code, name, since, until, bool(seen))
        for (code, _, since, until, seen), name in zip(rows[1:], names, strict=True)
    )


def todays(names: Iterable[CodeName]) -> Mapping[str, str]:
    """Code → the name that it has today, or had last."""
    return {name.code: name.name for name in names}


def by_name(names: Iterable[CodeName]) -> Mapping[str, tuple[CodeName, ...]]:
    """Name → all that had it: 行政运行 is a 项 of many 款, and 棚户区改造支出 may be the 支出 of 棚户区改造."""
    found: dict[str, list[CodeName]] = {}
    for name in names:
        found.setdefault(name.name, []).append(name)
    for printed, had in found.items():
        if printed.endswith("支出"):
            had.extend(found.get(printed.removesuffix("支出"), ()))
    return {name: tuple(had) for name, had in found.items()}


def code_of(had: Iterable[CodeName], year: int | None) -> str:
    """The one code that a name tells: of those that had it in that year, or ever; blank where it was several."""
    ever = tuple(had)
    then = [name for name in ever if year is not None and _held(name, str(year))]
    codes = {name.code for name in then or ever}
    return codes.pop() if len(codes) == 1 else ""


def name_of(names: Mapping[str, Iterable[CodeName]], code: str, year: int | None) -> str:
    """What a code was called in that year, the longest where it had several names; blank where no list tells."""
    held = (had for same in names.values() for had in same if had.code == code)
    return max((had.name for had in held if year is None or _held(had, str(year))), key=len, default="")


def _held(name: CodeName, year: str) -> bool:
    return name.since <= year and (not name.until or year <= name.until)
