"""A PDF report with notes is the same file with something after it."""

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from spacy.language import Language

from wbp_check import Standard, Tagger, UnreadableReport, check_report, read_report
from wbp_check.export.pdf_notes import pdf_with_notes
from wbp_check.export.remarks import Subject, check_to_remarks
from wbp_check.read.pdf_places import passage_boxes

LINES = (
    "I decided to ring each customer back by noon, because calls had been",
    "lost. It rained. We asked eighty customers by survey what had gone",
    "wrong, and most said the wait. I decided to ring each customer back.",
)


def pdf(lines: tuple[str, ...], password: str | None = None, turn: int = 0) -> bytes:
    buffer = io.BytesIO()
    lock = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(buffer, encrypt=lock)
    canvas.setPageRotation(turn)
    if turn:  # as a program turns a wide page: the text runs up, the page is shown turned
        canvas.translate(595, 0)
        canvas.rotate(turn)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 15 * number, line)
    canvas.save()
    return buffer.getvalue()


def notes(data: bytes, password: str = "") -> list[dict]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        assert reader.decrypt(password)
    return [
        {"page": number, **note.get_object()}
        for number, page in enumerate(reader.pages)
        for note in page.get("/Annots", [])
    ]


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def under(data: bytes, note: dict) -> str:
    """The letters under a highlight, line by line."""
    corners = [float(number) for number in note["/QuadPoints"]]
    page = pdfium.PdfDocument(data)[note["page"]].get_textpage()
    return letters(
        "".join(
            page.get_text_bounded(
                corners[i], corners[i + 5] + 2, corners[i + 2], corners[i + 1] - 2
            )
            for i in range(0, len(corners), 8)
        )
    )


def test_a_report_with_notes_begins_with_the_report(
    example: Path, standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    path = example.with_suffix(".pdf")
    data = path.read_bytes()
    check = check_report(read_report(data, path.name), standard, nlp, tagger)
    out = pdf_with_notes(data, check, standard)
    assert out.startswith(data)
    assert read_report(out, path.name).blocks == read_report(data, path.name).blocks
    found = notes(out)
    remarks = check_to_remarks(check, standard)
    texts = {passage.id: letters(passage.text) for passage in check.passages}
    assert {note["/Contents"] for note in found} == {"\n".join(r.lines) for r in remarks}
    marked = "|".join(under(out, note) for note in found if note["/Subtype"] == "/Highlight")
    shown = [remark for remark in remarks if remark.subject is Subject.EVIDENCE]
    placed = [remark for remark in shown if texts[remark.passage] in marked]
    assert len(placed) >= len(shown) - 2  # a sentence may run over to the next page


def test_a_locked_report_stays_locked(standard: Standard, nlp: Language, tagger: Tagger) -> None:
    data = pdf(LINES, password="sesame")
    check = check_report(read_report(data, "l.pdf", password="sesame"), standard, nlp, tagger)
    out = pdf_with_notes(data, check, standard, password="sesame")
    assert pypdf.PdfReader(io.BytesIO(out)).is_encrypted
    assert any("wbp-check" in note["/Contents"] for note in notes(out, "sesame"))


@pytest.mark.parametrize("turn", [0, 90])
def test_a_sentence_has_a_rectangle_a_line(turn: int) -> None:
    document = pdfium.PdfDocument(pdf(LINES, turn=turn))
    sentences = (
        "I decided to ring each customer back by noon, because calls had been lost.",
        "We asked eighty customers by survey what had gone wrong, and most said the wait.",
        "I decided to ring each customer back.",
        "Nothing of the kind stands here.",
    )
    first, second, third, none = passage_boxes(document, [(1, text) for text in sentences])
    assert [len(boxes) for boxes in (first, second, third, none)] == [2, 2, 1, 0]
    if not turn:
        assert first[0].left == pytest.approx(72, abs=2)
        assert first[0].bottom < 720 < first[0].top
        assert third[0].top < first[0].bottom  # the same words again, where they stand again


def test_a_passage_that_is_not_found_is_quoted(
    standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    data = pdf(LINES)
    check = check_report(read_report(data, "l.pdf"), standard, nlp, tagger)
    other = tuple(replace(passage, text="Zebra crossings only") for passage in check.passages)
    out = pdf_with_notes(data, replace(check, passages=other), standard)
    assert all(note["/Subtype"] == "/Text" for note in notes(out))
    assert any("On “Zebra" in note["/Contents"] for note in notes(out))
    with pytest.raises(UnreadableReport, match="not the file that was checked"):
        pdf_with_notes(pdf(LINES[:1]), check, standard)
