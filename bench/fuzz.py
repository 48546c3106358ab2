"""Broken documents by the thousand, each through the real pool.

The contract: a document gives a report whose status and problem are of the closed lists, whatever its bytes; only rule
files and the output folder raise; nothing takes longer than its limit; nothing is written outside the output folder.

    python bench/fuzz.py [--minutes N] [--seed N] [--only I] [--seeds FOLDER] [--keep FOLDER]

Each round makes a folder of broken copies (of fixtures, or of the files in FOLDER, and of drawn files of other formats)
and texts, reads it as one run, and looks at what was written. A native crash costs a worker and is counted; a fault of
the program is a finding, and its file is kept. The same seed gives the same files; `--only` makes one of them and reads
it in this process.

A fuzzer inside the process (bench/fuzz_inside.py) would end at the first crash in native code, where PDFs hurt.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jsextract import extract  # noqa: E402
from tests.faults.fuzz import ROUND, made, one_round  # noqa: E402 (found from the project's folder)
from tests.faults.good_files import good_formats  # noqa: E402

KINDS = frozenset({".pdf", ".txt", ".xlsx", ".xls"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="I")
    parser.add_argument("--seeds", type=Path, default=ROOT / "fixtures", metavar="FOLDER")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    good = sorted(p for p in options.seeds.iterdir() if p.suffix in KINDS and 0 < p.stat().st_size < 1 << 20)
    drawn = tempfile.TemporaryDirectory()
    for name, data in good_formats().items():
        path = Path(drawn.name) / name
        path.write_bytes(data)
        good.append(path)
    if options.only is not None:
        suffix, data = made(options.only, options.seed, good)
        path = Path(tempfile.mkdtemp()) / f"{options.only}{suffix}"
        path.write_bytes(data)
        report = extract(path)
        print(path, report.status, report.problem, report.message, len(report.cells), len(report.facts))
        return
    seen: Counter[str] = Counter()
    findings: list[str] = []
    end, number = time.monotonic() + options.minutes * 60, 0
    while time.monotonic() < end:
        new = one_round(number, options, good, seen)
        for line in new:
            print(f"finding: {line}", flush=True)
        findings += new
        number += ROUND
        if number % (ROUND * 10) == 0:
            print(f"{number} documents: {dict(sorted(seen.items()))}", flush=True)
    print(f"{number} documents, {len(findings)} findings: {dict(sorted(seen.items()))}")
    sys.exit(bool(findings))


if __name__ == "__main__":
    main()
