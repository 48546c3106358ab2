"""What `jsextract show --unread` prints: the amounts that no fact carries, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from jsextract.language.phrase import listed, phrase, phrases
from jsextract.model.report import TableCell
from jsextract.narrative.unread import Missed
from jsextract.rules.pattern_format import printable
from jsextract.text.normal import squeeze

_AROUND = 30
"""Characters that are kept on each side of an amount."""


def print_unread(path: Path, missed: Missed) -> None:
    """The amounts that no fact carries, each marked in its sentence; what is far from all of them is left out."""
    if not missed.is_read:
        told = phrase("{file}: {kind}: its text is not read, only that of a final account (部门决算, 单位决算)",
                      file=printable(path.name), kind=missed.kind)  # fmt: skip
        click.echo(told)
        return
    for one in missed.sentences:
        click.echo(f"{place(one.page, one.section)}{about(one.topic)}")
        click.echo(f"  {printable(_marked(one.sentence, one.spans))}")
    for cell in missed.overflowed:
        click.echo(_lost(cell))
    amounts = sum(len(one.spans) for one in missed.sentences)
    where = phrases("{number} sentence", "{number} sentences", len(missed.sentences))
    left = phrases(
        "{number} amount of money in {where} that no fact carries",
        "{number} amounts of money in {where} that no fact carries", amounts, where=where,
    )  # fmt: skip
    left = left if amounts else phrase("no amount of money was missed")
    lost = phrases(
        "{number} figure printed as #### in tables", "{number} figures printed as #### in tables",
        len(missed.overflowed),
    )  # fmt: skip
    for told in (left, lost) if missed.overflowed else (left,):
        click.echo(listed((printable(path.name), told), ": ", "："))


def _lost(cell: TableCell) -> str:
    """Where a cell stands that prints #### in place of a figure."""
    box, page = "", phrase("page {number}", number=cell.page)
    if cell.box:
        corners = (cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1)
        box = "  " + str(phrase("at {place}", place=",".join(f"{corner:.0f}" for corner in corners)))
    name = "/".join(filter(None, (cell.place, cell.side, cell.code, cell.item, cell.column)))
    return f"{page}{box}  {printable(name)}\n  【{printable(squeeze(cell.value_text))}】"


def _marked(sentence: str, spans: Sequence[tuple[int, int]]) -> str:
    """A sentence with its amounts between 【 and 】."""
    ends = [(0, 0), *spans, (len(sentence), len(sentence))]
    between = [sentence[a:b] for (_, a), (b, _) in pairwise(ends)]
    amounts = [f"【{sentence[a:b]}】" for a, b in spans]
    last = len(between) - 1
    words = [_shortened(text, start=at == 0, end=at == last) for at, text in enumerate(between)]
    return "".join(map(str.__add__, words, [*amounts, ""]))


def _shortened(words: str, *, start: bool, end: bool) -> str:
    """Words around amounts: those near one are kept, `start` and `end` say where there is none."""
    before, after = (0 if start else _AROUND), (0 if end else _AROUND)
    if len(words) <= before + after + _AROUND:
        return words
    return f"{words[:before]}…{words[len(words) - after :]}"


def about(topic: str) -> str:
    """`  (about income)`; blank where nobody knows."""
    return "  " + str(phrase("(about {topic})", topic=topic)) if topic else ""


def place(page: int, section: str) -> str:
    """Where something stands; plain text has no pages."""
    where = phrase("page {number}", number=page) if page else ""
    return str(listed((where, printable(section)), "  ", "  "))
