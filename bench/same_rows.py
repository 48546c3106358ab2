"""Prints every row of every CSV file that differs between two builds of jsextract.

    python bench/same_rows.py BEFORE AFTER [--corpus DIR] [--drawn 300] [--seed 9000] [--keep DIR]
                              [--allow-file changes.toml] [--show 20] [--after-out DIR]
    python bench/same_rows.py --selftest

BEFORE and AFTER are checkouts; each reads in processes of its own, through its command line: the PDF and text files of
a corpus, those of BEFORE's fixtures/, and accounts that bench/draw_many.py draws with BEFORE's fixtures.draw, twenty in
a dataset. With --keep, what was read and BEFORE's datasets stay in DIR and serve the next comparison, which then
costs AFTER's run alone; --drawn 40 takes the first 40 of the accounts. Exits with 1 if anything differs that is not
allowed: by ALLOWED below, or by --allow-file, which holds entries such as

    [[allow]]
    what = "value"          # or another kind of bench/row_compare.py
    file = "checks.csv"     # this and document, column, before, after: patterns with * and ?, * unless given
    column = "message"
    reason = "sums name their parts"
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.row_compare import Allowed, Comparison, Difference, Tally, allowed_from, compare, read_dataset  # noqa: E402
from bench.row_selftest import selftest  # noqa: E402

ALLOWED = (
    Allowed("column added", "columns may be added at the end"),
    Allowed("file added", "one row an account, new", "accounts.csv"),
    Allowed("value", "the builds are two versions", "documents.csv", column="tool_version"),
    Allowed("column missing", "one row an account, not a document", "indicators*.csv", column="document_id"),
    Allowed("document order", "one row an account, not a document", "indicators*.csv"),
    Allowed("row of several documents", "accounts in several files have no rows to compare with", "indicators*.csv"),
    Allowed("row added", "what was published in several files is checked", "checks.csv", after="*=dataset.other_file*"),
    Allowed("row added", "those without a value are listed", "indicators_source.csv", after="*status=not_printed*"),
    Allowed("row added", "those without a value are listed", "indicators_source.csv", after="*status=not_read*"),
)
"""Besides these, a `d` before the sixteen digits of a document's id is left out wherever it stands."""
CHUNK = 20
SUFFIXES = frozenset({".pdf", ".txt"})
SECONDS = "600"  # a document may take: the machine may be busy
LIBRARIES = ("pypdfium2", "pdfplumber", "pdfminer.six", "camelot-py", "jieba", "pandas", "regex", "pikepdf")
EXIT = "exit-code"
BUILD = "build.txt"
WIDEST = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that are read into one dataset; `group` is what its rows are counted under."""

    group: str
    name: str
    source: Path


# ---- the documents


def copied(group: str, source: Path, keep: Path) -> Part:
    """The PDF and text files of a folder; once they are in `keep`, those."""
    target = keep / "in" / group
    if target.is_dir():
        if listing(target) != listing(source):
            sys.exit(f"{source} has other files than {target}: take another --keep.")
        return Part(group, group, target)
    with making(target) as made:
        for name, _ in listing(source):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, made / name)
    return Part(group, group, target)


def listing(folder: Path) -> list[tuple[str, int]]:
    """(path inside the folder, size) of its PDF and text files."""
    found = [p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()]
    return sorted((str(p.relative_to(folder)), p.stat().st_size) for p in found)


def drawn(number: int, seed: int, keep: Path, build: Path) -> Iterator[Part]:
    """The accounts from `seed` on, twenty in a part; drawn with the build's own fixtures.draw where they are not."""
    for first in range(seed, seed + number, CHUNK):
        target = keep / "in" / f"drawn-{first}"
        if not target.is_dir():
            with making(target) as made:
                command = [ROOT / "bench" / "draw_many.py", made, "--first", str(first), "--count", str(CHUNK)]
                child(build, command, build / "src", build).check_returncode()
        yield Part("drawn", target.name, target)


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """A folder that is there with everything in it or not at all; of two made at once the first one's stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
    try:
        yield made
        with suppress(OSError):  # another one was first
            made.rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


# ---- running a build


def child(build: Path, command: Sequence[object], *path: Path) -> subprocess.CompletedProcess[str]:
    """Runs Python with the build's code."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, path or (build / "src",)))}
    words = [sys.executable, *map(str, command)]
    return subprocess.run(words, cwd=build, env=environment, capture_output=True, text=True)


def own_code(build: Path) -> None:
    """Stops where the children would run other code than the build's: it would be compared with itself."""
    code = "import importlib.util as u; print(*u.find_spec('jsextract').submodule_search_locations)"
    where = child(build, ["-c", code]).stdout.strip()
    if where != str(build / "src" / "jsextract"):
        sys.exit(f"{build} runs the code of {where or 'nothing'}.")


def run(build: Path, part: Part, out: Path) -> None:
    """Reads the documents into a new dataset; its exit code goes into a file beside."""
    done = child(build, ["-m", "jsextract", part.source, "-o", out, "--jobs", "2", "--timeout", SECONDS])
    if not (out / "documents.csv").is_file():
        sys.exit(f"{build}: {part.name}: exit code {done.returncode}: {done.stderr[-2000:]}")
    shutil.rmtree(out / ".jsextract", ignore_errors=True)  # results that nothing reads again
    (out / EXIT).write_text(str(done.returncode))


def build_of(checkout: Path) -> str:
    """What tells one build from another: its code and rules, and the libraries that it runs on."""
    digest = hashlib.sha256()
    for path in sorted(p for part in ("src", "patterns") for p in (checkout / part).rglob("*") if p.is_file()):
        if path.suffix != ".pyc":
            digest.update(f"{path.relative_to(checkout)}\n".encode() + path.read_bytes())
    libraries = "".join(f"{name} {version(name)}\n" for name in LIBRARIES)
    return f"code {digest.hexdigest()}\nPython {sys.version.split()[0]}\n{libraries}"


def before_of(build: Path, part: Part, keep: Path) -> Path:
    """BEFORE's dataset of a part; made where it is not there."""
    target = keep / "before" / part.name
    if not target.is_dir():
        with making(target) as made:
            run(build, part, made)
    return target


def same_build(build: Path, keep: Path) -> None:
    """Stops where the datasets that were kept are another build's or were made with other libraries."""
    path, own = keep / BUILD, build_of(build)
    if not path.is_file():
        path.write_text(own)
    elif (kept := path.read_text()) != own:
        changed = sorted(set(kept.splitlines()) ^ set(own.splitlines()))
        sys.exit(f"{keep} was made by another build than {build}, take another --keep: {'; '.join(changed)}")


# ---- comparing


def compared(before: Path, after: Path, part: Part, allowed: Sequence[Allowed]) -> Comparison:
    """The two datasets of a part."""
    out = compare(read_dataset(before), read_dataset(after), allowed, f"{part.name}/")
    codes = [(folder / EXIT).read_text() for folder in (before, after)]
    found = Difference("exit code", part.name, before=codes[0], after=codes[1])
    if codes[0] != codes[1] and not any(entry.fits(found) for entry in allowed):
        out.differences.append(found)
    return out


def run_parts(
    parts: Sequence[Part], before: Path, after: Path, keep: Path, out: Path, allowed: Sequence[Allowed]
) -> Iterator[tuple[str, Comparison]]:
    """(group, what was found), as soon as a group is done; AFTER's datasets go into `out`, BEFORE's into `keep`."""
    for group, members in groupby(parts, lambda part: part.group):
        found = Comparison()
        for part in members:
            old, new = before_of(before, part, keep), out / part.name
            shutil.rmtree(new, ignore_errors=True)
            run(after, part, new)
            found.add(compared(old, new, part, allowed))
        yield group, found


# ---- printing


def table(tallies: dict[str, Tally]) -> Iterator[str]:
    """The rows of each file and what became of them."""
    heads = ("before", "after", "equal", "allowed", "differing", "missing", "added")
    yield "  " + "file".ljust(22) + "".join(h.rjust(10) for h in heads)
    for name, tally in tallies.items():
        yield "  " + name.ljust(22) + "".join(str(n).rjust(10) for n in astuple(tally))


def lines(differences: Sequence[Difference], show: int) -> Iterator[str]:
    """What differs, file by file: what is about a whole file, then the first `show` of its rows."""
    for file in dict.fromkeys(d.file for d in differences):
        own = [d for d in differences if d.file == file]
        for found in (d for d in own if not d.document):
            yield f"{file}: {found.what}: " + (found.column or f"{found.before} -> {found.after}")
        rows = [list(g) for _, g in groupby((d for d in own if d.document), lambda d: (d.document, d.row, d.what))]
        yield from (one_line(found) for row in rows[:show] for found in row)
        if len(rows) > show:
            yield f"{file}: {len(rows) - show} further rows"


def one_line(found: Difference) -> str:
    """`file: document row: column: before -> after`."""
    where = f"{found.file}: {found.document} {found.row}".rstrip()
    if found.what == "value":
        before, after = clipped(found.before, found.after)
        return f"{where}: {found.column}: {before} -> {after}"
    text = (found.before or found.after).replace("\n", "⏎")
    return f"{where}: {found.what}: {text[: 3 * WIDEST]}"


def clipped(before: str, after: str) -> tuple[str, str]:
    """Both values on one line, long ones from a little before they part."""
    shorter, longer = sorted((before, after), key=len)
    parting = next((i for i, char in enumerate(shorter) if char != longer[i]), len(shorter))
    start = max(0, parting - WIDEST // 4) if len(longer) > WIDEST else 0
    return cut(before, start), cut(after, start)


def cut(text: str, start: int) -> str:
    """What is printed of a value."""
    shown = text[start : start + WIDEST].replace("\n", "⏎")
    return "…" * bool(start) + shown + "…" * (len(text) > start + WIDEST)


def parsed() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", nargs="?", type=lambda text: Path(text).resolve())
    parser.add_argument("after", nargs="?", type=lambda text: Path(text).resolve())
    parser.add_argument("--corpus", type=Path, help="a folder of documents, searched to the bottom")
    parser.add_argument("--drawn", type=int, default=300, help=f"accounts, rounded up to {CHUNK}s")
    parser.add_argument("--seed", type=int, default=9000, help="the first account's seed")
    parser.add_argument("--keep", type=Path, help="where documents and BEFORE's datasets stay")
    parser.add_argument("--allow-file", type=Path, help="further changes that are allowed, each with a reason")
    parser.add_argument("--show", type=int, default=20, help="rows that are printed of a file")
    parser.add_argument("--after-out", type=Path, help="where AFTER's datasets stay")
    parser.add_argument("--selftest", action="store_true", help="compare two invented datasets and check the answer")
    options = parser.parse_args()
    if not options.selftest and not options.after:
        parser.error("BEFORE and AFTER are wanted")
    return options


def main() -> None:
    """Runs, compares, prints."""
    options = parsed()
    if options.selftest:
        return selftest(ALLOWED)
    further = allowed_from(tomllib.loads(options.allow_file.read_text("utf-8"))) if options.allow_file else ()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jsextract-same-rows-") as name:
        keep = (options.keep or Path(name) / "keep").resolve()
        keep.mkdir(parents=True, exist_ok=True)
        for build in (options.before, options.after):
            own_code(build)
        same_build(options.before, keep)
        parts = [copied("corpus", options.corpus, keep)] if options.corpus else []
        parts.append(copied("fixtures", options.before / "fixtures", keep))
        parts += drawn(options.drawn, options.seed, keep, options.before)
        out, total = (options.after_out or Path(name) / "after").resolve(), Comparison()
        for group, found in run_parts(parts, options.before, options.after, keep, out, (*further, *ALLOWED)):
            say([f"{group}:", *table(found.tallies), *lines(found.differences, options.show)])
            total.add(found)
    say(report(total, further, time.monotonic() - start))
    sys.exit(bool(total.differences))


def say(text: Iterable[str]) -> None:
    """Prints at once what may be long in coming."""
    for line in text:
        print(line, flush=True)


def report(total: Comparison, further: Sequence[Allowed], seconds: float) -> Iterator[str]:
    """What is new, what was allowed and why, and the sum."""
    yield from (f"new columns: {file}: {', '.join(new)}" for file, new in total.columns.items() if new)
    for entry, times in total.used.items():
        yield f"allowed: {times} × {entry.what} {entry.file} {entry.column}: {entry.reason}"
    for entry in further:
        if entry not in total.used:
            yield f"allowed and never met: {entry.what} {entry.file} {entry.column}: {entry.reason}"
    rows = Tally()
    for tally in total.tallies.values():
        rows.add(tally)
    differ = rows.differing + rows.missing + rows.added
    yield f"{rows.before} rows before, {rows.after} after: {rows.same} equal, {rows.meant} allowed, {differ} differ"
    verdict = f"{len(total.differences)} differences" if total.differences else "the same"
    yield f"{verdict}; {seconds:.0f} s"


if __name__ == "__main__":
    main()
