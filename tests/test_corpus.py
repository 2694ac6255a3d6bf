"""The corpus format: what is read, and what is refused with file and line."""

from pathlib import Path

import pytest

from conftest import ROOT
from wbp_check import BadCorpus, Standard
from wbp_check.learn.agreement import (
    agreement,
    read_readings,
    units_of_passages,
    units_of_reports,
)
from wbp_check.learn.corpus import load_corpus, read_gold_passages, read_gold_report
from wbp_check.learn.survey import survey_corpus
from wbp_check.types import BlockKind, Region

REPORT = """---
id: parcel
level: pass
---
The parcel that never came
Hetal Solanki

# Situation
It broke. {situation}
I rang her, "twice. At night." {actions S2.10.communication ~K2.1.managed}

- Ask the depot {actions}
1. Check the cage

| March | 41 | {results S5.1.quantitative}
Figure 1: calls a week
# Annex A: Email
Dear Sir.
"""


def write(tmp_path: Path, text: str, name: str = "r.md") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_is_read_unit_by_unit(tmp_path: Path, standard: Standard) -> None:
    gold = read_gold_report(write(tmp_path, REPORT), standard)
    assert gold.id == "parcel"
    assert gold.meta["level"] == "pass"
    body = [
        (p.text, labels.area, sorted(labels.parts), sorted(labels.near))
        for p, labels in zip(gold.passages, gold.labels, strict=True)
        if p.region is Region.BODY
    ]
    assert body == [
        ("It broke.", "situation", [], []),
        (
            'I rang her, "twice. At night."',
            "actions",
            ["S2.10.communication"],
            ["K2.1.managed"],
        ),
        ("Ask the depot", "actions", [], []),
        ("Check the cage", None, [], []),
        ("March | 41", "results", ["S5.1.quantitative"], []),
        ("Figure 1: calls a week", None, [], []),
    ]
    assert [p.region for p in gold.passages].count(Region.FRONT) == 2
    assert gold.passages[-1].region is Region.ANNEX
    kinds = [block.kind for block in gold.report.blocks]
    assert kinds[4:8] == [
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.TABLE_ROW,
        BlockKind.CAPTION,
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{situation}", "{sitation}", r"r\.md:9: “sitation” is no label"),
        ("{situation}", "{situation actions}", r"r\.md:9: one area at most"),
        ("# Situation", "# Situation {situation}", r"r\.md:8: a heading carries no labels"),
        ("---\nid", "id", r"r\.md:1: the front matter"),
        ("level: pass", "level pass", r"r\.md:3: front matter is"),
    ],
)
def test_a_broken_report_says_where(
    tmp_path: Path, standard: Standard, old: str, new: str, message: str
) -> None:
    assert old in REPORT
    with pytest.raises(BadCorpus, match=message):
        read_gold_report(write(tmp_path, REPORT.replace(old, new, 1)), standard)


GOOD = '{"text": "It broke.", "labels": ["K4.6.causes"], "near": ["K2.1.managed"], "area": null, "kind": "evidence"}'


def test_passages(tmp_path: Path, standard: Standard) -> None:
    (passage,) = read_gold_passages(write(tmp_path, GOOD + "\n\n", "p.jsonl"), standard)
    assert passage.source == "p"
    assert passage.labels.parts == {"K4.6.causes"}
    assert passage.labels.near == {"K2.1.managed"}
    assert passage.labels.area is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("K4.6.causes", "K4.6.cause"), ('"evidence"', '"proof"'), ('"near"', '"nearly"'), ("}", "")],
)
def test_a_broken_passage_says_where(
    tmp_path: Path, standard: Standard, old: str, new: str
) -> None:
    path = write(tmp_path, GOOD + "\n" + GOOD.replace(old, new, 1), "p.jsonl")
    with pytest.raises(BadCorpus, match=r"p\.jsonl:2"):
        read_gold_passages(path, standard)


def test_the_corpus_meets_its_targets(standard: Standard) -> None:
    corpus = load_corpus(ROOT / "corpus", standard)
    assert survey_corpus(corpus, standard)["missed"] == []
    plan = (ROOT / "corpus" / "PLAN.md").read_text(encoding="utf-8")
    for report in corpus.reports:
        assert f"| {report.id} |" in plan


def test_the_datasheet_says_what_is_true(standard: Standard) -> None:
    corpus = load_corpus(ROOT / "corpus", standard)
    sheet = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    survey = survey_corpus(corpus, standard)
    assert f"{survey['reports']} reports, {survey['body units']:,} body units" in sheet
    for units in (units_of_reports(corpus), units_of_passages(corpus)):
        first, second = (
            read_readings(ROOT / "corpus" / "second-reading", name, units, standard)
            for name in ("first", "second")
        )
        table = agreement(units, first, second, standard)
        assert f"F1 {table['parts']['f1']:.3f}" in sheet
        assert f"kappa {table['parts']['kappa']:.3f}" in sheet
        assert f"kappa {table['areas, kappa']:.3f}" in sheet
