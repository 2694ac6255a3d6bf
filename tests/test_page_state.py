"""What the page remembers: each report has its own passage, note, mark and words; text stays text."""

import io

import docx
import pytest
from streamlit.testing.v1 import AppTest

from conftest import ROOT
from test_read_apart import locked_pdf

FIRST = b"I rang the customer and asked what had happened.\nShe thanked me in writing.\n"
SECOND = b"I look after returns at the depot.\nThe driver came late on Monday.\n"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


def upload(page: AppTest, *files: tuple[str, bytes]) -> None:
    kinds = [(name, data, "text/plain") for name, data in files]
    page.file_uploader(key="upload").set_value(kinds).run()
    assert not page.exception


def shown(page: AppTest) -> str:
    return next(
        box.options[box.index] for box in page.selectbox if str(box.label).startswith("Shown")
    )


def test_two_files_of_one_name_are_two_reports(page: AppTest) -> None:
    upload(page, ("report.txt", FIRST), ("report.txt", SECOND))
    last = page.session_state["open"]
    next(button for button in page.button if button.label == "Previous").click().run()
    assert page.session_state["open"] != last


def test_a_report_uploaded_after_the_example_is_shown(page: AppTest) -> None:
    next(b for b in page.button if b.label == "Try the bundled example").click().run()
    upload(page, ("mine.txt", FIRST))
    assert shown(page) == "2. mine.txt"
    next(b for b in page.button if b.label == "Try the bundled example").click().run()
    assert shown(page) == "1. Bundled example"


def test_a_choice_and_a_note_stay_with_their_report(page: AppTest) -> None:
    upload(page, ("a.txt", FIRST), ("b.txt", SECOND))
    page.segmented_control(key="view").set_value("Tutor").run()
    page.selectbox(key="passage by name").set_value("p1").run()
    page.text_area[0].input("Ask her why.").run()
    page.selectbox(key="shown").set_value(0).run()
    assert page.session_state["passage"] is None
    page.selectbox(key="passage by name").set_value("p1").run()
    assert page.text_area[0].value == ""
    page.selectbox(key="shown").set_value(1).run()
    page.selectbox(key="passage by name").set_value("p1").run()
    assert page.text_area[0].value == "Ask her why."
    next(b for b in page.button if b.label == "Undo the last mark").click().run()
    assert page.text_area[0].value == ""


def test_where_the_annexes_begin_is_said_of_one_report(page: AppTest) -> None:
    upload(page, ("a.txt", FIRST), ("b.txt", SECOND))
    page.text_input[0].input("The driver").run()
    page.selectbox(key="shown").set_value(0).run()
    assert not page.error
    assert page.text_input[0].value == ""
    page.selectbox(key="shown").set_value(1).run()
    assert page.text_input[0].value == "The driver"


def test_a_password_stays_with_its_report(page: AppTest) -> None:
    upload(page, ("a.txt", FIRST), ("locked.pdf", locked_pdf("s3")))
    assert "locked with a password" in page.error[0].value.replace("\\", "")
    page.text_input[1].input("s3").run()
    assert not page.error
    page.selectbox(key="shown").set_value(0).run()
    page.selectbox(key="shown").set_value(1).run()
    assert page.text_input[1].value == "s3"
    page.text_input[1].input("").run()
    assert page.error


def test_passages_that_begin_alike_are_told_apart(page: AppTest) -> None:
    same = "I asked each customer the same question about the parcel that had not come in time " * 2
    upload(page, ("a.txt", f"{same}one.\n\n{same}two.\n".encode()))
    page.segmented_control(key="view").set_value("Tutor").run()
    options = page.selectbox(key="passage by name").options
    assert len(options) == len(set(options)) == 2


def test_no_picture_is_fetched_for_a_warning_or_an_error(page: AppTest) -> None:
    picture = "![x](http://192.0.2.1/x.png)"
    document = docx.Document()
    for _ in range(30):
        document.add_paragraph("I rang the customer and asked what had happened to her parcel.")
    document.add_paragraph(f"Appendix 1 {picture}")
    document.add_paragraph("Her letter to me.")
    file = io.BytesIO()
    document.save(file)
    upload(page, ("a.docx", file.getvalue()))
    assert any("192" in warning.value for warning in page.warning)
    warnings = [warning.value for warning in page.warning]
    page.text_input[0].input(f"none {picture}").run()
    assert "192" in page.error[0].value
    for said in (*warnings, page.error[0].value):
        assert "![" not in said
        assert "](" not in said


def test_an_earlier_draft_belongs_to_its_report(page: AppTest) -> None:
    upload(page, ("a.txt", FIRST), ("b.txt", SECOND))
    key = f"earlier {page.session_state['open']}"
    page.file_uploader(key=key).set_value(("old.txt", b"I rang her.\n", "text/plain")).run()
    assert not page.exception
    assert any("3 before" in said.value for said in page.markdown)
    page.selectbox(key="shown").set_value(0).run()
    assert not any("3 before" in said.value for said in page.markdown)
