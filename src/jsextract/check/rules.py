"""Equations as data: patterns/checks/, each rule with examples of what passes and what does not."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jsextract.check.equation import Equation, parse
from jsextract.check.result import SEVERITIES, STATUSES
from jsextract.errors import PatternError
from jsextract.patterns import store
from jsextract.patterns.lexicon import load

EACH = frozenset({"row", "column", "code", "document", "class", "item", "section"})
"""What a rule is tried on: a row (names are columns), a column (names are items), a code of a table and what is
below it, the document (names are TABLE:SIDE:ITEM:COLUMN or TOPIC:ITEM:MEASURE), a functional class or item that
occurs in it (`{class}`, `{item}`), or the facts of a section of the text (names are items)."""
_KEYS = frozenset(
    {"id", "says", "severity", "tables", "side", "each", "topic", "measure", "equation", "also", "needs", "without",
     "complete", "examples"}
)  # fmt: skip
_PLACEHOLDERS = frozenset({"parent", "{class}", "{item}"})


@dataclass(frozen=True, slots=True)
class Example:
    """Figures by name, as printed (a list for sum(name.*)), and the status that they must give."""

    status: str
    figures: Mapping[str, str | Sequence[str]]
    unit: str = "万元"


@dataclass(frozen=True, slots=True)
class Rule:
    """One equation and where it applies.

    Attributes:
        says: what the equation means, for messages.
        tables: the tables whose rows or columns it is about; all that its names speak of where it is about several.
        also: other names that stand for a name of the equation.
        needs: names without which it does not apply.
        without: rows that a sum leaves out, since they show the same money another way.
        complete: whether a name that is not there means that the text lists only some of the parts.
    """

    id: str
    says: str
    severity: str
    each: str
    equation: Equation
    tables: tuple[str, ...] = ()
    side: str = ""
    topic: str = ""
    measure: str = ""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    complete: bool = True
    examples: tuple[Example, ...] = ()


def rules() -> tuple[Rule, ...]:
    """All equations of patterns/checks/, those of the user's own folders after the shipped ones.

    Raises:
        PatternError: a file has an unknown key or name, no equation, or an id is taken twice.
    """
    return _rules(store.folders())


@functools.cache
def _rules(_folders: tuple[Path, ...]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for path in store.files("checks"):
        data = store.read_yaml(path)
        if not isinstance(data, dict) or "equations" not in data or data.keys() - {"equations", "rows"}:
            raise PatternError(f"{path}: a file of checks holds equations, and rows where names need it.")
        known = names() | frozenset(data.get("rows", ()))
        for entry in data["equations"]:
            rule = _rule(entry, str(path), known)
            if rule.id in found:
                raise PatternError(f"{path}: {rule.id} is defined twice.")
            found[rule.id] = rule
    return tuple(found.values())


@functools.cache
def names() -> frozenset[str]:
    """Every name that an equation may use: columns and rows of the tables, items of the text, names of codes."""
    found: set[str] = set(_PLACEHOLDERS)
    for path in store.files("tables"):
        table = store.read_yaml(path)
        found.update(table["columns"], table.get("items", ()), table["words"], table.get("sides", ()))
        found.update(table.get("sides_by_code", ()))
    lexicon = load()
    return frozenset(found | set(lexicon.items) | set(lexicon.functions.values()) | set(lexicon.economics.values()))


def _rule(data: Any, place: str, known: frozenset[str]) -> Rule:
    if not isinstance(data, dict) or not {"id", "says", "each", "equation", "examples"} <= data.keys():
        raise PatternError(f"{place}: a check needs id, says, each, equation and examples.")
    where = f"{place}: {data['id']}"
    unknown = sorted(data.keys() - _KEYS)
    if unknown:
        raise PatternError(f"{where}: unknown key {unknown[0]}.", f"Known: {', '.join(sorted(_KEYS))}.")
    severity = data.get("severity", "error")
    if severity not in SEVERITIES or data["each"] not in EACH:
        raise PatternError(f"{where}: unknown severity {severity} or each {data['each']}.")
    equation = parse(data["equation"])
    also = {name: tuple(others) for name, others in data.get("also", {}).items()}
    _known_names(where, [*equation.names, *data.get("needs", ()), *also], known)
    tables = tuple(data.get("tables", ()) or _tables(equation))
    return Rule(
        data["id"],
        data["says"],
        severity,
        data["each"],
        equation,
        tables,
        data.get("side", ""),
        data.get("topic", ""),
        data.get("measure", ""),
        also,
        tuple(data.get("needs", ())),
        frozenset(data.get("without", ())),
        bool(data.get("complete", True)),
        tuple(_example(example, where) for example in data["examples"]),
    )


def _tables(equation: Equation) -> tuple[str, ...]:
    """The tables that full names speak of: T1 of T1:收入:总计:决算数."""
    heads = (name.split(":")[0] for name in equation.names if ":" in name)
    return tuple(dict.fromkeys(head for head in heads if head.startswith("T") and head[1:].isdigit()))


def _known_names(where: str, used: Sequence[str], known: frozenset[str]) -> None:
    """Refuses names that nothing is called by; full names are looked at part by part, head and measure aside.

    Raises:
        PatternError: for the first unknown name.
    """
    for name in used:
        parts = name.split(":")
        inner = parts[1:] if parts[0].startswith("T") else parts[1:-1]
        for part in inner if len(parts) > 1 else parts:
            if part not in known and not part.isdigit():
                raise PatternError(f"{where}: nothing is called {part}.", "See patterns/tables and patterns/lexicon.")


def _example(data: Any, where: str) -> Example:
    if not isinstance(data, dict) or data.keys() - {"status", "figures", "unit"} or data.get("status") not in STATUSES:
        raise PatternError(f"{where}: an example has a status, figures and perhaps a unit.")
    return Example(data["status"], data["figures"], data.get("unit", "万元"))
