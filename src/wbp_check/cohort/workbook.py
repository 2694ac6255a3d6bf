"""A cohort as an Excel workbook: five sheets. Pure.

Every mark is a symbol and a colour, and the colours differ in lightness, so that a grey print says
the same. Text of reports is written as text: a cell that begins with = is no formula.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from wbp_check.cohort.alike import ALIKE_SHARE, LEAST_WORDS, find_alike
from wbp_check.cohort.gaps import common_gaps
from wbp_check.cohort.rows import Cohort, Row
from wbp_check.cohort.sheet import FIRST_ROW, colour_by_symbol, fill_sheet
from wbp_check.export.cells import Cell
from wbp_check.present import FINDING_SYMBOLS, SYMBOLS, part_name
from wbp_check.standard import Standard
from wbp_check.types import Fit, Status

STATUS_CELLS = {
    Status.MET: f"{SYMBOLS[Status.MET]} evidence found",
    Status.PARTLY_MET: f"{SYMBOLS[Status.PARTLY_MET]} some parts",
    Status.NOT_FOUND: f"{SYMBOLS[Status.NOT_FOUND]} not found",
}
FIT_CELLS = {Fit.UNDER: "▼ under", Fit.WITHIN: "● within", Fit.OVER: "▲ over"}
_NOTE = (
    "This screens and can be wrong both ways: read the report before you act on it. Only the assessor "
    "decides. "
)
_MARKS = "● evidence found, ◐ possibly, ○ not found."
_COLOURS = {"●": ("1F4E79", "FFFFFF"), "◐": ("9DC3E6", "000000"), "○": ("FFFFFF", "000000")}
_EDGE = {"▲": ("833C0B", "FFFFFF"), "▼": ("F8CBAD", "000000")}


def cohort_to_xlsx(cohort: Cohort, standard: Standard) -> bytes:
    """The workbook: Reports, Gaps, Heat map, Alike, Not read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_reports(book.create_sheet("Reports"), cohort.rows, standard)
    _write_gaps(book.create_sheet("Gaps"), cohort.rows, standard)
    _write_heat_map(book.create_sheet("Heat map"), cohort.rows, standard)
    _write_alike(book.create_sheet("Alike"), cohort.rows)
    _write_not_read(book.create_sheet("Not read"), cohort)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_reports(sheet: Worksheet, rows: Sequence[Row], standard: Standard) -> None:
    outlook = rows[0].report.outlook if rows else None
    of_pass, of_distinction = (
        (outlook.pass_of, outlook.distinction_of) if outlook else ("all", "all")
    )
    first_with = {row.sha256: row.name for row in reversed(rows)}
    header = [
        "Report",
        "Words counted",
        "Length",
        f"Pass criteria with evidence, of {of_pass}",
        f"Distinction criteria with evidence, of {of_distinction}",
        *(f"{criterion.code} {criterion.title}" for criterion in standard.criteria),
        "Warnings",
    ]
    table: list[list[Cell]] = []
    for row in rows:
        report = row.report
        first = first_with[row.sha256]
        same = [f"The same file as {first}."] if first != row.name else []
        table.append(
            [
                row.name,
                report.counted,
                FIT_CELLS[report.fit],
                report.outlook.pass_met,
                report.outlook.distinction_met,
                *(STATUS_CELLS[status] for status in report.statuses),
                " ".join((*same, *report.warnings)),
            ]
        )
    widths = [34, 10, 11, 11, 11, *[20] * len(standard.criteria), 80]
    fill_sheet(sheet, f"{_NOTE}{_made_with(rows)}", header, table, widths)
    last = 5 + len(standard.criteria)
    colour_by_symbol(sheet, 6, last, len(table), _COLOURS)
    colour_by_symbol(sheet, 3, 3, len(table), _COLOURS | _EDGE)


def _write_gaps(sheet: Worksheet, rows: Sequence[Row], standard: Standard) -> None:
    header = [
        "Part",
        "Code",
        "Criterion",
        "Grade",
        "Reports that lack it",
        "Share of reports",
        "Of these not found",
        "Of these possibly",
        "What counts as evidence",
    ]
    table: list[list[Cell]] = [
        [
            part_name(gap.part.code),
            gap.part.code,
            gap.criterion.title,
            gap.criterion.grade.value,
            gap.lacking,
            gap.share,
            gap.not_found,
            gap.possibly,
            gap.part.counts,
        ]
        for gap in common_gaps(tuple(rows), standard)
    ]
    note = (
        f"Parts that some of the {len(rows)} reports do not clearly show, the commonest first. "
        f"{_NOTE}"
    )
    fill_sheet(sheet, note, header, table, [24, 24, 40, 12, 12, 10, 10, 10, 70])
    for (cell,) in sheet.iter_rows(min_row=FIRST_ROW, min_col=6, max_col=6):
        cell.number_format = "0%"


def _write_heat_map(sheet: Worksheet, rows: Sequence[Row], standard: Standard) -> None:
    parts = standard.parts
    header = ["Report", *(part.code for part in parts)]
    table: list[list[Cell]] = [
        [row.name, *(FINDING_SYMBOLS[finding] for finding in row.report.findings)] for row in rows
    ]
    fill_sheet(sheet, f"{_MARKS} A column a part. {_NOTE}", header, table, [34, *[3] * len(parts)])
    for (cell,) in sheet.iter_cols(min_row=2, max_row=2, min_col=2):
        cell.alignment = Alignment(text_rotation=90, vertical="bottom")
    sheet.row_dimensions[2].height = 200
    for cells in sheet.iter_rows(min_row=FIRST_ROW, min_col=2):
        for cell in cells:
            cell.alignment = Alignment(horizontal="center")
    sheet.auto_filter.ref = None
    colour_by_symbol(sheet, 2, 1 + len(parts), len(table), _COLOURS)


def _write_alike(sheet: Worksheet, rows: Sequence[Row]) -> None:
    different = {row.sha256: row for row in reversed(rows)}
    alike = find_alike(
        [(row.name, row.report.lines) for row in rows if different[row.sha256] is row]
    )
    header = [
        "Report",
        "Place",
        "Passage",
        "Other report",
        "Place there",
        "Passage there",
        "Similarity",
        "Reports that share it",
    ]
    table: list[list[Cell]] = [
        [
            pair.first_report,
            pair.first.place,
            pair.first.text,
            pair.second_report,
            pair.second.place,
            pair.second.text,
            pair.similarity,
            pair.shared_by,
        ]
        for pair in alike
    ]
    note = (
        "Nearly identical passages: each is a place to look, and says nothing about how it came "
        "about. Templates, employers' documents and learnt definitions are shared honestly. Compared: "
        f"passages of {LEAST_WORDS} words or more, not in the kit's wording; similarity is the share "
        f"of the shorter one's words in common runs of five ({ALIKE_SHARE:.0%} or more)."
    )
    fill_sheet(sheet, note, header, table, [30, 30, 60, 30, 30, 60, 11, 11])
    for (cell,) in sheet.iter_rows(min_row=FIRST_ROW, min_col=7, max_col=7):
        cell.number_format = "0%"


def _write_not_read(sheet: Worksheet, cohort: Cohort) -> None:
    table: list[list[Cell]] = [[file.name, file.message] for file in cohort.not_read]
    note = f"Files that could not be read: {len(table)}. They are in no other sheet."
    fill_sheet(sheet, note, ["File", "What is wrong and what to do"], table, [40, 110])


def _made_with(rows: Iterable[Row]) -> str:
    made = next((row.report.made_with for row in rows), None)
    return f"wbp-check {made.version}, model {made.model}, {made.standard}." if made else ""
