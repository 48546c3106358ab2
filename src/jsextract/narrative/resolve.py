"""What a clause is about: names by what stands before them, bases of comparisons, years (主体、口径、年度)."""

from __future__ import annotations

from msgspec import structs
from msgspec.structs import replace

from jsextract.narrative.discourse import DiscourseState
from jsextract.narrative.frames import BUDGETS
from jsextract.narrative.matches import TRIM, Match, ReadingContext, quoted
from jsextract.narrative.ownership import is_no_name, qualifier, without_entity, without_leading
from jsextract.narrative.subjects import NOBODY, SIDES, Subject, other_side, side_of
from jsextract.narrative.years import YearResolver
from jsextract.outline.headings import Part
from jsextract.rules.code_list import name_of
from jsextract.rules.file_types import LISTED, OTHER_SIDE, Claim
from jsextract.rules.lexicon import Lexicon, Name
from jsextract.rules.tokenize import Token, TokenText
from jsextract.text.tokens import is_han
from jsextract.vocabulary import Measure, Topic

GENERAL_BUDGET = "一般公共预算"
FISCAL_SPENDING, GENERAL_SPENDING = "财政拨款支出", "一般公共预算财政拨款支出"
"""What the first means under a heading about the general budget."""
_QUALIFIED = ("收入", "支出", "费", "费用", "经费", "补助", "补贴", "资金")
"""How names end that words before them make another one."""
_CHANGES = frozenset({Measure.CHANGE, Measure.CHANGE_RATE, Measure.COMPARISON})


class ReferenceResolver:
    """Tells subjects, bases and years in one coded paragraph, and keeps the context that later clauses need."""

    def __init__(self, coded: TokenText, part: Part, context: DiscourseState, setting: ReadingContext) -> None:
        self.coded, self.part, self.context, self.setting = coded, part, context, setting
        self.years = YearResolver(coded, part, context, setting)

    def learn(self, hit: Match) -> None:
        """Takes over what the match says that the next figures are about and are compared with."""
        rule, context = hit.rule, self.context
        slot = rule.subject
        if slot and slot in rule.slots:
            if hit.match[slot]:
                context.set_subject(self.subject(hit, slot))
        elif slot == "-":
            context.set_subject(NOBODY)
        elif slot:
            context.set_subject(Subject(literal(slot, self.part, self.setting.rules.lexicon), slot))
        if rule.pair:
            self._learn_pair(hit)
        if rule.basis and not rule.claims:
            # 比上年收入增加: of both sides, the one that is named
            sides = [side for side in SIDES if side in hit.match[0]]
            if len(sides) == 1:
                context.turn_to(sides[0])
        if rule.basis:
            context.basis = self._named_basis(hit, rule.basis) or context.basis

    def _learn_pair(self, hit: Match) -> None:
        """本年收入合计、本年支出合计各是3，4万元: what each figure, and each of the pairs that follow, is about."""
        pair = hit.rule.pair
        if all(hit.match[slot] for slot in pair):
            self.context.pair = tuple(self.subject(hit, slot) for slot in pair)
        elif not self.context.pair or any(hit.match[slot] for slot in hit.rule.slots if slot.startswith("item")):
            self.context.pair = self._sides(hit) or tuple(self.context.recent[-len(pair) :])

    def _sides(self, hit: Match) -> tuple[Subject, ...]:
        """收入总计 and 支出总计, where both together are what is talked about."""
        said = "item" in hit.rule.slots and hit.match["item"]
        subject = self.subject(hit, "item") if said else self.context.subject
        lexicon = self.setting.rules.lexicon
        sides = subject.name.sides if subject else ()
        return tuple(Subject(literal(name, self.part, lexicon), name) for name in sides)

    def _named_basis(self, hit: Match, basis: str) -> str:
        if basis == "budget":
            return self.context.budget or "预算"
        return self._basis_word(hit, basis) if basis in hit.rule.slots else basis

    def subject(self, hit: Match, slot: str) -> Subject:
        """The thing that the slot of a match names; its name as printed where no list knows it."""
        token = self.coded.tokens.get(hit.match.start(slot))
        start, end = self.coded.normal_span(*hit.match.span(slot))
        if token is not None and token.name is not None and hit.match.end(slot) == hit.match.start(slot) + 1:
            named = self.named(token.name, token, token.path or self.coded.normal.text[start:end])
            longer = self._longer(hit.match.start(slot), self.coded.normal.text[start:end], token)
            if longer:
                return Subject(Name(longer, named.name.topic), longer, free=True)
            return self._of_fund(named, self.coded.funds.get(hit.match.start(slot), ""))
        printed = self.coded.normal.text[start:end].strip(TRIM)
        lexicon = self.setting.rules.lexicon
        meaning = lexicon.words.get(hit.rule.slots[slot], {}).get(printed)
        if meaning:
            return Subject(literal(meaning, self.part, lexicon), printed)
        listed = self.context.parent if self.context.top.listed else None
        own = self.part.topic if self.part.topic in {Topic.INCOME, Topic.EXPENDITURE} else Topic.OTHER
        topic = listed.name.topic if listed else own
        if hit.rule.slots[slot].startswith("free_"):
            return self.unlisted(printed.removesuffix("项目") or printed, printed, topic)
        return Subject(Name(printed.removesuffix("项目") or printed, topic), printed)

    def unlisted(self, words: str, printed: str, topic: str) -> Subject:
        """What words are about that no list holds as they stand: without the account's own name they may be known.

        Nobody, where they name nothing by themselves (两项合计, 其余, 差额).
        """
        lexicon = self.setting.rules.lexicon
        bare = without_entity(without_leading(words, lexicon), self.setting.entity)
        known = lexicon.names.get(bare) if bare != words else None
        if known is not None:
            return Subject(known, printed)
        return NOBODY if is_no_name(bare, lexicon) else Subject(Name(bare, topic), printed, free=True)

    def _longer(self, at: int, printed: str, token: Token) -> str:
        """村级代管及其他收入 where 其他收入 is known: the whole of a name that ends in a known one; else blank."""
        if token.path or not printed.endswith(_QUALIFIED):
            return ""
        text = self.coded.text
        left = next((n for n in range(at, 0, -1) if not is_han(text[n - 1])), 0)
        words = qualifier(text[left:at], self.setting.rules.lexicon, self.setting.entity)
        return words + printed if words else ""

    def named(self, name: Name, token: Token, printed: str) -> Subject:
        """The thing that a name stands for here: short names and partial paths are completed by what came before."""
        context = self.context
        if token.level or len(name.code) == 3 or token.path:
            above = self._above(name, token.level)
            path = "/".join([*above, name.item]) if len(above) == token.level else name.item
            context.entry = tuple(path.split("/"))
            if token.level:
                return Subject(replace(name, item=path), path)
        whole = context.enclosing if context.top.bracket and not context.top.listed else context.parent
        parent = whole.item("money", self.part.topic) if whole else ""
        before = next((s.name.item for s in reversed(context.recent) if s.name is not name), "")
        follows = name.after.get(before, "") if self.part.topic in name.within else ""
        part = name.within.get(self.part.topic, "") if parent else ""
        part = part.replace("{parent}", parent) if "{parent}" in part else ""
        if printed == FISCAL_SPENDING and GENERAL_BUDGET in self.part.path:
            return Subject(name, printed, GENERAL_SPENDING, misprint=token.misprint)
        special = name.under.get(parent, "") or follows or part or self._on_side_of(before, name, printed)
        return Subject(name, printed, special, misprint=token.misprint)

    def _on_side_of(self, before: str, name: Name, printed: str) -> str:
        """政府性基金 right after 一般公共预算财政拨款收入 is income, too; blank where the words tell the side."""
        opposite = other_side(name.item) if not side_of(printed) else ""
        return opposite if opposite and side_of(opposite) == side_of(before) else ""

    def _above(self, name: Name, level: int) -> tuple[str, ...]:
        """The levels above a partial path, as entries before it told them; a 款 of another 类 is under its own."""
        told, lexicon = self.context.entry[:level], self.setting.rules.lexicon
        if level != 1 or not told:
            return told
        group = name.item.split("/")[0]
        own = {had.code[:3] for had in lexicon.coded.get(group, ()) if len(had.code) == len("20101")}
        if len(own) != 1 or own & {had.code for had in lexicon.coded.get(told[0], ())}:
            return told
        return (name_of(lexicon.coded, own.pop(), self.setting.year) or told[0],)

    def _of_fund(self, subject: Subject, fund: str) -> Subject:
        """使用政府性基金安排基本支出: not what 基本支出 means in a section about the general budget."""
        meant = subject.name.within.get(self.part.topic, "")
        if not fund or not meant.startswith(GENERAL_BUDGET) or fund.startswith(GENERAL_BUDGET):
            return subject
        return structs.replace(subject, special=subject.name.money or subject.name.item)

    def fund(self, hit: Match) -> str:
        """The source of money that qualifies the name in a clause (资金来源); blank where none does."""
        return next((self.coded.funds[at] for at in range(hit.start, hit.end) if at in self.coded.funds), "")

    def token(self, hit: Match, slot: str) -> Token | None:
        """The token in a slot of the match; None where the slot is empty or holds plain text."""
        if slot not in hit.rule.slots or hit.match[slot] is None:
            return None
        return self.coded.tokens.get(hit.match.start(slot))

    def _basis_word(self, hit: Match, slot: str) -> str:
        """上年 for the year before, the budget's name for a budget, else what was printed."""
        if hit.match[slot] is None:
            return ""
        token = self.token(hit, slot)
        words = self.setting.rules.lexicon.words["basis"]
        start, end = self.coded.normal_span(*hit.match.span(slot))
        if token is not None and token.kind == "year":
            year = self.years.of(token)
            budget = words.get(self.coded.normal.text[token.end : end], "")
            if budget:
                return budget if year in {None, self.setting.year} else f"{year}年{budget}"
            before = year is not None and self.setting.year is not None and year == self.setting.year - 1
            return "上年" if before or token.shift == -1 else (f"{year}年" if year else "上年")
        printed = "".join(quoted(self.coded.normal, start, end).split())
        return words.get(self.coded.normal.text[start:end], printed)

    def headed(self, hit: Match) -> str:
        """What the amounts of a list measure by the head that opens it; blank where that says nothing of it."""
        return "" if hit.rule.claims or "measure" not in hit.rule.slots else self._measure_word(hit, "measure")

    def _measure_word(self, hit: Match, slot: str) -> str:
        """The measure that the words of a slot mean."""
        start, end = self.coded.normal_span(*hit.match.span(slot))
        return self.setting.rules.lexicon.words[hit.rule.slots[slot]][self.coded.normal.text[start:end]]

    def measure(self, hit: Match, claim: Claim) -> str:
        """The measure that the claim states; blank where its slot tells none."""
        if claim.measure.startswith("{"):
            slot = claim.measure[1:-1]
            if hit.rule.slots[slot] == "basis":
                return BUDGETS.get(self._basis_word(hit, slot), "")
            return self._measure_word(hit, slot)
        if claim.measure == LISTED:
            frames = reversed(self.context.frames)
            return next((f.measure for f in frames if (f.listed or f.bracket) and f.measure), claim.otherwise)
        return claim.measure

    def claimed(self, hit: Match, claim: Claim) -> Subject | None:
        """The thing that the claim is about; None where nothing was named."""
        if claim.item.startswith("{"):
            slot = claim.item[1:-1]
            if slot in hit.rule.pair:
                at = list(hit.rule.pair).index(slot)
                return self.context.pair[at] if len(self.context.pair) == len(hit.rule.pair) else None
            return self.subject(hit, slot) if hit.match[slot] else self.context.subject
        if claim.item.startswith("recent."):
            back = int(claim.item.removeprefix("recent."))
            return self.context.recent[-back] if len(self.context.recent) >= back else None
        if claim.item.startswith(OTHER_SIDE):
            self.context.turn_to(claim.item.removeprefix(OTHER_SIDE))
            return None if self.context.top.unknown else self.context.subject
        if claim.item:
            printed = self._people(hit) or claim.item
            return Subject(literal(claim.item, self.part, self.setting.rules.lexicon), printed)
        if claim.measure == Measure.REASON:
            return self.context.compared
        if claim.measure == Measure.SCORE and self.setting.project:
            return self.context.default
        if self.context.sides and claim.measure in _CHANGES:
            return self._whole(self.context.sides)
        told = self.context.told if claim.measure in _CHANGES else None
        subject = None if self.context.top.unknown else self.context.subject
        return NOBODY if told and subject and told.name.item != subject.name.item else subject

    def _whole(self, sides: tuple[Subject, ...]) -> Subject:
        """收入支出总计 of 收入总计 and 支出总计; nobody where no list has a name for both."""
        items, names = (
            {side.item("money", self.part.topic) for side in sides},
            self.setting.rules.lexicon.items.values(),
        )
        name = next((name for name in names if set(name.sides) == items), None)
        return Subject(name, name.item) if name is not None else NOBODY

    def _people(self, hit: Match) -> str:
        """What staff is called, where a rule files it under one name (在编教职工, 现有职工); blank elsewhere."""
        kinds = (slot for slot, kind in hit.rule.slots.items() if kind.startswith("staff_") and hit.match[slot])
        slot = next(kinds, "")
        return self.coded.normal.text[slice(*self.coded.normal_span(*hit.match.span(slot)))] if slot else ""

    def basis(self, hit: Match, claim: Claim) -> str:
        """What the claim is measured against, by name; blank where nothing was named."""
        if claim.basis.startswith("{"):
            slot = claim.basis[1:-1]
            if hit.match[slot]:
                return self._basis_word(hit, slot)
            claim_basis = "parent" if claim.measure == Measure.SHARE else "context"
        else:
            claim_basis = claim.basis
        if claim_basis == "budget":
            return self.context.budget or "预算"
        if claim_basis == "context":
            return self.context.basis
        if claim_basis == "parent":
            parent = self.context.divided
            return parent.item(self.context.kind, self.part.topic) if parent else ""
        return claim_basis


def literal(item: str, part: Part, lexicon: Lexicon) -> Name:
    """The lexicon's entry for a canonical name that a rule or a section gives."""
    return lexicon.items.get(item) or Name(item, part.files or part.topic or "other")
