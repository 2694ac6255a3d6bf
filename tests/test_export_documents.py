"""The mapping and the feedback sheet, opened by the programs that read them."""

import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from spacy.language import Language

from wbp_check import Check, Finding, Standard, Tagger, check_report, read_report
from wbp_check.export.feedback import MOST_QUESTIONS, check_to_feedback
from wbp_check.export.feedback_docx import feedback_to_docx
from wbp_check.export.feedback_html import feedback_to_html
from wbp_check.export.mapping import check_to_mapping
from wbp_check.export.mapping_docx import mapping_to_docx
from wbp_check.export.mapping_xlsx import mapping_to_xlsx


@pytest.fixture(scope="module")
def check(example: Path, standard: Standard, nlp: Language, tagger: Tagger) -> Check:
    return check_report(read_report(example.read_bytes(), example.name), standard, nlp, tagger)


@pytest.fixture(scope="module")
def hostile(check: Check) -> Check:
    """The same check of a report that writes formulas, markup and control characters."""
    passages = tuple(
        replace(passage, text='=HYPERLINK("x") <script>\x0b</script>', heading="@<b>")
        for passage in check.passages
    )
    return replace(check, passages=passages)


def test_the_mapping_has_a_row_a_part_and_says_where(check: Check, standard: Standard) -> None:
    rows = check_to_mapping(check, standard)
    assert [row.part for row in rows] == list(standard.part_codes)
    passages = {passage.text: passage for passage in check.passages}
    for row in rows:
        if row.status == "not found":
            assert (row.section, row.page, row.paragraph, row.quotation) == ("", None, None, "")
        elif row.quotation:
            assert passages[row.quotation].counts
            assert passages[row.quotation].heading == row.section


def test_the_mapping_as_a_word_table(check: Check, standard: Standard) -> None:
    document = docx.Document(io.BytesIO(mapping_to_docx(check, standard)))
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    rows = check_to_mapping(check, standard)
    assert cells[0][0] == "Criterion"
    assert [row[1] for row in cells[1:]] == [row.part for row in rows]
    assert [row[6] for row in cells[1:]] == [row.quotation for row in rows]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.sections[0].orientation is WD_ORIENT.LANDSCAPE


def test_the_mapping_as_a_workbook(check: Check, standard: Standard) -> None:
    book = openpyxl.load_workbook(io.BytesIO(mapping_to_xlsx(check, standard)))
    assert book.sheetnames == ["Mapping", "Areas", "Word count"]
    sheet = book["Mapping"]
    rows = check_to_mapping(check, standard)
    values = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in values] == [row.part for row in rows]
    assert [row[9] for row in values] == [row.quotation or None for row in rows]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:K{1 + len(rows)}"
    assert len(list(book["Areas"].iter_rows(min_row=2))) == len(standard.areas)
    assert book["Word count"]["B2"].value == check.words.counted


def test_text_that_looks_like_a_formula_stays_text(hostile: Check, standard: Standard) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(mapping_to_xlsx(hostile, standard)))["Mapping"]
    quoted = [cell for (cell,) in sheet.iter_rows(min_col=10, max_col=10, min_row=2) if cell.value]
    assert len(quoted) > 20
    for cell in quoted:
        assert cell.value.startswith("=HYPERLINK")
        assert cell.data_type == "s"
        assert cell.style.startswith("Normal")
        assert cell.quotePrefix
    assert mapping_to_docx(hostile, standard)


def test_a_long_quotation_makes_no_row_that_excel_refuses(check: Check, standard: Standard) -> None:
    passages = tuple(replace(passage, text="word " * 8000) for passage in check.passages)
    data = mapping_to_xlsx(replace(check, passages=passages), standard)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Mapping"]
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert max(heights) == 409
    assert (
        max(len(cell.value or "") for (cell,) in sheet.iter_rows(min_col=10, max_col=10)) == 32767
    )


def test_the_sheet_names_what_is_shown_and_asks_for_the_rest(
    check: Check, standard: Standard
) -> None:
    sheet = check_to_feedback(check, standard, standard.profile())
    shown, missing, words, _ = sheet.sections
    found = [
        verdict.code
        for verdict in check.verdicts
        if any(part.finding is Finding.FOUND for part in verdict.parts)
    ]
    assert [point.lead.split()[0] for point in shown.points] == found
    assert all("paragraph" in point.text for point in shown.points)
    assert 0 < len(missing.points) <= MOST_QUESTIONS
    assert all(point.text.endswith("?") for point in missing.points)
    assert f"{check.words.counted:,}" in words.points[0].text


def test_an_empty_check_asks_no_more_than_two_pages_hold(check: Check, standard: Standard) -> None:
    verdicts = tuple(
        replace(
            verdict,
            parts=tuple(
                replace(part, finding=Finding.NOT_FOUND, passages=()) for part in verdict.parts
            ),
        )
        for verdict in check.verdicts
    )
    shown, missing, *_ = check_to_feedback(
        replace(check, verdicts=verdicts), standard, standard.profile()
    ).sections
    assert shown.points == ()
    assert len(missing.points) <= MOST_QUESTIONS


class Reader(HTMLParser):
    """The text of a page and the names of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "style", "onload"}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_sheet_as_html_and_word_says_the_same(hostile: Check, standard: Standard) -> None:
    sheet = check_to_feedback(hostile, standard, standard.profile())
    reader = Reader()
    reader.feed(feedback_to_html(sheet))
    assert not reader.tags & {"script", "b", "link", "img"}
    page = " ".join("".join(reader.text).split())
    document = docx.Document(io.BytesIO(feedback_to_docx(sheet)))
    for paragraph in document.paragraphs:
        assert " ".join(paragraph.text.split()) in page
    assert document.sections[0].page_height.cm == pytest.approx(29.7, abs=0.1)
