"""The thresholds of paragraphs, headings and the cover (段落、标题、封面); notation as in settings.py."""

from __future__ import annotations

from msgspec import Struct


class ParagraphSettings(Struct, frozen=True, kw_only=True):
    """Lines to paragraphs (outline/flow.py).

    Attributes:
        margin: share of lines that end left of the right margin; a stray long line must not move it.
        short: em; a line that ends this far before the margin is the last of its paragraph.
        indent: em; a line that begins this far behind the margin is the first of one (twice: account_links).
    """

    margin: float = 0.85
    short: float = 2.5
    indent: float = 1.2


class HeadingSettings(Struct, frozen=True, kw_only=True):
    """Headings and the table of contents (outline/headings.py).

    Attributes:
        shortest, longest: characters of a heading with its number.
        longest_part: characters of the heading of a part (第一部分 …).
        longest_words: characters of a heading without its number (half: account_shanghai, account_yuan and two more).
        longest_unnumbered: the same, where no number is printed.
        longest_name: characters of the words that stand on the line after a bare 第一部分.
        longest_tail: characters of the second line of a heading …
        longest_end: … after a first line that is a heading by itself.
        telling: characters at the start of a text in which a figure or 无 tells it from a definition.
        full: em; a line that ends this near the right margin goes on below.
        alike: share of characters that two headings have in common, to be one (half: account_shanghai,
            account_institution).
        before_entries: lines after 目录 among which its first numbered entry is looked for.
        longest_entry: characters of an entry of the contents.
        longest_unmarked: characters of an entry where the word 目录 is not printed.
        apart: lines, at least, between an entry and its heading in the body.
    """

    shortest: int = 3
    longest: int = 90
    longest_part: int = 60
    longest_words: int = 42
    longest_unnumbered: int = 30
    longest_name: int = 45
    longest_tail: int = 14
    longest_end: int = 4
    telling: int = 60
    full: float = 1.5
    alike: float = 0.8
    before_entries: int = 6
    longest_entry: int = 60
    longest_unmarked: int = 45
    apart: int = 3


class CoverSettings(Struct, frozen=True, kw_only=True):
    """What stands before the body (outline/cover.py, outline/identity.py).

    Attributes:
        lines: of the cover by which a profile is chosen.
        index_lines: of the first two pages among which the 监督索引号 is looked for.
        identity_lines: of the cover that name entity, year and kind …
        page_lines: … and of the first page, where there are no contents.
        title: characters of a longest line of a title; a longer one is running text.
        opening: characters at the start of the text, by which a title that says neither 决算 nor 预算 is understood.
        tables: standard tables that make an account whatever its title says.
    """

    lines: int = 40
    index_lines: int = 80
    identity_lines: int = 14
    page_lines: int = 12
    title: int = 70
    opening: int = 400
    tables: int = 2
