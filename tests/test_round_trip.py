"""The corpus is the golden file for reading: written to DOCX and PDF, every report comes back."""

import re
from pathlib import Path

import pytest
from spacy.language import Language

from build import LOOKS, contents_entries, to_docx, to_pdf
from wbp_check.body import place_blocks
from wbp_check.learn.corpus import GoldReport, read_gold_report
from wbp_check.passages import load_sentence_splitter, split_passages
from wbp_check.read import read_report
from wbp_check.standard import Standard, load_standard
from wbp_check.types import BlockKind, Region
from wbp_check.words import count_report, count_words

FILES = sorted((Path(__file__).parents[1] / "corpus" / "reports").glob("*.md"))
CASES = [pytest.param(path, LOOKS[i % len(LOOKS)], id=path.stem) for i, path in enumerate(FILES)]
WRITERS = {"docx": to_docx, "pdf": to_pdf}
LEAST_SAME = {"docx": 0.97, "pdf": 0.96}
"""Share of the units that come back word for word. A sentence split at another place is two."""
UNLIKE = {"car-wash-club": 0.93, "estate-agent": 0.84, "flood-helpline": 0.77}
"""The same, of reports whose writers made one unit of several sentences (log lines, quoted notes,
placeholders without a full stop)."""


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load_standard()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_sentence_splitter()


TYPED_MARK = re.compile(r"^\(?[a-z][.)] ")
"""Of a list item, "(a)": the corpus has it in its text, the reader takes it for the item's mark."""


def units(report: GoldReport, region: Region) -> list[str]:
    return [
        TYPED_MARK.sub("", _flat(p.text)) if p.kind is BlockKind.LIST_ITEM else _flat(p.text)
        for p in report.passages
        if p.region is region
    ]


def _flat(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(("path", "look"), CASES)
def test_a_report_comes_back(
    path: Path, look: object, kind: str, standard: Standard, nlp: Language
) -> None:
    gold = read_gold_report(path, standard)
    data = WRITERS[kind](gold.report.blocks, look)  # type: ignore[operator]
    placed = place_blocks(read_report(data, f"{path.stem}.{kind}"), standard)

    counted = count_report(placed, standard.profile())
    expected = count_report(gold.report, standard.profile()).counted
    if look.contents:  # type: ignore[attr-defined]
        lines = ["Contents", *contents_entries(gold.report.blocks)]
        expected += sum(count_words(line) for line in lines)
    assert counted.counted == pytest.approx(expected, rel=0.005)

    passages = split_passages(placed, standard.profile(), nlp)
    body = [_flat(p.text) for p in passages if p.region is Region.BODY]
    wanted = units(gold, Region.BODY)
    same = sum(text in set(body) for text in wanted) / len(wanted)
    assert same >= UNLIKE.get(path.stem, LEAST_SAME[kind]), [
        text for text in wanted if text not in set(body)
    ][:5]

    wanted_annex = count_report(gold.report, standard.profile()).regions["annexes"]
    assert counted.regions["annexes"] == pytest.approx(wanted_annex, rel=0.01, abs=2)
