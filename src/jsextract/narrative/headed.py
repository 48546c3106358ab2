"""What a heading, or a line that holds a name alone, makes the figures below it be about (标题所指)."""

from __future__ import annotations

import regex

from jsextract.narrative.discourse import DiscourseState
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.ownership import accounted, slot_pattern
from jsextract.narrative.subjects import NOBODY, Subject
from jsextract.narrative.told import sure_names
from jsextract.outline.flow import Paragraph, is_numbered
from jsextract.outline.heading_lines import heading_words
from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.lexicon import Name
from jsextract.text.normal import normalise, squeeze
from jsextract.text.tokens import HAN_BRACKET, HAN_DOT, YEAR
from jsextract.vocabulary import Topic

_SECTION_LIKE = regex.compile(rf"(?:{HAN_DOT}|{HAN_BRACKET})")
_LONGEST = 40
"""Characters that a line may have that holds a name alone."""
_ENDING = regex.compile(r"(?:情况说明|说明|情况|如下|具体|总体|的|决算|预算|执行|使用|开支|支出|收入|数)$")
_YEAR_BEFORE = regex.compile(rf"^{YEAR}年?度?")
_SPENT_ON = regex.compile(r"\p{Han}(?:费用?|经费|款|补助|补贴)$")
_GENERAL = regex.compile(
    r"总体|分项|分类|结构|明细|具体|增减|变化|变动|原因|对比|比较|三公|实物|完成|执行|构成|口径|范围|有关|相关|其他|预算|决算"
)
"""Words of headings about all that the section is about."""
_SIDE = regex.compile(r"[、和]?(?:收入|支出)")
"""What makes 财政拨款收入|支出决算 the name of two sides."""
_CLAUSES = regex.compile(r"[，；：。](?!$)")
_FIGURE = regex.compile(r"\d[\d,.]*(?:[万亿]?元|%|[人个辆台次批])")
_NO_NAME_OF_ITS_OWN = frozenset(
    {Topic.TOTALS, Topic.FUND, Topic.STATE_CAPITAL, Topic.PERFORMANCE, Topic.STAFFING, Topic.ASSETS}
)
"""Topics whose names mean the whole of a section, which its topic tells already."""


def turn_to_heading(context: DiscourseState, heading: str, part: Part, setting: ReadingContext) -> None:
    """2.公务接待费支出情况: figures that name nothing are about that, and no more about what was told before."""
    subject = _headed(heading, part, setting)
    if subject is not None:
        context.set_subject(subject)
    told = subject or context.default
    context.headed = told if told is not None and told is not NOBODY and _names(heading, told, setting) else None


def is_section_like(paragraph: Paragraph) -> bool:
    """Whether a paragraph is numbered as sections are (一、 （一）): what was told before is not what it is about."""
    return _SECTION_LIKE.match(normalise(paragraph.text).text) is not None


def turn_to_line(context: DiscourseState, paragraph: Paragraph, part: Part, setting: ReadingContext) -> None:
    """The same of a numbered line that holds a name alone and is no heading of a section."""
    text = paragraph.text.strip()
    alone = len(text) <= _LONGEST and is_numbered(text) and not _CLAUSES.search(text)
    if alone and not _FIGURE.search(text):
        turn_to_heading(context, text, part, setting)


def _names(heading: str, subject: Subject, setting: ReadingContext) -> bool:
    """Whether a heading holds a name of the thing that means nothing else, and no other name."""
    normal, lexicon = normalise(heading), setting.rules.lexicon
    sure = () if subject.free else [name for name in sure_names(lexicon, subject.name.item) if name in normal.text]
    if not sure:
        return subject.free
    named = [token for token in tokenize.tokenize(normal, lexicon).tokens.values() if token.name is not None]
    if len(named) != 1 or _SIDE.match(normal.text, named[0].end):
        return False
    words = normal.text[named[0].start : named[0].end]
    return any(name in words for name in sure)


def _headed(heading: str, part: Part, setting: ReadingContext) -> Subject | None:
    """What a heading names: an item that is known, a kind of spending that is not, or nobody where it names several.

    None where it names what the section is about anyway.
    """
    rules = setting.rules
    words = heading_words(squeeze(normalise(heading).text)).removeprefix(setting.entity)
    words = slot_pattern(rules.lexicon, "leading").sub("", _YEAR_BEFORE.sub("", words))
    while words:
        name = rules.lexicon.names.get(words)
        if name is not None:
            return _known(name, words, part)
        shorter = _ENDING.sub("", words)
        if shorter == words:
            break
        words = shorter
    return _unlisted(words, part, setting) if part.subject and part.level > 1 and words else None


def _unlisted(words: str, part: Part, setting: ReadingContext) -> Subject | None:
    """What words are about that are no name of the lexicon as they stand, in a section with a subject of its own."""
    lexicon = setting.rules.lexicon
    coded = tokenize.tokenize(normalise(words), lexicon)
    tokens = [token for token in coded.tokens.values() if token.name is not None]
    names = [token.name for token in tokens if token.name is not None]
    if len(names) > 1 or (not names and _GENERAL.search(words)):
        return NOBODY if names and part.subject not in {name.item for name in names} else None
    if names:
        rest = words[: tokens[0].start] + words[tokens[0].end :]
        return _known(names[0], words, part) if _GENERAL.search(rest) or accounted(rest, lexicon) else _nobody(part)
    told = setting.rules.sections.topic_of(words)
    if told is not None and told.topic != Topic.THREE_PUBLIC:
        return None
    if _SPENT_ON.search(words):
        return Subject(Name(words, part.files or part.topic), words, free=True)
    return _nobody(part)


def _nobody(part: Part) -> Subject | None:
    """Nobody, where the section lists kinds of spending: what is under one of them is not the total's."""
    return NOBODY if part.topic == Topic.THREE_PUBLIC else None


def _known(name: Name, words: str, part: Part) -> Subject | None:
    if name.sides or name.topic in _NO_NAME_OF_ITS_OWN:
        return None
    subject = Subject(name, words)
    return None if subject.item("money", part.topic) == part.subject else subject
