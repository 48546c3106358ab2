"""The parts of an OFD file: its pages, templates, annotations and resources, found by what names them (资源)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from jsextract.errors import Corrupt
from jsextract.readers.ofd.values import located
from jsextract.readers.package import Element, Package

_SILENT = frozenset({"Link", "Highlight", "Watermark"})
AREA = "{*}PhysicalBox"
"""The box of a page."""


class Parts:
    """The parts of one document of an OFD: its templates and resources, looked up where a page asks for them."""

    def __init__(self, package: Package, root: Element, folder: str) -> None:
        self._package, self._root, self._folder = package, root, folder
        self._names = {name.lower(): name for name in package.names}
        self._units: dict[str, Element] | None = None
        self._pictures: dict[str, str] | None = None
        self._templates: dict[str, Element | None] = {}
        self.area = root.find(f".//{{*}}PageArea/{AREA}")

    def find(self, place: str) -> Element | None:
        """The part at a place; None where there is none."""
        name = self._named(self._folder, place)
        return self._package.xml(name) if name else None

    def _named(self, folder: str, place: str) -> str:
        """The part at a place, seen from a folder; blank where there is none."""
        names = (self._names.get(name.lower()) for name in located(folder, place))
        return next(filter(None, names), "")

    def template(self, key: str) -> Element | None:
        """The page of a template."""
        if key not in self._templates:
            places = [t.get("BaseLoc", "") for t in self._root.iterfind(".//{*}TemplatePage") if t.get("ID") == key]
            self._templates[key] = self.find(places[0]) if places else None
        return self._templates[key]

    def annotations(self, page: str) -> list[Element]:
        """What the annotations of a page look like; links, highlights and watermarks are left out."""
        found: list[Element] = []
        for place in self._root.iterfind("{*}Annotations"):
            told = self.find(place.text or "")
            folder = posixpath.dirname((place.text or "").strip())
            for own in () if told is None else told.iterfind("{*}Page"):
                if own.get("PageID") == page and (location := own.find("{*}FileLoc")) is not None:
                    name = (location.text or "").strip()
                    notes = self.find(posixpath.join(folder, name)) if name[:1] != "/" else self.find(name)
                    found += () if notes is None else _appearances(notes)
        return found

    def composite(self, key: str) -> Element | None:
        """The content of a drawing that is kept apart (CompositeGraphicUnit)."""
        if self._units is None:
            resources = [found for _, found in self._resources(self._root, ("PublicRes", "DocumentRes"))]
            units = (unit for found in resources for unit in found.iter("{*}CompositeGraphicUnit"))
            self._units = {unit.get("ID", ""): unit for unit in units}
        return self._units.get(key)

    def picture(self, key: str, page: Element) -> str:
        """The part with the picture of this key, among those of a page, too; blank where there is none."""
        try:
            if self._pictures is None:
                self._pictures = self._media(self._root, ("PublicRes", "DocumentRes"))
            return self._pictures.get(key) or self._media(page, ("PageRes",)).get(key, "")
        except Corrupt:  # a damaged list of resources costs its pictures, which are told of as unread
            return ""

    def _media(self, root: Element, names: Sequence[str]) -> dict[str, str]:
        """The parts with pictures, by their keys, that the resources of a document or page name."""
        found: dict[str, str] = {}
        for folder, resources in self._resources(root, names):
            base = posixpath.join(folder, (resources.get("BaseLoc") or "").strip().replace("\\", "/"))
            for media in resources.iter("{*}MultiMedia"):
                file = (media.findtext("{*}MediaFile") or "").strip()
                name = self._named(base, file) or self._named(folder, file) or self._named(self._folder, file)
                if file and name:
                    found[media.get("ID", "")] = name
        return found

    def _resources(self, root: Element, names: Sequence[str]) -> Iterator[tuple[str, Element]]:
        """The lists of resources that a document or page names, each with its folder."""
        for name in names:
            for place in root.iterfind(f".//{{*}}{name}"):
                part = self._named(self._folder, place.text or "")
                if part:
                    yield posixpath.dirname(part), self._package.xml(part)


def _appearances(notes: Element) -> Iterator[Element]:
    """What the annotations that are seen, and say something, look like."""
    for note in notes.iterfind("{*}Annot"):
        if note.get("Type") not in _SILENT and note.get("Visible") != "false":
            yield from note.iterfind("{*}Appearance")


def places(package: Package) -> Iterator[tuple[Parts, str, str]]:
    """The pages in order: their documents, their keys there, where they are."""
    root = package.xml("OFD.xml")
    for body in () if root is None else root.iterfind(".//{*}DocRoot"):
        for name in located("", body.text or ""):
            document = package.xml(name)
            if document is not None:
                parts = Parts(package, document, posixpath.dirname(name))
                for page in document.iterfind("{*}Pages/{*}Page"):
                    yield parts, page.get("ID", ""), page.get("BaseLoc", "")
                break
