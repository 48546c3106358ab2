"""The vocabularies themselves, and that the code and the rules write flags from there alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from jsextract import errors
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import LISTED
from jsextract.rules.ruleset import load_rules
from jsextract.rules.table_definitions import TableKind, about, with_kind
from jsextract.vocabulary import (
    DOCUMENT_FLAGS,
    FACT_FLAGS,
    MEASURES,
    PROBLEMS,
    SECTION_KINDS,
    SECTION_TOPICS,
    TOPICS,
    VOCABULARIES,
    Flag,
    Topic,
    Vocabulary,
)

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src" / "jsextract").rglob("*.py"))
RULES = sorted((ROOT / "patterns").rglob("*.yaml"))


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
def test_every_word_has_a_line_in_each_language(vocabulary: Vocabulary) -> None:
    assert vocabulary.words
    assert len(set(vocabulary.words)) == len(vocabulary.words)
    for line in (vocabulary, *vocabulary.words):
        assert re.fullmatch(r".+\.", line.en)
        assert re.fullmatch(r".*[\u4e00-\u9fff].*。", line.zh)


def test_vocabularies_have_names_of_their_own() -> None:
    assert len({vocabulary.name for vocabulary in VOCABULARIES}) == len(VOCABULARIES)


def test_a_word_with_a_colon_is_the_beginning_of_many() -> None:
    assert DOCUMENT_FLAGS.knows("profile:yunnan")
    assert DOCUMENT_FLAGS.unknown(["profile", "cut-short", "cut"]) == ("profile", "cut")


def test_every_flag_belongs_to_some_rows() -> None:
    listed = {word for vocabulary in VOCABULARIES for word in vocabulary.words if isinstance(word, Flag)}
    assert listed == set(Flag)


def test_topics_keep_the_characters_that_rules_are_compiled_to() -> None:
    assert tokenize.ITEM_CODES[Topic.TOTALS] == "\ue100"
    assert tokenize.ITEM_CODES[Topic.OTHER] == "\ue112"
    assert tokenize.ITEM_CODES[tokenize.ECONOMIC] == "\ue113"


def test_every_error_names_a_problem_of_the_vocabulary() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "problem")]
    assert len(kinds) > 10
    assert not PROBLEMS.unknown(kind.problem for kind in kinds if kind.problem)


def flag_literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Strings that are written as flags: in `flags=`, `flags = `, `flags += `, `flags.add()`, with their lines."""
    for node in ast.walk(tree):
        values: list[ast.AST] = []
        if isinstance(node, ast.Call):
            values += [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
            if isinstance(node.func, ast.Attribute) and _named_flags(node.func.value):
                values += node.args
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            values += [node.value] if node.value is not None and any(map(_named_flags, targets)) else []
        elif isinstance(node, ast.Compare) and any(map(_named_flags, node.comparators)):
            values.append(node.left)
        for value in values:
            yield from _strings(value)


def _strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings that an expression may give; those in its conditions are none of them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"[a-z]", node.value):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        if not isinstance(node, ast.Compare) and not (isinstance(node, ast.IfExp) and child is node.test):
            yield from _strings(child)


def _named_flags(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.endswith("flags")


def test_the_code_writes_and_tests_flags_by_their_names() -> None:
    found = {
        f"{path.name}:{line} {text}"
        for path in MODULES
        for line, text in flag_literals(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert not found, "use jsextract.vocabulary.Flag"


@pytest.mark.parametrize(
    "code",
    [
        "f(flags=('a',))",
        "flags.add('a')",
        "flags += ['a'] if x else []",
        "row.flags = ('a',)",
        "'a' in cell.flags",
        "own_flags: tuple[str, ...] = ('a',)",
        "flags = () if x == 'b' else ('a',)",
    ],
)
def test_a_flag_that_is_written_as_a_string_is_found(code: str) -> None:
    assert [text for _, text in flag_literals(ast.parse(code))] == ["a"]


def values(data: object, key: str) -> Iterator[object]:
    """All values under a key, at any depth."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == key:
                yield value
            yield from values(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from values(value, key)


@pytest.mark.parametrize("path", RULES, ids=lambda p: "/".join(p.parts[-2:]))
def test_rules_write_words_of_the_vocabulary(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    flags = {str(flag) for several in values(data, "flags") if isinstance(several, list) for flag in several}
    assert not FACT_FLAGS.unknown(flags)
    if path.parent.name == "facts":
        stated = {str(m) for m in values(data, "measure") if not str(m).startswith("{")}
        assert not MEASURES.unknown(stated - {LISTED})
        assert not TOPICS.unknown({str(t) for t in values(data, "topic")})
    if path.parent.name == "sections" and path.stem == "topics":
        assert not SECTION_TOPICS.unknown({str(t) for t in values(data, "topic")})
    if path.parent.name == "sections" and path.stem == "parts":
        assert not SECTION_KINDS.unknown({str(k) for k in values(data, "kind")})


def test_the_traits_of_the_standard_tables_tell_them_apart() -> None:
    tables = load_rules().tables
    assert [table.id for table in tables] == [f"T{n}" for n in range(1, 10)]
    assert about(tables, Topic.EXPENDITURE) == "T3"
    assert about(tables, Topic.FUNCTION) == "T5"
    assert about(tables, Topic.PROCUREMENT) == ""
    assert with_kind(tables, TableKind.TWO_SIDED) == {"T1", "T4"}
    assert with_kind(tables, TableKind.CODED) == {"T2", "T3", "T5", "T8", "T9"}
    assert all(bool(table.levels) == (table.kind in {TableKind.CODED, TableKind.ECONOMIC}) for table in tables)
    assert all(table.totals and table.english.endswith(".") for table in tables)
