"""One PDF page to its ink: glyphs, ruling lines and pictures, in reading position.

The only importer of pypdfium2. Coordinates are points from the top left of the page *as it is
read*: a page whose text runs up, down or upside down is turned until most of its text is upright,
so nothing after this module knows of rotation. Text at another right angle comes back apart, in
`aside`; text at a slant (a watermark) is dropped.
"""

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from wbp_check.read.pdf_drawn import drawn_of, fill_of
from wbp_check.read.pdf_ink import Frame, Glyph, Look, PageInk

MAX_GLYPHS_PER_PAGE = 60_000
"""Characters. A dense page of print holds about 6,000."""
MAX_PAGE_SIDE = 14_400.0
"""Points: 200 inches, the greatest page that the PDF standard allows."""
UPRIGHT_SLACK = 5.0
"""Degrees by which text may lean and still be at a right angle."""
DOUBLE_STRIKE = 0.15
"""Of the type size: the same letter drawn twice this near is one letter, made to look bold."""
HEAVY = 600
"""Font weight from which type is bold, where the font's name does not say."""
OUTLINED, INVISIBLE = 2, 3
"""Text render modes: filled and outlined (Word's made-up bold), and not drawn at all."""
BOLD_NAME = re.compile(r"bold|black|heavy|demi(?!.*cond)", re.IGNORECASE)
LIGHT_NAME = re.compile(r"regular|roman|book|light|-?italic$|times|arial|calibri", re.IGNORECASE)


class PageTooLarge(Exception):
    """The page is over a limit: it is left out and named in a warning."""


class PageUnreadable(Exception):
    """The library could not open the page: it is left out and named in a warning."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A character before the page is turned."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    look: Look
    turn: int | None
    hidden: bool
    space: int


def page_to_ink(document: pdfium.PdfDocument, index: int) -> PageInk:
    """Reads one page and closes it again, so that no more than one is ever in memory."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise PageUnreadable from error
    try:
        frame = _frame_of(page)
        marks, unmapped = _marks_of(page)
        turns = Counter(mark.turn for mark in marks if mark.turn is not None)
        turn = turns.most_common(1)[0][0] if turns else 0
        frame = Frame(frame.left, frame.bottom, frame.right, frame.top, turn or 0)
        width, height = frame.right - frame.left, frame.top - frame.bottom
        if frame.turn % 2:
            width, height = height, width
        upright = [mark for mark in marks if mark.turn == frame.turn]
        aside = [m for m in marks if m.turn is not None and m.turn != frame.turn]
        rules, pictures = drawn_of(page, frame)
        return PageInk(
            number=index + 1,
            width=width,
            height=height,
            glyphs=_glyphs(upright, frame, width, height),
            aside=_aside_glyphs(aside, frame),
            rules=tuple(rules),
            pictures=tuple(p for p in pictures if p.x1 > 0 and p.x0 < width),
            unmapped=unmapped,
        )
    finally:
        page.close()


def _frame_of(page: pdfium.PdfPage) -> Frame:
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        raise PageUnreadable
    sides = (box.right - box.left, box.top - box.bottom)
    if not all(math.isfinite(side) and side > 0 for side in sides):
        raise PageUnreadable
    if max(sides) > MAX_PAGE_SIDE:
        raise PageTooLarge
    return Frame(box.left, box.bottom, box.right, box.top)


def _marks_of(page: pdfium.PdfPage) -> tuple[list[_Mark], int]:
    """Every character in the order of the file, and how many have no letter."""
    try:
        text_page = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise PageUnreadable from error
    marks: list[_Mark] = []
    unmapped = space = last_key = 0
    styles: dict[int, tuple[Look, int | None, bool]] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    try:
        count = raw.FPDFText_CountChars(text_page)
        if count > MAX_GLYPHS_PER_PAGE:
            raise PageTooLarge
        for i in range(count):
            code = raw.FPDFText_GetUnicode(text_page, i)
            if code in (0, 0xFFFD):
                unmapped += 1
                continue
            if code <= 0x10FFFF and chr(code).isspace():
                generated = raw.FPDFText_IsGenerated(text_page, i) == 1
                space = 1 if not generated or space == 1 else 2
                continue
            if code > 0x10FFFF or 0xD800 <= code < 0xE000:
                unmapped += 1
                continue
            text_object = raw.FPDFText_GetTextObject(text_page, i)
            key = ctypes.cast(text_object, ctypes.c_void_p).value or 0
            if not key:
                continue
            style = styles.get(key)
            if style is None:
                style = styles[key] = _style_of(text_page, i, text_object)
            look, turn, hidden = style
            if not raw.FPDFText_GetLooseCharBox(text_page, i, box):
                continue
            if not raw.FPDFText_GetCharOrigin(text_page, i, x, y):
                continue
            edges = (box.left, box.bottom, box.right, box.top)
            if not all(map(math.isfinite, (*edges, x.value, y.value))):
                continue
            origin = (x.value, y.value)
            if key == last_key and marks and origin == marks[-1].origin and not space:
                # One glyph for several letters, such as Calibri's "ti": they share one place.
                marks[-1] = replace(marks[-1], text=marks[-1].text + chr(code))
                continue
            marks.append(_Mark(chr(code), edges, origin, look, turn, hidden, space))
            space, last_key = 0, key
    finally:
        text_page.close()
    seen = [mark for mark in marks if not mark.hidden]
    # A scan with recognised text behind it has nothing but hidden text: that is read.
    return (seen if len(seen) * 4 >= len(marks) else marks), unmapped


def _style_of(text_page: object, i: int, text_object: object) -> tuple[Look, int | None, bool]:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, i, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    size = raw.FPDFText_GetFontSize(text_page, i) * (scale if math.isfinite(scale) else 1.0)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    quarter = round(angle / 90)
    turn = quarter % 4 if abs(angle - quarter * 90) <= UPRIGHT_SLACK else None
    font = raw.FPDFTextObj_GetFont(text_object)
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFFont_GetBaseFontName(font, buffer, 128) if font else 0
    name = buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", "replace")
    mode = raw.FPDFTextObj_GetTextRenderMode(text_object)
    bold = bool(BOLD_NAME.search(name)) or mode == OUTLINED
    if not bold and font and not LIGHT_NAME.search(name):
        bold = raw.FPDFFont_GetWeight(font) >= HEAVY
    look = Look(round(abs(size), 1), bold, name.partition("+")[2] or name, fill_of(text_object))
    return look, turn, mode == INVISIBLE


def _glyphs(marks: list[_Mark], frame: Frame, width: float, height: float) -> tuple[Glyph, ...]:
    """Marks in place: once each, and only those on the page."""
    glyphs: list[Glyph] = []
    struck: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for mark in marks:
        x, base = frame.place(*mark.origin)
        x0, top, x1, bottom = frame.place_box(mark.box)
        if not (-1 <= (x0 + x1) / 2 <= width + 1 and -1 <= base <= height + bottom - top):
            continue
        look = mark.look
        if look.size <= 0:
            look = Look(round(bottom - top, 1) or 1.0, look.bold, look.font, look.colour)
        near = max(look.size * DOUBLE_STRIKE, 0.1)
        band = int(base / near)
        if any(
            abs(x - other_x) < near and abs(base - other_base) < near
            for side in (band - 1, band, band + 1)
            for other_x, other_base in struck.get((mark.text, side), ())
        ):
            continue
        struck.setdefault((mark.text, band), []).append((x, base))
        glyphs.append(Glyph(mark.text, x0, x1, base, look, mark.space))
    return tuple(glyphs)


def _aside_glyphs(marks: list[_Mark], frame: Frame) -> tuple[Glyph, ...]:
    """Text at another right angle, each direction in its own frame."""
    placed: list[Glyph] = []
    for turn in sorted({mark.turn for mark in marks if mark.turn is not None}):
        own = Frame(frame.left, frame.bottom, frame.right, frame.top, turn)
        width, height = own.right - own.left, own.top - own.bottom
        if turn % 2:
            width, height = height, width
        placed += _glyphs([mark for mark in marks if mark.turn == turn], own, width, height)
    return tuple(placed)
