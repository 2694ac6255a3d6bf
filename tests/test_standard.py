"""The standard's data: complete, consistent, and the same as what docs say."""

from pathlib import Path

import pytest

from wbp_check import BadStandard, Standard, load_standard
from wbp_check.types import Grade

SOURCE = Path(__file__).parents[1] / "src" / "wbp_check" / "standard.toml"
CODES = [
    "K1.1",
    "K1.2",
    "K1.3",
    "K1.4",
    "K2.1",
    "K2.2",
    "K4.3",
    "K4.4",
    "K4.5",
    "K4.6",
    "K4.7",
    "S1.3",
    "S1.4",
    "S2.9",
    "S2.10",
    "S2.11",
    "S3.1",
    "S3.2",
    "S3.3",
    "S3.4",
    "S5.1",
    "S5.2",
    "S5.3",
    "S5.4",
    "S5.5",
]


def test_the_numbers_of_the_kit(standard: Standard) -> None:
    grades = [criterion.grade for criterion in standard.criteria]
    assert (grades.count(Grade.PASS), grades.count(Grade.DISTINCTION)) == (16, 9)
    assert sorted(c.code for c in standard.criteria) == sorted(CODES)
    assert len(standard.parts) == 61
    assert len(standard.areas) == 7
    profile = standard.profile()
    assert (profile.lower, profile.target, profile.upper) == (2250, 2500, 2750)
    assert (profile.interview_questions, profile.interview_minutes) == (10, (54, 66))
    assert profile.under == "marked"
    assert standard.profile("tquk").under == "fails"


def test_the_two_softening_rules(standard: Standard) -> None:
    needs = {part.code: part.needs for part in standard.parts if part.needs > 1}
    assert needs == {"S3.1.gather": 2}
    groups = {c.code: c.group for c in standard.criteria if c.group}
    assert list(groups) == ["K4.7"]
    assert groups["K4.7"] is not None
    assert (len(groups["K4.7"].of), groups["K4.7"].needs) == (6, 5)


def test_statements_of_the_occupational_standard(standard: Standard) -> None:
    statements = {component.code: component.statements for component in standard.components}
    assert statements["K2"] == ("K15", "K16", "K17", "K18")
    assert statements["S2"] == tuple(f"S{number}" for number in range(4, 11))
    assert statements["S5"] == ("S15", "S16", "S17")


def test_every_part_asks_a_question(standard: Standard) -> None:
    questions = [part.question for part in standard.parts]
    assert all(
        question.rstrip(".").endswith(("?", "what")) or "?" in question for question in questions
    )
    assert len(set(questions)) == 61


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "K1.2"', 'code = "K1.1"', "K1.1 stands twice"),
        ("needs = 5", "needs = 7", "the group of K4.7"),
        ('id = "ST0071"', 'id = "ST0071"\ncolour = "red"', "colour"),
        ('default_profile = "highfield"', 'default_profile = "nobody"', "nobody"),
        ("needs = 2 ", "needs = 20 ", "more kinds than it has"),
        ("[[areas]]", "[[areas", "not a valid standard"),
    ],
)
def test_contradictions_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "standard.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadStandard, match=message):
        load_standard(path)


def test_what_is_not_in_the_standard_is_named(standard: Standard, tmp_path: Path) -> None:
    with pytest.raises(BadStandard, match="Choose one of: highfield, tquk"):
        standard.profile("ocr")
    with pytest.raises(BadStandard, match="no criterion “K3"):
        standard.criterion("K3.2")
    with pytest.raises(BadStandard, match="cannot be opened"):
        load_standard(tmp_path / "missing.toml")
