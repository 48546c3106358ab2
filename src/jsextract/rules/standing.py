"""Names of classification items by themselves (科目名称单独出现): known only where they stand as a name.

`2.档案馆。年初预算为…`, `综合医院支出决算20万元`, `，图书馆12万元`: no 类, 款, 项 or code tells that an item is named.
Only the place does: what stands before and what follows. Inside a reason (举办图书馆活动) the same words are words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import regex
from msgspec import Struct

from jsextract.language.phrase import NOTHING, phrase
from jsextract.rules.code_list import CLASS_DIGITS, CodeName, todays
from jsextract.rules.file_types import ECONOMIC, StandingFile
from jsextract.rules.kept import pattern
from jsextract.rules.names import Name
from jsextract.rules.overlay import blamed
from jsextract.rules.regexes import compiled
from jsextract.rules.rule_files import files
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Topic

_LEAST = 3
"""Characters that a name needs to be known without its 支出: the rest of a shorter one (教育) is a common word."""
_OUTLAY = "支出"
_START = 2
"""Characters by which names are looked up."""
_Item = tuple[str, str, str]
"""The item that a printed name stands for, its topic, and the code of a class."""


class StandingNames(Struct, frozen=True, eq=False):
    """Names that count only where they stand as one, and what tells it; the patterns run over normal text.

    Attributes:
        places: the character before a name and, ahead, its first; quick, and never too strict.
        before: what stands before it.
        mark: what stands before it at the head of an entry or paragraph.
        follows: what follows a name anywhere: a figure, or which figure of it comes.
        at_head: what also follows a name at the head of an entry or paragraph.
        lengths: the first characters of a name → how long the names are that begin so, the longest first.
        items: printed name → what it stands for.
    """

    places: re.Pattern[str]
    before: regex.Pattern[str]
    mark: regex.Pattern[str]
    follows: regex.Pattern[str]
    at_head: regex.Pattern[str]
    lengths: Mapping[str, Sequence[int]]
    items: Mapping[str, _Item]


def load_standing(
    folders: Iterable[Path], functions: Collection[CodeName], economics: Iterable[CodeName], known: Container[str]
) -> StandingNames:
    """What lexicon/standing.yaml of all these folders and the lists of codes make of each other.

    Args:
        folders: the layers.
        functions: the list of the functional classification; the full name of a class is known anywhere.
        economics: the list of the economic classification.
        known: names that the lexicon knows anywhere; they stay what they are.

    Raises:
        PatternError: if a file does not load, or names a word to drop that is not there.
    """
    begins: dict[str, None] = {}
    never: dict[str, None] = {}
    patterns = dict.fromkeys(("marks", "follows", "at_head"), "(?!)")
    for file in files(folders, "lexicon/standing"):
        for at, word in enumerate(file.value.drop):
            if begins.pop(word, word) and never.pop(word, word):
                raise file.fault(phrase("there is no word {word} to drop.", word=word), NOTHING, "drop", at)
        begins.update(dict.fromkeys(file.value.begins))
        never.update(dict.fromkeys(file.value.never))
        for name in patterns:
            if source := getattr(file.value, name):
                with blamed(file.at(name, value=None)):
                    patterns[name] = compiled(source).pattern
    marks, follows, at_head = patterns.values()
    data = StandingFile(tuple(begins), marks, follows, at_head, tuple(never))
    return standing_names(data, functions, economics, known)


def standing_names(
    data: StandingFile, functions: Collection[CodeName], economics: Iterable[CodeName], known: Container[str]
) -> StandingNames:
    """What the patterns and the lists of codes make of each other; as for `load_standing`."""
    never = frozenset(map(squeeze, data.never))
    items: dict[str, _Item] = {had.name: (had.name, ECONOMIC, "") for had in economics}
    lower = {had.name for had in functions if len(had.code) > CLASS_DIGITS}
    for name in lower:
        items.update(dict.fromkeys(_forms(name, lower), (name, Topic.FUNCTION, "")))
    classes = todays(had for had in functions if len(had.code) == CLASS_DIGITS)
    for code, name in classes.items():
        items.update(dict.fromkeys(_forms(name, ()), (name, Topic.FUNCTION, code)))
    items = {printed: item for printed, item in items.items() if printed not in known and printed not in never}
    lengths: dict[str, set[int]] = {}
    for printed in items:
        lengths.setdefault(printed[:_START], set()).add(len(printed))
    firsts, ends = ("".join({word[at] for word in words}) for at, words in ((0, lengths), (-1, data.begins)))
    begins = "|".join(regex.escape(word) for word in data.begins)
    return StandingNames(
        places=re.compile(f"(?:^|[{re.escape(ends)}])(?=[{firsts}])"),
        before=pattern(f"(?<=^|{begins})"),
        mark=pattern(f"(?<=(?:^|[。；：])(?:{data.marks})|^)"),
        follows=pattern(data.follows),
        at_head=pattern(data.at_head),
        lengths={start: sorted(found, reverse=True) for start, found in lengths.items()},
        items=items,
    )


def _forms(name: str, functions: Container[str]) -> Sequence[str]:
    """其他普通教育支出 is also printed without 支出, unless that is another item or a common word."""
    short = name.removesuffix(_OUTLAY)
    return (name, short) if len(name) > len(short) >= _LEAST and short not in functions else (name,)


class Standing(Struct, frozen=True):
    """A name where it stands as one, in normal text."""

    start: int
    end: int
    name: Name


def find_standing(text: str, names: StandingNames, known: Container[str], timeout: float | None) -> Iterator[Standing]:
    """The names that stand as such, from left to right.

    Args:
        text: normal text.
        names: those that count where they stand.
        known: names that count anywhere, those of a profile among them: these are left to them.
        timeout: seconds that one pattern may take; None for no limit.

    Raises:
        TimeoutError: if one takes longer.
    """
    for place in names.places.finditer(text):
        at = place.end()
        for length in names.lengths.get(text[at : at + _START], ()):
            printed, end = text[at : at + length], at + length
            if printed not in names.items or printed in known or text[at : end + len(_OUTLAY)] in known:
                continue
            if _stands(text, at, end, names, timeout):
                item, topic, code = names.items[printed]
                yield Standing(at, end, Name(item, topic, code=code))
                break


def _stands(text: str, start: int, end: int, names: StandingNames, timeout: float | None) -> bool:
    if names.follows.match(text, end, timeout=timeout) and names.before.match(text, start, timeout=timeout):
        return True
    return bool(names.at_head.match(text, end, timeout=timeout) and names.mark.match(text, start, timeout=timeout))
