"""Tables whose columns no ruling need draw: rows, their figures' edges, header words, and cells of both (列模型).

Rulings, fills and white space are evidence, each where it is there: a full rule or the edge of a stripe parts rows, a
vertical stroke is the edge of a column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from jsextract.layout.assign import FilledGrid
from jsextract.layout.bands import Placed, parted_rows
from jsextract.layout.grid import CellSpan, Grid, snapped_segments
from jsextract.layout.head_names import LABELS, HeadNames, names_of
from jsextract.layout.head_stacks import Head, box_of
from jsextract.layout.head_words import Column, read_head
from jsextract.layout.model_cells import Held, cells_of_row, row_edges
from jsextract.layout.moved_columns import moved_columns, stands_under
from jsextract.layout.open_regions import Region, Row, find_regions
from jsextract.layout.tracks import Track, find_tracks, marks_joined, track_of
from jsextract.layout.two_up import moved_grid
from jsextract.model.document import Cell, Line, Page
from jsextract.model.settings import LAYOUT
from jsextract.rules.table_definitions import TableDef
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Reader


class Sheetful(NamedTuple):
    """What stands free of closed grids on a page, or on one of two on a sheet.

    Attributes:
        lines: without furniture, as if the page began at the left of the sheet.
        left: where it begins.
    """

    page: Page
    lines: Sequence[Line]
    left: float = 0.0


def find_open_tables(sheets: Sequence[Sheetful], definitions: Sequence[TableDef]) -> dict[int, list[FilledGrid]]:
    """For each page the tables on it that no closed grid holds.

    Args:
        sheets: the pages of the document, in order.
        definitions: of the standard tables, whose columns have known names.
    """
    found: dict[int, list[FilledGrid]] = {}
    regions = [[replace(r, at=i) for r in find_regions(s.page, s.lines)] for i, s in enumerate(sheets)]
    for chain in _chains(regions):
        for region, filled in _read_chain(chain, names_of(chain[0].title, definitions)):
            found.setdefault(region.page.number, []).append(moved_grid(filled, sheets[region.at].left))
    return found


def _chains(pages: Sequence[Sequence[Region]]) -> Iterator[list[Region]]:
    """Regions that are one table: on following pages, where nothing stands between them."""
    chain: list[Region] = []
    for region in (region for page in pages for region in page):
        if chain and _goes_on(chain[-1], region):
            chain.append(region)
            continue
        if chain:
            yield chain
        chain = [region] if region.alone or region.bare else []
    if chain:
        yield chain


def _goes_on(last: Region, region: Region) -> bool:
    """Whether a region goes on the table of the page before."""
    following = region.at == last.at + 1 and last.bottom and last.page.width == region.page.width
    if not following or region.bare != last.bare:
        return False
    return region.top or (bool(region.title) and squeeze(region.title) == squeeze(last.title))


class _Model(NamedTuple):
    """The columns of a table and the boundaries between them.

    `chosen` where some columns were left out, and nothing on the page tells which.
    """

    columns: tuple[Column, ...]
    xs: tuple[float, ...]
    chosen: bool = False


def _read_chain(chain: Sequence[Region], names: HeadNames) -> Iterator[tuple[Region, FilledGrid]]:
    """The grids of one table, one a page, all with as many columns."""
    parts, models = _modelled(chain, names)
    if len(models[0].columns) < (1 if chain[0].bare and chain[0].body else 2):
        return
    if not chain[0].body and chain[0].bare and not all(map(names.is_column, _paths(models[0]))):
        return
    for part, model in zip(parts, models, strict=True):
        for region in part:
            filled = _fill(region, model, _body_of(region, chain[0]), first=region is chain[0])
            if filled is not None:
                yield region, filled


def _modelled(chain: Sequence[Region], names: HeadNames) -> tuple[list[Sequence[Region]], list[_Model]]:
    """Regions of one table that stand at the same places, with their columns; as many columns each."""
    moved = {id(region): model for region, model in _moved(chain, names)}
    rest = [region for region in chain if id(region) not in moved]
    parts = _by_place(rest)
    models = [_model_of(part, names) for part in parts]
    if len({len(model.columns) for model in (*models, *moved.values())}) > 1:
        return [chain], [_model_of(chain, names)]
    return [*parts, *([region] for region in chain if id(region) in moved)], [*models, *moved.values()]


def _moved(chain: Sequence[Region], names: HeadNames) -> Iterator[tuple[Region, _Model]]:
    """The regions without a header whose columns run elsewhere than those of the first."""
    bare = [region for region in chain[1:] if not region.header and not region.bare]
    columns = _model_of(chain[:1], names).columns if bare else ()
    for region in bare:
        tracks = find_tracks(_body_of(region, chain[0]))
        if tracks and not stands_under(tracks, columns):
            found = moved_columns(columns, tracks)
            if found is not None:
                left_out = sum(not c.filled for c in found) > 0
                yield region, _Model(tuple(found), _boundaries(found), chosen=left_out)


def _paths(model: _Model) -> Iterator[str]:
    """What each column is called, level by level."""
    return ("/".join(head.text for head in column.heads) for column in model.columns)


def _by_place(chain: Sequence[Region]) -> list[Sequence[Region]]:
    """Regions of one table, parted before each whose header is that of the first at other places."""
    starts = [0, *(i for i, region in enumerate(chain) if _is_moved(chain[0].header, region.header))]
    return [chain[a:b] for a, b in pairwise([*starts, len(chain)])]


def _is_moved(header: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether another header has the same words, and one of them not where it stood."""
    pairs = [[(t.normal, t) for row in rows for t in row.texts if not row.counts] for rows in (header, other)]
    words, again = (sorted(own, key=lambda pair: (pair[0], box_of(pair[1]).x0)) for own in pairs)
    if not words or [word for word, _ in words] != [word for word, _ in again]:
        return False
    reach = [abs(box_of(a).cx - box_of(b).cx) / a.size for (_, a), (_, b) in zip(words, again, strict=True)]
    return max(reach) > LAYOUT.columns.level


def _model_of(chain: Sequence[Region], names: HeadNames) -> _Model:
    """The columns of regions that stand at the same places, the first with a header."""
    body = [texts for region in chain for texts in _body_of(region, chain[0])]
    tracks = find_tracks(body)
    counts = [t for row in chain[0].header if row.counts for t in row.texts if t.normal.isdigit()]
    words = [t for row in chain[0].header for t in row.texts if not row.counts or set(t.normal) <= LABELS]
    columns = read_head(words, counts, tracks, names)
    joined = marks_joined(tracks, body)
    if len(joined) < len(tracks):
        columns = _without_blank(columns, read_head(words, counts, joined, names))
    return _Model(tuple(columns), _boundaries(columns) if columns else ())


def _without_blank(apart: list[Column], joined: list[Column]) -> list[Column]:
    """The columns with marks joined to their amounts, unless a name is left over nothing: the marks were its own."""
    return joined if sum(not c.filled for c in joined) <= sum(not c.filled for c in apart) else apart


def _body_of(region: Region, first: Region) -> list[tuple[Line, ...]]:
    """The texts of a region's body, line by line; a continuation without a header has no other lines."""
    if region is first:
        return [row.texts for row in region.body]
    head = {t.normal for row in first.header for t in row.texts}
    body = dropwhile(lambda row: row.counts or all(t.normal in head for t in row.texts), region.rows)
    return [row.texts for row in body]


def _boundaries(columns: Sequence[Column]) -> tuple[float, ...]:
    """The edges of the columns: half way between what stands in one and in the next."""
    margin = LAYOUT.columns.margin
    xs = [columns[0].track.x0 - margin]
    for a, b in pairwise(columns):
        xs.append(max(xs[-1] + 0.1, (a.track.x1 + b.track.x0) / 2))
    return (*xs, max(xs[-1] + 0.1, columns[-1].track.x1 + margin))


def _fill(region: Region, model: _Model, body: Sequence[Sequence[Line]], *, first: bool) -> FilledGrid | None:
    """One page of a table as a grid with its text."""
    tracks = [c.track for c in model.columns]
    drawn = _full_rules(region, (model.xs[0], model.xs[-1]))
    placed = [(_place(text, model.columns, tracks), text) for texts in body for text in texts]
    rows = parted_rows(placed, drawn) if placed else []
    head = _head_rows(region, model) if first else []
    spread = [[(c, 1, t) for c, t in _by_column(row)] for row in rows]
    table = [*head, *spread]
    if not table:
        return None
    ys = row_edges(region, table)
    cells = [c for r, row in enumerate(table) for c in cells_of_row(region.page.number, r, row, model.xs, ys)]
    grid = Grid(
        region.page.number, model.xs, tuple(ys), tuple(CellSpan(c.row, c.col, c.row_span, c.col_span) for c in cells)
    )
    lost = _lost(region, cells) if first else ""
    unsure = model.chosen or not (all(map(_is_sure, model.columns)) and (first or _stands_alike(body, tracks)))
    return FilledGrid(
        grid, tuple(cells), (), Reader.STREAM, lost, continues=not first, unsure=unsure, chosen=model.chosen
    )


def _is_sure(column: Column) -> bool:
    """Whether it is in no doubt what a column of figures is called."""
    return column.track.words or not column.filled or (bool(column.heads) and column.sure)


def _stands_alike(body: Sequence[Sequence[Line]], tracks: Sequence[Track]) -> bool:
    """Whether the columns of one page run where those of the whole table do: none was left out before them."""
    own = [t for t in find_tracks(body) if not t.words]
    return all(any(t.runs_with(other) for other in tracks) for t in own)


def _lost(region: Region, cells: Sequence[Cell]) -> str:
    """The words of the header that stand in no cell."""
    held = Counter(char for cell in cells for line in cell.lines for char in line.normal)
    return "".join((Counter("".join(row.line.normal for row in region.header)) - held).elements())


def _place(text: Line, columns: Sequence[Column], tracks: Sequence[Track]) -> int:
    """The column of a text of the body."""
    own = [i for i, c in enumerate(columns) if c.filled]
    return own[track_of(text, [tracks[i] for i in own])]


def _by_column(row: Sequence[Placed]) -> Iterator[tuple[int, list[Line]]]:
    """The lines of a row by their columns, from left to right."""
    for col in sorted({c for c, _ in row}):
        yield col, [t for c, t in row if c == col]


def _head_rows(region: Region, model: _Model) -> list[list[Held]]:
    """The header cells, level by level: (column, columns it reaches over, its lines)."""
    deepest = max((len(c.heads) for c in model.columns), default=0)
    rows: list[list[Held]] = []
    for level in range(deepest):
        row: list[Held] = []
        last: Head | None = None
        for i, column in enumerate(model.columns):
            head = column.heads[level] if level < len(column.heads) else None
            if head is not None and head is last and row:
                col, span, lines = row[-1]
                row[-1] = (col, span + 1, lines)
            elif head is not None:
                row.append((i, 1, list(head.lines)))
            last = head
        rows.append(row)
    rows.extend(_count_row(row.texts, model) for row in region.header if row.counts)
    return rows


def _count_row(texts: Sequence[Line], model: _Model) -> list[Held]:
    """The numbers of the columns, each under its column."""
    found: dict[int, list[Line]] = {}
    for text in texts:
        if text.normal.isdigit() or text.normal in ("栏次", "行次"):
            assert text.box is not None
            x = text.box.cx
            col = next((i for i in range(len(model.columns)) if x < model.xs[i + 1]), len(model.columns) - 1)
            found.setdefault(col, []).append(text)
    return [(c, 1, t) for c, t in sorted(found.items())]


def _full_rules(region: Region, reach: tuple[float, float]) -> list[float]:
    """The heights of rules and fills that run through the table."""
    width = reach[1] - reach[0]
    flat, _ = snapped_segments(region.page.rulings)
    return sorted(
        {s.at for s in flat if min(s.end, reach[1]) - max(s.start, reach[0]) > width * LAYOUT.columns.through}
    )
