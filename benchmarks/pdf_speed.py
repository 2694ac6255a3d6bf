"""Time and memory of our PDF reader beside other libraries', on the same files in one run.

python benchmarks/pdf_speed.py FOLDER [FILES]

pip install pypdf pdfminer.six pdfplumber

These three are used here alone; the project needs none of them. FILES (50) are drawn at random, by a
fixed seed, from the PDFs of FOLDER of 1 to 20 pages that all libraries read. Each library reads them
in a process of its own; its computing time is taken, not the clock's, so that other work on the
machine matters little. "Drawn only" is our first step, pdfium's characters and lines one by one, and
"pypdfium2" is its plain text: what they take of ours is pdfium's share. Memory is the most that the
process held above what its imports took, over all files.
"""

import io
import json
import logging
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

SEED = 11
MOST_PAGES = 20
MOST_BYTES = 3_000_000
SPARE = 1.3
"""Times as many files as wanted are read, because not every library reads each."""


def ours(data: bytes) -> None:
    """Our reader, whole."""
    from wbp_check.read.pdf import read_pdf

    read_pdf(data, "report.pdf")


def drawn_only(data: bytes) -> None:
    """The first step of ours."""
    import pypdfium2

    from wbp_check.read.pdf_page import page_to_ink

    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        page_to_ink(document, index)


def pypdfium2_text(data: bytes) -> None:
    """Plain text of pdfium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        page = document[index]
        page.get_textpage().get_text_range()
        page.close()


def pypdf_text(data: bytes) -> None:
    """Plain text of pypdf."""
    import pypdf

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text()


def pdfminer_text(data: bytes) -> None:
    """Plain text of pdfminer.six."""
    from pdfminer.high_level import extract_text

    extract_text(io.BytesIO(data))


def pdfplumber_text(data: bytes) -> None:
    """Plain text of pdfplumber."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


LIBRARIES: dict[str, Callable[[bytes], None]] = {
    "ours": ours,
    "drawn only": drawn_only,
    "pypdfium2": pypdfium2_text,
    "pypdf": pypdf_text,
    "pdfminer.six": pdfminer_text,
    "pdfplumber": pdfplumber_text,
}


def main() -> None:
    if sys.argv[1] == "--read":
        _read_all(LIBRARIES[sys.argv[2]], sys.stdin.read().splitlines())
        return
    folder, wanted = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50
    pages = _draw(folder, round(SPARE * wanted))
    results = {}
    for library in LIBRARIES:
        print(f"reading with {library}", file=sys.stderr)
        answer = subprocess.run(
            [sys.executable, __file__, "--read", library],
            input="\n".join(pages), text=True, capture_output=True, check=True,
        )  # fmt: skip
        results[library] = json.loads(answer.stdout)
    files = [path for path in pages if all(path in r["seconds"] for r in results.values())][:wanted]
    print(f"{len(files)} files, {sum(pages[path] for path in files)} pages")
    whole = sum(results["ours"]["seconds"][path] for path in files)
    for library, result in results.items():
        each = [1000 * result["seconds"][path] / pages[path] for path in files]
        share = sum(result["seconds"][path] for path in files) / whole
        print(
            f"{library:12} {median(each):6.1f} ms a page, 90th percentile "
            f"{quantiles(each, n=10)[-1]:6.1f}; {share:5.0%} of ours; "
            f"memory {result['megabytes']:5.0f} MB; read {len(result['seconds'])} of {len(pages)}"
        )


def _draw(folder: Path, wanted: int) -> dict[str, int]:
    """Files and their pages."""
    import pypdfium2

    paths = sorted(p for p in folder.rglob("*.pdf") if p.stat().st_size <= MOST_BYTES)
    random.Random(SEED).shuffle(paths)
    found: dict[str, int] = {}
    for path in paths:
        try:
            pages = len(pypdfium2.PdfDocument(path.read_bytes()))
        except pypdfium2.PdfiumError:
            continue
        if 1 <= pages <= MOST_PAGES:
            found[str(path)] = pages
        if len(found) == wanted:
            break
    return found


def _read_all(read: Callable[[bytes], None], paths: list[str]) -> None:
    """Prints the seconds of each file that could be read, and the memory, as JSON."""
    logging.disable(logging.CRITICAL)
    seconds: dict[str, float] = {}
    _read_first(read, paths)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in paths:
        data = Path(path).read_bytes()
        start = time.process_time()
        try:
            read(data)
        except Exception:  # each library has errors of its own
            continue
        seconds[path] = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "megabytes": (after - before) / 1024}))


def _read_first(read: Callable[[bytes], None], paths: list[str]) -> None:
    """Reads the smallest file, so that the imports are done."""
    smallest = min(map(Path, paths), key=lambda path: path.stat().st_size)
    try:
        read(smallest.read_bytes())
    except Exception:  # it is read again, and counted, below
        return


if __name__ == "__main__":
    main()
