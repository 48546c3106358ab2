"""Word files made for tests, from their XML."""

from __future__ import annotations

import io
import zipfile

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def part(name: str, inner: str) -> str:
    """A part of a Word file with this root."""
    return f"<?xml version='1.0' encoding='UTF-8'?><w:{name} {_SPACES}>{inner}</w:{name}>"


def packed(**parts: str | bytes) -> bytes:
    """A zip of parts of word/, by their names without .xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def with_pictures(body: str, *pictures: bytes, **more: str) -> bytes:
    """A Word file with these pictures, by the keys r0, r1, …."""
    rel = '<Relationship Id="r{n}" Target="{target}"{mode}/>'
    named = [rel.format(n=n, target=f"media/{n}.xml", mode="") for n in range(len(pictures))]
    named += [rel.format(n=key[1:], target=target, mode=' TargetMode="External"') for key, target in more.items()]
    out = io.BytesIO(word(body))
    with zipfile.ZipFile(out, "a") as archive:
        for n, picture in enumerate(pictures):
            archive.writestr(f"word/media/{n}.xml", picture)
        spaces = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships {spaces}>{''.join(named)}</Relationships>")
    return out.getvalue()


def picture(key: str, width: int = 430, height: int = 250, fill: str = "", turn: str = "") -> str:
    """A run with a picture, so large in points."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * 12700}" cy="{height * 12700}"/><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{key}"/>{fill}</pic:blipFill><pic:spPr><a:xfrm {turn}/></pic:spPr></pic:pic></wp:inline>'
        "</w:drawing></w:r>"
    )


def word(body: str, numbering: str = "", styles: str = "", footnotes: str = "") -> bytes:
    """A Word file with this body."""
    return packed(
        document=part("document", f"<w:body>{body}</w:body>"),
        numbering=part("numbering", numbering),
        styles=part("styles", styles),
        footnotes=part("footnotes", footnotes),
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(inner: str, properties: str = "") -> str:
    """A paragraph of plain text, or of runs."""
    inner = inner if inner.startswith("<") else run(inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(inner: str, properties: str = "") -> str:
    inner = inner if inner.startswith("<w:") else para(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str] | str) -> str:
    """A table of rows of cells, or of whole rows."""
    inner = "".join(r if isinstance(r, str) else f"<w:tr>{''.join(r)}</w:tr>" for r in rows)
    return f"<w:tbl>{inner}</w:tbl>"


def row(cells: list[str], properties: str) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"
