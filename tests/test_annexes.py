"""The inventory of annexes: parted, named, counted, and found in the body."""

import json

import pytest
from click.testing import CliRunner

from conftest import ROOT
from wbp_check import Block, Standard, read_report
from wbp_check.annex_labels import heading_label, identifiers_in
from wbp_check.annexes import Annex, list_annexes
from wbp_check.body import place_blocks
from wbp_check.cli import cli
from wbp_check.learn.corpus import read_gold_report
from wbp_check.types import BlockKind, Format, Report

BODY = (
    "Mrs Osei wrote that her boiler had been left in pieces (Annex A). I rang her on the same day "
    "and wrote down what she said, see Annexes B and C, and my manager agreed.\n"
)


def annexes_of(text: str, standard: Standard) -> tuple[Annex, ...]:
    report = read_report(f"What happened\n\n{BODY}\n{text}".encode(), "report.txt")
    return list_annexes(place_blocks(report, standard), standard)


def heading(text: str, level: int | None = 1) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def placed(blocks: list[Block], standard: Standard) -> Report:
    whole = [heading("What happened"), Block(kind=BlockKind.PARAGRAPH, text=BODY), *blocks]
    report = Report(name="r", format=Format.DOCX, sha256="", pages=None, blocks=tuple(whole))
    return place_blocks(report, standard)


def test_annexes_are_parted_at_plain_lines_too(standard: Standard) -> None:
    found = annexes_of(
        "Annex A: Email from Mrs Osei\n\nFrom: M. Osei\n\nI am very unhappy.\n\n"
        "Annex B - Notes of the first call\n\nShe was calm.\n\n"
        "Annex C\n\nDear Mrs Osei, thank you for your time.\n\n"
        "Annex D: Photograph of the boiler room door\n\nTaken at noon.\n",
        standard,
    )
    assert [(a.label, a.kind, a.words) for a in found] == [
        ("Annex A", "email", 13),
        ("Annex B", "call log", 11),
        ("Annex C", "letter", 10),
        ("Annex D", "other", 11),
    ]
    assert found[0].title == "Email from Mrs Osei"
    assert [len(a.referred_at) for a in found] == [1, 1, 1, 0]


def test_one_heading_over_several_parts_them_at_the_next(standard: Standard) -> None:
    text = Block(kind=BlockKind.PARAGRAPH, text="Some words here.")
    picture = Block(kind=BlockKind.PARAGRAPH, text="", images=1)
    caption = Block(kind=BlockKind.CAPTION, text="Figure 1: What she sent")
    blocks = [
        heading("Appendices"),
        heading("Process map", 2), picture, caption,
        heading("Customer feedback", 2), text, heading("By month", 3), text,
    ]  # fmt: skip
    found = list_annexes(placed(blocks, standard), standard)
    assert [(a.title, a.kind, a.images, a.pictures_only) for a in found] == [
        ("Process map", "workflow", 1, True),
        ("Customer feedback", "feedback", 0, False),
    ]


def test_pasted_emails_under_one_heading_are_parted(standard: Standard) -> None:
    found = annexes_of(
        "Appendices\n\n"
        + "".join(
            f"From: Leon\n\nTo: Kezia\n\nSent: Monday\n\nSubject: {subject}\n\nHello Kezia.\n\n"
            "It is done now.\n\n"
            for subject in ("Boiler at number 9", "Your visit")
        ),
        standard,
    )
    assert [(a.title, a.kind) for a in found] == [
        ("Boiler at number 9", "email"),
        ("Your visit", "email"),
    ]


def test_a_list_of_the_annexes_is_no_annex(standard: Standard) -> None:
    paragraph = Block(kind=BlockKind.PARAGRAPH, text="Some words here.")
    blocks = [
        heading("Appendices"),
        *(Block(kind=BlockKind.LIST_ITEM, text=f"Appendix {n}: Letter {n}") for n in (1, 2)),
        heading("Appendix 1: Letter 1"), paragraph,
        heading("Appendix 2: Letter 2"), paragraph,
    ]  # fmt: skip
    found = list_annexes(placed(blocks, standard), standard)
    assert [(a.label, a.words) for a in found] == [("Appendix 1", 7), ("Appendix 2", 7)]


def test_a_report_without_annexes_has_none(standard: Standard) -> None:
    assert list_annexes(placed([], standard), standard) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("see Annex A for the email", {"A"}),
        ("(Appendices 1 to 3, and 5)", {"1", "2", "3", "5"}),
        ("in Annexes A, B and D", {"A", "B", "D"}),
        ("Appendix II has the minutes", {"2"}),
        ("see Annexes A to C", {"A", "B", "C"}),
        ("see Annexes G to I", {"G", "H", "1"}),  # the heading "Annex I" is known as 1
        ("see Annexes H to J", {"H", "1", "J"}),
        ("see Annexes I to III", {"1", "2", "3"}),
        ("as evidence 4 shows", {"4"}),
        ("it is in the annex a customer saw", set()),
        ("I gave evidence and left", set()),
    ],
)
def test_labels_in_running_text(text: str, named: set[str], standard: Standard) -> None:
    assert identifiers_in(text, standard.headings) == named


def test_a_heading_is_a_label_and_a_title(standard: Standard) -> None:
    headings = standard.headings
    assert heading_label("6. Appendix A: Email, 5.35 p.m.", headings) == (
        "Appendix A",
        "Email, 5.35 p.m.",
    )
    assert heading_label("Customer feedback", headings) == ("", "Customer feedback")


def test_annexes_of_the_corpus_are_found_as_they_are_headed(standard: Standard) -> None:
    for path in sorted((ROOT / "corpus" / "reports").glob("b*.md")):
        report = read_gold_report(path, standard).report
        headed = [b for b in report.blocks if b.region == "annex" and b.kind is BlockKind.HEADING]
        found = list_annexes(report, standard)
        assert len(found) == len(headed), path
        assert {a.kind for a in found} <= {*(k.name for k in standard.annex_kinds), "other"}


def test_words_lists_the_annexes(example: object) -> None:
    shown = CliRunner().invoke(cli, ["words", str(example)])
    lines = shown.stdout.splitlines()
    assert "  Appendix 2 What I sent Mrs Sandhu during the call" in lines
    table = json.loads(CliRunner().invoke(cli, ["words", str(example), "--json"]).stdout)
    assert sum(a["words"] for a in table["annexes"]) == table["regions"]["annexes"]
    assert [a["label"] for a in table["annexes"]] == ["Appendix 1", "Appendix 2", "Appendix 3"]
