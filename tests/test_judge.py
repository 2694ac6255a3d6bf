"""The judge's laws, and its two softening rules, on hand-made tags."""

from hypothesis import given
from hypothesis import strategies as st

from wbp_check.judge import judge, judge_areas, kinds_shown, outlook
from wbp_check.standard import load_standard
from wbp_check.types import (
    AreaTag,
    BlockKind,
    Calibration,
    Finding,
    Passage,
    Region,
    Status,
    Tag,
    Tagging,
    Verdict,
)

STANDARD = load_standard()
RANK = {Status.NOT_FOUND: 0, Status.PARTLY_MET: 1, Status.MET: 2}
TEXTS = {
    "survey": "We sent a survey to every member in May.",
    "emailed": "I emailed a short survey to all 64.",
    "call": "Then I rang forty of them myself.",
    "plain": "Everybody was asked what they thought.",
}


def passage(
    name: str, *, counts: bool = True, region: Region = Region.BODY, text: str = ""
) -> Passage:
    return Passage(
        id=name,
        text=text or TEXTS.get(name, "Something happened."),
        kind=BlockKind.PARAGRAPH,
        block=0,
        page=None,
        paragraph=1,
        heading="",
        region=region,
        first_word=1,
        counts=counts,
    )


def tag(name: str, part: str, probability: float = 0.9, finding: Finding = Finding.FOUND) -> Tag:
    return Tag(passage=name, part=part, probability=probability, finding=finding)


def verdicts(passages: list[Passage], tags: list[Tag]) -> dict[str, Verdict]:
    found = judge(passages, Tagging(areas=(), tags=tuple(tags)), STANDARD)
    return {verdict.code: verdict for verdict in found}


def test_every_part_found_is_met() -> None:
    tags = [tag("a", "K2.1.journey"), tag("a", "K2.1.managed")]
    found = verdicts([passage("a")], tags)
    assert found["K2.1"].status is Status.MET
    assert found["K2.2"].status is Status.NOT_FOUND


def test_one_missing_half_is_partly_met() -> None:
    found = verdicts([passage("a")], [tag("a", "K2.1.journey")])["K2.1"]
    assert found.status is Status.PARTLY_MET
    assert [part.finding for part in found.parts] == [Finding.FOUND, Finding.NOT_FOUND]


def test_a_possible_part_never_makes_a_criterion_met() -> None:
    tags = [tag("a", "K2.1.journey"), tag("a", "K2.1.managed", 0.4, Finding.POSSIBLY)]
    assert verdicts([passage("a")], tags)["K2.1"].status is Status.PARTLY_MET


def test_what_is_only_possible_changes_no_status() -> None:
    tags = [tag("a", "K2.1.journey", 0.3, Finding.POSSIBLY)]
    found = verdicts([passage("a")], tags)["K2.1"]
    assert found.status is Status.NOT_FOUND
    assert found.parts[0].finding is Finding.POSSIBLY


def test_the_nearest_passage_is_no_evidence() -> None:
    found = verdicts([passage("a")], [tag("a", "K2.1.journey", 0.1, Finding.NOT_FOUND)])["K2.1"]
    assert found.status is Status.NOT_FOUND
    assert found.parts[0].passages == ()


def test_what_does_not_count_is_pointed_at_and_not_counted() -> None:
    passages = [passage("late", counts=False), passage("annexed", counts=False)]
    tags = [tag("late", "K4.5.communication"), tag("annexed", "K4.5.communication")]
    found = verdicts(passages, tags)["K4.5"]
    assert found.status is Status.NOT_FOUND
    assert set(found.parts[0].not_counting) == {"late", "annexed"}


def gather(*names: str) -> Finding:
    tags = [tag(name, "S3.1.gather") for name in names]
    found = verdicts([passage(name) for name in names], tags)["S3.1"]
    return found.parts[0].finding


def test_gathering_needs_two_methods() -> None:
    assert gather("survey") is Finding.POSSIBLY
    assert gather("survey", "call") is Finding.FOUND
    assert gather("survey", "plain") is Finding.FOUND  # a method without a known name is one
    assert gather("plain", "other") is Finding.POSSIBLY


def test_methods_are_known_by_whole_words() -> None:
    (part,) = [part for part in STANDARD.parts if part.code == "S3.1.gather"]
    assert kinds_shown(part, TEXTS["survey"]) == ("survey",)
    assert kinds_shown(part, "The surveyor came round.") == ()
    assert kinds_shown(part, "I sent a survey by email to 64 of them.") == ("survey",)
    assert kinds_shown(part, "Ten telephone interviews were held.") == ("interview",)
    assert kinds_shown(part, "I rang or emailed all of them.") == ("telephone call",)
    assert kinds_shown(part, "A survey went out, and a focus group met.") == ("survey", "group")
    assert kinds_shown(part, "Sixty cards were posted out, and I telephoned the twenty.") == (
        "card or box",
        "telephone call",
    )
    assert kinds_shown(part, "I surveyed our card holders.") == ("survey",)


def test_a_survey_by_email_is_one_method() -> None:
    assert gather("emailed") is Finding.POSSIBLY
    assert gather("emailed", "survey") is Finding.POSSIBLY
    assert gather("emailed", "call") is Finding.FOUND


def pestle(factors: list[str], importance: bool = True) -> Status:
    tags = [tag("a", f"K4.7.{factor}") for factor in factors]
    if importance:
        tags.append(tag("a", "K4.7.importance"))
    return verdicts([passage("a")], tags)["K4.7"].status


def test_pestle_needs_importance_and_five_of_six() -> None:
    six = ["political", "economic", "social", "technical", "legal", "environmental"]
    assert pestle(six) is Status.MET
    assert pestle(six[1:]) is Status.MET
    assert pestle(six[2:]) is Status.PARTLY_MET
    assert pestle(six, importance=False) is Status.PARTLY_MET


def test_outlook_counts_by_grade() -> None:
    tags = [tag("a", "K4.5.communication"), tag("a", "K1.3.impact")]
    found = outlook(verdicts([passage("a")], tags).values())
    assert (found.pass_met, found.pass_of) == (1, 16)
    assert (found.distinction_met, found.distinction_of) == (1, 9)


def test_probabilities_are_calibrated_and_a_persons_word_is_not() -> None:
    tagging = Tagging(
        areas=(),
        tags=(tag("a", "K4.5.communication", 0.5), tag("a", "K1.3.impact", 1.0)),
        part_calibration=Calibration(slope=1.0, intercept=1.0),
    )
    found = {v.code: v for v in judge([passage("a")], tagging, STANDARD)}
    assert abs(found["K4.5"].parts[0].probability - 0.7311) < 1e-4  # 1 / (1 + e**-1)
    assert found["K1.3"].probability == 1.0


def test_areas() -> None:
    tagging = Tagging(
        areas=(
            AreaTag(passage="a", area="situation", probability=0.9),
            AreaTag(passage="a", area="results", probability=0.4),
            AreaTag(passage="late", area="feedback", probability=0.9),
        ),
        tags=(),
    )
    found = judge_areas([passage("a"), passage("late", counts=False)], tagging, STANDARD)
    shown = {area.code: area.finding for area in found}
    assert shown["situation"] is Finding.FOUND
    assert shown["results"] is Finding.POSSIBLY
    assert shown["feedback"] is Finding.NOT_FOUND


names = st.sampled_from(["survey", "call", "plain", "late", "annexed"])
tags = st.lists(
    st.builds(
        tag,
        names,
        st.sampled_from(STANDARD.part_codes),
        st.floats(0.05, 0.99),
        st.sampled_from(list(Finding)),
    ),
    max_size=40,
    unique_by=lambda t: (t.passage, t.part),
)
ALL = [
    passage("survey"),
    passage("call"),
    passage("plain"),
    passage("late", counts=False),
    passage("annexed", counts=False, region=Region.ANNEX),
]


@given(tags, names, st.sampled_from(STANDARD.part_codes))
def test_adding_a_tag_never_lowers_a_verdict(given_tags: list[Tag], name: str, part: str) -> None:
    before = verdicts(ALL, given_tags)
    kept = [t for t in given_tags if (t.passage, t.part) != (name, part)]
    if len(kept) < len(given_tags):
        return
    after = verdicts(ALL, [*given_tags, tag(name, part)])
    for code, verdict in before.items():
        assert RANK[after[code].status] >= RANK[verdict.status]


@given(tags)
def test_order_does_not_matter(given_tags: list[Tag]) -> None:
    one, other = verdicts(ALL, given_tags), verdicts(ALL, given_tags[::-1])
    assert {c: v.status for c, v in one.items()} == {c: v.status for c, v in other.items()}


@given(tags)
def test_passages_that_do_not_count_change_no_status(given_tags: list[Tag]) -> None:
    counting = [t for t in given_tags if t.passage not in ("late", "annexed")]
    one, other = verdicts(ALL, given_tags), verdicts(ALL, counting)
    assert {c: v.status for c, v in one.items()} == {c: v.status for c, v in other.items()}
