from __future__ import annotations

from collections.abc import Collection

import pytest

from jsextract.model.document import Document, Health, Line, Page
from jsextract.readers.health import assess
from jsextract.readers.pdf.images import pages_with_images
from tests.pdfs import account, empty_page, scan


def source(*kinds: str, flags: tuple[str, ...] = ()) -> Document:
    pages = tuple(
        Page(
            number=i, width=595, height=842, source=kind, lines=(Line(i, "决算"),) if kind in {"native", "ocr"} else ()
        )
        for i, kind in enumerate(kinds, 1)
    )
    return Document(pages=pages, flags=flags)


def none_of(pages: Collection[int]) -> Collection[int]:
    return ()


def all_of(pages: Collection[int]) -> Collection[int]:
    return pages


@pytest.mark.parametrize(
    ("made", "images", "wanted"),
    [
        (source("native", "native"), all_of, ("native", "ok", "")),
        (source("native", "none"), none_of, ("native", "ok", "")),
        (source("native", "none"), all_of, ("native", "partial", "needs-ocr")),
        (source("none", "none"), all_of, ("none", "partial", "needs-ocr")),
        (source("none", "none"), none_of, ("none", "ok", "empty")),
        (source("garbled", "native"), none_of, ("native", "partial", "garbled-text")),
        (source("garbled"), none_of, ("none", "partial", "garbled-text")),
        (source("native", "ocr"), none_of, ("mixed", "ok", "")),
        (source("native", flags=("page-unreadable",)), none_of, ("native", "partial", "corrupt")),
        (source("none", flags=("page-too-large",)), none_of, ("none", "partial", "too-large")),
        (source(), none_of, ("none", "ok", "empty")),
    ],
)
def test_what_pages_without_text_mean(made: Document, images: object, wanted: tuple[str, str, str]) -> None:
    health = assess(made, images)  # type: ignore[arg-type]
    assert (health.text_source, health.status, health.problem) == wanted
    assert bool(health.message) == bool(health.problem)


def test_pages_are_named_but_not_all_of_many() -> None:
    assert "page 2." in assess(source("native", "none"), all_of).message.en
    assert "pages 1, 2, 3, 4, 5, 6, 7, 8… (20 in all)" in assess(source(*["none"] * 20), all_of).message.en


def test_images_are_looked_for_only_on_pages_without_text() -> None:
    asked: list[Collection[int]] = []

    def ask(pages: Collection[int]) -> Collection[int]:
        asked.append(list(pages))
        return ()

    assess(source("native", "none", "garbled", "none"), ask)
    assess(source("native"), ask)
    assert asked == [[2, 4]]


def test_images_are_found_on_pages() -> None:
    assert pages_with_images(scan(), [1]) == {1}
    assert pages_with_images(scan(72), [1]) == {1}
    assert pages_with_images(scan(20), [1]) == frozenset()
    assert pages_with_images(empty_page(), [1]) == frozenset()
    assert pages_with_images(account(), [1]) == frozenset()
    assert pages_with_images(b"no PDF, and not opened", []) == frozenset()
    assert Health("native").status == "ok"
