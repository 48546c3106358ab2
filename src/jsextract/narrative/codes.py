"""Codes of items that the document's own tables tell (科目编码)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from jsextract.model.report import Fact, TableCell
from jsextract.rules.code_list import code_of
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.table_definitions import TableKind, with_kind
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Topic


class CodeBook:
    """Code and name pairs that the document's own tables print, to tell codes of items named in prose."""

    def __init__(self, cells: Iterable[TableCell], rules: RuleSet) -> None:
        coded, lexicon = with_kind(rules.tables, TableKind.CODED), rules.lexicon
        self.listed = lexicon.coded
        self.names: dict[str, str] = {}
        for cell in cells:
            if cell.table in coded and len(cell.code) in {3, 5, 7}:
                self.names.setdefault(cell.code, cell.item)
        self.by_path = {self._key(self.path(code)): code for code in self.names}
        classes = [(code, name) for code, name in (*lexicon.functions.items(), *self.names.items()) if len(code) == 3]
        self.classes = {squeeze(name): code for code, name in classes}
        entries = Counter(squeeze(name) for code, name in self.names.items() if len(code) == 7)
        self.by_name = {squeeze(n): c for c, n in self.names.items() if len(c) == 7 and entries[squeeze(n)] == 1}

    def path(self, code: str) -> str:
        """类/款/项 by the tables, as far as they name them."""
        parts = [self.names.get(code[:n], "") for n in (3, 5, 7) if n <= len(code)]
        return "/".join(p for p in parts if p)

    @staticmethod
    def _key(path: str) -> str:
        return squeeze(path).replace("支出", "")

    def fill(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Function items with their codes; an item named by its code or its own name alone gets its path."""
        for fact in facts:
            if fact.topic not in {Topic.FUNCTION, Topic.FUND, Topic.STATE_CAPITAL, Topic.EXPENDITURE}:
                yield fact
            elif fact.code and "/" not in fact.item and len(fact.code) > 3 and self.path(fact.code).count("/"):
                yield replace(fact, item=self.path(fact.code))
            elif fact.code:
                yield fact
            elif "/" in fact.item:
                code = self.by_path.get(self._key(fact.item)) or self.by_name.get(squeeze(fact.item.split("/")[-1]), "")
                yield replace(fact, code=code)
            elif squeeze(fact.item) in self.classes:
                yield replace(fact, code=self.classes[squeeze(fact.item)])
            else:
                yield self._named(fact)

    def _named(self, fact: Fact) -> Fact:
        """An item by its name alone: the tables tell its code, else the list of its year, if that has but one."""
        name = squeeze(fact.item)
        code = self.by_name.get(name) or code_of(self.listed.get(name, ()), fact.year)
        path = self.path(code)
        return replace(fact, code=code, item=path if path.count("/") else fact.item)
