"""Commands and options whose help is in the language in force, and the option that chooses it."""

from __future__ import annotations

import functools
import gettext
import inspect
import os
from collections.abc import Sequence

import click

from jsextract.language import chosen
from jsextract.language.phrase import DOMAIN, FOLDER, catalogue, phrase

OPTION = "--lang"


class _Translated:
    """A text that is stated in English and read in the language in force; what holds it is given it as usual."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}_in_english"

    def __get__(self, holder: object, owner: type | None = None) -> str | None:
        text: str | None = getattr(holder, self._name, None)
        return translated(text) if text else text

    def __set__(self, holder: object, text: str | None) -> None:
        setattr(holder, self._name, inspect.cleandoc(text) if text else text)


def translated(text: str) -> str:
    """A text of the catalogue in the language in force."""
    return catalogue().gettext(text) if chosen.is_chinese() else text


class Option(click.Option):
    """An option with help in both languages."""

    help = _Translated()


option = functools.partial(click.option, cls=Option)
"""As click's own decorator."""


class Command(click.Command):
    """A command with help in both languages, and the option that chooses one."""

    help = _Translated()
    epilog = _Translated()

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its own parameters, then the one that `asked` has taken already."""
        return [*super().get_params(ctx), CHOICE]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, which the library makes once, with its text in the language in force."""
        shown = super().get_help_option(ctx)
        if shown is not None:
            shown.help = translated("Show this message and exit.")
        return shown


class Group(click.Group, Command):
    """A group of such commands."""

    command_class = Command


CHOICE = Option(
    [OPTION], type=click.Choice(chosen.LANGUAGES), expose_value=False,
    help="Language of messages and help; that of the system unless given.",
)  # fmt: skip


def asked(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The language that the user asks for, blank for none, and the arguments without it; it may stand before `--`.

    It is looked for before anything is parsed, since help and errors of parsing are told in it, too.

    Raises:
        click.BadParameter: if there is no such language.
    """
    language = ""
    kept: list[str] = []
    left = iter(arguments)
    for argument in left:
        name, given, value = argument.partition("=")
        if argument == "--":
            return language, [*kept, argument, *left]
        if name != OPTION:
            kept.append(argument)
            continue
        language = value if given else next(left, "")
        if language not in chosen.LANGUAGES:
            raise click.BadParameter(str(phrase("{value!r} is none of zh, en.", value=language)), param_hint=OPTION)
    return language, kept


def use(language: str) -> None:
    """Puts a language in force, for the texts of the command line's library, too."""
    chosen.use(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
