"""docs/checks.md: every check for people, made from the rules themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.file_types import WordGuide
from jsextract.rules.ruleset import RuleSet, load_rules
from jsextract.vocabulary import CheckStatus

_HEAD = """# Checks

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
_SECTIONS = (
    ("table.", "Inside a table", "Rows, columns and codes add up; figures are those of one table."),
    ("cross.", "Between tables", "The same quantity in two tables."),
    ("text.", "Text against tables, and against itself", "What sentences state."),
)


def guide(rules: RuleSet) -> str:
    """The whole page in Markdown."""
    told = rules.wordings.guide
    parts = [_HEAD]
    for prefix, title, what in _SECTIONS:
        parts.append("\n".join(_section(title, what, map(_equation, _of(prefix, rules.equations)))))
    parts.append(
        "\n".join(_section("Shares, rates, changes, projects, codes", "What is no equation.", _told(told["figures"])))
    )
    parts.append("\n".join(_section("Words and structure", "The quote stands in the message.", _told(told["words"]))))
    about = "They stand with each account that they concern, and change when accounts are added to the dataset."
    parts.append("\n".join(_section("Across the accounts of a dataset", about, _told(told["dataset"]))))
    return "\n".join(parts) + "\n"


def _of(prefix: str, rules: Iterable[EquationRule]) -> Iterator[EquationRule]:
    seen: set[str] = set()
    for rule in rules:
        if rule.id.startswith(prefix) and rule.id not in seen:
            seen.add(rule.id)
            yield rule


def _section(title: str, what: str, rows: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"{what}\n"
    yield "| check | severity | what must hold | an example that does not |"
    yield "|---|---|---|---|"
    for row in rows:
        check_id, *rest = (part.replace("|", "\\|") for part in row)
        yield f"| `{check_id}` | {' | '.join(rest)} |"
    yield ""


def _equation(rule: EquationRule) -> tuple[str, str, str, str]:
    example = next(
        e
        for status in (CheckStatus.FAIL, CheckStatus.MINOR, CheckStatus.ROUNDING)
        for e in rule.examples
        if e.status == status
    )
    figures = " · ".join(
        f"`{name}` {value if isinstance(value, str) else ' + '.join(value)}" for name, value in example.figures.items()
    )
    return rule.id, rule.severity, rule.says, figures


def _told(entries: Iterable[WordGuide]) -> Iterator[tuple[str, str, str, str]]:
    for entry in entries:
        yield entry.id, entry.severity, entry.means, entry.example


def documented(rules: RuleSet) -> set[str]:
    """Every check id that the page explains."""
    told = rules.wordings.guide.values()
    return {rule.id for rule in rules.equations} | {entry.id for part in told for entry in part}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(guide(load_rules()), encoding="utf-8")
