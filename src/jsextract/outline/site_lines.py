"""What a site prints around an account, told from the account's own cover (网站栏目、面包屑、发布信息)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from jsextract.model.document import Line
from jsextract.text.normal import squeeze
from jsextract.text.tokens import YEAR

_TITLE = re.compile(rf"(?:{YEAR}).{{0,20}}?(?:决算|预算)")
_STEP = re.compile(r"\s*(?:>+|＞+|»|›|→|≫|/|／|\\|\|)\s*")
_HOME = re.compile(
    r"^(?:(?:当前|所在|现在的?)?位置|(?:您|你)(?:现在|当前|所在)?的?(?:位置|在)|返回首页|(?:网站|本站)?首页|主页)"
)
_STEPS = re.compile(r"[>»›→≫].*[>»›→≫]")
_LABELS = re.compile(
    r"^(?:(?:发布|公开|更新|成文|生成|发文|录入)?(?:时间|日期)|(?:信息|文章|稿件)?来源|发布|发文|作者|(?:责任)?编辑：|点击"
    r"|(?:浏览|阅读|访问)(?:量|数|次数|：)|主题(?:词|分类)|文号|索引号|信息分类|公开目录|公开(?:范围|方式|形式|时限)|有效性"
    r"|今天是|字[号体]|语音播报|保护视力)"
)
_NAME_OF_SITE = re.compile(r"(?:网站|门户网?|政[务府]网|信息网|公开平台)(?:首页)?$")
_WORDS = re.compile(
    r"(?:网站|本站|返回)?首页|主页|正文|机构(?:概况|职能|设置|简介|信息)|(?:政府)?信息公开(?:目录|指南|年报)?|政[务府]公开"
    r"|(?:政务|办事|在线|公共|便民)服务|网上办事|(?:互动|政民|公众)(?:交流|互动|参与)|专题(?:专栏|报道)|新闻(?:中心|动态|资讯)"
    r"|(?:要闻|工作|政务|时政|部门)(?:动态|要闻)|政策(?:法规|文件|解读)?|通知公告|公示公告|领导之窗|数据(?:开放|发布)|网站地图"
    r"|(?:联系|关于)我们|登[录陆]|注册|退出|无障碍(?:阅读|浏览)?|长者(?:模式|专区|版)|适老(?:化|版)?|关怀版|手机版|繁[体體]版?"
    r"|简体版?|English|搜索|检索|RSS|打印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面)?|收藏(?:本[页站])?|分享(?:到)?|复制|纠错|下载"
    r"|字[号体]|特?大|超大|中|小|默认|A[+-]?|微信|微博|QQ空间|扫一扫.{0,12}|设为首页|加入收藏"
)
_DATE = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}|星期[一二三四五六日天]")
_BETWEEN = re.compile(r"[\s|｜·•：:、【】\[\]（）()]+")


def account_lines(cover: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a cover that are of the account: not those of the site, nor what stands above its path to the page.

    A path (首页 > 政务公开 > …) ends the head of the site: what is above it names the site, not whose account it is.
    One that ends in the title keeps that.
    """
    lines = [_end_of_path(line) for line in cover]
    titled = next((at for at, line in enumerate(lines) if _TITLE.search(line.normal)), len(lines))
    paths = [at for at, line in enumerate(lines[: titled + 1]) if line is not cover[at] or _is_path(line.text)]
    return tuple(line for line in lines[max(paths, default=0) :] if not is_of_site(line.text))


def is_of_site(text: str) -> bool:
    """Whether a line is none of the account's: a path to the page, words of a menu, who put it there and when."""
    words = squeeze(text)
    if _TITLE.search(words):
        return _LABELS.match(words) is not None
    return (
        _is_path(text)
        or any(found.search(words) for found in (_LABELS, _NAME_OF_SITE))
        or all(_WORDS.fullmatch(word) or _DATE.fullmatch(word) for word in _BETWEEN.split(text) if word)
    ) and bool(words)


def _is_path(text: str) -> bool:
    """Whether a line is where the page stands on its site, and does not tell the title."""
    words = squeeze(text)
    return not _TITLE.search(words) and any(told.search(words) for told in (_HOME, _STEPS))


def _end_of_path(line: Line) -> Line:
    """The last step of a path that ends in a title, as a line of its own; other lines as they are."""
    if not _HOME.match(line.normal):
        return line
    steps = [step for step in _STEP.split(line.text) if step]
    if len(steps) < 2 or not _TITLE.search(squeeze(steps[-1])):
        return line
    return replace(line, text=steps[-1], edges=(), confidence=())
