"""Running lines of PDF pages that wild documents taught us."""

from test_read_pdf import BODY, HEIGHT, LEADING, MARGIN, STAGES, Typist, kinds_of

LETTERHEAD = (
    "Harrow Lane Housing Association", "14 Harrow Lane", "Leicester", "LE2 6QT",
    "Telephone: 0116 496 0000", "Order number: 20417", "Contact: Asha Patel",
    "Office hours: nine to five",
)  # fmt: skip


def test_a_letterhead_goes_though_it_reaches_far_down() -> None:
    typist = Typist()
    for stage in STAGES:
        typist.lines(LETTERHEAD, after=30)
        typist.text(stage)
        typist.page()
    assert [text for _, text in kinds_of(typist.done())] == list(STAGES)


def test_a_repeated_line_below_other_text_stays() -> None:
    typist = Typist()
    for number, stage in enumerate(STAGES):
        typist.lines([f"{'Weekly log of calls ' * 3}{'abcd'[number]}"])
        typist.y = HEIGHT - MARGIN - 10 * LEADING
        typist.text("What happened:")
        typist.text(stage)
        typist.page()
    texts = [text for _, text in kinds_of(typist.done())]
    assert texts.count("What happened:") == len(STAGES)


def test_a_form_number_that_changed_once_goes_where_it_repeats() -> None:
    typist = Typist()
    for number, stage in enumerate(STAGES):
        typist.canvas.setFont(BODY, 9)
        typist.canvas.drawString(MARGIN, 36, f"Form CS7, revised {2021 if number else 2020}")
        typist.text(stage)
        typist.page()
    texts = [text for _, text in kinds_of(typist.done())]
    assert texts[0] == STAGES[0]
    assert texts[2:] == list(STAGES[1:])
    assert texts[1] == "Form CS7, revised 2020"
