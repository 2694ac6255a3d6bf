"""Places each block: front matter, contents, body, references or annex.

The annexes begin at the first heading that names one, in any usual way, with or without a heading
style, outside the contents list; from there on everything is annex, but for a list of references.
A sentence that mentions an annex is never the boundary. What stands before the first section of
the report (title, name, declaration) is front matter. Doubt is a warning, never an error.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from wbp_check.errors import UnreadableReport
from wbp_check.standard import Headings, Standard
from wbp_check.types import Block, BlockKind, Region, Report, Story

_LONGEST_HEADING = 14  # words; a longer line is a sentence, not a heading
_LONGEST_ANNEX_TITLE = 26  # words, after "Annex A:"
_LONGEST_ENTRY = 18  # words of a line in a contents list, with its dots and page number
_LONGEST_COVER_LINE = 16  # words of a line on a cover sheet ("Employer: …")
_NUMBERING = re.compile(
    r"^\s*(?:(?:section|part|chapter)\s+)?(?:\d+(?:\.\d+)*|[ivx]+|[a-z])[.):]?\s+", re.I
)
_IDENTIFIER = re.compile(
    r"^\s*(?:no\.?\s*|number\s+)?(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:\.\d+)?\s*(?:$|[-:.,(\u2013\u2014|)]|\s)",
    re.I,
)
_TITLED = re.compile(
    r"^\s*(?:\d{1,2}|[a-z]|[ivx]{1,4}|one|two|three|four)\s*[-:.\u2013\u2014]\s+\S", re.I
)
_SEPARATOR = re.compile(r"^\s*(?:$|[-:.(\u2013\u2014|])")
_SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019')]*$")
_PAGE_AT_END = re.compile(r"(?:\.{2,}|\u2026|\t|\s)\s*(?:page\s*)?(?:\d{1,3}|[ivx]{1,4})\s*$", re.I)
_LEADERS = re.compile(r"(?:\.{4,}|\u2026{2,}|(?:\. ){3,}|\t)\s*(?:\d{1,3}|[ivx]{1,4})\s*$", re.I)
_REFERENCES_AFTER = 0.8  # share of the body: "Sources" in the middle is a section on data
_TITLE_STYLES = ("title", "subtitle")


def place_blocks(report: Report, standard: Standard, annexes_from: str | None = None) -> Report:
    """The report with a region for each block, and a warning for each doubtful boundary.

    `annexes_from` overrides the found boundary: the annexes begin at the last block that begins
    with this text, without regard to case (the contents list may hold it too).

    Raises UnreadableReport if no block begins with `annexes_from`.
    """
    headings = standard.headings
    blocks = report.blocks
    contents = _contents_span(blocks, headings)
    if annexes_from is not None:
        boundary: int | None = _named_boundary(report, annexes_from)
        warnings: list[str] = []
    else:
        boundary, warnings = _annex_boundary(blocks, headings, contents)
    start = _body_start(blocks, headings, contents, boundary)
    regions: list[Region] = []
    in_references = False
    for index, block in enumerate(blocks):
        annex = boundary is not None and index >= boundary
        if index in contents:
            region = Region.CONTENTS
        elif index < start:
            region = Region.FRONT
        else:
            if _is_heading_line(block):
                named = _begins_with(block.text, headings.references, alone=True) is not None
                in_references = named and (
                    block.kind is BlockKind.HEADING
                    if annex
                    else _ends_the_body(blocks[:boundary], index)
                )
            if in_references:
                region = Region.REFERENCES
            else:
                region = Region.ANNEX if annex else Region.BODY
        regions.append(region)
    placed = tuple(
        replace(block, region=region) for block, region in zip(blocks, regions, strict=True)
    )
    return replace(report, blocks=placed, warnings=report.warnings + tuple(warnings))


def _is_heading_line(block: Block) -> bool:
    """A heading, or a short line that ends like one."""
    if block.kind is BlockKind.HEADING:
        return True
    return (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION)
        and block.story is Story.MAIN
        and len(block.text.split()) <= _LONGEST_HEADING
        and not _SENTENCE_END.search(block.text)
    )


def _begins_with(text: str, words: Sequence[str], *, alone: bool = False) -> str | None:
    """What follows the longest of the words that the line begins with; None if none does.

    With `alone`, nothing but punctuation may follow.
    """
    line = _NUMBERING.sub("", text, count=1).strip().lower()
    for candidate in (line, text.strip().lower()):
        for word in sorted(words, key=len, reverse=True):
            if candidate.startswith(word):
                rest = candidate[len(word) :]
                if rest[:1].isalpha() or (alone and rest.strip(" .:-\u2013\u2014")):
                    continue
                return rest or " "
    return None


def names_annex(block: Block, headings: Headings) -> bool:
    """Whether the block is a heading that begins an annex, with or without a heading style."""
    titled = _begins_with(block.text, (*headings.annexes, *headings.annexes_if_numbered))
    if titled is not None and _TITLED.match(titled) and _could_be_title(block):
        return True
    rest = _begins_with(block.text, headings.annexes)
    if not _is_heading_line(block):
        return False
    if rest is not None:
        named = _IDENTIFIER.match(rest) or _SEPARATOR.match(rest)
        # "Appendix 1 shows the letter" is a sentence that lost its full stop, not a heading.
        return bool(named) or block.kind is BlockKind.HEADING
    rest = _begins_with(block.text, headings.annexes_if_numbered)
    if rest is None or block.kind is not BlockKind.HEADING:
        return False
    return bool(_SEPARATOR.match(rest) or re.match(r"^\s*(?:no\.?\s*)?(?:\d{1,2}|[a-h])\b", rest))


def _could_be_title(block: Block) -> bool:
    """A line such as "Annex A: Email, 5.35 p.m." is a title though it is long or ends in a dot."""
    length = len(block.text.split())
    longest = _LONGEST_HEADING if _SENTENCE_END.search(block.text) else _LONGEST_ANNEX_TITLE
    return block.story is Story.MAIN and length <= longest


def _annex_boundary(
    blocks: tuple[Block, ...], headings: Headings, contents: frozenset[int]
) -> tuple[int | None, list[str]]:
    """Index of the first block of the annexes, and what is doubtful about it."""
    named = [
        index
        for index, block in enumerate(blocks)
        if index not in contents and names_annex(block, headings)
    ]
    mentioned = any(
        re.search(r"\b(?:appendix|annexe?|appendices)\b", block.text, re.I) for block in blocks
    )
    if not named:
        if mentioned:
            return None, [
                "The report mentions an annex, but no heading begins one, so every word is "
                "counted. If there are annexes, give each a heading such as “Annex A”."
            ]
        return None, []
    styled = [index for index in named if blocks[index].kind is BlockKind.HEADING]
    # A styled heading is the surer sign; an unstyled line before it may be a stray mention.
    first = named[0]
    warnings = []
    if styled and first < styled[0] and _share_before(blocks, first) < 0.5:
        first = styled[0]
    if blocks[first].kind is not BlockKind.HEADING:
        warnings.append(
            f"The annexes are taken to begin at the line “{_shown(blocks[first].text)}”, "
            "which has no heading style. If that is wrong, say where they begin."
        )
    elif _share_before(blocks, first) < 0.3:
        warnings.append(
            f"The annexes are taken to begin early, at “{_shown(blocks[first].text)}”. "
            "What stands after it is not counted. If that is wrong, say where they begin."
        )
    return first, warnings


def _named_boundary(report: Report, text: str) -> int:
    wanted = " ".join(text.lower().split())
    found = [
        index
        for index, block in enumerate(report.blocks)
        if wanted and " ".join(block.text.lower().split()).startswith(wanted)
    ]
    if not found:
        raise UnreadableReport(
            f"{report.name}: no line begins with “{text}”. Copy the first words of the heading "
            "at which the annexes begin."
        )
    return found[-1]


def _ends_the_body(body: tuple[Block, ...], index: int) -> bool:
    """Whether a heading is the last of the body, or stands in its last part."""
    last = all(block.kind is not BlockKind.HEADING for block in body[index + 1 :])
    return last or _share_before(body, index) >= _REFERENCES_AFTER


def _share_before(blocks: tuple[Block, ...], index: int) -> float:
    lengths = [len(block.text.split()) for block in blocks]
    return sum(lengths[:index]) / max(1, sum(lengths))


def _contents_span(blocks: tuple[Block, ...], headings: Headings) -> frozenset[int]:
    """Indices of the contents list: its heading and its entries, styled or typed by hand."""
    span = {index for index, block in enumerate(blocks) if block.style.startswith("toc ")}
    later = [_bare(block.text) for block in blocks if block.kind is BlockKind.HEADING]
    for index, block in enumerate(blocks):
        if not (
            _is_heading_line(block) and _begins_with(block.text, headings.contents, alone=True)
        ):
            continue
        span.add(index)
        seen: set[str] = set()
        for at in range(index + 1, len(blocks)):
            entry = blocks[at]
            bare = _bare(entry.text)
            if at in span:
                seen.add(bare)
                continue
            if not _LEADERS.search(entry.text) and (
                bare in seen or not _is_entry(entry, bare, later, listed=bool(seen))
            ):
                break
            seen.add(bare)
            span.add(at)
        break
    return frozenset(span)


def _is_entry(block: Block, bare: str, later: list[str], *, listed: bool) -> bool:
    if len(block.text.split()) > _LONGEST_ENTRY:
        return False
    if block.kind is not BlockKind.HEADING and bare in later:
        return True  # also "Did it work?"
    if _SENTENCE_END.search(block.text.rstrip()):
        return False
    if _PAGE_AT_END.search(block.text):
        return True
    if block.kind is BlockKind.HEADING:
        # The first heading after a list is the report's; a list set as headings repeats itself.
        return not listed and later.count(bare) > 1
    return block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


def _bare(text: str) -> str:
    """A heading without numbering, dot leaders and page number, for comparison."""
    line = _PAGE_AT_END.sub("", text.strip())
    line = _NUMBERING.sub("", line, count=1)
    return re.sub(r"[^a-z0-9]+", " ", line.lower()).strip()


def _body_start(
    blocks: tuple[Block, ...],
    headings: Headings,
    contents: frozenset[int],
    boundary: int | None,
) -> int:
    """Index of the first block of the body: after cover lines, declaration and contents.

    Prose that stands under no heading of the front matter is the body, wherever it stands.
    """
    end = boundary if boundary is not None else len(blocks)
    in_front_section = False
    for at in range(end):
        block = blocks[at]
        if at in contents:
            in_front_section = False
        elif block.kind is BlockKind.HEADING:
            in_front_section = _begins_with(block.text, headings.front) is not None
            if not (in_front_section or block.style in _TITLE_STYLES or _is_title(blocks, at)):
                return at
        elif not in_front_section and not _is_cover_line(block):
            return at
    return 0  # nothing but short lines: they are the report


def _is_title(blocks: tuple[Block, ...], at: int) -> bool:
    """A first heading followed by cover lines or another heading of its rank is the title."""
    following = blocks[at + 1 : at + 3]
    return (
        at == 0
        and bool(following)
        and (
            (
                following[0].kind is BlockKind.HEADING
                and (following[0].level or 1) <= (blocks[at].level or 1)
            )
            or all(_is_cover_line(block) or block.kind is BlockKind.HEADING for block in following)
        )
    )


def _is_cover_line(block: Block) -> bool:
    return (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.TABLE_ROW)
        and len(block.text.split()) <= _LONGEST_COVER_LINE
        and not _SENTENCE_END.search(block.text.strip())
    )


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "\u2026"
