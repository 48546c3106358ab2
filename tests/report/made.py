"""A dataset of fixtures in which findings are planted by corrections, and the page of it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.dataset.corrections import COLUMNS
from jsextract.language import chosen
from jsextract.report.content import Wanted
from jsextract.report.page import Written, write_page
from tests.check.told import account

FIXTURES = Path(__file__).parents[2] / "fixtures"
FILES = ("account_shanghai.pdf", "trap_rotate_90.pdf", "broken_picture.pdf", "broken_truncated.pdf")
HOSTILE = "<img src=x onerror=alert(1)>"
WRONG = ("cell:T3/合计/本年支出合计", "fact:totals/收入支出总计/final/1")


def read(folder: Path, out: Path) -> None:
    run(find_sources([str(folder)], skip=out), out, Settings(jobs=0, ocr="never"), lambda outcome: None)


def dataset(folder: Path) -> Path:
    """OUT below a folder, its sources in `in` beside it."""
    sources, out = folder / "in", folder / "out"
    sources.mkdir()
    for name in FILES:
        shutil.copy(FIXTURES / name, sources)
    stale = f"截至2021年12月31日，{HOSTILE}共有车辆2辆，其中：其他用车2辆。"
    (sources / "hostile.txt").write_text(account(assets=stale), encoding="utf-8")
    read(sources, out)
    with (out / "corrections.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([COLUMNS, *_planted(out)])
    read(sources, out)
    return out


def _planted(out: Path) -> Iterator[tuple[str, ...]]:
    """Rows that make right values wrong, and one that takes a finding for fine."""
    contents = {row["document_id"]: row["sha256"] for row in rows(out, "documents")}
    for cell in rows(out, "cells"):
        if (cell["table"], cell["item"], cell["column"]) == ("T3", "合计", "本年支出合计"):
            yield contents[cell["document_id"]], WRONG[0], cell["value_text"], "reading", "1.23", "planted"
    for fact in rows(out, "facts"):
        if f"fact:{fact['fact_id']}" == WRONG[1]:
            yield contents[fact["document_id"]], WRONG[1], fact["value_text"], "reading", "4.56", "planted"
    for check in rows(out, "checks"):
        if (check["check_id"], check["status"]) == ("text.stale_year", "fail"):
            yield contents[check["document_id"]], "check:text.stale_year", check["stated"], "fine", "", "planted"


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@contextmanager
def language(name: str) -> Iterator[None]:
    before = chosen.in_force()
    chosen.use(name)
    try:
        yield
    finally:
        chosen.use(before)


def page(
    out: Path, target: Path, lang: str = "en", documents: tuple[str, ...] = (), jobs: int = 0, **wanted: object
) -> Written:
    with language(lang):
        return write_page(out, target, Settings(jobs=jobs), Wanted(**wanted), documents, lambda done, number: None)  # type: ignore[arg-type]
