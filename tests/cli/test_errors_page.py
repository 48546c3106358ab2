from __future__ import annotations

import re
import signal
from pathlib import Path

from jsextract import errors
from jsextract.vocabulary import Problem

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "errors.md").read_text(encoding="utf-8")
CHINESE = (DOCS / "zh" / "errors.md").read_text(encoding="utf-8")
CLASSES = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.JsextractError)
}


def test_every_error_stands_on_the_page_with_its_code_and_problem() -> None:
    for page in (PAGE, CHINESE):
        rows = {m[2]: (int(m[1]), m[3]) for m in re.finditer(r"^\| (\d+) \| (\w+) \| `?([\w-]*)`? ?\|", page, re.M)}
        assert rows == {name: (kind.exit_code, kind.problem) for name, kind in CLASSES.items()}


def test_the_codes_of_runs_that_were_ended_stand_on_the_page() -> None:
    words = " ".join(PAGE.split())
    assert f"A run that is interrupted exits with {errors.INTERRUPTED}." in words
    assert f"so does SIGTERM, with {errors.TERMINATED}." in words
    assert f"(SIGHUP) ends it as SIGTERM does, with {errors.HUNG_UP}." in words
    assert errors.HUNG_UP == 128 + 1
    assert (errors.INTERRUPTED, errors.TERMINATED) == (128 + signal.SIGINT, 128 + signal.SIGTERM)


def test_exit_codes_differ() -> None:
    codes = [kind.exit_code for kind in CLASSES.values()]
    assert len(set(codes)) == len(codes)
    assert 0 not in codes
    assert 2 not in codes


def test_every_problem_is_explained() -> None:
    explained = set(re.findall(r"`([a-z-]+)`", PAGE))
    assert set(Problem) <= explained
    assert set(Problem) <= set(re.findall(r"`([a-z-]+)`", CHINESE))


def test_both_pages_name_the_same_numbers_options_and_kinds_of_file() -> None:
    english, chinese = map(named, (PAGE, CHINESE))
    assert {code: english[code] ^ chinese[code] for code in english if english[code] != chinese[code]} == {}


def named(page: str) -> dict[str, set[str]]:
    """What needs no translation in the rows of the exit codes."""
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", page, re.M)
    return {code: set(re.findall(r"\d[\d,.]*\d|`[^`]+`|\.[a-z]{2,5}\b", row)) for code, row in rows}
