"""Which year a figure is of (所属年度): as its clause says, its sentence, its list, or the account."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from jsextract.narrative.discourse import DiscourseState
from jsextract.narrative.matches import Match, ReadingContext
from jsextract.outline.headings import Part
from jsextract.rules.file_types import LISTED, Claim
from jsextract.rules.tokenize import DATE, Token, TokenText
from jsextract.rules.tokenize import YEAR as CODED_YEAR
from jsextract.text.normal import normalise, squeeze
from jsextract.text.sentences import sentence_start
from jsextract.text.tokens import YEAR
from jsextract.vocabulary import Measure

_YEARS = regex.compile(YEAR)
_HEADED = frozenset({Measure.FINAL, LISTED})
_OWN_YEAR = regex.compile(rf"本年|当年|今年|年末|年底|[{CODED_YEAR}{DATE}]")
_SPAN = regex.compile(rf"(?<!\d)({YEAR})年?度?[-—~～至到]({YEAR})年度?(?!底|末|期间)")
_TELLS = regex.compile(r"收支|决算|预算|收入|支出|财务")
_FIGURE = regex.compile(r"\d[\d,.]*(?:[万亿]?元|%)")
_LONGEST = 60
"""Characters of a line that announces what follows."""


class YearResolver:
    """Tells the years of the figures of one coded paragraph."""

    def __init__(self, coded: TokenText, part: Part, context: DiscourseState, setting: ReadingContext) -> None:
        self.coded, self.part, self.context, self.setting = coded, part, context, setting

    def of(self, token: Token | None) -> int | None:
        """The year that a token means, 上年 counted from the account's; None where it means none."""
        if token is None or token.kind != "year":
            return None
        if token.shift is not None:
            return None if self.setting.year is None else self.setting.year + token.shift
        return int(token.value) if token.value is not None else None

    def told(self, hit: Match, claim: Claim) -> int | None:
        """The year that a clause gives its figure, or that of the figure whose parts are listed; None for neither."""
        own = self.of(self._token(hit, claim.year[1:-1])) if claim.year.startswith("{") else None
        if own is not None or (claim.year and not claim.year.startswith("{")):
            return own
        if claim.measure in _HEADED:
            told = self._heading(hit)
            if told is not None:
                return told
        frame = next((frame for frame in reversed(self.context.frames) if frame.listed), None)
        inherits = claim.measure in {LISTED, Measure.SHARE}
        listed = inherits and frame is not None and not frame.lingering
        return frame.year if listed and frame is not None else None

    def is_prior(self, hit: Match, claim: Claim) -> bool:
        """2021年度决算数为3万元, in an account of 2022: the figure of the year before (上年数)."""
        told = self.told(hit, claim)
        if told is None or told in self.context.years:
            return False
        return self.setting.year is not None and told == self.setting.year - 1

    def planned(self, hit: Match, measure: str) -> int | None:
        """The next year, of whose budget a sentence or its heading tells (2023年预算3万元，比…增加1万元); else None.

        What such a sentence says of changes, rates and parts is that budget's, and nothing of the account's own
        figures; so are changes in the sentence after it, where that names no year.
        """
        following = self.setting.year + 1 if self.setting.year else 0
        if str(following) not in self.coded.normal.text and str(following) not in self.part.heading:
            return None
        left = sentence_start(self.coded.text, hit.start)
        first = self._first(left, hit.end)
        if first is None and measure in {Measure.CHANGE, Measure.CHANGE_RATE} and left > 1:
            first = self._first(sentence_start(self.coded.text, left - 1), left - 1)
        if first is None:
            told = "预算" in self.part.heading and {*_YEARS.findall(self.part.heading)} == {str(following)}
        else:
            words = self.coded.normal.text[first.end : self.coded.normal_span(hit.start, hit.end)[1]]
            told = self.of(first) == following and "预算" in words
        return following if told else None

    def are_several(self, hit: Match) -> bool:
        """2020年至2022年累计投入3万元: a figure of no single year."""
        left = sentence_start(self.coded.text, hit.start)
        times = [self.coded.tokens[at] for at in range(left, hit.start) if at in self.coded.tokens]
        last = next((t for t in reversed(times) if t.kind in {"year", "date"}), None)
        return last is not None and len(_YEARS.findall(self.coded.normal.text, last.start, last.end)) > 1

    def _heading(self, hit: Match) -> int | None:
        """2021年收入480万元，支出470万元: the year that the sentence begins with, and that no other one follows."""
        left = sentence_start(self.coded.text, hit.start)
        token = self.coded.tokens.get(left)
        first = self.of(token)
        if (
            token is None
            or first is None
            or token.shift is not None
            or _OWN_YEAR.search(self.coded.text, left + 1, hit.end)
        ):
            return None
        return first

    def _first(self, start: int, end: int) -> Token | None:
        """The first year between two places that is printed as a number."""
        tokens = (self.coded.tokens[at] for at in range(start, end) if at in self.coded.tokens)
        return next((token for token in tokens if token.kind == "year" and token.shift is None), None)

    def _token(self, hit: Match, slot: str) -> Token | None:
        """The token in a slot of the match; None where the slot is empty."""
        return self.coded.tokens.get(hit.match.start(slot)) if hit.match[slot] is not None else None


def years_told(lines: Iterable[str]) -> frozenset[int]:
    """The years of 2018年-2020年收支情况如下：, where a line that states no figure announces them; else none.

    What is told of each of them is a figure of that year, and not the prior year's of another.
    """
    years: set[int] = set()
    for line in lines:
        words = squeeze(normalise(line).text)
        span = _SPAN.search(words) if len(words) <= _LONGEST and not _FIGURE.search(words) else None
        if span and _TELLS.search(words):
            years.update(range(int(span[1]), int(span[2]) + 1))
    return frozenset(years)
