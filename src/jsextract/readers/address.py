"""One file from an http(s) address (网址), and nothing that it links to.

An address that is named is asked wherever it is, in a private network too: whoever names it decides. A redirect leads
to no other scheme, and from the internet into no private network.
"""

from __future__ import annotations

import socket
import time
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from jsextract._version import __version__
from jsextract.errors import SourceNotFound, TooLarge
from jsextract.language.phrase import Phrase, noted, phrase

SECONDS = 120.0
"""For one file, all redirects included."""
MOST_BYTES = 200 << 20
_SILENCE = 30.0  # seconds without a byte
_REDIRECTS = 10
_SCHEMES = ("http", "https")
_REMEDY = noted("Check the address, or download the file and give its path.")


def is_web(place: object) -> bool:
    """Whether a source is an http(s) address."""
    return isinstance(place, str) and place.lower().startswith(("http://", "https://"))


def split_address(url: str) -> SplitResult:
    """The parts of an address.

    Raises:
        SourceNotFound: if it is none.
    """
    try:
        return urlsplit(url)
    except ValueError as error:
        raise _unreachable(url, error, late=False) from error


def fetch(url: str) -> bytes:
    """The bytes of the file at an address.

    Raises:
        SourceNotFound: if httpx is not installed, nobody answers, or the answer is none.
        TooLarge: if it goes on beyond 200 MB.
    """
    try:
        import httpx
    except ImportError as error:
        raise SourceNotFound(
            phrase("{url} cannot be opened: {error}.", url=url, error=error), phrase("pip install 'jsextract[web]'")
        ) from error
    try:
        with httpx.Client(timeout=_SILENCE, headers=_headers()) as client:
            return _followed(client, url, time.monotonic() + SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # ValueError: an address, named or led to, is none
        raise _unreachable(url, error, late=isinstance(error, httpx.TimeoutException)) from error


def _headers() -> dict[str, str]:
    return {"User-Agent": f"jsextract/{__version__}", "Accept-Encoding": "identity"}


def _followed(client: Any, url: str, until: float) -> bytes:
    """What stands at an address, redirects followed one by one."""
    at, is_public = url, False
    for _ in range(_REDIRECTS + 1):
        with client.stream("GET", at) as answer:
            is_public = _led(url, answer, from_public=is_public)
            if not answer.has_redirect_location:
                return _body(url, answer, until)
            at = urljoin(at, answer.headers["location"])
        if urlsplit(at).scheme not in _SCHEMES:
            raise _refused(phrase("{url} leads to an address of another kind ({to}).", url=url, to=at))
    raise _refused(phrase("{url} leads from address to address without an end.", url=url))


def _led(url: str, answer: Any, *, from_public: bool) -> bool:
    """Whether who answered is on the internet; SourceNotFound if a redirect led from there into a private network."""
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    is_public = peer is not None and ip_address(str(peer[0]).partition("%")[0]).is_global
    if from_public and not is_public:
        raise _refused(phrase("{url} leads into a private network.", url=url))
    return is_public


def _body(url: str, answer: Any, until: float) -> bytes:
    """The bytes of an answer, no further than the limit."""
    if answer.status_code != 200:
        said = f"{answer.status_code} {answer.reason_phrase}".strip()
        raise _refused(phrase("{url} answers {said}.", url=url, said=said))
    taken = bytearray()
    for part in answer.iter_bytes():
        taken += part
        if len(taken) > MOST_BYTES:
            raise TooLarge(
                phrase("The file has more than {limit} bytes.", limit=MOST_BYTES),
                phrase("Download it, split it and give its path."),
            )
        if time.monotonic() > until:
            raise _late(url)
    return bytes(taken)


def _unreachable(url: str, error: Exception, *, late: bool) -> SourceNotFound:
    """What is said where no answer came."""
    if late:
        return _late(url)
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            host = urlsplit(url).hostname or url
            return _refused(phrase("The host {host} is not known, or this machine has no connection.", host=host))
        cause = cause.__cause__ or cause.__context__
    return _refused(phrase("{url} cannot be reached: {reason}.", url=url, reason=str(error) or type(error).__name__))


def _late(url: str) -> SourceNotFound:
    return _refused(phrase("{url} does not answer in time.", url=url))


def _refused(said: Phrase) -> SourceNotFound:
    return SourceNotFound(said, phrase(_REMEDY))
