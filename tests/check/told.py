"""Invented accounts as text, to hold the rules about words against them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from jsextract.model.report import CheckResult, Report
from jsextract.pipeline import extract

ENTITY = "北原市青禾区水务局"
DEFAULTS = {
    "units": f"纳入{ENTITY}2023年度部门决算编制范围的单位包括：{ENTITY}（本级）、北原市青禾区河道管理所。",
    "totals": f"{ENTITY}2023年度收入支出总计120.50万元。与2022年度相比，收入支出总计增加1.20万元，增长1.01%。",
    "income": "本年收入合计120.50万元，其中：财政拨款收入120.50万元，占100.00%。",
    "fund": f"{ENTITY}2023年度无政府性基金预算财政拨款收入和支出。",
    "state_capital": f"{ENTITY}2023年度无国有资本经营预算财政拨款收入和支出。",
    "three_public": "公务接待费支出决算为0.95万元，完成年初预算的95.00%。",
    "assets": f"截至2023年12月31日，{ENTITY}共有车辆2辆，其中：其他用车2辆。",
    "glossary": "一、财政拨款收入：指本级财政当年拨付的资金。",
}
HEADINGS = {
    "part1": f"第一部分 {ENTITY}概况",
    "part3": f"第三部分 {ENTITY}2023年度部门决算情况说明",
    "part4": "第四部分 名词解释",
}


def three_accounts(folder: Path) -> Path:
    """The folder, made, with three accounts that differ: 0.txt, 1.txt, 2.txt."""
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(account(units=f"共有{n + 2}个单位。"), encoding="utf-8")
    return folder


def account(**changes: str) -> str:
    """A small account, any of whose sentences and headings may be told otherwise; a blank one is left out."""
    said = {**DEFAULTS, **HEADINGS, **changes}
    lines = [
        f"{ENTITY}", "2023年度部门决算", "目 录", said["part1"], said["part3"], said["part4"],
        said["part1"], "一、部门决算单位构成", said["units"],
        said["part3"], "一、收入支出决算总体情况说明", said["totals"], "二、收入决算情况说明", said["income"],
        "三、政府性基金预算财政拨款收入支出决算情况说明", said["fund"],
        "四、国有资本经营预算财政拨款收入支出决算情况说明", said["state_capital"],
        "五、“三公”经费支出决算情况说明", said["three_public"],
        "六、国有资产占有使用情况说明", said["assets"],
        said["part4"], said["glossary"],
    ]  # fmt: skip
    return "\n".join(line for line in lines if line) + "\n"


def read(text: str) -> Report:
    """The report of an account that is published as text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "account.txt"
        path.write_text(text, encoding="utf-8")
        return extract(path)


def found(check_id: str, **changes: str) -> list[CheckResult]:
    """The rows of a check that did not pass, for an account told otherwise."""
    return [c for c in read(account(**changes)).checks if c.check_id == check_id and c.status != "pass"]
