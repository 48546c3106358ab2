"""Every row that any of these tests makes has its sentence in both languages."""

from __future__ import annotations

import re

import pytest

from jsextract.check import result as made
from jsextract.model.report import CheckResult

# What stands in Chinese sentences as it is: quotes, names of tables, files and checks, words of figures that are invented.
_KEPT = re.compile(
    r"“[^”]*”|[TX]\d+|\S+\.(?:pdf|txt)|[a-z]+\.[a-z0-9_]+|[^\s：，；（]*:[^\s，；）为]*|T\d@\S+|parent|\w+\.\*"
)


def english_in(sentence: str) -> list[str]:
    """English words in a Chinese sentence."""
    return re.findall(r"[A-Za-z]{2,}", _KEPT.sub("", sentence))


@pytest.fixture(autouse=True)
def _in_both_languages(monkeypatch: pytest.MonkeyPatch):
    checks: list[CheckResult] = []

    def kept(**fields) -> CheckResult:
        checks.append(CheckResult(**fields))
        return checks[-1]

    monkeypatch.setattr(made, "CheckResult", kept)
    yield
    for check in checks:
        assert check.message, check
        assert re.search("[\u4e00-\u9fff]", check.message_zh), check
        assert not english_in(check.message_zh), check
        assert figures(check.message) == figures(check.message_zh), check


def figures(sentence: str) -> list[str]:
    """The figures of a sentence, in any order: the languages place them differently."""
    return sorted(re.findall(r"\d[\d,]*\.\d+", sentence))
