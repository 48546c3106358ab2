"""What the style sheet within a page hides: plain rules alone, by class, id and name (样式表隐藏).

A rule that holds under a condition (@media) or by its place (.a .b) hides nothing here, and what any rule shows again
stays: that a text is left out has to be sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jsextract.readers.web.tree import HIDES, Element, visible_length

_COMMENT = re.compile(r"/\*(?:.*?\*/|.*)|<!--|-->", re.DOTALL)  # one without an end reaches to that of the sheet
_BRACES = re.compile(r"[{};]")
_SHOWS = re.compile(r"(?:^|[;\s])(?:display\s*:\s*(?!none)\w|visibility\s*:\s*visible)", re.IGNORECASE)
_PLAIN = re.compile(r"([A-Za-z][A-Za-z0-9]*)?((?:[.#][\w-]+)+)")
_MARKS = re.compile(r"[.#][\w-]+")
_COMBINED = re.compile(r"[\s>+~]+")
_LONGEST = 1 << 20


class _Rule(NamedTuple):
    """What a rule is for: elements of this name (any where blank) with all of these marks (.class, #id)."""

    name: str
    marks: frozenset[str]


def hidden_by_rules(root: Element) -> list[Element]:
    """The elements that the page's own rules hide; none where these hold more than half of its text.

    A page that hides all its text waits for a program that shows it.
    """
    text = "".join("".join(style.itertext()) for style in root.iter("style"))
    hiding, shown = _told(_COMMENT.sub("", text[:_LONGEST]))
    if not hiding:
        return []
    found = [element for element in root.iter() if _is_hidden(_marks(element), element, hiding, shown)]
    hidden = set(found)
    outermost = [element for element in found if hidden.isdisjoint(element.iterancestors())]
    total = visible_length(root)
    return outermost if sum(map(visible_length, outermost)) * 2 < total else []


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of each rule of a style sheet, those under a condition left out."""
    depth = start = body = 0
    nested = False
    for match in _BRACES.finditer(sheet):
        sign = match.group()
        if sign == "{":
            depth, nested, body = depth + 1, depth > 0, match.end() if not depth else body
        elif sign == "}" and depth > 1:
            depth, nested = depth - 1, True
        elif sign == "}" or not depth:
            selectors = sheet[start : max(start, body - 1)]
            if depth and not nested and "@" not in selectors:
                yield selectors, sheet[body : match.start()]
            depth, nested, start = 0, False, match.end()


def _told(sheet: str) -> tuple[dict[str, set[_Rule]], frozenset[str]]:
    """The plain rules that hide, each under one of its marks, and the marks of whatever any rule shows."""
    hiding: dict[str, set[_Rule]] = defaultdict(set)
    shown: set[str] = set()
    for selectors, told in _rules(sheet):
        for selector in selectors.split(","):
            if HIDES.search(told):
                if plain := _PLAIN.fullmatch(selector.strip()):
                    marks = _MARKS.findall(plain[2])
                    hiding[marks[0]].add(_Rule((plain[1] or "").lower(), frozenset(marks)))
            elif _SHOWS.search(told):
                shown.update(_MARKS.findall(_COMBINED.split(selector.strip())[-1]))
    return hiding, frozenset(shown)


def _marks(element: Element) -> frozenset[str]:
    """The classes and the id of an element, as rules write them."""
    classes = (f".{name}" for name in (element.get("class") or "").split())
    return frozenset([*classes, f"#{element.get('id')}"])


def _is_hidden(
    marks: frozenset[str], element: Element, hiding: Mapping[str, Iterable[_Rule]], shown: frozenset[str]
) -> bool:
    """Whether a rule hides an element, and neither another rule nor its own style shows it."""
    if marks & shown or _SHOWS.search(element.get("style") or ""):
        return False
    rules = (rule for mark in marks for rule in hiding.get(mark, ()))
    return any(rule.marks <= marks and rule.name in ("", element.tag) for rule in rules)
