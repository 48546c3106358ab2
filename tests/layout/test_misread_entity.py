"""The name of a body in pictures: its places vote on a character that none shows for sure (误识的单位名称)."""

from __future__ import annotations

from jsextract.model.document import Line
from jsextract.outline.identity import Identity
from jsextract.outline.misread_entity import voted, with_voted_entity
from jsextract.vocabulary import Flag

NAME, MISREAD = "望岳市丹枫区司法局", "望岳市丹树区司法局"


def line(text: str, least: float = 0.99, at: str = "") -> Line:
    """A recognised line, the characters of `at` with the least confidence."""
    return Line(1, text, confidence=tuple(least if char in (at or text) else 0.99 for char in text))


def identity(name: str) -> Identity:
    return Identity("部门决算", name, "望岳市丹树区", 2023)


def test_a_character_that_most_places_have_otherwise_is_theirs() -> None:
    lines = [line(f"部门：{MISREAD}", 0.6, "树"), line(f"部门：{NAME}"), line(f"{NAME} 公开02表")]
    found = with_voted_entity(identity(MISREAD), lines)
    assert (found.entity, found.region, found.flags) == (NAME, "望岳市丹枫区", (Flag.ENTITY_CORRECTED,))


def test_one_place_more_or_one_that_is_sure_changes_nothing() -> None:
    doubtful, other = line(f"部门：{MISREAD}", 0.9, "树"), line(f"部门：{NAME}")
    assert voted(MISREAD, [doubtful, other]) == (MISREAD, False)
    assert voted(MISREAD, [line(f"部门：{MISREAD}"), other, other, other]) == (MISREAD, False)


def test_what_no_place_shows_for_sure_is_told() -> None:
    found = with_voted_entity(identity(MISREAD), [line(f"部门：{MISREAD}", 0.5, "树")])
    assert (found.entity, found.flags) == (MISREAD, (Flag.ENTITY_UNSURE,))


def test_other_bodies_and_typed_lines_have_no_vote() -> None:
    doubtful = line(f"部门：{MISREAD}", 0.9, "树")
    others = [line("望岳市青云区水务局"), line("望岳市丹枫区司法局"[:5]), Line(1, f"部门：{NAME}"), Line(1, NAME)]
    assert voted(MISREAD, [doubtful, *others]) == (MISREAD, False)
    assert voted(NAME, [Line(1, NAME)]) is None
    assert with_voted_entity(identity(""), [doubtful]).flags == ()
