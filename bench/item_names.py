"""Whether two names mean one item: what a careful reader calls it, and what a fact says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from jsextract.model.report import Fact
from jsextract.rules.lexicon import Lexicon
from jsextract.text.normal import squeeze
from jsextract.text.tokens import strip_ordinal

ALIASES: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            ("公务用车购置", "公务用车购置数", "公务用车购置费", "新购公务用车", "购置公务用车"),
            ("公务用车保有量", "公务用车", "实有车辆", "一般公务用车", "公车保有量", "车辆"),
            ("国内公务接待", "公务接待费", "国内公务接待费", "公务接待", "国内接待"),
            ("接待外宾", "国（境）外公务接待", "国（境）外公务接待费", "外事接待", "外事接待费", "外宾接待费"),
            ("因公出国（境）", "因公出国（境）费", "因公出国（境）团组"),
            ("公用经费", "日常公用经费", "公用支出", "日常公用支出"),
            ("人员经费", "人员支出", "人员经费支出"),
            ("在职", "在职人员", "在职职工", "在职在编", "在编", "在编人员", "教职工"),
            ("实有人数", "年末实有人数", "年末人数", "实有人员", "职工人数", "教职工"),
            ("总编制", "编制", "编制人数", "人员编制", "编制数"),
            ("年初结转和结余", "上年结转和结余", "上年结转", "上年结转收入", "年初结转结余", "上年结转结余"),
            ("年末结转和结余", "结余", "年末结转结余", "结转下年", "年末结转"),
            ("财政拨款收入", "财政补助收入", "公共财政拨款", "本年财政拨款收入", "公共财政预算拨款收入"),
            ("财政拨款支出总计", "财政拨款支出", "本年财政拨款支出", "财政拨款本年支出合计", "财政拨款支出合计"),
            ("财政拨款收入支出总计", "财政拨款收支总计"),
            ("对附属单位补助支出", "对下级单位补助支出"),
            ("决算单位", "预算单位", "独立核算单位"),
        ),
    )
)
"""Names of one thing that the lexicon keeps apart, or does not know; whether money or things are meant, units tell."""
DENOMINATORS: tuple[frozenset[str], ...] = (
    frozenset({"收入", "总收入", "收入总计", "本年收入合计"}),
    frozenset({"支出", "总支出", "支出总计", "本年支出合计", "总支出决算"}),
)
"""Loose words of what a share is of: which total they mean, the sum tells."""
GENERAL = frozenset(
    {
        "",
        "收入",
        "支出",
        "合计",
        "总计",
        "收入合计",
        "支出合计",
        "收入总计",
        "支出总计",
        "收支总计",
        "财政拨款",
        "预算",
        "决算",
        "项目",
    }
)
"""What is no name by itself: whatever stands before it is part of the name."""
LEAST = 4
"""Characters of a name that may stand for a longer one that ends with it."""
_ENDS = re.compile(
    r"(?:决算)?(?:支出|经费|费用|费|金额|资金|总额|数量|人员|教职工|职工|教师|数|项目)?(?:决算)?(?:合计|总计|数)?$"
)
_PUBLIC = re.compile(r"(?:一般公共|公共财政预算|公共预算)财政拨款")  # its names before 2016, and shortened
_AROUND = re.compile(r"^(?:其中：?|本年度?|当年|年末|全年)|（(?:类|款|项)）")


@dataclass(frozen=True)
class ItemNames:
    """The names of a lexicon, asked whether they mean the same."""

    lexicon: Lexicon

    @cached_property
    def funds(self) -> tuple[str, ...]:
        """Sources of money that qualify a name, longest first."""
        return tuple(sorted(self.lexicon.words.get("fund", ()), key=len, reverse=True))

    def canonical(self, words: str) -> str:
        """The canonical name of printed words; the words themselves where nobody knows them."""
        words = _PUBLIC.sub("一般公共预算财政拨款", strip_ordinal(squeeze(words)))
        name = self.lexicon.names.get(words)
        return squeeze(name.item) if name is not None and name.item else _AROUND.sub("", words)

    def core(self, words: str) -> str:
        """The words without 支出, 经费, 合计 at their end and without the source of money before them."""
        name = self.canonical(words)
        fund = next((f for f in self.funds if name.startswith(f) and name[len(f) :] not in GENERAL), "")
        bare = _ENDS.sub("", name[len(fund) :])
        return bare if bare not in GENERAL else name

    def agree(self, stated: str, fact: Fact) -> bool:
        """Whether a fact is about the item that a reader named."""
        own = [fact.item, f"{getattr(fact, 'fund', '')}{fact.item}", fact.item.split("/")[-1], fact.project]
        if self.canonical(fact.item_text) not in GENERAL:
            own.append(fact.item_text)
        wanted = {stated, re.split(r"[/—]|-(?!\d)", stated)[-1]}
        return any(self.same(a, b) for a in wanted for b in own if b)

    def same(self, a: str, b: str) -> bool:
        """Whether two names mean one item: by the lexicon, by ALIASES, by their core, or one ends with the other."""
        ways = [{squeeze(name), self.canonical(name), self.core(name)} for name in (a, b)]
        a, b = self.canonical(a), self.canonical(b)
        if a == b or any(ways[0] & group and ways[1] & group for group in ALIASES):
            return True
        short, long = sorted((a, b), key=len)
        if short.endswith("财政拨款") and long in {f"{short}收入", f"{short}支出"}:
            return True  # which side is meant, the section tells
        first, second = self.core(a), self.core(b)
        if first == second and first not in GENERAL:
            return True
        if a in self.lexicon.items and b in self.lexicon.items:
            return False  # two names that the lexicon tells apart
        short, long = sorted((first, second), key=len)
        return len(short) >= LEAST and long.endswith(short)

    def same_denominator(self, a: str, b: str) -> bool:
        """Whether two names of what a share is of mean one total."""
        return self.same(a, b) or any({squeeze(a), squeeze(b)} <= group for group in DENOMINATORS)
