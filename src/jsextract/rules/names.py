"""One thing that the narrative names, and what its name means where (规范名称)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Name(Struct, frozen=True):
    """One item of the lexicon (规范名称) and what stands for it.

    Attributes:
        item: canonical name; blank where the printed words are the name (`as_printed`).
        topic: what facts about it are filed under.
        money, count: the item that an amount or a count right after the name belongs to.
        within: canonical name in sections about a topic.
        under: canonical name where it is listed as a part of that item.
        after: canonical name right after that item, in the sections of `within`.
        sides: the two items that figures in pairs are about, of a name for both sides.
        code: classification code where the name alone tells it.
    """

    item: str
    topic: str
    money: str = ""
    count: str = ""
    within: Mapping[str, str] = field(default_factory=dict)
    under: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    sides: tuple[str, ...] = ()
    code: str = ""
    as_printed: bool = False
