"""Where a passage stands on the pages of a PDF, so that notes can be put to it.

The library's letters are matched with the passage's own, both without spaces, punctuation and
hyphens: those are what the reader settles anew where a line ends.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

FEWEST_SIGNS = 8
"""Letters of a piece of a passage that is looked for by itself: fewer stand anywhere."""
FARTHEST = 400
"""Letters between two pieces of a passage on one page: a note's mark, a header, another cell."""
MOST_PIECES = 12
SIDEWAYS = 0.5
"""Sine of a letter's turn from which its line runs up or down: 30 degrees."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (from 0), in points of the page's own space: y grows upwards."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class _PageText:
    signs: str
    """Letters and digits, in the order of the file."""
    owners: tuple[int, ...]
    """The character on the page that each sign comes from."""
    boxes: tuple[Box | None, ...]
    """Of each character on the page; None for white space."""
    sideways: tuple[bool, ...]
    """Of each character: whether its line runs up or down the page's own space."""


def passage_boxes(
    document: pdfium.PdfDocument, passages: Iterable[tuple[int, str]]
) -> tuple[tuple[Box, ...], ...]:
    """For each passage, a page (from 1) and a text, its rectangles, one a line; () if not found.

    Passages are in reading order: of two that read alike each gets its own place.
    """
    pages: dict[int, _PageText] = {}
    read_to: dict[int, int] = {}
    found: list[tuple[Box, ...]] = []
    for number, text in passages:
        spans = _spans(document, _signs(text), number - 1, pages, read_to)
        for page, _, last in spans[-1:]:
            read_to[page] = last + 1
        found.append(
            tuple(box for page, first, last in spans for box in _lines(pages[page], first, last))
        )
    return tuple(found)


def _signs(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def _spans(
    document: pdfium.PdfDocument,
    signs: str,
    page: int,
    pages: dict[int, _PageText],
    read_to: dict[int, int],
) -> list[tuple[int, int, int]]:
    """Page, first and last sign of each piece in which the signs stand there, on two pages at most."""
    spans: list[tuple[int, int, int]] = []
    for at in (page, page + 1):
        if at >= len(document):
            break
        if at not in pages:
            pages[at] = _page_text(document, at)
        here = pages[at].signs
        start = read_to.get(at, 0)
        if not spans and here.find(signs, start) < 0:
            start = 0  # another order than that of the file
        while signs and len(spans) < MOST_PIECES:
            length = _longest(signs, here, start)
            place = here.find(signs[:length], start)
            far = bool(spans) and spans[-1][0] == at and place - start > FARTHEST
            if length < min(FEWEST_SIGNS, len(signs)) or far:
                break
            spans.append((at, place, place + length - 1))
            signs, start = signs[length:], place + length
        if not signs:
            break
    return spans


def _longest(signs: str, text: str, start: int) -> int:
    """How many of the first signs stand together in the text."""
    low, high = 0, len(signs)
    while low < high:
        middle = (low + high + 1) // 2
        if text.find(signs[:middle], start) >= 0:
            low = middle
        else:
            high = middle - 1
    return low


def _page_text(document: pdfium.PdfDocument, index: int) -> _PageText:
    signs: list[str] = []
    owners: list[int] = []
    boxes: list[Box | None] = []
    sideways: list[bool] = []
    page = document[index]
    text_page = page.get_textpage()
    try:
        for i in range(text_page.count_chars()):
            code = raw.FPDFText_GetUnicode(text_page, i)
            character = chr(code) if code <= 0x10FFFF else " "
            seen = not character.isspace() and character.isprintable()
            boxes.append(Box(index, *text_page.get_charbox(i, loose=True)) if seen else None)
            sideways.append(abs(math.sin(raw.FPDFText_GetCharAngle(text_page, i))) > SIDEWAYS)
            own = _signs(character) if seen else ""
            signs.append(own)
            owners += [i] * len(own)
    finally:
        text_page.close()
        page.close()
    return _PageText("".join(signs), tuple(owners), tuple(boxes), tuple(sideways))


def _lines(page: _PageText, first: int, last: int) -> Sequence[Box]:
    """The rectangles of a span of signs, with the punctuation that hangs on its ends."""
    start, end = page.owners[first], page.owners[last]
    taken = set(page.owners)
    while start > 0 and page.boxes[start - 1] and start - 1 not in taken:
        start -= 1
    while end + 1 < len(page.boxes) and page.boxes[end + 1] and end + 1 not in taken:
        end += 1
    lines: list[Box] = []
    for box, sideways in zip(page.boxes[start : end + 1], page.sideways[start:], strict=False):
        if box is None:
            continue
        line = lines[-1] if lines else None
        if line and _goes_on(line, box, sideways=sideways):
            lines[-1] = Box(
                line.page,
                min(line.left, box.left),
                min(line.bottom, box.bottom),
                max(line.right, box.right),
                max(line.top, box.top),
            )
        else:
            lines.append(box)
    return lines


def _goes_on(line: Box, box: Box, *, sideways: bool) -> bool:
    if sideways:
        return line.left <= (box.left + box.right) / 2 <= line.right
    return line.bottom <= (box.bottom + box.top) / 2 <= line.top and box.left >= line.left
