"""One file a bug: a small report that was once read wrongly, and its body passages."""

import tomllib
from pathlib import Path

import pytest
from spacy.language import Language

from wbp_check import Standard, read_report
from wbp_check.body import place_blocks
from wbp_check.passages import split_passages
from wbp_check.types import Region

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, standard: Standard, nlp: Language) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    report = place_blocks(read_report(case["text"].encode(), "case.txt"), standard)
    passages = split_passages(report, standard.profile(), nlp)
    assert [p.text for p in passages if p.region is Region.BODY] == case["passages"], case["bug"]
