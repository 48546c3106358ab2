"""The catalogue of Chinese texts, brought in line with the code: `python -m jsextract.cli.texts` (needs babel).

Every text that the code has is in the .po afterwards, those without a translation with a blank one, and no other; the
.mo is made of it. Translations are written into the .po by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jsextract.cli.localised import CHOICE
from jsextract.cli.main import cli
from jsextract.language.phrase import DOMAIN, FOLDER

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Text = str | tuple[str, str]
"""What stands in the code: a text, or its singular and plural."""
CODE = Path(__file__).parents[1]
PO = FOLDER / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
_CALLS = {"phrase": None, "noted": None, "phrases": (1, 2)}
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # files say nothing of when they were made
OF_CLICK: tuple[Text, ...] = (
    "Usage:", "Options", "Commands", "default: {default}", "required", "Show this message and exit.",
    "Show the version and exit.", "No such option {name!r}.", "No such command {name!r}.", "Missing argument",
    "Missing option", "Missing command.", "Invalid value: {message}", "Invalid value for {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.", "{value} is not in the range {range}.",
    "Option {name!r} does not take a value.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    "Choose from:\n\t{choices}",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)  # fmt: skip
"""What the library says itself, in its own words; these are looked up by it, under its names."""


def texts() -> Iterator[Text]:
    """Every text of the code."""
    yield from OF_CLICK
    yield str(CHOICE.help)
    yield from _of_calls()
    yield from _of_commands(cli)


def _of_calls() -> Iterator[Text]:
    """What `phrase` and `phrases` are called with."""
    from babel.messages.extract import extract_from_dir

    found = extract_from_dir(CODE, method_map=[("**.py", "python")], keywords=_CALLS)
    for _, _, text, _, _ in found:
        yield text if isinstance(text, str) else (text[0], text[1])


def _of_commands(command: click.Command) -> Iterator[Text]:
    """The help of a command, of its options and of the commands below it."""
    for text in (command.help, command.epilog, *(getattr(param, "help", None) for param in command.params)):
        if text:
            yield text
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _of_commands(below)


def renewed() -> Catalog:
    """The catalogue with the texts of the code, and what is translated of them."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    template = Catalog(locale="zh", creation_date=_LONG_AGO)
    for text in texts():
        template.add(text)
    with PO.open("rb") as handle:
        catalogue = read_po(handle, locale="zh", domain=DOMAIN)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.creation_date = catalogue.revision_date = _LONG_AGO
    return catalogue


def main() -> None:
    """Writes both files anew; texts without a translation are listed, and are an error."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import write_po

    catalogue = renewed()
    with PO.open("wb") as handle:
        write_po(handle, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, omit_header=True, width=0)
    with PO.with_suffix(".mo").open("wb") as handle:
        write_mo(handle, catalogue)
    blank = [message.id for message in catalogue if message.id and not all(_each(message.string))]
    print(f"{PO}: {len(catalogue)} texts, {len(blank)} without a translation")
    sys.exit("\n".join(map(str, blank)) or 0)


def _each(strings: str | Sequence[str] | None) -> Sequence[str]:
    """The translation of a text, or those of its numbers."""
    return [strings or ""] if isinstance(strings, str | None) else strings


if __name__ == "__main__":
    main()
