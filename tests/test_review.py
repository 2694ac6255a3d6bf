"""A person's marks change tags, and judging follows; a review fits its own report only."""

from dataclasses import replace

import pytest
from spacy.language import Language

from conftest import ROOT
from wbp_check import (
    BadReview,
    Check,
    Finding,
    Standard,
    Status,
    Tagger,
    check_report,
    read_report,
)
from wbp_check.drafts import draft_from_json
from wbp_check.review import (
    Decision,
    Review,
    apply_review,
    new_review,
    review_from_json,
    review_to_json,
    set_mark,
    set_note,
)


@pytest.fixture(scope="module")
def check(standard: Standard, nlp: Language, tagger: Tagger) -> Check:
    path = ROOT / "examples" / "report.docx"
    return check_report(read_report(path.read_bytes(), path.name), standard, nlp, tagger)


def test_without_marks_nothing_changes(check: Check, standard: Standard) -> None:
    assert apply_review(check, new_review(check), standard) == check


def test_marks_make_and_unmake_a_criterion(check: Check, standard: Standard) -> None:
    by_code = {verdict.code: verdict for verdict in check.verdicts}
    met = next(v for v in check.verdicts if v.status is Status.MET and len(v.parts) == 2)
    open_one = next(v for v in check.verdicts if v.status is not Status.MET and len(v.parts) == 2)
    passages = {passage.id: passage for passage in check.passages}
    counting = next(passage for passage in check.passages if passage.counts)

    review = new_review(check)
    for passage in met.parts[0].passages:
        review = set_mark(review, passages[passage], met.parts[0].code, Decision.DOES_NOT_SHOW)
    for part in open_one.parts:
        review = set_mark(review, counting, part.code, Decision.SHOWS)
    after = {v.code: v for v in apply_review(check, review, standard).verdicts}

    assert after[met.code].status is Status.PARTLY_MET
    assert after[met.code].parts[0].finding is Finding.NOT_FOUND
    assert after[open_one.code].status is Status.MET
    others = set(by_code) - {met.code, open_one.code}
    assert all(after[code] == by_code[code] for code in others)


def test_a_mark_is_taken_back(check: Check, standard: Standard) -> None:
    passage = check.passages[0]
    review = set_mark(new_review(check), passage, "K1.1.mission", Decision.SHOWS)
    review = set_mark(review, passage, "K1.1.mission", Decision.DOES_NOT_SHOW)
    assert [mark.decision for mark in review.marks] == [Decision.DOES_NOT_SHOW]
    assert set_mark(review, passage, "K1.1.mission", None) == new_review(check)


def test_a_review_survives_its_file(check: Check) -> None:
    review = set_mark(new_review(check), check.passages[3], "S1.3.decision", Decision.SHOWS)
    review = set_note(review, check.passages[4], "Who decided this? Ask “why then?”")
    assert review_from_json(review_to_json(review).encode(), "marks.json") == review


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (lambda review: replace(review, report="0" * 64), "another file"),
        (
            lambda review: replace(review, marks=(replace(review.marks[0], text="Altered."),)),
            "another version",
        ),
        (
            lambda review: replace(review, marks=(replace(review.marks[0], part="K9.9.x"),)),
            r"K9\.9\.x is no part",
        ),
    ],
)
def test_strange_reviews_are_refused(
    review: object, said: str, check: Check, standard: Standard
) -> None:
    own = set_mark(new_review(check), check.passages[0], "K1.1.mission", Decision.SHOWS)
    strange: Review = review(own)  # type: ignore[operator]
    with pytest.raises(BadReview, match=said):
        apply_review(check, strange, standard)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"wbp-check review": 1}', b"\xff\xfe", b"[" * 99999]
)
def test_what_is_no_review_is_refused(data: bytes) -> None:
    with pytest.raises(BadReview, match=r"notes\.json is not"):
        review_from_json(data, "notes.json")


@pytest.mark.parametrize(
    "data", [b"[]", b"[" * 99999, b'{"word_count": {"counted": Infinity}, "criteria": []}']
)
def test_what_is_no_saved_check_is_refused(data: bytes) -> None:
    with pytest.raises(BadReview, match=r"draft\.json is not a saved check"):
        draft_from_json(data, "draft.json")
