"""Blocks to passages: the units that carry tags.

A sentence, a list item, a table row or a caption is one passage; headings are none. A list item or
table row of more than 60 words is prose, and its sentences are the passages. spaCy's rule
based sentence splitter needs no trained model; its splits after abbreviations and inside a
quotation are joined again, because the writer's sentence goes on there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wbp_check.standard import Profile
from wbp_check.types import Block, BlockKind, Passage, Region, Report, Story
from wbp_check.words import block_words, count_words, label_words

if TYPE_CHECKING:
    from spacy.language import Language

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:St|Dr|Mr|Mrs|Ms|Prof|Rev|Dept|Ltd|Co|approx|ref|Ref|est|vs|p|pp|para|"
    r"Fig|fig|ext|Ext|tel|Tel|Rd|Ave|incl|inc|etc|e\.g|i\.e|a\.m|p\.m)\.$"
)
_ONLY_A_MARK = re.compile(r"[A-Z]?\d[\d.:]*")  # "17.50.", "R1.": of a log or a list
_NUMBER_SIGN = re.compile(r"(?:^|[\s(])(?:No|Nos|no|nos)\.$")
_OPENS = re.compile(r"[\u201c]|(?:^|(?<=[\s(]))\"")
_CLOSES = re.compile(r"[\u201d]|(?<=[^\s(])\"")
_DANGLING_OPENER = re.compile(r"(?:^|\s+)([\"\u201c\u2018(\[])$")
_AFTER_I = re.compile(r"(?<=\bI\.)\s+(?=[\"\u201c\u2018]?[A-Z][a-z' ])")  # "so could I. Then"
_MOST_JOINED = 6  # sentences: a quotation mark that is never closed must not swallow a page
_LONGEST_WHOLE = 60  # words: a longer list item or table row is prose in a box, read by sentences
CELL_BREAK = " | "
"""Between the cells of a row in a passage."""
_TYPED_MARK = re.compile(r"^(?:[-*\u2022\u00b7\u25cf\u25aa\u2013]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


def load_sentence_splitter() -> Language:
    """The English sentence splitter: rules only, nothing downloaded."""
    import spacy  # here, because it takes most of a second that reading and counting need not wait

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def split_passages(report: Report, profile: Profile, nlp: Language) -> tuple[Passage, ...]:
    """All passages of a placed report in reading order. See `lay_passages` for what counts."""
    texts = [_block_texts(block, nlp) for block in report.blocks]
    return lay_passages(report, texts, profile)


def lay_passages(
    report: Report, texts: Sequence[tuple[str, ...]], profile: Profile
) -> tuple[Passage, ...]:
    """Passages from the texts of each block, numbered and placed.

    A passage counts if it stands in the body and its first counted word is not after the upper
    limit (kit p. 32). Words outside the main story are not counted; such a passage stands where
    the count was when the reader came to it.
    """
    passages: list[Passage] = []
    words = 0
    heading = ""
    for index, (block, block_texts) in enumerate(zip(report.blocks, texts, strict=True)):
        region = block.region or Region.BODY
        in_count = region is not Region.ANNEX
        if block.kind is BlockKind.HEADING:
            heading = block.text
            block_texts = ()
        first = words + 1
        within = words + (label_words(block) if block.story is Story.MAIN else 0)
        for text in block_texts:
            passages.append(
                Passage(
                    id=f"p{len(passages) + 1}",
                    text=text,
                    kind=block.kind,
                    block=index,
                    page=block.page,
                    paragraph=block.paragraph,
                    heading=heading,
                    region=region,
                    first_word=first if in_count else None,
                    counts=region is Region.BODY and first <= profile.upper,
                )
            )
            if block.story is Story.MAIN:
                within += count_words(text.replace(CELL_BREAK, " "))
            first = within + 1
        words += block_words(block) if in_count else 0
    return tuple(passages)


def split_sentences(text: str, nlp: Language) -> tuple[str, ...]:
    """The sentences of a paragraph, with abbreviations and quotations kept whole."""
    flat = " ".join(text.split())
    if not flat:
        return ()
    joined: list[str] = []
    pieces = 0
    for sentence in _raw_sentences(flat, nlp):
        if joined and pieces < _MOST_JOINED and _goes_on(joined[-1], sentence):
            joined[-1] = f"{joined[-1]} {sentence}"
            pieces += 1
        else:
            joined.append(sentence)
            pieces = 1
    return tuple(joined)


def _block_texts(block: Block, nlp: Language) -> tuple[str, ...]:
    if not block.text.strip() or block.kind is BlockKind.HEADING:
        return ()
    if block.kind is BlockKind.PARAGRAPH:
        return split_sentences(block.text, nlp)
    cells = [" ".join(cell.split()) for cell in block.text.split("\t")]
    cells = [cell for cell in cells if cell]
    if block.kind is BlockKind.LIST_ITEM:
        cells = [_TYPED_MARK.sub("", cell) or cell for cell in cells]
    if sum(len(cell.split()) for cell in cells) > _LONGEST_WHOLE:
        return tuple(text for cell in cells for text in split_sentences(cell, nlp))
    return (CELL_BREAK.join(cells),)


def _raw_sentences(text: str, nlp: Language) -> Iterator[str]:
    """spaCy's sentences, mended: an opening mark belongs to what it opens."""
    carried = ""
    for span in nlp(text).sents:
        for piece in _AFTER_I.split(span.text.strip()):
            sentence = carried + piece
            carried = ""
            if match := _DANGLING_OPENER.search(sentence):
                carried = match[1]
                sentence = sentence[: match.start()]
            if sentence:
                yield sentence
    if carried:
        yield carried


def _goes_on(before: str, after: str) -> bool:
    """Whether a split was wrong: the writer's sentence goes on."""
    if after[0].islower() or not any(character.isalnum() for character in after):
        return True
    if _ONLY_A_MARK.fullmatch(before):
        return True
    if _NUMBER_SIGN.search(before) and after[0].isdigit():
        return True
    if _ABBREVIATION.search(before) and not before.endswith(("a.m.", "p.m.", "etc.")):
        return True
    return len(_OPENS.findall(before)) > len(_CLOSES.findall(before))
