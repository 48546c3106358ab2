"""The catalogue has every text of the code, each with a translation that says the same of the same values."""

from __future__ import annotations

import ast
import gettext
import re
import string

import pytest

from jsextract.cli.texts import CODE, PO, renewed
from jsextract.language import chosen
from jsextract.language.phrase import NOTHING, Phrase, listed, phrase, phrases, sentences, verbatim

MESSAGES = [message for message in renewed() if message.id]
HAN = re.compile(r"[\u4e00-\u9fff]")


def ids(message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def told(message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_translated() -> None:
    """`python3 dev.py texts` puts new ones into the file, where they are to be translated."""
    assert [message.id for message in MESSAGES if not all(told(message)) or message.fuzzy] == []


def test_a_translation_is_chinese() -> None:
    words = (message for message in MESSAGES if re.search("[a-z]{2}", re.sub(r"\{\w+\}", "", ids(message)[0])))
    assert [message.id for message in words if not any(map(HAN.search, told(message)))] == []


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: ids(message)[0][:40])
def test_values_are_the_same(message) -> None:
    english = [placeholders(text) for text in ids(message)]
    for text in told(message):
        assert set.intersection(*english) <= placeholders(text) <= set.union(*english)


def test_the_compiled_file_is_that_of_the_texts() -> None:
    with PO.with_suffix(".mo").open("rb") as handle:
        compiled = gettext.GNUTranslations(handle)
    for message in MESSAGES:
        one, *many = ids(message)
        assert (compiled.ngettext(one, many[0], 2) if many else compiled.gettext(one)) == told(message)[0]


def test_a_phrase_within_a_phrase_is_in_the_language_of_the_whole() -> None:
    inner = Phrase("income", "收入")
    outer = phrase("{value!r} is none of zh, en.", value="de")
    assert (outer.en, outer.zh) == ("'de' is none of zh, en.", "'de' 不是 zh 或 en。")
    assert listed([inner, NOTHING, "", "T1"]) == Phrase("income, T1", "收入、T1")
    assert sentences(inner, verbatim("T1")) == Phrase("income T1", "收入T1")


def test_numbers_choose_the_english_text() -> None:
    one = phrases("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1, args="a")
    many = phrases("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 2, args="a b")
    assert (one.en, many.en) == ("Got unexpected extra argument (a)", "Got unexpected extra arguments (a b)")
    assert (one.zh, many.zh) == ("多出参数（a）", "多出参数（a b）")


def test_str_is_the_language_in_force() -> None:
    text = Phrase("income", "收入")
    before = chosen.in_force()
    try:
        chosen.use("zh")
        assert (str(text), f"{text}") == ("收入", "收入")
        chosen.use("en")
        assert str(text) == "income"
    finally:
        chosen.use(before)
    with pytest.raises(ValueError, match="de"):
        chosen.use("de")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "JSEXTRACT_LANG": "zh"}, "zh"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_the_surroundings_choose(variables: dict[str, str], language: str) -> None:
    assert chosen.of_surroundings(variables) == language


def in_f_strings(tree: ast.AST) -> list[str]:
    """The texts of the catalogue that stand within an f-string."""
    calls = (call for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for call in ast.walk(text))
    return [
        ast.unparse(call)
        for call in calls
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"phrase", "phrases", "noted"}
    ]


def test_no_text_stands_within_an_f_string() -> None:
    """There it is not found by what looks for texts, and would never be translated."""
    assert in_f_strings(ast.parse("f'{phrase(\"{number} pages\", number=1)}'")) != []
    hidden = {path.name: in_f_strings(ast.parse(path.read_text(encoding="utf-8"))) for path in CODE.rglob("*.py")}
    assert {name: texts for name, texts in hidden.items() if texts} == {}
