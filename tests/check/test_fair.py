"""No sentence that may be right accuses its document: bases, years, other bodies, lists of some parts, other readings."""

from __future__ import annotations

import pytest

from tests.check.told import read

TITLE = "北原市水务局2022年度部门决算\n"
INCOME, EXPENDITURE, THREE = "二、收入决算情况说明\n", "三、支出决算情况说明\n", "七、“三公”经费支出决算情况说明\n"
CLASSES = "五、一般公共预算财政拨款支出决算情况说明\n"


def blamed(text: str) -> list[str]:
    """The checks that find the document itself at fault, slips of form left out."""
    checks = read(TITLE + text + "\n").checks
    return [
        c.check_id for c in checks if c.status in {"fail", "minor"} and c.origin == "document" and c.severity != "info"
    ]


@pytest.mark.parametrize(
    "text",
    [
        # rates as they are rounded or written
        EXPENDITURE + "项目支出200.00万元，比上年增加100.00万元，增长1倍。基本支出300.00万元，比上年增加200.00万元，增长两倍。",
        EXPENDITURE + "项目支出200.10万元，比上年增加0.10万元，增长0.5‰。",
        INCOME + "总收入1.1亿元，同比减少3016.53万元，降幅21.25%。门诊收入4.28亿元。住院收入8.97亿元。医疗收入13.25亿元。"
        "总支出14.57亿元，同比增加1.12亿元，增幅8.36%。",
        THREE + "“三公”经费12.3万元，其中：公务接待费23456元，公务用车运行维护费99544元，因公出国（境）费0元。",
        # several years, and budgets of the next one
        THREE + "2022年“三公”经费支出10.00万元，2021年支出12.00万元，2020年支出15.00万元，三年合计37.00万元。",
        THREE + "2022年度“三公”经费支出决算数为10.00万元，比上年减少2.00万元，下降16.67%。2023年“三公”经费预算为12.00万元，"
        "比2022年预算增加1.00万元，增长9.09%。",
        "一、2022年“三公”经费决算情况\n2022年“三公”经费支出10.00万元，其中公务接待费4.00万元，公务用车运行维护费6.00万元。\n"
        "二、2023年“三公”经费预算情况\n2023年“三公”经费预算12.00万元，较2022年决算增加2.00万元，增长20%。"
        "其中公务接待费预算5.00万元，较上年决算增加1.00万元，增长25%；公务用车运行维护费7.00万元，较上年增加1.00万元，增长16.67%。",
        EXPENDITURE + "2022年度支出合计906.00万元，其中：基本支出279.00万元，占总支出的31%；项目支出627.00万元，占总支出的69%。"
        "2021年度支出合计628.00万元，其中：基本支出230.00万元，占总支出的37%；项目支出398.00万元，占总支出的63%。",
        # units, other bases, what is left out
        EXPENDITURE + "本年支出合计1000.00万元。局机关本年支出600.00万元，占60%，比上年增加100.00万元，增长20%。",
        EXPENDITURE + "本年支出合计1100.00万元，比上年增加100.00万元，增长10%，剔除一次性因素后同口径增长3.2%。",
        THREE + "公务接待费2.10万元，上年3.00万元（含活动费0.50万元），同口径比上年减少0.40万元，下降16%。",
        # below and from nothing
        "一、收入支出决算总体情况说明\n年末结转和结余-5.00万元，比上年减少15.00万元，下降150%。",
        "一、收入支出决算总体情况说明\n年末结转和结余10.00万元，上年为-5.00万元，比上年增加15.00万元，增长300%。",
        THREE + "公务接待费0万元，比上年减少1.20万元，下降100%。",
        # what a change or a rate may also be of
        "一、收入支出决算总体情况说明\n2022年度收入总计231.24万元，其中年初结转和结余10.00万元，较2021年增加5.24万元，增长2.3%。",
        EXPENDITURE + "本年支出568.50万元，较2021年度决算数38.31万元，下降6.31%。",
        EXPENDITURE + "2022年支出合计1000.00万元，基本支出600.00万元，占60%，其中人员经费500.00万元，占83.33%，公用经费100.00万元，"
        "占16.67%；项目支出400.00万元，占40%。",
        INCOME + "2022年决算总收入980.30万元，内含上年结余55.70万元，财政拨款918.40万元，其他收入6.20万元，收入比2021年的888.10万元"
        "多92.20万元。",
        "一、收入支出决算总体情况说明\n2022年度收入总计1155.32万元，较上年度减少85.48万元；支出总计与收入总计相等。",
        # lists of some parts
        INCOME + "本年收入合计1151.41万元；包括财政拨款收入1077.36万元，占收入合计93.57%；事业收入0万元，占收入合计0%。",
        INCOME + "本年收入合计1000.00万元，其中财政拨款收入800.00万元、事业收入150.00万元。",
        INCOME + "本年收入合计1000.00万元，其中：财政拨款收入800.00万元，占80%；事业收入150.00万元，占15%。",
        "十、机关运行经费支出情况\n2022年度机关运行经费支出50.00万元，比2021年减少10.00万元，下降16.67%。其中办公费10.00万元，"
        "印刷费5.00万元，差旅费3.00万元。",
        CLASSES + "一般公共预算财政拨款支出981.15万元。\n公共安全支出（类）公安（款）行政运行（项）612.33万元，信息化建设（项）88.46万元。\n"
        "卫生健康支出（类）23.81万元。住房保障支出（类）38.15万元。",
        "一、收入支出决算总体情况说明\n支出总计724.65万元，包括：公共安全支出621.38万元、住房保障支出48.86万元、年末结转和结余54.41万元。",
        CLASSES + "一般公共预算财政拨款支出900.00万元。\n1.水利事务—行政运行500.00万元；\n2.水利事务—水文测报100.00万元；\n"
        "3.社会保障和就业支出200.00万元；\n4.住房保障支出100.00万元。",
        "一、收入支出决算总体情况说明\n支出总计500.00万元：基本支出300.00万元，项目支出150.00万元，结转下年50.00万元。",
        # staff of several bodies, and parts of parts
        "一、部门概况\n我局机关有编制8名；下属水文站属事业单位，编制4名。水务局机关核定行政编制8名，实有7人。",
        "一、部门概况\n在职实有人数9人，其中：行政人，事业9人（其中：参照公务员法管理9人）。",
        # income and expenditure told together, and a change of what a part is a part of
        "四、财政拨款收入支出决算总体情况说明\n2022年度财政拨款收、支总计2000.00万元，与2021年相比，财政拨款收、支总计各增加50.00万元，"
        "增长5.26%。",
        INCOME + "2022年度收入总计900.00万元，其中年初结转和结余80.00万元，较2021年增加110.00万元，增长13.1%；本年收入合计820.00万元。",
        "四、财政拨款收入支出决算总体情况说明\n2022年度财政拨款收入总计600.00万元，财政拨款支出总计600.00万元。"
        "财政拨款支出年初预算数550.00万元，完成年初预算的82.35%。",
        # one figure to the cent of a yuan among rounded ones
        INCOME + "本年收入合计230.52万元，其中：财政拨款收入225.51万元；事业收入3.25万元；其他收入1.761234万元。支出218.44万元。",
    ],
)  # fmt: skip
def test_what_may_be_right_is_no_fault_of_the_document(text: str) -> None:
    assert blamed(text) == []


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        (EXPENDITURE + "本年支出合计302.19万元，比上年减少16.36万元，下降5.18%。", ["text.change_rate"]),
        (THREE + "公务接待费2.14万元，比上年增加1.14万元，增长1.14%。", ["text.change_rate"]),
        (
            INCOME + "本年收入合计231.24万元，其中：财政拨款收入213.24万元，占100%；事业收入0万元，占0%。",
            ["text.income_sum"],
        ),
        (INCOME + "本年收入合计1000.00万元，财政拨款收入800.00万元，占本年收入合计的85%。", ["text.share"]),
        (THREE + "公务接待费预算为22.96万元，支出决算为15.81万元，完成预算的68.68%。", ["text.rate"]),
        (
            EXPENDITURE + "支出总计500.00万元：基本支出300.00万元，项目支出150.00万元，结转下年40.00万元。",
            ["text.expenditure_sum"],
        ),
        ("一、部门概况\n在职实有人数9人，其中：行政编制5人，事业编制5人（其中：参公2人）。", ["text.staff"]),
        (
            CLASSES + "一般公共预算财政拨款支出900.00万元。\n1.农林水支出500.00万元；\n2.住房保障支出100.00万元。",
            ["text.class_sum"],
        ),
        (CLASSES + "财政拨款支出年初预算550.00万元，支出决算600.00万元，完成年初预算的82.35%。", ["text.rate"]),
        (EXPENDITURE + "2022年度支出总计10.00万元，与2022年度相比增加1.00万元，增长11.11%。", ["text.stale_year"]),
    ],
)
def test_what_cannot_be_right_is(text: str, checks: list[str]) -> None:
    assert [check for check in blamed(text) if check in checks] == checks


def test_what_stays_the_same_in_one_body_may_change_in_another() -> None:
    said = "1.局本级收入总计600.00万元，比上年增加50.00万元，增长9.09%。\n2.水文站收入总计150.00万元，与上年持平。"
    checks = read(f"{TITLE}一、收入支出决算总体情况说明\n{said}\n").checks
    assert not [c for c in checks if c.check_id == "text.unchanged"]


def test_the_next_years_budget_and_what_changes_in_it_are_of_the_next_year() -> None:
    said = (
        "2023年“三公”经费预算为12.00万元，比2022年预算增加1.00万元，增长9.09%。公务接待费较上年增加0.50万元，增长10%。"
    )
    facts = read(f"{TITLE}{THREE}2022年度“三公”经费支出决算数为10.00万元，比上年减少2.00万元。{said}\n").facts
    assert [(f.item, f.measure, f.year) for f in facts if f.value is not None and f.year == 2023] == [
        ("“三公”经费合计", "budget", 2023),
        ("“三公”经费合计", "change", 2023),
        ("“三公”经费合计", "change_rate", 2023),
        ("公务接待费", "change", 2023),
        ("公务接待费", "change_rate", 2023),
    ]


def test_shares_in_a_list_of_another_year_are_of_that_year() -> None:
    said = "2021年度支出合计628.00万元，其中：基本支出230.00万元，占总支出的37%；项目支出398.00万元，占总支出的63%。"
    facts = read(f"{TITLE}{EXPENDITURE}2022年度支出合计906.00万元。{said}\n").facts
    assert [(f.item, f.year) for f in facts if f.measure == "share"] == [("基本支出", 2021), ("项目支出", 2021)]


def test_a_number_of_two_digits_opens_no_bracket() -> None:
    checks = read(f"{TITLE}第三部分 2022年度部门决算情况说明\n（十一）人员。\n编制11名（见附表），实有10名。\n").checks
    assert not [c for c in checks if c.check_id == "text.punctuation" and "bracket" in c.message]


def test_a_share_that_names_no_whole_is_not_judged_by_one_of_an_unknown_name() -> None:
    said = (
        "财政性资金800.00万元，占80%，其中一般公共预算500.00万元、彩票公益金300.00万元；服务性收费150.00万元，占15%；"
        "社会捐赠等其他收入50.00万元，占5%。"
    )
    checks = read(f"{TITLE}{INCOME}全局来款1000.00万元。{said}\n").checks
    assert {c.status for c in checks if c.check_id == "text.share"} == {"not_checkable"}


def test_a_share_is_of_what_its_own_sentence_calls_so() -> None:
    said = (
        "三、支出决算情况说明\n2022年度支出合计500.00万元，其中：基本支出400.00万元，占80%；项目支出100.00万元，占20%。\n"
        "六、一般公共预算财政拨款基本支出决算情况说明\n基本支出300.00万元，其中：人员经费240.00万元，占基本支出的80%；"
        "公用经费60.00万元，占基本支出的20%。"
    )
    checks = read(f"{TITLE}{said}\n").checks
    assert [c.status for c in checks if c.check_id == "text.share" and c.item in {"人员经费", "公用经费"}] == [
        "pass"
    ] * 2
