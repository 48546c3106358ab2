"""What the style sheet within a page hides: plain rules alone, by class, id and name (样式表隐藏).

A rule that holds under a condition (@media) or by its place (.a .b) hides nothing here, and what any rule shows again
stays: that a text is left out has to be sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from jsextract.readers.web.tree import HIDES, Element, visible_length

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_CONDITIONAL = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
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
    hiding, shown = _told(_CONDITIONAL.sub("", _COMMENT.sub("", text[:_LONGEST])))
    if not hiding:
        return []
    found = [element for element in root.iter() if _is_hidden(_marks(element), element, hiding, shown)]
    hidden = set(found)
    outermost = [element for element in found if hidden.isdisjoint(element.iterancestors())]
    total = visible_length(root)
    return outermost if sum(map(visible_length, outermost)) * 2 < total else []


def _told(rules: str) -> tuple[list[_Rule], frozenset[str]]:
    """The plain rules that hide, and the marks of whatever any rule shows."""
    hiding: list[_Rule] = []
    shown: set[str] = set()
    for selectors, told in _RULE.findall(rules):
        for selector in selectors.split(","):
            if HIDES.search(told):
                if plain := _PLAIN.fullmatch(selector.strip()):
                    hiding.append(_Rule((plain[1] or "").lower(), frozenset(_MARKS.findall(plain[2]))))
            elif _SHOWS.search(told):
                shown.update(_MARKS.findall(_COMBINED.split(selector.strip())[-1]))
    return hiding, frozenset(shown)


def _marks(element: Element) -> frozenset[str]:
    """The classes and the id of an element, as rules write them."""
    classes = (f".{name}" for name in (element.get("class") or "").split())
    return frozenset([*classes, f"#{element.get('id')}"])


def _is_hidden(marks: frozenset[str], element: Element, hiding: Iterable[_Rule], shown: frozenset[str]) -> bool:
    """Whether a rule hides an element, and neither another rule nor its own style shows it."""
    if marks & shown or _SHOWS.search(element.get("style") or ""):
        return False
    return any(rule.marks <= marks and rule.name in ("", element.tag) for rule in hiding)
