"""PDF pages, set as Word sets them, to blocks worked out by hand."""

import hashlib
import random
from collections.abc import Callable, Iterable
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen.canvas import Canvas

from wbp_check.errors import (
    DamagedReport,
    EncryptedReport,
    NoTextLayer,
    ReportTooLarge,
    WbpError,
)
from wbp_check.read import pdf as reader
from wbp_check.read import pdf_page
from wbp_check.read.pdf import read_pdf
from wbp_check.read.pdf_lines import clean_text
from wbp_check.types import Block, BlockKind, Format, Story

WIDTH, HEIGHT = A4
MARGIN = 72.0
SIZE, LEADING, AFTER = 11.0, 14.0, 8.0
BODY, BOLD = "Helvetica", "Helvetica-Bold"

FIRST = (
    "I work on the returns desk of a clothing shop in Leicester, where eleven of us answer about "
    "nine hundred messages a week. On 4 March a customer wrote to say that her refund of £42.50 "
    "was seven weeks late, and that nobody had told her why."
)
SECOND = (
    "The carrier had scanned her parcel to the wrong depot. I rang the depot, found the parcel, "
    "and refunded her on the same day, because our policy lets me do so before a parcel is back."
)
RANG = "I rang the depot on Monday, and again on Tuesday because nobody there had rung."
THIRD = "She answered that she would order from us again, and she did so in April."
STAGES = (
    FIRST,
    SECOND,
    "Our team lead asked why the scan was not checked, and the carrier could not say.",
    "We now check the depot on the day that a parcel is due, and ring if it is not there.",
)


class Typist:
    """Sets text down a page as a word processor does."""

    def __init__(self, **options: object) -> None:
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, **options)
        self.y = HEIGHT - MARGIN

    def lines(
        self,
        lines: Iterable[str],
        *,
        font: str = BODY,
        size: float = SIZE,
        x: float = MARGIN,
        first: float = 0.0,
        after: float = AFTER,
    ) -> None:
        for i, line in enumerate(lines):
            self.canvas.setFont(font, size)
            self.canvas.drawString(x + (0 if i else first), self.y - size, line)
            self.y -= LEADING * size / SIZE
        self.y -= after

    def text(self, text: str, *, x: float = MARGIN, width: float = 0, **look: object) -> None:
        size, font = look.get("size", SIZE), look.get("font", BODY)
        room = width or WIDTH - MARGIN - x
        self.lines(simpleSplit(text, font, size, room), x=x, **look)  # type: ignore[arg-type]

    def heading(self, text: str, size: float = 16.0) -> None:
        self.text(text, font=BOLD, size=size)

    def item(self, mark: str, text: str, indent: float = 18.0) -> None:
        self.canvas.setFont(BODY, SIZE)
        self.canvas.drawString(MARGIN + indent, self.y - SIZE, mark)
        self.text(text, x=MARGIN + indent + 18, after=0)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        image = Image.new("RGB", (40, 20), (200, 30, 30))
        self.canvas.drawImage(ImageReader(image), x, y, width, height)

    def table(self, rows: list[list[list[str]]], edges: list[float]) -> None:
        """Cells as lists of lines, with a border around each, as in Word's table grid."""
        for row in rows:
            height = max(len(cell) for cell in row) * LEADING + 4
            for cell, x, end in zip(row, edges, edges[1:], strict=False):
                self.canvas.rect(x, self.y - height, end - x, height)
                self.canvas.setFont(BODY, SIZE)
                for i, line in enumerate(cell):
                    self.canvas.drawString(x + 5.4, self.y - SIZE - i * LEADING, line)
            self.y -= height
        self.y -= AFTER

    def page(self) -> None:
        self.canvas.showPage()
        self.y = HEIGHT - MARGIN

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def blocks_of(data: bytes) -> tuple[Block, ...]:
    return read_pdf(data, "report.pdf").blocks


def kinds_of(data: bytes) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in blocks_of(data)]


def test_headings_paragraphs_and_lists() -> None:
    typist = Typist()
    typist.heading("A refund seven weeks late", 22)
    typist.heading("1 The challenge")
    typist.text(FIRST)
    typist.heading("1.1 What I did", 13)
    typist.text(SECOND)
    typist.item("•", RANG)
    typist.item("o", "The night shift found the parcel behind the cage.", indent=36)
    typist.item("•", "I refunded her.")
    typist.y -= AFTER
    typist.text("What she said", font=BOLD)
    typist.text(THIRD)
    report = read_pdf(data := typist.done(), "report.pdf")
    assert report.blocks == (
        Block(kind=BlockKind.HEADING, text="A refund seven weeks late", level=1, style="title",
              page=1, paragraph=1),
        Block(kind=BlockKind.HEADING, text="1 The challenge", level=1, page=1, paragraph=2),
        Block(kind=BlockKind.PARAGRAPH, text=FIRST, page=1, paragraph=3),
        Block(kind=BlockKind.HEADING, text="1.1 What I did", level=2, page=1, paragraph=4),
        Block(kind=BlockKind.PARAGRAPH, text=SECOND, page=1, paragraph=5),
        Block(kind=BlockKind.LIST_ITEM, level=1, labels=("•",), page=1, paragraph=6,
              text=RANG),
        Block(kind=BlockKind.LIST_ITEM, level=2, labels=("o",), page=1, paragraph=7,
              text="The night shift found the parcel behind the cage."),
        Block(kind=BlockKind.LIST_ITEM, text="I refunded her.", level=1, labels=("•",), page=1,
              paragraph=8),
        Block(kind=BlockKind.HEADING, text="What she said", level=3, page=1, paragraph=9),
        Block(kind=BlockKind.PARAGRAPH, text=THIRD, page=1, paragraph=10),
    )  # fmt: skip
    assert (report.name, report.format, report.pages, report.warnings) == (
        "report.pdf", Format.PDF, 1, (),
    )  # fmt: skip
    assert report.sha256 == hashlib.sha256(data).hexdigest()


def test_paragraphs_without_space_between_them() -> None:
    typist = Typist()
    for text in (FIRST, THIRD, SECOND):
        typist.text(text, after=0)
    assert [text for _, text in kinds_of(typist.done())] == [FIRST, THIRD, SECOND]


def test_first_lines_set_in_begin_paragraphs() -> None:
    full = ["A sentence that is set so as to fill the whole of its line to the very end of it ok.",
            "Another that fills its line."]  # fmt: skip
    typist = Typist()
    typist.lines([f"{full[0]}", full[0]], first=24, after=0)
    typist.lines([full[0], full[1]], first=24, after=0)
    texts = [text for _, text in kinds_of(typist.done())]
    assert texts == [f"{full[0]} {full[0]}", f"{full[0]} {full[1]}"]


def numbered_pages(count: int, footer: Callable[[int], str]) -> bytes:
    typist = Typist()
    for number in range(1, count + 1):
        typist.canvas.setFont(BODY, 9)
        typist.canvas.drawString(MARGIN, HEIGHT - 40, "Customer Service Specialist, project")
        typist.canvas.drawCentredString(WIDTH / 2, 36, footer(number))
        typist.text(STAGES[number - 1])
        typist.page()
    return typist.done()


@pytest.mark.parametrize("footer", ["{}", "Page {} of 4", "- {} -", "Asha Patel 10482, page {}"])
def test_running_lines_go(footer: str) -> None:
    texts = [t for _, t in kinds_of(numbered_pages(4, footer.format))]
    assert texts == list(STAGES)


def test_two_pages_lose_page_numbers_only() -> None:
    texts = [t for _, t in kinds_of(numbered_pages(2, str))]
    assert len(texts) == 4
    assert texts[0] == "Customer Service Specialist, project"
    assert not any(text.isdigit() for text in texts)


def test_headings_at_page_tops_stay() -> None:
    typist = Typist()
    for week, count in ((1, 3), (2, 9), (5, 4), (9, 7)):
        typist.heading(f"Week {week}")
        typist.text(f"There were {count} complaints.")
        typist.page()
    texts = [text for _, text in kinds_of(typist.done())]
    assert texts[::2] == ["Week 1", "Week 2", "Week 5", "Week 9"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = simpleSplit(FIRST, BODY, SIZE, WIDTH - 2 * MARGIN)
    typist = Typist()
    typist.y = MARGIN + 3 * LEADING
    typist.lines(lines[:2])
    typist.page()
    typist.lines(lines[2:])
    typist.text(THIRD)
    blocks = blocks_of(typist.done())
    assert [(b.text, b.page) for b in blocks] == [(FIRST, 1), (THIRD, 2)]


def test_hyphens_at_line_ends() -> None:
    typist = Typist()
    typist.text("We follow up every call. The follow-up is noted, and each customer is called.")
    typist.lines(["Our manager asked for a longer follow-", "up with each of the three cus-",
                  "tomers who had complained, and she wrote a self-",
                  "made list of them."])  # fmt: skip
    assert kinds_of(typist.done())[1][1] == (
        "Our manager asked for a longer follow-up with each of the three customers who had "
        "complained, and she wrote a self-made list of them."
    )


def test_clean_text() -> None:
    assert clean_text("e\ufb03cient\u00a0o\ufb00er\u200b") == "efficient offer"
    assert clean_text("cus\ufffe") == clean_text("cus\x02") == "cus-"


def test_two_columns_are_read_one_after_the_other() -> None:
    column = (WIDTH - 2 * MARGIN - 30) / 2
    typist = Typist()
    typist.heading("The challenge in full, as it was seen by all of us")
    top = typist.y
    typist.text(FIRST, width=column)
    typist.text(SECOND, width=column)
    typist.y = top - 5
    typist.text(SECOND, x=MARGIN + column + 30, width=column)
    typist.text(THIRD, x=MARGIN + column + 30, width=column)
    texts = [text for _, text in kinds_of(typist.done())]
    assert texts[1:] == [FIRST, SECOND, SECOND, THIRD]


def test_ruled_table_with_merged_cell_and_list() -> None:
    typist = Typist()
    typist.text(FIRST)
    edges = [MARGIN, MARGIN + 90, MARGIN + 270, MARGIN + 400]
    typist.table([[["Date"], ["What happened"], ["Who"]],
                  [["4 March"], ["She wrote to us, and", "nobody answered."], [""]],
                  [["5 March"], ["• I rang.", "• I wrote."], ["Me"]]], edges)  # fmt: skip
    typist.y += AFTER
    typist.table([[["Both days were lost to us"], ["Us"]]], [edges[0], edges[2], edges[3]])
    typist.text(THIRD)
    blocks = blocks_of(typist.done())
    assert [(b.kind, b.text, b.labels) for b in blocks[1:-1]] == [
        (BlockKind.TABLE_ROW, "Date\tWhat happened\tWho", ()),
        (BlockKind.TABLE_ROW, "4 March\tShe wrote to us, and nobody answered.\t", ()),
        (BlockKind.TABLE_ROW, "5 March\tI rang.\nI wrote.\tMe", ("•", "•")),
        (BlockKind.TABLE_ROW, "Both days were lost to us\tUs", ()),
    ]
    assert [b.paragraph for b in blocks] == list(range(1, 7))


def test_list_numbers_and_numbers_that_are_none() -> None:
    typist = Typist()
    for mark in ("8.", "9."):
        typist.item(mark, f"Question {mark[0]}, which was asked of each customer.")
    typist.text("10.Question ten, whose number leaves no room for a space.", x=MARGIN + 18)
    typist.text("9.30 am was when the first of them rang us.")
    assert [(b.kind, b.labels, b.text) for b in blocks_of(typist.done())] == [
        (BlockKind.LIST_ITEM, ("8.",), "Question 8, which was asked of each customer."),
        (BlockKind.LIST_ITEM, ("9.",), "Question 9, which was asked of each customer."),
        (BlockKind.LIST_ITEM, ("10.",), "Question ten, whose number leaves no room for a space."),
        (BlockKind.PARAGRAPH, (), "9.30 am was when the first of them rang us."),
    ]


def test_a_table_goes_on_over_the_page_without_its_repeated_first_row() -> None:
    edges = [MARGIN, MARGIN + 90, MARGIN + 270]
    head = [["Week"], ["Complaints"]]
    typist = Typist()
    typist.text(FIRST)
    typist.table([head, [["1"], ["nine of them"]], [["2"], ["seven, of which two about"]]], edges)
    typist.page()
    typist.table([head, [[""], ["the same carrier"]], [["3"], ["four"]]], edges)
    assert [text for _, text in kinds_of(typist.done())][1:] == [
        "Week\tComplaints", "1\tnine of them",
        "2\tseven, of which two about the same carrier", "3\tfour",
    ]  # fmt: skip


def test_table_set_with_tabs_alone() -> None:
    typist = Typist()
    typist.text(FIRST)
    for row in (("Month", "Calls", "Late"), ("March", "912", "31"), ("April", "877", "12")):
        for x, cell in zip((MARGIN, 200, 300), row, strict=True):
            typist.canvas.setFont(BODY, SIZE)
            typist.canvas.drawString(x, typist.y - SIZE, cell)
        typist.y -= LEADING
    typist.y -= AFTER
    typist.text(THIRD)
    assert kinds_of(typist.done())[1:-1] == [
        (BlockKind.TABLE_ROW, "Month\tCalls\tLate"),
        (BlockKind.TABLE_ROW, "March\t912\t31"),
        (BlockKind.TABLE_ROW, "April\t877\t12"),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    typist = Typist()
    typist.canvas.rect(MARGIN - 6, typist.y - 60, WIDTH - 2 * MARGIN + 12, 66)
    typist.text(FIRST)
    assert kinds_of(typist.done()) == [(BlockKind.PARAGRAPH, FIRST)]


@pytest.mark.parametrize("dots", [True, False])
def test_contents_lines(dots: bool) -> None:
    entries = (("The challenge", 2), ("What I did", 3), ("What came of it", 5))
    typist = Typist()
    typist.heading("Contents")
    for title, number in entries:
        typist.canvas.setFont(BODY, SIZE)
        typist.canvas.drawString(MARGIN, typist.y - SIZE, f"{title} {'.' * 40 if dots else ''}")
        typist.canvas.drawRightString(WIDTH - MARGIN, typist.y - SIZE, str(number))
        typist.y -= LEADING
    typist.page()
    typist.text(FIRST)
    blocks = blocks_of(typist.done())
    assert [(b.text, b.style) for b in blocks[1:4]] == [
        (f"{title}\t{number}", "toc 1") for title, number in entries
    ]
    assert (blocks[4].text, blocks[4].style) == (FIRST, "")


def test_notes_at_the_foot() -> None:
    typist = Typist()
    line = "The charter allows a refund first"
    typist.canvas.setFont(BODY, SIZE)
    typist.canvas.drawString(MARGIN, typist.y - SIZE, line)
    end = MARGIN + typist.canvas.stringWidth(line, BODY, SIZE)
    typist.canvas.setFont(BODY, 7)
    typist.canvas.drawString(end, typist.y - SIZE + 4, "1")
    typist.canvas.setFont(BODY, SIZE)
    typist.canvas.drawString(end + 4, typist.y - SIZE, " and questions after.")
    typist.y -= LEADING + AFTER
    typist.text(SECOND)
    typist.canvas.line(MARGIN, 100, MARGIN + 144, 100)
    typist.canvas.setFont(BODY, 6)
    typist.canvas.drawString(MARGIN, 88, "1")
    typist.canvas.setFont(BODY, 9)
    typist.canvas.drawString(MARGIN + 5, 85, "Customer charter, page 4, which I keep on my desk.")
    assert [(b.text, b.story) for b in blocks_of(typist.done())] == [
        ("The charter allows a refund first and questions after.", Story.MAIN),
        (SECOND, Story.MAIN),
        ("Customer charter, page 4, which I keep on my desk.", Story.NOTE),
    ]


def test_pictures_captions_and_logos() -> None:
    typist = Typist()
    for number in range(3):
        typist.picture(WIDTH - 120, HEIGHT - 60, 80, 40)
        typist.text(STAGES[number])
        if number == 1:
            typist.picture(MARGIN, typist.y - 100, 200, 100)
            typist.y -= 108
            typist.text("Figure 1: Late refunds a week", size=9)
            typist.text("Figure 1 shows that late refunds fell by half.")
        typist.page()
    blocks = blocks_of(typist.done())
    assert [(b.kind, b.text, b.images, b.page) for b in blocks] == [
        (BlockKind.PARAGRAPH, FIRST, 0, 1),
        (BlockKind.PARAGRAPH, SECOND, 0, 2),
        (BlockKind.PARAGRAPH, "", 1, 2),
        (BlockKind.CAPTION, "Figure 1: Late refunds a week", 0, 2),
        (BlockKind.PARAGRAPH, "Figure 1 shows that late refunds fell by half.", 0, 2),
        (BlockKind.PARAGRAPH, STAGES[2], 0, 3),
    ]


def test_turned_page_and_watermark() -> None:
    typist = Typist()
    typist.canvas.setPageRotation(90)
    typist.canvas.saveState()
    typist.canvas.translate(WIDTH, 0)
    typist.canvas.rotate(90)
    typist.y = WIDTH - MARGIN
    typist.text(FIRST, width=500)
    typist.text(THIRD, width=500)
    typist.canvas.restoreState()
    typist.canvas.saveState()
    typist.canvas.rotate(45)
    typist.canvas.setFont(BODY, 60)
    typist.canvas.drawString(200, 0, "DRAFT")
    typist.canvas.restoreState()
    assert [text for _, text in kinds_of(typist.done())] == [FIRST, THIRD]


def test_made_up_bold_and_spaced_out_letters() -> None:
    typist = Typist()
    for shift in (0, 0.4):
        typist.canvas.setFont(BODY, SIZE)
        typist.canvas.drawString(MARGIN + shift, typist.y - SIZE, "Struck twice to look bold")
    typist.y -= 40
    text = typist.canvas.beginText(MARGIN, typist.y)
    text.setFont(BODY, 16)
    text.setCharSpace(8)
    text.textOut("CONTENTS")
    text.setCharSpace(0)
    typist.canvas.drawText(text)
    typist.y -= 40
    typist.text(FIRST)
    assert [t for _, t in kinds_of(typist.done())] == [
        "Struck twice to look bold", "CONTENTS", FIRST,
    ]  # fmt: skip


def one_page(**options: object) -> bytes:
    typist = Typist(**options)
    typist.text(FIRST)
    return typist.done()


def test_passwords() -> None:
    with pytest.raises(EncryptedReport, match=r"report\.pdf is locked with a password"):
        blocks_of(one_page(encrypt=StandardEncryption("secret")))
    allowed = one_page(encrypt=StandardEncryption("", ownerPassword="secret"))
    assert kinds_of(allowed) == [(BlockKind.PARAGRAPH, FIRST)]


def test_no_text() -> None:
    empty = Typist()
    empty.page()
    with pytest.raises(NoTextLayer, match=r"report\.pdf holds no text .* Word file"):
        blocks_of(empty.done())
    scan = Typist()
    scan.picture(0, 0, WIDTH, HEIGHT)
    with pytest.raises(NoTextLayer, match="pictures but no text, as a scan does"):
        blocks_of(scan.done())


def test_a_scanned_page_among_others_is_a_warning() -> None:
    typist = Typist()
    typist.text(FIRST)
    typist.page()
    typist.picture(0, 0, WIDTH, HEIGHT)
    report = read_pdf(typist.done(), "report.pdf")
    assert report.pages == 2
    assert [w[:36] for w in report.warnings] == ["Page 2 holds a picture and no text, "]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x00" * 5000])
def test_damaged(data: bytes) -> None:
    with pytest.raises(DamagedReport, match=r"report\.pdf is damaged or is not a whole PDF"):
        blocks_of(data)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = numbered_pages(3, str)
    for limit, value in (("MAX_PAGES", 2), ("MAX_BYTES", 100), ("MAX_GLYPHS", 50),
                         ("MAX_SECONDS", -1.0)):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(reader, limit, value)
            with pytest.raises(ReportTooLarge, match=r"report\.pdf is too large to read"):
                blocks_of(data)
    monkeypatch.setattr(pdf_page, "MAX_GLYPHS_PER_PAGE", 50)
    with pytest.raises(ReportTooLarge, match="pages hold more than a report can"):
        blocks_of(data)


def test_a_page_over_a_limit_is_named() -> None:
    typist = Typist()
    typist.text(FIRST)
    typist.page()
    typist.canvas.setPageSize((20_000, 300))
    typist.canvas.drawString(10, 10, "a very wide page")
    typist.page()
    typist.canvas.setPageSize(A4)
    typist.text(THIRD)
    report = read_pdf(typist.done(), "report.pdf")
    assert [b.text for b in report.blocks] == [FIRST, THIRD]
    assert report.warnings[0].startswith("Page 2 could not be read, so the words there are not")


def test_any_bytes_give_a_report_or_our_error() -> None:
    whole = numbered_pages(2, str)
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[: chance.randrange(len(data))] if chance.random() < 0.3 else data)
        message = ""
        try:
            report = read_pdf(cut, "report.pdf")
        except WbpError as error:
            message = str(error)
        assert "report.pdf" in message or report.blocks


def test_an_error_of_ours_is_still_theirs_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reader, "pages_to_flow", fail)
    with pytest.raises(DamagedReport):
        blocks_of(one_page())
