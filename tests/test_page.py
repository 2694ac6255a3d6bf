"""The page, driven in a real headless Chromium with the network cut off but for this machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import docx
import pytest

from conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if not CHROMIUM and not os.environ.get("WBP_CHECK_NEEDS_BROWSER"):
    pytest.skip("no Chromium: apt-get install chromium", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LIT = ".report .passage.found, .report .passage.possibly"
SLOW = 60_000  # milliseconds, for a busy machine


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "wbp_check", "app", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"STREAMLIT_SERVER_HEADLESS": "true"}
    )
    url = f"http://localhost:{port}"
    try:
        for _ in range(240):
            try:
                urlopen(f"{url}/_stcore/health", timeout=1).read()
                break
            except OSError:
                time.sleep(0.25)
        yield url
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    outside: list[str] = []
    opened.on(
        "request",
        lambda request: (
            outside.append(request.url)
            if not request.url.startswith(
                (address, address.replace("http", "ws"), "data:", "blob:")
            )
            else None
        ),
    )
    opened.goto(address)
    expect(opened.get_by_text("What will an assessor find")).to_be_visible(timeout=SLOW)
    yield opened
    opened.close()
    assert outside == [], "the page asked another machine for something"


def upload(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(str(path))


def test_upload_choose_a_criterion_see_its_evidence(page: Page) -> None:
    expect(page.get_by_text("Its model learnt from reports")).to_be_visible(timeout=SLOW)
    upload(page, ROOT / "examples" / "report.docx")
    expect(page.locator(".gauge .stop")).to_contain_text("2,750", timeout=SLOW)
    expect(page.locator(".grid .cell")).to_have_count(25, timeout=SLOW)
    expect(page.locator(".areas .strip")).to_have_count(7, timeout=SLOW)
    expect(page.locator(".report .rule.annexes")).to_be_attached(timeout=SLOW)
    lit_before = page.locator(LIT).count()
    assert lit_before > 10

    cell = page.get_by_role("button", name="S2.10 Full picture")
    cell.click()
    expect(page.get_by_text("S2.10 Full picture from the customer")).to_be_visible(timeout=SLOW)
    expect(cell).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    lit = page.locator(LIT)
    # the report is drawn after the grid: wait until no other criterion is lit
    expect(lit.filter(has_not_text="S2.10.")).to_have_count(0, timeout=SLOW)
    expect(lit.first).to_be_in_viewport(timeout=SLOW)
    assert 0 < lit.count() < lit_before
    for text in lit.all_inner_texts():
        assert "S2.10." in text

    lit.first.click()
    expect(page.get_by_text("The chosen passage")).to_be_visible(timeout=SLOW)
    expect(page.locator(".report .chosen")).to_have_count(1, timeout=SLOW)
    cell.click()  # a second time lets it go
    expect(page.get_by_text("What to do next")).to_be_visible(timeout=SLOW)


def test_the_example_is_one_click_away(page: Page) -> None:
    page.get_by_role("button", name="Try the bundled example").click()
    expect(page.locator(".report h3").first).to_be_visible(timeout=SLOW)
    expect(page.locator(".report .rule.annexes")).to_be_visible(timeout=SLOW)


def test_hostile_text_stays_text(page: Page, tmp_path: Path) -> None:
    hostile = "<script>window.hacked = true</script><img src=x onerror='window.hacked = true'>"
    document = docx.Document()
    document.add_heading(f"Situation {hostile}", 1)
    document.add_paragraph(f"I rang the customer {hostile} and asked what had happened to her.")
    path = tmp_path / "<b onmouseover=alert(1)>.docx"
    document.save(path)
    upload(page, path)
    expect(page.locator(".report")).to_contain_text("<script>window.hacked", timeout=SLOW)
    assert page.evaluate("window.hacked") is None


def test_a_file_that_cannot_be_read_says_what_to_do(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    upload(page, path)
    expect(page.get_by_text("old Word file")).to_be_visible(timeout=SLOW)


def test_a_long_report_shows_where_marking_stops(page: Page, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Situation", 1)
    for number in range(300):
        document.add_paragraph(f"On day {number} I rang the depot again and wrote down the answer.")
    path = tmp_path / "long.docx"
    document.save(path)
    upload(page, path)
    expect(page.locator(".report .rule.stop")).to_contain_text("2,750", timeout=SLOW)
    expect(page.get_by_text("too many")).to_be_visible(timeout=SLOW)


def test_a_tutor_marks_a_passage_saves_and_goes_on_later(page: Page, tmp_path: Path) -> None:
    open_view(page, "Tutor")
    expect(page.get_by_text(re.compile("of 16 pass criteria"))).to_be_visible(timeout=SLOW)
    before = page.get_by_text(re.compile("of 16 pass criteria")).inner_text()
    cell = page.locator(".cell.pass.met").first
    code = (cell.locator("b").inner_text()).split()[-1]
    cell.click()
    lit = page.locator(LIT)
    expect(lit.filter(has_not_text=f"{code}.")).to_have_count(0, timeout=SLOW)
    part = lit.first.locator("sup").first.inner_text()
    rejected = 0
    while (own := page.locator(LIT).filter(has=page.locator("sup", has_text=part))).count():
        left = own.count()
        own.first.click()
        row = page.get_by_text(f"{part} · tool:")
        expect(row).to_be_visible(timeout=SLOW)
        page.get_by_role("button", name="Does not").nth(position(page, part)).click()
        expect(page.get_by_text(marks_made(rejected + 1))).to_be_visible(timeout=SLOW)
        expect(own).to_have_count(left - 1, timeout=SLOW)
        rejected += 1
    expect(page.get_by_text(before)).to_have_count(0, timeout=SLOW)
    expect(page.locator(".cell.met", has_text=code)).to_have_count(0, timeout=SLOW)

    with page.expect_download() as download:
        page.get_by_role("button", name="Save my marks").click()
    saved = tmp_path / "marks.json"
    download.value.save_as(saved)
    for number in range(rejected, 0, -1):
        page.get_by_role("button", name="Undo the last mark").click()
        expect(page.get_by_text(marks_made(number))).to_have_count(0, timeout=SLOW)
    expect(page.get_by_text(before)).to_be_visible(timeout=SLOW)

    page.reload()
    open_view(page, "Tutor")
    expect(page.get_by_text(before)).to_be_visible(timeout=SLOW)
    page.locator("input[type=file]").last.set_input_files(str(saved))
    expect(page.get_by_text(marks_made(rejected))).to_be_visible(timeout=SLOW)
    expect(page.locator(".cell.met", has_text=code)).to_have_count(0, timeout=SLOW)


def test_an_apprentice_sees_what_changed_since_an_earlier_draft(page: Page, tmp_path: Path) -> None:
    open_view(page, "Apprentice")
    earlier = tmp_path / "first-draft.txt"
    earlier.write_text("I look after returns at the depot. I rang the customer on Monday.\n")
    page.locator("input[type=file]").last.set_input_files(str(earlier))
    expect(page.get_by_text(re.compile(r"Counted words: 13 before, 2,\d{3} now"))).to_be_visible(
        timeout=SLOW
    )
    expect(page.get_by_text("(better)").first).to_be_visible(timeout=SLOW)


def test_an_assessor_sees_gaps_and_places(page: Page) -> None:
    open_view(page, "Assessor")
    expect(page.get_by_text("Not shown in the report")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Where the evidence stands")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("10 questions, 60 minutes")).to_be_visible(timeout=SLOW)
    assert "view=Assessor" in page.url


def test_the_report_comes_back_with_comments(page: Page, tmp_path: Path) -> None:
    open_view(page, "Apprentice")
    with page.expect_download(timeout=SLOW) as download:
        page.get_by_role("button", name="The report with comments").click()
    saved = tmp_path / "back.docx"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "report with comments.docx"
    comments = [comment.text for comment in docx.Document(str(saved)).comments]
    assert any("Evidence found: K4.3" in comment for comment in comments)


@pytest.mark.parametrize("view", ["Apprentice", "Tutor", "Assessor"])
def test_no_serious_barrier(page: Page, view: str) -> None:
    """axe-core's rules of WCAG 2 A and AA; what Streamlit itself draws wrongly is named here."""
    open_view(page, view)
    page.locator(LIT).first.click()
    expect(page.locator(".report .chosen")).to_have_count(1, timeout=SLOW)
    options = {"runOnly": ["wcag2a", "wcag2aa"]}
    found = Axe().run(page, options=options).response["violations"]
    serious = {
        violation["id"]: [node["html"][:200] for node in violation["nodes"]]
        for violation in found
        if violation["impact"] in ("serious", "critical")
    }
    assert serious == {}


def open_view(page: Page, view: str) -> None:
    page.goto(f"{page.url.partition('?')[0]}?view={view}")
    page.get_by_role("button", name="Try the bundled example").click(timeout=SLOW)
    expect(page.locator(LIT).first).to_be_attached(timeout=SLOW)


def marks_made(number: int) -> str:
    return f"With {number} mark{'s' if number > 1 else ''} made by hand."


def position(page: Page, part: str) -> int:
    """Which of the chosen passage's tags this part is, from 0."""
    rows = page.get_by_text("· tool:").all_inner_texts()
    return next(number for number, row in enumerate(rows) if row.startswith(part))
