"""The command line as people and programs use it: data on stdout, messages on stderr."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from wbp_check import WbpError
from wbp_check.cli import cli


def run(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(words), input=text)


@pytest.fixture(scope="module")
def checked() -> dict[str, object]:
    result = run("check", str(ROOT / "examples" / "report.docx"), "--json")
    assert result.exit_code == 0, result.output
    table: dict[str, object] = json.loads(result.stdout)
    return table


def test_check_json_is_schema_1(checked: dict) -> None:
    assert checked["schema"] == 1
    assert set(checked) == {
        "schema",
        "report",
        "word_count",
        "passages",
        "areas",
        "criteria",
        "outlook",
        "made_with",
    }
    assert checked["report"]["format"] == "docx"
    assert re.fullmatch("[0-9a-f]{64}", checked["report"]["sha256"])
    assert set(checked["word_count"]["regions"]) == {
        "front matter",
        "contents",
        "body",
        "references",
        "annexes",
    }
    counted = checked["word_count"]["regions"]
    assert checked["word_count"]["counted"] == sum(counted.values()) - counted["annexes"]
    assert len(checked["criteria"]) == 25
    assert sum(len(criterion["parts"]) for criterion in checked["criteria"]) == 61
    assert checked["areas"][0]["code"] == "situation"
    assert checked["outlook"]["pass"]["of"] == 16


def test_check_json_points_at_passages_that_exist(checked: dict) -> None:
    passages = {passage["id"]: passage for passage in checked["passages"]}
    assert len(passages) > 100
    for criterion in checked["criteria"]:
        assert criterion["status"] in ("met", "partly met", "not found")
        assert 0 <= criterion["probability"] <= 1
        for part in criterion["parts"]:
            for name in part["passages"]:
                assert passages[name]["counts"]
                codes = [tag["part"] for tag in passages[name]["tags"]]
                assert part["code"] in codes
            for name in part["not_counting"]:
                assert not passages[name]["counts"]
    for passage in passages.values():
        for tag in passage["tags"]:
            assert tag["status"] in ("found", "possibly")


def test_met_means_every_part_found(checked: dict) -> None:
    for criterion in checked["criteria"]:
        if criterion["code"] == "K4.7":
            continue
        every = all(part["status"] == "found" for part in criterion["parts"])
        assert every == (criterion["status"] == "met")


def test_check_for_people_names_the_missing_parts(checked: dict) -> None:
    result = run("check", str(ROOT / "examples" / "report.docx"))
    assert result.exit_code == 0
    shown = " ".join(result.stdout.split())
    assert f"{checked['word_count']['counted']:,} words count" in shown
    assert "The seven areas" in shown
    assert "not from real apprentices' work" in shown
    assert "you passed" not in shown.lower()
    for criterion in checked["criteria"]:
        assert criterion["code"] in shown


def test_docx_and_pdf_of_one_report_agree(checked: dict) -> None:
    result = run("check", str(ROOT / "examples" / "report.pdf"), "--json")
    other = json.loads(result.stdout)
    counted = checked["word_count"]["counted"]
    assert other["word_count"]["counted"] == pytest.approx(counted, rel=0.005)
    assert other["word_count"]["regions"]["annexes"] == checked["word_count"]["regions"]["annexes"]
    pairs = zip(checked["criteria"], other["criteria"], strict=True)
    assert sum(a["status"] != b["status"] for a, b in pairs) <= 2


def test_words_and_the_annex_override() -> None:
    example = str(ROOT / "examples" / "report.docx")
    plain = json.loads(run("words", example, "--json").stdout)
    assert plain["status"] == "within"
    assert plain["regions"]["annexes"] > 0
    later = run("words", example, "--json", "--annexes-from", "no such line")
    assert isinstance(later.exception, WbpError)
    assert "no line begins" in str(later.exception)
    assert "counted" in run("words", example).stdout


def test_tag_prints_one_object_a_line() -> None:
    lines = ["I rang her and asked what had happened, step by step.", "", "Thank you for reading."]
    result = run("tag", "-", text="\n".join(lines))
    tables = [json.loads(line) for line in result.stdout.splitlines()]
    assert [table["text"] for table in tables] == [lines[0], lines[2]]
    assert set(tables[0]) == {"text", "area", "tags"}
    for tag in tables[0]["tags"]:
        assert set(tag) == {"part", "probability"}


def test_standard_prints_all_or_one() -> None:
    everything = run("standard").stdout
    assert "2,500 words" in everything
    assert "K4.7.environmental" in everything
    one = run("standard", "k1.2").stdout
    assert "K1.2.benefit-role" in one
    assert "K2.1" not in one


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.docx", b"", "is empty"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word file"),
        ("a.rtf", b"{\\rtf1 hello}", "RTF"),
        ("a.docx", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.docx", b"PK\x03\x04broken", "a.docx"),
        ("a.pdf", b"%PDF-1.4 broken", "a.pdf"),
        ("a.txt", b"\x00\x01\x02\x03" * 200, "not a Word, PDF or text file"),
        ("a.txt", b"  \n \n", "no words"),
    ],
)
def test_unreadable_files_say_what_to_do(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = run("words", str(path)).exception
    assert isinstance(error, WbpError)
    assert says in str(error)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert "does not exist" in str(run("check", str(tmp_path / "no.docx")).exception)
    assert "is a folder" in str(run("check", str(tmp_path)).exception)


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert (command.help or "").strip(), name
        assert f"wbp-check {name}" in readme, name


def test_the_profile_chosen_is_the_one_that_speaks(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text("I rang the customer and asked what had happened to her parcel.")
    assert "still marked" in " ".join(run("check", str(path)).stdout.split())
    other = " ".join(run("check", str(path), "--profile", "tquk").stdout.split())
    assert "With TQUK a report under 2,250 words fails" in other


def test_a_review_is_honoured(checked: dict, tmp_path: Path) -> None:
    passage = next(p for p in checked["passages"] if p["counts"])
    met = next(c for c in checked["criteria"] if c["status"] != "met" and len(c["parts"]) == 2)
    marks = [
        {
            "passage": passage["id"],
            "part": part["code"],
            "decision": "shows",
            "text": passage["text"],
        }
        for part in met["parts"]
    ]
    saved = {
        "wbp-check review": 1,
        "report": checked["report"]["sha256"],
        "marks": marks,
        "notes": [],
    }
    path = tmp_path / "marks.json"
    path.write_text(json.dumps(saved), encoding="utf-8")
    report = str(ROOT / "examples" / "report.docx")
    result = run("check", report, "--json", "--review", str(path))
    after = {c["code"]: c["status"] for c in json.loads(result.stdout)["criteria"]}
    assert after[met["code"]] == "met"

    saved["report"] = "0" * 64
    path.write_text(json.dumps(saved), encoding="utf-8")
    refused = run("check", report, "--review", str(path))
    assert isinstance(refused.exception, WbpError)
    assert "another file" in str(refused.exception)
