"""One sheet of a cohort's workbook: its note, header and rows, print and colours."""

from collections.abc import Mapping, Sequence

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from wbp_check.export.cells import Cell, print_landscape, row_height, write_row

FIRST_ROW = 3
"""Of the table: below the note and the header."""
_HEAD = PatternFill("solid", fgColor="D9D9D9")
_WIDEST_PAGE = 300  # characters on an A4 sheet that can still be read; wider sheets take several


def fill_sheet(
    sheet: Worksheet,
    note: str,
    header: Sequence[str],
    table: Sequence[Sequence[Cell]],
    widths: Sequence[float],
) -> None:
    """A note, a header and rows, laid out to be filtered on the screen and printed on A4."""
    write_row(sheet, 1, [note])
    for number, row in enumerate([header, *table], 2):
        write_row(sheet, number, row)
        sheet.row_dimensions[number].height = row_height(row, widths)
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
    print_landscape(sheet, header=2)
    sheet.print_title_cols = "A:A"
    sheet.sheet_properties.pageSetUpPr.fitToPage = sum(widths) <= _WIDEST_PAGE


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
