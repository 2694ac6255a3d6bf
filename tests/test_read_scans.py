"""Scanned pages, read by Tesseract as their words were typed; without it, the way to get it."""

import io
import shutil
from functools import cache

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from build import LOOKS, to_pdf
from conftest import ROOT
from wbp_check import NoTextLayer, Report, read_report
from wbp_check.read.apart import read_report_apart
from wbp_check.read.ocr import Picture, SeenWord
from wbp_check.read.ocr_ink import words_to_page
from wbp_check.types import BlockKind

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="Tesseract is not installed"
)


@cache
def typed() -> bytes:
    """The bundled example as a PDF with text."""
    example = ROOT / "examples" / "report.docx"
    report = read_report(example.read_bytes(), example.name)
    return to_pdf(tuple(b for b in report.blocks if b.text), LOOKS[1])


def only(page: int) -> Report:
    """One page of it, read as text."""
    buffer = io.BytesIO()
    with pdfium.PdfDocument.new() as document, pdfium.PdfDocument(typed()) as whole:
        document.import_pages(whole, [page])
        document.save(buffer)
    return read_report(buffer.getvalue(), "typed.pdf")


def scan(*pages: int, turn: int = 0, first: str = "") -> bytes:
    """Pages as a scanner leaves them: 200 dots an inch, a little askew, grey and specked."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    if first:
        canvas.drawString(72, 720, first)
        canvas.showPage()
    chance = np.random.default_rng(1)
    with pdfium.PdfDocument(typed()) as document:
        pictures = [document[p].render(scale=200 / 72, grayscale=True).to_pil() for p in pages]
    for picture in pictures:
        grey = np.asarray(picture.rotate(0.4, fillcolor=255), dtype=np.int16) * 15 // 17 + 20
        grey = np.clip(grey + chance.normal(0, 9, grey.shape), 0, 255).astype(np.uint8)
        specked = Image.fromarray(grey).rotate(turn, expand=True)
        size = A4 if turn % 180 == 0 else A4[::-1]
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(specked), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def words_of(report: Report) -> list[str]:
    return " ".join(" ".join((*b.labels, b.text)) for b in report.blocks).split()


def error_rate(wanted: list[str], got: list[str]) -> float:
    """Words left out, put in or changed, of those wanted (Levenshtein's distance over words)."""
    row = list(range(len(got) + 1))
    for i, word in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1] / len(wanted)


@needs_tesseract
def test_a_scan_is_read_nearly_word_for_word() -> None:
    steps: list[tuple[int, int]] = []
    report = read_report_apart(
        scan(1, turn=90), "scan.pdf", progress=lambda *step: steps.append(step)
    )
    wanted = only(1)
    assert error_rate(words_of(wanted), words_of(report)) < 0.05
    kinds = [(BlockKind.HEADING, b.text) for b in wanted.blocks if b.kind is BlockKind.HEADING]
    assert kinds == [(b.kind, b.text) for b in report.blocks if b.kind is BlockKind.HEADING]
    assert steps == [(1, 1)]
    assert report.warnings == (
        "Page 1 was a scan, read by OCR (Tesseract), which gets some words wrong: "
        "the count is approximate. The Word file is surer.",
    )


@needs_tesseract
def test_only_the_scanned_pages_of_a_file_are_read_by_ocr() -> None:
    line = "I rang Mrs Osei and asked what had gone wrong."
    report = read_report(scan(0, first=line), "mixed.pdf")
    assert report.blocks[0].text == line
    assert error_rate(words_of(only(0)), words_of(report)[len(line.split()) :]) < 0.05
    assert report.warnings[0].startswith("Page 2 was a scan")


def test_without_tesseract_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoTextLayer, match=r"as a scan does.*apt-get install tesseract-ocr"):
        read_report(scan(0), "scan.pdf")
    report = read_report(scan(0, first="I rang Mrs Osei."), "mixed.pdf")
    assert [block.text for block in report.blocks if block.text] == ["I rang Mrs Osei."]
    assert report.warnings[0].startswith("Page 2 holds a picture and no text")
    assert "tesseract-ocr" in report.warnings[0]


def test_words_seen_on_a_page_laid_sideways_stand_upright() -> None:
    picture = Picture(width=200, height=400, pixels=b"\xff" * 80_000, scale=2.0)
    down = [
        SeenWord(text="Ten", line=0, x0=150, top=40, x1=170, bottom=90),
        SeenWord(text="words", line=0, x0=150, top=100, x1=170, bottom=180),
    ]
    page = words_to_page(down, picture, 1)
    assert (page.width, page.height) == (200, 100)
    assert page.lines[0].words == (("Ten", 20, 45), ("words", 50, 90))
    assert page.lines[0].base == 25
