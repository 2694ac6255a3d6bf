"""The mapping as a workbook: the parts, the areas and the word count, a sheet each."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from wbp_check.export.cells import Cell, print_landscape, row_height, write_row
from wbp_check.export.mapping import check_to_area_rows, check_to_mapping, made_with_line
from wbp_check.standard import Standard
from wbp_check.types import Check

_PARTS = {
    "Criterion": 9,
    "Title": 20,
    "Grade": 11,
    "Part": 23,
    "What counts": 38,
    "Status": 15,
    "Section": 22,
    "Page": 6,
    "Paragraph": 10,
    "Quotation": 60,
    "Further passages": 9,
}
_AREAS = {"Area": 22, "What it tells": 50, "Status": 15, "Passages": 10, "Sections": 70}
_COUNT = {"What": 34, "Words": 10, "Note": 90}
"""Headings of columns, and their widths in characters."""
_HEAD = PatternFill("solid", fgColor="E8EDF3")


def mapping_to_xlsx(check: Check, standard: Standard) -> bytes:
    """The mapping of a checked report as an XLSX file; an empty cell where nothing was found."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.title = "wbp-check", "Mapping"
    _fill(book.create_sheet("Mapping"), _PARTS, _part_cells(check, standard))
    _fill(book.create_sheet("Areas"), _AREAS, _area_cells(check, standard))
    _fill(book.create_sheet("Word count"), _COUNT, _count_cells(check))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, columns: dict[str, int], rows: Sequence[Sequence[Cell]]) -> None:
    """A header and rows, laid out to be filtered on the screen and printed on A4."""
    for number, cells in enumerate([list(columns), *rows], 1):
        write_row(sheet, number, cells, number="center")
        sheet.row_dimensions[number].height = row_height(cells, list(columns.values()))
    for column, width in enumerate(columns.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for cell in sheet[1]:
        cell.font, cell.fill = Font(name="Calibri", bold=True), _HEAD
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{1 + len(rows)}"
    print_landscape(sheet, header=1)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _part_cells(check: Check, standard: Standard) -> list[tuple[Cell, ...]]:
    return [
        (
            row.criterion,
            row.title,
            row.grade,
            row.part,
            row.asks,
            row.status,
            row.section,
            row.page,
            row.paragraph,
            row.quotation,
            row.others or None,
        )
        for row in check_to_mapping(check, standard)
    ]


def _area_cells(check: Check, standard: Standard) -> list[tuple[Cell, ...]]:
    return [
        (row.area, row.tells, row.status, row.passages, "; ".join(row.sections))
        for row in check_to_area_rows(check, standard)
    ]


def _count_cells(check: Check) -> list[tuple[Cell, ...]]:
    words = check.words
    return [
        ("words that count", words.counted, f"{words.fit.value} the limits"),
        ("lower limit", words.lower, None),
        ("upper limit", words.upper, None),
        *(
            (name, count, "not counted" if name == "annexes" else "counted")
            for name, count in words.regions.items()
        ),
        *(
            (f"rule: {effect.rule}", effect.words, "applied" if effect.applied else "not applied")
            for effect in words.effects
        ),
        ("report", None, check.report.name),
        ("made with", None, made_with_line(check)),
    ]
