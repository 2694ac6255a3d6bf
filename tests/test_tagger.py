"""Scores to tags: what the best passage of a report gets, and who may be best."""

import numpy as np
import pytest

from test_judge import passage
from wbp_check import Tagger
from wbp_check.echo import Echoes
from wbp_check.encoder import tokenize, words_of_tokens
from wbp_check.examples import gather_examples, nearest_examples
from wbp_check.tagger import Decisions, Thresholds, decide, tag_passages
from wbp_check.types import Calibration, Example, Finding, Passage

ONE = Decisions(
    part_codes=("K1.3.impact",),
    area_codes=("situation",),
    passage_calibration=Calibration(),
    part_calibration=Calibration(),
    criterion_calibration=Calibration(),
    thresholds={"K1.3.impact": Thresholds(passage=0.6, found=0.4, possibly=0.2)},
)


def findings(passages: list[Passage], probabilities: list[float], *, whole: bool = True) -> dict:
    odds = np.array([[np.log(p / (1 - p))] for p in probabilities])
    tagging = decide(
        passages, odds, np.zeros((len(passages), 2)), ONE, Echoes(frozenset()), whole=whole
    )
    return {tag.passage: tag.finding for tag in tagging.tags}


@pytest.mark.parametrize(
    ("probability", "finding"),
    [(0.5, Finding.FOUND), (0.3, Finding.POSSIBLY), (0.1, Finding.NOT_FOUND)],
)
def test_the_best_passage_of_a_report_needs_less(probability: float, finding: Finding) -> None:
    assert findings([passage("a"), passage("b")], [probability, 0.05]) == {"a": finding}


def test_any_passage_over_its_threshold_is_found() -> None:
    shown = findings([passage("a"), passage("b")], [0.9, 0.7])
    assert shown == {"a": Finding.FOUND, "b": Finding.FOUND}


def test_a_passage_that_does_not_count_is_never_the_best_one() -> None:
    assert findings([passage("late", counts=False)], [0.5]) == {}
    assert findings([passage("late", counts=False)], [0.7]) == {"late": Finding.FOUND}


def test_a_text_alone_has_no_report_to_be_the_best_of() -> None:
    assert findings([passage("a")], [0.5], whole=False) == {}


def test_tokens_know_their_words(tagger: Tagger) -> None:
    text = "Re-tarmacking cost £99.99."
    spans = words_of_tokens(text, tagger.encoder.tokenizer)
    assert len(spans) == len(tokenize([text], tagger.encoder.tokenizer)[0])
    assert {"tarmacking", "cost", "99"} <= {text[start:end] for start, end in spans}


def test_a_tag_names_the_words_that_weigh_most(tagger: Tagger) -> None:
    text = (
        "The notes were never passed on from the night team to the depot, so the driver had no "
        "gate code and the delivery failed."
    )
    tags = tag_passages([passage("a", text=text)], tagger).tags
    (causes,) = [tag for tag in tags if tag.part == "K4.6.causes"]
    assert causes.finding is Finding.FOUND
    assert 1 <= len(causes.words) <= 4
    assert all(word in text for word in causes.words)
    assert len(causes.nearest) == 2


def test_the_nearest_examples_are_asked_of_the_part_only() -> None:
    examples = gather_examples(
        np.array([[9, 0], [1, 0.2], [0, 5], [3, 3]], np.float32),
        np.array([[1, 0], [0, 1], [1, 0], [0, 0]], bool),
        np.array([[0, 0], [1, 0], [0, 0], [0, 0]], bool),
    )
    assert len(examples.vectors) == 3  # what shows nothing is no example
    alike = nearest_examples(np.array([2, 0.1], np.float32), 0, examples)
    assert alike == (Example.EVIDENCE, Example.NEAR_MISS)
    assert nearest_examples(np.array([2, 0.1], np.float32), 1, examples) == (Example.EVIDENCE,)


def test_a_text_without_a_word_is_evidence_of_nothing(tagger: Tagger) -> None:
    assert (
        tag_passages([passage("a", text="\u200b"), passage("b", text="\uf0b7")], tagger).tags == ()
    )


def test_a_long_text_is_explained_by_the_tokens_that_are_kept(tagger: Tagger) -> None:
    text = "Nobody passed the note on to the depot, so the delivery failed. " * 30
    spans = words_of_tokens(text, tagger.encoder.tokenizer)
    assert len(spans) == len(tokenize([text], tagger.encoder.tokenizer)[0]) == 120
    assert tag_passages([passage("a", text=text)], tagger).tags
