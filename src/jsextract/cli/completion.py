"""`jsextract completion SHELL`: commands, options and files that a shell can complete."""

from __future__ import annotations

import os
import sys

import click

from jsextract.cli.localised import Command

PROGRAM = "jsextract"
_EXAMPLE = """\b
Examples:
  echo 'eval "$(jsextract completion bash)"' >> ~/.bashrc
  echo 'eval "$(jsextract completion zsh)"' >> ~/.zshrc
  jsextract completion fish > ~/.config/fish/completions/jsextract.fish
"""
_VARIABLE = "_JSEXTRACT_COMPLETE"
"""By this variable a shell asks what a line that is being typed may go on with."""


@click.command(cls=Command, epilog=_EXAMPLE)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options and files."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(context.find_root().command, {}, PROGRAM, _VARIABLE).source())


def answer_shell(cli: click.Command) -> None:
    """Answers and ends the process where a shell asked; nothing happens elsewhere."""
    if _VARIABLE in os.environ:
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(cli, {}, PROGRAM, _VARIABLE, os.environ[_VARIABLE]))
