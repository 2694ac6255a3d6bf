"""Claims: which codes are meant, where they speak for, and what is found there."""

import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console
from spacy.language import Language

from conftest import ROOT
from wbp_check import Standard, Tagger, check_report, read_report
from wbp_check.claim_places import meant_codes
from wbp_check.claims import Claim, Claims, Outcome, find_claims
from wbp_check.cli import cli
from wbp_check.criterion_codes import find_mentions
from wbp_check.learn.corpus import load_corpus
from wbp_check.terminal.claims import print_claims
from wbp_check.types import MadeWith

SHOWN = (
    "I rang Mrs Hall, asked her to tell me step by step what had happened, read my notes back to her "
    "and asked what I had missed."
)
REPORT = f"""# K4.6 What went wrong

The courier was never told that the shop had moved, and that is why the parcel went astray.

# The customer

{SHOWN} (S2.10)

Good communication is the key to success in every business. (K4.5, K3.2, K7.1)

Our meeting room B2.1 was full, so we met in the bay S5.4 car park beside K1 2AB.

# Mapping

| Criterion | Where |
| K4.6 | page 1 |
| S3.4 | page 2 |
"""


@pytest.fixture(scope="module")
def found(standard: Standard, nlp: Language, tagger: Tagger) -> Claims:
    report = read_report(REPORT.encode(), "report.txt")
    return find_claims(check_report(report, standard, nlp, tagger), standard)


def of(found: Claims, code: str) -> list[Claim]:
    return [claim for claim in found.claims if claim.code == code]


def method(standard: Standard) -> tuple[str, ...]:
    return tuple(criterion.code for criterion in standard.criteria)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("(K1.1, S3.1)", "K1.1 S3.1"),
        ("K1.1 Mission", "K1.1"),
        ("S2.9/S2.10", "S2.9 S2.10"),
        ("S2.9/10 and S2.11.", "S2.9 S2.10 S2.11"),
        ("K1.1\u2013K1.4", "K1.1 K1.2 K1.3 K1.4"),
        ("K1.1-4", "K1.1 K1.2 K1.3 K1.4"),
        ("K4.3 to 4.5", "K4.3 K4.4 K4.5"),
        ("K4.6\u2013S1.4", "K4.6 K4.7 S1.3 S1.4"),
        ("K1.1, 1.2 & 1.3", "K1.1 K1.2 K1.3"),
        ("(K4.6, 3.5 hours)", "K4.6"),
        ("K1.4-K1.1", "K1.4 K1.1"),
        ("S3.3a and S3.3(b)", "S3.3"),
        ("k1.1 and K 1.2", "K1.1 K1.2"),
        ("K1.1 - 4 customers", "K1.1"),
        ("K1 2AB, an S3 bucket, K12, it's 1.2 million, MX-S2.1, S2.1-X4, v S1.4.2", ""),
    ],
)
def test_codes_in_lists_and_ranges(standard: Standard, text: str, codes: str) -> None:
    mentions = find_mentions(text, method(standard))
    assert [code for mention in mentions for code in mention.codes] == codes.split()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("We met in room B2.1.", ""),
        ("The meeting room (B1.2) was cold.", ""),
        ("Her English is at level B2.1.", ""),
        ("It runs on firmware S1.3.", ""),
        ("He sat in B2.1 all day.", ""),
        ("This meets criterion K3.2.", "K3.2"),
        ("I asked her (K3.2).", "K3.2"),
        ("I am not sure what S5.4 is asking.", "S5.4"),
        ("The invoice (K2.2) went to Finance.", "K2.2"),
    ],
)
def test_what_is_meant_as_a_criterion(standard: Standard, text: str, codes: str) -> None:
    assert meant_codes(text, text, method(standard)) == tuple(codes.split())


def test_each_claim_is_weighed_at_its_place(found: Claims) -> None:
    heading, row = of(found, "K4.6")
    assert heading.in_heading
    assert (heading.outcome, row.outcome) == (Outcome.SHOWN, Outcome.ELSEWHERE)
    assert "K4.6.causes" in heading.parts
    assert row.elsewhere[0].heading == "K4.6 What went wrong"
    (asked,) = of(found, "S2.10")
    assert asked.outcome is Outcome.SHOWN
    (empty,) = of(found, "K4.5")
    assert empty.outcome is Outcome.NOT_SHOWN
    (level,) = of(found, "S3.4")
    assert level.outcome is Outcome.NOT_SHOWN


def test_codes_of_other_methods_and_of_none(found: Claims) -> None:
    (other,) = of(found, "K3.2")
    assert (other.outcome, other.method) == (Outcome.OTHER_METHOD, "professional discussion")
    (unknown,) = of(found, "K7.1")
    assert unknown.outcome is Outcome.UNKNOWN
    assert not of(found, "B2.1")
    assert not of(found, "S5.4")
    assert {"S5.4", "K1.1"} <= set(found.unclaimed)


def test_a_column_of_rooms_claims_nothing(
    standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    text = "| Room | Criteria |\n| S5.1 | K4.6 |\n"
    report = read_report(text.encode(), "table.txt")
    claims = find_claims(check_report(report, standard, nlp, tagger), standard).claims
    assert [claim.code for claim in claims] == ["K4.6"]


def test_no_report_of_the_corpus_is_taken_to_name_an_unknown_criterion(standard: Standard) -> None:
    own = method(standard)
    named = 0
    for report in load_corpus(ROOT / "corpus", standard).reports:
        for passage in report.passages:
            codes = meant_codes(passage.text, passage.text, own)
            assert set(codes) <= set(own), passage.text
            named += len(codes)
    assert named > 300


def test_claims_as_text_and_json(found: Claims, tmp_path: Path) -> None:
    out = StringIO()
    made_with = MadeWith(version="0", model="m", standard="s")
    print_claims(found, "report.txt", made_with, Console(file=out, width=120))
    assert "K3.2: belongs to another assessment method: professional discussion" in out.getvalue()
    assert "A claim is no evidence" in " ".join(out.getvalue().split())
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    table = json.loads(CliRunner().invoke(cli, ["claims", str(path), "--json"]).stdout)
    assert [claim["code"] for claim in table["claims"]] == [claim.code for claim in found.claims]
    assert {claim["outcome"] for claim in table["claims"]} <= {outcome.value for outcome in Outcome}
