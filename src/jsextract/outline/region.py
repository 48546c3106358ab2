"""Titles that name a region and no body of it: the account of its government, or of all its departments (本级汇总).

Asked only where few standard tables were found and no line is labelled with a body's name, and imported then: these
patterns take as long to compile as a page to read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jsextract.outline.title import FUNDS, Title, without_account
from jsextract.text.tokens import YEAR

_LEVEL = "[省市州盟县区旗]"
_DEPARTMENTS = r"(?:各)?(?:部门|行政单位|预算单位|一级预算)"
_WHOLE = re.compile(
    rf"^(?:{YEAR}年?度?)?中央(?:各)?部门(?={YEAR}|决算)|{_LEVEL}本级|(?<!安)全{_LEVEL}(?=汇总|各|部门|三公|一般公共|财政|决算|行政|20|收支|预算|机关|政府|党政|$)"
    rf"|{_LEVEL}级(?:{_DEPARTMENTS}(?!决算|预算)|财政拨款|决算|三公|一般公共|党政机关)|各(?:部门|乡镇|乡（镇）|街道)|所有部门|部门及乡镇"
)
_OF_GOVERNMENT = re.compile(
    r"总决算|决算(?:（草案）|草案)|(?<!部门)(?<!单位)决算(?:情况)?的报告|财政收支决算|财政决算|政府决算|政府预算|预算草案|预算（草案）"
)
# What the first words of a text say of a whole region's account; 市本级财政拨款 is what each body's account says.
_SUMMED = re.compile(
    rf"财政[局厅部]汇总|经汇总|各(?:部门|乡镇|乡（镇）|街道)|所有部门|{_LEVEL}(?:本级|级)(?:各)?(?:部门|单位|三公|一般公共|行政)"
    rf"|(?<!安)全{_LEVEL}(?:各|一般公共|三公|行政|党政)"
)
_SELF = re.compile(r"[本我](?:单位|部门|局|院|校|园|镇|乡|办|委|会|中心|站|所|馆)")
_OF_BODY = re.compile(r"(?:部门|单位)(?:决算|预算)")
_ORGAN = re.compile(
    r"[一-龥（）]{2,40}(?:局|委|办|厅|院|校|中心|站|所|会|队|馆|幼儿园|小学|中学|大学|处|办公室|街道|公司|集团|社|台|厂|法院)"
    r"(?:（[省市州盟县区旗]?本级）|[省市州盟县区旗]?本级)?"
)
# A name that is a region's and no body's below it.
_BARE_REGION = re.compile(
    rf"(?!.*(?:社|校|景|园|学|城|小|库|矿|灌|厂|辖|院|营)区$)[一-龥]{{2,14}}(?:{_LEVEL}|自治[区州县])(?:人民政府)?"
)
_GOVERNMENT = re.compile(rf"(?:关于)?(?P<name>[一-龥]{{2,14}}{_LEVEL}人民政府)")
_REGION_FIRST = re.compile(
    rf"(?:关于|公开|现将)*(?P<name>[一-龥]{{1,14}}?{_LEVEL})(?={_LEVEL}?本级|{_LEVEL}级|各|部门|部|$)"
)


def region_whole(lines: Sequence[str], title: Title | None, opening: str) -> bool:
    """Whether an account is that of a government or of all departments of a region (本级汇总), by its words.

    Args:
        lines: of the title, in normal form.
        title: what they say.
        opening: the first words of the text, asked only where the title names nobody.
    """
    plain = FUNDS.sub("", "".join(lines))
    names = [without_account(words) for words in (title.before, title.after)] if title else []
    if _SELF.search(plain) or any(_ORGAN.fullmatch(name) and not name.endswith("财政局") for name in (*lines, *names)):
        return False
    if _WHOLE.search(plain):
        return True
    if _OF_BODY.search(plain):
        return False
    if _OF_GOVERNMENT.search(plain):
        return True
    if title is None:
        return False
    if any(len(name) > 1 for name in names):
        return any(_BARE_REGION.fullmatch(name) for name in names)
    return bool(_SUMMED.search(opening))


def government_of(words: str) -> str:
    """The government, or else the region, whose account a title names; blank where it names none."""
    found = _GOVERNMENT.search(words)
    if found:
        return found["name"]
    rest = re.sub(rf"^.*?{YEAR}年?度?", "", words)
    for part in (re.split(YEAR, words)[0], without_account(rest)):
        region = _REGION_FIRST.match(part)
        if region and len(region["name"]) > 2:
            return region["name"]
    return without_account(re.split(YEAR, words)[0])
