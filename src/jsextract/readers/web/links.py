"""Attachments that a page names; they are told, never fetched (附件)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from jsextract.readers.web.tree import Element, text_of

_SUFFIX = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|csv|pptx?|zip|rar|7z|tar|gz|tiff?|caj)(?:$|[?#&])", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_LONGEST = 300
_MOST = 200


def is_attachment(href: str, name: str) -> bool:
    """Whether a link leads to a file, by its address or by what it is called."""
    return _SUFFIX.search(href) is not None or _SUFFIX.search(_plain(name)) is not None


def attachments(root: Element) -> tuple[str, ...]:
    """`name (address)` of each file that a page links to or shows, in order; the address alone where it has no name.

    Args:
        root: the page before anything is left out.
    """
    found: dict[str, None] = {}
    for element in root.iter("a", "iframe", "embed", "object"):
        href = element.get("href") or element.get("src") or element.get("data") or ""
        name = _plain(text_of(element)) if element.tag == "a" else ""
        if href and is_attachment(href, name):
            address = _plain(unquote(href))
            found[f"{name} ({address})" if name and name != address else address] = None
    return tuple(found)[:_MOST]


def _plain(text: str) -> str:
    """One line, not too long, without the mark that parts several."""
    return _SPACES.sub(" ", text).strip().replace(";", "；")[:_LONGEST]
