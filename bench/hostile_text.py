"""How long the narrative's patterns take on hostile text, and its stage on real documents.

    python bench/hostile_text.py [FILE...] [--size 100000] [--worst 12]

Each rule, the scanner, the patterns of sections, glossary and self-evaluations run over paragraphs of `--size`
bytes that are made to trip them up: long runs of digits, brackets, 万, 其中, quotes, names and commas. With
files, the narrative stage is timed over them after a warm-up, and the slowest steps are printed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator

import regex

from jsextract.narrative import glossary, keywords, projects
from jsextract.narrative.prose import read_prose
from jsextract.pipeline import analyse, read
from jsextract.rules import misprints, tokenize
from jsextract.rules.fact_rules import load_rules
from jsextract.rules.lexicon import load
from jsextract.text.normal import normalise

LIMIT_MS = 50
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


def _finds(pattern: regex.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text, timeout=60))


def subjects() -> Iterator[tuple[str, bool, Callable[[str], object]]]:
    """(name, whether it runs over coded text, what runs): every pattern of the narrative."""
    lexicon = load()
    for rule in load_rules():
        yield f"rule {rule.id}", True, _finds(rule.pattern)
    yield "scanner", False, _finds(tokenize._scanner(lexicon)[0])
    yield "entries", False, lambda text: tokenize._function_tokens(text, lexicon)
    layout = projects._layout()
    for index, head in enumerate(layout.heads):
        yield f"project head {index}", False, _finds(head)
    for name in ("figures", "title", "label", "numbers"):
        yield f"project {name}", False, _finds(getattr(layout, name))
    for name in ("_NUMBER", "_ENTRY", "_MEANS"):
        yield f"glossary {name}", False, getattr(glossary, name).match
    yield "keywords", False, keywords.keywords
    yield "misprint", False, lambda text: misprints.misprint(text[:40], lexicon)


def measured(size: int, only: Callable[[str], bool] = lambda _: True) -> Iterator[tuple[float, str, str]]:
    """(milliseconds of CPU, pattern, paragraph) for each pattern on each hostile paragraph."""
    texts = hostile(size)
    coded = {name: tokenize.tokenize(normalise(text)).text for name, text in texts.items()}
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


def stage(path: str, rounds: int = 5) -> float:
    """CPU milliseconds of the narrative stage of one document, the best of some rounds after a warm-up."""
    document = analyse(read(path))
    cells = tuple(cell for table in document.tables for cell in table.cells)
    read_prose(document.outline, document.setting, cells)
    times = []
    for _ in range(rounds):
        started = time.process_time()
        read_prose(document.outline, document.setting, cells)
        times.append((time.process_time() - started) * 1000)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--worst", type=int, default=12)
    parser.add_argument("--only", default="", help="patterns whose name contains this")
    options = parser.parse_args()
    for path in options.files:
        print(f"{stage(path):8.1f} ms  narrative of {path}")
    results = sorted(measured(options.size, lambda what: options.only in what), reverse=True)
    for milliseconds, what, name in results[: options.worst]:
        print(f"{milliseconds:8.1f} ms  {what} on {name}")
    slow = [result for result in results if result[0] > LIMIT_MS]
    print(f"{len(results)} runs over {options.size} bytes, {len(slow)} above {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
