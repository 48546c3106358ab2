"""What loading made is kept in the user's own cache folder, and used only if nobody else can have written it."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

from jsextract.pipeline import read, understand
from jsextract.rules import kept, ruleset
from jsextract.rules.ruleset import RuleSet, load_rules

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "account_shanghai.pdf"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield tmp_path / "jsextract" / "rules.bin"
    ruleset._load.cache_clear()


def loaded() -> RuleSet:
    ruleset._load.cache_clear()
    return load_rules()


def compiles(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many patterns loading compiles."""
    count = 0
    inner = regex.compile

    def counted(*args: object, **named: object) -> object:
        nonlocal count
        count += 1
        return inner(*args, **named)

    with monkeypatch.context() as patch:
        patch.setattr(kept.regex, "compile", counted)
        loaded()
    return count


def test_nothing_is_compiled_or_parsed_twice(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiles(monkeypatch)
    assert first > 300
    assert (cache.stat().st_mode & 0o777, cache.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    monkeypatch.setattr("jsextract.rules.yaml_text.yaml.load", lambda *_, **__: pytest.fail("parsed again"))
    written = cache.stat().st_mtime_ns
    assert compiles(monkeypatch) < 20  # topics that are none, and what is compiled at import
    assert cache.stat().st_mtime_ns == written


def test_a_kept_pattern_is_the_compiled_one(cache: Path) -> None:
    """The library's inner form is used here: another version of it makes another file, and this tells if it changed."""
    loaded()
    known = kept._read(cache)
    patterns = {key[1:]: made for key, made in known.items() if key.startswith("p")}
    assert len(patterns) > 300
    for source, made in patterns.items():
        restored, compiled = kept._main._regex.compile(*made), regex.compile(source, regex.VERSION0)
        for name in ("pattern", "flags", "groups", "groupindex", "named_lists"):
            assert getattr(restored, name) == getattr(compiled, name)


def test_a_document_reads_the_same_by_kept_rules(cache: Path) -> None:
    document = read(FIXTURE)
    new = understand(document, loaded())
    assert cache.exists()
    assert understand(document, loaded()) == new


def bad_folder(cache: Path) -> None:
    cache.parent.chmod(0o755)


def bad_file(cache: Path) -> None:
    cache.chmod(0o622)


def linked(cache: Path) -> None:
    cache.rename(cache.with_name("other"))
    cache.symlink_to("other")


def cut(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes()[:-100])


def of_another_version(cache: Path) -> None:
    data = marshal.dumps({"px": ()})
    cache.write_bytes(b"0" * 64 + b"\n" + data)


def a_fifo(cache: Path) -> None:
    import os

    cache.unlink()
    os.mkfifo(cache)


@pytest.mark.parametrize("spoil", [bad_folder, bad_file, linked, cut, of_another_version, a_fifo])
def test_what_others_could_have_written_or_is_not_whole_is_not_used(
    cache: Path, spoil: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded()
    assert callable(spoil)
    spoil(cache)
    assert compiles(monkeypatch) > 300


def test_without_a_folder_everything_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jsextract").write_text("a file in its place")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert loaded().facts
    ruleset._load.cache_clear()


def test_rules_of_ones_own_are_not_kept(cache: Path, tmp_path: Path) -> None:
    loaded()
    before = cache.read_bytes()
    own = tmp_path / "own" / "lexicon"
    own.mkdir(parents=True)
    (own / "reasons.yaml").write_text("keywords: {赛事: [运动会]}", encoding="utf-8")
    assert dict(load_rules([own.parent]).keywords)["赛事"].search("承办运动会")
    assert cache.read_bytes() == before
