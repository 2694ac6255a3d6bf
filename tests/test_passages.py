"""Sentences as their writers meant them, and where each passage stands."""

import pytest
from spacy.language import Language

from wbp_check import Standard
from wbp_check.body import place_blocks
from wbp_check.passages import split_passages, split_sentences
from wbp_check.types import Block, BlockKind, Format, Region, Report, Story


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Osei rang at 9 a.m. about £42.50.", None),
        ("See Form No. 4 and e.g. the log.", None),
        ("Mum said no. I rang again.", ["Mum said no.", "I rang again."]),
        ('She paid. "I never got it," she said.', ["She paid.", '"I never got it," she said.']),
        (
            '"I waited three weeks. Nobody rang." That was her answer.',
            ['"I waited three weeks. Nobody rang."', "That was her answer."],
        ),
        ("“It was late. Very late,” he wrote.", None),
        ("He was as sure as I. Then it broke.", ["He was as sure as I.", "Then it broke."]),
        ("It failed (see below). (It was old.)", ["It failed (see below).", "(It was old.)"]),
        ("   ", []),
        ("no full stop", None),
    ],
)
def test_sentences(text: str, sentences: list[str] | None, nlp: Language) -> None:
    assert split_sentences(text, nlp) == tuple([text] if sentences is None else sentences)


def test_an_unclosed_quotation_does_not_swallow_the_page(nlp: Language) -> None:
    text = '"It began. ' + " ".join(f"Sentence number {i} is here." for i in range(20))
    assert len(split_sentences(text, nlp)) >= 3


def block(kind: BlockKind, text: str, **more: object) -> Block:
    return Block(kind=kind, text=text, **more)  # type: ignore[arg-type]


def test_a_time_or_number_alone_belongs_to_what_follows(nlp: Language) -> None:
    text = "17.50. Amber warning, on call. R1. The list should be scrapped."
    assert split_sentences(text, nlp) == (
        "17.50. Amber warning, on call.",
        "R1. The list should be scrapped.",
    )


def test_kinds_places_and_words(standard: Standard, nlp: Language) -> None:
    report = Report(
        name="r",
        format=Format.DOCX,
        sha256="",
        pages=None,
        blocks=(
            block(BlockKind.HEADING, "What happened", level=1),
            block(BlockKind.PARAGRAPH, "It broke. I rang.", paragraph=2, page=1),
            block(BlockKind.LIST_ITEM, "call the depot", labels=("•",)),
            block(BlockKind.LIST_ITEM, "- typed dash"),
            block(BlockKind.TABLE_ROW, "March\t41\t"),
            block(BlockKind.PARAGRAPH, "In a box.", story=Story.TEXT_BOX),
            block(BlockKind.HEADING, "Annex A", level=1),
            block(BlockKind.PARAGRAPH, "Dear Sir."),
        ),
    )
    passages = split_passages(place_blocks(report, standard), standard.profile(), nlp)
    assert [p.text for p in passages] == [
        "It broke.",
        "I rang.",
        "call the depot",
        "typed dash",
        "March | 41",
        "In a box.",
        "Dear Sir.",
    ]
    # 2 words of heading; "It broke." 3-4; "I rang." 5-6; the bullet is word 7; the dash word 11
    assert [p.first_word for p in passages] == [3, 5, 7, 11, 14, 16, None]
    assert [p.counts for p in passages] == [True] * 6 + [False]
    assert passages[0].heading == "What happened"
    assert (passages[0].page, passages[0].paragraph) == (1, 2)
    assert passages[-1].region is Region.ANNEX


def test_what_begins_after_the_limit_does_not_count(standard: Standard, nlp: Language) -> None:
    blocks = (
        block(BlockKind.PARAGRAPH, " ".join(["word"] * 2748) + "."),
        block(BlockKind.PARAGRAPH, "The last two. After the limit."),
    )
    report = Report(name="r", format=Format.TXT, sha256="", pages=None, blocks=blocks)
    passages = split_passages(report, standard.profile(), nlp)
    assert [(p.first_word, p.counts) for p in passages] == [
        (1, True),
        (2749, True),
        (2752, False),
    ]


def test_prose_in_a_table_is_read_by_sentences(standard: Standard, nlp: Language) -> None:
    answer = " ".join(f"On day {number} I rang the depot and wrote it down." for number in range(8))
    report = Report(
        name="r",
        format=Format.DOCX,
        sha256="",
        pages=None,
        blocks=(block(BlockKind.TABLE_ROW, f"What did you do?\t{answer}"),),
    )
    passages = split_passages(report, standard.profile(), nlp)
    assert len(passages) == 9
    assert passages[0].text == "What did you do?"
    assert [p.first_word for p in passages[:3]] == [1, 5, 16]  # 11 words a sentence
