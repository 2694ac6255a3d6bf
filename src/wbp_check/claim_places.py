"""Where a report says by its codes which criteria it means to show, and for which passages. Pure.

What is no claim: a code after a word that names something else ("room B2.1", "firmware S1.2"), or in
a table column so headed; and a code that the method does not have, unless a heading, a bracket, a
word such as "criterion", or one of the method's codes beside it shows that criteria are meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wbp_check.criterion_codes import Mention, find_mentions
from wbp_check.types import Block, BlockKind, Check, Passage, Region

_THING = (
    r"(?:rooms?|floor|bay|gate|desk|seat|bed|ward|shelf|aisle|locker|platform|zone|plot|flat|unit|"
    r"model|version|firmware|release|sku|serial|invoice|postcode|machine|engine|level|junction|"
    r"(?:part|item|order|product|bus|train|flight)(?=\s*(?:no\b|number|code|ref)))"
)
_NUMBER_WORD = r"(?:\s*(?:no\.?|number|code|ref\.?|reference))?"
_AFTER_A_THING = re.compile(rf"\b{_THING}{_NUMBER_WORD}\s*[:#]?\s*$", re.I)
_BRACKET_AFTER_A_THING = re.compile(rf"\b{_THING}{_NUMBER_WORD}\s*[(\[]\s*$", re.I)
_COLUMN_OF_THINGS = re.compile(rf"\s*{_THING}\b", re.I)
_MEANS_CRITERIA = re.compile(
    r"\bcriteri|\bksbs?\b|\bassessment\b|\bdistinction\b|\bevidenc|\bmapp(?:ed|ing)\b", re.I
)
_OPENED = re.compile(r"[(\[][^()\[\]]*$")
_CLOSED = re.compile(r"[^()\[\]]*[)\]]")
_SAYS_NOTHING = re.compile(
    r"[\W\d_]|\b(?:criteri(?:on|a)|ksbs?|evidence|ref(?:erence)?s?|links?|linked|covers?|covered|"
    r"meets?|met|mapped|see|for|of|to|and|the|pass|distinction|assessment|this|section)\b",
    re.I,
)
_READ = (Region.BODY, Region.ANNEX)
_LOWEST = 10  # rank of a heading without a level: under every one that has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Codes at one place, and the passages for which they speak.

    `passage` is the one that holds them; None where the heading at index `block` does.
    """

    codes: tuple[str, ...]
    block: int
    passage: Passage | None
    scope: tuple[Passage, ...]


def find_places(check: Check, method: Sequence[str]) -> Iterator[Place]:
    """All places of body and annexes in reading order; `method` is the method's own codes.

    A heading speaks for all passages up to the next heading of its level or a higher one; a table
    row for itself; a line of nothing but codes for the passages under the same heading; a sentence
    for its paragraph, if no other sentence of it holds a code, and else for itself. A sentence that
    ends in a colon speaks for the list after it too.
    """
    by_block: dict[int, tuple[Passage, ...]] = {}
    for passage in check.passages:
        by_block[passage.block] = (*by_block.get(passage.block, ()), passage)
    for index, block in enumerate(check.report.blocks):
        own = by_block.get(index, ())
        if block.region not in _READ:
            continue
        if block.kind is BlockKind.HEADING:
            codes = meant_codes(block.text, block.text, method, in_heading=True)
            if codes:
                scope = _section(check, by_block, index)
                yield Place(codes=codes, block=index, passage=None, scope=scope)
        elif block.kind is BlockKind.TABLE_ROW and own:
            rows = _table_rows(check.report.blocks, index)
            codes = meant_codes(
                _without_columns_of_things(block, rows[0]),
                " ".join(row.text for row in rows),
                method,
            )
            if codes:
                yield Place(codes=codes, block=index, passage=own[0], scope=own)
        else:
            for passage in own:
                if codes := meant_codes(passage.text, block.text, method):
                    scope = _scope(check, by_block, passage, method)
                    yield Place(codes=codes, block=index, passage=passage, scope=scope)


def meant_codes(
    text: str, around: str, method: Sequence[str], *, in_heading: bool = False
) -> tuple[str, ...]:
    """The codes in a text that are meant as criteria; `around` may show that they are."""
    near = {code for mention in find_mentions(around, method) for code in mention.codes}
    meant = in_heading or bool(near & set(method)) or bool(_MEANS_CRITERIA.search(around))
    found: list[str] = []
    for mention in find_mentions(text, method):
        before = text[: mention.start]
        if _AFTER_A_THING.search(before):
            continue
        others = not _BRACKET_AFTER_A_THING.search(before) and (meant or _bracketed(text, mention))
        found += [code for code in mention.codes if others or code in method]
    return tuple(dict.fromkeys(found))


def _bracketed(text: str, mention: Mention) -> bool:
    return bool(_OPENED.search(text[: mention.start]) and _CLOSED.match(text[mention.end :]))


def _scope(
    check: Check,
    by_block: dict[int, tuple[Passage, ...]],
    passage: Passage,
    method: Sequence[str],
) -> tuple[Passage, ...]:
    blocks = check.report.blocks
    if _is_label(passage.text, method):
        heading = passage.block
        while heading >= 0 and blocks[heading].kind is not BlockKind.HEADING:
            heading -= 1
        return _section(check, by_block, heading)
    own = by_block[passage.block]
    if sum(bool(find_mentions(other.text, method)) for other in own) > 1:
        own = (passage,)
    after = passage.block + 1
    while (
        passage.text.endswith(":")
        and after < len(blocks)
        and blocks[after].kind is BlockKind.LIST_ITEM
    ):
        own += by_block.get(after, ())
        after += 1
    return own


def _section(
    check: Check, by_block: dict[int, tuple[Passage, ...]], heading: int
) -> tuple[Passage, ...]:
    """The passages under a heading; of one with nothing under it, those of the next."""
    blocks = check.report.blocks
    rank = _rank(blocks[heading]) if heading >= 0 else _LOWEST
    scope: tuple[Passage, ...] = ()
    for index in range(heading + 1, len(blocks)):
        block = blocks[index]
        if block.kind is BlockKind.HEADING and _rank(block) <= rank and scope:
            break
        scope += by_block.get(index, ())
    return scope


def _rank(heading: Block) -> int:
    return heading.level or _LOWEST


def _is_label(text: str, method: Sequence[str]) -> bool:
    """Whether a passage holds codes and says nothing else."""
    rest = text
    for mention in reversed(find_mentions(text, method)):
        rest = rest[: mention.start] + rest[mention.end :]
    return not _SAYS_NOTHING.sub("", rest)


def _table_rows(blocks: Sequence[Block], index: int) -> Sequence[Block]:
    """The rows of the table to which the row at `index` belongs."""
    first = last = index
    while first > 0 and blocks[first - 1].kind is BlockKind.TABLE_ROW:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.TABLE_ROW:
        last += 1
    return blocks[first : last + 1]


def _without_columns_of_things(row: Block, header: Block) -> str:
    """The row's text without the cells whose column is headed "Room", "Part no." or the like."""
    heads = header.text.split("\t")
    return " | ".join(
        cell
        for column, cell in enumerate(row.text.split("\t"))
        if not _COLUMN_OF_THINGS.match("".join(heads[column : column + 1]))
    )
