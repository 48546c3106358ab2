"""The variables of the panel, named and defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from jsextract.dataset.indicators import CellSelector, FactSelector, Indicator
from jsextract.vocabulary import Measure, SectionTopic, Topic

# Sections that speak of one fund only; a total stated there is not the department's total.
_ONE_FUND = "财政拨款|一般公共预算|政府性基金|国有资本经营"
_INCOME, _EXPENDITURE = "收入", "支出"


def _total(name: str, en: str, zh: str, spots: tuple[CellSelector, ...], *items: str) -> Indicator:
    said = tuple(FactSelector(item, elsewhere=_ONE_FUND) for item in items)
    return Indicator(name, en, zh, unit="元", spots=spots, said=said)


def _fiscal(name: str, en: str, zh: str, spots: tuple[CellSelector, ...], *items: str) -> Indicator:
    return Indicator(name, en, zh, unit="元", spots=spots, said=tuple(FactSelector(item) for item in items))


def _t1(item: str, side: str) -> CellSelector:
    return CellSelector("T1", item, "决算数", side)


def _sum(table: str, column: str) -> CellSelector:
    return CellSelector(table, "合计", column)


_TOTALS = (
    _total(
        "income_total",
        "Total income with the opening balance.",
        "收入总计。",
        (_t1("总计", _INCOME),),
        "收入总计",
        "收入支出总计",
    ),
    _total(
        "expenditure_total",
        "Total expenditure with the closing balance.",
        "支出总计。",
        (_t1("总计", _EXPENDITURE),),
        "支出总计",
        "收入支出总计",
    ),
    _total(
        "income_year",
        "Income of the year.",
        "本年收入合计。",
        (_t1("本年收入合计", _INCOME), _sum("T2", "本年收入合计")),
        "本年收入合计",
    ),
    _total(
        "expenditure_year",
        "Expenditure of the year.",
        "本年支出合计。",
        (_t1("本年支出合计", _EXPENDITURE), _sum("T3", "本年支出合计")),
        "本年支出合计",
    ),
    _total(
        "opening_balance", "Opening balance.", "年初结转和结余。", (_t1("年初结转和结余", _INCOME),), "年初结转和结余"
    ),
    _total(
        "closing_balance",
        "Closing balance.",
        "年末结转和结余。",
        (_t1("年末结转和结余", _EXPENDITURE),),
        "年末结转和结余",
    ),
    _total(
        "surplus_used",
        "Non-fiscal surplus used.",
        "使用非财政拨款结余。",
        (_t1("使用非财政拨款结余", _INCOME),),
        "使用非财政拨款结余",
    ),
    _total("surplus_distributed", "Surplus distributed.", "结余分配。", (_t1("结余分配", _EXPENDITURE),), "结余分配"),
)


def _source(name: str, en: str, item: str) -> Indicator:
    return _total(f"income_{name}", f"Income: {en}.", f"{item}。", (_sum("T2", item), _t1(item, _INCOME)), item)


_SOURCES = (
    _source("fiscal", "fiscal appropriations", "财政拨款收入"),
    _source("general_budget", "general public budget appropriations", "一般公共预算财政拨款收入"),
    _source("fund", "government fund appropriations", "政府性基金预算财政拨款收入"),
    _source("state_capital", "state capital appropriations", "国有资本经营预算财政拨款收入"),
    _source("superior", "grants from the superior unit", "上级补助收入"),
    _source("service", "public service income", "事业收入"),
    _source("business", "business income", "经营收入"),
    _source("subordinate", "payments from subordinate units", "附属单位上缴收入"),
    _source("other", "other", "其他收入"),
)


def _kind(name: str, en: str, item: str) -> Indicator:
    return _total(f"expenditure_{name}", f"Expenditure: {en}.", f"{item}。", (_sum("T3", item),), item)


_KINDS = (
    _kind("basic", "basic", "基本支出"),
    _kind("project", "projects", "项目支出"),
    _kind("to_superior", "payments to the superior unit", "上缴上级支出"),
    _kind("business", "business", "经营支出"),
    _kind("to_subordinate", "grants to subordinate units", "对附属单位补助支出"),
)

_FUNDS = (
    _fiscal(
        "fiscal_total",
        "Total of fiscal appropriations with balances.",
        "财政拨款收入支出总计。",
        (CellSelector("T4", "总计", "决算数", _INCOME),),
        "财政拨款收入支出总计",
    ),
    _fiscal(
        "general_budget_spent",
        "Expenditure from general public budget appropriations.",
        "一般公共预算财政拨款支出。",
        (_sum("T5", "合计"),),
        "一般公共预算财政拨款支出",
    ),
    _fiscal(
        "general_budget_basic",
        "Of which basic expenditure.",
        "一般公共预算财政拨款基本支出。",
        (_sum("T5", "基本支出"),),
        "一般公共预算财政拨款基本支出",
    ),
    _fiscal(
        "general_budget_project", "Of which projects.", "一般公共预算财政拨款项目支出。", (_sum("T5", "项目支出"),)
    ),
    _fiscal(
        "personnel",
        "Personnel costs in basic expenditure from the general public budget.",
        "一般公共预算财政拨款基本支出中的人员经费。",
        (CellSelector("T6", "人员经费合计", "决算数"),),
        "人员经费",
    ),
    _fiscal(
        "public_costs",
        "Running costs in basic expenditure from the general public budget.",
        "一般公共预算财政拨款基本支出中的公用经费。",
        (CellSelector("T6", "公用经费合计", "决算数"),),
        "公用经费",
    ),
    _fiscal(
        "fund_spent",
        "Expenditure from government funds.",
        "政府性基金预算财政拨款支出。",
        (_sum("T8", "本年支出/合计"),),
    ),
    _fiscal(
        "state_capital_spent",
        "Expenditure from state capital.",
        "国有资本经营预算财政拨款支出。",
        (_sum("T9", "本年支出/合计"), _sum("T9", "合计")),
    ),
)

_CLASSES = {
    "201": ("General public services", "一般公共服务支出"),
    "202": ("Foreign affairs", "外交支出"),
    "203": ("National defence", "国防支出"),
    "204": ("Public security", "公共安全支出"),
    "205": ("Education", "教育支出"),
    "206": ("Science and technology", "科学技术支出"),
    "207": ("Culture, tourism, sport and media", "文化旅游体育与传媒支出"),
    "208": ("Social security and employment", "社会保障和就业支出"),
    "210": ("Health", "卫生健康支出"),
    "211": ("Energy saving and environment", "节能环保支出"),
    "212": ("Urban and rural communities", "城乡社区支出"),
    "213": ("Agriculture, forestry and water", "农林水支出"),
    "214": ("Transport", "交通运输支出"),
    "215": ("Resource exploration, industry and information", "资源勘探工业信息等支出"),
    "216": ("Commerce and services", "商业服务业等支出"),
    "217": ("Finance", "金融支出"),
    "219": ("Aid to other regions", "援助其他地区支出"),
    "220": ("Natural resources, oceans and weather", "自然资源海洋气象等支出"),
    "221": ("Housing", "住房保障支出"),
    "222": ("Grain, oil and material reserves", "粮油物资储备支出"),
    "223": ("State capital operating budget", "国有资本经营预算支出"),
    "224": ("Disaster prevention and emergency management", "灾害防治及应急管理支出"),
    "229": ("Other", "其他支出"),
    "231": ("Debt repayment", "债务还本支出"),
    "232": ("Debt interest", "债务付息支出"),
    "234": ("Special anti-epidemic bonds", "抗疫特别国债安排的支出"),
}


def _class(code: str, en: str, item: str) -> Indicator:
    spots = (_t1(item, _EXPENDITURE), CellSelector("T3", item, "本年支出合计", code=code))
    return _total(f"class_{code}", f"Expenditure by function: {en}.", f"{item}（{code}）。", spots, item)


_THREE_PUBLIC = {
    "total": ("all three public expenses", "“三公”经费合计", "合计"),
    "abroad": ("travel abroad on business", "因公出国（境）费", "因公出国（境）费"),
    "vehicles": (
        "official vehicles, purchase and running",
        "公务用车购置及运行维护费",
        "公务用车购置及运行维护费/小计",
    ),
    "vehicle_purchase": (
        "purchase of official vehicles",
        "公务用车购置费",
        "公务用车购置及运行维护费/公务用车购置费",
    ),
    "vehicle_running": (
        "running of official vehicles",
        "公务用车运行维护费",
        "公务用车购置及运行维护费/公务用车运行维护费",
    ),
    "reception": ("official receptions", "公务接待费", "公务接待费"),
}
_BUDGETS = (Measure.BUDGET, Measure.FULL_YEAR_BUDGET, Measure.INITIAL_BUDGET)


def _three_public(name: str, en: str, item: str, row: str) -> tuple[Indicator, Indicator]:
    return (
        Indicator(
            f"sangong_{name}_budget",
            f"Three public expenses, budget: {en}.",
            f"{item}预算数。",
            unit="元",
            spots=(CellSelector("T7", row, "预算数"),),
            said=(FactSelector(item, _BUDGETS),),
        ),
        Indicator(
            f"sangong_{name}",
            f"Three public expenses, final: {en}.",
            f"{item}决算数。",
            unit="元",
            spots=(CellSelector("T7", row, "决算数"),),
            said=(FactSelector(item),),
        ),
    )


def _count(name: str, en: str, zh: str, unit: str, item: str, pattern: str, measure: str = Measure.COUNT) -> Indicator:
    return Indicator(name, en, zh, unit=unit, said=(FactSelector(item, (measure,), pattern),))


_PERSONS, _BATCHES, _GROUPS, _CARS, _PIECES, _SETS = (
    "人次?",
    "个?批次?|次",
    "个|团组|个?批次?|次",
    "辆|台",
    "个|项",
    "台|套|台（套）|台套",
)
_COUNTS = (
    _count("abroad_groups", "Groups sent abroad.", "因公出国（境）团组数。", "个", "因公出国（境）", _GROUPS),
    _count("abroad_persons", "Persons sent abroad.", "因公出国（境）人次。", "人次", "因公出国（境）", _PERSONS),
    _count("vehicles_bought", "Official vehicles bought.", "公务用车购置数。", "辆", "公务用车购置", _CARS),
    _count("vehicles_kept", "Official vehicles kept.", "公务用车保有量。", "辆", "公务用车保有量", _CARS),
    _count("receptions", "Domestic receptions.", "国内公务接待批次。", "批次", "国内公务接待", _BATCHES),
    _count(
        "reception_guests", "Guests at domestic receptions.", "国内公务接待人次。", "人次", "国内公务接待", _PERSONS
    ),
    _count("foreign_receptions", "Receptions of foreign guests.", "接待外宾批次。", "批次", "接待外宾", _BATCHES),
    _count("foreign_guests", "Foreign guests received.", "接待外宾人次。", "人次", "接待外宾", _PERSONS),
)

_PURCHASES = (
    _fiscal("operating_costs", "Operating costs of the administrative organ.", "机关运行经费。", (), "机关运行经费"),
    _fiscal("procurement", "Government procurement.", "政府采购支出总额。", (), "政府采购支出总额"),
    _fiscal("procurement_goods", "Procurement of goods.", "政府采购货物支出。", (), "政府采购货物支出"),
    _fiscal("procurement_works", "Procurement of works.", "政府采购工程支出。", (), "政府采购工程支出"),
    _fiscal("procurement_services", "Procurement of services.", "政府采购服务支出。", (), "政府采购服务支出"),
    _fiscal(
        "procurement_sme",
        "Contracts with small and medium firms.",
        "授予中小企业合同金额。",
        (),
        "授予中小企业合同金额",
    ),
    Indicator(
        "procurement_sme_share",
        "Share of these contracts in procurement.",
        "授予中小企业合同金额占政府采购支出总额的比重。",
        unit="%",
        said=(FactSelector("授予中小企业合同金额", (Measure.SHARE,), "%", "政府采购支出总额"),),
    ),
    _fiscal(
        "procurement_micro",
        "Contracts with small and micro firms.",
        "授予小微企业合同金额。",
        (),
        "授予小微企业合同金额",
    ),
)

_ASSETS = (
    _count("vehicles", "Vehicles of all kinds.", "车辆总数。", "辆", "车辆", _CARS),
    _count(
        "equipment_general_500k",
        "General equipment of 500,000 yuan or more apiece.",
        "单位价值50万元以上通用设备。",
        "台（套）",
        "单位价值50万元以上通用设备",
        _SETS,
    ),
    _count(
        "equipment_special_1m",
        "Special equipment of 1,000,000 yuan or more apiece.",
        "单位价值100万元以上专用设备。",
        "台（套）",
        "单位价值100万元以上专用设备",
        _SETS,
    ),
    _count(
        "equipment_1m",
        "Equipment of 1,000,000 yuan or more apiece, vehicles left out.",
        "单价100万元（含）以上设备（不含车辆）。",
        "台（套）",
        "单价100万元（含）以上设备（不含车辆）",
        _SETS,
    ),
)

_PERFORMANCE = (
    _count(
        "projects_evaluated", "Projects that were self-evaluated.", "绩效自评项目数。", "个", "绩效自评项目", _PIECES
    ),
    Indicator(
        "projects_evaluated_money",
        "Money of these projects.",
        "绩效自评项目资金。",
        unit="元",
        said=(FactSelector("绩效自评项目资金", (*_BUDGETS, Measure.FINAL)),),
    ),
    _count(
        "projects_excellent",
        "Projects graded excellent.",
        "绩效评级为优的项目数。",
        "个",
        "绩效评级为优的项目",
        _PIECES,
    ),
)

_STAFF = (
    _count("posts", "Established posts.", "总编制。", "人", "总编制", "人|名|个", Measure.QUOTA),
    _count("posts_administrative", "Administrative posts.", "行政编制。", "人", "行政编制", "人|名|个", Measure.QUOTA),
    _count("posts_service", "Public service posts.", "事业编制。", "人", "事业编制", "人|名|个", Measure.QUOTA),
    _count("posts_worker", "Worker posts.", "工勤编制。", "人", "工勤编制", "人|名|个", Measure.QUOTA),
    _count("staff", "Persons in post.", "在职人数。", "人", "在职", "人|名|个", Measure.HEADCOUNT),
    _count("units", "Units in the account.", "纳入决算的单位数。", "个", "决算单位", "个|家"),
)

_NO_FUND, _NO_STATE_CAPITAL = "政府性基金预算财政拨款收入和支出", "国有资本经营预算财政拨款收入和支出"
_NONE = {
    "income_fund": (_NO_FUND,),
    "income_state_capital": (_NO_STATE_CAPITAL,),
    "fund_spent": (_NO_FUND, "政府性基金预算财政拨款支出"),
    "state_capital_spent": (_NO_STATE_CAPITAL, "国有资本经营预算财政拨款支出"),
}
"""Variable → items of another name of which a statement of none says that it is 0."""
_OF_THEIR_OWN: dict[str, tuple[str, ...]] = {
    "general_budget_basic": (SectionTopic.FISCAL_BASIC, Topic.BASIC),
    "personnel": (SectionTopic.FISCAL_BASIC, Topic.BASIC),
    "public_costs": (SectionTopic.FISCAL_BASIC, Topic.BASIC),
    "fund_spent": (Topic.FUND,),
    "state_capital_spent": (Topic.STATE_CAPITAL,),
    "operating_costs": (Topic.OPERATING,),
}
"""Variable → topics of the sections that state it, where these are others than those of its group."""


def _under(indicators: Iterable[Indicator], *topics: str) -> Iterator[Indicator]:
    """The variables of a group, which sections of these topics state."""
    for one in indicators:
        yield replace(one, topics=_OF_THEIR_OWN.get(one.name, topics), none=_NONE.get(one.name, ()))


INDICATORS: tuple[Indicator, ...] = (
    *_under(_TOTALS, Topic.TOTALS, Topic.INCOME, Topic.EXPENDITURE),
    *_under(_SOURCES, Topic.TOTALS, Topic.INCOME),
    *_under(_KINDS, Topic.TOTALS, Topic.EXPENDITURE),
    *_under((_class(code, en, item) for code, (en, item) in _CLASSES.items()), Topic.FUNCTION),
    *_under(_FUNDS, SectionTopic.FISCAL_TOTALS, Topic.FUNCTION),
    *_under(
        (each for name, (en, item, row) in _THREE_PUBLIC.items() for each in _three_public(name, en, item, row)),
        Topic.THREE_PUBLIC,
    ),
    *_under(_COUNTS, Topic.THREE_PUBLIC),
    *_under(_PURCHASES, Topic.PROCUREMENT),
    *_under(_ASSETS, Topic.ASSETS),
    *_under(_PERFORMANCE, Topic.PERFORMANCE),
    *_under(_STAFF, Topic.STAFFING),
)
