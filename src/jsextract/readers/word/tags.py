"""Names of WordprocessingML, and how its switches are read (标签)."""

from __future__ import annotations

from jsextract.readers.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names, None where there is none."""
    for name in path:
        element = element.find(W + name) if element is not None else None
    return element


def value(element: Element | None, default: str = "") -> str:
    """The w:val of an element."""
    return default if element is None else str(element.get(W + "val", default))


def number(element: Element | None, default: int) -> int:
    """The w:val of an element as a whole number; the default where it is none."""
    text = value(element)
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else default


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether properties turn something on or off; None where they do not say."""
    element = child(properties, name)
    return None if element is None else value(element, "1").lower() not in _OFF
