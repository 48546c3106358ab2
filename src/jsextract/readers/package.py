"""Zip packages of XML parts that nobody vouches for (docx, OFD): opened within limits, without entities (压缩包)."""

from __future__ import annotations

import base64
import contextlib
import functools
import io
import logging
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from jsextract.errors import Corrupt, Encrypted, TooLarge
from jsextract.language.phrase import noted, phrase

MAX_UNPACKED = 300 << 20
"""Bytes that a package may become when it is unpacked, pictures included."""
MAX_PART = 80 << 20
"""Bytes of one XML part: those of real accounts stay below a tenth of it."""
MAX_PICTURE = 60 << 20
"""Bytes of one picture: a coloured page of 600 dots an inch has a third of it."""
MAX_MEMBERS = 20_000
STRICT = b"http://purl.oclc.org/ooxml/"
"""What the names of the strict form of Office Open XML begin with."""
_STRICT = re.compile(re.escape(STRICT) + rb"(\w+)/")
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_XML = (b"<", b"\xef\xbb\xbf<")
_OLE = b"\xd0\xcf\x11\xe0"
_UNLOCK = noted("Save it without a password.")
_AGAIN = noted("Download it again, or open it in its program and save it once more.")
_REFUSED = (
    zipfile.BadZipFile, ValueError, LookupError, struct.error, OSError, EOFError, NotImplementedError, zlib.error,
)  # fmt: skip

Element = Any
"""An element of lxml, which has no types."""

log = logging.getLogger(__name__)


class Package(Protocol):
    """The parts of an open package."""

    names: frozenset[str]

    def xml(self, name: str) -> Element | None:
        """The root of a part; None where the package has none of that name.

        Raises:
            Corrupt: if it is no sound XML, or declares a document type, by which it could unfold or reach outside.
            TooLarge: if it is larger than any real part.
        """

    def binary(self, name: str) -> bytes:
        """The bytes of a part that is no XML.

        Raises:
            Corrupt: if there is none of that name, it is damaged, or larger than any picture of a page.
        """


class _Zipped:
    """The parts of an open package; nothing of it is ever written anywhere."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def xml(self, name: str) -> Element | None:
        """As `Package.xml`."""
        if name not in self.names:
            return None
        if self._archive.getinfo(name).file_size > MAX_PART:
            raise TooLarge(phrase("A part of the file unpacks to more than any account needs."))
        return sound_xml(transitional(self._archive.read(name)), name)

    def binary(self, name: str) -> bytes:
        """As `Package.binary`."""
        if name not in self.names or self._archive.getinfo(name).file_size > MAX_PICTURE:
            raise Corrupt(phrase("The file lacks a part ({name}), or it is too large.", name=name))
        try:
            return self._archive.read(name)
        except _REFUSED as error:
            raise Corrupt(phrase("The file is damaged ({error}).", error=type(error).__name__)) from error


class _Flat:
    """The parts of a package that is one XML file (Flat OPC): how systems make Word files of templates."""

    def __init__(self, root: Element) -> None:
        self._parts = {part.get(f"{_PKG}name", "").lstrip("/"): part for part in root.iterfind(f"{_PKG}part")}
        self.names = frozenset(self._parts)

    def xml(self, name: str) -> Element | None:
        """As `Package.xml`."""
        part = self._parts.get(name)
        content = None if part is None else part.find(f"{_PKG}xmlData")
        return None if content is None else next(content.iterchildren("*"), None)

    def binary(self, name: str) -> bytes:
        """As `Package.binary`."""
        content = self._parts[name].find(f"{_PKG}binaryData") if name in self._parts else None
        if content is None:
            raise Corrupt(phrase("The file lacks a part ({name}), or it is too large.", name=name))
        try:
            return base64.b64decode(content.text or "")
        except ValueError as error:
            raise Corrupt(phrase("The file is damaged ({error}).", error=type(error).__name__)) from error


def related(package: Package, name: str) -> dict[str, str]:
    """The parts that a part names (Relationships), by their keys; nothing outside of the file, or of a damaged list."""
    folder, _, own = name.rpartition("/")
    try:
        root = package.xml(f"{folder}/_rels/{own}.rels")
    except (Corrupt, TooLarge):
        log.debug("the relations of %s are damaged", name, exc_info=True)
        root = None
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join(f"/{folder}", one.get("Target", ""))).lstrip("/")
        for one in (() if root is None else root)
        if one.get("TargetMode") != "External"
    }


def binaries(data: bytes) -> Callable[[str], bytes]:
    """What gives the bytes of parts of a package, as `Package.binary`; it is opened once, for the first of them."""
    held = contextlib.ExitStack()

    @functools.cache
    def package() -> Package:
        return held.enter_context(opened(data))

    return lambda name: package().binary(name)


def local(element: Element) -> str:
    """The name of an element without its namespace; blank for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def sound_xml(data: bytes, name: str) -> Element:
    """The root of an XML text; no entity of it is resolved.

    Args:
        data: the text.
        name: what the text is called in messages.

    Raises:
        Corrupt: if it is no sound XML, or declares a document type, by which it could unfold or reach outside.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Corrupt(phrase("A part of the file is no sound XML ({name}).", name=name), phrase(_AGAIN)) from error
    if root.getroottree().docinfo.doctype:
        raise Corrupt(phrase("The file declares entities, as no sound one does."), phrase(_AGAIN))
    return root


def transitional(xml: bytes) -> bytes:
    """A part of Office Open XML with the names that programs write, also where it has those of the strict form.

    >>> transitional(b'xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"')
    b'xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    """
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", xml) if STRICT in xml else xml


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """The package in these bytes, zipped or in one XML file.

    Raises:
        Encrypted: if it, or a part of it, needs a password.
        TooLarge: if it unpacks to more than any account needs.
        Corrupt: if it is no sound archive; also where that shows only while its parts are read.
    """
    if data.startswith(_OLE):
        raise Encrypted(phrase("The file is encrypted."), phrase(_UNLOCK))
    if data.lstrip().startswith(_XML):
        if len(data) > MAX_PART:
            raise TooLarge(phrase("A part of the file unpacks to more than any account needs."))
        yield _Flat(sound_xml(transitional(data), "package"))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise TooLarge(phrase("The file unpacks to more than any account needs."))
            if any(member.flag_bits & 1 for member in members):
                raise Encrypted(phrase("The file is encrypted."), phrase(_UNLOCK))
            yield _Zipped(archive)
    except _REFUSED as error:
        name = type(error).__name__
        raise Corrupt(phrase("The file is damaged ({error}).", error=name), phrase(_AGAIN)) from error
