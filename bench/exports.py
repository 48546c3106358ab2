"""What an export takes: seconds, peak memory and size for each format, of a dataset and of it repeated to many cells.

    python bench/exports.py DATASET [--cells 1000000] [--work FOLDER]

Each export runs in a process of its own. The large dataset repeats the rows of DATASET under new document ids.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

from jsextract.dataset.schema import RESOURCES

ROOT = Path(__file__).resolve().parents[1]
FORMATS = ("parquet", "duckdb", "sqlite", "stata", "xlsx")
WORK = "import sys; sys.path.insert(0, sys.argv[1]); from bench.exports import work; work(*sys.argv[2:])"


def repeat(source: Path, out: Path, cells: int) -> None:
    """Writes the rows of `source` to `out`, as often as `cells` rows of cells.csv need."""
    out.mkdir(parents=True, exist_ok=True)
    times = -(-cells // (sum(1 for _ in rows_of(source / "cells.csv")) - 1))
    for each in RESOURCES:
        with (out / each.file).open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            at = each.header.index("document_id") if "document_id" in each.header else None
            for number in range(times):
                rows = rows_of(source / each.file)
                header = next(rows)
                if number == 0:
                    writer.writerow(header)
                for row in rows:
                    if at is not None and number:
                        row[at] = "d" + sha256(f"{number} {row[at]}".encode()).hexdigest()[:16]
                    writer.writerow(row)


def rows_of(path: Path):
    csv.field_size_limit(1 << 27)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        yield from csv.reader(handle)


def work(out: str, to: str, target: str) -> None:
    """The child's part."""
    from jsextract.export.run import export

    start, before = time.monotonic(), time.process_time()
    path = export(out, to, target, force=True).path
    size = sum(file.stat().st_size for file in ([*path.iterdir()] if path.is_dir() else [path]))
    megabyte = 1 << (20 if sys.platform == "darwin" else 10)
    told = {
        "cpu s": round(time.process_time() - before, 1),
        "wall s": round(time.monotonic() - start, 1),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // megabyte,
        "size MB": round(size / (1 << 20)),
    }
    print(json.dumps(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--cells", type=int, default=1_000_000)
    parser.add_argument("--work", type=Path, default=Path("/tmp/jsextract-exports"))
    parser.add_argument("--formats", nargs="*", default=FORMATS)
    given = parser.parse_args()
    large = given.work / "large"
    repeat(given.dataset, large, given.cells)
    print("| format | rows of cells.csv | rows in all | cpu s | wall s | peak MB | size MB |")
    print("|---|---|---|---|---|---|---|")
    for out in (given.dataset, large):
        counts = [sum(1 for _ in rows_of(out / each.file)) - 1 for each in RESOURCES]
        cells = counts[[each.name for each in RESOURCES].index("cells")]
        for to in given.formats:
            target = given.work / (to if to in {"parquet", "stata"} else f"a.{to}")
            command = [sys.executable, "-c", WORK, str(ROOT), str(out), to, str(target)]
            told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
            print(f"| {to} | {cells} | {sum(counts)} | {' | '.join(map(str, told.values()))} |", flush=True)


if __name__ == "__main__":
    main()
