"""Glyphs to words, words to lines. Pure.

A space is where the file has one, where the library saw a gap, or where the gap to the next glyph
is wide; two words on one base are one line. Raised and lowered type belongs to the line it
touches. Letters spaced out for looks are put together again.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from wbp_check.read.pdf_ink import Glyph, Look

WORD_GAP = 0.6
"""Of the type size: glyphs further apart are two words, though no space is drawn."""
GLUE_GAP = 0.12
"""Of the type size: pieces of text nearer than this are one word, however the file orders them."""
BACK_STEP = 0.5
"""Of the type size: a glyph this far left of the last one's end starts another word."""
ROW_OVERLAP = 0.5
"""Of the lower of two words: sharing so much height puts them on one line."""
ASCENT, DESCENT = 0.75, 0.22
"""Of the type size: how far letters reach above and below their base."""
RAISED_SIZE = 0.8
"""Of the line's size: smaller type off the base is a raised or lowered mark."""
RAISED_BASE = 0.15
"""Of the line's size: how far off the base such a mark stands."""
SPACED_WORDS = 4
"""Single letters in a row from which a line may be spaced out for looks."""
SPACED_SHARE = 0.7
SPACED_GAP = 1.6
"""Of the usual gap: a wider one parts words in spaced-out type."""

LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
HYPHENS_OF_LIBRARY = "\ufffe\x02"
"""What pdfium puts for a hyphen at a line's end."""
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs without a space among them. `glued`: nor is there one between it and the last word."""

    text: str
    x0: float
    x1: float
    base: float
    look: Look
    space: int
    glued: bool = False

    @property
    def top(self) -> float:
        """Where its letters end above."""
        return self.base - ASCENT * self.look.size

    @property
    def bottom(self) -> float:
        """Where its letters end below."""
        return self.base + DESCENT * self.look.size


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base, left to right. `look` is that of most of its letters."""

    words: tuple[Word, ...]
    text: str
    x0: float
    x1: float
    base: float
    look: Look
    page: int

    @property
    def top(self) -> float:
        """Where its letters end above."""
        return self.base - ASCENT * self.look.size

    @property
    def bottom(self) -> float:
        """Where its letters end below."""
        return self.base + DESCENT * self.look.size


def glyphs_to_words(glyphs: Iterable[Glyph]) -> list[Word]:
    """Words in the order of the file."""
    words: list[Word] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if run:
            last = run[-1]
            size = max(last.look.size, glyph.look.size)
            gap = glyph.x0 - last.x1
            level = abs(glyph.base - last.base) <= 0.05 * size
            if glyph.space or not level or gap > WORD_GAP * size or gap < -BACK_STEP * size:
                words.append(_word(run, words))
                run = []
        run.append(glyph)
    if run:
        words.append(_word(run, words))
    return [word for word in words if word.text]


def _word(run: list[Glyph], before: list[Word]) -> Word:
    text = clean_text("".join(glyph.text for glyph in run))
    look = Counter(glyph.look for glyph in run).most_common(1)[0][0]
    first = run[0]
    glued = False
    if before and not first.space:
        last = before[-1]
        size = max(last.look.size, look.size)
        glued = abs(first.x0 - last.x1) <= 2 * GLUE_GAP * size and abs(first.base - last.base) <= (
            0.6 * size
        )
    x0, x1 = min(g.x0 for g in run), max(g.x1 for g in run)
    return Word(text, x0, x1, first.base, look, first.space, glued)


def clean_text(text: str) -> str:
    """Ligatures to letters; spaces of all kinds to one kind; marks without a width dropped.

    A soft hyphen stays, as only the line's end can tell whether it was drawn.
    """
    out: list[str] = []
    for char in text:
        if char in LIGATURES:
            out.append(LIGATURES[char])
        elif char in HYPHENS_OF_LIBRARY:
            out.append("-")
        elif char == SOFT_HYPHEN:
            out.append(char)
        else:
            category = unicodedata.category(char)
            if category == "Zs":
                out.append(" ")
            elif category not in ("Cc", "Cf", "Cn", "Cs"):
                out.append(char)
    return unicodedata.normalize("NFC", "".join(out)).strip()


def words_to_rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that share a base, from the top down, each row from left to right."""
    rows: list[list[Word]] = []
    bands: dict[int, list[int]] = {}
    same: dict[tuple[float, float], int] = {}
    step = 6.0
    for word in sorted(words, key=lambda w: (-w.look.size, w.base, w.x0)):
        key = (word.base, word.look.size)
        if key in same:
            rows[same[key]].append(word)
            continue
        first, last = int(word.top // step), int(word.bottom // step)
        best, shared = -1, 0.0
        for band in range(first, min(last, first + 400) + 1):
            for i in bands.get(band, ()):
                lead = rows[i][0]
                overlap = min(lead.bottom, word.bottom) - max(lead.top, word.top)
                if overlap > shared:
                    best, shared = i, overlap
        if best >= 0 and shared >= ROW_OVERLAP * (word.bottom - word.top):
            rows[best].append(word)
            same[key] = best
            continue
        same[key] = len(rows)
        rows.append([word])
        for band in range(first, min(last, first + 400) + 1):
            bands.setdefault(band, []).append(len(rows) - 1)
    rows.sort(key=lambda row: (row[0].base, row[0].x0))
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def row_to_line(row: list[Word], page: int) -> Line:
    """A row as a line, spaced-out letters put together."""
    words = _unspaced(_glue(row))
    letters: Counter[Look] = Counter()
    for word in words:
        letters[word.look] += len(word.text)
    look = letters.most_common(1)[0][0]
    bold = sum(n for key, n in letters.items() if key.bold)
    look = replace(look, bold=bold * 10 >= 9 * letters.total())
    base = next(word.base for word in words if word.look.size == look.size)
    return Line(
        words=tuple(words),
        text=words_to_text(words),
        x0=min(word.x0 for word in words),
        x1=max(word.x1 for word in words),
        base=base,
        look=look,
        page=page,
    )


def words_to_text(words: Iterable[Word]) -> str:
    """The words with a space between those that are not glued."""
    parts: list[str] = []
    for word in words:
        if parts and not word.glued:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts).strip()


def is_raised(word: Word, line: Line) -> bool:
    """Whether the word is a small mark above the line's base, as the number of a note is."""
    return (
        word.look.size <= RAISED_SIZE * line.look.size
        and line.base - word.base >= RAISED_BASE * line.look.size
    )


def _glue(row: list[Word]) -> list[Word]:
    """Whether each word hangs on the one to its left, now that the row is in order."""
    words = [replace(row[0], glued=False)]
    for left, word in pairwise(row):
        gap = word.x0 - left.x1
        size = max(left.look.size, word.look.size)
        near = gap <= (2 * GLUE_GAP if word.glued else GLUE_GAP) * size and word.space != 1
        near = near and (word.glued or gap > -BACK_STEP * size)
        words.append(replace(word, glued=near))
    return words


def _unspaced(words: list[Word]) -> list[Word]:
    """Puts letters together that are set apart for looks, where no space is in the file."""
    single = [w for w in words if len(w.text) == 1 and w.text.isalnum()]
    if len(single) < SPACED_WORDS or len(single) < SPACED_SHARE * len(words):
        return words
    if sum(word.space == 1 for word in words[1:]) * 2 > len(words):
        return words
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    usual = median(gaps)
    out = [words[0]]
    for word, gap in zip(words[1:], gaps, strict=True):
        out.append(replace(word, glued=word.space != 1 and gap <= SPACED_GAP * max(usual, 0.1)))
    return out
