"""The mapping as a Word table on landscape pages."""

from wbp_check.export.clean import printable
from wbp_check.export.docx_pages import add_table, new_pages, pages_to_bytes
from wbp_check.export.mapping import check_to_mapping, made_with_line
from wbp_check.standard import Standard
from wbp_check.types import Check

_HEAD = ("Criterion", "Part", "Status", "Section", "Page", "Par.", "Quotation")
_WIDTHS = (3.8, 4.4, 2.7, 4.2, 1.2, 1.2, 9.2)  # cm; 26.7 between margins of 1.5


def mapping_to_docx(check: Check, standard: Standard) -> bytes:
    """The mapping of a checked report as a DOCX file: a row a part, its head on every page."""
    document = new_pages(points=8.5, margin=1.5, landscape=True)
    document.core_properties.author = "wbp-check"
    document.core_properties.title = "Mapping"
    document.add_paragraph("Mapping of the report to the criteria", style="Title")
    document.add_paragraph(printable(check.report.name))
    rows = [
        (
            f"{row.criterion} {row.title}",
            row.part,
            row.status,
            row.section,
            "" if row.page is None else str(row.page),
            "" if row.paragraph is None else str(row.paragraph),
            row.quotation,
        )
        for row in check_to_mapping(check, standard)
    ]
    add_table(document, _HEAD, rows, _WIDTHS)
    document.add_paragraph()
    document.add_paragraph(made_with_line(check))
    return pages_to_bytes(document)
