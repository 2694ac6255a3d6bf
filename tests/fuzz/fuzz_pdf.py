"""Looks for PDF files that bring the reader down with anything but an UnreadableReport.

    pip install -e '.[fuzz]'
    python tests/fuzz/fuzz_pdf.py -max_total_time=600 -dict=tests/fuzz/pdf.dict /tmp/found \
        tests/fuzz/seeds/pdf

The seeds are small and not compressed, so that a change of a byte is a change of the page. Pages
without text are not sent to OCR: a page a second would be all that is ever tried. The reader calls
a file damaged whatever breaks in it; here that passes only if it was the library that gave up.
"""

import os
import sys


def main() -> None:
    import atheris

    os.environ["PATH"] = ""
    with atheris.instrument_imports(include=["wbp_check"]):
        from pypdfium2 import PdfiumError

        from wbp_check.errors import UnreadableReport
        from wbp_check.read import read_report

    def read_one(data: bytes) -> None:
        try:
            read_report(b"%PDF-1.4\n" + data if b"%PDF-" not in data else data, "fuzz.pdf")
        except UnreadableReport as error:
            if error.__cause__ is not None and not isinstance(error.__cause__, PdfiumError):
                raise error.__cause__ from None

    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
