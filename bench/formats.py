"""Hostile files of all kinds but PDF in one folder: what becomes of each, and what the run touches beside its output.

    python bench/formats.py [--seed 1] [--only NAME…] [--alone] [--write]

The files and the rows that are right for them come from tests/faults/hostile/. The folder is read by one run under
strace, with a temporary folder of its own: nothing may be written elsewhere, nothing left there, no connection made but
to sockets of the machine itself (AF_UNIX). `--alone` reads each file by a run of its own, too, for its time and memory.
`--write` puts the result into docs/hostile.md.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.badpdf import MEMORY_MB, SECONDS, Run, jsextract, rows  # noqa: E402 (a script beside the package)
from bench.page import put_between  # noqa: E402
from tests.faults.hostile import Hostile, hostile  # noqa: E402

PAGE = ROOT / "docs" / "hostile.md"
START, END = "<!-- measured by bench/formats.py -->\n", "<!-- end of formats -->\n"
Row = dict[str, str]
_CONNECT = re.compile(r"\bconnect\(\d+, \{sa_family=(?!AF_UNIX)(\w+)[^}]*")
_WRITES = re.compile(
    r"\b(?:open|openat|creat)\((?:AT_FDCWD, )?\"([^\"]+)\", [^)]*O_(?:WRONLY|RDWR|CREAT)"
    r"|\b(?:mkdir|mkdirat|unlink|unlinkat|rename|renameat2?|link|linkat|symlink|symlinkat|truncate|chmod|rmdir|mknod)"
    r"\((?:AT_FDCWD, )?\"([^\"]+)\""
)
_ALLOWED = ("/dev/null", "/dev/tty", "/dev/pts/", "/proc/self/", "/dev/shm/sem.")
_SOCKET = "/tmp/OSL_PIPE_"  # where LibreOffice listens, whatever folder it is given; no bytes are written there
_LIMIT = ("--timeout", "25")  # so that a run of one file ends within SECONDS


@dataclass(frozen=True, slots=True)
class Traced:
    """One run under strace.

    Attributes:
        outside: paths that were written to, elsewhere than in the dataset and the temporary folder.
        connections: kinds of address that were connected to.
        left: what is left in the temporary folder.
    """

    seconds: float
    code: int
    stderr: str
    outside: Counter[str]
    connections: Counter[str]
    left: list[str]


def traced(source: Path, out: Path, scratch: Path) -> Traced:
    """A run of the tool whose calls for files and connections are written down."""
    log, temporary, home = scratch / "calls", scratch / "tmp", scratch / "home"
    temporary.mkdir()
    home.mkdir()
    strace = ["strace", "-f", "-qq", "-s", "300", "-e", "trace=network,file", "-o", str(log)]
    command = [*strace, sys.executable, "-m", "jsextract", str(source), "-o", str(out), *_LIMIT]
    surroundings = {**os.environ, "TMPDIR": str(temporary), "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    start = time.monotonic()
    done = subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds = time.monotonic() - start
    outside: Counter[str] = Counter()
    connections: Counter[str] = Counter()
    own = (str(out), str(temporary), str(home / ".cache"))
    with log.open(encoding="utf-8", errors="replace") as calls:
        for line in calls:
            if found := _CONNECT.search(line):
                connections[found[0]] += 1
            found = _WRITES.search(line)
            if found and " = -1 " not in line:
                path = found[1] or found[2]
                if path.startswith("/") and not path.startswith((*own, *_ALLOWED, _SOCKET)):
                    outside[path] += 1
    left = [str(path.relative_to(temporary)) for path in temporary.rglob("*")]
    left += [str(path) for path in Path(_SOCKET).parent.glob(f"{Path(_SOCKET).name}*")]
    return Traced(seconds, done.returncode, done.stderr, outside, connections, left)


def wrong(case: Hostile, found: list[Row]) -> Iterator[str]:
    """What is not as it should be in the rows of a file."""
    wanted = sorted(f"{case.file}/{name}" if name else case.file for name, _ in case.rows)
    names = sorted(row["file"] for row in found)
    if names != wanted:
        yield f"rows {names[:3]} instead of {wanted[:3]}"
        return
    rest = list(found)
    for name, right in case.rows:
        named = f"{case.file}/{name}" if name else case.file
        fits = [row for row in rest if row["file"] == named and (row["problem"] or row["status"]) in right.split()]
        row = next(iter(fits), None) or next(row for row in rest if row["file"] == named)
        rest.remove(row)
        if not fits:
            yield f"{named}: {row['problem'] or row['status']} instead of {right} ({row['message'][:120]})"
        if case.flag and case.flag not in row["flags"]:
            yield f"{named}: without {case.flag}"
        if row["status"] != "ok" and not row["message"]:
            yield f"{named}: without a message"


def below(found: list[Row], file: str) -> list[Row]:
    """The rows of a file, or of what is in it."""
    return [row for row in found if row["file"] == file or row["file"].startswith(f"{file}/")]


def report(chosen: dict[str, list[Hostile]], *, alone: bool) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="jsextract-formats-") as name:
        scratch = Path(name)
        source, out = scratch / "in", scratch / "out"
        source.mkdir()
        for case in (case for cases in chosen.values() for case in cases):
            (source / case.file).write_bytes(case.data)
        run = traced(source, out, scratch)
        found = rows(out)
        cost = jsextract([source], scratch / "again", *_LIMIT)
        same = (out / "documents.csv").read_bytes() == (scratch / "again" / "documents.csv").read_bytes()
        cases = [case for each in chosen.values() for case in each]
        faults = {case.file: list(wrong(case, below(found, case.file))) for case in cases}
        yield from _table(chosen, found, faults)
        yield ""
        yield from _said(run, cost, same=same)
        yield from (f"- WRONG: {one}" for said in faults.values() for one in said)
        if alone:
            yield from _alone(source, cases, found)


def _said(run: Traced, cost: Run, *, same: bool) -> Iterator[str]:
    """What the run cost, and what it touched."""
    tracebacks = run.stderr.count("Traceback")
    yield f"One run over all, with strace {run.seconds:.0f} s, without {cost.seconds:.0f} s, its largest"
    yield f"process {cost.peak_mb:.0f} MB; exit code {run.code}, {tracebacks} tracebacks; the second run gave"
    yield f"{'the same bytes' if same else 'WRONG: other bytes'}. Written elsewhere than into OUT, the"
    yield f"temporary folder, the user's cache: {len(run.outside)} {_some(run.outside)}; left there: {len(run.left)}"
    yield f"{' '.join(run.left[:5])}; connections other than AF_UNIX: {len(run.connections)} {_some(run.connections)}."
    if run.outside or run.left or run.connections or run.code or "Traceback" in run.stderr:
        yield "- WRONG: see above"


def _some(counted: Counter[str]) -> str:
    return " ".join(sorted(counted)[:6])


def _table(chosen: dict[str, list[Hostile]], found: list[Row], faults: dict[str, list[str]]) -> Iterator[str]:
    yield "| kind | files | rows | as expected | problems |"
    yield "|---|---|---|---|---|"
    total: Counter[str] = Counter()
    for kind, cases in chosen.items():
        mine = [row for case in cases for row in below(found, case.file)]
        counted = Counter(row["problem"] or row["status"] for row in mine)
        total += counted
        good = sum(not faults[case.file] for case in cases)
        yield f"| {kind} | {len(cases)} | {len(mine)} | {good} | {_counts(counted)} |"
    files = sum(map(len, chosen.values()))
    good = sum(not said for said in faults.values())
    yield f"| all | {files} | {len(found)} | {good} | {_counts(total)} |"


def _counts(counted: Counter[str]) -> str:
    return " · ".join(f"{problem} {count}" for problem, count in sorted(counted.items()))


def _alone(source: Path, cases: list[Hostile], found: list[Row]) -> Iterator[str]:
    """Each file by a run of its own."""
    runs: dict[str, Run] = {}
    other = []
    for case in cases:
        with tempfile.TemporaryDirectory() as out:
            runs[case.file] = jsextract([source / case.file], Path(out), *_LIMIT, "--jobs", "1")
            problems = [row["problem"] for row in rows(Path(out))]
            other += [case.file] if problems != [row["problem"] for row in below(found, case.file)] else []
    slow, large = max(runs, key=lambda file: runs[file].seconds), max(runs, key=lambda file: runs[file].peak_mb)
    over = [file for file, run in runs.items() if run.peak_mb > MEMORY_MB or run.seconds > SECONDS]
    yield ""
    yield f"Each by a run of its own: longest {runs[slow].seconds:.1f} s ({slow}), largest"
    yield f"{runs[large].peak_mb:.0f} MB ({large}); over {MEMORY_MB} MB or {SECONDS:g} s: {len(over)} {' '.join(over)};"
    yield f"other problems than in the one run: {len(other)} {' '.join(other)}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="files whose name contains one of these")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    chosen = {
        kind: [case for case in cases if not options.only or any(part in case.file for part in options.only)]
        for kind, cases in hostile(options.seed).items()
    }
    lines = []
    for line in report(chosen, alone=options.alone):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        put_between(PAGE, START, END, "\n".join(lines) + "\n")
    sys.exit(any("WRONG" in line for line in lines))


if __name__ == "__main__":
    main()
