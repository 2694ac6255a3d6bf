"""Pages of ink to one flow of paragraphs, tables and pictures, in reading order. Pure.

Tables are found first, so that their repeated first rows are not taken for running headers; then
running lines go, columns are cut, notes at a page's foot are set apart, lines become paragraphs,
and what a page or column break parted is joined.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from wbp_check.read.pdf_furniture import PageWords, drop_furniture
from wbp_check.read.pdf_ink import Look, PageInk, Picture
from wbp_check.read.pdf_lines import Line, Word, glyphs_to_words, row_to_line, words_to_rows
from wbp_check.read.pdf_marks import LEADER
from wbp_check.read.pdf_notes import split_notes
from wbp_check.read.pdf_order import Column, items_to_columns
from wbp_check.read.pdf_paragraphs import Paragraph, goes_on, lines_to_paragraphs, usual_pitch
from wbp_check.read.pdf_pictures import real_pictures
from wbp_check.read.pdf_tables import Table, pictures_in_rows, rules_to_tables
from wbp_check.read.pdf_typed import typed_tables

EDGE_SHARE = 0.98
"""Share of the lines of a report that end left of its right margin."""
EDGE_LINES = 10


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture between paragraphs."""

    page: int


Piece = Paragraph | Table | PlacedPicture


@dataclass(frozen=True, slots=True)
class Flow:
    """A report in reading order. `marks` are the note marks of each page."""

    pieces: tuple[Piece, ...]
    body: Look
    lines: tuple[Line, ...]
    pitch: Callable[[float], float]
    marks: dict[int, frozenset[str]]


def pages_to_flow(pages: Sequence[PageInk]) -> Flow:
    """The flow of a whole report."""
    all_words = [glyphs_to_words(page.glyphs) for page in pages]
    kept = drop_furniture(
        [_page_words(p, words) for p, words in zip(pages, all_words, strict=True)]
    )
    body = body_look(word for words in kept for word in words)
    pictures = real_pictures(pages, kept)
    columns: list[list[Column]] = []
    for page, words, shown in zip(pages, kept, pictures, strict=True):
        tables, rest = rules_to_tables(page.rules, words, page.number)
        tables, shown = pictures_in_rows(tables, shown)
        columns.append(items_to_columns([*rest, *tables, *shown], body.size, page.number))
    notes: list[tuple[list[Line], frozenset[str]]] = []
    for i, of_page in enumerate(columns):
        columns[i], lines, marks = split_notes(of_page, body.size)
        notes.append((lines, marks))
    pitch = usual_pitch(
        [piece for piece in column.pieces if isinstance(piece, Line)]
        for of_page in columns
        for column in of_page
    )
    margins = _right_margins(pages, columns)
    pieces: list[Piece] = []
    narrow = 0.0
    for page, of_page, (note_lines, marks) in zip(pages, columns, notes, strict=True):
        for column in of_page:
            right = _right_of(column)
            if not column.whole:
                narrow = right
            elif not narrow or right > narrow + body.size:
                # Else it is the one column left of a page set in two.
                narrow, right = 0.0, margins[round(page.width)]
            _append(pieces, _column_pieces(column, right, pitch, page.number))
        pieces += _note_paragraphs(note_lines, marks, pitch)
        pieces += _aside(page)
    every = tuple(row_to_line(row, p.number) for p, words in zip(pages, kept, strict=True)
                  for row in words_to_rows(words))  # fmt: skip
    return Flow(
        tuple(pieces), body, every, pitch,
        {page.number: marks for page, (_, marks) in zip(pages, notes, strict=True)},
    )  # fmt: skip


def body_look(words: Iterable[Word]) -> Look:
    """The look of most letters: that of body text."""
    letters: Counter[Look] = Counter()
    for word in words:
        letters[word.look] += len(word.text)
    return letters.most_common(1)[0][0] if letters else Look(11.0, False, "", 0)


def _page_words(page: PageInk, words: list[Word]) -> PageWords:
    tables, rest = rules_to_tables(page.rules, words, page.number)
    free = set(map(id, rest))
    frames = {
        id(word)
        for table in tables
        if len(table.rows) < 2
        for row in table.rows
        for cell in row
        for line in cell.lines
        for word in line.words
    }
    fixed = frozenset(
        i for i, word in enumerate(words) if id(word) not in free and id(word) not in frames
    )
    return PageWords(page.number, page.height, tuple(words), fixed)


def _right_margins(pages: Sequence[PageInk], columns: list[list[Column]]) -> dict[int, float]:
    """Where lines end at most, for each width of page."""
    ends: dict[int, list[float]] = defaultdict(list)
    for page, of_page in zip(pages, columns, strict=True):
        ends[round(page.width)] += [
            piece.x1
            for c in of_page
            if c.whole
            for piece in c.pieces
            if isinstance(piece, Line) and not LEADER.search(piece.text)
        ]
    margins: dict[int, float] = defaultdict(float)
    for width, found in ends.items():
        found.sort()
        few = len(found) < EDGE_LINES
        if found:
            margins[width] = found[-1] if few else found[int(EDGE_SHARE * (len(found) - 1))]
    return margins


def _right_of(column: Column) -> float:
    """Where the lines of a narrow column end at most."""
    return max((p.x1 for p in column.pieces if isinstance(p, Line)), default=column.x1)


def _column_pieces(
    column: Column, right: float, pitch: Callable[[float], float], page: int
) -> list[Piece]:
    """Runs of lines as paragraphs, with tables and pictures between them."""
    pictures = [piece for piece in column.pieces if isinstance(piece, Picture)]

    def limit(line: Line) -> float:
        beside = [
            p.x0
            for p in pictures
            if p.top < line.base and p.bottom > line.top and p.x0 >= line.x1 - 1
        ]
        return min([right, *beside])

    found: list[tuple[float, Piece]] = []
    run: list[Line] = []
    for piece in [*column.pieces, None]:
        if isinstance(piece, Line):
            run.append(piece)
        elif not isinstance(piece, Picture):
            for part in typed_tables(run, page):
                if isinstance(part, Table):
                    found.append((part.top, part))
                    continue
                paragraphs = lines_to_paragraphs(part, column.x0, limit, pitch)
                found += [(paragraph.lines[0].base, paragraph) for paragraph in paragraphs]
            run = []
            if piece:
                found.append((piece.top, piece))
    for picture in pictures:
        # Below the paragraph that it stands beside, above the first that is wholly below it.
        after = [i for i, (top, _) in enumerate(found) if top >= picture.bottom]
        at = after[0] if after else len(found)
        found.insert(at, (picture.bottom, PlacedPicture(page)))
    return [piece for _, piece in found]


def _append(pieces: list[Piece], more: list[Piece]) -> None:
    """Adds a column, its first paragraph joined to the one that it goes on from."""
    first = more[0] if more else None
    if isinstance(first, Paragraph):
        i = len(pieces) - 1
        while i >= 0 and (isinstance(p := pieces[i], Paragraph) and p.note):
            i -= 1
        last = pieces[i] if i >= 0 else None
        if isinstance(last, Paragraph) and goes_on(last, first):
            pieces[i] = replace(last, lines=last.lines + first.lines, right=first.right)
            more = more[1:]
    pieces += more


def _note_paragraphs(
    lines: list[Line], marks: frozenset[str], pitch: Callable[[float], float]
) -> list[Piece]:
    """Notes, one for each line that begins with a mark; the mark itself is left out."""
    notes: list[Paragraph] = []
    for line in lines:
        if line.words[0].text in marks and len(line.words) > 1:
            notes.append(
                Paragraph((row_to_line(list(line.words[1:]), line.page),), line.x1, note=True)
            )
        elif notes:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
    return list(notes)


def _aside(page: PageInk) -> list[Piece]:
    """Text at a right angle to the rest, after it."""
    rows = words_to_rows(glyphs_to_words(page.aside))
    lines = [row_to_line(row, page.number) for row in rows]
    return [Paragraph((line,), line.x1) for line in lines if any(map(str.isalpha, line.text))]
