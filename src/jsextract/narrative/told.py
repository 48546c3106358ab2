"""How the parts of a fact were told (所据): in its clause, by its heading, or before it; evidence rests on that."""

from __future__ import annotations

import functools

import regex

from jsextract.narrative.matches import Match
from jsextract.narrative.ownership import accounted, slot_pattern, without_entity
from jsextract.narrative.resolve import ReferenceResolver
from jsextract.narrative.subjects import Subject
from jsextract.rules.file_types import Claim
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.tokenize import FIRST_ITEM, LAST_ITEM, YEAR
from jsextract.text.sentences import sentence_start
from jsextract.text.tokens import is_han
from jsextract.vocabulary import Measure, Named

_MONEY = regex.compile(r"收入|支出|拨款|基金|经费|资金|预算(?!数)|决算(?!数)|结转|结余")
_ENDINGS = ("费", "款", "支出", "收入", "金额", "总计", "合计")
_FULL = 4
"""Characters that words have which name something by themselves; 收入, 办公费 by the list they stand in."""
_PREPOSITIONS = frozenset("在对将按从以")
_ASIDE = regex.compile(r"（[^（）]*）")
_MARKS = "，、：。（）() "


@functools.lru_cache(maxsize=512)
def sure_names(lexicon: Lexicon, item: str) -> tuple[str, ...]:
    """The names by which an item is known that mean nothing else."""
    names = {item, *(name for name, one in lexicon.names.items() if one.item == item)}
    return tuple(name for name in names if not slot_pattern(lexicon, "two_meanings").fullmatch(name))


class Telling:
    """Follows one coded paragraph beside its reader and remembers which name, basis and year its words gave last."""

    def __init__(self, naming: ReferenceResolver) -> None:
        self.naming = naming
        self.coded, self.lexicon = naming.coded, naming.setting.rules.lexicon
        self._subject: Subject | None = None
        self._named, self._end = Named.INHERITED, 0
        self._headed = self._basis = self._elsewhere = False
        self._compared: set[int] = set()

    def head(self, subject: Subject, at: int) -> None:
        """A full path (类、款、项) stands at `at`: what follows is under it."""
        self._subject, self._named, self._end, self._headed = subject, Named.OWN, at + 1, True

    def words(self, subject: Subject, at: int) -> None:
        """Words of its own stand right before the clause at `at`, known or not."""
        self._subject, self._named, self._end, self._headed = subject, Named.OWN, at, False

    def turn(self) -> None:
        """What follows is about one side of what was told, which a short word picks."""
        self._subject = None

    def mark(self, char: str) -> None:
        """A full stop, a semicolon or an entry's mark: what follows has to name itself, unless it is under a head."""
        if char == "。":
            self._basis = self._elsewhere = False
        if not (self._headed and char):
            self._subject, self._headed = None, False

    def learn(self, hit: Match) -> None:
        """The clause's own name and basis stand for those that follow it in its sentence."""
        rule = hit.rule
        slot = rule.subject
        if slot and slot != "-" and (slot not in rule.slots or hit.match[slot]):
            self._subject, self._end = self.naming.context.subject, hit.end
            self._named = self._by(hit, slot) if slot in rule.slots else self._by_rule(hit, slot)
            self._headed = slot in rule.slots and self._is_head(hit, slot)
        self._elsewhere |= any(claim.item or claim.measure == Measure.COUNT for claim in rule.claims)
        if rule.basis and rule.basis != "budget" and not any(c.measure == Measure.COMPLETION_RATE for c in rule.claims):
            self._basis = self._basis or rule.basis not in rule.slots or bool(hit.match[rule.basis])
        slots = {rule.basis, *(claim.basis[1:-1] for claim in rule.claims if claim.basis.startswith("{"))}
        self._compared.update(hit.match.start(one) for one in slots & rule.slots.keys())

    def _is_head(self, hit: Match, slot: str) -> bool:
        """Whether a name is a full path, or a line or sentence by itself: what follows stands under it."""
        token = self.coded.tokens.get(hit.match.start(slot))
        path = token is not None and token.name is not None and bool(token.path)
        return path or self.coded.text[hit.match.end(slot) : hit.match.end(slot) + 1] in {"。", "："}

    def named(self, hit: Match, claim: Claim, subject: Subject, since: int) -> Named:
        """How the claim's name was told.

        Args:
            hit: the clause.
            claim: one of its rule's.
            subject: what it was found to be about.
            since: where the last clause ended.
        """
        rule = hit.rule
        slot = claim.item[1:-1] if claim.item.startswith("{") else rule.subject if not claim.item else ""
        if slot in rule.pair and all(hit.match[one] for one in rule.pair):
            return max((self._by(hit, one) for one in rule.pair), key=tuple(Named).index)
        if slot in rule.slots and hit.match[slot]:
            return self._by(hit, slot)
        literal = claim.item or rule.subject
        if not slot and claim.item and not claim.item.startswith("recent."):
            return self._by_rule(hit, literal)
        if slot and slot not in rule.slots and slot != "-":
            return self._by_rule(hit, literal)
        gap = self.coded.text[max(since, self._end) : hit.start].strip(_MARKS)
        if self.naming.setting.project and subject is self.naming.context.default:
            return Named.OWN  # a self-evaluation stands under its project's name
        bare = not gap or accounted(gap, self.lexicon)
        if subject == self._subject and bare:
            return self._named
        return Named.HEADED if bare and self._is_headed(subject) else Named.INHERITED

    def _is_headed(self, subject: Subject) -> bool:
        """Whether the heading names it, and the sentence nothing else."""
        headed = None if self._elsewhere else self.naming.context.headed
        return headed is not None and (subject.name, subject.special) == (headed.name, headed.special)

    def _by_rule(self, hit: Match, item: str) -> Named:
        """Own, if the clause that a rule takes for an item's holds a full name of it."""
        start, end = self.coded.normal_span(hit.start, hit.end)
        words = self.coded.normal.text[start:end]
        found = [name for name in sure_names(self.lexicon, item) if name in words]
        if any(words.startswith(name) for name in found) and not self._begins(hit.start):
            return Named.PARTIAL
        return Named.OWN if found else Named.SHORT

    def _by(self, hit: Match, slot: str) -> Named:
        """Own, if the name means the same wherever it is listed and is not the end of a longer one."""
        at, end = hit.match.span(slot)
        token = self.coded.tokens.get(at)
        start, stop = self.coded.normal_span(at, end)
        printed = self.coded.normal.text[start:stop]
        if at in self.coded.funds:
            return Named.SHORT  # 使用政府性基金安排基本支出: whatever stands before it is the fund's
        if not self._begins(at) or not self._ends(end, printed):
            return Named.PARTIAL
        if token is None or token.name is None:
            short = hit.rule.slots[slot].startswith("item") or len(printed) < _FULL
            return Named.SHORT if short else Named.OWN
        name = token.name
        placed = self.naming.part.topic in name.within
        if placed or name.under or (token.level and not token.path):
            return Named.SHORT
        return Named.SHORT if slot_pattern(self.lexicon, "two_meanings").fullmatch(printed) else Named.OWN

    def _begins(self, at: int) -> bool:
        """Whether a name that begins at `at` is not the end of a longer one (收入|支出总计)."""
        text = self.coded.text
        if at and FIRST_ITEM <= text[at - 1] <= LAST_ITEM:
            return False
        left = next((n for n in range(at, 0, -1) if not is_han(text[n - 1])), 0)
        words = without_entity(text[left:at], self.naming.setting.entity)
        before = slot_pattern(self.lexicon, "leading").sub("", words)
        return not before or before in _PREPOSITIONS or (not _MONEY.search(before) and accounted(before, self.lexicon))

    def _ends(self, end: int, printed: str) -> bool:
        """Whether a name that ends there is not the beginning of a longer one (财政拨款|支出)."""
        after = self.coded.text[end : end + 1]
        if FIRST_ITEM <= after <= LAST_ITEM:
            return False
        return printed.endswith(_ENDINGS) or not _MONEY.match(self.coded.text, end)

    def inherits_basis(self, hit: Match, claim: Claim) -> bool:
        """Whether what the claim is measured against stands neither in its clause nor before it in its sentence."""
        basis = claim.basis
        if basis.startswith("{"):
            if hit.match[basis[1:-1]]:
                return False
            basis = "parent" if claim.measure == Measure.SHARE else "context"
        return not self._basis if basis == "context" else basis in {"budget", "parent"}

    def speaks_of_another_year(self, hit: Match, claim: Claim) -> bool:
        """Whether the sentence names a year that is not the account's, and the clause names none of its own."""
        if claim.year == "prior" or claim.measure in {Measure.CHANGE, Measure.CHANGE_RATE}:
            return False
        left = sentence_start(self.coded.text, hit.start)
        if YEAR not in self.coded.text[left : hit.start] or self.naming.years.told(hit, claim) is not None:
            return False
        aside = {at for one in _ASIDE.finditer(self.coded.text, left, hit.start) for at in range(*one.span())}
        told = (self.coded.tokens.get(at) for at in range(left, hit.start) if at not in self._compared | aside)
        years = [year for token in told if (year := self.naming.years.of(token)) is not None]
        return bool(years) and years[-1] != self.naming.setting.year
