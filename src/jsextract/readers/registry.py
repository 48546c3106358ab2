"""Which reader takes which kind of file: another format is another module and one line here."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from msgspec.structs import replace

from jsextract.errors import BlankFile, DocumentError, EmptyFile, TooLarge, Unreadable, Unsupported
from jsextract.language.phrase import phrase
from jsextract.language.system import reason
from jsextract.model.document import Document, LoadedFile
from jsextract.readers import office, plain_text
from jsextract.readers.address import fetch, is_web
from jsextract.readers.archives.members import Within, member_bytes, within
from jsextract.readers.formats import FORMATS, UNKNOWN, FileKind, suffix_tag
from jsextract.readers.ofd import reader as ofd
from jsextract.readers.page_work import Ocr
from jsextract.readers.pdf import reader as pdf
from jsextract.readers.present import is_there
from jsextract.readers.sheets import other
from jsextract.readers.sheets import reader as sheets
from jsextract.readers.sizes import refuse_lines
from jsextract.readers.sniff import sniff
from jsextract.readers.web import reader as web
from jsextract.readers.web import saved
from jsextract.readers.word import old
from jsextract.readers.word import reader as word
from jsextract.remote import local_path, remote_file
from jsextract.vocabulary import Flag


class FormatReader(NamedTuple):
    """What reads one kind of file.

    Attributes:
        read: from the file to the document, its health known; raises DocumentError.
        max_bytes: larger files are refused.
    """

    read: Callable[[LoadedFile], Document]
    max_bytes: int


def _of_bytes(read: Callable[[bytes, str | None], Document]) -> Callable[[LoadedFile], Document]:
    return lambda file: read(file.data, file.password)


def _of_pictures(read: Callable[[bytes, str | None, str], Document]) -> Callable[[LoadedFile], Document]:
    return lambda file: read(file.data, file.password, file.ocr)


FORMAT_READERS: Mapping[str, FormatReader] = {
    "pdf": FormatReader(_of_pictures(pdf.read_pdf_document), pdf.MAX_BYTES),
    "xlsx": FormatReader(_of_pictures(sheets.read_xlsx), sheets.MAX_BYTES),
    "xls": FormatReader(_of_pictures(sheets.read_xls), sheets.MAX_BYTES),
    "et": FormatReader(_of_pictures(sheets.read_xls), sheets.MAX_BYTES),
    "xmlss": FormatReader(_of_bytes(sheets.read_xml_workbook), sheets.MAX_BYTES),
    "csv": FormatReader(_of_bytes(sheets.read_text_table), sheets.MAX_BYTES),
    **dict.fromkeys(("xlsb", "ods"), FormatReader(_of_pictures(other.read_other_workbook), office.MAX_BYTES)),
    "docx": FormatReader(_of_pictures(word.read_docx), word.MAX_BYTES),
    **dict.fromkeys(("doc", "wps", "rtf", "odt"), FormatReader(_of_pictures(old.read_old_word), office.MAX_BYTES)),
    "ofd": FormatReader(_of_pictures(ofd.read_ofd), ofd.MAX_BYTES),
    "txt": FormatReader(_of_bytes(plain_text.read_plain_text), plain_text.MAX_BYTES),
    "html": FormatReader(_of_pictures(web.read_web_page), web.MAX_BYTES),
    "mht": FormatReader(_of_pictures(saved.read_saved_page), saved.MAX_BYTES),
}
MAX_BYTES = max(reader.max_bytes for reader in FORMAT_READERS.values())


def load(place: Path | str | Within, *, name: str = "", password: str | None = None, ocr: str = Ocr.AUTO) -> LoadedFile:
    """The file at a path or URL: its kind, told from its first bytes, and its content where a reader takes that.

    Args:
        place: where it is, also in an archive, which its path may name as a folder; never waited for: it has to be a
            regular file.
        name: as documents.csv has it; the last part of `place` unless given.
        password: for files that need one.
        ocr: which pages are read as pictures: auto, never or always.

    Raises:
        Unreadable: the system refuses, or it is no regular file.
        EmptyFile, BlankFile, TooLarge: by its size.
        DocumentError: if it is in an archive that does not give it.
    """
    try:
        if isinstance(place, Within):
            data = member_bytes(place, password)
            _refuse(place.name, len(data), MAX_BYTES)
            return _loaded(io.BytesIO(data), name or PurePath(place.name).name, place.path, password, ocr)
        if is_web(place):
            data = fetch(str(place))
            return _loaded(io.BytesIO(data), name or PurePath(str(place)).name, str(place), password, ocr)
        path = local_path(place)
        if path is None:
            size, download = remote_file(str(place))
            _refuse(str(place), size, MAX_BYTES)
            handle: BinaryIO = io.BytesIO(download())
        elif (member := within(path, password)) is not None:
            return load(member, name=name, password=password, ocr=ocr)
        elif not path.is_file():
            raise _irregular(path)
        else:
            handle = path.open("rb")
        with handle:
            return _loaded(handle, name or PurePath(place).name, str(place), password, ocr)
    except OSError as error:
        raise Unreadable(
            phrase("The file cannot be read: {reason}.", reason=reason(error)),
            phrase("Check its permissions."),
        ) from error


def _irregular(path: Path) -> Unreadable:
    """What is said of a place where no file is."""
    if path.is_dir():
        return Unreadable(phrase("It is a folder, not a file."), phrase("Name a file in it."))
    if path.exists():
        return Unreadable(phrase("It is a pipe or a device, not a file."))
    return Unreadable(phrase("The file is gone."))


def load_again(paths: Iterable[str], sha256: str, password: str | None = None) -> LoadedFile | None:
    """The file at the first of some places, also within archives, that still has its content; None where none has it.

    Raises:
        DocumentError: as `load`, of the first place that cannot be read, where none has the content.
    """
    refused: DocumentError | None = None
    for path in filter(is_there, map(Path, paths)):
        try:
            file = load(path, password=password)
        except DocumentError as error:
            refused = refused or error
        else:
            if file.sha256 == sha256:
                return file
    if refused is not None:
        raise refused
    return None


def load_stream(handle: BinaryIO, *, name: str = "", password: str | None = None, ocr: str = Ocr.AUTO) -> LoadedFile:
    """What `load` gives, of an open file or a buffer; its kind is told from its bytes, and from the name's suffix.

    Args:
        handle: of binary data; read from where it stands to its end, and not closed.
        name: as documents.csv has it.
        password: for files that need one.
        ocr: which pages are read as pictures: auto, never or always.

    Raises:
        Unreadable: the system refuses.
        EmptyFile, BlankFile, TooLarge: by its size.
    """
    try:
        data = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(phrase("The file cannot be read: {reason}.", reason=reason(error))) from error
    _refuse(name, len(data), MAX_BYTES)
    return _loaded(io.BytesIO(data), name, name, password, ocr)


def _loaded(handle: BinaryIO, name: str, path: str, password: str | None, ocr: str) -> LoadedFile:
    """What `load` gives, from an open file; the content is kept in memory only where a reader takes the kind."""
    kind = sniff(handle, PurePath(path).suffix)
    size = handle.seek(0, io.SEEK_END)
    reader = FORMAT_READERS.get(_reader_of(kind.code, path))
    _refuse(path, size, reader.max_bytes if reader else None)
    handle.seek(0)
    data = handle.read() if reader else b""
    digest = hashlib.sha256(data) if reader else hashlib.file_digest(handle, "sha256")  # type: ignore[arg-type]
    return LoadedFile(
        name=name,
        path=path,
        size=size,
        sha256=digest.hexdigest(),
        format=kind.code,
        data=data,
        password=password,
        ocr=ocr,
    )


def _refuse(path: str, size: int, limit: int | None) -> None:
    """Raises EmptyFile, BlankFile or TooLarge for a size in bytes that is not read."""
    if size == 0:
        error = EmptyFile if suffix_tag(PurePath(path).suffix) in {"", "pdf"} else BlankFile
        raise error(phrase("The file is empty (0 bytes)."), phrase("Download it again."))
    if limit is not None and size > limit:
        raise TooLarge(
            phrase("The file has {size} bytes, more than {limit}.", size=size, limit=limit), phrase("Split it.")
        )


def read_document(file: LoadedFile) -> Document:
    """The document in a file.

    Returns:
        Its pages; the flag `wrong_suffix` where the name promises another kind than the content is.

    Raises:
        Unsupported: if no reader takes the kind.
        DocumentError: if the reader finds the file unfit; NotPdf where a .pdf file is of no kind that is known.
    """
    code = _reader_of(file.format, file.path)
    if code not in FORMAT_READERS:
        raise unsupported(FORMATS[file.format])
    document = FORMAT_READERS[code].read(file)
    refuse_lines(sum(len(page.lines) for page in document.pages))
    promised = suffix_tag(PurePath(file.path).suffix)
    flags = {*document.flags, Flag.WRONG_SUFFIX} if promised not in {"", code} else document.flags
    return replace(document, format=code, flags=tuple(sorted(flags)), file=file)


def _reader_of(code: str, path: str) -> str:
    """The code of the reader that is asked: bytes that say nothing go to the one that the suffix promises."""
    return suffix_tag(PurePath(path).suffix) if code == UNKNOWN.code else code


def unsupported(kind: FileKind) -> Unsupported:
    """What is said of a file that no reader takes."""
    return Unsupported(
        phrase("The file is {name}; no reader takes it.", name=phrase(kind.name)),
        phrase(kind.remedy) if kind.remedy else phrase("Check where it came from."),
    )
