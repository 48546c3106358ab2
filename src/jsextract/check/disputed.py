"""Figures on which the readings of a picture differ, or that break sums, as the identities choose (读数裁决).

A figure is chosen where one candidate alone makes every identity that it stands in hold, and one of these holds it to
its digits. What the identities leave open keeps its readings in a flag, and has no value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from msgspec.structs import replace

from jsextract.check.figure import cell_ref
from jsextract.check.score import identities
from jsextract.check.slips import slips
from jsextract.model.report import CheckResult, TableCell
from jsextract.rules.ruleset import RuleSet
from jsextract.tables.specks import figure_without
from jsextract.text.amounts import UNKNOWN, parse_number, to_yuan
from jsextract.vocabulary import DIFFERS, CheckStatus, Flag, Reader

MOST = 64  # combinations of figures that stand in one identity
_SURE = 0.97  # a digit that all readings are so sure of is what was printed, right or wrong
_UNSURE = 0.9  # below it any digit may be another
_ROUNDS = 8
_TWO = 2  # readings
Candidates = Mapping[Decimal, str]
_Propose = Callable[[TableCell], Candidates]
Cells = tuple[TableCell, ...]


def with_readings(cells: Sequence[TableCell], rules: RuleSet) -> Cells:
    """The cells; those recognised in pictures with the values that the identities of the tables choose.

    Args:
        cells: of the document; a flag has the readings of those that have no value.
        rules: with the identities.
    """
    if not any(cell.reader == Reader.OCR for cell in cells):
        return tuple(cells)
    return _Settling(tuple(cells), rules).settled()


class _Settling:
    """The cells of one document on their way."""

    def __init__(self, cells: Cells, rules: RuleSet) -> None:
        self.cells, self.rules = cells, rules
        self.refs = [cell_ref(cell) for cell in cells]
        self.places = {ref: i for i, ref in enumerate(self.refs)}
        self.single = {ref for ref, count in Counter(self.refs).items() if count == 1}

    def settled(self) -> Cells:
        """First each disputed figure by itself, then those that share identities; then what breaks sums."""
        self.cells = tuple(map(_agreed, self.cells))
        self._choose_readings(_read)
        self._choose_together()
        self._choose_readings(_nearly_read)
        for _ in range(_ROUNDS):
            if not self._mend_one():
                break
        return self.cells

    def _disputed(self) -> list[int]:
        """The figures whose readings differ and that have no value."""
        return [
            i
            for i, cell in enumerate(self.cells)
            if cell.value is None and UNKNOWN in cell.value_text and self.refs[i] in self.single and _readings(cell)
        ]

    def _choose_readings(self, candidates: _Propose) -> None:
        """Gives each disputed figure the only candidate that fits, until none is left that has just one."""
        going = True
        while going:
            going = False
            for i in self._disputed():
                fitting = [w for w in _ways([candidates(self.cells[i])], [i]) if self._fits(w)]
                if len(fitting) == 1:
                    self.cells, going = self._with(fitting[0]), True

    def _choose_together(self) -> None:
        """Gives disputed figures of one identity the only combination of their readings that fits."""
        left = self._disputed()
        for group in self._linked(left):
            candidates = [_read(self.cells[i]) for i in group]
            if len(group) > 1 and 0 < prod(map(len, candidates)) <= MOST:
                fitting = [way for way in _ways(candidates, group) if self._fits(way)]
                if len(fitting) == 1:
                    self.cells = self._with(fitting[0])

    def _linked(self, left: Sequence[int]) -> list[list[int]]:
        """The disputed figures that stand in one identity with each other, directly or by way of others."""
        groups: list[set[int]] = []
        for check in identities(self.cells, self.rules) if left else ():
            own = {i for ref in check.refs if (i := self.places.get(ref, -1)) in left}
            if own:
                groups = [*(g for g in groups if g.isdisjoint(own)), own.union(*(g for g in groups if g & own))]
        return [sorted(group) for group in groups]

    def _fits(self, way: Mapping[int, tuple[Decimal, str]]) -> bool:
        """Whether no identity of these figures fails so, and each of them is held by one."""
        refs = {self.refs[i] for i in way}
        own = [c for c in identities(self._with(way), self.rules) if not refs.isdisjoint(c.refs)]
        held = {ref for c in own if c.status == CheckStatus.PASS for ref in c.confirms}
        return refs <= held and not any(c.status in DIFFERS for c in own)

    def _with(self, way: Mapping[int, tuple[Decimal, str]]) -> Cells:
        return tuple(_arbitrated(c, *way[i]) if i in way else c for i, c in enumerate(self.cells))

    def _mend_one(self) -> bool:
        """Mends the figure that alone, by one slip, explains a failing identity; False where there is none."""
        for check in identities(self.cells, self.rules):
            if check.status != CheckStatus.FAIL:
                continue
            ways = [way for way in self._slips(check) if self._fits(way)]
            if len(ways) == 1:
                self.cells = self._with(ways[0])
                return True
        return False

    def _slips(self, check: CheckResult) -> Iterator[Mapping[int, tuple[Decimal, str]]]:
        """The figures of an identity with what one slip could have made of them that is as far off as the identity."""
        off = abs(Decimal(check.difference))
        for i in sorted(self.places[ref] for ref in check.refs if ref in self.single):
            cell = self.cells[i]
            if cell.value is None or cell.unit != check.unit or not _is_doubtable(cell):
                continue
            for slip in slips(_plain(cell.value_text), unsure=_confidence(cell) < _UNSURE):
                value = parse_number(slip.text)
                if value is not None and abs(value - cell.value) == off and (slip.lost or _confidence(cell) < _SURE):
                    yield {i: (value, slip.text)}


def _ways(candidates: Sequence[Candidates], group: Sequence[int]) -> Iterator[dict[int, tuple[Decimal, str]]]:
    """Each combination of candidates of some figures."""
    for chosen in product(*(own.items() for own in candidates)):
        yield dict(zip(group, chosen, strict=True))


def _readings(cell: TableCell) -> Sequence[str]:
    """All readings of a disputed figure, without specks; none where several figures stand in its cell."""
    told = [flag for flag in cell.flags if flag.startswith(Flag.READINGS_DIFFER)]
    readings = told[0].removeprefix(Flag.READINGS_DIFFER).split("|") if len(told) == 1 else []
    return [figure_without(reading) if parse_number(reading) is None else reading for reading in readings]


def _values(texts: Sequence[str]) -> Candidates:
    """Figures by their values."""
    return {value: text for text in reversed(texts) if (value := parse_number(text)) is not None}


def _read(cell: TableCell) -> Candidates:
    """The readings of a disputed figure."""
    return _values(_readings(cell))


def _nearly_read(cell: TableCell) -> Candidates:
    """What one slip turns into a reading of a disputed figure."""
    return _values([slip.text for reading in _readings(cell) for slip in slips(reading)])


def _agreed(cell: TableCell) -> TableCell:
    """The cell with the value of all its readings, where they only print it in different ways (0, .0)."""
    values = _read(cell)
    if cell.value is not None or UNKNOWN not in cell.value_text or len(_readings(cell)) < _TWO or len(values) != 1:
        return cell
    value, text = next(iter(values.items()))
    if any(parse_number(reading) is None for reading in _readings(cell)):
        return cell
    flags = tuple(dict.fromkeys((*cell.flags, Flag.LOW_CONFIDENCE)))
    return replace(cell, value=value, value_text=text, amount_yuan=to_yuan(value, cell.unit), flags=flags)


def _plain(text: str) -> str:
    return text.replace(",", "").replace("，", "").strip()


def _is_doubtable(cell: TableCell) -> bool:
    """Whether a figure was read alike by all readings, and is as they have it."""
    return cell.reader == Reader.OCR and _confidence(cell) >= 0 and Flag.ARBITRATED not in cell.flags


def _confidence(cell: TableCell) -> float:
    """The least confidence of the characters of a figure; -1 where it was not recognised."""
    told = [flag for flag in cell.flags if flag.startswith(Flag.RECOGNISED)]
    return min((float(flag.removeprefix(Flag.RECOGNISED)) for flag in told), default=-1.0)


def _arbitrated(cell: TableCell, value: Decimal, text: str) -> TableCell:
    """The cell with a value that the identities choose; what was read stays in its flags."""
    read = () if UNKNOWN in cell.value_text else (f"{Flag.MISREAD}{_plain(cell.value_text)}",)
    return replace(
        cell,
        value=value,
        value_text=text,
        amount_yuan=to_yuan(value, cell.unit),
        flags=(*cell.flags, *read, Flag.ARBITRATED),
    )
