"""The text of a rule file as plain data: safe YAML, no key twice, no aliases, errors with their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from jsextract.errors import PatternError
from jsextract.language.phrase import phrase
from jsextract.rules.rule_files import placed_in

_ANCHOR = re.compile(r"(?:^|[\s\[{,:?-])&[^\s,\[\]{}]")
"""Where a name for an alias may stand; nothing can be repeated without one, and other files are not looked at."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML in which no key stands twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next((key for key in keys if keys.count(key) > 1), keys[0])
            raise yaml.constructor.ConstructorError(
                problem=f"the key {twice} stands there twice", problem_mark=node.start_mark
            )
        return mapping


def parsed(text: str, path: Path) -> Any:
    """The plain data of one file.

    Raises:
        PatternError: if it is no YAML, has a key twice or an alias; the message names file and line.
    """
    try:
        _refuse_aliases(text, path)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = placed_in(path, mark.line + 1 if mark else 0)
        said = ": ".join(part for part in (error.context, error.problem) if part)
        raise PatternError(phrase("{where}: {said}.", where=where, said=said or phrase("no YAML"))) from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:  # ValueError: a number too long
        raise PatternError(phrase("{path}: it is no YAML ({error}).", path=path, error=error)) from error


def _refuse_aliases(text: str, path: Path) -> None:
    """An alias could make a small file grow without end."""
    if _ANCHOR.search(text) is None:
        return
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.events.AliasEvent):
            where = placed_in(path, event.start_mark.line + 1 if event.start_mark else 0)
            raise PatternError(
                phrase("{where}: YAML aliases are not allowed.", where=where), phrase("Write the value out.")
            )


def line_of(path: Path, keys: Sequence[str | int]) -> int:
    """The line of what the keys lead to, as far as they lead; 0 where that cannot be told."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return 0
    if node is None:
        return 0
    line = node.start_mark.line + 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next(((name, value) for name, value in node.value if name.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line
