"""A page of docs/ with measured figures between two marks."""

from __future__ import annotations

from pathlib import Path


def put_between(page: Path, start: str, end: str, text: str) -> None:
    """Writes `text` between the marks `start` and `end`, in place of what stands there."""
    before, _, rest = page.read_text(encoding="utf-8").partition(start)
    page.write_text(f"{before}{start}\n{text}\n{end}{rest.partition(end)[2]}", encoding="utf-8")
