"""What a text says that it is, by its title and its first words: whose account, of which year, or none."""

from __future__ import annotations

import pytest

from jsextract.outline.headings import outline
from jsextract.outline.identity import Identity, identify
from jsextract.pipeline import understand
from jsextract.readers.plain_text import read_plain_text
from jsextract.rules.ruleset import load_rules

SPENT = "2022年度“三公”经费支出决算数为12.30万元，比上年减少1.20万元，下降8.89%。\n"


def identified(text: str) -> Identity:
    return identify(outline(read_plain_text(text.encode()).pages[0].lines, load_rules().sections), ())


@pytest.mark.parametrize(
    ("title", "kind", "entity", "year"),
    [
        ("梧桐镇2022年“三公”经费决算", "部门决算", "梧桐镇", 2022),
        (
            "临江市梧桐区人民法院2022年度\n一般公共预算财政拨款\n“三公”经费决算情况说明",
            "部门决算",
            "临江市梧桐区人民法院",
            2022,
        ),
        ("临江市水务局2022年一般公共预算财政拨款“三公”经费支出决算情况说明", "部门决算", "临江市水务局", 2022),
        ("水务局财政拨款“三公”经费决算2022年情况如下：", "部门决算", "水务局", 2022),
        ("我院2022年三公经费开支", "部门决算", "", 2022),
        ("2022年梧桐区青石乡“三公”经费 情况说明", "部门决算", "梧桐区青石乡", 2022),
        ("临江市第一小学\n二〇二二年度单位决算公开说明", "单位决算", "临江市第一小学", 2022),
        ("縣委黨校2022年度部門決算", "部门决算", "县委党校", 2022),
        ("临江市青石镇人民政府\n2022年度“三公”经费决算汇总情况", "部门决算", "临江市青石镇人民政府", 2022),
        ("临江市教育局（本级）2022年度决算公开", "部门决算", "临江市教育局（本级）", 2022),
        ("临江市公安局市本级2022年度部门决算", "部门决算", "临江市公安局市本级", 2022),
        ("临江市财政局2022年“三公”经费决算", "部门决算", "临江市财政局", 2022),
        ("临江市水务局2022年部门决算情况的报告", "部门决算", "临江市水务局", 2022),
        ("临江市市级机关事务管理局2022年度部门决算", "部门决算", "临江市市级机关事务管理局", 2022),
        ("2022年区级部门决算\n部门名称：临江市梧桐区水务局", "部门决算", "临江市梧桐区水务局", 2022),
    ],
)
def test_the_title_of_a_body_makes_its_text_an_account(title: str, kind: str, entity: str, year: int):
    found = identified(f"{title}\n{SPENT}")
    assert (found.kind, found.entity, found.year) == (kind, entity, year)


@pytest.mark.parametrize(
    ("title", "kind", "entity"),
    [
        ("临江市人民政府关于2022年决算情况的报告", "政府决算", "临江市人民政府"),
        ("2022年临江市市级决算草案", "政府决算", "临江市"),
        ("2022年梧桐州州本级部门“三公”经费支出", "政府决算", "梧桐州"),
        ("临江市梧桐区本级2022年“三公”经费决算汇总情况", "政府决算", "临江市梧桐区"),
        ("2022年度梧桐区本级一般公共预算财政拨款“三公”经费公开说明", "政府决算", "梧桐区"),
        ("2022年度梧桐县“三公”经费支出决算情况", "政府决算", "梧桐县"),
        ("2022年临江市部门及乡镇政府（街道办事处）“三公”经费决算", "政府决算", "临江市"),
        ("2022年全县“三公”经费决算汇总情况", "政府决算", ""),
        ("关于临江市2021年预算执行情况和2022年预算草案的报告", "政府预算", "临江市"),
    ],
)
def test_the_account_of_a_government_or_a_region_is_none_of_a_department(title: str, kind: str, entity: str):
    report = understand(read_plain_text(f"{title}\n{SPENT}".encode()), load_rules())
    assert (report.kind, report.entity, report.problem) == (kind, entity, "not-final-account")
    assert (report.facts, report.unread_amounts) == ((), 0)


@pytest.mark.parametrize(
    "text",
    [
        "水务局2022年“三公”经费决算减少30余万元\n市水务局2022年“三公”经费决算数为30.10万元。",
        "临江市公布2022年部门决算\n本报讯（记者王某）2022年市级部门“三公”经费支出1200万元。",
        "关于编制2022年度部门决算的通知\n各预算单位：\n一、编制范围\n2022年度决算应含全部资金，逾期每日扣减0.5万元。",
        "临江市财政局关于批复2022年度部门决算的通知\n市水务局：\n你部门2022年度收入决算1234.56万元，现予批复。",
        "临江市水务局2022年度部门决算审计结果公告\n一、基本情况\n审计表明，2022年支出1234.56万元。",
        "临江市市级部门决算公开管理办法\n第一条 2022年度部门决算“三公”经费超过100万元的，应当说明原因。",
        "临江市召开2022年度部门决算布置培训会\n市财政局召开会议，安排经费3.50万元。",
        "关于“三公”经费的问答\n2022年全国压缩“三公”经费3.5亿元。",
        "2022年各部门“三公”经费支出排行\n教育局45.2万元，水务局31.5万元。",
        "临江市水务局2022年工作总结\n一、主要工作情况\n2022年完成投资12.30亿元。",
        "采购合同\n合同金额120.00万元，2022年支付80.00万元。",
    ],
)
def test_what_is_about_accounts_is_no_account(text: str):
    assert identified(text).kind == "其他"


def test_the_unit_of_amounts_is_no_body():
    text = "柳湾县移民局2022年“三公”经费决算情况表\n单位：万元\n项目 本年决算数\n“三公”经费比上年决算数减少0.54万元。"
    assert identified(text).entity == "柳湾县移民局"


@pytest.mark.parametrize(
    "above",
    [
        "首页 > 政务公开 > 部门决算",
        "临江市财政局\n登录 注册 无障碍\n首页\n要闻动态\n政务公开",
        "临江市人民政府门户网站\n今天是：2024年9月20日 星期五\n预算决算 » 部门决算 » 正文",
        "网站首页 机构概况 办事服务 互动交流\n您现在的位置： 首页 / 政务公开 / 水务局 / 财政预决算",
        "您的位置：首页 > 信息公开 > 临江市水务局2022年度部门决算",
    ],
)
@pytest.mark.parametrize("below", ["", "发布时间：2024-09-20 来源：临江市财政局 字号：【大 中 小】\n打印 关闭\n"])
def test_what_a_site_prints_above_an_account_is_none_of_it(above: str, below: str):
    found = identified(f"{above}\n临江市水务局2022年度部门决算\n{below}{SPENT}")
    assert (found.kind, found.entity, found.year) == ("部门决算", "临江市水务局", 2022)


def test_a_path_that_ends_in_the_title_tells_it():
    found = identified(f"当前位置：首页>政务公开>临江市水务局2022年度部门决算\n{SPENT}")
    assert (found.entity, found.year) == ("临江市水务局", 2022)


def test_a_cover_without_a_site_above_it_stays_whole():
    for cover in ("临江市\n主题公园管理处\n2022年度\n部门决算", "临江市主题公园管理处\n政务公开\n2022年度部门决算"):
        assert identified(f"{cover}\n{SPENT}").entity == "临江市主题公园管理处"


def test_reporters_that_a_body_received_write_no_press():
    text = "2022年临江市水务局“三公”经费情况说明\n2022年“三公”经费支出合计9.50万元，接待记者20批次，约300人。"
    assert identified(text).kind == "部门决算"
    named = "2022年临江市供销社部门决算\n2022年项目支出9.50万元，其中新网工程补助8.00万元。"
    assert identified(named).kind == "部门决算"


@pytest.mark.parametrize(
    "text",
    [
        "临江市水务局2022年“三公”经费预算情况说明\n2022年“三公”经费预算为45.00万元，比2021年决算数增加3.00万元。",
        "2022年临江市水务局“三公”经费情况说明\n2022年“三公”经费预算安排45.00万元，较2021年决算38.00万元增加7万元。",
        "临江市水务局2022年一般公共预算财政拨款“三公”经费支出预算情况说明\n预算数为45.00万元。",
    ],
)
def test_a_budget_stays_one_whatever_it_is_compared_with(text: str):
    assert identified(text).kind == "部门预算"


def test_a_title_gives_its_topic_to_what_has_no_heading():
    found = outline(
        read_plain_text(f"梧桐镇2022年“三公”经费决算\n{SPENT}".encode()).pages[0].lines, load_rules().sections
    )
    assert [(part.topic, part.subject) for part in found.parts] == [("three_public", "“三公”经费合计")]
    assert [line.text for line in found.cover] == ["梧桐镇2022年“三公”经费决算"]


def test_headings_may_begin_below_the_first_rank():
    text = "临江市水务局2022年度部门决算\n（一）收入支出决算总体情况说明\n2022年度收入总计9.00万元。\n（二）“三公”经费情况\n共1.00万元。"
    found = identified(text)
    assert (found.kind, found.entity, found.year) == ("部门决算", "临江市水务局", 2022)
    parts = outline(read_plain_text(text.encode()).pages[0].lines, load_rules().sections).parts
    assert [part.topic for part in parts] == ["totals", "three_public"]
