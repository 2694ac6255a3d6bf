"""What stands in the annexes: an inventory, for a reader who wants to know what evidence there is.

The kit (p. 32) names the kinds of evidence that belong there. A kind is told from an annex's title,
and where that says nothing from how its text begins; nothing is read into it. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wbp_check.annex_labels import heading_label, identifier_of, identifiers_in
from wbp_check.body import names_annex
from wbp_check.standard import AnnexKind, Headings, Standard
from wbp_check.types import Block, BlockKind, Region, Report
from wbp_check.words import block_words

OTHER = "other"
_FIRST_LINES = 6  # of an annex, in which an email has its head and a letter its greeting
_EMAIL_HEAD = re.compile(r"(?:from|to|cc|sent|date|subject)\s*:", re.I)
_SUBJECT = re.compile(r"\bsubject\s*:\s*([^\n\t]+)", re.I)
_FEWEST_WORDS, _FEWEST_LETTERS = 2, 9  # of a title that is looked for in the body
_NO_LEVEL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a block stands: its index in `Report.blocks`, its page and paragraph from 1."""

    block: int
    page: int | None
    paragraph: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One annex. `words` are counted as Word does, with the heading."""

    label: str
    """As the heading has it ("Annex A"); empty where it has none."""
    title: str
    kind: str
    words: int
    images: int
    pictures_only: bool
    """It holds pictures and no text: what they show is not read."""
    start: Spot
    referred_at: tuple[Spot, ...]
    """Blocks of the body that name its label or its title."""


def list_annexes(report: Report, standard: Standard) -> tuple[Annex, ...]:
    """The annexes of a report that `body.place_blocks` has placed, in order.

    They are parted at headings that name an annex; where none does, at the highest headings among
    them, and failing those at the heads of pasted emails.
    """
    region = [i for i, block in enumerate(report.blocks) if block.region is Region.ANNEX]
    starts = _starts(report.blocks, region, standard.headings)
    body = [
        (i, block, identifiers_in(block.text, standard.headings), _plain(block.text))
        for i, block in enumerate(report.blocks)
        if block.region is Region.BODY
    ]
    annexes = []
    for start, end in pairwise((*starts, len(report.blocks))):
        own = [report.blocks[i] for i in region if start <= i < end]
        label, title = _title(own, standard.headings)
        named, words = identifier_of(label), _plain(title)
        known = len(words.split()) >= _FEWEST_WORDS and len(words) >= _FEWEST_LETTERS
        rest = [b for b in own[1:] if b.kind not in (BlockKind.HEADING, BlockKind.CAPTION)]
        images = sum(block.images for block in own)
        annexes.append(
            Annex(
                label=label,
                title=title,
                kind=_kind(title, own, standard.annex_kinds),
                words=sum(map(block_words, own)),
                images=images,
                pictures_only=images > 0 and not any(block.text for block in rest),
                start=_spot(start, report.blocks[start]),
                referred_at=tuple(
                    _spot(i, block)
                    for i, block, names, text in body
                    if (named and named in names) or (known and f" {words} " in f" {text} ")
                ),
            )
        )
    return tuple(annexes)


def _starts(blocks: Sequence[Block], region: list[int], headings: Headings) -> list[int]:
    """Indices at which an annex begins."""
    if not region:
        return []
    named = [i for i in region if names_annex(blocks[i], headings)]
    labels = {i: identifier_of(heading_label(blocks[i].text, headings)[0]) for i in named}
    labelled = [i for i in named if labels[i]]
    # A list of the annexes names each before it comes: the last of a label is the annex itself.
    last = {labels[i]: i for i in labelled}
    starts = [i for i in labelled if last[labels[i]] == i]
    if starts:
        level = min(blocks[i].level or _NO_LEVEL for i in starts)
        starts += [
            i
            for i in region
            if i > starts[0] and i not in named and (blocks[i].level or _NO_LEVEL) < _NO_LEVEL
            and blocks[i].kind is BlockKind.HEADING and (blocks[i].level or _NO_LEVEL) <= level
            and blocks[i - 1].kind is not BlockKind.HEADING
        ]  # fmt: skip
    else:
        starts = _unlabelled_starts(blocks, region)
    first = region[0]
    if first not in starts and _holds_anything(blocks, first, min(starts, default=len(blocks))):
        starts.append(first)
    return sorted(starts)


def _unlabelled_starts(blocks: Sequence[Block], region: list[int]) -> list[int]:
    """Starts under one heading such as "Appendices": the next headings, or the heads of emails."""
    heads = {i for i in region if _EMAIL_HEAD.match(blocks[i].text)}
    inner = [i for i in region[1:] if blocks[i].kind is BlockKind.HEADING and i not in heads]
    top = min((blocks[i].level or _NO_LEVEL for i in inner), default=_NO_LEVEL)
    found = [i for i in inner if (blocks[i].level or _NO_LEVEL) == top]
    if found:
        return found
    # The head of an email is one block or several: the first of them begins it.
    return sorted(i for i in heads if i - 1 not in heads)


def _holds_anything(blocks: Sequence[Block], first: int, end: int) -> bool:
    """Whether more than headings and a list of what follows stands before the first annex."""
    listed = (BlockKind.HEADING, BlockKind.LIST_ITEM)
    return any(block.images or block.kind not in listed for block in blocks[first + 1 : end])


def _title(own: Sequence[Block], headings: Headings) -> tuple[str, str]:
    """Label and title; the heading after a bare label is the title, and so is an email's subject."""
    label, title = heading_label(own[0].text.partition("\n")[0], headings)
    if _EMAIL_HEAD.match(own[0].text):
        subject = _SUBJECT.search("\n".join(block.text for block in own[:_FIRST_LINES]))
        return "", subject[1].strip() if subject else title
    if label and not title and len(own) > 1 and own[1].kind is BlockKind.HEADING:
        title = own[1].text
    return label, title or label


def _kind(title: str, text: Sequence[Block], kinds: Sequence[AnnexKind]) -> str:
    """The kind whose cue stands first in the title, the longer cue before the shorter."""
    lower = title.lower()
    cues = [
        (found.start(), -len(cue), kind.name)
        for kind in kinds
        for cue in kind.cues
        if (found := re.search(rf"(?<![\w-]){re.escape(cue)}(?![\w-])", lower))
    ]
    if cues:
        return min(cues)[2]
    lines = [line for block in text[:_FIRST_LINES] for line in block.text.lower().split("\n")]
    for line in lines:
        for kind in kinds:
            if line.startswith(kind.openings):
                return kind.name
    return OTHER


def _spot(index: int, block: Block) -> Spot:
    return Spot(block=index, page=block.page, paragraph=block.paragraph)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
