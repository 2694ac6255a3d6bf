"""Which paragraphs are headings or captions, and a heading's level. Pure.

A heading is short, ends as no sentence does, and differs from body text by size, weight, colour or
number. Its level is the rank of its look in the report, deeper by as much as its number is.
"""

import re

from wbp_check.read.pdf_ink import Look
from wbp_check.read.pdf_layout import Flow
from wbp_check.read.pdf_marks import ends_sentence
from wbp_check.read.pdf_paragraphs import Paragraph
from wbp_check.read.pdf_text import Lexicon, lines_to_text

HEADING_WORDS = 20
HEADING_LINES = 3
NUMBERED_WORDS = 10
"""Most words of a heading that only its number shows."""
LARGER = 1.08
"""Of the body size: type from which a line is larger than body text."""
NOT_SMALLER = 0.97
"""Of the body size: type below this heads nothing."""
MAX_LEVEL = 9
CAPTION_WORDS = 40
CAPTION = re.compile(
    r"(?:figure|fig\.?|table|chart|graph|diagram|picture|image|photo(?:graph)?|screenshot|exhibit)"
    r"\s*\d{1,3}[a-z]?(?:\.\d{1,3})?\s*(?P<sign>[:.\u2013\u2014-])?",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"[1-9]\d?(?:\.[1-9])+\.?\s+[A-Z]")
DEPTH = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?(?:\s|$)")
ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w")
MARK_OF_NUMBER = re.compile(r"\(?\d|\(?[A-Za-z]{1,4}[.)]")


def headings_of(flow: Flow, lexicon: Lexicon) -> dict[int, tuple[int, str]]:
    """For the place of each heading its level, and the style "title" for the report's title."""
    found: dict[int, tuple[Paragraph, str]] = {}
    for i, piece in enumerate(flow.pieces):
        if isinstance(piece, Paragraph):
            text = lines_to_text(piece.lines, lexicon)
            if text and _is_heading(piece, text, flow.body):
                found[i] = piece, text
    looks = {i: _rank_of(piece.lines[0].look) for i, (piece, _) in found.items()}
    title = _title(looks, found)
    ranks = sorted({look for i, look in looks.items() if i != title})
    levels: dict[int, tuple[int, str]] = {}
    for i, (piece, text) in found.items():
        if i == title:
            levels[i] = 1, "title"
            continue
        rank = ranks.index(looks[i]) + 1
        peers = [_depth(*found[j]) for j in found if j != title and looks[j] == looks[i]]
        numbered = [depth for depth in peers if depth]
        own = _depth(piece, text)
        if own and numbered:
            rank += own - min(numbered)
        levels[i] = min(rank, MAX_LEVEL), ""
    return levels


def is_caption(piece: Paragraph, text: str) -> bool:
    """Whether the paragraph begins as "Figure 1: …" does, or is short and says no more."""
    found = CAPTION.match(text)
    if not found or piece.mark or piece.note or len(text.split()) > CAPTION_WORDS:
        return False
    rest = text[found.end() :].split()
    return bool(found["sign"]) or not rest or (rest[0][0].isupper() and not ends_sentence(text))


def _is_heading(piece: Paragraph, text: str, body: Look) -> bool:
    words = text.split()
    if piece.contents or piece.note or is_caption(piece, text):
        return False
    if not any(map(str.isalpha, text)) or ADDRESS.search(text):
        return False
    if len(words) > HEADING_WORDS or len(piece.lines) > HEADING_LINES:
        return False
    if piece.mark and not MARK_OF_NUMBER.match(piece.mark):
        return False
    looks = [line.look for line in piece.lines]
    larger = all(look.size >= LARGER * body.size for look in looks)
    ends = text[-1] in ",;" or (text[-1] == "." and not larger)
    if ends or any(look.size < NOT_SMALLER * body.size for look in looks):
        return False
    bold = all(look.bold for look in looks) and not body.bold
    coloured = all(look.colour != body.colour for look in looks)
    other = all(look.font != body.font for look in looks)
    if larger or bold or (coloured and other):
        return True
    return not piece.mark and bool(NUMBERED.match(text)) and len(words) <= NUMBERED_WORDS


def _rank_of(look: Look) -> tuple[float, bool]:
    return -round(look.size * 2) / 2, not look.bold


def _title(looks: dict[int, tuple[float, bool]], found: dict[int, tuple[Paragraph, str]]) -> int:
    """The place of the report's title: first heading, on page 1, larger than all others; or -1."""
    if len(looks) < 2:
        return -1
    first = min(looks)
    others = [look[0] for i, look in looks.items() if i != first]
    return first if found[first][0].page == 1 and looks[first][0] < min(others) else -1


def _depth(piece: Paragraph, text: str) -> int:
    """How deep a heading's number goes: 2 for "1.2"; 0 without a number."""
    match = DEPTH.match(piece.mark or text)
    return match[1].count(".") + 1 if match else 0
