"""Words that a narrow table cell cuts."""

from test_read_pdf import AFTER, MARGIN, Typist, kinds_of
from wbp_check.types import BlockKind


def rows_of(typist: Typist) -> list[str]:
    return [text for kind, text in kinds_of(typist.done()) if kind is BlockKind.TABLE_ROW]


def test_a_word_cut_by_its_cell_is_whole_again() -> None:
    typist = Typist()
    typist.text("The vocabulary of the form was agreed with the team, and so was its layout.")
    edges = [MARGIN, MARGIN + 56, MARGIN + 200]
    typist.table([[["Vocabula", "ry"], ["Agreed words"]], [["Refund"], ["Money back"]]], edges)
    assert rows_of(typist) == ["Vocabulary\tAgreed words", "Refund\tMoney back"]


def test_words_one_below_the_other_stay_apart() -> None:
    typist = Typist()
    typist.text("Our workplace has a database of understandings, and we understand it.")
    typist.y -= AFTER
    edges = [MARGIN, MARGIN + 80, MARGIN + 220]
    typist.table([[["data", "base"], ["work"]], [["under", "stand"], ["place"]]], edges)
    assert rows_of(typist) == ["data base\twork", "under stand\tplace"]
