"""Paragraphs that are made to trip up the narrative's patterns, and the time that each pattern takes on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import regex

from jsextract.narrative import glossary
from jsextract.narrative.keywords import keywords
from jsextract.rules import function_items, misprints, tokenize
from jsextract.rules.ruleset import load_rules
from jsextract.text.normal import normalise

PIECES = {
    "digits": "1234567890",
    "grouped": "1，234，567，",
    "points": "1.2.3.4.",
    "opening brackets": "（",
    "brackets": "（（1））",
    "wan": "万",
    "units": "1万元",
    "of which": "其中：",
    "quotes": "“”",
    "names": "公务用车运行维护费",
    "names with commas": "公务接待费，",
    "near names": "公务费运行维护费3万元",
    "almost names": "一般公共预算财政拨",
    "commas": "，",
    "clauses": "完成预算，",
    "figures": "公务接待费3.50万元，占5%，比上年减少2万元，下降3%；",
    "years": "2022年度",
    "budget years": "与2021年度相比",
    "reasons": "主要原因是",
    "letters": "甲",
    "free names": "甲乙丙丁3万元、",
    "entries": "教育支出（类）",
    "half entries": "教育支出（类）普通教育（款",
    "codes": "2010301行政运行",
    "cars": "用车1",
    "grades": "的项目3个，",
    "rates": "满意度",
    "rate targets": "满意度不低于",
    "none": "未发生无没有",
    "projects": "项目绩效自评综述：",
    "project figures": "项目：全年预算数为",
    "received": "接待12批次",
    "list": "一是甲；二是乙；",
    "terms": "甲：指乙",
    "spaces": " 甲 ",
}
"""What a hostile paragraph repeats."""


def hostile(size: int) -> dict[str, str]:
    """Paragraphs of about `size` bytes (UTF-8), by what they repeat."""
    return {name: piece * (size // len(piece.encode())) for name, piece in PIECES.items()}


def finds(pattern: regex.Pattern[str]) -> Callable[[str], object]:
    """What runs a pattern over a whole text."""
    return lambda text: sum(1 for _ in pattern.finditer(text, timeout=60))


def subjects() -> Iterator[tuple[str, bool, Callable[[str], object]]]:
    """(name, whether it runs over coded text, what runs): every pattern of the narrative."""
    rules = load_rules()
    lexicon = rules.lexicon
    for rule in rules.facts:
        yield f"rule {rule.id}", True, finds(rule.pattern)
    yield "scanner", False, finds(tokenize._scanner(lexicon)[0])
    yield "entries", False, lambda text: function_items.function_tokens(text, lexicon)
    layout = rules.sections.evaluations
    for index, head in enumerate(layout.heads):
        yield f"project head {index}", False, finds(head)
    for name in ("figures", "title", "label", "numbers"):
        yield f"project {name}", False, finds(getattr(layout, name))
    for name in ("_NUMBER", "_ENTRY", "_MEANS"):
        yield f"glossary {name}", False, getattr(glossary, name).match
    yield "keywords", False, lambda text: keywords(text, rules.keywords)
    yield "misprint", False, lambda text: misprints.misprint(text[:40], lexicon)


def measured(size: int, only: Callable[[str], bool] = lambda _: True) -> Iterator[tuple[float, str, str]]:
    """(milliseconds of CPU, pattern, paragraph) for each pattern on each hostile paragraph."""
    texts = hostile(size)
    coded = {name: tokenize.tokenize(normalise(text), load_rules().lexicon).text for name, text in texts.items()}
    for what, on_coded, run in subjects():
        if not only(what):
            continue
        for name, text in (coded if on_coded else texts).items():
            started = time.process_time()
            try:
                run(text)
            except TimeoutError:
                yield float("inf"), what, name
                continue
            yield (time.process_time() - started) * 1000, what, name
