"""How much of the figures that texts state is read rightly: facts against a careful reader's notes.

    python bench/wordings.py FOLDER [--show right|missed|wrong|more ...] [--confirmed] [--patterns DIR]
    python bench/wordings.py --selftest

FOLDER holds texts, NAME.txt, and beside each NAME.gold.tsv with one line for each figure that it states, in reading
order and separated by tabs: value_text (a decrease with a minus), unit, item, measure, basis, year. Basis and year may
be blank. Texts and notes are nobody's but the reader's: none stand in the project.

A figure is right if a fact has its value, unit, item and measure, wrong if a fact has its value and unit under another
name or measure or with the other sign, else missed. `more` are facts of figures that the notes do not have. Basis and
year are compared for those that are right. With --confirmed only those of evidence `confirmed` are shown.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.item_names import ItemNames  # noqa: E402 (a script beside the package)
from bench.wordings_selftest import selftest  # noqa: E402
from jsextract.model.report import Fact  # noqa: E402
from jsextract.pipeline import extract  # noqa: E402
from jsextract.rules.ruleset import load_rules  # noqa: E402
from jsextract.text.amounts import parse_number, to_yuan  # noqa: E402
from jsextract.text.normal import squeeze  # noqa: E402
from jsextract.text.tokens import MONEY_SCALE  # noqa: E402
from jsextract.vocabulary import FINAL_ACCOUNTS  # noqa: E402

KINDS = ("right", "missed", "wrong", "more")
NEAR: tuple[frozenset[str], ...] = (
    frozenset({"budget", "initial_budget"}),
    frozenset({"budget", "full_year_budget"}),
    frozenset({"final", "actual"}),
    frozenset({"count", "headcount"}),
    frozenset({"count", "quota"}),
)
"""Measures that a reader may call one or the other; taken as right, and counted."""
UNITS = {"批": "批次", "次": "批次", "名": "人", "位": "人", "个百分点": "%", "百分点": "%"}
"""Units that mean the same where a figure is all that is compared."""
COLUMNS = ("figures", "right", "missed", "wrong", "wrong, confirmed", "right, confirmed", "measure near",
           "basis differs", "year differs")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stated:
    """A line of the notes."""

    value: Decimal
    unit: str
    item: str
    measure: str
    basis: str
    year: str
    printed: str

    def __str__(self) -> str:
        basis = f" [{self.basis}]" if self.basis else ""
        return f"{self.printed}{self.unit} {self.item} {self.measure}{basis} {self.year}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one figure: `fact` is what was read of it, `stated` is None for what the notes do not have."""

    text: str
    kind: str
    stated: Stated | None
    fact: Fact | None
    notes: tuple[str, ...] = ()

    @property
    def is_missed_money(self) -> bool:
        return self.kind == "missed" and self.stated is not None and squeeze(self.stated.unit) in MONEY_SCALE

    @property
    def confirmed(self) -> bool:
        return self.fact is not None and getattr(self.fact, "evidence", "") == "confirmed"

    def __str__(self) -> str:
        notes = f" ({', '.join(self.notes)})" if self.notes else ""
        return f"{self.text} {self.kind}{notes}: {self.stated or ''}{told(self.fact) if self.fact else ''}"


def told(fact: Fact) -> str:
    """A fact on one line."""
    basis = f" [{fact.basis}]" if fact.basis else ""
    said = f"{fact.value_text}{fact.unit} {fact.item} {fact.measure}{basis} {fact.year}"
    rest = " ".join(filter(None, (getattr(fact, "evidence", ""), ";".join(fact.flags), fact.pattern)))
    return f"  <- {said}  {rest} | {fact.sentence[:90]}"


def read_notes(path: Path) -> list[Stated]:
    """The lines of the notes of one text.

    Raises:
        SystemExit: if a line holds no number, or has other columns.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        columns = [part.strip() for part in line.split("\t")]
        value = parse_number(squeeze(columns[0]))
        if value is None or not 4 <= len(columns) <= 6:
            sys.exit(f"{path.name}, line {number}: value_text, unit, item, measure, basis, year are wanted.")
        _, unit, item, measure, basis, year = [*columns, "", ""][:6]
        found.append(Stated(value, unit, item, measure, basis, year, columns[0]))
    return found


def key(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """What a figure and a fact must share to be held against each other: in yuan where it is money."""
    unit = squeeze(unit)
    yuan = to_yuan(value, unit)
    return (abs(value), UNITS.get(unit, unit)) if yuan is None else (abs(yuan), "元")


class Judge:
    """Holds the facts of texts against notes."""

    def __init__(self, names: ItemNames) -> None:
        self.names = names

    def verdicts(self, text: str, notes: Sequence[Stated], facts: Iterable[Fact]) -> Iterator[Verdict]:
        """One for each line of the notes, then one for each figure read that they do not have."""
        own = [f for f in facts if f.value is not None]
        paired = self._paired(notes, own)
        for at, stated in enumerate(notes):
            fact = own[paired[at]] if at in paired else None
            yield self._verdict(text, stated, fact)
        places = {(f.sentence, f.start) for f in (own[at] for at in paired.values())}
        for fact in own:
            if (fact.sentence, fact.start) not in places:
                yield Verdict(text, "more", None, fact)

    def _paired(self, notes: Sequence[Stated], facts: Sequence[Fact]) -> dict[int, int]:
        """Line → the fact of its figure: the best agreement first, then in reading order."""
        alike: dict[tuple[Decimal, str], list[int]] = defaultdict(list)
        for at, fact in enumerate(facts):
            assert fact.value is not None
            alike[key(fact.value, fact.unit)].append(at)
        pairs = [(at, other) for at, stated in enumerate(notes) for other in alike[key(stated.value, stated.unit)]]
        order = sorted(pairs, key=lambda pair: (self._distance(notes[pair[0]], facts[pair[1]]), pair))
        found: dict[int, int] = {}
        taken: set[int] = set()
        for at, other in order:
            if at not in found and other not in taken:
                found[at] = other
                taken.add(other)
        return found

    def _distance(self, stated: Stated, fact: Fact) -> tuple[bool, bool, bool, bool, bool]:
        """How far a fact is from a line, the worst differences first."""
        return (
            not self.names.agree(stated.item, fact),
            not _measures_agree(stated.measure, fact.measure),
            stated.value != 0 and (stated.value < 0) != (fact.value is not None and fact.value < 0),
            not self._bases_agree(stated, fact),
            not _years_agree(stated, fact),
        )

    def _verdict(self, text: str, stated: Stated, fact: Fact | None) -> Verdict:
        if fact is None:
            return Verdict(text, "missed", stated, None)
        item, measure, sign, basis, year = self._distance(stated, fact)
        if item or measure or sign:
            notes = [word for word, differs in (("item", item), ("measure", measure), ("sign", sign)) if differs]
            return Verdict(text, "wrong", stated, fact, tuple(notes))
        near = stated.measure != fact.measure
        notes = [word for word, differs in zip(COLUMNS[-3:], (near, basis, year), strict=True) if differs]
        return Verdict(text, "right", stated, fact, tuple(notes))

    def _bases_agree(self, stated: Stated, fact: Fact) -> bool:
        """Where the notes name one: by its name, or the year before as 上年."""
        wanted, got = squeeze(stated.basis), squeeze(fact.basis)
        if not wanted or wanted == got:
            return True
        before = f"{int(stated.year) - 1}年" if stated.year.isdigit() else ""
        if {wanted, got} <= {"上年", before, before.removesuffix("年")}:
            return True
        return bool(got) and self.names.same_denominator(wanted, got)


def _measures_agree(a: str, b: str) -> bool:
    return a == b or any({a, b} <= group for group in NEAR)


def _years_agree(stated: Stated, fact: Fact) -> bool:
    return not stated.year or fact.year is None or stated.year == str(fact.year)


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What became of the figures, one line a measure, then of all of them."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        if verdict.stated is not None:
            for row in (verdict.stated.measure, "all"):
                counts[row].update(_counted(verdict))
    yield f"{'measure':<18}" + "".join(f"{name:>{len(name) + 2}}" for name in COLUMNS)
    for row in [*sorted(counts.keys() - {"all"}, key=lambda m: -counts[m]["figures"]), *(counts.keys() & {"all"})]:
        yield f"{row:<18}" + "".join(f"{counts[row][name]:>{len(name) + 2}}" for name in COLUMNS)
    total = counts["all"]["figures"]
    if total:
        parts = [f"{kind} {100 * counts['all'][kind] / total:.1f} %" for kind in ("right", "missed", "wrong")]
        yield f"{' · '.join(parts)} of {total} figures"
    more = [verdict for verdict in verdicts if verdict.kind == "more"]
    yield f"{len(more)} facts of figures that the notes do not have, {sum(v.confirmed for v in more)} of them confirmed"


def _counted(verdict: Verdict) -> Iterator[str]:
    yield from ("figures", verdict.kind, *(note for note in verdict.notes if verdict.kind == "right"))
    if verdict.confirmed:
        yield f"{verdict.kind}, confirmed"


@dataclass(frozen=True, slots=True)
class Text:
    """What became of the figures of one text; `kind` is what it was taken for, `unread` what its account says."""

    name: str
    kind: str
    unread: int
    verdicts: tuple[Verdict, ...]

    @property
    def missed_money(self) -> int:
        return sum(verdict.is_missed_money for verdict in self.verdicts)


def judged(folder: Path, patterns: Sequence[Path]) -> Iterator[Text]:
    """Every text of a folder with notes, read and held against them."""
    judge = Judge(ItemNames(load_rules(patterns).lexicon))
    for notes in sorted(folder.glob("*.gold.tsv")):
        name = notes.name.removesuffix(".gold.tsv")
        report = extract(folder / f"{name}.txt", folders=patterns)
        yield Text(
            name, report.kind, report.unread_amounts, tuple(judge.verdicts(name, read_notes(notes), report.facts))
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--show", nargs="+", choices=KINDS, default=[], help="print each of these")
    parser.add_argument("--confirmed", action="store_true", help="of what is shown, only what is confirmed")
    parser.add_argument("--patterns", action="append", type=Path, default=[], help="rules beside the shipped ones")
    parser.add_argument("--selftest", action="store_true", help="on an invented account with planted differences")
    options = parser.parse_args()
    if options.selftest:
        sys.exit("\n".join(selftest()) or None)
    texts = list(judged(options.folder, options.patterns)) if options.folder else []
    if not texts:
        parser.error("give a folder with notes (NAME.gold.tsv)")
    verdicts = [verdict for text in texts for verdict in text.verdicts]
    for verdict in verdicts:
        if verdict.kind in options.show and (verdict.confirmed or not options.confirmed):
            print(verdict)
    print("\n".join(table(verdicts)))
    accounts = [text for text in texts if text.kind in FINAL_ACCOUNTS]
    missed, unread = sum(text.missed_money for text in accounts), sum(text.unread for text in accounts)
    print(f"{len(accounts)} of {len(texts)} texts are taken for final accounts of departments or units; in these")
    print(f"{missed} amounts of money are missed, and {unread} count as unread")
    if others := [f"{text.name} {text.kind}" for text in texts if text.kind not in FINAL_ACCOUNTS]:
        print(f"taken for another: {', '.join(others)}")


if __name__ == "__main__":
    main()
