"""Cells and pages of a worksheet that several workbooks build on.

Text of a report is written as text: a cell that begins with = is no formula, and its quotation
prefix keeps it so when it is edited (OWASP, CSV injection).
"""

import math
from collections.abc import Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from wbp_check.export.clean import printable

Cell = str | int | float | None

_LONGEST_CELL = 32_767  # characters: Excel refuses more
_CHARACTER = 1.15  # columns: of bold type, and for lines that break early
_LINE = 15.0  # points
_TALLEST = 409.0  # points: Excel refuses more


def write_row(
    sheet: Worksheet, row: int, values: Sequence[Cell], number: str | None = None
) -> None:
    """Values as the cells of a row; nothing is no cell. `number` is where numbers stand across."""
    for column, value in enumerate(values, 1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = printable(value)[:_LONGEST_CELL]
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        else:
            cell.value = value
            cell.alignment = Alignment(horizontal=number, vertical="top")


def row_height(values: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that the wrapped cells of a row need: not every program finds that out by itself."""
    lines = (
        math.ceil(len(value) * _CHARACTER / width)
        for value, width in zip(values, widths, strict=True)
        if isinstance(value, str)
    )
    return min(_TALLEST, _LINE * max((1, *lines)))


def print_landscape(sheet: Worksheet, header: int) -> None:
    """A4 across, with the header's row repeated, as many pages long as it takes."""
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
