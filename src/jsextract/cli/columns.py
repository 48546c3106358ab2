"""Plain text in columns for terminals, where a Chinese character takes two places."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len, set_cell_size

from jsextract.text.visible import one_line


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """Rows as lines with columns under each other, no text broken; those numbered in `right` end under each other."""
    rows = [[one_line(text) for text in row] for row in rows]
    rooms = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            " " * (room - cell_len(text)) + text if number in right else set_cell_size(text, room)
            for number, (text, room) in enumerate(zip(row, rooms, strict=True))
        ).rstrip()
        for row in rows
    ]


def cut(text: str, room: int) -> str:
    """The text, with … for what does not fit into `room` places."""
    return text if cell_len(text) <= room else f"{set_cell_size(text, room - 1).rstrip()}…"


def filled(text: str, room: int) -> str:
    """The text with blanks up to `room` places."""
    return text + " " * (room - cell_len(text))
