"""A command that is done in a worker says what it says, and costs nothing but that worker."""

from __future__ import annotations

import os
import sys
import time

import click
import pytest

from jsextract.batch.limits import Limits
from jsextract.cli import confined as module
from jsextract.cli.confined import confined
from jsextract.cli.main import run_cli
from jsextract.errors import Crashed, RulesFail, TimedOut
from jsextract.language import chosen


def speaks(text: str, language: str) -> None:
    click.echo(f"{text} {language == chosen.in_force()}")
    click.echo("aside", err=True)
    raise RulesFail("It fails.", "Mend it.")


def hangs() -> None:
    time.sleep(60)


def dies() -> None:
    os._exit(3)


def test_what_is_printed_and_raised_comes_through(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RulesFail, match=r"It fails\. Mend it\."):
        confined(speaks, "one", chosen.in_force())
    assert capsys.readouterr() == ("one True\n", "aside\n")


def test_a_worker_that_is_lost_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LIMITS", Limits(seconds=1.0))
    with pytest.raises(TimedOut):
        confined(hangs)
    with pytest.raises(Crashed):
        confined(dies)


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "three_public"),
        ("test", "assets.vehicles"),
        ("explain", "--sentence", "支出1.00万元。"),
        ("new", "支出1.00万元。"),
        ("explain", "figure.named", "fixtures/account_text.txt"),
    ],
    ids=" ".join,
)
def test_no_rule_is_tried_in_this_process(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from jsextract.rules.tokenize import tokenize

    here = os.getpid()

    def watched(*given: object, **named: object) -> object:
        assert os.getpid() != here
        return tokenize(*given, **named)  # type: ignore[arg-type]

    for name, loaded in [*sys.modules.items()]:
        if name.startswith("jsextract.") and vars(loaded).get("tokenize") is tokenize:
            monkeypatch.setattr(loaded, "tokenize", watched)
    assert run_cli(["patterns", *arguments]) == 0
    assert capsys.readouterr().out
