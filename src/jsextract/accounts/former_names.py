"""Names that a body had before, where its account says that it was renamed (更名)."""

from __future__ import annotations

import regex

from jsextract.check.text_rules.entity_names import ORGAN, core
from jsextract.model.report import Report
from jsextract.text.normal import squeeze

_NAME = r"[^，。；：、（）“”\s\d]{4,40}?"
_RENAMED = regex.compile(
    rf"(?:^|[，。；：、（“]|[年月日])(?:原|由|将)*“?(?P<old>{_NAME})”?(?:正式)?(?:更名|改名|改称)[为成]“?(?P<new>{_NAME})(?=[，。；：、（）”]|$)"
)
_FORMERLY = regex.compile(rf"(?P<new>{_NAME})（原(?:名|为|系)?“?(?P<old>{_NAME})”?）")


def former_names(report: Report) -> tuple[str, ...]:
    """The names that the report's entity had before, as they are compared, where its text says that it was renamed."""
    own = core(report.entity)
    found: dict[str, None] = {}
    for section in report.sections if own else ():
        text = squeeze(section.text)
        for pattern in (_RENAMED, _FORMERLY):
            for told in pattern.finditer(text):
                old, new = core(told["old"]), core(told["new"])
                if ORGAN.search(old) and ORGAN.search(new) and own.endswith(new) and old != new:
                    found[own.removesuffix(new) + old] = None
    return tuple(found)
