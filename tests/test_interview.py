"""The interview plan: its bank, its order, its limits, and that no better choice exists."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import StringIO
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from spacy.language import Language

from wbp_check import BadStandard, Check, Standard, Tagger, check_report, load_standard, read_report
from wbp_check.cli import cli
from wbp_check.cover import choose_cover
from wbp_check.echo import copied_share, load_echoes
from wbp_check.export.interview_json import plan_to_table
from wbp_check.interview import InterviewPlan, Why, is_open, plan_interview, reason_of
from wbp_check.judge import judge
from wbp_check.terminal.interview import print_plan
from wbp_check.types import Finding, Grade, Region, Tag, Tagging

SOURCE = Path(__file__).parents[1] / "src" / "wbp_check" / "standard.toml"
FACTORS = ("political", "economic", "social", "technical", "legal", "environmental")
WEIGHTS = {"a": 0.9, "b": 0.5, "c": 0.3, "d": 0.7, "e": 1.0, "f": 1.0, "g": 1.0, "h": 1.0}


@pytest.fixture(scope="module")
def checked(example: Path, standard: Standard, nlp: Language, tagger: Tagger) -> Check:
    report = read_report(example.read_bytes(), example.name)
    return check_report(report, standard, nlp, tagger)


def with_tags(check: Check, tags: Iterable[Tag], standard: Standard) -> Check:
    """The check as it stands if the tagger had said this."""
    tagging = Tagging(areas=(), tags=tuple(tags))
    return replace(check, tagging=tagging, verdicts=judge(check.passages, tagging, standard))


def all_but(check: Check, unshown: Mapping[str, Finding], standard: Standard) -> Check:
    """A check in which every part is found for certain, but for some."""
    first, second = [passage.id for passage in check.passages if passage.counts][:2]
    tags = []
    for part in standard.part_codes:
        finding = unshown.get(part, Finding.FOUND)
        probability = 1.0 if finding is Finding.FOUND else 0.3
        if finding is not Finding.NOT_FOUND:
            tags.append(Tag(passage=first, part=part, probability=probability, finding=finding))
        if part == "S3.1.gather" and finding is Finding.FOUND:  # needs two kinds
            tags.append(Tag(passage=second, part=part, probability=1.0, finding=finding))
    passages = tuple(
        replace(passage, text={first: "We sent a survey.", second: "I held a focus group."}[name])
        if (name := passage.id) in (first, second)
        else passage
        for passage in check.passages
    )
    return with_tags(replace(check, passages=passages), tags, standard)


def named(plan: InterviewPlan) -> set[str]:
    return {aim.part for planned in plan.questions for aim in planned.aims}


def test_the_bank_is_wide_enough(standard: Standard) -> None:
    for criterion in standard.criteria:
        own = [q for q in standard.questions if q.criterion == criterion.code]
        assert len(own) >= 3, criterion.code
    for part in standard.part_codes:
        assert sum(part in question.parts for question in standard.questions) >= 2, part
    assert all(1 <= len(question.parts) <= 4 for question in standard.questions)
    assert len({question.text for question in standard.questions}) == len(standard.questions)


def test_questions_are_open_single_and_say_nothing_of_grades(standard: Standard) -> None:
    opening = re.compile(r"What|How|Which|Why|Who|Where|Tell me|Talk me through|Take me through")
    echoes = load_echoes()
    for question in standard.questions:
        text = question.text
        assert opening.match(text), text
        assert text.count("?") + text.count(".") == 1, text
        assert text[-1] in "?.", text
        assert len(text.split()) <= 20, text
        assert not re.search(
            r"\b(pass|distinction|criteri\w+|grade|evidence|and (how|why|what))\b", text
        )
        assert copied_share(text, echoes) == 0, text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('code = "K1.1-b"', 'code = "K1.1-a"', "K1.1-a stands twice"),
        ('["K1.3.impact"]', '["K1.3.impct"]', "unknown part K1.3.impct"),
        ('["K1.3.impact"]', '["K1.1.mission"]', "asks for no part of K1.3"),
        ('["K1.3.impact"]', '["K1.3.impact", "K1.3.impact"]', "K1.3.impact stands twice in K1.3-a"),
        ('criterion = "K1.1"', 'criterion = "K9.9"', "K1.1-a belongs to no criterion"),
    ],
)
def test_a_bank_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "standard.toml"
    path.write_text(SOURCE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadStandard, match=message):
        load_standard(path)


items = st.sampled_from(sorted(WEIGHTS))


@settings(max_examples=60, deadline=None)
@given(
    sets=st.lists(st.frozensets(items, min_size=1, max_size=4), min_size=1, max_size=8),
    cuts=st.tuples(st.integers(0, 8), st.integers(0, 8)),
    most=st.integers(1, 4),
    capped=st.frozensets(items, max_size=5),
    cap=st.integers(0, 3),
)
def test_the_cover_is_as_good_as_the_best_of_all(
    sets: list[frozenset[str]],
    cuts: tuple[int, int],
    most: int,
    capped: frozenset[str],
    cap: int,
) -> None:
    names, (low, high) = sorted(WEIGHTS, reverse=True), sorted(cuts)
    tiers = [
        {name: WEIGHTS[name] for name in tier}
        for tier in (names[:low], names[low:high], names[high:])
    ]

    def worth(chosen: Iterable[int]) -> list[float]:
        reached = set().union(*(sets[at] for at in chosen))
        left, values = cap, []
        for weights in tiers:
            free = [weights[name] for name in weights if name in reached - capped]
            bound = sorted((weights[n] for n in weights if n in reached & capped), reverse=True)
            values.append(round(sum(free) + sum(bound[:left]), 6))
            left -= len(bound[:left])
        return values

    chosen = choose_cover(sets, tiers, most=most, caps=[(capped, cap)])
    assert len(chosen) == min(most, len(sets))
    assert worth(chosen) == max(
        worth(other) for other in combinations(range(len(sets)), len(chosen))
    )


def test_the_solver_says_nothing_on_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    assert choose_cover([{"a"}, {"b"}, {"a", "b"}], [{"a": 1, "b": 1}], most=1) == (2,)
    assert capfd.readouterr() == ("", "")


def test_the_example_is_planned_within_the_hour(checked: Check, standard: Standard) -> None:
    profile = standard.profile()
    plan = plan_interview(checked, standard, profile)
    assert len(plan.questions) == profile.interview_questions
    assert sum(planned.minutes for planned in plan.questions) == plan.minutes == 60
    assert min(planned.minutes for planned in plan.questions) >= 3
    open_parts = {
        part.code: part
        for verdict in checked.verdicts
        for part in verdict.parts
        if part.finding is not Finding.FOUND
    }
    assert open_parts.keys() <= named(plan) | {aim.part for aim in plan.not_reached} | {
        f"K4.7.{factor}" for factor in FACTORS
    }
    for planned in plan.questions:
        for aim in planned.aims:
            if aim.why in (Why.POSSIBLY, Why.WEAK, Why.SHOWN):
                assert aim.passage is not None
                assert aim.passage.counts


def test_pass_parts_come_first_whatever_it_costs(checked: Check, standard: Standard) -> None:
    nothing = with_tags(checked, (), standard)
    plan = plan_interview(nothing, standard, standard.profile())
    assert len(plan.questions) == 10
    assert named(plan).isdisjoint(aim.part for aim in plan.not_reached)
    only_pass = replace(
        standard, criteria=tuple(c for c in standard.criteria if c.grade is Grade.PASS)
    )
    pass_parts = set(only_pass.part_codes)
    best = choose_cover(
        [frozenset(question.parts) for question in standard.questions],
        [dict.fromkeys(pass_parts, 1.0)],
        most=10,
    )
    reached = {part for at in best for part in standard.questions[at].parts} & pass_parts
    assert len(named(plan) & pass_parts) == len(reached)


def test_a_missing_part_outranks_any_number_of_possible_ones(
    checked: Check, standard: Standard
) -> None:
    one = replace(standard.profile(), interview_questions=1)
    unshown = {"K1.3.impact": Finding.NOT_FOUND} | dict.fromkeys(
        ("S5.1.qualitative", "S5.1.quantitative", "S5.2.analysis", "S2.9.analysis"),
        Finding.POSSIBLY,
    )
    plan = plan_interview(all_but(checked, unshown, standard), standard, one)
    assert "K1.3.impact" in named(plan)
    assert len(plan.not_reached) == 4
    unshown["K1.1.strategy"] = Finding.NOT_FOUND
    plan = plan_interview(all_but(checked, unshown, standard), standard, one)
    assert "K1.1.strategy" in named(plan)
    assert plan.not_reached[0].part == "K1.3.impact"
    (planned,) = plan.questions
    assert planned.aims[0].part == "K1.1.strategy"
    assert planned.minutes == 60


@pytest.mark.parametrize("finding", [Finding.NOT_FOUND, Finding.POSSIBLY])
def test_every_lone_gap_is_asked_for_outright(
    checked: Check, standard: Standard, finding: Finding
) -> None:
    asked_outright = {question.parts[0] for question in standard.questions}
    for part in standard.part_codes[:: 3 if finding is Finding.POSSIBLY else 1]:
        if part in [f"K4.7.{factor}" for factor in FACTORS]:
            continue
        plan = plan_interview(
            all_but(checked, {part: finding}, standard), standard, standard.profile()
        )
        assert part in named(plan)
        assert plan.not_reached == ()
        if part in asked_outright:
            assert part in {planned.question.parts[0] for planned in plan.questions}
        assert plan.questions[0].aims[0].part == part


def test_the_weakest_evidence_fills_the_hour(checked: Check, standard: Standard) -> None:
    sure = all_but(checked, {}, standard)
    weak = tuple(
        replace(tag, probability=0.4) if tag.part == "K4.5.communication" else tag
        for tag in sure.tagging.tags
    )
    plan = plan_interview(with_tags(sure, weak, standard), standard, standard.profile())
    assert len(plan.questions) == 10
    first = plan.questions[0].aims[0]
    assert (first.part, first.why) == ("K4.5.communication", Why.WEAK)
    assert {planned.minutes for planned in plan.questions} == {6}


def test_factors_beyond_five_are_no_gap(checked: Check, standard: Standard) -> None:
    profile = standard.profile()
    last = {"K4.7.environmental": Finding.NOT_FOUND}
    plan = plan_interview(all_but(checked, last, standard), standard, profile)
    aims = [aim for planned in plan.questions for aim in planned.aims]
    assert not any(is_open(aim) for aim in aims)
    assert all(aim.why is Why.NOT_NEEDED for aim in aims if aim.part in last)
    one = replace(profile, interview_questions=1)
    two = last | {"K4.7.political": Finding.NOT_FOUND}
    plan = plan_interview(all_but(checked, two, standard), standard, one)
    assert len(named(plan) & two.keys()) == 1
    assert plan.not_reached == ()
    three = two | {"K4.7.social": Finding.NOT_FOUND, "K4.5.communication": Finding.NOT_FOUND}
    plan = plan_interview(all_but(checked, three, standard), standard, one)
    assert {aim.part for aim in plan.not_reached} == three.keys() - {"K4.5.communication"}


def test_what_stands_in_an_annex_is_pointed_at(checked: Check, standard: Standard) -> None:
    annexed = next(p for p in checked.passages if p.region is Region.ANNEX)
    tag = Tag(passage=annexed.id, part="K1.3.impact", probability=0.9, finding=Finding.FOUND)
    check = all_but(checked, {"K1.3.impact": Finding.NOT_FOUND}, standard)
    plan = plan_interview(
        with_tags(check, (*check.tagging.tags, tag), standard), standard, standard.profile()
    )
    aim = plan.questions[0].aims[0]
    assert aim.passage == annexed
    assert reason_of(aim) == "not found in the report; in an annex"


def test_the_command_prints_the_plan(example: Path, checked: Check, standard: Standard) -> None:
    table = json.loads(CliRunner().invoke(cli, ["interview", str(example), "--json"]).stdout)
    plan = plan_interview(checked, standard, standard.profile())
    assert table == plan_to_table(plan, example.name, checked.made_with)
    assert table["schema"] == 1
    assert len(table["questions"]) == 10
    passages = {passage.id: passage.text for passage in checked.passages}
    for question in table["questions"]:
        for part in question["parts"]:
            if part["passage"]:
                assert passages[part["passage"]["id"]] == part["passage"]["text"]


def test_the_plan_as_text(checked: Check, standard: Standard) -> None:
    plan = plan_interview(checked, standard, standard.profile())
    out = StringIO()
    print_plan(plan, "report.docx", checked.made_with, Console(file=out, width=100))
    shown = " ".join(out.getvalue().split())
    for planned in plan.questions:
        assert planned.question.text in shown
        assert f"{planned.minutes} min" in shown
    assert "The assessor chooses the questions" in shown
    short = replace(standard.profile(), interview_questions=1)
    print_plan(
        plan_interview(with_tags(checked, (), standard), standard, short),
        "report.docx",
        checked.made_with,
        Console(file=out, width=100),
    )
    assert "Not reached by" in out.getvalue()
