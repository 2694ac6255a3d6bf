"""The other duties of a report, and the dates from the gateway meeting."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console
from spacy.language import Language

from wbp_check import Standard, Tagger, check_report, read_report
from wbp_check.cli import cli
from wbp_check.duties import DutyCheck, check_duties
from wbp_check.judge import judge
from wbp_check.terminal.duties import print_dates, print_duties
from wbp_check.timeline import add_months, date_deadlines
from wbp_check.types import Check, Finding, Region, Tag, Tagging

REPORT = """# The case

We sent a survey to ninety parents and held a focus group, because we wanted to know why they left.

My manager decided that refunds under ten pounds need no form, so that nobody has to wait for one.

I decided to ring every customer back on the same day, since a day is all that they would give us.

AI answers the first question in our chat. The letter is in Annex B.

# Annex A: Call log

09.15 Mrs Hall rang.

# Annex B: Letter to Mrs Hall

I am sorry that nobody rang you back.

Nobody at the depot was told of the new gate, and so the van stood outside for an hour.
"""


@pytest.fixture(scope="module")
def check(standard: Standard, nlp: Language, tagger: Tagger) -> Check:
    return check_report(read_report(REPORT.encode(), "report.txt"), standard, nlp, tagger)


@pytest.fixture(scope="module")
def duties(check: Check, standard: Standard) -> DutyCheck:
    return check_duties(check, standard)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["duties", *words])


def test_ai_in_the_work_is_not_a_statement(duties: DutyCheck) -> None:
    assert [p.text for p in duties.ai_mentions] == ["AI answers the first question in our chat."]
    assert duties.ai_statements == ()


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("I used Copilot to transcribe the calls for this report.", True),
        ("No AI was used to write this report.", True),
        ("Covid, Brexit and AI are outside factors.", False),
    ],
)
def test_statements_on_ai(check: Check, standard: Standard, text: str, stated: bool) -> None:
    passage = replace(check.passages[0], text=text)
    found = check_duties(replace(check, passages=(passage, *check.passages[1:])), standard)
    assert (passage in found.ai_statements) == stated


def test_annexes_are_tied_to_the_report(duties: DutyCheck) -> None:
    log, letter = duties.annexes
    assert (log.annex.referred_at, log.says_i) == ((), False)
    assert len(letter.annex.referred_at) == 1
    assert letter.says_i


def test_what_follows_the_annexes_is_no_part_of_the_last(
    standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    text = "# The case\n\nWe rang her.\n\n# Annex A: Log\n\n09.15 Mrs Hall rang.\n\n"
    text += "# References\n\nHall, J. (2019) My customer and me.\n"
    check = check_report(read_report(text.encode(), "report.txt"), standard, nlp, tagger)
    assert [owner.says_i for owner in check_duties(check, standard).annexes] == [False]


def test_a_report_without_annexes(standard: Standard, check: Check) -> None:
    body = tuple(replace(block, region=Region.BODY) for block in check.report.blocks)
    bare = replace(check, report=replace(check.report, blocks=body))
    found = check_duties(bare, standard)
    assert found.annexes == ()
    out = StringIO()
    print_duties(found, standard, "report.txt", check.made_with, Console(file=out, width=150))
    assert "no annex found; the report should have some" in out.getvalue()


def tagged(check: Check, standard: Standard, tags: dict[str, str]) -> DutyCheck:
    """The duties, had the tagger found these parts in the passages that begin so."""
    found = tuple(
        Tag(passage=passage.id, part=part, probability=0.9, finding=Finding.FOUND)
        for passage in check.passages
        for begin, part in tags.items()
        if passage.text.startswith(begin)
    )
    assert len(found) == len(tags)
    tagging = Tagging(areas=(), tags=found)
    verdicts = judge(check.passages, tagging, standard)
    return check_duties(replace(check, tagging=tagging, verdicts=verdicts), standard)


def test_evidence_in_an_annex_alone(check: Check, standard: Standard) -> None:
    annex, body = "Nobody at the depot", "We sent a survey"
    (part,) = tagged(check, standard, {annex: "K4.6.causes"}).uncounted
    assert part.part == "K4.6.causes"
    assert part.passages[0].text.startswith(annex)
    assert tagged(check, standard, {annex: "K4.6.causes", body: "K4.6.causes"}).uncounted == ()


def test_we_and_colleagues_without_i(check: Check, standard: Standard) -> None:
    duties = tagged(
        check,
        standard,
        {
            "We sent a survey": "S3.1.gather",
            "My manager decided": "S1.3.decision",
            "I decided": "S1.3.decision",
            "AI answers": "K2.2.process",  # anybody's work may show it
        },
    )
    ours, theirs = duties.shared
    assert (ours.parts, ours.alone) == (("S3.1.gather",), ("S3.1.gather",))
    assert (theirs.parts, theirs.alone) == (("S1.3.decision",), ())  # "I decided" shows it too


def test_duties_as_text_name_their_pages(
    duties: DutyCheck, check: Check, standard: Standard
) -> None:
    out = StringIO()
    print_duties(duties, standard, "report.txt", check.made_with, Console(file=out, width=150))
    for duty in standard.duties:
        assert duty.source in out.getvalue()
    assert "nothing says whether it was used" in out.getvalue()


def test_the_dates_of_the_kit(standard: Standard) -> None:
    dated = date_deadlines(standard.profile(), date(2024, 11, 30), date(2025, 2, 3))
    assert {d.deadline.code: d.due for d in dated} == {
        "proposal": date(2024, 12, 7),
        "report": date(2025, 1, 30),
        "submission": date(2025, 1, 20),
        "window": date(2025, 2, 28),
        "rework": None,
        "resit": None,
    }
    latest = {
        d.deadline.code: d.due for d in date_deadlines(standard.profile(), date(2024, 11, 30))
    }
    assert latest["submission"] == date(2025, 2, 14)
    assert date_deadlines(standard.profile("tquk"), date(2024, 11, 30)) == ()


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 10, 15), 3, date(2026, 1, 15)),
        (date(2025, 3, 1), 12, date(2026, 3, 1)),
    ],
)
def test_calendar_months(day: date, months: int, due: date) -> None:
    assert add_months(day, months) == due


def test_an_interview_after_the_window_is_said(standard: Standard) -> None:
    profile, day = standard.profile(), date(2025, 6, 1)
    out = StringIO()
    dates = date_deadlines(profile, date(2025, 1, 6), day)
    print_dates(dates, profile, day, Console(file=out, width=150))
    assert "interview is after that day" in out.getvalue()
    assert "within 1 month, from a day that you are told" in out.getvalue()


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    table = json.loads(run(str(path), "--json", "--gateway", "30/11/2024").stdout)
    assert table["dates"][1]["due"] == "2025-01-30"
    assert table["annexes"][1]["says_i"]
    assert table["ai"]["statements"] == []
    for wrong in (
        ["--interview", "2025-01-01"],
        ["--gateway", "2025-01-02", "--interview", "2025-01-01"],
    ):
        assert run(str(path), *wrong).exit_code == 2
