"""A count taken from a PDF says how far off it may be."""

import pytest

from wbp_check.standard import load_standard
from wbp_check.types import Block, BlockKind, Format, Report
from wbp_check.words import count_report, count_warnings


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (2500, ("2,450 to 2,550 words.",)),
        (2730, ("2,675 to 2,785 words.", "The limit of 2,750 lies between")),
        (2240, ("2,195 to 2,285 words.", "The limit of 2,250 lies between")),
    ],
)
def test_a_pdf_names_its_tolerance(words: int, says: tuple[str, ...]) -> None:
    block = Block(kind=BlockKind.PARAGRAPH, text="word " * words)
    report = Report(name="r.pdf", format=Format.PDF, sha256="", pages=8, blocks=(block,))
    count = count_report(report, load_standard().profile())
    (warning,) = count_warnings(count, report.format)
    assert all(part in warning for part in says)
    assert ("lies between" in warning) is (len(says) > 1)
    assert count_warnings(count) == ()
