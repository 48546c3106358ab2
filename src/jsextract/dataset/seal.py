"""Texts that carry the checksum of what they say, so that damage is seen when they are used (校验和)."""

from __future__ import annotations

import hashlib

_DIGITS = 32


def checksum(text: str, about: str = "") -> str:
    """Thirty-two hexadecimal digits over a text, and over what it is about: another's text does not fit.

    >>> checksum("a", "x") == checksum("a", "y")
    False
    """
    digest = hashlib.blake2b(about.encode("utf-8", "surrogatepass"), digest_size=_DIGITS // 2)
    digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def sealed(text: str, about: str) -> str:
    """The text behind its checksum and a space.

    Args:
        text: any.
        about: whose it is: the name of its file.
    """
    return f"{checksum(text, about)} {text}"


def unsealed(text: str, about: str) -> str:
    """The text that `sealed` was given.

    Raises:
        ValueError: if it is another.
    """
    seal, _, said = text.partition(" ")
    if seal != checksum(said, about):
        raise ValueError(f"the checksum of {about} does not fit")
    return said


def is_sealed(text: str) -> bool:
    """Whether a text begins as `sealed` ones do; those of earlier versions begin with a brace."""
    return not text.startswith("{")
