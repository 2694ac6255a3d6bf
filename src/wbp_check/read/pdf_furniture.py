"""Takes running headers, running footers and page numbers off the pages. Pure.

A line goes if it stands near the top or foot of its page and
- reads "Page 3" or "3 of 12" or the like; or is a lone number that counts with the pages; or
- stands at the same height, digits apart, on half of the pages of its side (all, odd or even) of a
  report of three pages or more, and its digits, if they change, count with the pages.
A letterhead reaches further down: lines that stand on page after page go as well, as far as no
other line stands between them and the edge.
Rows of a table that is more than a frame stay: Word repeats a table's first row on each page, and
that is for the table to settle.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from wbp_check.read.pdf_lines import Word, words_to_rows, words_to_text

EDGE = 0.14
"""Of the page's height: how far from top and foot running lines are looked for."""
EDGE_ROWS = 5
"""Lines looked at from each edge."""
DEEP_EDGE = 0.3
"""Of the page's height: how far a letterhead reaches."""
DEEP_ROWS = 14
"""Lines of a letterhead."""
SAME_HEIGHT = 5.0
"""Points by which a repeated line may move."""
LEAST_PAGES = 3
"""Pages from which repetition means anything."""
REPEATED = 0.5
"""Share of the pages (or of the odd or even ones) on which a running line stands."""
TRACKING = 0.8
"""Share of the pages on which a changing number must count with the pages."""
CLEAR_OF_TEXT = 1.6
"""Of the type size: gap that parts a lone page number from text, in a report of a page or two."""

PAGE_MARK = re.compile(
    r"(?:page|pg\.?|p\.?)\s*(\d{1,4})(?:\s*(?:of|/|\|)\s*\d{1,4})?"
    r"|(\d{1,4})\s*(?:of|/)\s*(\d{1,4})"
    r"|page\s*(?:\||:)\s*(\d{1,4})|(\d{1,4})\s*\|\s*(?:page|p\s*a\s*g\s*e)",
    re.IGNORECASE,
)
LONE_NUMBER = re.compile(r"[-–—|~\[(]?\s*(\d{1,4})\s*[-–—|~\])]?")
LONE_ROMAN = re.compile(r"[ivxl]{1,6}", re.IGNORECASE)
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page. `fixed` are those of its tables, by index: they are never furniture."""

    number: int
    height: float
    words: tuple[Word, ...]
    fixed: frozenset[int]


@dataclass(frozen=True, slots=True)
class _EdgeRow:
    page: int
    text: str
    key: str
    place: float
    """Points from the nearer edge; below 0 from the foot."""
    depth: int
    """How many lines stand between it and the edge."""
    deep: bool
    """Whether it stands so far from the edge that only a letterhead reaches it."""
    clear: bool
    words: tuple[Word, ...]


def drop_furniture(pages: Sequence[PageWords]) -> list[list[Word]]:
    """The words of each page without its running lines."""
    rows = [row for page in pages for row in _edge_rows(page)]
    running = _running([row for row in rows if not row.deep], len(pages))
    if len(pages) >= LEAST_PAGES:
        running += _letterheads(rows, running, len(pages))
    gone = {id(word) for row in running for word in row.words}
    return [[word for word in page.words if id(word) not in gone] for page in pages]


def _edge_rows(page: PageWords) -> list[_EdgeRow]:
    fixed = {id(page.words[i]) for i in page.fixed}
    rows = words_to_rows(page.words)
    found: list[_EdgeRow] = []
    for i, row in enumerate(rows):
        foot = row[0].base > page.height / 2
        place = row[0].base - page.height if foot else row[0].base
        depth = len(rows) - 1 - i if foot else i
        if abs(place) > DEEP_EDGE * page.height or depth >= DEEP_ROWS:
            continue
        if all(id(word) in fixed for word in row):
            continue
        other = rows[i - 1] if foot and i else rows[i + 1] if i + 1 < len(rows) else None
        gap = abs(row[0].base - other[0].base) if other else page.height
        text = words_to_text(row)
        key = DIGITS.sub("#", " ".join(text.casefold().split()))
        deep = abs(place) > EDGE * page.height or EDGE_ROWS <= i < len(rows) - EDGE_ROWS
        found.append(
            _EdgeRow(
                page.number, text, key, place, depth, deep,
                gap >= CLEAR_OF_TEXT * row[0].look.size, tuple(row),
            )
        )  # fmt: skip
    return found


def _running(rows: list[_EdgeRow], pages: int) -> list[_EdgeRow]:
    running = [row for row in rows if PAGE_MARK.fullmatch(row.text)]
    running += _lone_numbers(rows, pages)
    if pages >= LEAST_PAGES:
        running += _repeated(rows, pages)
    return running


def _lone_numbers(rows: list[_EdgeRow], pages: int) -> list[_EdgeRow]:
    """Lone numbers that run with the pages; in a report of one or two pages, the page's own."""
    by_offset: dict[int, list[_EdgeRow]] = defaultdict(list)
    roman: list[_EdgeRow] = []
    for row in rows:
        number = LONE_NUMBER.fullmatch(row.text)
        if number:
            by_offset[int(number[1]) - row.page].append(row)
        elif LONE_ROMAN.fullmatch(row.text):
            roman.append(row)
    if pages < LEAST_PAGES:
        return [row for row in by_offset[0] if row.clear]
    found = [
        row
        for offset, same in by_offset.items()
        if len({row.page for row in same}) >= 2 or offset == 0
        for row in same
        if row.clear or len(same) > 2
    ]
    return found + (roman if len({row.page for row in roman}) >= 2 else [])


def _repeated(rows: list[_EdgeRow], pages: int) -> list[_EdgeRow]:
    by_key: dict[tuple[str, bool], list[_EdgeRow]] = defaultdict(list)
    for row in rows:
        by_key[row.key, row.place < 0].append(row)
    found: list[_EdgeRow] = []
    for same in by_key.values():
        for cluster in _by_place(same):
            found += _running_part(cluster, pages)
    return found


def _letterheads(rows: list[_EdgeRow], running: list[_EdgeRow], pages: int) -> list[_EdgeRow]:
    """Deep lines that repeat and hang together with running lines, or the edge itself."""
    gone = {(row.page, row.place < 0, row.depth) for row in running}
    found: list[_EdgeRow] = []
    for row in sorted(_repeated(rows, pages), key=lambda row: row.depth):
        edge = (row.page, row.place < 0)
        if row.deep and all((*edge, depth) in gone for depth in range(row.depth)):
            gone.add((*edge, row.depth))
            found.append(row)
    return found


def _by_place(rows: list[_EdgeRow]) -> list[list[_EdgeRow]]:
    clusters: list[list[_EdgeRow]] = []
    for row in sorted(rows, key=lambda r: r.place):
        if clusters and row.place - clusters[-1][-1].place <= SAME_HEIGHT:
            clusters[-1].append(row)
        else:
            clusters.append([row])
    return clusters


def _running_part(cluster: list[_EdgeRow], pages: int) -> list[_EdgeRow]:
    """The rows that run: all, if their digits stay or count with the pages; else those alike."""
    if not _on_enough_pages(cluster, pages):
        return []
    if "#" not in cluster[0].key or _counts_with_pages(cluster):
        return cluster
    text = Counter(row.text for row in cluster).most_common(1)[0][0]
    same = [row for row in cluster if row.text == text]
    return same if _on_enough_pages(same, pages) else []


def _on_enough_pages(cluster: list[_EdgeRow], pages: int) -> bool:
    on = {row.page for row in cluster}
    odd = sum(page % 2 for page in on)
    sides = ((len(on), pages), (odd, (pages + 1) // 2), (len(on) - odd, pages // 2))
    return any(n >= 2 and n >= REPEATED * of for n, of in sides)


def _counts_with_pages(cluster: list[_EdgeRow]) -> bool:
    columns = zip(*([int(d) for d in DIGITS.findall(row.text)] for row in cluster), strict=True)
    for column in columns:
        offsets = [n - row.page for n, row in zip(column, cluster, strict=True)]
        best = max(offsets.count(offset) for offset in set(offsets))
        if len(set(column)) > 1 and best >= TRACKING * len(cluster):
            return True
    return False
