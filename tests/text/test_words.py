"""Words cut by the dictionary alone are those that jieba finds."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import jieba
import pytest

from jsextract.rules.ruleset import load_rules
from jsextract.text import words

FIELD = load_rules().lexicon.dictionaries
Cut = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def by_jieba() -> Cut:
    tagger = words._tagger(FIELD)
    return lambda text: [(pair.word, pair.flag) for pair in tagger.cut(text)]


def _lines() -> list[str]:
    return (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()


def test_the_frequencies_are_those_of_jiebas_dictionary() -> None:
    assert sum(int(line.split()[1]) for line in _lines()) == words._KNOWN_COUNT


def test_every_word_is_found_also_those_out_of_order() -> None:
    dictionary = words._dictionary(())
    assert dictionary is not None
    told = [line.split() for line in _lines()]
    told = [(word, frequency, tag) for word, frequency, tag in told if words._CHINESE.fullmatch(word)]
    odd = [two for one, two in itertools.pairwise(told) if two[0] < one[0]]
    odd += [one for one, two in itertools.pairwise(told) if two[0] < one[0]]
    assert odd
    for word, frequency, tag in [*odd, *told[::50], told[0], told[-1]]:
        assert dictionary.entry(word) == (int(frequency), tag), word
    assert dictionary.entry("鑫曌芃") is None


@pytest.mark.parametrize("seed", range(4))
def test_the_dictionary_cuts_as_jieba_does(seed: int, by_jieba: Cut) -> None:
    random = Random(seed)
    known = [word for word in (line.split()[0] for line in _lines()) if words._CHINESE.fullmatch(word)]
    known += [line.split()[0] for line in FIELD[0].read_text(encoding="utf-8").split("\n") if line]
    dictionary = words._dictionary(FIELD)
    assert dictionary is not None
    decided = 0
    for _ in range(2000):
        text = "".join(random.choices(known, k=random.choice((1, 2, 2, 3))))[: random.choice((4, 5, 6))]
        found = dictionary.cut(text)
        if all(tag for _, tag in found):
            decided += 1
            assert found == by_jieba(text), text
        for unwanted in "nvx":
            by_word = words.every(text, lambda _, tag, tag_=unwanted: not tag.startswith(tag_), FIELD)  # type: ignore[misc]
            assert by_word == (not any(tag.startswith(unwanted) for _, tag in by_jieba(text))), text
    assert decided > 1000


def test_jieba_is_loaded_only_for_what_the_dictionary_leaves_open() -> None:
    program = (
        "import sys; from jsextract.text.words import every, tagged; "
        "assert tagged('共计建设') == [('共计', 'v'), ('建设', 'vn')], tagged('共计建设'); "
        "assert not every('在矫对象人数', lambda _, tag: tag[0] == 'v'); "
        "assert 'jieba' not in sys.modules; tagged('鑫曌芃'); assert 'jieba' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_dictionary_without_frequencies_is_left_to_jieba(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("某某工程\n", encoding="utf-8")
    assert words._dictionary((own,)) is None


def test_a_planted_cache_is_not_unmarshalled_and_none_is_left(tmp_path: Path) -> None:
    import marshal

    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({"推动": 1}, 1)))
    code = "from jsextract.text.words import tagged; print(len(tagged('推动㐀老旧小区')))"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "5\n"  # 推动 㐀 老 旧 小区
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
