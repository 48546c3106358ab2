"""`jsextract patterns`: rules listed, tested, explained and begun; parsing only, `render` prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jsextract.cli.localised import Group, option
from jsextract.cli.places import Place
from jsextract.language.phrase import phrase

LIST_EXAMPLE = """\b
Examples:
  jsextract patterns list
  jsextract patterns list three_public   the rules of a family
  jsextract patterns list 公务接待       the rules that speak of a word
"""
TEST_EXAMPLE = """\b
Examples:
  jsextract patterns test
  jsextract patterns test own.new --patterns mine
"""
EXPLAIN_EXAMPLE = """\b
Examples:
  jsextract patterns explain change.amount 决算.pdf
  jsextract patterns explain change.amount --sentence "收支比上年增加3万元。" --in totals
  jsextract patterns explain --sentence "公务接待12批次80人。" --in three_public
"""
NEW_EXAMPLE = """\b
Example:
  jsextract patterns new "资产出租收入上缴国库45.60万元。" --in assets -o mine/facts/own.yaml
"""


def in_force(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which rules are in force: `folders` and `profile`."""
    folders = option(
        "--patterns",
        "folders",
        multiple=True,
        type=Place(path_type=Path),
        metavar="DIR",
        help="A folder of your own rules, beside the shipped ones.",
    )
    profile = option("--profile", default="", metavar="NAME", help="With this profile's rules.")
    return folders(profile(command))


TOPIC = option("--in", "topic", metavar="TOPIC", help="What its section is about, as three_public or totals.")


@click.group("patterns", cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
def patterns() -> None:
    """List, test, explain and begin the rules that read sentences.

    docs/adding-a-template.md walks through a new wording, from unread sentence to facts.
    """


@patterns.command("list", epilog=LIST_EXAMPLE)
@click.argument("words", nargs=-1, metavar="[FAMILY|WORD]...")
@option("--json", "as_json", is_flag=True, help="For programs.")
@in_force
def list_rules(words: tuple[str, ...], folders: tuple[Path, ...], profile: str, *, as_json: bool) -> None:
    """Every rule, the tables, the profiles and how many words are known."""
    from jsextract.cli import render
    from jsextract.cli.confined import confined

    confined(render.print_rules, words, folders, profile, as_json)


@patterns.command("test", epilog=TEST_EXAMPLE)
@click.argument("names", nargs=-1, metavar="[RULE]...")
@in_force
def test_rules(names: tuple[str, ...], folders: tuple[Path, ...], profile: str) -> None:
    """Run the examples of all rules (or of some, by id or family), and the sentences of the suite."""
    from jsextract.cli import render
    from jsextract.cli.confined import confined

    confined(render.print_tested, names, folders, profile)


@patterns.command("explain", epilog=EXPLAIN_EXAMPLE)
@click.argument("rule", required=False)
@click.argument("file", required=False, type=Place(path_type=Path))
@option("--sentence", metavar="TEXT", help="A pasted sentence in the place of a file.")
@TOPIC
@option(
    "--password-file",
    type=Place(path_type=Path),
    metavar="FILE",
    help="Its first line opens encrypted PDFs and archives.",
)
@in_force
def explain(
    rule: str | None, file: Path | None, sentence: str | None, topic: str | None, password_file: Path | None,
    folders: tuple[Path, ...], profile: str,
) -> None:  # fmt: skip
    """What a rule read, where it stopped, and which other rule took its characters.

    Without a rule: what all rules together read in the pasted sentence.
    """
    from jsextract.cli import render
    from jsextract.cli.confined import confined
    from jsextract.cli.run import read_password
    from jsextract.errors import DocumentError, of_file

    if sentence is not None and file is None:
        confined(render.print_sentence_looks, rule, sentence, topic, folders, profile)
    elif rule and file and sentence is None:
        if topic is not None:
            raise click.UsageError(
                str(phrase("--in belongs to --sentence; a file's headings say what its sections are about."))
            )
        try:
            confined(render.print_document_looks, rule, file, read_password(password_file), folders, profile)
        except DocumentError as error:
            raise of_file(error, file.name) from error
    else:
        raise click.UsageError(str(phrase("Give RULE and FILE, or --sentence TEXT.")))


@patterns.command("new", epilog=NEW_EXAMPLE)
@click.argument("sentence")
@TOPIC
@option("--id", "name", default="own.new", show_default=True, help="The new rule's permanent name.")
@option("-o", "--output", "out", type=Place(path_type=Path), metavar="FILE", help="[default: the terminal]")
@in_force
def new_rule(
    sentence: str, topic: str | None, name: str, out: Path | None, folders: tuple[Path, ...], profile: str
) -> None:
    """Begin a rule: the skeleton of a rule file for what no rule reads in a sentence."""
    from jsextract.cli import render
    from jsextract.cli.confined import confined

    confined(render.write_skeleton, sentence, topic, name, out, folders, profile)
