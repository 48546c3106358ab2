"""What was read of pages is kept as long as there is room, whoever else writes, and nothing else is touched."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from jsextract.model.document import Line
from jsextract.model.geometry import Box
from jsextract.readers import page_cache
from jsextract.readers.page_cache import FolderCache, users_cache
from jsextract.readers.recognised import Recognised

SEEN = Recognised((Line(1, "决算", Box(0, 0, 20, 10), ((0.0, 10.0), (10.0, 20.0)), 10.0, 0, (1.0, 0.5)),))


def sizes(folder: Path) -> list[int]:
    return [path.stat().st_size for path in folder.rglob("*") if path.is_file()]


def one_size(folder: Path) -> int:
    FolderCache(folder).put("ab0", SEEN)
    (size,) = sizes(folder)
    return size


def used(cache: FolderCache, key: str, when: int) -> None:
    """Says that a page was used at a time."""
    os.utime(cache.folder / key[:2] / f"{key}.json", (when, when))


def test_what_cannot_be_understood_is_read_again(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("abc", SEEN)
    assert cache.get("abc") == SEEN
    assert cache.get("abd") is None
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    file.write_bytes(b'[["x')
    assert cache.get("abc") is None


def other_figures(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace("决算".encode(), "预算".encode()))


def of_another_page(file: Path) -> None:
    FolderCache(file.parents[1]).put("abd", SEEN)
    file.with_name("abd.json").replace(file)


def a_link(file: Path) -> None:
    file.rename(file.with_name("other"))
    file.symlink_to("other")


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def written_by_all(file: Path) -> None:
    file.chmod(0o666)


def of_somebody_else(file: Path) -> None:
    if os.geteuid():
        pytest.skip("only the superuser gives files away")
    os.chown(file, 4242, 4242)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no such owners")
@pytest.mark.parametrize("plant", [other_figures, of_another_page, a_link, a_pipe, written_by_all, of_somebody_else])
def test_what_is_not_as_it_was_written_or_could_be_somebody_elses_is_not_believed(
    tmp_path: Path, plant: Callable[[Path], None]
) -> None:
    cache = FolderCache(tmp_path)
    cache.put("abc", SEEN)
    plant(tmp_path / "ab" / "abc.json")
    assert cache.get("abc") is None
    cache.put("abc", SEEN)
    assert cache.get("abc") == SEEN


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no such owners")
@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_in_a_folder_that_is_not_the_users_alone_nothing_is_kept(
    tmp_path: Path, mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    users_cache().put("abc", SEEN)
    assert users_cache().get("abc") == SEEN
    (tmp_path / "jsextract").chmod(mode)
    assert users_cache().get("abc") is None


@pytest.mark.parametrize(
    "surroundings", [{"XDG_CACHE_HOME": "here", "HOME": "here"}, {"XDG_CACHE_HOME": " ", "HOME": ""}, {}]
)
def test_nothing_is_kept_beside_what_the_user_works_on(
    tmp_path: Path, surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home that is none, or no path from the root, is no place to keep things."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    if not surroundings.get("HOME"):  # nor does the system know of one
        monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tmp_path)
    users_cache().put("abc", SEEN)
    assert users_cache().get("abc") is None
    assert [*tmp_path.iterdir()] == []


def test_what_was_not_used_for_longest_makes_room(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "cache", 256 * 3 * one_size(tmp_path / "one"))
    for when, key in enumerate(("ab1", "ab2", "ab3"), 1):
        cache.put(key, SEEN)
        used(cache, key, when)
    assert cache.get("ab1") == SEEN
    cache.put("ab4", SEEN)
    assert [key for key in ("ab1", "ab2", "ab3", "ab4") if cache.get(key)] == ["ab1", "ab3", "ab4"]


def test_what_a_killed_process_left_makes_room_and_links_stay(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path / "cache", 256 * 2 * one_size(tmp_path / "one"))
    cache.put("ab1", SEEN)
    folder = tmp_path / "cache" / "ab"
    outside = tmp_path / "outside.json"
    outside.write_bytes(b"x" * 1_000_000)
    (folder / "link.json").symlink_to(outside)
    (folder / "notes.txt").write_text("x" * 1_000_000)
    (folder / "tmp1.part").write_bytes(b"x" * 1000)
    os.utime(folder / "tmp1.part", (1, 1))
    used(cache, "ab1", 2)
    cache.put("ab2", SEEN)
    assert {path.name for path in folder.iterdir()} == {"link.json", "notes.txt", "ab1.json", "ab2.json"}
    assert outside.stat().st_size == 1_000_000


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.json").write_text("x")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "ab").symlink_to(tmp_path / "elsewhere")
    FolderCache(tmp_path / "cache", 256).put("ab1", SEEN)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["mine.json"]


def fill(folder: Path, room: int, first: int) -> None:
    cache = FolderCache(folder, room)
    for i in range(first, first + 100_000):
        with contextlib.suppress(FileNotFoundError):  # the others needed the room of what it was writing
            cache.put(f"{i % 4:02x}{i:x}", SEEN)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system kills otherwise")
def test_several_that_write_and_are_killed_keep_within_the_room(tmp_path: Path) -> None:
    size = one_size(tmp_path / "one")
    folder = tmp_path / "cache"
    writers = [
        multiprocessing.get_context("spawn").Process(target=fill, args=(folder, 256 * 5 * size, first * 10**6))
        for first in range(3)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(0.8)
        writer.kill()
        writer.join()
    cache = FolderCache(folder, 256 * 5 * size)
    for key in ("00f", "01f", "02f", "03f"):
        cache.put(key, SEEN)
    assert 4 * 4 * size <= sum(sizes(folder)) <= 4 * 5 * size
    assert all(cache.get(path.stem) == SEEN for path in folder.rglob("*.json"))


@pytest.mark.parametrize(("asked", "room"), [("7", 7), ("0", 0), ("", 1024), ("much", 1024)])
def test_its_room_is_what_the_user_says(asked: str, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(page_cache.ROOM, asked)
    assert users_cache().room == room << 20


def test_without_room_nothing_is_written(tmp_path: Path) -> None:
    FolderCache(tmp_path / "cache", 0).put("ab1", SEEN)
    assert not (tmp_path / "cache").exists()
    FolderCache(tmp_path / "cache").put("ab1", SEEN)
    assert FolderCache(tmp_path / "cache", 0).get("ab1") is None
