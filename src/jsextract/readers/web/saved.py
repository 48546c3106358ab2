"""Pages that a browser or an office program saved as one file (MHTML): their parts of HTML, in order (网页归档)."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from jsextract.errors import Corrupt, TooLarge
from jsextract.language.phrase import phrase
from jsextract.model.document import Document
from jsextract.readers.web.charset import decode_page, known
from jsextract.readers.web.reader import Flow, document_of
from jsextract.readers.web.tree import SAVE_AGAIN

MAX_BYTES = 60 << 20
_MOST_PARTS = 2000
_DEEPEST = 20
_DEEPER = (b"boundary=", b"message/")  # what holds parts of its own


def read_saved_page(data: bytes, password: str | None = None) -> Document:
    """What a browser shows of a saved page: the page itself, then the pages within it (sheets, frames) in their order.

    Args:
        data: of the file: MIME, with pictures and styles, which are not looked at.
        password: none needs one.

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
    return document_of([Flow.of(found.text) for found in texts if found.text.strip()], texts[0].encoding)


def _content(part: Message) -> bytes:
    """The bytes of a part."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
