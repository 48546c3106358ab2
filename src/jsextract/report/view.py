"""What the findings page shows, as plain values: texts are in the language of the page, nothing is escaped yet."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Picture(Struct, frozen=True):
    """A cut out of a page.

    Attributes:
        source: a data: URI.
        width, height: pixels that it takes at most.
        focus: where across its first frame is, from 0 to 1.
        alt: what is to be seen, for who cannot.
        caption: file, page, table, item, column.
    """

    source: str
    width: int
    height: int
    focus: float
    alt: str
    caption: str


class Quote(Struct, frozen=True):
    """A sentence with its figures, for what has no picture.

    Attributes:
        parts: of the sentence in order, each with whether it is meant.
    """

    parts: Sequence[tuple[str, bool]]
    caption: str


class TableRow(Struct, frozen=True):
    """A row of a table, for what has no picture.

    Attributes:
        heads: its columns.
        values: as printed, in the same order.
        at: which of them are meant.
    """

    heads: Sequence[str]
    values: Sequence[str]
    at: Sequence[int]
    caption: str


class Compared(Struct, frozen=True):
    """A figure that a finding rests on, and where it stands."""

    where: str
    value: str
    page: str


class FindingView(Struct, frozen=True):
    """One finding.

    Attributes:
        name: what to call it, as `jsextract show --check` takes it.
        severity: the word of the vocabulary; severity_label is for people.
        figures: (label, value) of what is stated, computed, and the difference.
        reason: why it has no picture; blank where it has.
    """

    anchor: str
    name: str
    severity: str
    severity_label: str
    status_label: str
    origin_label: str
    message: str
    figures: Sequence[tuple[str, str]]
    compared: Sequence[Compared]
    pictures: Sequence[Picture]
    quotes: Sequence[Quote]
    rows: Sequence[TableRow]
    reason: str
    file: str


class AccountView(Struct, frozen=True):
    """One account.

    Attributes:
        unread: (file, what of it was not read).
        left_out: says how many findings are not shown, or have no picture; blank for none.
    """

    anchor: str
    title: str
    kind: str
    files: Sequence[str]
    counts: str
    unread: Sequence[tuple[str, str]]
    findings: Sequence[FindingView]
    left_out: str


class ContentsLine(Struct, frozen=True):
    """An account in the table of contents."""

    anchor: str
    title: str
    kind: str
    counts: Sequence[int]
    unread: int
    failed: bool


class Chart(Struct, frozen=True):
    """A chart with the figures that it shows."""

    title: str
    note: str
    svg: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
