"""Codes of checks for people (用语): the code itself, which options take, and in Chinese its name."""

from __future__ import annotations

from collections.abc import Mapping

from jsextract.language.phrase import Phrase, phrase
from jsextract.report import labels
from jsextract.vocabulary import CheckStatus


def severity(code: str) -> Phrase:
    """`error`; in Chinese `错误`."""
    return Phrase(code, labels.severity(code).zh)


def status(code: str) -> Phrase:
    """`fail`; in Chinese `不符`."""
    names: Mapping[str, Phrase] = {
        CheckStatus.ROUNDING: phrase("agrees but for rounding"),
        CheckStatus.NOT_CHECKABLE: phrase("could not be checked"),
        CheckStatus.PASS: phrase("agrees"),
    }
    return Phrase(code, names.get(code, labels.status(code)).zh)


def coded(name: Phrase) -> Phrase:
    """`fail`; in Chinese `不符（fail）`, where people learn the code for an option."""
    return Phrase(name.en, phrase("{name} ({code})", name=name, code=name.en).zh)


def count(number: int, code: str) -> Phrase:
    """`3 fail`; in Chinese `不符（fail）3 项`."""
    return Phrase(f"{number} {code}", phrase("{number} {what}", number=number, what=coded(status(code))).zh)
