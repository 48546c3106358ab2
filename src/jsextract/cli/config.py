"""`jsextract.toml` in the folder that one is in: what would otherwise be given with each command (设置文件)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from jsextract.cli.places import OutPlace
from jsextract.cli.suggest import did_you_mean
from jsextract.language import chosen
from jsextract.language.phrase import phrase, sentences

NAME = "jsextract.toml"
LANGUAGE = "lang"
OPTIONS: Mapping[str, str] = {
    "output": "out",
    "jobs": "jobs",
    "timeout": "timeout",
    "memory": "memory",
    "patterns": "folders",
    "profile": "profile",
    LANGUAGE: "",
}
"""Its settings, each with the parameter of the commands that it stands for."""
_NUMBERS = frozenset({"jobs", "timeout", "memory"})
_LISTS = frozenset({"patterns"})
_LARGEST = 1 << 14  # bytes; what parses it takes quadratic time for names of thousands of parts


def read_config(path: Path) -> dict[str, Any]:
    """The settings of a file; none where there is no file.

    Raises:
        click.UsageError: if it cannot be read, is no TOML, or has a setting that there is not.
    """
    if not os.path.lexists(path):
        return {}
    try:
        if not path.is_file():  # nobody may ever write into a pipe
            raise ValueError(phrase("it is no regular file"))
        with path.open("rb") as handle:
            text = handle.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise ValueError(phrase("it is larger than {number} bytes", number=_LARGEST))
        import tomllib  # most folders have no such file

        told = tomllib.loads(text.decode("utf-8"))
    except RecursionError:
        nested = phrase("it is nested too deeply")
        raise click.UsageError(str(phrase("{file} cannot be read: {reason}.", file=path, reason=nested))) from None
    except (OSError, ValueError) as error:
        raise click.UsageError(str(phrase("{file} cannot be read: {reason}.", file=path, reason=error))) from error
    for name in told:
        if name not in OPTIONS:
            names = phrase("Settings: {names}.", names=", ".join(OPTIONS))
            unknown = phrase("{file} has the unknown setting {name}.", file=path, name=name)
            raise click.UsageError(str(sentences(unknown, did_you_mean(name, OPTIONS) or names)))
        if not _is_value(name, told[name]):
            raise click.UsageError(
                str(phrase("{file}: {value!r} is no value of {name}.", file=path, value=told[name], name=name))
            )
    return told


def _is_value(name: str, value: object) -> bool:
    """Whether a command line could say this: a text, of some settings a number, of others several texts."""
    if name in _LISTS and isinstance(value, list):
        return all(_is_text(one) for one in value)
    return _is_text(value) or (name in _NUMBERS and isinstance(value, int | float) and not isinstance(value, bool))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def defaults(command: click.Command, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What click takes for options of a command, and of those below it, that are not given."""
    if isinstance(command, click.Group):
        return {name: defaults(below, settings) for name, below in command.commands.items()}
    params = {param.name: param for param in command.params}
    return {
        parameter: [value] if params[parameter].multiple and isinstance(value, str) else value
        for parameter, value in ((OPTIONS[name], value) for name, value in settings.items())
        if parameter in params and (parameter != "out" or isinstance(params[parameter].type, OutPlace))
    }


def language(settings: Mapping[str, Any], variables: Mapping[str, str]) -> str:
    """The language that the file asks for, unless one of our own variables does; else that of the surroundings.

    Raises:
        click.UsageError: if there is no such language.
    """
    wanted = settings.get(LANGUAGE)
    if wanted is None or variables.get(chosen.VARIABLES[0]):
        return chosen.of_surroundings(variables)
    if wanted not in chosen.LANGUAGES:
        raise click.UsageError(str(phrase("{value!r} is none of zh, en.", value=wanted)))
    return str(wanted)
