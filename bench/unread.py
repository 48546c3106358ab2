"""Whether `unread_amounts` counts what is missing: drawn accounts, read with some rules taken out.

    python bench/unread.py [--count 60] [--first 1] [--rules 10] [--any] [--added 0] [--show]

Each account is drawn from a seed as by bench/draw_many.py, without a fault, so that every amount of money that its text
states is known. It is read with N of the rules fewer that read it (with --any, of all rules for sentences), taken out
at random by the same seed; with --added so many sentences stand in it as well that say their amounts in no account's
words. What is missing are the amounts stated that no fact gives; what is counted is what documents.csv would say. Exits
with 1 where, over all accounts, they differ by more than one in ten.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.draw_many import subject  # noqa: E402 (a script beside the package)
from fixtures.draw.blocks import Block, Para  # noqa: E402
from fixtures.draw.compose import blocks_of  # noqa: E402
from fixtures.draw.draw import set_blocks  # noqa: E402
from fixtures.draw.expect import FactRow  # noqa: E402
from fixtures.draw.invent import draw_year  # noqa: E402
from fixtures.draw.reportlab_pages import write  # noqa: E402
from jsextract.model.report import Fact  # noqa: E402
from jsextract.narrative.prose import read_prose  # noqa: E402
from jsextract.pipeline import analyse, read  # noqa: E402
from jsextract.rules.ruleset import RuleSet, load_rules  # noqa: E402
from jsextract.text.tokens import MONEY_SCALE  # noqa: E402

ALLOWED = Decimal("0.1")  # of what is missing
Amount = tuple[Decimal, str]
"""A value without its sign, and its unit."""


@dataclass(frozen=True, slots=True)
class Count:
    """One account: how many amounts its text states, how many of them no fact gives, how many count as unread."""

    name: str
    stated: int
    missing: int
    unread: int

    @property
    def off(self) -> int:
        return self.unread - self.missing


IN_NO_ACCOUNTS_WORDS = (
    "账上躺着的钱还剩{}万元，其中{}万元是去年没花出去的。",
    "修桥补路折腾进去{}元。",
    "县里另拨来{}万元，镇里自己凑了{}万元。",
    "老机井修好以后省下电费{}万元，又添了{}元的零件。",
    "三个村分别投了{}、{}和{}万元。",
    "（含林场退耕补植折合人民币{}万元）。",
    "人均下来不到{}元，比邻镇少{}元。",
    "外墙刷新用了{}万元左右，屋顶防水{}万元上下。",
    "这笔钱先后退回{}万元、{}万元，差额{}万元挂在往来账上。",
)


def in_no_accounts_words(rng: Random) -> Para:
    """A sentence with amounts of money, said as no account says them, and what it states."""
    said = rng.choice(IN_NO_ACCOUNTS_WORDS)
    amounts = [f"{rng.randrange(101, 99999) / 100:.2f}" for _ in range(said.count("{}"))]
    text = said.format(*amounts)
    units = ["元" if text[text.index(amount) + len(amount)] == "元" else "万元" for amount in amounts]
    rows = [FactRow("", "", value=a, value_text=a, unit=u) for a, u in zip(amounts, units, strict=True)]
    return Para(text, tuple(rows))


def with_sentences(blocks: Sequence[Block], number: int, rng: Random) -> list[Block]:
    """The blocks of an account, `number` sentences added behind paragraphs that state facts."""
    places = [at for at, block in enumerate(blocks, 1) if isinstance(block, Para) and block.facts]
    added = Counter(rng.choices(places, k=number)) if places else Counter()
    found: list[Block] = []
    for at, block in enumerate(blocks, 1):
        found += [block, *(in_no_accounts_words(rng) for _ in range(added[at]))]
    return found


def drawn(seed: int, added: int) -> tuple[str, bytes, list[Para]]:
    """An account's manner, its bytes and its paragraphs, so many sentences added."""
    what = subject(seed)
    account = draw_year(seed, what.body, what.style.unit, what.year, what.place)
    blocks, _ = blocks_of(account, what.style)
    blocks = with_sentences(blocks, added, Random(f"added {seed}"))
    pdf = write(set_blocks(blocks, what.style).pages, what.style.font, account.entity)
    return what.style.name, pdf, [block for block in blocks if isinstance(block, Para)]


def stated(paragraphs: Iterable[Para]) -> Counter[Amount]:
    """The amounts of money that paragraphs print; one that says several things is one amount."""
    found: Counter[Amount] = Counter()
    for paragraph in paragraphs:
        rows = [f for f in paragraph.facts if f.unit in MONEY_SCALE and f.value and f.value_text in paragraph.text]
        printed = {(abs(Decimal(f.value)), f.unit): f.value_text for f in rows}
        claimed = Counter((abs(Decimal(f.value)), f.unit) for f in rows)
        for amount, text in printed.items():
            found[amount] += min(claimed[amount], paragraph.text.count(text))
    return found


def given(facts: Iterable[Fact]) -> Counter[Amount]:
    """The amounts of money that facts give, each place in the text once."""
    money = [f for f in facts if f.value is not None and f.unit in MONEY_SCALE]
    places = {(f.page, f.box, f.sentence, f.start): (abs(f.value), f.unit) for f in money if f.value is not None}
    return Counter(places.values())


def fewer(rules: RuleSet, ids: Iterable[str], number: int, rng: Random) -> RuleSet:
    """The rules without `number` of those with these ids."""
    choice = sorted({rule.id for rule in rules.facts if rule.claims} & set(ids))
    out = set(rng.sample(choice, min(number, len(choice))))
    return replace(rules, facts=tuple(rule for rule in rules.facts if rule.id not in out))


def counted(seed: int, rules: int, added: int, *, any_rule: bool, show: bool) -> Count:
    """One account with `added` sentences, read with `rules` rules fewer, of those that read it or of any."""
    name, pdf, paragraphs = drawn(seed, added)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.pdf"
        path.write_bytes(pdf)
        found = analyse(read(path), load_rules())
    whole = found.setting.rules
    read_by = {fact.pattern for fact in read_prose(found.outline, found.setting).facts}
    ids = [rule.id for rule in whole.facts] if any_rule else read_by
    setting = replace(found.setting, rules=fewer(whole, ids, rules, Random(f"rules {seed}")))
    reading = read_prose(found.outline, setting)
    wanted = stated(paragraphs)
    missing = wanted - given(reading.facts)
    count = Count(f"{seed} {name}", wanted.total(), missing.total(), sum(len(one.spans) for one in reading.unread))
    if show and count.off:
        print(f"{count.name}: missing {sorted(f'{v} {u}' for v, u in missing.elements())}")
        for one in reading.unread:
            print(f"    {one.amounts}  {one.sentence}")
    return count


def table(counts: list[Count]) -> Iterator[str]:
    """The counts, one line an account, and their sums."""
    yield f"{'account':<24}{'stated':>8}{'missing':>9}{'unread':>8}{'off':>5}"
    whole = Count("all", *(sum(getattr(c, k) for c in counts) for k in ("stated", "missing", "unread")))
    for c in [*counts, whole]:
        yield f"{c.name:<24}{c.stated:>8}{c.missing:>9}{c.unread:>8}{c.off:>+5}"
    exact = sum(c.off == 0 for c in counts)
    near = sum(abs(c.off) <= ALLOWED * c.missing for c in counts)
    yield f"equal in {exact} of {len(counts)} accounts, within one in ten in {near}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--rules", type=int, default=10, help="that are taken out for each account")
    parser.add_argument("--any", action="store_true", help="take any rules out, not only those that read the account")
    parser.add_argument("--added", type=int, default=0, help="sentences in no account's words that each says as well")
    parser.add_argument("--show", action="store_true", help="what accounts miss in which the two differ")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.count)
    counts = [counted(seed, options.rules, options.added, any_rule=options.any, show=options.show) for seed in seeds]
    print("\n".join(table(counts)))
    missing, off = sum(c.missing for c in counts), sum(abs(c.off) for c in counts)
    if off > ALLOWED * missing:
        sys.exit(f"off by {off} of {missing}")


if __name__ == "__main__":
    main()
