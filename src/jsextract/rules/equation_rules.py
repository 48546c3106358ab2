"""Equations as data: patterns/checks/, each rule with examples of what passes and what does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsextract.errors import PatternError
from jsextract.rules import rule_files
from jsextract.rules.equation import Equation, parse
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.table_definitions import TableDef
from jsextract.vocabulary import CHECK_STATUSES, SEVERITIES, Severity, is_standard

EACH = frozenset({"row", "column", "code", "document", "class", "item", "statement", "section", "topic"})
"""What a rule is tried on: a row (names are columns), a column (names are items), a code of a table and what is below
it, the document (names are TABLE:SIDE:ITEM:COLUMN), a functional class or item that occurs in it (`{class}`,
`{item}`), every statement of the first name (TOPIC:ITEM:MEASURE) in the text, or the facts of a section or of a topic
of the text (names are items)."""
_KEYS = frozenset(
    {"id", "says", "severity", "tables", "side", "each", "topics", "measures", "sections", "not_sections", "equation",
     "equations", "any_of", "also", "needs", "lacks", "without", "listed", "single", "examples"}
)  # fmt: skip
_PLACEHOLDERS = frozenset({"parent", "{class}", "{item}", "class", "item", "listed", "kind", "project"})


@dataclass(frozen=True, slots=True)
class EquationExample:
    """Figures by name, as printed (a list for sum(name.*)), and the status that they must give."""

    status: str
    figures: Mapping[str, str | Sequence[str]]
    unit: str = "万元"


@dataclass(frozen=True, slots=True)
class EquationRule:
    """One equation and where it applies.

    Attributes:
        says: what the equation means, for messages.
        alternatives: equations of which one must hold, since forms differ; the first one is `equation`.
        tables: the tables whose rows or columns it is about; all that its names speak of where it is about several.
        also: other names that stand for a name of the equation.
        needs: names without which it does not apply.
        lacks: names with which it does not apply.
        without: rows that a sum leaves out, since they show the same money another way.
        topics: whose facts it is about.
        measures: which of them; the equation is tried on each.
        sections: what the path of their section holds; not_sections what it does not hold.
        listed: whether the parts of a list may be incomplete, so that a total above their sum is no error for sure.
        single: whether it binds documents of a single unit only.
    """

    id: str
    says: str
    severity: str
    each: str
    alternatives: tuple[Equation, ...]
    tables: tuple[str, ...] = ()
    side: str = ""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ("final",)
    sections: re.Pattern[str] | None = None
    not_sections: re.Pattern[str] | None = None
    listed: bool = False
    single: bool = False
    examples: tuple[EquationExample, ...] = ()

    @property
    def equation(self) -> Equation:
        """The first of its alternatives, which stands for them in messages."""
        return self.alternatives[0]

    def reads_section(self, path: str) -> bool:
        """Whether it is about facts of a section with this path."""
        return (self.sections is None or bool(self.sections.search(path))) and not (
            self.not_sections and self.not_sections.search(path)
        )


def load_equations(folders: Sequence[Path], lexicon: Lexicon, tables: Sequence[TableDef]) -> tuple[EquationRule, ...]:
    """All equations of patterns/checks/, those of the user's own folders after the shipped ones.

    Raises:
        PatternError: a file has an unknown key or name, no equation, or an id is taken twice.
    """
    names = _names(lexicon, tables)
    found: dict[str, tuple[EquationRule, ...]] = {}
    for path in rule_files.files(folders, "checks"):
        if path.name == "bases.yaml":
            continue
        data = rule_files.read_yaml(path)
        if not isinstance(data, dict) or "equations" not in data or data.keys() - {"equations", "rows"}:
            raise PatternError(f"{path}: a file of checks holds equations, and rows where names need it.")
        known = names | frozenset(data.get("rows", ()))
        for entry in data["equations"]:
            own = _entry(entry, str(path), known)
            if own[0].id in found:
                raise PatternError(f"{path}: {own[0].id} is defined twice.")
            found[own[0].id] = own
    return tuple(rule for own in found.values() for rule in own)


def _names(lexicon: Lexicon, tables: Sequence[TableDef]) -> frozenset[str]:
    """Every name that an equation may use: columns and rows of the tables, items of the text, names of codes."""
    found: set[str] = set(_PLACEHOLDERS)
    for table in tables:
        found.update(name for name, _ in (*table.columns, *table.items))
        found.update((*table.words, *table.sides, *table.sides_by_code))
    return frozenset(found | set(lexicon.items) | set(lexicon.functions.values()) | set(lexicon.economics.values()))


def _entry(data: Any, place: str, known: frozenset[str]) -> tuple[EquationRule, ...]:
    """One rule for each of its equations; the examples are those of the first."""
    if not isinstance(data, dict) or not {"id", "says", "each", "examples"} <= data.keys():
        raise PatternError(f"{place}: a check needs id, says, each, an equation and examples.")
    where = f"{place}: {data['id']}"
    unknown = sorted(data.keys() - _KEYS)
    if unknown:
        raise PatternError(f"{where}: unknown key {unknown[0]}.", f"Known: {', '.join(sorted(_KEYS))}.")
    if data.get("severity", Severity.ERROR) not in SEVERITIES.words or data["each"] not in EACH:
        raise PatternError(f"{where}: unknown severity {data.get('severity')} or each {data['each']}.")
    if sum(key in data for key in ("equation", "equations", "any_of")) != 1:
        raise PatternError(f"{where}: give one of equation, equations and any_of.")
    if "any_of" in data:
        sources: list[list[str]] = [data["any_of"]]
    else:
        sources = [[source] for source in data.get("equations", [data.get("equation")])]
    made = []
    for number, texts in enumerate(sources):
        alternatives = tuple(parse(text) for text in texts)
        names = [name for equation in alternatives for name in equation.names]
        _known_names(where, [*names, *data.get("needs", ()), *data.get("lacks", ()), *data.get("also", ())], known)
        made.append(_rule(data, where, alternatives, with_examples=number == 0))
    return tuple(made)


def _rule(
    data: Mapping[str, Any], where: str, alternatives: tuple[Equation, ...], *, with_examples: bool
) -> EquationRule:
    return EquationRule(
        data["id"],
        data["says"],
        data.get("severity", Severity.ERROR),
        data["each"],
        alternatives,
        tables=tuple(data.get("tables", ()) or _tables(alternatives[0])),
        side=data.get("side", ""),
        also={name: tuple(others) for name, others in data.get("also", {}).items()},
        needs=tuple(data.get("needs", ())),
        lacks=tuple(data.get("lacks", ())),
        without=frozenset(data.get("without", ())),
        topics=frozenset(data.get("topics", ())),
        measures=tuple(data.get("measures", ["final"])),
        sections=re.compile(data["sections"]) if "sections" in data else None,
        not_sections=re.compile(data["not_sections"]) if "not_sections" in data else None,
        listed=bool(data.get("listed")),
        single=bool(data.get("single")),
        examples=tuple(_example(e, where) for e in data["examples"]) if with_examples else (),
    )


def _tables(equation: Equation) -> tuple[str, ...]:
    """The tables that full names speak of: T1 of T1:收入:总计:决算数."""
    heads = (name.split(":")[0] for name in equation.names if ":" in name)
    return tuple(dict.fromkeys(head for head in heads if is_standard(head)))


def _known_names(where: str, used: Sequence[str], known: frozenset[str]) -> None:
    """Refuses names that nothing is called by; full names are looked at part by part, head and measure aside.

    Raises:
        PatternError: for the first unknown name.
    """
    for name in used:
        parts = name.split(":")
        inner = parts[1:] if is_standard(parts[0]) else parts[1:-1]
        for part in inner if len(parts) > 1 else parts:
            if part not in known and not part.isdigit() and not known.issuperset(part.split("/")):
                raise PatternError(f"{where}: nothing is called {part}.", "See patterns/tables and patterns/lexicon.")


def _example(data: Any, where: str) -> EquationExample:
    if (
        not isinstance(data, dict)
        or data.keys() - {"status", "figures", "unit"}
        or data.get("status") not in CHECK_STATUSES.words
    ):
        raise PatternError(f"{where}: an example has a status, figures and perhaps a unit.")
    return EquationExample(data["status"], data["figures"], data.get("unit", "万元"))
