"""The thresholds by which pages are understood: one frozen value, each with its unit and what it decides (版面阈值).

Lengths are points (1/72 inch), `em` the size of the type at hand, `share` a part of one. Values hold for all documents;
none is tuned to one issuer.

In brackets stands what sets a value: the documents of fixtures/ and the tests that would be read otherwise if it were
half as large (half) or twice (twice). The others, those of ColumnSettings apart, are usual print sizes: at half and at
twice their value all fixtures are read alike.
"""

from __future__ import annotations

from msgspec import Struct

from jsextract.model.outline_settings import CoverSettings, HeadingSettings, ParagraphSettings


class GridSettings(Struct, frozen=True, kw_only=True):
    """Rulings to grids (layout/grid.py).

    Attributes:
        snap: points; parallel rulings this near are one, as double ones are (half: test_double_rulings_are_one).
        lowest: points; horizontal rulings nearer to each other than this have no row of text between them.
        aside: points; white this wide from top to bottom parts the rulings of tables beside each other.
        join: points; pieces of one ruling further apart are two (half:
            test_pieces_of_one_ruling_are_joined_and_dashes_too).
        dash: points; shorter pieces are dashes …
        dashes: … where there are more of them than this; then
        join_dashes: points; is the gap that they may leave (half: the same test).
        touch: points; a ruling that ends this near another one meets it.
        border: share of a slot's side that a ruling must cover to be its border (twice: all accounts).
        outer: points; crossing rulings that end this far beyond the last one imply an outer border (twice:
            test_missing_top_and_bottom_are_drawn).
        inside: points; by which a grid may stick out of the one that it lies in.
        max_slots: slots of a grid, more than any real page of a table has.
        max_crossings: pairs of rulings that are looked at on one page, some seconds' worth.
    """

    snap: float = 3.5
    lowest: float = 4.0
    aside: float = 12.0
    join: float = 3.0
    dash: float = 9.0
    dashes: int = 4
    join_dashes: float = 9.0
    touch: float = 4.0
    border: float = 0.6
    outer: float = 10.5
    inside: float = 1.0
    max_slots: int = 60_000
    max_crossings: int = 6_000_000


class AssignSettings(Struct, frozen=True, kw_only=True):
    """Lines into the cells of a grid (layout/assign.py, layout/row_split.py).

    Attributes:
        through: share of a character that a ruling leaves on either side where it runs through it.
        parted: em; a gap this much wider than those around it parts an amount where a ruling stands in it.
        slack: points; text this far outside a grid still stands in it.
        wrapped: share of its cell that the first line of a wrapped number takes (half: trap_wrapped_names) …
        wrapped_cents: … and where the two lines together end in two decimals (twice: trap_split_amounts).
        beside: em; pieces whose middles are nearer stand beside each other.
        overlap: points; by which pieces beside each other may overlap.
        baseline: em; lines whose middles are nearer make one row where no ruling parts rows.
    """

    through: float = 0.2
    parted: float = 0.05
    slack: float = 1.0
    wrapped: float = 0.8
    wrapped_cents: float = 0.55
    beside: float = 0.5
    overlap: float = 1.0
    baseline: float = 0.6


class ColumnSettings(Struct, frozen=True, kw_only=True):
    """Tables whose columns no ruling need draw (layout/column_model.py and what it is made of).

    fixtures/ has few such tables: what a change costs, bench/layouts.py tells.

    Attributes:
        gap: em; a wider one parts two texts of a line.
        spread: em; the widest white inside a word of two characters.
        slack: points; by which texts of neighbouring columns may reach into each other.
        same: em; edges nearer to each other are those of one column.
        margin: points; between the outermost text and the edge of the table.
        fewest_rows: of data that make a table, or of figures in one row under a title.
        widest: share of the page's width; a longer single text is no row.
        blank: em; a wider gap between lines ends a table.
        leading: em; the widest white between two lines of one name.
        tight: share of the usual white between rows that is narrower than any of them.
        full: em; a line that leaves less room in its column has been wrapped there.
        level: em; texts whose middles are nearer stand on one line.
        ruled: share of neighbouring rows that rules must part, to part all.
        through: share of the table's width that a ruling between rows covers.
        wide: times; sheets that are so much wider than high may hold two pages.
        fold: share of a sheet's width, on either side of its middle, that two pages leave free.
        short: characters; a shorter text is one amount.
        abreast: points; by which the heights of rows may differ that go on beside each other on the next page.
        adjoining: em; rows and fills nearer to each other are of one table.
        outnumbered: times; so often may rows within fills outnumber those beside them, where the fills are no grids.
        touching: em; white between two header words that nearly touch, beyond that between their characters.
        bridge: em; a header word that reaches over less of a column does not stand over it.
        deepest: lines of a header word that are tried as levels.
        bare: points; a column that has a name nearer than this is under it.
        left_out: points; what a column left out by the words over its neighbours counts against their being off the
            middle of theirs.
        lean: what a point between the middles of a name and its column counts against one of white between them.
        lean_left: the same where names stand at the left of columns whose figures stand at the right.
        clear: points; by which all other placings of a column's name must be worse, for it to be in no doubt.
    """

    gap: float = 0.9
    spread: float = 5.0
    slack: float = 0.5
    same: float = 0.75
    margin: float = 3.0
    fewest_rows: int = 3
    widest: float = 0.55
    blank: float = 5.0
    leading: float = 0.6
    tight: float = 0.8
    full: float = 1.0
    level: float = 0.5
    ruled: float = 0.8
    through: float = 0.8
    wide: float = 1.2
    fold: float = 0.012
    short: int = 8
    abreast: float = 3.0
    adjoining: float = 2.5
    outnumbered: float = 2.0
    touching: float = 0.12
    bridge: float = 0.2
    deepest: int = 5
    bare: float = 60.0
    left_out: float = 15.0
    lean: float = 0.2
    lean_left: float = 0.05
    clear: float = 8.0


class InferenceSettings(Struct, frozen=True, kw_only=True):
    """Rulings that texts imply, in a table that is in doubt (layout/infer_rulings.py).

    Attributes:
        gap: em; a wider one parts two texts of a line. Narrower than elsewhere: there is a grid already.
        gutter: points; columns are at least this far apart.
        slack: points; by which text may reach over a boundary that it does not cross.
        margin: points; between text beside the grid and the outer border that is drawn around it.
        ink: share of a line's box, above and below, that has no ink (twice: account_hubei, account_shanghai).
        max_cells: of a grid, more than any real page of a table has.
    """

    gap: float = 0.55
    gutter: float = 2.0
    slack: float = 1.0
    margin: float = 3.0
    ink: float = 0.1
    max_cells: int = 5000


class TableSettings(Struct, frozen=True, kw_only=True):
    """What is a table, and which grids are one (layout/detect.py, layout/stitch.py).

    Attributes:
        frame: characters; a longer cell that holds
        frame_share: share; of all text makes the grid a frame around prose.
        over: points; beyond its sides a title may stand, where another grid stands beside it.
        same: share of the table's width; column boundaries nearer are one.
        shared: share of the inner column boundaries that a continuation has in common with its table (half:
            test_other_columns_are_another_table; twice: account_yuan, account_yunnan).
    """

    frame: int = 120
    frame_share: float = 0.8
    over: float = 20.0
    same: float = 0.012
    shared: float = 0.75


class TitleSettings(Struct, frozen=True, kw_only=True):
    """Lines around a grid (layout/titles.py).

    Attributes:
        reach: points; above its grid a title or unit line may stand.
        line_gap: em; between the lines of a title.
        same_size: points; by which the lines of a title may differ in size.
        centred: em; by which their middles may differ.
        longest: characters of a title.
        longest_label: characters of a department's line.
        note_reach: points; below its grid a note may begin.
        note_line_gap: em; between the lines of a note.
        longest_empty: characters of a note that says that there are no data.
    """

    reach: float = 150.0
    line_gap: float = 1.6
    same_size: float = 0.6
    centred: float = 1.5
    longest: int = 60
    longest_label: int = 60
    note_reach: float = 70.0
    note_line_gap: float = 1.9
    longest_empty: int = 120


class FurnitureSettings(Struct, frozen=True, kw_only=True):
    """Page numbers and running heads (layout/furniture.py).

    Attributes:
        margin: share of the page's height, at the top and at the bottom, where furniture stands (half: trap_doubled and
            six more; twice: account_hubei and six more).
        number_margin: the same for page numbers that count on with the pages (half: account_sichuan).
        outmost: lines at either end of a page that are looked at.
        often: pages, at least, on which a running head returns …
        often_one_in: … and one in so many of all (twice: account_hubei, account_sichuan).
        row: points; lines whose middles are nearer stand at the same place of their pages.
    """

    margin: float = 0.115
    number_margin: float = 0.16
    outmost: int = 3
    often: int = 3
    often_one_in: int = 3
    row: float = 6.0


class LayoutSettings(Struct, frozen=True, kw_only=True):
    """All thresholds of layout and outline."""

    grid: GridSettings = GridSettings()
    assign: AssignSettings = AssignSettings()
    columns: ColumnSettings = ColumnSettings()
    inference: InferenceSettings = InferenceSettings()
    table: TableSettings = TableSettings()
    title: TitleSettings = TitleSettings()
    furniture: FurnitureSettings = FurnitureSettings()
    paragraph: ParagraphSettings = ParagraphSettings()
    heading: HeadingSettings = HeadingSettings()
    cover: CoverSettings = CoverSettings()


LAYOUT = LayoutSettings()
