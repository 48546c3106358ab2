"""Short runs of bench/fuzz.py: the contract holds for whatever bytes and sentences."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jsextract import extract
from tests.faults import fuzz
from tests.faults.mutate import WORDS
from tests.pdfs import account, write

SENTENCES = st.lists(st.sampled_from(WORDS) | st.text(alphabet="0123456789,.%（）()-—", max_size=6), max_size=60)


@pytest.mark.skipif(sys.platform != "linux", reason="needs forked workers to be quick")
def test_broken_copies_give_rows_of_the_closed_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME"):  # the fuzzer sets them to watch what is written there
        monkeypatch.setenv(name, str(tmp_path))
    good = [
        write(tmp_path / "a.pdf", account()),
        write(tmp_path / "a.txt", "2024年度部门决算\n收入总计1万元。\n".encode()),
    ]
    seen: Counter[str] = Counter()
    assert fuzz.one_round(0, argparse.Namespace(seed=7, keep=None), good, seen) == []
    assert sum(count for status, count in seen.items() if status.split()[0] in fuzz.STATUSES) == fuzz.ROUND


def test_the_fuzzer_knows_a_breach_when_it_sees_one() -> None:
    fine = {"status": "ok", "problem": "", "message": ""}
    assert fuzz.faults_of(fine) == []
    for change in (
        {"status": "fine"},
        {"problem": "other"},
        {"status": "failed"},
        {"status": "failed", "problem": "crashed", "message": "The program failed: KeyError at x.py:3."},
        {"status": "failed", "problem": "timeout", "message": "Reading took more than 3 s."},
        {"problem": "corrupt"},
        {"status": "partial", "problem": "corrupt", "message": ""},
    ):
        assert fuzz.faults_of(fine | change), change


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_sentences_of_the_trade_in_no_order_are_read_without_a_fault(tmp_path_factory, words: list[str]) -> None:
    text = "某市某局2024年度部门决算\n第三部分 2024年度部门决算情况说明\n" + "".join(words)
    path = write(tmp_path_factory.mktemp("t") / "a.txt", text.encode())
    start = time.process_time()
    report = extract(path)
    assert report.status == "ok", report.message
    assert time.process_time() - start < 20
    for fact in report.facts:  # no fact without ink
        assert fact.sentence
        assert fact.value is None or fact.value.is_finite()
        assert fact.sentence[fact.start : fact.end] == fact.value_text or "implied" in fact.flags
