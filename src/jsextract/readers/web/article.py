"""The text of an account on a page, told from menus, side bars and footers around it by its density (正文提取).

What is published is text outside of links, with amounts of money in it; what surrounds it is links, or little text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from jsextract.readers.web.links import is_attachment
from jsextract.readers.web.tree import GONE, PARAGRAPH, Element, leave_out, text_of, visible_length

_MONEY = re.compile(r"\d\s*(?:[万亿千]\s*)?元|\d\.\d\d(?!\d)")
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WRAPPER_NAMES = "html body div section article main form center table tbody tr td span font ul li dl dd p blockquote"
_WRAPPERS = frozenset(_WRAPPER_NAMES.split())
_AROUND = frozenset({"nav", "footer", "aside"})
_SHARE = 0.05  # of the longest part's text: with less, and no amount, a part is not of the article
_LINKED = 0.5  # of a part's text within links: with more it is a menu
_MENU, _MENU_LINKED = 4, 0.7  # links of a menu within the article
_NAME = 6  # characters of a title: shorter ones are words of the page


class _Part(Struct, frozen=True):
    """A part of a page: its visible characters, those within links to other pages, such links, whether any money."""

    element: Element
    length: int
    linked: int
    links: int
    money: bool

    @property
    def own(self) -> int:
        """The visible characters outside of links."""
        return self.length - self.linked

    @property
    def is_menu(self) -> bool:
        """Whether most of it is links to other pages."""
        return self.linked > self.length * _LINKED


def drop_surroundings(root: Element, title: str) -> int:
    """Leaves out what stands around the article of a page; how many visible characters went.

    Args:
        root: the page, marked.
        title: of the page, as its head has it; what repeats it is the article's own title.
    """
    if _part(root).is_menu:  # a list of pages: without its links nothing is left
        return 0
    around = [element for element in root.iter(*_AROUND) if not _part(element).money]
    gone = _drop(around)
    element = root
    while True:
        parts = [part for child in element if child.tag != GONE and (part := _part(child)).length]
        longest = max((part.own for part in parts), default=0)
        content: list[_Part] = []
        rest: list[_Part] = []
        for part in parts:
            (content if _is_content(part, longest, title) else rest).append(part)
        if len(content) != 1 or _own_text(element) or content[0].element.tag not in _WRAPPERS:
            gone += _drop(part.element for part in rest if part.is_menu)
            return gone + _drop_menus(element)
        gone += _drop(part.element for part in rest if not _is_title(part, title))
        element = content[0].element


def _is_content(part: _Part, longest: int, title: str) -> bool:
    """Whether a part can hold text of the article, and not its title alone."""
    return not part.is_menu and (part.money or (part.own > longest * _SHARE and not _is_title(part, title)))


def _is_title(part: _Part, title: str) -> bool:
    """Whether a part holds the title of the article: it is marked as such, or the page's head repeats it."""
    if part.is_menu:
        return False
    if part.element.tag in _TITLES or part.element.find(".//h1") is not None:
        return True
    lines = text_of(part.element).split(PARAGRAPH)
    return any(len(plain) >= _NAME and plain in title for line in lines if (plain := "".join(line.split())))


def _own_text(element: Element) -> bool:
    """Whether an element has text beside its children."""
    texts = [element.text, *(child.tail for child in element)]
    return any(text and text.strip() for text in texts)


def _part(element: Element) -> _Part:
    """What an element holds."""
    text = text_of(element)
    others = [link for link in element.iter("a") if _leads_away(link)]
    linked = sum(map(visible_length, others))
    return _Part(element, sum(map(len, text.split())), linked, len(others), _MONEY.search(text) is not None)


def _leads_away(link: Element) -> bool:
    """Whether a link leads to another page, neither to a place on this one nor to an attachment."""
    href = link.get("href")
    return href is not None and not href.startswith("#") and not is_attachment(href, text_of(link))


def _drop_menus(root: Element) -> int:
    """Leaves out menus within the article: each the largest part of which nearly all is links."""
    menus: list[Element] = []
    for link in root.iter("a"):
        found = None
        above = link.getparent()
        while above is not None and above is not root and (part := _part(above)).linked > part.length * _MENU_LINKED:
            if part.links >= _MENU and not part.money:
                found = above
            above = above.getparent()
        if found is not None:
            menus.append(found)
    return _drop(menus)


def _drop(elements: Iterable[Element]) -> int:
    """Leaves elements out; how many visible characters they held."""
    gone = 0
    for element in elements:
        gone += visible_length(element)
        leave_out(element)
    return gone
