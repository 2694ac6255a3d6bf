"""Reading in a process apart gives what reading gives, and outlives what a file does to it."""

import io
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from wbp_check import DamagedReport, EncryptedReport, ReportTooLarge, read_report
from wbp_check.read.apart import read_report_apart


def locked_pdf(password: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password, strength=128))
    canvas.drawString(72, 720, "I rang Mrs Osei and asked what had gone wrong.")
    canvas.save()
    return buffer.getvalue()


def test_it_reads_the_same_report(example: Path) -> None:
    data = example.read_bytes()
    assert read_report_apart(data, example.name) == read_report(data, example.name)


def test_errors_come_back_as_they_are() -> None:
    with pytest.raises(DamagedReport, match=r"draft\.docx is damaged"):
        read_report_apart(b"PK\x03\x04 and nothing else", "draft.docx")


def test_a_reader_that_takes_too_long_is_stopped(example: Path) -> None:
    with pytest.raises(ReportTooLarge, match=r"report\.docx takes over 0 seconds"):
        read_report_apart(example.read_bytes(), example.name, seconds=0.01)


def test_a_locked_pdf_asks_for_its_password_and_opens_with_it() -> None:
    data = locked_pdf("salmon leap")
    with pytest.raises(EncryptedReport, match="Give the password"):
        read_report_apart(data, "locked.pdf")
    with pytest.raises(EncryptedReport, match="The password does not open"):
        read_report_apart(data, "locked.pdf", password="trout leap")
    report = read_report_apart(data, "locked.pdf", password="salmon leap")
    assert report.blocks[0].text == "I rang Mrs Osei and asked what had gone wrong."


def test_a_system_without_limits_on_computing_reads_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("signal.SIGXCPU")  # as on Windows
    assert read_report_apart(b"I rang her and asked.", "a.txt").blocks
