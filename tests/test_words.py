"""Counting as Word counts: hand-counted texts."""

import pytest

from wbp_check.standard import load_standard
from wbp_check.types import Block, BlockKind, Fit, Format, Region, Report, Story
from wbp_check.words import block_words, count_report, count_warnings, count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \t\n ", 0),
        ("The refund was late.", 4),
        ("well-known and/or 06/03/2024 a@b.co", 4),  # hyphens and slashes do not part
        ("nine–five", 2),  # an en dash parts
        ("this — that", 2),  # and is no word itself
        ("salt & pepper / vinegar - maybe", 7),  # lone &, / and - are words
        ("£42.50\u00a0each", 2),  # a non-breaking space parts
        ("one\ttwo\nthree", 3),
        ("(%)", 1),
        ("don’t can't", 2),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_dash_rule_can_be_switched_off() -> None:
    assert count_words("this — that", frozenset()) == 3


def block(text: str, **more: object) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, **more)  # type: ignore[arg-type]


def test_each_automatic_label_is_a_word() -> None:
    assert block_words(block("check the date", labels=("•",))) == 4
    assert block_words(block("", labels=("1.",))) == 1
    assert block_words(block("a\tb", labels=("1.", "2."))) == 4
    assert block_words(block("Terms", labels=("Article I.",))) == 3
    assert block_words(block("a dash before it", labels=("–",))) == 5
    assert block_words(block("check the date", labels=("•",)), frozenset()) == 3


def test_text_boxes_and_notes_are_left_out_unless_asked_for() -> None:
    box = block("five words in a box", story=Story.TEXT_BOX)
    assert block_words(box) == 0
    assert block_words(box, frozenset({"text boxes"})) == 5
    assert block_words(block("a note", story=Story.NOTE), frozenset({"notes"})) == 2


def report(*blocks: Block) -> Report:
    return Report(name="r", format=Format.TXT, sha256="", pages=None, blocks=blocks)


def test_everything_but_the_annexes_counts() -> None:
    count = count_report(
        report(
            block("cover page", region=Region.FRONT),
            block("contents", region=Region.CONTENTS),
            block("one two three", region=Region.BODY),
            block("a book", region=Region.REFERENCES),
            block("not counted at all", region=Region.ANNEX),
        ),
        load_standard().profile(),
    )
    assert count.counted == 2 + 1 + 3 + 2
    assert count.regions == {
        "front matter": 2,
        "contents": 1,
        "body": 3,
        "references": 2,
        "annexes": 4,
    }
    assert count.fit is Fit.UNDER


@pytest.mark.parametrize(
    ("words", "fit"),
    [(2249, Fit.UNDER), (2250, Fit.WITHIN), (2750, Fit.WITHIN), (2751, Fit.OVER)],
)
def test_limits_are_inclusive(words: int, fit: Fit) -> None:
    count = count_report(report(block("word " * words)), load_standard().profile())
    assert count.fit is fit


def test_effects_say_what_each_rule_adds() -> None:
    count = count_report(
        report(block("a — b", labels=("•",)), block("in a box", story=Story.TEXT_BOX)),
        load_standard().profile(),
    )
    effects = {effect.rule: (effect.applied, effect.words) for effect in count.effects}
    assert effects == {
        "labels": (True, 1),
        "dashes": (True, -1),
        "text boxes": (False, 3),
        "notes": (False, 0),
    }


def test_an_unsure_rule_that_decides_a_limit_is_named() -> None:
    body, box = block("word " * 2745), block("word " * 10, story=Story.TEXT_BOX)
    (warning,) = count_warnings(count_report(report(body, box), load_standard().profile()))
    assert "text boxes" in warning
    assert "2,750" in warning
    assert "2,755" in warning
    small = count_report(report(body), load_standard().profile())
    assert count_warnings(small) == ()


def test_a_rule_that_only_touches_a_limit_decides_nothing() -> None:
    body, box = block("word " * 2250), block("word " * 10, story=Story.TEXT_BOX)
    assert count_warnings(count_report(report(body, box), load_standard().profile())) == ()
