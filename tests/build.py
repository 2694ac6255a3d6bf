"""Renders a labelled report to a real DOCX or PDF file, as an apprentice's program would."""

from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from wbp_check.types import Block, BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a report is laid out."""

    bold_headings: bool = False
    """Headings are bold lines of the body's size, without a style."""
    furniture: bool = False
    """A running header, and a footer with the page number."""
    contents: bool = False
    """A contents list typed by hand, before the first section."""


LOOKS = (
    Look(),
    Look(bold_headings=True),
    Look(furniture=True),
    Look(contents=True, furniture=True),
    Look(bold_headings=True, furniture=True, contents=True),
)
RUNNING_HEADER = "Customer Service Specialist – work-based project"


def contents_entries(blocks: tuple[Block, ...], leader: str = "\t") -> list[str]:
    """Lines of a contents list: a title and a page number each. Word draws a tab as dots."""
    headings = [b.text for b in blocks if b.kind is BlockKind.HEADING and (b.level or 1) == 1]
    return [f"{text}{leader}{number}" for number, text in enumerate(headings, 2)]


def cover_length(blocks: tuple[Block, ...]) -> int:
    """How many lines stand on the cover: those before the first heading or sentence."""
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING or block.text.endswith((".", "!", "?")):
            return index
    return 0


def to_docx(blocks: tuple[Block, ...], look: Look = Look()) -> bytes:
    """A DOCX file of the blocks."""
    document = docx.Document()
    if look.furniture:
        section = document.sections[0]
        section.header.paragraphs[0].text = RUNNING_HEADER
        footer = section.footer.paragraphs[0]
        footer.add_run("Page ")
        _add_field(footer, "PAGE")
    after_cover = cover_length(blocks) if look.contents else -1
    rows: list[Block] = []
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE_ROW and rows:
            _add_table(document, rows)
            rows = []
        if index == after_cover:
            _add_heading(document, "Contents", 1, look)
            for entry in contents_entries(blocks):
                document.add_paragraph(entry)
        if block.kind is BlockKind.HEADING:
            _add_heading(document, block.text, block.level or 1, look)
        elif block.kind is BlockKind.TABLE_ROW:
            rows.append(block)
        elif block.kind is BlockKind.LIST_ITEM:
            bullet = block.labels[0] in "•-*"
            document.add_paragraph(block.text, style="List Bullet" if bullet else "List Number")
        elif block.kind is BlockKind.CAPTION:
            document.add_paragraph(block.text, style="Caption")
        else:
            document.add_paragraph(block.text)
    if rows:
        _add_table(document, rows)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def to_pdf(blocks: tuple[Block, ...], look: Look = Look()) -> bytes:
    """A PDF file of the blocks, laid out as a word processor would."""
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=15, spaceAfter=8)
    styles = {
        level: ParagraphStyle(
            f"h{level}",
            parent=body,
            fontName="Helvetica-Bold",
            fontSize=11 if look.bold_headings else max(12, 20 - 3 * level),
            leading=16 if look.bold_headings else 24 - 2 * level,
            spaceBefore=10,
            keepWithNext=1,
        )
        for level in range(1, 7)
    }
    item = ParagraphStyle("item", parent=body, leftIndent=36, bulletIndent=18, spaceAfter=4)
    caption = ParagraphStyle("caption", parent=body, fontSize=9, fontName="Helvetica-Oblique")
    cell = ParagraphStyle("cell", parent=body, fontSize=10, leading=13, spaceAfter=0)
    story: list[Flowable] = []
    rows: list[Block] = []
    after_cover = cover_length(blocks) if look.contents else -1
    number = 0
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE_ROW and rows:
            story += _pdf_table(rows, cell)
            rows = []
        if block.kind is not BlockKind.LIST_ITEM:
            number = 0
        if index == after_cover:
            story.append(Paragraph("Contents", styles[1]))
            lines = contents_entries(blocks, f" {'.' * 20} ")
            story += [Paragraph(escape(line), body) for line in lines]
            story.append(PageBreak())
        if block.kind is BlockKind.HEADING:
            story.append(Paragraph(escape(block.text), styles[block.level or 1]))
        elif block.kind is BlockKind.TABLE_ROW:
            rows.append(block)
        elif block.kind is BlockKind.LIST_ITEM:
            bullet = block.labels[0] in "•-*"
            number += 1
            story.append(
                Paragraph(escape(block.text), item, bulletText="•" if bullet else f"{number}.")
            )
        elif block.kind is BlockKind.CAPTION:
            story.append(Paragraph(escape(block.text), caption))
        else:
            story.append(Paragraph(escape(block.text), body))
    if rows:
        story += _pdf_table(rows, cell)
    out = BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, topMargin=2.5 * cm, bottomMargin=2.5 * cm, title="report"
    )
    draw = _draw_furniture if look.furniture else (lambda canvas, document: None)
    template.build(story, onFirstPage=draw, onLaterPages=draw)
    return out.getvalue()


def _add_heading(document: Document, text: str, level: int, look: Look) -> None:
    if look.bold_headings:
        document.add_paragraph().add_run(text).bold = True
    else:
        document.add_heading(text, level)


def _add_table(document: Document, rows: list[Block]) -> None:
    cells = [row.text.split("\t") for row in rows]
    table = document.add_table(rows=0, cols=max(len(row) for row in cells), style="Table Grid")
    for texts in cells:
        made = table.add_row().cells
        for place, text in zip(made, texts, strict=False):
            place.text = text
            place.paragraphs[0].runs[0].font.size = Pt(10)


def _add_field(paragraph: docx.text.paragraph.Paragraph, instruction: str) -> None:
    for kind, text in (("begin", None), (None, instruction), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _pdf_table(rows: list[Block], style: ParagraphStyle) -> list[Flowable]:
    cells = [row.text.split("\t") for row in rows]
    width = max(len(row) for row in cells)
    data = [
        [Paragraph(escape(text), style) for text in row + [""] * (width - len(row))]
        for row in cells
    ]
    grid = TableStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    return [
        Table(data, colWidths=[16 * cm / width] * width, style=grid, spaceAfter=10, spaceBefore=6)
    ]


def _draw_furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 9)
    canvas.drawString(2.5 * cm, A4[1] - 1.4 * cm, RUNNING_HEADER)
    canvas.drawCentredString(A4[0] / 2, 1.2 * cm, f"Page {document.page}")
    canvas.restoreState()
