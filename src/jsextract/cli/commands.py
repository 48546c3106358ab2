"""The command group: sources are read where no command is named, and misspelt commands are told apart from sources."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jsextract.cli.localised import Group
from jsextract.cli.suggest import nearest
from jsextract.language.phrase import phrase, sentences
from jsextract.remote import is_url

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

READ = "extract"
"""The command that is meant where none is named."""
_HELP = "help"


class DefaultCommand(Group):
    """A group whose command READ is meant when none is named.

    The name is put in before anything is parsed, so that it alone reads `--` and `-oPLACE`.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts the default command's name before arguments that begin with none; no arguments show the help.

        Raises:
            click.UsageError: for a word that is no file, and nearly a command.
        """
        if not args and not ctx.resilient_parsing:
            click.echo(self.get_help(ctx))
            ctx.exit(0)
        if args[:1] == [_HELP]:
            args = [*args[1:], "--help"]
        elif args and args[0] not in {*self.commands, "--help", "-h", "--version"}:
            refuse_misspelt(args[0], self.commands)
            args = [READ, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of the default command, with the other commands below its options."""
        extract = self.commands[READ]
        inner = click.Context(extract, info_name=ctx.info_name)
        formatter.write_usage(ctx.info_name or "jsextract", "SOURCE... [OPTIONS]")
        extract.format_help_text(inner, formatter)
        click.Command.format_options(extract, inner, formatter)
        self.format_commands(ctx, formatter)
        extract.format_epilog(inner, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, the options of the default one, and files."""
        options = self.commands[READ].shell_complete(ctx, incomplete) if incomplete.startswith("-") else []
        from click.shell_completion import CompletionItem

        # bash forgets what was named before "file", and completes files where nothing else fits
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, incomplete), *options]


def refuse_misspelt(word: str, commands: Iterable[str]) -> None:
    """Raises UsageError where a word can only be a command, is none, and is spelt much like one."""
    if word.startswith("-") or any(mark in word for mark in "./\\:*?") or is_url(word) or Path(word).exists():
        return
    near = nearest(word, [*commands, _HELP])
    if near:
        neither = phrase("{word} is neither a command nor a file.", word=word)
        meant = phrase("Did you mean {name}?", name=f"jsextract {near[0]}")
        raise click.UsageError(str(sentences(neither, meant)))
