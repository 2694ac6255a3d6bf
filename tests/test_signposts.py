"""Signposts: every criterion has one, it leads somewhere, and only what is open is shown."""

import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console
from spacy.language import Language

from wbp_check import BadStandard, Standard, Tagger, check_report, load_standard, read_report
from wbp_check.cli import cli
from wbp_check.signposts import learning_steps, places_to_learn
from wbp_check.terminal.signposts import print_steps
from wbp_check.types import Finding, Status

SOURCE = Path(__file__).parents[1] / "src" / "wbp_check" / "standard.toml"


def test_every_criterion_leads_to_both_courses(standard: Standard) -> None:
    for signpost in standard.signposts:
        places = places_to_learn(signpost, standard)
        assert {place.course.code for place in places} == {"btec", "customer-1st"}
        assert all(place.lesson.about for place in places)
    assert len(standard.signposts) == 25


def test_only_open_criteria_are_shown(
    example: Path, standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    check = check_report(read_report(example.read_bytes(), example.name), standard, nlp, tagger)
    steps = learning_steps(check, standard)
    open_codes = [v.code for v in check.verdicts if v.status is not Status.MET]
    assert [step.criterion.code for step in steps] == open_codes
    assert all(part.finding is not Finding.FOUND for step in steps for part in step.open_parts)
    out = StringIO()
    print_steps(steps, "report.docx", check.made_with, Console(file=out, width=200))
    for step in steps:
        assert f"{step.criterion.code} {step.criterion.title}" in out.getvalue()
    table = json.loads(CliRunner().invoke(cli, ["signposts", str(example), "--json"]).stdout)
    assert [row["code"] for row in table["criteria"]] == open_codes
    assert all(row["statements"] and len(row["lessons"]) >= 2 for row in table["criteria"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('statements = ["K3"]', 'statements = ["K6"]', "K1.1 names a statement that K1"),
        (
            'criterion = "K2.1"\nstatements',
            'criterion = "K2.2"\nstatements',
            "K2.1 has no signpost",
        ),
        ('outcome = "8.5"', 'outcome = "8.10"', "Module 8 has no outcome 8.10"),
        ('unit = "Unit 7", outcome', 'unit = "Unit 6", outcome', "unknown Unit 6"),
        ('components = ["K2"]', 'components = ["K3"]', "no lesson for K2.1"),
        ('"K1.5", "K1.6"', '"K1.1", "K1.6"', "K1.1 stands twice"),
        ('own_work = [\n  "K1.2.improvement"', 'own_work = [\n  "K1.2.better"', "K1.2.better"),
        ('code = "rework"', 'code = "resit"', "resit stands twice among the deadlines"),
        ('"S5.5" = ["recurring"', '"S5.6" = ["recurring"', "promises and criteria differ in S5.5"),
    ],
)
def test_contradictions_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "standard.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadStandard, match=message):
        load_standard(path)
