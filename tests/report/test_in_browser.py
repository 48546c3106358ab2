"""The findings page in a browser: it loads, it fits a telephone, its keys and filters work, it asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report import browser

pytestmark = pytest.mark.skipif(not browser.found(), reason="no chromium is installed")
WIDTHS = (390, 1024, 1600)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    one = browser.Browser(tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_loads_and_fits(opened: browser.Browser, pages: dict[str, Path], lang: str, width: int) -> None:
    opened.open(pages[lang], width)
    sizes = opened.value("Array.from(document.images, image => image.naturalWidth)")
    assert len(sizes) > 4
    assert all(size > 40 for size in sizes)
    assert opened.value("document.documentElement.scrollWidth <= window.innerWidth")
    assert opened.messages == []
    assert [address for address in opened.requests if not address.startswith(("file:", "data:"))] == []
    assert len([address for address in opened.requests if address.startswith("file:")]) == 1


def test_keys_go_on_and_back(opened: browser.Browser, pages: dict[str, Path]) -> None:
    opened.open(pages["en"], 1024)
    opened.press("j")
    assert opened.value("document.activeElement.id") == "f1"
    opened.press("ArrowRight")
    assert opened.value("document.activeElement.id") == "f2"
    top = opened.value("document.activeElement.getBoundingClientRect().top")
    bar = opened.value("document.getElementById('tools').getBoundingClientRect().bottom")
    assert bar - 1 <= top < 400, "it is in sight, not below the bar"
    opened.press("k")
    assert opened.value("document.activeElement.id") == "f1"
    assert opened.value("document.getElementById('position').textContent").startswith("1 / ")
    assert opened.value("document.querySelector('.keys').offsetHeight") > 0, "the keys are told"


def test_filters_hide_what_is_not_asked_for(opened: browser.Browser, pages: dict[str, Path]) -> None:
    opened.open(pages["en"], 1024)
    seen = "Array.from(document.querySelectorAll('article.finding')).filter(one => one.offsetHeight > 0)"
    before = opened.value(f"{seen}.length")
    opened.value("document.querySelector('input[value=error]').click()")
    assert "error" not in opened.value(f"{seen}.map(one => one.dataset.severity)")
    assert 0 < opened.value(f"{seen}.length") < before
    opened.value("document.querySelector('input[value=error]').click()")
    chosen = "const list = document.getElementById('chosen'); list.selectedIndex = 1; list.dispatchEvent(new Event('change'))"
    opened.value(f"{{{chosen}}}")
    ids = opened.value(f"Array.from(new Set({seen}.map(one => one.closest('section').id)))")
    assert ids == [opened.value("document.getElementById('chosen').value")]


def test_frames_are_scrolled_into_sight_on_a_telephone(opened: browser.Browser, pages: dict[str, Path]) -> None:
    opened.open(pages["zh"], 390, 844)
    wide = opened.value(
        "Array.from(document.querySelectorAll('.frame[data-focus]')).filter(one => one.scrollWidth > one.clientWidth + 1)"
        ".map(one => [one.dataset.focus * one.scrollWidth, one.scrollLeft, one.clientWidth])"
    )
    assert wide
    assert all(left <= focus <= left + width for focus, left, width in wide)


def test_what_is_printed_has_no_controls(opened: browser.Browser, pages: dict[str, Path]) -> None:
    opened.open(pages["en"], 1024)
    opened.ask("Emulation.setEmulatedMedia", media="print")
    assert opened.value("getComputedStyle(document.getElementById('tools')).display") == "none"
    assert opened.value("getComputedStyle(document.querySelector('.pictures')).display") == "flex"
    assert opened.ask("Page.printToPDF")["data"]
    opened.ask("Emulation.setEmulatedMedia", media="")
