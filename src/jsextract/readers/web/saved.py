"""Pages that a browser or an office program saved as one file (MHTML): their parts of HTML, in order (网页归档)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from functools import partial

from jsextract.errors import Corrupt, TooLarge
from jsextract.language.phrase import phrase
from jsextract.model.document import Document
from jsextract.readers.page_work import Ocr
from jsextract.readers.web.charset import decode_page, known
from jsextract.readers.web.pictures import Held
from jsextract.readers.web.reader import Flow, document_of
from jsextract.readers.web.tree import SAVE_AGAIN

MAX_BYTES = 60 << 20
_MOST_PARTS = 2000
_DEEPEST = 20
_DEEPER = (b"boundary=", b"message/")  # what holds parts of its own


def read_saved_page(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """What a browser shows of a saved page: the page itself, then the pages within it (sheets, frames) in their order.

    Args:
        data: of the file: MIME, with styles, which are not looked at.
        password: none needs one.
        ocr: whether pictures in it are read: auto or always, never.

    Returns:
        As `read_web_page`.

    Raises:
        Corrupt: if it holds no page.
        Garbled, TooLarge: as `read_web_page`; also for more parts than any real page has.
    """
    if any(data.lower().count(deeper) > _DEEPEST for deeper in _DEEPER) or data.count(b"\n--") > _MOST_PARTS:
        raise TooLarge(phrase("The saved page has more parts than any real one."), phrase(SAVE_AGAIN))
    # compat32 keeps headers as they stand: nothing of a hostile one is interpreted
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts = [part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    if not parts:
        raise Corrupt(phrase("The saved page holds no page."), phrase(SAVE_AGAIN))
    texts = [decode_page(_content(part), known(part.get_content_charset() or "")) for part in parts]
    held = Held({name: partial(_content, part) for part in message.walk() for name in _names(part)})
    flows = [
        Flow.of(found.text, held, _header(part, "Content-Location"))
        for part, found in zip(parts, texts, strict=True)
        if found.text.strip()
    ]
    return document_of(flows, texts[0].encoding, held, ocr)


def _names(part: Message) -> Iterator[str]:
    """The addresses by which pages show a part: its own, and that of its id."""
    if part.get_content_maintype() in ("image", "application"):
        if where := _header(part, "Content-Location"):
            yield where
        if name := _header(part, "Content-ID").strip("<>"):
            yield f"cid:{name}"


def _header(part: Message, name: str) -> str:
    """What a header of a part says, on one line."""
    return "".join(str(part.get(name, "")).split())


def _content(part: Message) -> bytes:
    """The bytes of a part."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
