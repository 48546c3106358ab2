"""What a document's title says that it is: final account or budget, of whom and of which year (标题)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from jsextract.text.tokens import YEAR

FUNDS = re.compile(
    r"(?<=一般公共)预算|(?<=公共)预算(?=财政拨款)|(?<=政府性基金)预算|(?<=国有资本经营)预算|(?<=基金)预算(?=财政拨款)|预(?=决算)"
    r"|预算(?=单位|部门|绩效|管理|财政拨款|拨款|执行)"
)
"""预算 in the names of funds, of those who spend them and of what became of it (预算执行), which tells no budget."""
_WITH_YEAR = re.compile(
    rf"(?P<entity>[^。；：]{{0,45}}?)(?P<year>{YEAR})年?(?:度)?(?P<middle>[^。；：\d]{{0,40}}?)"
    r"(?P<what>部门|单位)?(?P<kind>决算|预算)"
)
_YEAR_LAST = re.compile(
    rf"(?P<entity>[^。；：]{{0,45}}?)(?P<what>部门|单位)?(?P<kind>决算|预算)[^。；\d]{{0,12}}(?P<year>{YEAR})年"
)
_NO_YEAR = re.compile(r"^(?P<entity>[^。；：，\d]{0,45}?)(?P<what>部门|单位)?(?P<kind>决算|预算)")
# A statement of one kind of spending, or of a body's finances, is an account even where its title says neither 决算 nor
# 预算 …
_OF_SPENDING = re.compile(
    rf"^(?P<entity>[^。；：]{{0,45}}?)(?P<year>{YEAR})年?(?:度)?(?P<middle>[^。；：\d]{{0,40}}?)"
    r"(?:三公(?:经费)?|政府采购支出|机关运行经费|会议费|培训费|财务(?!处|科|司|管理|制度)|(?:经费|财政拨款)?收支(?:情况|公示|公开)|经费使用"
    r"|执行情况)"
)
# … and that of a body's finances where it says no year.
_OF_FINANCES = re.compile(
    r"^(?P<entity>[^。；：，\d]{2,45}?)(?:(?<=[中小大]学)学校)?财务(?:整体|总体|收支|信息)?(?:情况|公开)"
)
# Words about accounts and of none: orders, rules, examinations, meetings …
_ABOUT = re.compile(
    r"(?:通知|办法|规定|细则|条例|制度|方案|意见|模板|范本|格式|样式|培训|培训会|布置会|座谈会|会议|决议|批复|答复|问答|合同|通报|排行|排名|审计报告|工作总结"
    r"|工作计划|(?:评价|自评|评估|审查|审查结果|审计工作|(?<!决算)工作)报告|(?<!决算)年度报告|标准目录"
    r"|(?:招标|中标|成交|采购|询价|磋商|比选)(?:结果)?公告|采购意向(?:公开)?)"
    r"(?:（[^（）]*）)?[：。]?$|预算法|审计结果|审计情况|培训班|关于(?:编制|编报|批复|做好|布置|开展)"
)
_ATTACHED = re.compile(r"^附件\d*[：.、]?.")
# … and those of the press.
_HEADLINE = re.compile(r"余万|余亿|比上年|比预算|同比|出炉|亮相|晒出|再降")
# Reporters that a body received or trained are none that write of it.
_PRESS = re.compile(
    r"本报讯|日电|日讯|(?<!接待)(?<!邀请)(?<!组织)(?<!培训)(?<!新闻)记者(?!站|证|节|协会|联合会|\d+[批名人个])|新华社|(?<!其)中新网|人民网|据[^，。]{2,14}(?:消息|报道)"
)
_SPENT = (
    r"[^。；，\d]{0,24}(?:决算|实际|执行数|(?:收入|支出)(?:合计|总计|总额|为|共)?\d|开支\d|(?:费|经费)\d"
    r"|收、支总计|收支总计)"
)
_PLANNED = re.compile(r"预算(?:安排|数|总额|为)|(?:收入|支出)预算")
# Items that accounts are made of, with a figure each.
_ITEMS = re.compile(
    r"(收入总计|支出总计|收、支总计|收入合计|支出合计|总收入|总支出|财政拨款收入|财政拨款支出|基本支出|项目支出|三公经费)[^。；，\d]{0,16}\d"
)
_ANNOUNCED = re.compile(
    r"现[将就](?P<what>[^。；：，]{4,60}?)(?:的?(?:有关|相关|具体)?(?:情况|信息|事项|内容))?(?:予以|向社会|作|做)*"
    r"(?:公开|公布|公示|说明|报告|公告)(?:如下|说明|：)"
)


class Title(Struct, frozen=True):
    """What a title says.

    Attributes:
        account: 决算, 预算, or blank where it says neither and its text must.
        what: 部门, 单位, or blank.
        year: the fiscal year; None where it has none.
        before: the words in front of the year, among which the entity's name may stand …
        after: … and those between the year and the account.
    """

    account: str
    what: str
    year: int | None
    before: str
    after: str


def is_foreign(lines: Iterable[str]) -> bool:
    """Whether the normal lines of a title tell of accounts, and are that of none (通知, 办法, 审计结果, a headline)."""
    return any(_ABOUT.search(line) or _HEADLINE.search(line) for line in lines if not _ATTACHED.match(line))


def read_title(words: str) -> Title | None:
    """What the normal words of a title say; None where they tell of no account."""
    plain = FUNDS.sub("", re.sub(r"\.(?:pdf|docx?|txt)$", "", words))
    dated = list(_WITH_YEAR.finditer(plain))
    # an account that tells the next year's budget as well is an account; the name stands before both
    main = next((found for found in dated if found["kind"] == "决算"), dated[0] if dated else None)
    others = (_YEAR_LAST.search, _OF_SPENDING.search, _NO_YEAR.search, _OF_FINANCES.search)
    main = main or next(filter(None, (search(plain) for search in others)), None)
    if main is None:
        return None
    said, first = main.groupdict(default=""), (dated[0] if dated else main).groupdict(default="")
    return Title(
        account=said.get("kind", ""), what=said.get("what", ""), year=int(said["year"]) if said.get("year") else None,
        before=first["entity"], after=first.get("middle", ""),
    )  # fmt: skip


def announced(opening: str) -> str:
    """What the first words of a text say that is made public (现将…公开如下), often its only title; else blank."""
    found = _ANNOUNCED.search(opening)
    return found["what"] if found else ""


def is_press(opening: str) -> bool:
    """Whether the first words of a text are those of a newspaper."""
    return bool(_PRESS.search(opening))


def told_by_text(year: int | None, opening: str) -> str:
    """决算 or 预算, by what the first words of the text say of the year; blank where they say neither."""
    when = f"{year}年度?" if year else f"{YEAR}年度?"
    if re.search(when + _SPENT, opening):
        return "决算"
    return "预算" if _PLANNED.search(opening) else ""


def told_by_items(opening: str) -> str:
    """决算 or 预算, where the first words of a text without any title give several items of an account; else blank."""
    if len(set(_ITEMS.findall(opening))) < 2:
        return ""
    return "预算" if _PLANNED.search(opening) and "决算" not in opening else "决算"


def without_account(name: str) -> str:
    """The words around a year without those of the account: 关于X局一般公共…三公经费 is X局."""
    name = re.sub(r"^.*现[将就]|^(?:附件\d*：?|关于|公开|纳入|公布)+", "", name)
    name = re.sub(r"（(?:汇总|单位|部门|公开)）", "", name)
    name = re.split(
        r"三公|一般公共|公共预算|公共财政|财政拨款|政府性基金|政府采购|机关运行|收入支出|收支|财务|安排|支出|经费|汇总|决算|预算",
        name,
    )[0]
    return re.sub(r"(?:的|部门|单位|关于)+$", "", name).strip("：，、-—")
