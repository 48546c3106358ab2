"""docs/checks.md and docs/zh/checks.md: every check for people, made from the rules themselves."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.file_types import WordGuide
from jsextract.rules.ruleset import RuleSet, load_rules
from jsextract.vocabulary import CheckStatus

_ENGLISH = """# Checks

<!-- Made by `make checks` from patterns/checks/; do not edit. -->

Each row of `checks.csv` is a check that was made, those that passed included. `jsextract check OUT` prints what they
found; `jsextract show FILE --check ID` draws the pages with the cells, facts and words of a check.

| status | means |
|---|---|
| `pass` | what is printed agrees |
| `rounding` | it agrees within what the printed decimals allow |
| `minor` | off by one in the last printed digit, as truncation leaves it; for words: a slip of form, or weak evidence |
| `fail` | beyond both: figures or words contradict each other |
| `not_checkable` | a part was not read, or what is compared has another scope; it says nothing |

The severity says how serious a failure is: `error` contradicts the accounts, `warning` needs a look, `info` is a matter
of form. It stands in every row of the check, and may be lower where the evidence is weak. `origin` says whose error a
failed check is: of the `document` (as printed), of the `reading`, or `unknown`. It is the document's only where every
figure was read under its own name, base and year and every reading of its table agrees; anything else is a `warning`
at most. One error often fails several checks: `follows` names the one that tells it, and only that one is counted.

Where several rows have one id, `--check` takes `ID/2` (the second of them) or `ID/words of its item`, and lists them
when a name fits several. All examples are invented.
"""
_CHINESE = """# 核对

<!-- 由 `make checks` 根据 patterns/checks/ 生成，请勿修改。 -->

`checks.csv` 每行为一次核对，通过的也在内。`jsextract check OUT` 列出所发现的问题；`jsextract show FILE --check ID`
把核对所涉各页的单元格、事实和文字画成图。

| 状态 | 含义 |
|---|---|
| `pass` | 所印相符 |
| `rounding` | 在所印小数位允许的范围内相符 |
| `minor` | 末位差一，多因截尾；文字核对：形式上的小疵，或依据较弱 |
| `fail` | 超出以上范围：数字或文字相互矛盾 |
| `not_checkable` | 有部分未读出，或口径不同，不作判断 |

严重程度表示不通过的轻重：`error` 与决算相矛盾，`warning` 需要查看，`info` 属于形式问题。每行都有，依据较弱时会降低。
`origin` 表示不通过的原因出于何处：`document`（文件如此）、`reading`（读取所致）或 `unknown`（不明）。只有所涉各数都以
自己的名称、基数和年度读出，且对该表的各次读取一致，才归于文件；其他情况至多为 `warning`。一处差错常使多项核对不通过：
`follows` 指明由哪一项说明，只计那一项。

一个编号有多行时，`--check` 可用 `ID/2`（其中第二行）或 `ID/事项中的文字`；名称对应多行时会列出各行。示例均为虚构。
"""


class _Page(Struct, frozen=True):
    """What one language's page says; its sections by the beginning of their ids, or by the part of the guide."""

    head: str
    columns: str
    sections: Mapping[str, tuple[str, str]]
    of: Callable[[EquationRule | WordGuide], tuple[str, str]]


def _in_english(rule: EquationRule | WordGuide) -> tuple[str, str]:
    return (rule.says, _figures(rule)) if isinstance(rule, EquationRule) else (rule.means, rule.example)


def _in_chinese(rule: EquationRule | WordGuide) -> tuple[str, str]:
    if isinstance(rule, EquationRule):
        return rule.says_zh, _figures(rule)
    return rule.means_zh, rule.example_zh or rule.example


PAGES: Mapping[str, _Page] = {
    "en": _Page(
        _ENGLISH,
        "| check | severity | what must hold | an example that does not |",
        {
            "table.": ("Inside a table", "Rows, columns and codes add up; figures are those of one table."),
            "cross.": ("Between tables", "The same quantity in two tables."),
            "text.": ("Text against tables, and against itself", "What sentences state."),
            "figures": ("Shares, rates, changes, projects, codes", "What is no equation."),
            "words": ("Words and structure", "The quote stands in the message."),
            "dataset": (
                "Across the accounts of a dataset",
                "They stand with each account that they concern, and change when accounts are added to the dataset.",
            ),
        },
        _in_english,
    ),
    "zh": _Page(
        _CHINESE,
        "| 核对 | 严重程度 | 应当成立的关系 | 不成立的示例 |",
        {
            "table.": ("表内", "行、列、科目层级的合计，数字出自同一张表。"),
            "cross.": ("表间", "同一数字见于两张表。"),
            "text.": ("正文与表、正文内部", "句子所述的数。"),
            "figures": ("占比、比率、增减、项目、科目", "不以等式表示的。"),
            "words": ("文字与结构", "所引原文见于说明。"),
            "dataset": ("数据集内各决算之间", "列于所涉的每份决算之下，数据集加入决算后会变化。"),
        },
        _in_chinese,
    ),
}


def guide(rules: RuleSet, language: str = "en") -> str:
    """The whole page in Markdown, in English or Chinese (`zh`)."""
    page, told = PAGES[language], rules.wordings.guide
    parts = [page.head]
    for key in page.sections:
        rows = told[key] if key in told else _of(key, rules.equations)
        parts.append("\n".join(_section(page, key, rows)))
    return "\n".join(parts) + "\n"


def _of(prefix: str, rules: Iterable[EquationRule]) -> Iterator[EquationRule]:
    seen: set[str] = set()
    for rule in rules:
        if rule.id.startswith(prefix) and rule.id not in seen:
            seen.add(rule.id)
            yield rule


def _section(page: _Page, key: str, rows: Iterable[EquationRule | WordGuide]) -> Iterator[str]:
    title, what = page.sections[key]
    yield f"## {title}\n"
    yield f"{what}\n"
    yield page.columns
    yield "|---|---|---|---|"
    for rule in rows:
        said = (part.replace("|", "\\|") for part in page.of(rule))
        yield f"| `{rule.id}` | {rule.severity} | {' | '.join(said)} |"
    yield ""


def _figures(rule: EquationRule) -> str:
    """The figures of the first example that does not hold."""
    example = next(
        e
        for status in (CheckStatus.FAIL, CheckStatus.MINOR, CheckStatus.ROUNDING)
        for e in rule.examples
        if e.status == status
    )
    return " · ".join(
        f"`{name}` {value if isinstance(value, str) else ' + '.join(value)}" for name, value in example.figures.items()
    )


def documented(rules: RuleSet) -> set[str]:
    """Every check id that the page explains."""
    told = rules.wordings.guide.values()
    return {rule.id for rule in rules.equations} | {entry.id for part in told for entry in part}


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(guide(load_rules(), "zh" if path.parent.name == "zh" else "en"), encoding="utf-8")
