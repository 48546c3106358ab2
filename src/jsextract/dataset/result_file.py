"""The text of a result file: three lines, each held against its checksum when it is used (结果文件).

The first line is sealed under the result's name, and has the checksums of the two others; so a file that was damaged,
cut short, exchanged for another's or kept from an earlier run gives nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from jsextract.dataset import codec
from jsextract.dataset.keys import sha256_of_key
from jsextract.dataset.rendered import Rendered, from_line, render_rows, to_line
from jsextract.dataset.seal import checksum, is_sealed, sealed, unsealed
from jsextract.model.ids import document_id
from jsextract.model.report import Report
from jsextract.vocabulary import DocumentStatus

LINES = 3
_ROWS, _REPORT = 0, 1  # places of the checksums in `Head.sums`
_FORMAT = 3
_UNSEALED = 2
"""The last format without checksums."""
Own = TypeVar("Own", Rendered, Report)
_UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What reading anything but our own text may raise."""


class Head(Struct, frozen=True):
    """The first line of a result file.

    Attributes:
        reader: what read the document.
        format: of the file; 1 was one line, 2 had no checksums.
        run: the number of the run that wrote it; 0 where that is not known.
        seal: the line's checksum; blank where there is none.
        settled: whether it may be used again: failures are tried again.
        form: what made its rows and its note.
        note, outcome: see `packed`.
        rest: how many bytes the lines behind it have; -1 where that is not known.
        size: how many bytes the file has.
        sums: the checksums of these.
        report: the report, in format 1.
    """

    reader: str
    format: int = 1
    run: int = 0
    seal: str = ""
    settled: bool = True
    form: str = ""
    note: str = ""
    outcome: Any = None
    rest: int = -1
    size: int = 0
    sums: tuple[str, ...] = ()
    report: Any = None


def packed(report: Report, reader: str, form: str = "", note: str = "", outcome: Any = None) -> str:
    """The text of a result file but for the seal of its first line: a line about it, its rows, the report.

    Args:
        report: what was read.
        reader: what read it.
        form: what made the rows and the note.
        note: what other documents are held against; the store does not look into it.
        outcome: plain data, what a run says of the document when it need not read it; likewise.
    """
    rest = (to_line(render_rows(report)), codec.to_text(replace(report, file="")))
    head = {
        "format": _FORMAT,
        "reader": reader,
        "settled": settled(report),
        "form": form,
        "note": note,
        "outcome": outcome,
        "rest": sum(len(line.encode()) + 1 for line in rest),
        "sums": list(map(checksum, rest)),
    }
    return "".join(f"{line}\n" for line in (json.dumps(head, separators=(",", ":")), *rest))


def settled(report: Report) -> bool:
    """Failures are tried again: a limit, a password or the program may have changed."""
    return report.status != DocumentStatus.FAILED


def with_seal(text: str, key: str, run: int) -> str:
    """What `packed` gave, as it stands in the file of the result `key`, written by the run of that number."""
    head, newline, rest = text.partition("\n")
    return f"{sealed(f'{run} {head}', key)}{newline}{rest}"


def head_of(line: str, key: str) -> Head:
    """The first line of the file of the result `key`.

    Raises:
        ValueError: if it is none.
    """
    is_old = not is_sealed(line)
    run, _, said = ("0", "", line) if is_old else unsealed(line, key).partition(" ")
    try:
        head = msgspec.json.decode(said, type=Head)
    except RecursionError as error:
        raise ValueError("brackets without end") from error
    if (head.format <= _UNSEALED) != is_old:
        raise ValueError("the checksum is missing")
    seal = "" if is_old else line.partition(" ")[0]
    return replace(head, run=int(run), seal=seal, size=len(line.encode()) + 1 + head.rest)


def same_but_run(text: str, other: str) -> bool:
    """Whether two files of one result say the same, whichever runs wrote them."""
    (head, _, rest), (other_head, _, other_rest) = text.partition("\n"), other.partition("\n")
    return head.split(" ", 2)[2:] == other_head.split(" ", 2)[2:] and rest == other_rest


def is_whole(head: Head, lines: list[str], key: str) -> bool:
    """Whether the lines behind the first are the result's own: by their checksums, else by what they say."""
    if head.sums:
        return tuple(map(checksum, lines)) == head.sums
    try:
        return head.report is not None or (
            rows_of(head, lines[0], key) is not None and report_of(head, lines[1], key) is not None
        )
    except _UNREADABLE:
        return False


def rows_of(head: Head, line: str, key: str) -> Rendered:
    """The rows of a result.

    Raises:
        ValueError: if the line is damaged, or another document's.
    """
    rendered = _understood(head, _ROWS, line, from_line)
    return rendered if head.sums else _own(rendered, rendered.document[0], key)


def report_of(head: Head, line: str, key: str) -> Report:
    """The report of a result.

    Raises:
        ValueError: if the line is damaged, or another document's.
    """
    report = _understood(
        head, _REPORT, line, lambda line: codec.from_json(json.loads(line) if head.report is None else head.report)
    )
    return report if head.sums else _own(report, report.document_id, key)


def _understood(head: Head, at: int, line: str, read: Callable[[str], Own]) -> Own:
    """What `read` makes of a line whose checksum is the one at `at`.

    Raises:
        ValueError: if it does not fit, or the line is damaged.
    """
    try:
        if head.sums and checksum(line) != head.sums[at]:
            raise ValueError(f"the checksum of the {'rows' if at == _ROWS else 'report'} does not fit")
        return read(line)
    except _UNREADABLE as error:
        raise ValueError(str(error)) from error


def _own(found: Own, document: str, key: str) -> Own:
    """What was found, if it is of the document that the result is named after; nothing else tells that without a seal.

    Raises:
        ValueError: if it is not.
    """
    if document != document_id(sha256_of_key(key)):
        raise ValueError(f"it is the result of {document}")
    return found
