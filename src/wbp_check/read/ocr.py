"""A picture of a page to its words, by Tesseract: for scans, which have no text of their own.

The program is called through its standard input and output: a grey picture in (PGM), a table of
words with their places out (TSV). pytesseract is not used, because it writes each page and each
answer to a temporary file: reports hold customers' personal data, and the process that reads them
may write no file (`apart`). Tesseract is optional, as it is a program and not a Python package;
without it a scan is refused with the words that say how to get it.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

LANGUAGE = "eng"
SECONDS_A_PAGE = 120.0
"""Until a page is given up. One takes two to six, more where the machine is busy."""
MOST_AT_ONCE = 4
"""Pages read side by side, on as many cores."""
LEAST_SURE = 30.0
"""Of 100: words that Tesseract is less sure of are marks of dirt, or parts of a photograph."""
HOW_TO_GET = (
    "To have scans read, install Tesseract (Debian and Ubuntu: apt-get install tesseract-ocr; "
    "macOS: brew install tesseract; Windows: its installer, then add it to PATH)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A grey picture of a page: a byte a pixel, rows from the top. `scale` is pixels a point."""

    width: int
    height: int
    pixels: bytes
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWord:
    """A word in a picture: its box in pixels from the top left, and its line, by a number."""

    text: str
    line: int
    x0: int
    top: int
    x1: int
    bottom: int


def find_tesseract() -> str | None:
    """Where the program is; None where it is not installed."""
    return shutil.which("tesseract")


def pictures_to_words(
    pictures: Sequence[Picture], program: str
) -> list[tuple[SeenWord, ...] | None]:
    """The words of each picture in reading order, the pictures side by side.

    None for a picture that Tesseract could not read in time.
    """
    with ThreadPoolExecutor(max_workers=len(pictures) or 1) as workers:
        return list(workers.map(lambda picture: _picture_to_words(picture, program), pictures))


def pages_at_once() -> int:
    """How many pages to hand over together."""
    return min(os.cpu_count() or 1, MOST_AT_ONCE)


def _picture_to_words(picture: Picture, program: str) -> tuple[SeenWord, ...] | None:
    header = f"P5\n{picture.width} {picture.height}\n255\n".encode()
    dots = str(round(picture.scale * 72))
    try:
        # --psm 1: find the page's columns, and which way up it is.
        done = subprocess.run(
            [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", dots, "--psm", "1", "tsv"],
            input=header + picture.pixels,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS_A_PAGE,
            # Its own threads wait for each other: on two busy cores four pages took four times as long.
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return _table_to_words(done.stdout.decode("utf-8", "replace")) if not done.returncode else None


def _table_to_words(table: str) -> tuple[SeenWord, ...]:
    """Words of Tesseract's TSV: level, page, block, paragraph, line, word, box, sureness, text."""
    words: list[SeenWord] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != "5":
            continue
        text = cells[11].strip()
        if not text or float(cells[10]) < LEAST_SURE:
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        line = lines.setdefault(tuple(cells[2:5]), len(lines))
        words.append(
            SeenWord(text=text, line=line, x0=left, top=top, x1=left + width, bottom=top + height)
        )
    return tuple(words)
