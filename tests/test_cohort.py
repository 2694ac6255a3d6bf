"""A folder of real files, checked together: the same answer however it was come by."""

import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from build import to_docx
from wbp_check import BadSetup, BadStandard, Standard, UnreadableReport
from wbp_check.cli import cli
from wbp_check.cohort.alike import ALIKE_SHARE, Line, find_alike, is_compared
from wbp_check.cohort.files import report_files
from wbp_check.cohort.gaps import common_gaps
from wbp_check.cohort.kept import kept_beside
from wbp_check.cohort.rows import Cohort
from wbp_check.cohort.run import check_cohort, made_here, refuse_other_makers
from wbp_check.cohort.workbook import cohort_to_xlsx
from wbp_check.echo import load_echoes
from wbp_check.types import Block, BlockKind, Finding, Status

SHARED = "I asked Mrs Osei on the telephone what had gone wrong with her third order of the month."
NEARLY = "I asked Mrs Osei on the telephone what had gone wrong with her second order of the month."
TEXTS = {
    "ann.docx": [SHARED, "Our mission is to be on time; I suggest that we ring before we come."],
    "north/ben.docx": [NEARLY, '=HYPERLINK("http://example.org") is what the customer sent us.'],
    "north/cat.docx": ["A customer with arthritis could not open the box, so I sent another one."],
    "=dan.docx": ["The complaints procedure has three steps, and I followed all three of them."],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "north").mkdir()
    for name, sentences in TEXTS.items():
        blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in sentences)
        (folder / name).write_bytes(to_docx(blocks))
    (folder / "ann again.docx").write_bytes((folder / "ann.docx").read_bytes())
    (folder / "torn.docx").write_bytes(b"PK\x03\x04 and no more")
    (folder / "~$ann.docx").write_bytes(b"lock")
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "marks.xlsx").write_bytes(b"no report")
    return folder


@pytest.fixture(scope="module")
def cohort(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    return check_cohort(named(folder), tmp_path_factory.mktemp("kept") / "kept", jobs=1)


def named(folder: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(folder).as_posix(), path) for path in report_files(folder)]


def cells(data: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(BytesIO(data))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def test_the_folder_is_searched_without_locks_and_hidden_files(
    folder: Path, tmp_path: Path
) -> None:
    assert [name for name, _ in named(folder)] == [
        "=dan.docx",
        "ann again.docx",
        "ann.docx",
        "north/ben.docx",
        "north/cat.docx",
        "torn.docx",
    ]
    with pytest.raises(UnreadableReport, match="holds no"):
        report_files(tmp_path)
    with pytest.raises(UnreadableReport, match="is not a folder"):
        report_files(folder / "ann.docx")


def test_no_report_goes_unseen(tmp_path: Path) -> None:
    (tmp_path / "old.rtf").write_bytes(b"{\\rtf1 I rang her.}")
    (tmp_path / "gone.pdf").write_bytes(b"%PDF-1.7")
    files = named(tmp_path)
    (tmp_path / "gone.pdf").unlink()
    seen: list[None] = []
    cohort = check_cohort(files, tmp_path / "kept", jobs=1, on_done=lambda: seen.append(None))
    assert len(seen) == 2
    gone, old = cohort.not_read
    assert "cannot be opened" in gone.message
    assert "save it as Word" in old.message


def test_a_file_that_cannot_be_read_stops_nothing(cohort: Cohort) -> None:
    assert [row.name for row in cohort.rows] == sorted([*TEXTS, "ann again.docx"])
    (torn,) = cohort.not_read
    assert torn.name == "torn.docx"
    assert "damaged" in torn.message


def test_two_processes_give_what_one_gives(folder: Path, cohort: Cohort, tmp_path: Path) -> None:
    seen: list[None] = []
    both = check_cohort(named(folder), tmp_path / "kept", jobs=2, on_done=lambda: seen.append(None))
    assert both == cohort
    assert len(seen) == len(named(folder))


def test_dask_workers_give_what_this_machine_gives(
    folder: Path, cohort: Cohort, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        there = check_cohort(named(folder), tmp_path / "kept", dask=cluster.scheduler_address)
    assert there == cohort


def test_a_missing_dask_scheduler_is_named(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs the extra dask")
    with pytest.raises(BadSetup, match=r"No Dask scheduler answers at not-an-address"):
        check_cohort(named(folder), tmp_path / "kept", dask="not-an-address")


def test_a_killed_run_goes_on_and_gives_the_same(
    folder: Path, cohort: Cohort, standard: Standard, tmp_path: Path
) -> None:
    out = tmp_path / "cohort.xlsx"
    command = [sys.executable, "-m", "wbp_check", "cohort", str(folder), "--out", str(out)]
    kept = kept_beside(out)
    process = subprocess.Popen(
        [*command, "--jobs", "1"], start_new_session=True, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 300
    while not (kept.exists() and kept.read_text(encoding="utf-8").count('"sha256"') >= 2):
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not out.exists()
    with kept.open("a", encoding="utf-8") as file:
        file.write('\n{"sha256": "cut off')
    before = kept.read_text(encoding="utf-8")

    lines: list[str] = []
    resumed = check_cohort(
        named(folder), kept, jobs=1, on_done=lambda: lines.append(kept.read_text("utf-8"))
    )
    assert lines[1] == before  # the first two were not checked again
    assert resumed == cohort

    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "5 reports checked, 1 not read" in done.stdout
    assert cells(out.read_bytes()) == cells(cohort_to_xlsx(cohort, standard))
    assert not kept.exists()


def test_what_another_profile_made_is_not_taken(folder: Path, tmp_path: Path) -> None:
    files = [pair for pair in named(folder) if pair[0] == "north/cat.docx"]
    kept = tmp_path / "kept"
    check_cohort(files, kept, jobs=1)
    once = kept.read_text(encoding="utf-8")
    check_cohort(files, kept, jobs=1)
    assert kept.read_text(encoding="utf-8") == once
    check_cohort(files, kept, jobs=1, profile="tquk")
    assert kept.read_text(encoding="utf-8").count('"sha256"') == 2
    with pytest.raises(BadStandard):
        check_cohort(files, kept, profile="nobody")


def test_workers_of_another_version_are_refused() -> None:
    here = made_here(None)
    refuse_other_makers(here, here)
    with pytest.raises(BadSetup, match=r"another wbp-check \(0\.0\.1"):
        refuse_other_makers(("0.0.1", *here[1:]), here)


def test_a_place_that_cannot_be_written_is_said_at_once(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "cohort.xlsx"
    error = CliRunner().invoke(cli, ["cohort", str(folder), "--out", str(out)]).exception
    assert isinstance(error, BadSetup)
    assert "--out" in str(error)


def test_a_report_is_never_overwritten(folder: Path) -> None:
    out = folder / "ann.docx"
    before = out.read_bytes()
    result = CliRunner().invoke(cli, ["cohort", str(folder), "--out", str(out)])
    assert result.exit_code == 2
    assert "must end in .xlsx" in result.stderr
    assert out.read_bytes() == before


def test_the_workbook_says_every_mark_in_words_or_symbols(
    cohort: Cohort, standard: Standard
) -> None:
    data = cohort_to_xlsx(cohort, standard)
    sheets = cells(data)
    assert list(sheets) == ["Reports", "Gaps", "Heat map", "Alike", "Not read"]
    _, header, *rows = sheets["Reports"]
    assert header[3:5] == [
        "Pass criteria with evidence, of 16",
        "Distinction criteria with evidence, of 9",
    ]
    by_name = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    for row in cohort.rows:
        shown = by_name[row.name]
        assert shown["Words counted"] == row.report.counted
        assert shown["Length"] == "▼ under"
        marks = [shown[f"{c.code} {c.title}"] for c in standard.criteria]
        assert [mark[0] for mark in marks] == [
            {Status.MET: "●", Status.PARTLY_MET: "◐", Status.NOT_FOUND: "○"}[status]
            for status in row.report.statuses
        ]
        assert all(len(mark) > 5 for mark in marks)
    assert by_name["ann.docx"]["Warnings"].startswith("The same file as ann again.docx.")
    assert len(sheets["Heat map"]) == 2 + len(cohort.rows)
    assert set(sheets["Heat map"][2][1:]) <= {"●", "◐", "○"}
    assert sheets["Not read"][2][0] == "torn.docx"
    book = openpyxl.load_workbook(BytesIO(data))
    for name in ("Reports", "Heat map"):
        assert len(book[name].conditional_formatting) >= 1
    assert "place to look" in book["Alike"]["A1"].value


def test_text_that_begins_like_a_formula_stays_text(cohort: Cohort, standard: Standard) -> None:
    book = openpyxl.load_workbook(BytesIO(cohort_to_xlsx(cohort, standard)))
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value)[:1] in ("=", "+", "-", "@")
    ]
    assert any(cell.value == "=dan.docx" for cell in found)
    for cell in found:
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_gaps_count_the_reports_that_lack_a_part(cohort: Cohort, standard: Standard) -> None:
    gaps = common_gaps(cohort.rows, standard)
    assert [gap.lacking for gap in gaps] == sorted((gap.lacking for gap in gaps), reverse=True)
    codes = list(standard.part_codes)
    for gap in gaps:
        column = codes.index(gap.part.code)
        lacking = [row for row in cohort.rows if row.report.findings[column] is not Finding.FOUND]
        assert gap.lacking <= len(lacking)
        if gap.criterion.group is None:
            assert gap.lacking == len(lacking)
        assert gap.share == gap.lacking / len(cohort.rows)


def test_alike_passages_are_found_between_different_files(
    cohort: Cohort, standard: Standard
) -> None:
    _, _, *rows = cells(cohort_to_xlsx(cohort, standard))["Alike"]
    ((report, _, passage, other, _, passage_there, share, reports),) = rows
    assert (report, passage) == ("ann again.docx", SHARED)
    assert (other, passage_there) == ("north/ben.docx", NEARLY)
    assert ALIKE_SHARE <= share < 1
    assert reports == 2


def test_a_template_makes_rows_by_report_and_not_by_pair() -> None:
    own = "On day {} the van for street {} broke down and I rang all of the people who waited."
    line = Line(text="In this section I will tell what happened and what I did about it.", place="")
    reports = [(f"r{n}", (line, Line(text=own.format(n, n * 7), place=""))) for n in range(200)]
    found = find_alike(reports[:1]), find_alike(reports)
    assert found[0] == ()
    template = [pair for pair in found[1] if pair.first.text == line.text]
    assert len(template) == 199
    assert {pair.shared_by for pair in template} == {200}
    assert find_alike([]) == ()


def test_short_passages_and_the_kits_wording_are_not_compared() -> None:
    echoes = load_echoes()
    assert is_compared(SHARED, echoes)
    assert not is_compared("I rang her and said sorry.", echoes)
    # a run of five words is all that is written of the kit here
    assert not is_compared("potential causes of service failure, as I see them", echoes)
