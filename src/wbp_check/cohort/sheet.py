"""One sheet of a workbook: cells that stay what they are, widths, heights, print and colours."""

import math
from collections.abc import Mapping, Sequence

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from wbp_check.export.clean import printable

FIRST_ROW = 3
"""Of the table: below the note and the header."""
_HEAD = PatternFill("solid", fgColor="D9D9D9")
_LONGEST_CELL = 32_767  # characters: Excel refuses more
_WIDEST_PAGE = 300  # characters on an A4 sheet that can still be read; wider sheets take several
_CHARACTER = 1.15  # columns: of bold type, and for lines that break early
_LINE = 15  # points
_TALLEST = 409  # points: Excel refuses more

Cell = str | int | float


def fill_sheet(
    sheet: Worksheet,
    note: str,
    header: Sequence[str],
    table: Sequence[Sequence[Cell]],
    widths: Sequence[float],
) -> None:
    """A note, a header and rows, laid out to be filtered on the screen and printed on A4."""
    _write(sheet, 1, 1, note)
    for number, row in enumerate([header, *table], 2):
        for column, value in enumerate(row, 1):
            _write(sheet, number, column, value)
        sheet.row_dimensions[number].height = _height(row, widths)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet["A1"].alignment = Alignment(wrap_text=False)
    sheet["A1"].font = Font(italic=True)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.fill = _HEAD
    last = f"{get_column_letter(len(header))}{max(2, sheet.max_row)}"
    sheet.auto_filter.ref = f"A2:{last}"
    sheet.freeze_panes = "B3"
    sheet.print_title_rows = "2:2"
    sheet.print_title_cols = "A:A"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = sum(widths) <= _WIDEST_PAGE


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that the wrapped cells of a row need: not every program finds that out by itself."""
    lines = (
        math.ceil(len(value) * _CHARACTER / width)
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str)
    )
    return min(_TALLEST, _LINE * max(1, *lines))


def _write(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    """A value as a cell. Text stays text, whatever it begins with (OWASP, CSV injection)."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = printable(value)[:_LONGEST_CELL]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = value
        cell.alignment = Alignment(vertical="top")


def colour_by_symbol(
    sheet: Worksheet, first: int, last: int, rows: int, colours: Mapping[str, tuple[str, str]]
) -> None:
    """Colour the cells of some columns by the symbol that they begin with: fill and ink."""
    if not rows:
        return
    start = f"{get_column_letter(first)}{FIRST_ROW}"
    cells = f"{start}:{get_column_letter(last)}{FIRST_ROW + rows - 1}"
    for symbol, (fill, ink) in colours.items():
        sheet.conditional_formatting.add(
            cells,
            FormulaRule(
                formula=[f'LEFT({start},1)="{symbol}"'],
                fill=PatternFill(bgColor=fill),
                font=Font(color=ink),
            ),
        )
