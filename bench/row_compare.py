"""What differs between two datasets of jsextract: pure functions over CSV files, for bench/same_rows.py.

Rows belong to a document and are compared in the order in which they stand there; rows that are missing or added do not
push the others out of step. Columns are compared by name. Ids are compared without their first letter.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from pathlib import Path

from bench.row_pairs import paired

csv.field_size_limit(1 << 30)
_ID = re.compile(r"(?<![0-9A-Za-z])d([0-9a-f]{16})(?![0-9A-Za-z])")
_NAMES = (
    "fact_id", "table", "row", "side", "code", "item", "column", "check_id", "indicator", "project", "heading", "term",
)  # fmt: skip
_IDS = frozenset({"document_id", "file"})
DOCUMENTS = "documents.csv"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        what: one of KINDS.
        document: its file name; blank where it is about the whole file.
        row: where it stands and what it is called, for whoever looks for it.
    """

    what: str
    file: str
    document: str = ""
    column: str = ""
    before: str = ""
    after: str = ""
    row: str = ""


KINDS = (
    "value", "row added", "row missing", "row of several documents", "column added", "column missing", "column order",
    "document order", "file added", "file missing", "form", "exit code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allowed:
    """Differences that are meant: of this kind, where all patterns (`*`, `?`) fit. `reason` is printed with them."""

    what: str
    reason: str
    file: str = "*"
    document: str = "*"
    column: str = "*"
    before: str = "*"
    after: str = "*"

    def __post_init__(self) -> None:
        if self.what not in KINDS:
            raise ValueError(f"{self.what!r} is none of {', '.join(KINDS)}")
        if not self.reason.strip():
            raise ValueError(f"{self.what} {self.file} {self.column}: no reason")

    def fits(self, found: Difference) -> bool:
        """Whether it allows the difference."""
        names = ("file", "document", "column", "before", "after")
        return self.what == found.what and all(fnmatchcase(getattr(found, n), getattr(self, n)) for n in names)


def allowed_from(data: Mapping[str, object]) -> tuple[Allowed, ...]:
    """The entries `[[allow]]` of a TOML file; a key that is not known is an error."""
    known = {f.name for f in fields(Allowed)}
    entries = data.get("allow", [])
    if set(data) - {"allow"} or not isinstance(entries, list):
        raise ValueError("a file of allowed changes holds [[allow]] entries, nothing else")
    for entry in entries:
        if unknown := set(entry) - known:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    return tuple(Allowed(**entry) for entry in entries)


@dataclass(slots=True)
class Sheet:
    """One CSV file: its columns, its rows by name, and how it is written."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    form: str = ""


Dataset = Mapping[str, Sheet]


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file; `same` are equal, `meant` differ as is allowed."""

    before: int = 0
    after: int = 0
    same: int = 0
    meant: int = 0
    differing: int = 0
    missing: int = 0
    added: int = 0

    def add(self, other: Tally) -> None:
        """Counts the rows of another part in."""
        for f in fields(self):
            setattr(self, f.name, getattr(self, f.name) + getattr(other, f.name))


@dataclass(slots=True)
class Comparison:
    """All that was found: rows by file, differences that are not allowed, and how often each allowance was used."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    used: Counter[Allowed] = field(default_factory=Counter)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, other: Comparison) -> None:
        """Counts another part in."""
        for name, tally in other.tallies.items():
            self.tallies.setdefault(name, Tally()).add(tally)
        self.differences += other.differences
        self.used.update(other.used)
        self.columns |= other.columns


# ---- reading


def read_dataset(folder: Path) -> dict[str, Sheet]:
    """Every CSV file of a dataset."""
    return {path.name: read_sheet(path) for path in sorted(folder.glob("*.csv"))}


def read_sheet(path: Path) -> Sheet:
    """One CSV file, ids without their first letter."""
    with path.open("rb") as raw:
        start = raw.readline()
    mark, end = "BOM" if start.startswith(b"\xef\xbb\xbf") else "no BOM", "CRLF" if start.endswith(b"\r\n") else "LF"
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        columns = tuple(next(reader, ()))
        rows = [dict(zip(columns, map(plain, row), strict=True)) for row in reader]
    return Sheet(columns, rows, f"{mark}, {end}")


def plain(value: str) -> str:
    """The value with document ids as they were before they began with `d`, wherever they stand in it."""
    return _ID.sub(r"\1", value) if "d" in value else value


# ---- whose rows


def names_by_id(data: Dataset) -> dict[str, str]:
    """{document id: its file}; of files with one content the first."""
    out: dict[str, str] = {}
    for row in data[DOCUMENTS].rows if DOCUMENTS in data else ():
        out.setdefault(row.get("document_id", ""), row.get("file", ""))
    return {key: name for key, name in out.items() if key}


def documents_by_account(data: Dataset) -> dict[str, str]:
    """{account id: the ids of its documents, `;` between them}."""
    rows = [row for name in ("indicators.csv", "accounts.csv") if name in data for row in data[name].rows]
    return {row["account_id"]: row["documents"] for row in rows if row.get("account_id") and row.get("documents")}


def owner(row: Mapping[str, str], file: str, names: Mapping[str, str], accounts: Mapping[str, str]) -> str:
    """The file that the row is of; of an account in several files all of them, `;` between."""
    whole = accounts.get(row.get("account_id", ""), row.get("documents", ""))
    ids = row.get("document_id") or whole
    if file.startswith("indicators") and ";" in whole:
        ids = whole
    if file == DOCUMENTS:
        return names.get(ids) or row.get("file", "")
    return ";".join(names.get(i, i) for i in ids.split(";"))


def by_owner(data: Dataset, file: str, known: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """{document: its rows in their order}; `known` names documents by id before the dataset's own names do."""
    names, accounts = names_by_id(data) | dict(known), documents_by_account(data)
    out: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in data[file].rows:
        out[owner(row, file, names, accounts)].append(row)
    return dict(out)


# ---- comparing


def compare(before: Dataset, after: Dataset, allowed: Sequence[Allowed], part: str = "") -> Comparison:
    """Compares two datasets; `part` stands before the names of documents."""
    out = Comparison()
    found = [Difference("file missing", name) for name in before if name not in after]
    found += [Difference("file added", name) for name in after if name not in before]
    sift(out, found, allowed)
    for name in before:
        if name in after:
            compare_file(out, name, before, after, allowed, part)
    return out


def compare_file(
    out: Comparison, file: str, before: Dataset, after: Dataset, allowed: Sequence[Allowed], part: str
) -> None:
    """Compares one file and puts what it finds into `out`."""
    old, new = before[file], after[file]
    shared = [c for c in old.columns if c in new.columns]
    out.columns[file] = tuple(c for c in new.columns if c not in old.columns)
    sift(out, about_columns(file, old, new), allowed)
    known = names_by_id(before)
    ours, theirs = by_owner(before, file, known), by_owner(after, file, known)
    sift(out, about_order(file, ours, theirs), allowed)
    tally = out.tallies[file] = Tally(len(old.rows), len(new.rows))
    for joint in [d for d in theirs if ";" in d and d not in ours]:
        several = Difference("row of several documents", file, joint)
        if not sift(out, [several], allowed):
            tally.meant += len(theirs.pop(joint)) + sum(len(ours.pop(d, ())) for d in joint.split(";"))
    for document in dict.fromkeys([*ours, *theirs]):
        rows = compare_rows(file, f"{part}{document}", ours.get(document, []), theirs.get(document, []), shared)
        for found in rows:
            count(tally, found, sift(out, found, allowed))


def about_columns(file: str, old: Sheet, new: Sheet) -> list[Difference]:
    """Columns that are new or gone or stand in another order, and another way of writing the file."""
    found = [Difference("column added", file, column=c) for c in new.columns if c not in old.columns]
    found += [Difference("column missing", file, column=c) for c in old.columns if c not in new.columns]
    ours, theirs = [[c for c in a if c in b] for a, b in ((old.columns, new.columns), (new.columns, old.columns))]
    if ours != theirs:
        found.append(Difference("column order", file, before=" ".join(ours), after=" ".join(theirs)))
    if old.form != new.form:
        found.append(Difference("form", file, before=old.form, after=new.form))
    return found


def about_order(file: str, ours: Mapping[str, object], theirs: Mapping[str, object]) -> list[Difference]:
    """The first two documents that stand the other way round."""
    pair = zip((d for d in ours if d in theirs), (d for d in theirs if d in ours), strict=True)
    turned = next((p for p in pair if p[0] != p[1]), None)
    return [Difference("document order", file, before=turned[0], after=turned[1])] if turned else []


def compare_rows(
    file: str, document: str, ours: Sequence[Mapping[str, str]], theirs: Sequence[Mapping[str, str]], shared: list[str]
) -> Iterator[list[Difference]]:
    """For each row of a document what differs: nothing, its values, or that it is missing or added."""
    columns = [c for c in shared if c not in _IDS or file == DOCUMENTS]
    old, new = ([tuple(row[c] for c in columns) for row in rows] for rows in (ours, theirs))
    for i, j in paired(old, new):
        if i is None and j is not None:
            yield [Difference("row added", file, document, after=told(theirs[j]), row=label(j, theirs[j]))]
        elif j is None and i is not None:
            yield [Difference("row missing", file, document, before=told(ours[i]), row=label(i, ours[i]))]
        elif i is not None and j is not None:
            where = label(i, ours[i])
            changed = [(c, a, b) for c, a, b in zip(columns, old[i], new[j], strict=True) if a != b]
            yield [Difference("value", file, document, c, a, b, where) for c, a, b in changed]


def label(number: int, row: Mapping[str, str]) -> str:
    """The number of a row within its document, and its name."""
    name = row.get("fact_id") or "/".join(row[c] for c in _NAMES if row.get(c))
    return f"#{number} {name}".rstrip()


def told(row: Mapping[str, str]) -> str:
    """A row in one line, blanks left out."""
    return "; ".join(f"{column}={value}" for column, value in row.items() if value and column not in _IDS)


def sift(out: Comparison, found: Iterable[Difference], allowed: Sequence[Allowed]) -> list[Difference]:
    """Keeps and returns the differences that nothing allows; counts what allows the others."""
    kept = []
    for one in found:
        by = next((a for a in allowed if a.fits(one)), None)
        if by is None:
            kept.append(one)
        else:
            out.used[by] += 1
    out.differences += kept
    return kept


def count(tally: Tally, found: Sequence[Difference], kept: Sequence[Difference]) -> None:
    """Counts one row."""
    if not found:
        tally.same += 1
    elif not kept:
        tally.meant += 1
    elif kept[0].what == "value":
        tally.differing += 1
    elif kept[0].what == "row missing":
        tally.missing += 1
    else:
        tally.added += 1
