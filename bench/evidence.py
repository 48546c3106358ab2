"""Puts faults into the reading of drawn accounts and counts the wrong facts that are said to be confirmed: none may be.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python bench/evidence.py [--faults 1000] [--each 40] [--first SEED] [--show N]

tests/faults/reading.py says what the faults are and which facts are wrong. Prints, for accounts with tables and without
and for each kind of fault, the share of right facts that are confirmed, and what the evidence of the wrong ones is.
"""

from __future__ import annotations

import argparse
from collections import Counter

from bench.draw_many import subject
from fixtures.draw.draw import draw_account
from jsextract.vocabulary import Evidence
from tests.faults.reading import Account, analysed, faults, is_wrong, key, numbers


def account(seed: int) -> Account:
    """An account in some manner, analysed."""
    what = subject(seed)
    return analysed(*draw_account(seed, what.style, what.body, what.year, what.place))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    shown = 0
    for seed in range(options.first, options.first - (-options.faults // options.each)):
        for kind, what, report, known, renamed in faults(account(seed), seed, options.each):
            count = counts.setdefault(kind, Counter())
            count["accounts"] += 1
            for fact in numbers(report):
                wrong = is_wrong(fact, known, renamed)
                confirmed = fact.evidence == Evidence.CONFIRMED
                count["wrong" if wrong else "right"] += 1
                count["wrong, confirmed" if wrong else "right, confirmed"] += confirmed
                count[f"wrong, {fact.evidence}"] += wrong and not confirmed
                if wrong and confirmed and shown < options.show:
                    shown += 1
                    print(f"  {seed} {kind} [{what[:60]}]: {key(fact)} {fact.named} {fact.confirmed_by} {fact.flags}")
                    print(f"      {fact.sentence[max(0, fact.start - 60) : fact.end + 10]}")
    for kind, count in counts.items():
        share = 100 * count["right, confirmed"] / max(1, count["right"])
        rest = ", ".join(f"{name} {count[f'wrong, {name}']}" for name in ("stated", "inferred", "contradicted"))
        print(
            f"{kind:20} {count['accounts']:5} readings, {count['right']:6} facts right, {share:5.1f} % of them "
            f"confirmed; {count['wrong']:5} wrong ({rest}), {count['wrong, confirmed']} of them confirmed"
        )


if __name__ == "__main__":
    main()
