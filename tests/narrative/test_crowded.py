"""A sentence of thousands of amounts ends in a limit with its name, not in gigabytes."""

from __future__ import annotations

import time

from jsextract import extract

HEAD = "某某市水务局2023年度部门决算公开\n第三部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n"


def listed(number: int, between: str = "、") -> bytes:
    return (HEAD + between.join(f"教育支出{at}.{at % 100:02d}万元" for at in range(number)) + "。\n").encode()


def test_twenty_thousand_amounts_in_a_sentence_are_too_large() -> None:
    started = time.process_time()
    report = extract(listed(20_000), file="a.txt")
    assert (report.status, report.problem) == ("failed", "too-large")
    assert "more than 40000000" in report.message
    assert time.process_time() - started < 30


def test_as_many_in_sentences_of_their_own_and_hundreds_in_one_are_read() -> None:
    assert len(extract(listed(3_000, "。"), file="a.txt").facts) == 3_000
    assert len(extract(listed(800), file="a.txt").facts) == 800
