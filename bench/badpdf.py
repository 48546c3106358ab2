"""Hostile and broken PDFs: what becomes of each, against what should.

    python bench/badpdf.py FOLDER MANIFEST [--names SCRIPT] [--compare] [--write]

MANIFEST is a table parted by tabs: file, origin, fault, expected outcome, further outcomes that are allowed (parted by
commas). SCRIPT GOOD.pdf DIR lays out a folder of awkward names and file types; each of its entries must have its row.

The folder is read in one run (one row for each file, no traceback), then each file by a run of its own, whose peak
memory and wall time are those of its costliest process. `--compare` lets other readers work on the same files, each
file in a child process of its own under the same limits. `--write` puts the result into docs/hostile.md.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "hostile.md"
SECONDS, MEMORY_MB, ADDRESSES = 30.0, 1536, 2 << 30
READERS = ("pdfplumber", "pypdfium2", "camelot")
MARK = "<!-- below: written by bench/badpdf.py -->"


@dataclass(frozen=True, slots=True)
class Case:
    """One file of the manifest."""

    file: str
    fault: str
    expected: str
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the tool cost."""

    seconds: float
    peak_mb: float
    code: int
    stderr: str


def cases(manifest: Path) -> list[Case]:
    with manifest.open(encoding="utf-8", newline="") as handle:
        return [
            Case(r["file"], r["fault"], r["expected"], frozenset(filter(None, (r["also_allowed"] or "").split(","))))
            for r in csv.DictReader(handle, delimiter="\t")
        ]


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def outcome(row: dict[str, str]) -> str:
    """The outcome class that a row of documents.csv stands for."""
    if row["status"] == "failed":
        return f"error:{row['problem']}"
    return "ok-empty" if row["status"] == "ok" and row["problem"] == "empty" else "ok"


def met(case: Case, got: str) -> bool:
    return got == case.expected or got in case.allowed or "timeout-safe" in {case.expected, *case.allowed}


def jsextract(sources: list[Path], out: Path, *options: str) -> Run:
    """A run of the tool; the peak is that of the largest of its processes."""
    command = [sys.executable, "-m", "jsextract", "-o", str(out), *options, "--", *map(str, sources)]
    start = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    return Run(time.monotonic() - start, usage.ru_maxrss / 1024, process.returncode, text)


def entries(folder: Path) -> int:
    """How many entries of a folder bear a PDF's or a text's name, at any depth."""
    count, todo = 0, [folder]
    while todo:
        with os.scandir(todo.pop()) as found:
            for entry in found:
                if entry.name.lower().endswith((".pdf", ".txt")):
                    count += 1
                elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                    todo.append(Path(entry.path))
    return count


def names(script: Path, good: Path) -> list[str]:
    """Runs the tool over the folder of awkward names; says what came of it."""
    with tempfile.TemporaryDirectory() as scratch:
        place, out = Path(scratch) / "names", Path(scratch) / "out"
        subprocess.run([sys.executable, str(script), str(good), str(place)], check=True, stdout=subprocess.DEVNULL)
        before, wanted = snapshot(place), entries(place)
        run = jsextract([place], out)
        found = rows(out)
        kinds = Counter((r["status"], r["problem"]) for r in found)
        twins = len(found) - len({r["file"] for r in found})
        return [
            f"{wanted} entries bear the name of a PDF, and there are {len(found)} rows, {twins} of them with a name "
            f"that another has; {run.seconds:.1f} s, peak {run.peak_mb:.0f} MB, exit code {run.code}, "
            f"{run.stderr.count('Traceback')} tracebacks; the folder itself is "
            f"{'unchanged' if snapshot(place) == before else 'CHANGED'}.",
            "",
            "| status | problem | rows |",
            "|---|---|---|",
            *(f"| {status} | {problem} | {count} |" for (status, problem), count in sorted(kinds.items())),
        ]


def snapshot(folder: Path) -> list[tuple[str, int, int]]:
    """Every entry with its size and time of change."""
    return sorted(
        (os.fsencode(p).hex(), p.lstat().st_size, p.lstat().st_mtime_ns)
        for p in (Path(base) / name for base, dirs, files in os.walk(folder) for name in (*dirs, *files))
    )


def alone(folder: Path, found: list[Case]) -> dict[str, tuple[Run, dict[str, str]]]:
    """Each file by a run of its own."""
    result = {}
    for case in found:
        with tempfile.TemporaryDirectory() as out:
            run = jsextract([folder / case.file], Path(out), "--jobs", "1")
            result[case.file] = (run, rows(Path(out))[0])
    return result


# --- other readers ---------------------------------------------------------------------------------------------------


def with_pdfplumber(path: Path) -> int:
    import pdfplumber

    count = 0
    with pdfplumber.open(path) as document:
        for page in document.pages:
            count += len((page.extract_text() or "").strip()) + len(page.extract_tables())
            page.close()
    return count


def with_pypdfium2(path: Path) -> int:
    import pypdfium2

    count = 0
    document = pypdfium2.PdfDocument(path)
    for index in range(len(document)):
        page = document[index]
        count += len(page.get_textpage().get_text_range().strip())
        page.close()
    document.close()
    return count


def with_camelot(path: Path) -> int:
    import camelot

    return len(camelot.read_pdf(str(path), pages="all", flavor="lattice", engine="vector"))


READ: dict[str, Callable[[Path], int]] = {
    "pdfplumber": with_pdfplumber,
    "pypdfium2": with_pypdfium2,
    "camelot": with_camelot,
}


def other(reader: str, path: Path) -> str:
    """What the reader makes of the file, in a child process: text, nothing, an exception, a signal, too late."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        for number in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            word = "read" if READ[reader](path) else "read, empty"
        except MemoryError:
            word = "out of memory"
        except BaseException as error:  # noqa: BLE001 (whatever it raises is counted by its name)
            word = f"exception {type(error).__name__}"
        os.write(send, word.encode())
        os._exit(0)
    os.close(send)
    late = time.monotonic() + SECONDS
    while time.monotonic() < late:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.01)
    else:
        os.kill(child, 9)
        os.wait4(child, 0)
        os.close(receive)
        return f"over {SECONDS:g} s"
    with os.fdopen(receive, "rb") as handle:
        word = handle.read().decode()
    if os.WIFSIGNALED(status) or not word:
        return "killed by a signal"
    return "over 1 GB" if usage.ru_maxrss > 1 << 20 else word


def compare(folder: Path, found: list[Case], own: dict[str, str]) -> Iterator[str]:
    """Counts of what each reader made of the files, and how often it was wrong in a way nobody notices."""
    words: dict[str, dict[str, str]] = {}
    for reader in READERS:
        __import__({"pdfplumber": "pdfplumber", "pypdfium2": "pypdfium2", "camelot": "camelot"}[reader])
        words[reader] = {case.file: other(reader, folder / case.file) for case in found}
    lines = {
        "read (text; a table for camelot)": lambda w: w == "read",
        "read, empty": lambda w: w == "read, empty",
        "exception": lambda w: w.startswith("exception"),
        "killed by a signal": lambda w: w == "killed by a signal",
        f"over {SECONDS:g} s": lambda w: w.startswith("over 30"),
        "over 1 GB, or out of memory": lambda w: w in {"over 1 GB", "out of memory"},
    }
    mine = {"ok": "read", "ok-empty": "read, empty"}
    words["jsextract"] = {file: mine.get(got, f"exception {got}") for file, got in own.items()}
    shown = ("jsextract", *READERS)
    yield f"| of {len(found)} files | {' | '.join(shown)} |"
    yield "|---|---|---|---|---|"
    for label, test in lines.items():
        yield f"| {label} | {' | '.join(str(sum(map(test, words[r].values()))) for r in shown)} |"
    types = [str(len({w for w in words[r].values() if w.startswith("exception")})) for r in shown]
    yield f"| kinds of exception (jsextract: problem codes of failed rows) | {' | '.join(types)} |"
    broken = [c.file for c in found if c.expected in {"error:corrupt", "error:not-pdf"} and "ok-empty" not in c.allowed]
    empty = [str(sum(words[r][f] == "read, empty" for f in broken)) for r in shown]
    yield f"| corrupt or no PDF ({len(broken)}), given as an empty success | {' | '.join(empty)} |"
    sound = [c.file for c in found if c.expected == "ok" and not c.allowed]
    lost = [str(sum(words[r][f] != "read" for f in sound)) if r != "camelot" else "–" for r in shown]
    yield f"| readable ({len(sound)}), lost or given as empty | {' | '.join(lost)} |"


# --- the report ------------------------------------------------------------------------------------------------------


def report(folder: Path, found: list[Case], options: argparse.Namespace) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as out:
        run = jsextract([folder], Path(out))
        table = {row["file"]: row for row in rows(Path(out))}
    missing = [case.file for case in found if case.file not in table]
    own = {case.file: outcome(table[case.file]) for case in found if case.file in table}
    good = [case for case in found if case.file in own and met(case, own[case.file])]
    yield f"{len(found)} files in one run: {len(table)} rows, {len(missing)} missing; {run.seconds:.1f} s wall, largest"
    yield f"process {run.peak_mb:.0f} MB, exit code {run.code}, {run.stderr.count('Traceback')} tracebacks."
    exact = sum(own.get(case.file) == case.expected for case in found)
    yield f"**{len(good)} of {len(found)} ({len(good) / len(found):.1%}) as expected or also allowed**, {exact} of them"
    yield "as expected."
    yield ""
    yield "| outcome | files |"
    yield "|---|---|"
    yield from (f"| {name} | {count} |" for name, count in sorted(Counter(own.values()).items()))
    yield ""
    yield "| file | fault | expected | got | message |"
    yield "|---|---|---|---|---|"
    for case in found:
        if case not in good:
            row = table.get(case.file, {})
            what = f"{own.get(case.file, 'no row')} ({row.get('status')}, {row.get('problem')})"
            yield f"| {case.file} | {case.fault} | {case.expected} | {what} | {row.get('message')} |"
    yield ""
    each = alone(folder, found)
    slow = max(each, key=lambda f: each[f][0].seconds)
    large = max(each, key=lambda f: each[f][0].peak_mb)
    over = [f for f, (r, _) in each.items() if r.peak_mb > MEMORY_MB or r.seconds > SECONDS]
    same = sum(outcome(row) == own.get(file) for file, (_, row) in each.items())
    traces = sum("Traceback" in r.stderr for r, _ in each.values())
    yield f"Each by a run of its own: longest {each[slow][0].seconds:.1f} s ({slow}), largest"
    yield f"{each[large][0].peak_mb:.0f} MB ({large}); over {MEMORY_MB} MB or {SECONDS:g} s: {len(over)}"
    yield f"{', '.join(over)}; {traces} tracebacks; the same outcome as in the one run: {same}."
    if options.names:
        yield ""
        yield "## Awkward names and file types"
        yield ""
        yield from names(options.names, options.good)
    if options.compare:
        yield ""
        yield "## Other readers on the same files"
        yield ""
        yield from compare(folder, found, own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--names", type=Path, metavar="SCRIPT")
    parser.add_argument("--good", type=Path, default=ROOT / "fixtures" / "account_links.pdf")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = cases(options.manifest)
    lines = []
    for line in report(options.folder, found, options):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0] if PAGE.exists() else "# Hostile input\n\n"
        PAGE.write_text(f"{head}{MARK}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
