"""Sheets: a page of a workbook that prints on A4 across, and a table on it that Excel can filter."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from safeguarding.charts.theme import IMPROVEMENT
from safeguarding.exports.tables import write
from safeguarding.vocabulary import Unit

A4, LINE = 9, 15  # Excel's number of the paper; points of a row
PROSE = 1.12  # letters of a long text in the width of a figure: a column is as wide as so many figures
WIDER = 0.92  # a letter of a text, in widths of a figure
LONGEST_NAME = 31  # characters in the name of a sheet
INDEX = "Index"
STYLE = "Table Style Light 9"
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet


class Column(NamedTuple):
    """A column of a table: the key of its cells, its heading, its width in characters, how a cell is shown
    (None: as it is) and whether long text runs over several lines.
    """

    key: str
    heading: str
    width: float
    shown: Callable[[Mapping[str, Any]], str] | None = None
    wrap: bool = False


class Book:
    """A workbook with its formats, each made once, and the names of its sheets."""

    def __init__(self, book: Workbook, title: str, marking: str):
        self.book, self.title, self.marking = book, title, marking
        self.named: dict[str, str] = {}
        self.tables: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **look: Any) -> Format:
        """A format, made when it is first asked for."""
        key = tuple(sorted({"valign": "top", **look}.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(key))
        return self._formats[key]

    def page(self, name: str, title: str) -> Worksheet:
        """A sheet of a name (made to fit, and unlike any other) under a title, with the way back to the
        index. It prints on A4 across, as wide as the paper.
        """
        name = fitting(name, self.named)
        self.named[name.lower()] = name
        page = self.book.add_worksheet(name)
        page.write_string(0, 0, title, self.format(bold=True, font_size=14, valign="vcenter"))
        if name != INDEX:
            page.write_url(
                1, 0, f"internal:'{INDEX}'!A1", self.format(font_color=IMPROVEMENT, underline=1), INDEX
            )
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{_plain(self.marking)}&C{_plain(self.title)}&R&A, page &P of &N")
        page.hide_gridlines(2)
        return page

    def link(self, page: Worksheet, down: int, name: str) -> None:
        """A link to the sheet of a name, in the first cell of a row."""
        page.write_url(
            down, 0, f"internal:'{name}'!A1", self.format(font_color=IMPROVEMENT, underline=1), name
        )

    def table(
        self,
        page: Worksheet,
        top: int,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Mapping[str, Any]],
    ) -> int:
        """A table of a name that Excel can sort and filter, its headings on each printed page; answers the
        row below it. A cell without a value is empty.
        """
        for across, column in enumerate(columns):
            page.set_column(across, across, column.width)
        headings = [
            {"header": c.heading, "header_format": self._heading(c, k)} for k, c in enumerate(columns)
        ]
        end = top + max(1, len(rows))
        page.add_table(
            top, 0, end, len(columns) - 1, {"name": self._unlike(name), "style": STYLE, "columns": headings}
        )
        # the sign of the filter takes the room of three letters
        page.set_row(top, LINE * max(lines(column.heading, column.width - 3) for column in columns))
        for down, row in enumerate(rows, top + 1):
            for across, column in enumerate(columns):
                self._cell(page, down, across, row, column)
            wrapped = (lines(str(row.get(c.key) or ""), PROSE * c.width) for c in columns if c.wrap)
            page.set_row(down, LINE * max(wrapped, default=1))
        page.repeat_rows(top)
        page.freeze_panes(top + 1, 1)
        return end + 1

    def _unlike(self, name: str) -> str:
        """The name of a table, numbered where another has it: the same chart may be asked for twice."""
        found, n = name, 2
        while found.lower() in self.tables:
            found, n = f"{name}_{n}", n + 1
        self.tables.add(found.lower())
        return found

    def _heading(self, column: Column, across: int) -> Format:
        """Over figures at the right, over words where they begin."""
        place = {"align": "right"} if column.shown else {"align": "left", "indent": min(across, 1)}
        return self.format(bold=True, text_wrap=True, valign="vcenter", **place)

    def _cell(self, page: Worksheet, down: int, across: int, row: Mapping[str, Any], column: Column) -> None:
        value = row.get(column.key)
        look: dict[str, Any] = {"text_wrap": True} if column.wrap else {}
        if isinstance(value, str) and across:
            look |= {"align": "left", "indent": 1}  # so that it keeps its distance from a number
        if isinstance(value, date):
            page.write_datetime(down, across, value, self.format(num_format="d mmm yyyy", align="left"))
        elif column.shown is not None and isinstance(value, int | float):
            page.write_number(down, across, value, self.format(num_format=column.shown(row), **look))
        else:
            write(page, down, across, value, self.format(**look))

    def said(self, page: Worksheet, down: int, across: int, text: str, width: float, **look: Any) -> None:
        """A text over so many columns, which are `width` characters wide together, as high as it needs."""
        page.merge_range(down, 0, down, across - 1, "", self.format(text_wrap=True, **look))
        page.write_string(down, 0, text, self.format(text_wrap=True, **look))
        page.set_row(down, LINE * lines(text, width))


def lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters: not every program fits the height of a row."""
    taken, room = 1, 0.0
    for word in text.split():
        long = WIDER * len(word)
        if room and room + 1 + long > width:
            taken, room = taken + 1, long
        else:
            room += long + bool(room)
    return taken


def fitting(name: str, taken: Collection[str]) -> str:
    """A name that a sheet may have, unlike the `taken` (in small letters)."""
    bare = FORBIDDEN.sub(" ", name).strip("' ")[:LONGEST_NAME].strip() or "Sheet"
    found, n = bare, 2
    while found.lower() in taken or found.lower() == "history":
        ending = f" ({n})"
        found, n = bare[: LONGEST_NAME - len(ending)].strip() + ending, n + 1
    return found


def number_format(unit: Unit, decimals: int) -> str:
    """How Excel shows a figure: with its decimals, and with the sign where it is a share."""
    places = f".{'0' * decimals}" if decimals else ""
    return f"#,##0{places}" + ('"%"' if unit is Unit.PERCENT else "")


def _plain(text: str) -> str:
    """A text in a footer, where & begins a code."""
    return text.replace("&", "&&")
