"""The name of the department or unit, the same wherever the document names itself (单位名称)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import regex
from msgspec import Struct

from jsextract.check.text_rules.finding import Finding, quoted
from jsextract.check.text_rules.passages import Printed, last_heading, place_name
from jsextract.language.phrase import NOTHING, Phrase, phrase
from jsextract.model.report import Report
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN, PART, YEAR
from jsextract.vocabulary import CheckStatus, SectionKind, Severity, Topic, is_standard

_YEAR = rf"{YEAR}年?(?:度)?"
_PART = regex.compile(rf"^{PART}(?P<name>.{{4,40}}?)(?:的)?(?:{_YEAR}.*|(?:单位|部门)?(?:概况|基本情况|简介))$")
_HEADED = regex.compile(
    rf"^(?:{HAN}{{1,3}}、|（{HAN}{{1,3}}）|\d{{1,2}}[、.])?(?P<name>[^，。；：、（）\d]{{4,40}}?)(?:的)?{_YEAR}(?:部门|单位|本级)?"
    r"(?:决算|收入|支出|收支|财政拨款|一般公共|政府性基金|国有资本|三公|机关运行|政府采购|预算绩效|绩效)"
)
_LABEL = regex.compile(r"^(?:编制|公开|填报|编报)?(?:部门|单位)(?:名称)?：(?P<name>[^：\s\d]{4,40})$")
_ACTORS = (
    regex.compile(
        rf"(?:^|(?<=[。；]))(?P<name>[^，。；：、（）\d]{{4,40}}?)(?:本年度没有|{_YEAR}"
        r"(?:收入支出总计|收、支总计|财政拨款收入支出总计|财政拨款收、支|无|没有|政府采购|预算绩效管理工作))"
    ),
    regex.compile(rf"截至{_YEAR}\d{{1,2}}月\d{{1,2}}日，(?P<name>[^，。；：、（）\d]{{4,40}}?)共有车辆"),
    regex.compile(rf"纳入(?P<name>[^，。；：、（）\d]{{4,40}}?){_YEAR}(?:部门|单位)决算"),
)
_NOTE = regex.compile(r"^(?:注|说明)：(?P<name>[^，。；：、（）\d]{4,40}?)(?:本年度没有|{YEAR}年度?没有|无)")
_GENERIC = regex.compile(r"^(?:本|我|该|各|全)|[Xx×○〇*_]{1,}|(?:^|的)(?:部门|单位|学校|学院|医院|机关)$|^第")
ORGAN = regex.compile(
    r"(?:局|委|委员会|办|办公室|厅|院|部|中心|会|校|大学|学院|馆|站|所|队|园|处|科|社|协会|联合会|政府|街道|镇|乡|公司)$"
)
_BRACKET = regex.compile(r"（[^（）]*）")
_TAIL = regex.compile(r"(?:部门|单位|本级|机关|汇总|本部)+$")
_SHORTER = (
    ("中国共产党", "中共"), ("人民政府", "政府"), ("委员会", "委"), ("委会", "委"), ("办公室", "办"),
    ("人民代表大会常务", "人大常"),
    ("维吾尔自治区", ""), ("壮族自治区", ""), ("回族自治区", ""), ("自治区", ""), ("特别行政区", ""),
)  # fmt: skip
_JOINING = str.maketrans({"和": "与", "及": "与", "暨": "与", "、": "与"})
_PLACE = regex.compile(
    r"^(?:中共)?(?P<first>[^省市区县州旗盟]{2,8}(?:省|市|州|盟))(?P<rest>[^省市区县旗]{1,8}(?:市|区|县|旗))"
)
_PLACES = ("省", "市", "州", "盟", "区", "县", "旗", "镇", "乡")
_ALIKE = 0.6
_LONGEST = 40


class _Named(Struct, frozen=True):
    """A name in a place of the entity's own.

    Attributes:
        firm: whether nobody else can be named there: part headings, labels over tables.
    """

    name: str
    page: int
    where: str
    firm: bool


def entity_names(printed: Printed) -> Iterator[Finding]:
    """Names that differ from the document's own: a district left out, 与 for 和, another entity's name."""
    own = printed.report.entity
    if not own or not _is_known(printed, own):
        return
    own_core = core(own)
    others = {name for name in listed_units(printed.report) if own_core not in name}
    by_name: dict[str, list[_Named]] = {}
    for named in _names(printed):
        by_name.setdefault(named.name, []).append(named)
    for name, places in by_name.items():
        firm = any(place.firm for place in places)
        said = _difference(name, own, firm=firm)
        if not said and firm and (left := _without_place(name, own)):
            yield _shorter(name, own, left, places)
        elif said and not any(core(name) in other or other in core(name) for other in others):
            yield Finding(
                item=places[0].where, stated=name, computed=own, pages=tuple(place.page for place in places),
                message=phrase(
                    "{name} ({where}) is not the entity's name {own}: {said}.",
                    name=quoted(name), where=place_name(places[0].where), own=quoted(own), said=said,
                ),
            )  # fmt: skip


def _without_place(name: str, own: str) -> str:
    """The places that a name leaves out before the organ, which it keeps in full; blank where it leaves out none."""
    a, b = core(name), core(own)
    left = b.removesuffix(a) if b.endswith(a) else ""
    return left if left.removeprefix("中共").endswith(_PLACES) else ""


def _shorter(name: str, own: str, left: str, places: Sequence[_Named]) -> Finding:
    """A heading or title with the organ alone, its places left out: a slip of form."""
    return Finding(
        item=places[0].where, stated=name, computed=own, pages=tuple(place.page for place in places),
        status=CheckStatus.MINOR, severity=Severity.INFO,
        message=phrase(
            "{name} ({where}) is {own} without {left}.",
            name=quoted(name), where=place_name(places[0].where), own=quoted(own), left=left,
        ),
    )  # fmt: skip


def _is_known(printed: Printed, own: str) -> bool:
    """A name that the document prints only once may have been cut out of it wrongly: nothing is held against it."""
    times: Counter[str] = Counter()
    for passage in printed.passages:
        times[passage.place] += passage.text.count(own)
    return sum(times.values()) >= 3


def _names(printed: Printed) -> Iterator[_Named]:
    for passage in printed.passages:
        where = last_heading(passage.section) or passage.place
        if passage.kind in {SectionKind.GLOSSARY, SectionKind.ATTACHMENT}:
            continue
        if passage.place in {"heading", "contents"}:
            patterns, firm = [_PART, _HEADED], True
        elif passage.place == "title" and is_standard(passage.topic):
            patterns, firm = [_HEADED], True
        elif passage.place == "label" and is_standard(passage.topic):
            patterns, firm = [_LABEL], True
        elif passage.place == "note" and is_standard(passage.topic):
            patterns, firm = [_NOTE], False
        elif passage.place == "text":
            patterns, firm = list(_ACTORS), False
        else:
            continue
        for pattern in patterns:
            for found in pattern.finditer(passage.text):
                name = _TAIL.sub("", _BRACKET.sub("", found["name"]))
                if len(name) >= 4 and not _GENERIC.search(name):
                    yield _Named(name, passage.page_of(*found.span("name")), where, firm)


def listed_units(report: Report) -> set[str]:
    """The units that the document lists (纳入决算的单位), as they are compared: cells of its lists, running text."""
    found = {cell.item for cell in report.cells if not cell.is_standard}
    found |= {cell.value_text for cell in report.cells if not cell.is_standard and cell.value is None}
    for section in report.sections:
        if section.topic == Topic.STAFFING:
            found |= {name for name in regex.split(r"[、，。；：和\n]", squeeze(section.text)) if ORGAN.search(name)}
    own = core(report.entity)
    return {name for raw in found if 3 <= len(name := core(squeeze(raw))) <= _LONGEST and name not in own}


def core(name: str) -> str:
    """A name as it is compared: brackets, closing words and official long forms off."""
    short = _TAIL.sub("", _BRACKET.sub("", name))
    for long, abbreviated in _SHORTER:
        short = short.replace(long, abbreviated)
    return short


def _shortens(short: str, long: str) -> bool:
    """Whether a name is made of characters of the other in their order: 发改委, 住建局."""
    rest = iter(long)
    return all(char in rest for char in short)


def _difference(name: str, own: str, *, firm: bool) -> Phrase:
    """What is wrong with `name` where `own` is meant; blank where it is the same, a short form, or somebody else."""
    a, b = core(name), core(own)
    if a == b or b.endswith(a) or a.endswith(b) or a.startswith(b):
        return NOTHING
    if a.translate(_JOINING) == b.translate(_JOINING):
        return phrase("another word joins its parts")
    place = _PLACE.match(b)
    if place and a == b.replace(place["rest"], "", 1):
        return phrase("{place} is left out", place=place["rest"])
    longer = _PLACE.match(a)
    if longer and b == a.replace(longer["rest"], "", 1):
        return phrase("{place} is added", place=longer["rest"])
    if _shortens(a, b) or _shortens(b, a) or not ORGAN.search(a):
        return NOTHING
    alike = SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE
    return phrase("another name") if alike or firm else NOTHING
