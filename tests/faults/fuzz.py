"""Broken documents through the real pool, and what breaks the contract in the rows that they give."""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
import time
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random

from jsextract.batch.limits import limits_of
from jsextract.batch.run import Outcome, run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.readers.page_work import Ocr
from tests.faults.mutate import broken, change_text, sentences
from tests.faults.mutate_formats import broken_file

STATUSES = frozenset({"ok", "partial", "failed"})
EITHER = frozenset({"garbled-text"})  # a text of no encoding fails, a PDF without Unicode is read in part
READ = frozenset({"", "empty", "needs-ocr", "not-final-account"}) | EITHER
PROBLEMS = READ | {
    "encrypted",
    "corrupt",
    "not-pdf",
    "unsupported",
    "too-large",
    "timeout",
    "out-of-memory",
    "crashed",
    "io",
}
ROUND = 40
SECONDS = 30.0
TABLES = {"cells.csv": ("value", "amount_yuan"), "facts.csv": ("value", "amount_yuan"), "projects.csv": ("score",)}


def made(number: int, seed: int, good: list[Path]) -> tuple[str, bytes]:
    """The broken document of this number."""
    random = Random(f"{seed}/{number}")
    others = [path for path in good if path.suffix not in {".pdf", ".txt"}]
    if others and random.random() < 0.4:
        path = random.choice(others)
        return path.suffix, broken_file(path.read_bytes(), random)
    if random.random() < 0.25:
        texts = [path for path in good if path.suffix == ".txt"]
        if texts and random.random() < 0.5:
            return ".txt", change_text(random.choice(texts).read_bytes(), random)
        return ".txt", sentences(random)
    return ".pdf", broken(random.choice([path for path in good if path.suffix == ".pdf"]).read_bytes(), random)


def faults_of(report: dict[str, str]) -> list[str]:
    """What is wrong with a row of documents.csv, whatever the document was."""
    found = []
    if report["status"] not in STATUSES or report["problem"] not in PROBLEMS:
        found.append(f"status {report['status']}, problem {report['problem']}")
    failed, fails = report["status"] == "failed", report["problem"] in PROBLEMS - READ
    if failed != fails and report["status"] != "partial" and report["problem"] not in EITHER:
        found.append(f"{report['status']} with problem {report['problem']}")
    if report["status"] != "ok" and not report["message"]:
        found.append("no message")
    if "The program failed" in report["message"] or report["problem"] == "timeout":
        found.append(report["message"])
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def faults_of_tables(out: Path) -> list[str]:
    """Numbers that are none, cells that a spreadsheet would run."""
    found = []
    for name, numbers in TABLES.items():
        for row in rows(out / name):
            for column in numbers:
                try:
                    if row[column] and not Decimal(row[column]).is_finite():
                        found.append(f"{name}: {column} {row[column]}")
                except InvalidOperation:
                    found.append(f"{name}: {column} {row[column]}")
            found += [f"{name}: {c} {t!r}" for c, t in row.items() if t and t[0] in "=@\t\r＝＠"]
    return found


def snapshot(folder: Path) -> set[tuple[str, int]]:
    return {(str(p), p.lstat().st_mtime_ns) for p in folder.rglob("*") if not p.is_dir()}


def one_round(first: int, options: argparse.Namespace, good: list[Path], seen: Counter[str]) -> list[str]:
    """Reads one folder of broken documents; gives what broke the contract."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        source, out, elsewhere, cache = (Path(scratch) / name for name in ("in", "out", "elsewhere", "cache"))
        source.mkdir()
        elsewhere.mkdir()
        for number in range(first, first + ROUND):
            suffix, data = made(number, options.seed, good)
            (source / f"{number}{suffix}").write_bytes(data)
        before = snapshot(source)
        # compiled rules may be kept in the user's cache; nothing else is written outside the dataset
        os.environ.update(TMPDIR=str(elsewhere), HOME=str(elsewhere), XDG_CACHE_HOME=str(cache))
        start, here = time.monotonic(), Path.cwd()
        os.chdir(elsewhere)
        try:
            outcomes: list[Outcome] = []
            # a page that is recognised may take 20 s by itself
            settings = Settings(jobs=1, limits=limits_of(SECONDS, None, pictures=False), ocr=Ocr.NEVER)
            run(list(find_sources([source])), out, settings, outcomes.append)
        finally:
            os.chdir(here)
        if snapshot(source) != before or snapshot(elsewhere):
            found.append(f"{first}: written outside: {snapshot(elsewhere)}")
        if {path.relative_to(cache).parts[0] for path in cache.rglob("*")} - {"jsextract"}:
            found.append(f"{first}: written to the cache: {snapshot(cache)}")
        documents = rows(out / "documents.csv")
        if len(documents) != ROUND:
            found.append(f"{first}: {len(documents)} rows for {ROUND} files")
        for row in documents:
            seen[f"{row['status']} {row['problem']}".strip()] += 1
            seen["facts"] += int(row["facts"] or 0)
            seen["cells"] += int(row["cells"] or 0)
            for fault in faults_of(row):
                found.append(f"{row['file']}: {fault}")
                keep(source / row["file"], options)
        found += [f"{first}: {fault}" for fault in faults_of_tables(out)]
        seen["seconds"] += round(time.monotonic() - start)
    return found


def keep(path: Path, options: argparse.Namespace) -> None:
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        (options.keep / f"{options.seed}-{path.name}").write_bytes(path.read_bytes())
