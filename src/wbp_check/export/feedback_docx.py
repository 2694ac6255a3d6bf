"""The feedback sheet as a Word file."""

from wbp_check.export.docx_pages import new_pages, pages_to_bytes
from wbp_check.export.feedback import Feedback


def feedback_to_docx(feedback: Feedback) -> bytes:
    """The sheet as a DOCX file of two A4 pages at most."""
    document = new_pages(points=9.5, margin=1.8)
    document.core_properties.author = "wbp-check"
    document.core_properties.title = feedback.title
    document.add_paragraph(feedback.title, style="Title")
    document.add_paragraph(feedback.report)
    for section in feedback.sections:
        document.add_paragraph(section.title, style="Heading 1")
        if section.says:
            document.add_paragraph(section.says)
        for point in section.points:
            paragraph = document.add_paragraph(style="List Bullet")
            if point.lead:
                paragraph.add_run(f"{point.lead}: ").bold = True
            paragraph.add_run(point.text)
    document.add_paragraph()
    document.add_paragraph().add_run(feedback.foot).italic = True
    return pages_to_bytes(document)
