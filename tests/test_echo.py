"""Copies of the criteria and bare lists of terms are known; people's own words are left alone."""

import pytest

from wbp_check.echo import (
    Echoes,
    copied_share,
    is_empty_claim,
    is_term_list,
    load_echoes,
    text_runs,
)
from wbp_check.learn.corpus import PassageKind, load_corpus
from wbp_check.standard import load_standard


def test_a_copy_is_known_by_its_runs_of_five_words() -> None:
    echoes = Echoes(frozenset(text_runs("one two three four five six seven")))
    assert copied_share("One two, three four five six seven!", echoes) == 1.0
    assert copied_share("I say one two three four five", echoes) == pytest.approx(5 / 7)
    assert copied_share("one two three four", echoes) == 0.0
    assert copied_share("", echoes) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Political, economic, social, technological, legal, environmental.",
        "Surveys, complaints, reviews and call data",
        "Consumer Rights Act; UK GDPR; Equality Act",
        "strengths / weaknesses / opportunities / threats",
    ],
)
def test_term_lists(text: str) -> None:
    assert is_term_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wages went up, fuel went up and two drivers left.",
        "March | 41 | 12",
        "Finance pays out, Stores count in, and Carrier Management holds the contract.",
        "Slow, rude, and never there.  They said so in 14 of 20 cards.",
        "Sorry.",
    ],
)
def test_evidence_is_no_term_list(text: str) -> None:
    assert not is_term_list(text)


def test_the_bundled_hashes_know_the_kit() -> None:
    echoes = load_echoes()
    assert len(echoes.runs) > 1000
    assert all(len(run) == 16 for run in echoes.runs)
    # a run of five words is all that is written of the kit here
    assert text_runs("potential causes of service failure") <= echoes.runs
    assert not is_empty_claim("The printer jammed, so forty letters went out a week late.", echoes)


def test_no_evidence_in_the_corpus_is_taken_for_an_empty_claim() -> None:
    from conftest import ROOT

    corpus = load_corpus(ROOT / "corpus", load_standard())
    echoes = load_echoes()
    wrong = [
        passage.text
        for report in corpus.reports
        for passage, labels in zip(report.passages, report.labels, strict=True)
        if labels.parts and is_empty_claim(passage.text, echoes)
    ]
    labelled = sum(bool(labels.parts) for report in corpus.reports for labels in report.labels)
    assert len(wrong) <= 0.002 * labelled, wrong[:10]
    terms = [p for p in corpus.passages if p.kind is PassageKind.TERMS]
    known = sum(is_empty_claim(p.text, echoes) for p in terms)
    assert known >= 0.5 * len(terms)
