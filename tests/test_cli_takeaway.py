"""annotate, map and feedback from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wbp_check import UnsupportedFormat
from wbp_check.cli import cli
from wbp_check.errors import BadSetup


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize(
    ("verb", "out", "begins"),
    [
        ("annotate", "notes.docx", b"PK"),
        ("map", "mapping.xlsx", b"PK"),
        ("map", "mapping.docx", b"PK"),
        ("feedback", "sheet.docx", b"PK"),
        ("feedback", "sheet.html", b"<!doctype html>"),
    ],
)
def test_each_verb_writes_its_document(
    verb: str, out: str, begins: bytes, example: Path, tmp_path: Path
) -> None:
    result = run(verb, example, "--out", tmp_path / out)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert (tmp_path / out).read_bytes().startswith(begins)


def test_a_pdf_is_annotated_as_a_pdf(example: Path, tmp_path: Path) -> None:
    report = example.with_suffix(".pdf")
    assert run("annotate", report, "--out", tmp_path / "n.pdf").exit_code == 0
    assert (tmp_path / "n.pdf").read_bytes().startswith(report.read_bytes())


def test_the_report_itself_is_never_overwritten(example: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.docx"
    report.write_bytes(example.read_bytes())
    for verb in ("annotate", "map", "feedback"):
        result = run(verb, report, "--out", tmp_path / "." / "report.docx")
        assert isinstance(result.exception, BadSetup)
        assert "the report itself" in str(result.exception)
    assert report.read_bytes() == example.read_bytes()


def test_wrong_kinds_and_places_are_refused(example: Path, tmp_path: Path) -> None:
    assert run("annotate", example, "--out", tmp_path / "n.pdf").exit_code == 2
    assert run("map", example, "--out", tmp_path / "m.csv").exit_code == 2
    text = tmp_path / "report.txt"
    text.write_text("I rang the customer and asked what had happened to her parcel.")
    result = run("annotate", text, "--out", tmp_path / "n.txt")
    assert isinstance(result.exception, UnsupportedFormat)
    result = run("feedback", text, "--out", tmp_path / "no" / "f.html")
    assert isinstance(result.exception, BadSetup)
    assert "cannot be written" in str(result.exception)
