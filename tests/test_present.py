"""What the page says in words."""

import pytest

from wbp_check.present import reasons_sentence
from wbp_check.types import Example, Finding, Tag


@pytest.mark.parametrize(
    ("words", "nearest", "said"),
    [
        ((), (), ""),
        (("refund", "early"), (), "Weighed most: “refund”, “early”."),
        (
            (),
            (Example.EVIDENCE, Example.NEAR_MISS),
            "Of the 2 labelled passages most like it, 1 show this part and 1 only came near.",
        ),
        (
            ("refund",),
            (Example.NEAR_MISS, Example.NEAR_MISS),
            "Weighed most: “refund”. Of the 2 labelled passages most like it, 0 show this part "
            "and 2 only came near. Look closely.",
        ),
    ],
)
def test_reasons(words: tuple[str, ...], nearest: tuple[Example, ...], said: str) -> None:
    tag = Tag(
        passage="p1",
        part="K1.1.mission",
        probability=0.9,
        finding=Finding.FOUND,
        words=words,
        nearest=nearest,
    )
    assert reasons_sentence(tag) == said
