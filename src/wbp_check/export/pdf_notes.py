"""A PDF report back with notes: highlights on what may be evidence, questions in the margin.

pdfium appends them to the file (an incremental update, PDF 32000-1 §7.5.6): the bytes of the report
stay as they are, and a password stays in force. pypdf could do it as well; pdfium is here already
and gives the places of the letters.
"""

import ctypes
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from wbp_check.errors import DamagedReport, UnreadableReport
from wbp_check.export.remarks import Remark, Subject, check_to_remarks
from wbp_check.read.pdf import open_pdf
from wbp_check.read.pdf_places import Box, passage_boxes
from wbp_check.standard import Standard
from wbp_check.types import Check, Finding, Passage

AUTHOR = "wbp-check"
COLOURS = {
    Finding.FOUND: (168, 224, 176),
    Finding.POSSIBLY: (255, 224, 130),
    Finding.NOT_FOUND: (144, 190, 240),
}
"""Red, green and blue of highlights, and of notes; each note says in words what it means."""
ICON = 18.0
"""Points: the side of a note's icon."""
QUOTED = 80
"""Characters of a passage that a note names because it could not be placed on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """A highlight where it has boxes; else an icon at a height, or at the page's top."""

    page: int
    text: str
    colour: tuple[int, int, int]
    boxes: tuple[Box, ...] = ()
    height: float | None = None


def pdf_with_notes(
    data: bytes, check: Check, standard: Standard, *, password: str | None = None
) -> bytes:
    """The PDF file of a checked report with its remarks as highlights and notes.

    A passage that is not found on its page has a note at the page's top that quotes its beginning.
    Raises UnreadableReport for a file that is not the one checked, EncryptedReport without the
    password of a locked file, DamagedReport for one to which nothing can be added.
    """
    name = check.report.name
    if sha256(data).hexdigest() != check.report.sha256:
        raise UnreadableReport(f"{name} is not the file that was checked.")
    document = open_pdf(data, name, password)
    try:
        boxes = passage_boxes(document, [(p.page or 1, p.text) for p in check.passages])
        places = {
            passage.id: (passage, own) for passage, own in zip(check.passages, boxes, strict=True)
        }
        by_page: dict[int, list[_Note]] = {}
        for remark in check_to_remarks(check, standard):
            for note in _notes(remark, *places[remark.passage]):
                by_page.setdefault(note.page, []).append(note)
        for number, notes in by_page.items():
            _write_page(document[number], notes)
        return _saved(document, name)
    except pdfium.PdfiumError as error:
        raise DamagedReport(_cannot(name)) from error
    finally:
        document.close()


def _notes(remark: Remark, passage: Passage, boxes: Sequence[Box]) -> Iterator[_Note]:
    """Evidence is highlighted, on two pages if it runs over; the rest is asked at its end."""
    text, colour = "\n".join(remark.lines), COLOURS[remark.finding]
    if not boxes:
        start = textwrap.shorten(passage.text, QUOTED, placeholder=" …")
        lost = f"On “{start}”:\n{text}"
        yield _Note(page=(passage.page or 1) - 1, text=lost, colour=colour)
    elif remark.subject is Subject.EVIDENCE:
        for page in dict.fromkeys(box.page for box in boxes):
            own = tuple(box for box in boxes if box.page == page)
            yield _Note(page=page, text=text, colour=colour, boxes=own)
    else:
        yield _Note(page=boxes[-1].page, text=text, colour=colour, height=boxes[-1].top)


def _write_page(page: pdfium.PdfPage, notes: Iterable[_Note]) -> None:
    frame = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, frame)
    taken: list[float] = []
    for note in notes:
        if note.boxes:
            _highlight(page, note)
            continue
        top = frame.top - ICON if note.height is None else note.height
        while any(abs(top - other) < ICON for other in taken) and top > frame.bottom + 2 * ICON:
            top -= 1
        taken.append(top)
        right = frame.right - ICON / 2
        icon = raw.FS_RECTF(right - ICON, top, right, top - ICON)
        _annotate(page, raw.FPDF_ANNOT_TEXT, icon, note)
    page.close()


def _highlight(page: pdfium.PdfPage, note: _Note) -> None:
    """One annotation for all lines of a passage; its four corners a line as viewers expect them."""
    left, right = min(b.left for b in note.boxes), max(b.right for b in note.boxes)
    bottom, top = min(b.bottom for b in note.boxes), max(b.top for b in note.boxes)
    corners = [
        raw.FS_QUADPOINTSF(b.left, b.top, b.right, b.top, b.left, b.bottom, b.right, b.bottom)
        for b in note.boxes
    ]
    around = raw.FS_RECTF(left, top, right, bottom)
    _annotate(page, raw.FPDF_ANNOT_HIGHLIGHT, around, note, corners)


def _annotate(
    page: pdfium.PdfPage, kind: int, around: Any, note: _Note, corners: Sequence[Any] = ()
) -> None:
    annotation = raw.FPDFPage_CreateAnnot(page, kind)
    if not annotation:
        raise pdfium.PdfiumError("no annotation was made")
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *note.colour, 255)
    for quad in corners:
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, quad)
    raw.FPDFAnnot_SetRect(annotation, around)
    raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    for key, text in ((b"T", AUTHOR), (b"Contents", note.text)):
        wide = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        pointer = ctypes.cast(wide, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFAnnot_SetStringValue(annotation, key, pointer)
    raw.FPDFPage_CloseAnnot(annotation)


def _saved(document: pdfium.PdfDocument, name: str) -> bytes:
    out = BytesIO()
    document.save(out, flags=raw.FPDF_INCREMENTAL)
    return out.getvalue()


def _cannot(name: str) -> str:
    return (
        f"Nothing can be added to {name}. Save the report from Word as PDF again, or use the Word "
        "file."
    )
