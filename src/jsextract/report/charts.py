"""Charts of a dataset as SVG, readable without colour: hatches, and figures beside the bars (图表)."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FONTS = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "sans-serif"]
_LOOKS = (("#1f4e79", ""), ("#c8d7e6", "//"), ("#ffffff", ""), ("#8a8a8a", "xx"))
"""Fill and hatch of each series: they differ in grey, too."""
_INCH = 72.0
_WIDE = 640.0
_BAR = 15.0
_ROOM = 0.05  # of the width: two digits
_HEADER = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_SIZE = re.compile(r'(<svg [^>]*?)width="[\d.]+pt" height="[\d.]+pt"')
Number = Decimal | int | None


class Bars(Struct, frozen=True):
    """Groups of level bars.

    Attributes:
        name: of the chart, in ASCII; ids within its SVG are made of it.
        groups: what stands left of each group of bars.
        series: (name, one number for each group); a missing number has no bar.
        stacked: whether the bars of a group stand one after the other.
        shares: whether what is stacked are shares of 100.
        title: what is to be seen, for who cannot.
    """

    name: str
    title: str
    groups: Sequence[str]
    series: Sequence[tuple[str, Sequence[Number]]]
    stacked: bool = False
    shares: bool = False


def svg(bars: Bars) -> str:
    """The chart as an SVG element; its text stays text, in the fonts of whoever reads it.

    matplotlib is installed with the extra `report`.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings = {
        "svg.fonttype": "none", "svg.hashsalt": bars.name, "font.family": _FONTS, "font.size": 10,
        "hatch.linewidth": 0.8, "axes.unicode_minus": False, "text.parse_math": False,
    }  # fmt: skip
    with _quiet(), mpl.rc_context(settings):  # type: ignore[arg-type]
        number = len(bars.groups) * (1 if bars.stacked else len(bars.series))
        height = number * _BAR + len(bars.groups) * _BAR * 0.8 + 60
        figure = Figure(figsize=(_WIDE / _INCH, height / _INCH))
        axes = figure.subplots()
        (_stack if bars.stacked else _group)(axes, bars)
        _dress(axes, bars)
        figure.subplots_adjust(left=0.3, right=0.89, top=1 - 34 / height, bottom=12 / height)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _inline(out.getvalue(), bars)


def _group(axes: Axes, bars: Bars) -> None:
    """Bars below each other, a figure at the end of each."""
    thick = 0.8 / len(bars.series)
    most = max((float(value) for _, values in bars.series for value in values if value is not None), default=1.0) or 1.0
    for at, (name, values) in enumerate(bars.series):
        places = [group - 0.4 + thick * (at + 0.5) for group in range(len(bars.groups))]
        fill, hatch = _LOOKS[at % len(_LOOKS)]
        kept = [(y, value) for y, value in zip(places, values, strict=True) if value is not None]
        axes.barh([y for y, _ in kept], [float(v) for _, v in kept], height=thick * 0.92, color=fill, hatch=hatch,
                  edgecolor="#1a1a1a", linewidth=0.7, label=name)  # fmt: skip
        for y, value in kept:
            axes.text(max(float(value), 0) + most * 0.01, y, figure_text(value), va="center", ha="left", fontsize=9)


def _stack(axes: Axes, bars: Bars) -> None:
    """Bars one after the other, the figure within each that has room for it; at the end of counts their sum."""
    starts = [0.0] * len(bars.groups)
    whole = 100.0 if bars.shares else max(sum(float(v or 0) for v in group) for group in _by_group(bars))
    for at, (name, values) in enumerate(bars.series):
        fill, hatch = _LOOKS[at % len(_LOOKS)]
        widths = [float(value or 0) for value in values]
        axes.barh(range(len(bars.groups)), widths, left=starts, height=0.62, color=fill, hatch=hatch,
                  edgecolor="#1a1a1a", linewidth=0.7, label=name)  # fmt: skip
        for y, width in enumerate(widths):
            if width >= whole * _ROOM:
                text = f"{width:.0f}%" if bars.shares else f"{width:.0f}"
                box = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.2}
                axes.text(starts[y] + width / 2, y, text, va="center", ha="center", fontsize=9, bbox=box)
        starts = [start + width for start, width in zip(starts, widths, strict=True)]
    for y, total in enumerate(() if bars.shares else starts):
        axes.text(total + whole * 0.01, y, f"{total:.0f}", va="center", ha="left", fontsize=9)
    axes.set_xlim(0, whole)


def _by_group(bars: Bars) -> Iterator[tuple[Number, ...]]:
    """The numbers of each group, one of each series."""
    return zip(*(values for _, values in bars.series), strict=True)


def _dress(axes: Axes, bars: Bars) -> None:
    axes.set_yticks(range(len(bars.groups)), bars.groups)
    axes.set_ylim(len(bars.groups) - 0.4, -0.6)
    axes.xaxis.set_visible(False)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(left=False)
    if len(bars.series) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(bars.series), frameon=False, borderaxespad=0.2)


def figure_text(value: Number) -> str:
    """A number with separators, and as many decimals as it has; blank for none."""
    return "" if value is None else f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _inline(text: str, bars: Bars) -> str:
    """The SVG element alone, as wide as there is room, with its title for screen readers."""
    label = bars.title.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    text = _METADATA.sub("", _HEADER.sub("", text))
    text = _SIZE.sub(r"\1", text, count=1)
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Fonts that this machine lacks are those of the reader: their absence here is no news."""
    fonts = logging.getLogger("matplotlib.font_manager")
    before = fonts.level
    fonts.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            yield
    finally:
        fonts.setLevel(before)
