"""What the columns of the standard tables are called, asked while header words are put together (栏目名称)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from jsextract.rules.table_definitions import TableDef, bare_title, named

LABELS = frozenset("类款项")
_STUB = re.compile(r"(编码|代码|编号|名称)$|^(类|款|项|项目|栏次|行次|序号)$")
_OVER_STUB = re.compile(r"(编码|代码|编号|名称|科目|分类)$|^项目$")
_SIDE = re.compile(r"收入|支出|人员经费|公用经费")


class HeadNames(Struct):
    """The names that a table's columns may have; what was asked once is remembered.

    Attributes:
        definitions: of the tables that it may be.
    """

    definitions: tuple[TableDef, ...]
    seen: dict[str, bool] = field(default_factory=dict)

    def known(self, words: str) -> bool:
        """Whether words, levels parted by `/`, name a column, or what stands over a column of names or codes."""
        if words not in self.seen:
            self.seen[words] = _STUB.search(words) is not None or any(_names(d, words) for d in self.definitions)
        return self.seen[words]

    def is_column(self, words: str) -> bool:
        """Whether words name a column of figures, or an item that stands over some."""
        return any(_names(d, words) for d in self.definitions)

    def is_stub(self, words: str) -> bool:
        """Whether words stand over a column of names, codes or line numbers."""
        return _STUB.search(words) is not None

    def fits(self, group: str, words: str) -> bool | None:
        """Whether a column of these words can stand under a group's; None where the names do not tell."""
        if _OVER_STUB.search(group):
            return _STUB.search(words) is not None
        if _STUB.search(words):
            return None if _SIDE.fullmatch(group) else False
        under, alone = self.known(f"{group}/{words}"), self.known(words)
        if under:
            return True
        return None if not alone or self._tells_little(words) else False

    def _tells_little(self, words: str) -> bool:
        """Whether words alone are a sum or a measure (预算数), which may stand under any item."""
        last = words.rpartition("/")[2]
        return words in ("合计", "小计") or any(
            d.items and named(d.columns, last) == named(d.columns, words) != "" for d in self.definitions
        )

    def cut(self, words: str) -> list[int]:
        """Where words that run together part into known names; nowhere where one of them would be unknown."""
        best: dict[int, list[int]] = {0: []}
        for end in range(2, len(words) + 1):
            starts = [s for s in best if end - s > 1 and s < end and self.known(words[s:end])]
            if starts:
                start = min(starts, key=lambda s: (len(best[s]), s))
                best[end] = [*best[start], start]
        return [at for at in best.get(len(words), []) if at]


def _names(definition: TableDef, words: str) -> bool:
    """Whether words name a column of the table; where items stand over measures, in whatever order they do."""
    if named(definition.columns, words):
        return True
    levels = [level for level in words.split("/") if not (definition.items and named(definition.columns, level))]
    return bool(named(definition.items, "/".join(levels)))


def names_of(title: str, definitions: Sequence[TableDef]) -> HeadNames:
    """The names of the columns of the table with this title; of all standard tables where it tells none."""
    bare = bare_title(title)
    own = tuple(d for d in definitions if d.reads_title(bare) or d.reads_weakly(bare))
    return HeadNames(own or tuple(definitions))
