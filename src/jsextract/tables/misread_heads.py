"""Headers of which a picture was misread: the words that the columns of this form have, in their order (误识的表头).

A word of which characters were lost or taken for others, though the recogniser was sure of them, is the one word of
the form that it is near to, if no other column has that and it stands between the same neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from jsextract.model.document import Cell
from jsextract.rules.table_definitions import TableDef, bare_title, named
from jsextract.tables.alike import distance, nearest
from jsextract.tables.header import distinct
from jsextract.text.normal import squeeze

_FORM_MARK = re.compile(r"[（(]?公.\d{2}表[）)]?")
_LONG_TITLE = 4  # characters of a title of which one may be misread
_SHORTEST = 4
_LATIN = re.compile(r"[A-Za-z]+")  # no word of these forms has any: the rim of a seal is read as some
_FEWEST = 3  # words of a form by which it is known where no title tells, and of a row that repeats a header
_MOST = 0.5  # of a row that repeats a header
Texts = Mapping[tuple[int, int], str]


class Form(Struct, frozen=True):
    """The words that the header of a standard table has.

    Attributes:
        words: of its columns; those that stand in the order of the columns come with their places in it.
    """

    definition: TableDef
    words: Mapping[str, int]

    def knows(self, word: str) -> bool:
        """Whether a word is one of a column, in whatever wording."""
        return word in self.words or bool(named(self.definition.columns, word))


def form_of(title: str, words: Sequence[str], definitions: Sequence[TableDef]) -> Form | None:
    """The form of a table by its title, else the one that has most words of its header; None for none or several."""
    bare = bare_title(title)
    titled = [table for table in definitions if table.reads_title(bare)]
    hits = {table.id: len(set(words).intersection(table.words)) for table in definitions}
    most = max(hits.values(), default=0)
    if not titled and most >= _FEWEST:
        titled = [table for table in definitions if hits[table.id] == most]
    if len({table.words for table in titled}) != 1:
        return None
    own = titled[0]
    columns = {part for name, _ in own.columns for part in name.split("/")}
    return Form(own, {word: i for i, word in enumerate(own.words)} | dict.fromkeys(columns - {*own.words}, -1))


def right_title(title: str, words: str, definitions: Sequence[TableDef]) -> str:
    """A title of which characters were misread, as the one standard table calls it whose words stand in it.

    One that is only a misread mark of the form (公用01表) is none. A title that is known, or near to none, stays.
    """
    if _FORM_MARK.fullmatch(squeeze(title)):
        return ""
    bare = bare_title(title)
    if not bare or any(table.reads_title(bare) or table.reads_weakly(bare) for table in definitions):
        return title
    likely = {table.name for table in definitions if sum(word in words for word in table.words) >= table.need}
    near = [name for name in likely if distance(bare[-len(name) :], name) <= max(1, len(name) // _LONG_TITLE)]
    return bare[: -len(near[0])] + near[0] if len(near) == 1 else title


def misread_heads(
    slots: Sequence[Sequence[Cell]], first: int, form: Form | None, is_name: Callable[[str], bool]
) -> Texts:
    """What the misread words of a header have to be, by their places: of its own rows, and of those that repeat it.

    Args:
        slots: the grid of a table recognised in a picture.
        first: its first row below the header.
        form: that it has, where that is known.
        is_name: whether a word is one of the lists, whatever form it belongs to; such a word stays.
    """
    right: dict[tuple[int, int], str] = {}
    if form is not None:
        for index in range(first):
            right |= _of_row(_own(slots, index), form, is_name)
    heads = [
        {(c.col, c.col_span): right.get((c.row, c.col), squeeze(c.text)) for c in _own(slots, i)} for i in range(first)
    ]
    for index in range(first, len(slots)):
        for head in heads:
            right |= _repeated(_own(slots, index), head)
    return right


def _own(slots: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    """The cells that begin in a row and are filled."""
    return [cell for cell in distinct(slots[index]) if cell.row == index and cell.text]


def _of_row(cells: Sequence[Cell], form: Form, is_name: Callable[[str], bool]) -> Texts:
    said = [squeeze(cell.text) for cell in cells]
    places = [form.words.get(word, -1) for word in said]
    found: dict[tuple[int, int], str] = {}
    for i, (cell, word) in enumerate(zip(cells, said, strict=True)):
        if len(word) < _SHORTEST or is_name(word) or form.knows(word) or any(char.isdigit() for char in word):
            continue
        chinese = _LATIN.sub("", word)
        right = nearest(chinese, form.words, said, len(chinese) // 3)
        place = form.words.get(right, -1)
        before, after = ({p for p in side if p >= 0} for side in (places[:i], places[i + 1 :]))
        if place >= 0 and before | after and all(p < place for p in before) and all(p > place for p in after):
            found[cell.row, cell.col] = right
    return found


def _repeated(cells: Sequence[Cell], texts: Texts) -> Texts:
    """What the cells of a row have to be, where it repeats one of the header, whose texts come by column and span."""
    pairs = [(cell, texts.get((cell.col, cell.col_span), "")) for cell in cells]
    same = sum(squeeze(cell.text) == text for cell, text in pairs)
    if same < _FEWEST or same <= len(cells) * _MOST:
        return {}
    return {(cell.row, cell.col): text for cell, text in pairs if text not in ("", squeeze(cell.text))}
