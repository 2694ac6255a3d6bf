"""Scanned pages of a PDF: which they are, their pictures, and their words by OCR.

A page is scanned if it holds no text and a picture over half of it. A few such pages stand in many
reports (an annex signed by hand), and some reports are nothing else.
"""

import math
from collections.abc import Callable, Sequence

import pypdfium2 as pdfium

from wbp_check.read.ocr import Picture, pages_at_once, pictures_to_words
from wbp_check.read.ocr_ink import SeenPage, pages_to_ink, words_to_page
from wbp_check.read.pdf_ink import PageInk

SCAN_SHARE = 0.5
"""Of a page's area: a picture from which a page without text looks like a scan."""
MOST_SCANS = 100
"""Scanned pages read of one file. Reports have twelve pages, and as many of annexes."""
DOTS = 300
"""Pixels an inch: what Tesseract reads best."""
MOST_PIXELS = 12_000_000
"""Of one page's picture; A4 at 300 dots an inch has 8.7 million."""
Progress = Callable[[int, int], None]


def looks_scanned(page: PageInk) -> bool:
    """Whether a page has no text, and a picture over half of it."""
    if page.glyphs or page.aside:
        return False
    area = page.width * page.height
    return any((p.x1 - p.x0) * (p.bottom - p.top) >= SCAN_SHARE * area for p in page.pictures)


def scans_to_ink(
    document: pdfium.PdfDocument,
    pages: Sequence[PageInk],
    program: str,
    progress: Progress | None,
) -> tuple[list[PageInk], list[int]]:
    """The pages with the scanned ones read, and the numbers of those that were read.

    `progress` is told which of how many scanned pages is being read, from 1.
    """
    scans = [page.number for page in pages if looks_scanned(page)][:MOST_SCANS]
    seen: list[SeenPage] = []
    step = pages_at_once()
    for first in range(0, len(scans), step):
        numbers = scans[first : first + step]
        if progress is not None:
            progress(first + 1, len(scans))
        pictures = [page_to_picture(document, number - 1) for number in numbers]
        found = pictures_to_words(pictures, program)
        seen += [
            words_to_page(words, picture, number)
            for words, picture, number in zip(found, pictures, numbers, strict=True)
            if words
        ]
    read = {page.number: page for page in pages_to_ink(seen)}
    return [read.get(page.number, page) for page in pages], sorted(read)


def page_to_picture(document: pdfium.PdfDocument, index: int) -> Picture:
    """A page as a grey picture, at 300 dots an inch or as many as the limit allows."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = min(DOTS / 72, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            rows = bytes(bitmap.buffer)
            pixels = b"".join(
                rows[at : at + bitmap.width]
                for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)
            )
            return Picture(width=bitmap.width, height=bitmap.height, pixels=pixels, scale=scale)
        finally:
            bitmap.close()
    finally:
        page.close()
