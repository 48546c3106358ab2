"""What styles say of paragraphs and characters: which are hidden, which are numbered (样式)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jsextract.readers.package import Element
from jsextract.readers.word.tags import W, child, number, switch, value

_NAMED = re.compile(r"(?i)(?:heading|标题) ?([1-9])")
_TEXT = 9  # the outline level of what is no heading
_DEEPEST = 20  # styles that are based on one another


class Styles:
    """The styles of one document."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iterfind(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in found}
        self._hidden: dict[str, bool | None] = {}

    def _chain(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(child(style, "basedOn"))

    def numbering(self, name: str) -> Element | None:
        """The w:numPr that a paragraph has by its style."""
        return next((num for style in self._chain(name) if (num := child(style, "pPr", "numPr")) is not None), None)

    def level(self, properties: Element | None) -> int:
        """The level of the heading that a paragraph with these properties (w:pPr) is, from 1; 0 for text."""
        own = child(properties, "outlineLvl")
        if own is None:
            chain = list(self._chain(value(child(properties, "pStyle"))))
            own = next((told for style in chain if (told := child(style, "pPr", "outlineLvl")) is not None), None)
            named = next(filter(None, (_NAMED.fullmatch(value(child(style, "name"))) for style in chain)), None)
            if own is None and named is not None:
                return int(named[1])
        level = number(own, _TEXT)
        return level + 1 if 0 <= level < _TEXT else 0

    def hides(self, name: str) -> bool | None:
        """Whether a style hides characters; None where it does not say."""
        if name not in self._hidden:
            said = (switch(child(style, "rPr"), "vanish") for style in self._chain(name))
            self._hidden[name] = next((hidden for hidden in said if hidden is not None), None)
        return self._hidden[name]

    def hidden(self, run: Element | None, paragraph_style: str) -> bool:
        """Whether a run with these properties (w:rPr) is hidden text."""
        own = switch(run, "vanish")
        if own is None:
            own = self.hides(value(child(run, "rStyle")))
        return bool(self.hides(paragraph_style) if own is None else own)
