"""A file's bytes to a Report. The reader is chosen by what the file holds, not by its name."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePath

from wbp_check.errors import NoTextLayer, ReportTooLarge, UnsupportedFormat
from wbp_check.read.docx import read_docx
from wbp_check.read.pdf import read_pdf
from wbp_check.read.text import read_text
from wbp_check.types import Report

MOST_BYTES = 50 * 1024 * 1024
"""A report with many photographs is under 20 MB; anything larger was not meant for us."""

_SAVE_AS_DOCX = (
    "Open it in the program it was written in, save it as Word (.docx) or PDF, and try again."
)
_PDF_HEADER_WITHIN = 1024  # bytes: PDF 32000-1 annex H allows junk before the header
_SIGNATURES = (
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"BM", "a picture (BMP)"),
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"MIME-Version:", "a web archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_report(
    data: bytes,
    name: str,
    *,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Read a report's blocks from a DOCX, PDF or plain-text file; `password` opens a locked PDF.

    Scanned pages of a PDF are read by OCR where Tesseract is installed; `progress` is told which of
    how many is being read, from 1.

    Raises an UnreadableReport that says what the file is and what to do about it:
    UnsupportedFormat, EncryptedReport, NoTextLayer, ReportTooLarge or DamagedReport.
    """
    if not data:
        raise NoTextLayer(f"{name} is empty (0 bytes). Save the report again and choose that file.")
    if len(data) > MOST_BYTES:
        raise ReportTooLarge(
            f"{name} is {len(data) / 2**20:.0f} MB; the limit is {MOST_BYTES // 2**20} MB. "
            "Make the pictures smaller (Word: Picture Format, Compress Pictures) and save it again."
        )
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return read_pdf(data, name, password, progress)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        _refuse_other_packages(data, name)
        return read_docx(data, name)
    if data.startswith(_OLE):
        # An encrypted DOCX is an OLE file as well; the DOCX reader knows the difference.
        if "EncryptedPackage".encode("utf-16-le") in data:
            return read_docx(data, name)
        raise UnsupportedFormat(f"{name} is an old Word file (.doc) or a message. {_SAVE_AS_DOCX}")
    start = data[:64].lstrip().lower()
    for signature, kind in _SIGNATURES:
        if start.startswith(signature.lower()):
            raise UnsupportedFormat(f"{name} is {kind}. {_SAVE_AS_DOCX}")
    if PurePath(name).suffix.lower() == ".docx" and b"\x00" in data[:4096]:
        return read_docx(data, name)  # damaged: the reader says so
    return read_text(data, name)


def _refuse_other_packages(data: bytes, name: str) -> None:
    """Name the zip-based formats that are not ours. A damaged zip is left to the DOCX reader."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = {part.replace("\\", "/").lstrip("/") for part in package.namelist()}
            kind = package.read("mimetype")[:80] if "mimetype" in parts else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, KeyError, ValueError):
        return
    if b"opendocument.text" in kind:
        raise UnsupportedFormat(f"{name} is an OpenDocument file (.odt). {_SAVE_AS_DOCX}")
    if b"epub" in kind:
        raise UnsupportedFormat(f"{name} is an e-book (EPUB). {_SAVE_AS_DOCX}")
    if any(part.startswith("Index/") and part.endswith(".iwa") for part in parts) or (
        "Index.zip" in parts or "index.xml" in parts
    ):
        raise UnsupportedFormat(f"{name} is a Pages file. {_SAVE_AS_DOCX}")
    if any(part.startswith("xl/") for part in parts):
        raise UnsupportedFormat(f"{name} is a spreadsheet (.xlsx). {_SAVE_AS_DOCX}")
    if any(part.startswith("ppt/") for part in parts):
        raise UnsupportedFormat(f"{name} is a presentation (.pptx). {_SAVE_AS_DOCX}")
    if "[Content_Types].xml" not in parts and "_rels/.rels" not in parts:
        raise UnsupportedFormat(
            f"{name} is a zip archive. Unpack it and choose the report inside it."
        )
