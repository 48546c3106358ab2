"""The province, prefecture, county or zone that the name of a body begins with (地区)."""

from __future__ import annotations

import re

# What stands before a place in the names of parties, leagues and offices of the centre …
_ABOVE = re.compile(
    "中共|中国共产党|(?:中国)?人民政治协商会议|政协|共青团|中国共产主义青年团|中国(?:民主)?(?:同盟|建国会|促进会)|民[革盟建进]|九三学社"
    "|(?:中国)?(?:农工民主党|致公党)|农工党|国家税务总局"
)
# … and words at which a place is over.
_BELOW = re.compile("公司|中心|人民|管理|办公|学校|大学|学院")
# The name of a place holds no word for a level, and none of what a body below it is made of.
_NAME = r"[^省市区县旗盟局委院厅校（）\s\d]"
# Prefectures whose short name ends in 州, which the names of cities do as well (苏州中学).
_PREFECTURES = (
    "延边|恩施|湘西|阿坝|甘孜|凉山|黔东南|黔南|黔西南|西双版纳|文山|红河|德宏|怒江|迪庆|大理|楚雄|临夏|甘南|海北|黄南|海南|果洛|玉树|海西|昌吉|巴音郭楞|巴"
    "|克孜勒苏|克|博尔塔拉|博|伊犁"
)
_PROVINCE = rf"{_NAME}{{2,3}}省|{_NAME}{{2,5}}自治区"
_PREFECTURE = rf"{_NAME}{{2,9}}自治州|(?:{_PREFECTURES})州|{_NAME}{{2,4}}(?:地区|盟)"
_CITY = rf"(?:{_NAME}{{2,4}}市(?!场|域)(?<!城市(?=管理|轨道|社会|公共|$))|[芒津]市)"
_COUNTY = rf"{_NAME}{{1,13}}自治[县旗]|{_NAME}{{1,5}}县(?!域|际)|{_NAME}{{2,6}}旗"
# 社区, 景区 and the like have no administration of their own; 开发区, 新区 and 工业园区 have one.
_DISTRICT = (
    rf"{_NAME}{{1,12}}区(?!域|划|间|位|街道)(?<![社校景学小库灌厂辖院营林牧片地]区)"
    "|(?:沙市|新市|市[中北南]|红旗|神农架林)区"
)
_PLACE = re.compile(rf"(?:{_PROVINCE})?(?:{_PREFECTURE})?(?:{_CITY})?(?:{_CITY}|{_COUNTY}|{_DISTRICT})?")


def place_of(body: str) -> str:
    """The place that a body's name, in normal form, begins with; blank where it begins with none."""
    above = _ABOVE.match(body)
    return _PLACE.match(_BELOW.split(body[above.end() if above else 0 :])[0])[0]  # type: ignore[index]
