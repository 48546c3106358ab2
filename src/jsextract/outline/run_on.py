"""Entries of the sections whose heading runs on into its sentence: 七、政府采购支出总额3万元，… (与正文连排的标题)."""

from __future__ import annotations

import re

from msgspec import Struct

from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.outline.heading_lines import tells_figures
from jsextract.rules.sections import NO_TOPIC, SectionRules, TopicRule
from jsextract.text.normal import normalise
from jsextract.text.tokens import DIGIT_DOT, HAN_BRACKET, HAN_DOT, YEAR, ordinal_level, ordinal_number
from jsextract.vocabulary import SectionTopic, Topic

_HEAD = re.compile(
    rf"(?:{HAN_DOT}|{HAN_BRACKET}|{DIGIT_DOT})(?P<words>(?:截[至止]+{YEAR}年(?:\d+月\d+日|末|底)，?)?"
    rf"(?:{YEAR}年度?|\d{{1,3}}(?=[个项])|[^，。；：\d（）]|（[^（）\d]{{1,20}}）)+)"
)
_SUNDRY = frozenset({Topic.OPERATING, Topic.PROCUREMENT, Topic.ASSETS, Topic.PERFORMANCE})
"""Topics that stand side by side under a heading which may name only the first of them."""
_WHOLES = frozenset({Topic.TOTALS, SectionTopic.FISCAL_TOTALS, Topic.INCOME, Topic.EXPENDITURE})
_SOURCES = frozenset({Topic.FUND, Topic.STATE_CAPITAL})
"""Topics that an entry of a list of income names, too: sections only beside others."""
_SECTIONS = _SUNDRY | _WHOLES | {
    Topic.FUNCTION, Topic.THREE_PUBLIC, Topic.STAFFING, SectionTopic.FISCAL_BASIC, SectionTopic.CONFERENCE,
}  # fmt: skip
_UNSAID = frozenset({Topic.GLOSSARY, SectionTopic.DUTY})


class RunOn(Struct, frozen=True):
    """The heading that a line of running text begins with.

    Attributes:
        heading: its number and words, as printed.
        level: of its number, as `ordinal_level` tells.
        topic: what it turns to; NO_TOPIC where it ends the section before and names none.
    """

    heading: str
    level: int
    topic: TopicRule


class Place(Struct, frozen=True):
    """Where a line stands among the headings.

    Attributes:
        above: what the headings of outer levels make of it.
        beside: what the last heading of the same level told; NO_TOPIC where there was none.
        section: number of the last section (一、), 0 where there is none.
    """

    above: TopicRule
    beside: TopicRule
    section: int


def run_on(line: Line, place: Place, sections: SectionRules) -> RunOn | None:
    """The heading in front of the first line of a paragraph; None where it goes on with its section."""
    form = normalise(line.text)
    match = _HEAD.match(form.text)
    if match is None or len(match["words"]) > LAYOUT.heading.longest_words:
        return None
    if not tells_figures(form.text[match.end() :]):
        return None
    level = ordinal_level(form.text)
    topic = sections.topic_of(match["words"])
    if topic is None and level == 1 and place.section and ordinal_number(form.text) == place.section + 1:
        topic = NO_TOPIC
    elif topic is None or not _turns(topic.topic, place, level):
        return None
    return RunOn(line.text[slice(*form.raw_span(0, match.end()))].strip(), level, topic)


def _turns(topic: str, place: Place, level: int) -> bool:
    """Whether an entry that names a topic turns to it: at the level of sections, or as no part of what is above."""
    above = place.above.topic
    if topic in _UNSAID or above in _UNSAID or topic == above:
        return False
    if level == 1:
        return True
    if not above:
        return topic in _SECTIONS or (topic in _SOURCES and bool(place.beside.topic))
    return topic in _SUNDRY and above in _WHOLES | _SUNDRY - {Topic.PERFORMANCE}
