"""Drafts to blocks: what each paragraph is, by its style first and by its look second.

Apprentices seldom use heading styles, so a short line that differs from the body's look is a
heading too. Such a heading has no level, for its look does not tell one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wbp_check.read.inline import Draft
from wbp_check.types import Block, BlockKind, Story

LONGEST_HEADING = 12
"""Words of a line that may be a heading by its look."""
LONGEST_STYLED_HEADING = 40
"""Words beyond which even a heading style is taken for a slip: it is body text."""
LONGEST_CAPTION = 40
LARGER = 1.15
"""Times the body's size: 14 pt over 12, 13 over 11."""
FEWEST_CAPITALS = 4
"""Letters of a line in capitals that may be a heading: "NHS" alone is none."""

_HEADING_STYLE = re.compile(
    r"(?:heading|überschrift|berschrift|titre|título|titulo|ttulo|titolo|encabezado|kop|rubrik|"
    r"overskrift|otsikko|nagłówek|nagwek|nadpis|naslov|címsor|cmsor|titlu|başlık|balk|antraštė|"
    r"virsraksts|pealkiri|заголовок|επικεφαλίδα|标题|標題|見出し|제목)\s*([1-9])"
)
_TITLE_STYLES = frozenset(
    ("title", "titel", "titre", "título", "titolo", "toc heading", "tocheading")
)
_SUBTITLE_STYLES = frozenset(("subtitle", "untertitel", "sous-titre", "subtítulo", "sottotitolo"))
_LISTING_STYLE = re.compile(r"(?:toc \d|table of figures|table of authorities|index \d)")
_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|chart|diagram|graph|image|picture|photo(?:graph)?|screenshot)"
    r"\s*\d+(?:[.-]\d+)*\s*([:.)|\u2013\u2014\t\n-]|$)?",
    re.I,
)
_SEQUENCE = re.compile(r"\bSEQ\b", re.I)
_TYPED_BULLET = re.compile(
    r"(?:[-\u2013\u2014*\u2022\u25cf\u25cb\u25aa\u25ab\u25a0\u25a1\u25e6\u2023\u2043\u00b7"
    r"\u27a2\u2713\u2714\u2756\uf0b7\uf0a7\uf0d8\uf0fc]\s+|o\t\s*)\S"
)
_TYPED_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z][.)]|[ivx]{2,5}[.)]|\((?:\d{1,2}|[a-z]|[ivx]{2,5})\))\s+\S"
)
_SENTENCE_END = re.compile(r"[.,;!\u2026][\"'\u201d\u2019)\]]*$")
_ADDRESS = re.compile(r"://|www\.|\S@\S")


@dataclass(frozen=True, slots=True)
class BodyLook:
    """How most of a document's text looks: what looks the same is no heading."""

    size: int
    bold: bool
    underlined: bool
    caps: bool


def drafts_to_blocks(drafts: Sequence[Draft], *, paged: bool) -> tuple[Block, ...]:
    """The blocks of a document; pages are kept only where Word has marked them."""
    body = _body_look(drafts)
    return tuple(
        _block(draft, _kind_and_level(draft, body, _by_figure(drafts, index)), paged=paged)
        for index, draft in enumerate(drafts)
    )


def _block(draft: Draft, kind: tuple[BlockKind, int | None], *, paged: bool) -> Block:
    return Block(
        kind=kind[0],
        text=draft.text,
        labels=tuple(draft.labels),
        level=kind[1],
        style=draft.style.name,
        page=draft.page if paged else None,
        paragraph=draft.paragraph,
        story=draft.story,
        images=draft.images,
    )


def _body_look(drafts: Sequence[Draft]) -> BodyLook:
    main = [draft for draft in drafts if draft.story is Story.MAIN]
    prose = [draft for draft in main if not draft.is_row and not _is_styled(draft)] or main
    sizes: dict[int, int] = {}
    for draft in prose:
        sizes[draft.size] = sizes.get(draft.size, 0) + draft.chars
    half = sum(draft.chars for draft in prose) / 2
    return BodyLook(
        size=max(sizes, key=lambda size: sizes[size], default=0),
        bold=sum(draft.bold for draft in prose) > half,
        underlined=sum(draft.underlined for draft in prose) > half,
        caps=sum(draft.caps for draft in prose) > half,
    )


def _by_figure(drafts: Sequence[Draft], index: int) -> bool:
    """Whether a picture or a table stands in the block, directly before it, or directly after."""
    near = drafts[max(index - 1, 0) : index + 2]
    return any(draft.images or draft.is_row for draft in near)


def _kind_and_level(draft: Draft, body: BodyLook, by_figure: bool) -> tuple[BlockKind, int | None]:
    text, words = draft.text, len(draft.text.split())
    if draft.is_row:
        return BlockKind.TABLE_ROW, None
    if not text:
        return (BlockKind.LIST_ITEM if draft.labels else BlockKind.PARAGRAPH), draft.level
    if "caption" in draft.style.names or (
        words <= LONGEST_CAPTION and _is_typed_caption(draft, by_figure)
    ):
        return BlockKind.CAPTION, None
    styled = _is_styled(draft)
    if styled and words <= LONGEST_STYLED_HEADING:
        return BlockKind.HEADING, _styled_level(draft)
    if draft.level is not None and not styled:
        numbered = any(sign.isalnum() for sign in draft.labels[-1])
        if numbered and draft.bold == draft.chars and _may_be_heading(draft, body):
            return BlockKind.HEADING, None
        return BlockKind.LIST_ITEM, draft.level
    if _TYPED_BULLET.match(text):
        return BlockKind.LIST_ITEM, 1
    if _may_be_heading(draft, body):
        return BlockKind.HEADING, None
    if _TYPED_NUMBER.match(text):
        return BlockKind.LIST_ITEM, 1
    return BlockKind.PARAGRAPH, None


def _is_typed_caption(draft: Draft, by_figure: bool) -> bool:
    match = _CAPTION.match(draft.text)
    if match is None:
        return False
    numbered = any(_SEQUENCE.search(code) for code in draft.codes)
    return numbered or (by_figure and match[1] is not None)


def _is_styled(draft: Draft) -> bool:
    """Whether style or outline level make a heading; an outline level of 9 is body text."""
    names = (draft.style.name,) if draft.outline is not None else draft.style.names
    named = any(_HEADING_STYLE.fullmatch(name) for name in names)
    titled = draft.style.name in _TITLE_STYLES | _SUBTITLE_STYLES
    return titled or (named if draft.outline is None else 0 <= draft.outline < 9)


def _styled_level(draft: Draft) -> int | None:
    if draft.outline is not None and 0 <= draft.outline < 9:
        return draft.outline + 1
    levels = [int(m[1]) for name in draft.style.names if (m := _HEADING_STYLE.fullmatch(name))]
    if levels and draft.outline is None:
        return max(levels)
    return 1 if draft.style.name in _TITLE_STYLES else None


def _may_be_heading(draft: Draft, body: BodyLook) -> bool:
    """A short line in bold, underlined, in capitals or larger than the body.

    It does not end like a sentence, but it may ask: "What went well?" is a common heading.
    """
    text = draft.text
    letters = [sign for sign in text if sign.isalpha()]
    if (
        len(letters) < 2
        or len(text.split()) > LONGEST_HEADING
        or "\n" in text
        or _SENTENCE_END.search(text)
        or _LISTING_STYLE.fullmatch(draft.style.name)
    ):
        return False
    capitals = len(letters) >= FEWEST_CAPITALS and not any(sign.islower() for sign in letters)
    return (
        (draft.bold == draft.chars and not body.bold)
        or (draft.underlined == draft.chars and not body.underlined and not _ADDRESS.search(text))
        or ((capitals or draft.caps == draft.chars) and not body.caps)
        or (draft.size >= body.size * LARGER)
    )
