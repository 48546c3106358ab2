"""The language that a person reads (界面语言): asked for, else that of the surroundings."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("zh", "en")
VARIABLES = ("JSEXTRACT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""The first one that is set decides; the first of all is our own."""
_in_force = "en"


def use(language: str) -> None:
    """Puts a language in force for the whole process; until then it is English.

    Raises:
        ValueError: if it is none of LANGUAGES.
    """
    global _in_force
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is none of {', '.join(LANGUAGES)}")
    _in_force = language


def in_force() -> str:
    """The language in force."""
    return _in_force


def is_chinese() -> bool:
    """Whether Chinese is in force."""
    return _in_force == "zh"


def of_surroundings(variables: Mapping[str, str]) -> str:
    """The language that environment variables ask for, English where they ask for another one or none.

    >>> of_surroundings({"LANG": "zh_CN.UTF-8"})
    'zh'
    """
    told = next((variables[name] for name in VARIABLES if variables.get(name)), "")
    return "zh" if told.lower().startswith("zh") else "en"
