"""A printed error in a table, from the file to the dataset and its log."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile
from tests.arbitration.test_opinions import ROWS, draw


def test_the_log_says_what_each_reader_said_of_a_printed_error(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(draw([ROWS[0], ["行政运行", "15.50", "82.50", "3.00"], *ROWS[2:]]))
    out = tmp_path / "out"
    run([SourceFile(path, "a.pdf")], out, Settings(jobs=0), lambda _: None)
    notes = [json.loads(line) for line in (out / "run.log.jsonl").read_text(encoding="utf-8").splitlines()]
    (opinions,) = [note["opinions"] for note in notes if note["event"] == "read"]
    said = [(n["reader"], n["table"], n["chosen"], n["doubt"]) for n in opinions]
    assert said == [
        ("lattice", "T3", True, ["identity"]),
        ("pdfplumber", "T3", False, ["identity"]),
        ("camelot", "T3", False, ["identity"]),
        ("lattice, rulings inferred", "T3", False, ["identity"]),
        ("columns", "T3", False, ["identity"]),
    ]
    assert all({"satisfied", "failed", "leftover", "problem"} <= n.keys() for n in opinions)
    with (out / "cells.csv").open(encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))
    assert {r["reader"] for r in rows} == {"lattice"}
    assert all("arbitrated" in r["flags"].split(";") for r in rows)
