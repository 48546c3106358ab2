"""Words and kinds of words that several kinds of rule files use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from jsextract.vocabulary import SECTION_TOPICS, Measure, Topic

LISTED = "listed"
"""What a rule says instead of a measure where the list that it reads inherits one."""
ECONOMIC = "economic"
"""A topic of names alone: what is said of such an item is filed under `basic`."""
FROM_FIGURES = "figures"
"""What a rule says instead of the slot of a direction where final and budget tell it."""
EACH = "each"
"""What a rule says instead of an item where its figures are those of the things that were named last, in order."""
OTHER_SIDE = "side."
"""What stands before 收入 or 支出 where a figure is about that side of what was told before."""
LEAST_READS, LEAST_IGNORES = 2, 1

if TYPE_CHECKING:
    SectionTopicName = str
    ItemTopic = str
    Otherwise = str
else:
    SectionTopicName = Literal[("", *map(str, SECTION_TOPICS.words))]
    ItemTopic = Literal[(*map(str, Topic), ECONOMIC)]
    Otherwise = Literal[(*map(str, Measure), LISTED)]
Slot = Annotated[str, Meta(pattern=r"^\{\w+\}$")]
Text = Annotated[str, Meta(min_length=1)]
Words = tuple[Text, ...]
RuleId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]
"""Family and name, as three_public.count."""
ProfileId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]*$")]
Code = Annotated[str, Meta(pattern=r"^\d{3}(\d\d){0,2}$")]
Scalar = str | int
MeasureOrSlot = Annotated[
    str, Meta(extra_json_schema={"anyOf": [{"enum": [*map(str, Measure), LISTED]}, {"pattern": r"^\{\w+\}$"}]})
]
