"""Reader faults: does the arbitration restore the right table, and is what it cannot restore marked?

    python bench/readers.py [--cases N] [--write]

Accounts are drawn from seeds, so that every cell is known. Each case has one fault: rulings removed or broken, figures
shifted, or one of the three readers made to return a wrong cell. A case is *restored* when every cell of every table is
right, *marked* when something is wrong and every table with a wrong cell says so (a failed or rounding identity, one
that cannot be checked, `low_confidence`, a table missing), *silent* otherwise. `--write` puts the table into
docs/second-readers.md.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.faults.readers import KINDS, Case, run_case  # noqa: E402

PAGE = ROOT / "docs" / "second-readers.md"


def run_all(cases: int, kinds: Sequence[str] = KINDS, start: int = 1) -> Iterator[Case]:
    """So many cases of each kind."""
    yield from (run_case(start + seed, kind) for kind in kinds for seed in range(cases))


HEAD = """# Second readers

A table is read again by pdfplumber and by camelot (its vector engine alone) only where its first reading is in doubt:

- `identity`: one of the table's own identities does not hold, beyond rounding.
- `leftover`: characters stand beside the grid or in its area and are in no cell, or the next page begins with a row
  that no table holds.
- `torn`: a cell with two figures, a figure without a name, a name with a figure or a code in it, a count for a name,
  the words of two columns or an amount in one header, a column of a standard table without a place below it, a row
  shorter than the others, a cell that reaches down over a row that should have its own, a blank total over amounts.
- `missing`: a standard table is announced, was not found, and a page reads like rows of one.

Then the page has two more readings by the default reader: with rulings inferred from its texts, and with columns from
its figures and header words alone, as if nothing were drawn. The reading with most
identities satisfied is kept whole; of equals the one with the fewest failed ones and torn cells, then the one with the
fewest characters left over, then the first: the default reader, pdfplumber, camelot, the inferred ones. `reader` in
cells.csv says whose it is; the flag `arbitrated` says that others were heard, `ruling_inferred` that rulings were, and
`low_confidence` that a doubt remains. run.log.jsonl has what each reader said.

## What it is worth

Made by `{command}`: {cases} faults of each kind in accounts drawn from seeds, so that every cell is known, blank ones
included.

- *right at first*: the default reader alone has every cell of every table right.
- *restored*: so it is after the other readers were heard where something was in doubt.
- *marked*: some cell is wrong, and its table says so (an identity that does not hold exactly or cannot be checked,
  `low_confidence`, the table missing).
- *silent*: some cell is wrong and nothing says so.

"""


def report(found: Sequence[Case]) -> str:
    lines = [
        "| fault | cases | right at first | restored | marked | silent |",
        "|---|---|---|---|---|---|",
    ]
    for kind in [*dict.fromkeys(c.kind for c in found), "all"]:
        own = [c for c in found if kind in (c.kind, "all")]
        count = Counter(c.outcome for c in own)
        first = sum(c.before == "restored" for c in own)
        share = f"{count['restored']} ({count['restored'] / len(own):.1%})"
        lines.append(f"| {kind} | {len(own)} | {first} | {share} | {count['marked']} | {count['silent']} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--start", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS))
    parser.add_argument("--show", action="store_true", help="name the cases that are not restored")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = list(run_all(options.cases, options.kinds, options.start))
    table = report(found)
    print(table)
    if options.show:
        print(*(c for c in found if c.outcome != "restored"), sep="\n")
    if options.write:
        command = f"python bench/readers.py --cases {options.cases}"
        PAGE.write_text(HEAD.format(command=command, cases=options.cases) + table, encoding="utf-8")


if __name__ == "__main__":
    main()
