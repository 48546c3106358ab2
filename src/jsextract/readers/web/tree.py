"""A web page as a tree in which breaks are marks in the text and what nobody sees is gone (网页的元素树)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from jsextract.errors import Corrupt, TooLarge
from jsextract.language.phrase import noted, phrase
from jsextract.readers.web.pictures import Image
from jsextract.vocabulary import Dropped

Element = Any
"""An element of lxml, which is imported where a page is read."""
PARAGRAPH, BREAK = "\u2029", "\u2028"
"""Marks in the text, both spaces: where a block begins or ends, and where a line is broken within one."""
HEADINGS = "\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6"
"""Marks in the text, no characters: a heading of this level begins …"""
PICTURE = "\ufdd0"
"""… or a picture stands here, its number behind the mark …"""
DIGITS = "".join(map(chr, range(0xFDE0, 0xFDEA)))
"""… in digits that are no characters, either."""
_WIDTH, _HEIGHT = 267, 14  # pixels: what is narrower is no table, what is lower no row
_ICON = re.compile(r"(?i)icon|filetype|logo|\.gif(?:$|\?)")
_TO_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|bmp|gif|tiff?|webp)(?:$|[?#])")
_SIZE = {side: re.compile(rf"(?i)(?:^|;)\s*{side}\s*:\s*(\d{{1,6}})(?:\.\d+)?px") for side in ("width", "height")}
_PIXELS = re.compile(r"\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*$")
MAX_ELEMENTS = 1_000_000
MAX_CELLS = 200_000
MAX_DEPTH = 240
SAVE_AGAIN = noted("Save it again in a browser.")
TAKE_PART = noted("Save the part that holds the account.")
GONE = "gone"
"""The tag of an element that is left out."""
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figure figcaption footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table ul"
)
_BLOCKS = tuple(_BLOCK_NAMES.split())
_CELLS = ("td", "th", "tr")
_NO_TEXT_NAMES = (
    "script style noscript template head iframe object embed svg math canvas audio video map select textarea button "
    "input applet frameset xml"
)
_NO_TEXT = tuple(_NO_TEXT_NAMES.split())
HIDES = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.I)
"""Declarations that hide an element."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]+")
_FEED = "\x0c"
"""White space in pages, and no character of trees."""
_CONTROL = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8]|[be-f]|c|1[0-9a-f]))(?:;|(?![0-9a-f]))", re.I)
"""References to control characters, which no tree takes back once they are in it."""
_BEYOND = re.compile(r"depth|huge|limit exceeded", re.IGNORECASE)  # what the parser says where it gives up
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_DECLARATIONS = re.compile(r"<!DOCTYPE[^\[>]*\[[^\]]*\]\s*>", re.IGNORECASE)  # entities: none is resolved
_HAN = "一二三四五六七八九"


def parse(text: str) -> Element:
    """The body of a page.

    Args:
        text: of the whole page; what it declares of its encoding is not looked at, its entities are not resolved.

    Raises:
        TooLarge: if it has more elements, or nests them deeper, than any real page.
        Corrupt: if nothing of it is a page.
    """
    from lxml import etree

    if text.count("<") > MAX_ELEMENTS or sum(1 for _ in _CELL.finditer(text)) > MAX_CELLS:
        raise TooLarge(
            phrase(
                "The page has more than {elements} elements or {cells} cells.", elements=MAX_ELEMENTS, cells=MAX_CELLS
            ),
            phrase(TAKE_PART),
        )
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(_DECLARATIONS.sub("", _seen(text), count=1).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Corrupt(phrase("The web page cannot be read."), phrase(SAVE_AGAIN)) from error
    if root is None:
        raise Corrupt(phrase("The web page holds nothing."), phrase(SAVE_AGAIN))
    if _too_deep(root) or any(_BEYOND.search(entry.message) for entry in parser.error_log):
        raise TooLarge(
            phrase("The page nests elements more than {deep} deep, or a text in it is endless.", deep=MAX_DEPTH),
            phrase(SAVE_AGAIN),
        )
    return root


def _seen(text: str) -> str:
    """The text without characters that nobody sees and trees do not take, written out or by number."""
    return _CONTROL.sub(" ", _UNSEEN.sub("", text)).replace(_FEED, " ")


def _too_deep(root: Element) -> bool:
    """Whether any element lies deeper than real pages go."""
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element if len(child)]
        if not level:
            return False
    return True


def with_marks(root: Element, hidden: Iterable[Element] = ()) -> Counter[str]:
    """Puts breaks and list numbers into a tree's text, takes out what is not seen; what characters went, by cause.

    Args:
        root: the page.
        hidden: elements that are not seen, whatever they say of themselves.
    """
    dropped: Counter[str] = Counter()
    for element in hidden:
        dropped[Dropped.INVISIBLE] += visible_length(element)
        leave_out(element)
    for element in list(root.iter(*_NO_TEXT)):  # a list: taking one out would end a running iteration
        leave_out(element)
    for element in _hidden(root):
        if element.tag != GONE:
            dropped[Dropped.INVISIBLE] += visible_length(element)
            leave_out(element)
    for element in root.iter("br", *_CELLS):
        element.tail = (BREAK if element.tag == "br" else PARAGRAPH) + (element.tail or "")
    for element in root.iter("pre"):
        element.text = (element.text or "").replace("\n", BREAK)
    for element in root.iter("ol"):
        _put_numbers(element)
    for element in root.iter(*_BLOCKS):
        element.text = PARAGRAPH + (element.text or "")
        element.tail = PARAGRAPH + (element.tail or "")
    return dropped


def mark_headings(root: Element) -> None:
    """Puts a mark before each heading (h1 to h6) that tells its level."""
    for level, mark in enumerate(HEADINGS, 1):
        for element in root.iter(f"h{level}"):
            element.text = (element.text or "").replace(PARAGRAPH, PARAGRAPH + mark, 1)


def mark_pictures(root: Element) -> list[Image]:
    """Puts a mark and its number where a picture stands that may be one of a table or row: no icon, no other link.

    A link to a picture shows the same one, larger.
    """
    found: list[Image] = []
    for image in root.iter("img"):
        address = image.get("src") or ""
        link = next((above.get("href") or "" for above in image.iterancestors("a")), "")
        width, height = (_pixels(image, side) for side in ("width", "height"))
        leads_elsewhere = link and link != address and not _TO_PICTURE.search(link)
        if _ICON.search(address) or leads_elsewhere or 0 < width < _WIDTH or 0 < height < _HEIGHT:
            continue
        number = "".join(DIGITS[int(digit)] for digit in str(len(found)))
        image.tail = PICTURE + number + (image.tail or "")
        found.append(Image(address, width, height))
    return found


def _pixels(image: Element, side: str) -> int:
    """Width or height of a picture, as its style or element has it; 0 where neither does, or tells a share."""
    told = _SIZE[side].search(image.get("style") or "") or _PIXELS.match(image.get(side) or "")
    return int(told[1]) if told else 0


def leave_out(element: Element) -> None:
    """Takes an element out of the text, with all that is in it; what follows it stays."""
    for inner in element.iterdescendants():
        inner.tag = GONE
    element.clear(keep_tail=True)
    element.tag = GONE


def text_of(element: Element) -> str:
    """All text of an element, marks and all, in its order."""
    from lxml import etree

    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def visible_length(element: Element) -> int:
    """How many visible characters an element holds."""
    return sum(map(len, text_of(element).split()))


def _hidden(root: Element) -> list[Element]:
    """The elements that say of themselves that they are not shown."""
    hiding = {style for style in set(root.xpath("//@style", smart_strings=False)) if HIDES.search(style)}
    if not hiding:
        return list(root.xpath("//*[@hidden]"))
    return [element for element in root.iter() if element.get("hidden") is not None or element.get("style") in hiding]


def _put_numbers(items: Element) -> None:
    """Writes the numbers that a browser puts before the items of an ordered list."""
    style, kind = (items.get("style") or "").replace(" ", ""), items.get("type") or "1"
    if "list-style:none" in style or "list-style-type:none" in style:
        return
    in_han = "cjk" in style or "simp-chinese" in style
    for number, item in enumerate(items.iterchildren("li"), _integer(items.get("start"), 1)):
        if in_han:
            item.text = f"{_in_han(number)}、{item.text or ''}"
        elif kind == "1":
            item.text = f"{number}.{item.text or ''}"


def _in_han(number: int) -> str:
    """A number up to 99 in Chinese numerals; larger ones in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if not tens else "十" if tens == 1 else f"{_HAN[tens - 1]}十"
    return head + (_HAN[ones - 1] if ones else "")


def _integer(text: str | None, otherwise: int) -> int:
    """A number of an attribute."""
    found = re.match(r"\s*(\d{1,6})", text or "")
    return int(found.group(1)) if found else otherwise
