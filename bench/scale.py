"""Time and memory of putting a dataset together, from ten thousand results to a million.

    python bench/scale.py [--sizes 10000 100000] [--folder DIR] [--write]

Results are simulated: small accounts of departments and their units in two years, written without waiting for the disk.
What is measured is the last step of a run, from the results to the CSV files, in a process of its own: processor
seconds, wall time, peak memory. Sizes that were not measured are extrapolated from the largest that was, and marked.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.page import put_between  # noqa: E402 (a script beside the package)
from tests.faults.scale import Cost, measure, simulate  # noqa: E402

MILLION = 1_000_000
PAGE = ROOT / "docs" / "scale.md"
START, END = "<!-- measured by bench/scale.py -->\n", "<!-- end -->\n"


def extrapolated(cost: Cost, documents: int) -> Cost:
    factor = documents / cost.documents
    return Cost(
        documents, round(cost.rows * factor), cost.cpu * factor, cost.wall * factor, cost.peak_mb, cost.csv_mb * factor,
        measured=False,
    )  # fmt: skip


def table(costs: list[Cost]) -> str:
    lines = [
        "| documents | rows | processor s | µs a row | wall s | peak memory MB | CSV MB | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {c.documents:,} | {c.rows:,} | {c.cpu:,.1f} | {c.cpu / c.rows * 1e6:.0f} | {c.wall:,.1f} | {c.peak_mb:.0f} "
        f"| {c.csv_mb:,.0f} | {'measured' if c.measured else 'extrapolated'} |"
        for c in costs
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where the simulated dataset goes (4 KB and a file a document)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jsextract-scale-", dir=options.folder))
    costs: list[Cost] = []
    try:
        for size in sorted(options.sizes):
            simulate(folder, costs[-1].documents if costs else 0, size - (costs[-1].documents if costs else 0))
            costs.append(measure(folder, size))
            print(costs[-1], flush=True)
    finally:
        shutil.rmtree(folder)
    if costs[-1].documents < MILLION:
        costs.append(extrapolated(costs[-1], MILLION))
    text = table(costs)
    print(text)
    if options.write:
        put_between(PAGE, START, END, text)


if __name__ == "__main__":
    main()
