"""PDF to blocks, the same blocks that the DOCX of the same text would give.

bytes → pages of ink (`pdf_page`, scanned ones by OCR: `pdf_scans`) → one flow (`pdf_layout`) →
blocks (`pdf_blocks`); only the first step knows the library, and all after it is pure.

The library is pypdfium2 alone; pdfplumber is not used. pdfplumber opens fewer files, gives no text
for some that hold it, glues words where a PDF draws no spaces, and a file of 919 bytes took it to
9 GB. Its tables need its own parse of the page, 86 ms a page on our reports; pdfium's characters
and lines take 32 ms, and all of this reader 62 ms, headings, tables and joins included. A report
of eight pages takes 7 MB above what the imports take, one of 400 pages 90 MB.
"""

import hashlib
import time

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from wbp_check.errors import (
    DamagedReport,
    EncryptedReport,
    NoTextLayer,
    ReportTooLarge,
    WbpError,
)
from wbp_check.read.ocr import HOW_TO_GET, find_tesseract
from wbp_check.read.pdf_blocks import flow_to_blocks
from wbp_check.read.pdf_ink import PageInk
from wbp_check.read.pdf_layout import pages_to_flow
from wbp_check.read.pdf_page import PageTooLarge, PageUnreadable, page_to_ink
from wbp_check.read.pdf_scans import Progress, looks_scanned, scans_to_ink
from wbp_check.types import Format, Report

MAX_BYTES = 60_000_000
MAX_PAGES = 400
MAX_GLYPHS = 1_500_000
"""Characters of a whole report: some 250,000 words."""
MAX_SECONDS = 25.0
"""Seconds of computing for all pages; a report takes less than one."""
UNMAPPED_SHARE = 0.05
"""Share of characters without a letter from which the reader is warned."""


def read_pdf(
    data: bytes, name: str, password: str | None = None, progress: Progress | None = None
) -> Report:
    """Reads a report; scanned pages by OCR where Tesseract is installed, told to `progress`.

    Raises nothing but an `UnreadableReport` naming the file and the remedy.
    """
    try:
        return _read(data, name, password, progress)
    except WbpError:
        raise
    except MemoryError as error:
        raise ReportTooLarge(_too_large(name, "it needs more memory than there is")) from error
    except Exception as error:
        # The file decides what breaks in the library or in us: to the reader it is damaged.
        raise DamagedReport(_damaged(name)) from error


def _read(data: bytes, name: str, password: str | None, progress: Progress | None) -> Report:
    if len(data) > MAX_BYTES:
        limit = f"it is larger than {MAX_BYTES // 1_000_000} MB"
        raise ReportTooLarge(_too_large(name, limit))
    document = open_pdf(data, name, password)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise ReportTooLarge(_too_large(name, f"it has {count} pages, over {MAX_PAGES}"))
        pages, unreadable, large = _read_pages(document, count, name)
        program = find_tesseract() if any(map(looks_scanned, pages)) else None
        recognised: list[int] = []
        if program is not None:
            pages, recognised = scans_to_ink(document, pages, program, progress)
    finally:
        document.close()
    if not pages and large:
        raise ReportTooLarge(_too_large(name, "its pages hold more than a report can"))
    if not pages:
        raise DamagedReport(_damaged(name))
    if not any(page.glyphs or page.aside for page in pages):
        raise NoTextLayer(_no_text(name, pages, program))
    blocks = flow_to_blocks(pages_to_flow(pages))
    if not any(block.text for block in blocks):
        raise NoTextLayer(_no_text(name, pages, program))
    return Report(
        name=name,
        format=Format.PDF,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=count,
        blocks=blocks,
        warnings=tuple(_warnings(pages, unreadable + large, recognised, program)),
    )


def open_pdf(data: bytes, name: str, password: str | None) -> pdfium.PdfDocument:
    """The open document. Raises EncryptedReport or DamagedReport."""
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedReport(
                f"The password does not open {name}. Type it as the person who locked it does."
                if password
                else f"{name} is locked with a password. Give the password (on the page, or with "
                "--password), or save a copy without it and use the copy."
            ) from error
        raise DamagedReport(_damaged(name)) from error


def _read_pages(
    document: pdfium.PdfDocument, count: int, name: str
) -> tuple[list[PageInk], list[int], list[int]]:
    """The pages, and the numbers of those that could not be read and of those over a limit."""
    pages: list[PageInk] = []
    unreadable: list[int] = []
    large: list[int] = []
    glyphs = 0
    end = time.process_time() + MAX_SECONDS
    for index in range(count):
        try:
            page = page_to_ink(document, index)
        except PageTooLarge:
            large.append(index + 1)
            continue
        except PageUnreadable:
            unreadable.append(index + 1)
            continue
        pages.append(page)
        glyphs += len(page.glyphs)
        if glyphs > MAX_GLYPHS:
            raise ReportTooLarge(_too_large(name, "it holds more text than a report can"))
        if time.process_time() > end:
            raise ReportTooLarge(_too_large(name, f"reading it takes over {MAX_SECONDS:.0f} s"))
    return pages, unreadable, large


def _warnings(
    pages: list[PageInk], missing: list[int], recognised: list[int], program: str | None
) -> list[str]:
    found: list[str] = []
    if missing:
        found.append(
            f"{_pages(missing)} could not be read, so the words there are not counted. "
            "Save the report from Word as PDF again, or use the Word file."
        )
    if recognised:
        was = "was a scan, read" if len(recognised) == 1 else "were scans, read"
        found.append(
            f"{_pages(recognised)} {was} by OCR (Tesseract), which gets some words wrong: "
            "the count is approximate. The Word file is surer."
        )
    scans = [page.number for page in pages if looks_scanned(page)]
    if scans:
        hold = "holds" if len(scans) == 1 else "hold"
        remedy = f" {HOW_TO_GET}." if program is None else ""
        found.append(
            f"{_pages(scans)} {hold} a picture and no text, as a scan does: words there are not "
            f"counted.{remedy}"
        )
    unmapped = sum(page.unmapped for page in pages)
    letters = sum(len(page.glyphs) for page in pages)
    if unmapped > UNMAPPED_SHARE * (unmapped + letters):
        found.append(
            "Some letters in this PDF cannot be told, so words may be missing. Save the report "
            "from Word as PDF again, or use the Word file."
        )
    return found


def _pages(numbers: list[int]) -> str:
    numbers = sorted(numbers)
    if len(numbers) == 1:
        return f"Page {numbers[0]}"
    return f"Pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _damaged(name: str) -> str:
    return (
        f"{name} is damaged or is not a whole PDF. Save the report from Word as PDF again, "
        "or use the Word file."
    )


def _too_large(name: str, why: str) -> str:
    return (
        f"{name} is too large to read: {why}. Save only the report as PDF, "
        "without scans and other documents, and use that."
    )


def _no_text(name: str, pages: list[PageInk], program: str | None) -> str:
    remedy = "Use the Word file, or save it from Word as PDF instead of scanning or printing it."
    if not any(page.pictures for page in pages):
        return f"{name} holds no text that can be read. {remedy}"
    if program is None and any(map(looks_scanned, pages)):
        remedy = f"{remedy} {HOW_TO_GET}."
    return f"{name} holds pictures but no text, as a scan does. {remedy}"
