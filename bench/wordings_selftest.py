"""An invented account and notes with planted differences, and what bench/wordings.py must say of each line."""

from __future__ import annotations

import tempfile
from pathlib import Path

TEXT = """青屏县苗圃2022年度单位决算
第三部分 2022年度单位决算情况说明
一、收入决算情况说明
2022年度本年收入合计120.00万元，其中：财政拨款收入90.00万元，占75.00%；事业收入30.00万元，占25.00%。
二、“三公”经费支出决算情况说明
公务接待费支出决算为1.20万元，比上年减少0.30万元，下降20.00%。
苗木嫁接折合人民币4.00万元。
"""
LINES: tuple[tuple[str, str], ...] = (
    ("120.00 万元 收入合计 final - 2022", "right"),
    ("1200000 元 本年收入合计 final - 2022", "missed"),  # stated once
    ("90.00 万元 财政拨款 final - 2022", "right"),
    ("75.00 % 财政拨款收入 share 总收入 2022", "right"),
    ("30.00 万元 经营收入 final - 2022", "wrong (item)"),
    ("25.00 % 事业收入 share 本年支出合计 2021", "right (basis differs, year differs)"),
    ("1.20 万元 公务接待费 prior_year - 2021", "wrong (measure)"),
    ("0.30 万元 公务接待费 change 上年 2022", "wrong (sign)"),
    ("-20.00 % 公务接待 change_rate 2021年 2022", "right"),
    ("4.00 万元 苗木嫁接 final - 2022", "missed"),
)
"""Notes, `-` where blank, and the verdict."""


def planted(folder: Path) -> None:
    """Writes the text and its notes."""
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    rows = ["\t".join("" if part == "-" else part for part in line.split()) for line, _ in LINES]
    (folder / "a.gold.tsv").write_text("\n".join(rows), encoding="utf-8")


def selftest() -> list[str]:
    """What is not as it must be, one line each."""
    from bench.wordings import judged  # only here: it asks for this module

    with tempfile.TemporaryDirectory() as name:
        planted(Path(name))
        (text,) = judged(Path(name), ())
    faults = []
    for (line, wanted), verdict in zip(LINES, text.verdicts, strict=True):
        notes = f" ({', '.join(verdict.notes)})" if verdict.notes else ""
        if f"{verdict.kind}{notes}" != wanted:
            faults.append(f"{line}: {verdict.kind}{notes}, not {wanted}")
    if text.unread != 1:
        faults.append(f"{text.unread} amounts count as unread, not 1")
    return faults
