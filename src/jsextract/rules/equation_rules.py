"""Equations as data: patterns/checks/, each rule with examples of what passes and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import regex
from msgspec import Struct, field

from jsextract.errors import PatternError
from jsextract.language.phrase import phrase
from jsextract.rules import overlay
from jsextract.rules.equation import Equation, parse
from jsextract.rules.file_types import EquationEntry, EquationExample
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.regexes import compiled
from jsextract.rules.rule_files import Placed, files
from jsextract.rules.table_definitions import TableDef
from jsextract.vocabulary import is_standard

_PLACEHOLDERS = frozenset({"parent", "{class}", "{item}", "class", "item", "listed", "kind", "project"})


class EquationRule(Struct, frozen=True):
    """One equation and where it applies.

    Attributes:
        says, says_zh: what must hold, in English and in Chinese.
        alternatives: equations of which one must hold, since forms differ; the first one is `equation`.
        tables: the tables whose rows or columns it is about; all that its names speak of where it is about several.
        also: other names that stand for a name of the equation.
        needs: names without which it does not apply.
        lacks: names with which it does not apply.
        without: rows, or columns, that are no part of a sum, since they show the same or other money.
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
    sections: regex.Pattern[str] | None = None
    not_sections: regex.Pattern[str] | None = None
    listed: bool = False
    single: bool = False
    examples: tuple[EquationExample, ...] = ()
    says_zh: str = ""

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
    """All equations under checks/ of these folders, in file order.

    Raises:
        PatternError: a file does not load, a rule has an unknown name or no equation, or an id is taken twice.
    """
    own = files(folders, "checks/*")
    rows = {file.path: frozenset(file.value.rows) for file in own}
    names = _names(lexicon, tables)
    found: overlay.Entries[EquationEntry] = overlay.entries(own, lambda entry: entry.id, "equations")
    return tuple(rule for entry in found.values() for rule in _rules(entry, names | rows[entry.path]))


def _names(lexicon: Lexicon, tables: Sequence[TableDef]) -> frozenset[str]:
    """Every name that an equation may use: columns and rows of the tables, items of the text, names of codes."""
    found: set[str] = set(_PLACEHOLDERS)
    for table in tables:
        found.update(name for name, _ in (*table.columns, *table.items))
        found.update((*table.words, *table.sides, *table.sides_by_code))
        found.update(side for side, _ in table.sides_by_head)
    return frozenset(found | set(lexicon.items) | set(lexicon.functions.values()) | set(lexicon.economics.values()))


def _rules(placed: Placed[EquationEntry], known: frozenset[str]) -> tuple[EquationRule, ...]:
    """One rule for each of its equations; the examples are those of the first.

    Raises:
        PatternError: if it has no equation or several kinds of them, or an unknown name.
    """
    entry = placed.value
    with overlay.blamed(placed):
        if sum(map(bool, (entry.equation, entry.equations, entry.any_of))) != 1:
            raise PatternError(phrase("give one of equation, equations and any_of."))
        sources = [entry.any_of] if entry.any_of else [(one,) for one in entry.equations or (entry.equation,)]
        made = []
        for number, texts in enumerate(sources):
            alternatives = tuple(parse(text) for text in texts)
            names = [name for equation in alternatives for name in equation.names]
            _known_names([*names, *entry.needs, *entry.lacks, *entry.also], known)
            made.append(_rule(entry, alternatives, entry.examples if number == 0 else ()))
        return tuple(made)


def _rule(
    entry: EquationEntry, alternatives: tuple[Equation, ...], examples: tuple[EquationExample, ...]
) -> EquationRule:
    return EquationRule(
        id=entry.id,
        says=entry.says,
        severity=entry.severity,
        each=entry.each,
        alternatives=alternatives,
        tables=entry.tables or _tables(alternatives[0]),
        side=entry.side,
        also=entry.also,
        needs=entry.needs,
        lacks=entry.lacks,
        without=frozenset(entry.without),
        topics=frozenset(entry.topics),
        measures=entry.measures,
        sections=compiled(entry.sections, "sections") if entry.sections else None,
        not_sections=compiled(entry.not_sections, "not_sections") if entry.not_sections else None,
        listed=entry.listed,
        single=entry.single,
        examples=examples,
        says_zh=entry.says_zh,
    )


def _tables(equation: Equation) -> tuple[str, ...]:
    """The tables that full names speak of: T1 of T1:收入:总计:决算数."""
    heads = (name.split(":")[0] for name in equation.names if ":" in name)
    return tuple(dict.fromkeys(head for head in heads if is_standard(head)))


def _known_names(used: Sequence[str], known: frozenset[str]) -> None:
    """Refuses names that nothing is called by; full names are looked at part by part, head and measure aside.

    Raises:
        PatternError: for the first unknown name.
    """
    for name in used:
        parts = name.split(":")
        inner = parts[1:] if is_standard(parts[0]) else parts[1:-1]
        for part in inner if len(parts) > 1 else parts:
            if part not in known and not part.isdigit() and not known.issuperset(part.split("/")):
                raise PatternError(
                    phrase("nothing is called {part}.", part=part), phrase("See patterns/tables and patterns/lexicon.")
                )
