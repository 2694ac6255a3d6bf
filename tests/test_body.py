"""Where the regions begin, in the ways that people set them."""

import pytest

from wbp_check.body import place_blocks
from wbp_check.errors import UnreadableReport
from wbp_check.standard import load_standard
from wbp_check.types import Block, BlockKind, Format, Region, Report

STANDARD = load_standard()
PROSE = "On the Monday I rang the customer back and asked what had happened to the parcel."


def heading(text: str, level: int = 1, style: str = "") -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level, style=style)


def paragraph(text: str = PROSE, style: str = "") -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, style=style)


def item(text: str) -> Block:
    return Block(kind=BlockKind.LIST_ITEM, text=text, labels=("•",))


def place(*blocks: Block, annexes_from: str | None = None) -> Report:
    report = Report(name="r.docx", format=Format.DOCX, sha256="", pages=None, blocks=blocks)
    return place_blocks(report, STANDARD, annexes_from)


def regions(*blocks: Block) -> str:
    letters = {
        Region.FRONT: "f",
        Region.CONTENTS: "c",
        Region.BODY: "b",
        Region.REFERENCES: "r",
        Region.ANNEX: "a",
    }
    return "".join(letters[block.region] for block in place(*blocks).blocks if block.region)


@pytest.mark.parametrize(
    "title",
    [
        "Annex A: Email to Mr Osei",
        "Appendix 1",
        "APPENDIX 2 - Call log",
        "Appendices",
        "Annexe 1 – Lettre",
        "7. Appendices",
        "Appendix A Workflow",
        "Supporting evidence",
        "Evidence 1: Letter",
        "Attachment B",
        "Annex",
    ],
)
def test_annex_headings(title: str) -> None:
    assert regions(heading("What happened"), paragraph(), heading(title), paragraph()) == "bbaa"


@pytest.mark.parametrize(
    "title",
    ["Evidence from the survey", "Evidence and analysis", "Exhibiting good service", "Analysis"],
)
def test_headings_that_only_look_like_annexes(title: str) -> None:
    assert regions(heading("What happened"), paragraph(), heading(title), paragraph()) == "bbbb"


def test_a_sentence_that_mentions_an_annex_is_no_boundary() -> None:
    assert (
        regions(
            heading("What happened"),
            paragraph("Appendix 1 shows the letter that I sent to her on the Tuesday."),
            paragraph("See Appendix 2."),
            paragraph(),
            heading("Appendix 1"),
            paragraph(),
        )
        == "bbbbaa"
    )


def test_an_annex_line_without_heading_style_is_taken_with_a_warning() -> None:
    report = place(
        heading("A"), paragraph(), paragraph(), paragraph("Appendix 1: Letter"), paragraph()
    )
    assert [block.region for block in report.blocks][3:] == [Region.ANNEX] * 2
    assert any("Appendix 1: Letter" in warning for warning in report.warnings)


def test_annexes_that_are_mentioned_but_not_headed_are_warned_of() -> None:
    report = place(heading("A"), paragraph("The letter is in Appendix 1 of this report."))
    assert any("no heading begins one" in warning for warning in report.warnings)


def test_contents_typed_by_hand_hold_no_boundary() -> None:
    assert (
        regions(
            paragraph("Work-based project"),
            paragraph("Name: Hetal Solanki"),
            heading("Contents"),
            paragraph("Introduction ........ 2"),
            paragraph("What happened ........ 3"),
            paragraph("Appendix 1 ........ 9"),
            heading("Introduction"),
            paragraph(),
            heading("What happened"),
            paragraph(),
            heading("Appendix 1"),
            paragraph(),
        )
        == "ffccccbbbbaa"
    )


def test_contents_as_a_list_end_at_the_first_section() -> None:
    assert (
        regions(
            heading("Contents"),
            item("Situation"),
            item("Results"),
            heading("Situation"),
            paragraph(),
        )
        == "cccbb"
    )


def test_word_contents_are_known_by_their_style() -> None:
    assert (
        regions(paragraph("Situation\t2", style="toc 1"), heading("Situation"), paragraph())
        == "cbb"
    )


def test_cover_title_and_declaration_are_front_matter() -> None:
    assert (
        regions(
            heading("Forty-nine days", style="title"),
            paragraph("Hetal Solanki"),
            heading("Declaration"),
            paragraph("I declare that this is all my own work and that no part of it is copied."),
            heading("Situation"),
            paragraph(),
        )
        == "ffffbb"
    )


def test_a_report_without_headings_is_all_body() -> None:
    assert regions(paragraph(), paragraph()) == "bb"


def test_a_first_heading_with_prose_under_it_is_body() -> None:
    assert regions(heading("Introduction"), paragraph(), heading("Results"), paragraph()) == "bbbb"


def test_references_end_at_the_annexes() -> None:
    assert (
        regions(
            heading("Results"),
            paragraph(),
            heading("References"),
            paragraph("Consumer Rights Act 2015."),
            heading("Appendix 1"),
            paragraph(),
        )
        == "bbrraa"
    )


def test_references_after_the_annexes_are_counted_as_references() -> None:
    assert (
        regions(
            heading("A"),
            paragraph(),
            heading("Annex A"),
            paragraph(),
            heading("References"),
            paragraph(),
        )
        == "bbaarr"
    )


def test_annexes_from_overrides_the_boundary() -> None:
    blocks = (heading("A"), paragraph(), heading("Letters and logs"), paragraph())
    report = place(*blocks, annexes_from="letters  AND")
    assert [block.region for block in report.blocks] == [Region.BODY] * 2 + [Region.ANNEX] * 2


def test_annexes_from_that_fits_no_line_says_so() -> None:
    with pytest.raises(UnreadableReport, match="no line begins with “Nowhere”"):
        place(heading("A"), paragraph(), annexes_from="Nowhere")
