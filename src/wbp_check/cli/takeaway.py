"""The verbs that write a document to carry away: annotate, map, feedback."""

from pathlib import Path

import click

from wbp_check.cli.common import PATH, How, bytes_of, check_file, checking_options
from wbp_check.errors import BadSetup, UnsupportedFormat
from wbp_check.standard import load_standard
from wbp_check.types import Format


@click.command()
@click.argument("report", type=PATH)
@click.option("--out", type=PATH, required=True, help="The annotated copy, of the same kind.")
@checking_options
def annotate(
    report: Path,
    out: Path,
    how: How,
) -> None:
    """Copy a REPORT (.docx or .pdf) with comments: evidence where it stands, questions where it lacks.

    The text stays as it is. Example: wbp-check annotate report.docx --out report-notes.docx
    """
    from wbp_check.export.comments import docx_with_comments
    from wbp_check.export.pdf_notes import pdf_with_notes

    _check_out(out, report, (report.suffix,))
    standard = load_standard()
    data = bytes_of(report)
    check = check_file(report, standard, how)
    if check.report.format is Format.DOCX:
        _write(out, docx_with_comments(data, check, standard))
    elif check.report.format is Format.PDF:
        _write(out, pdf_with_notes(data, check, standard, password=how.password))
    else:
        raise UnsupportedFormat(
            f"{report} is plain text, which has no room for comments. Save the report as Word "
            "(.docx) or PDF, or use wbp-check feedback."
        )


@click.command("map")
@click.argument("report", type=PATH)
@click.option("--out", type=PATH, required=True, help="A .docx or .xlsx file.")
@checking_options
def mapping(
    report: Path,
    out: Path,
    how: How,
) -> None:
    """Map a REPORT: for each part of each criterion its section, page, quotation and status.

    Example: wbp-check map report.docx --out mapping.xlsx
    """
    from wbp_check.export.mapping_docx import mapping_to_docx
    from wbp_check.export.mapping_xlsx import mapping_to_xlsx

    _check_out(out, report, (".docx", ".xlsx"))
    standard = load_standard()
    check = check_file(report, standard, how)
    write = mapping_to_xlsx if out.suffix.lower() == ".xlsx" else mapping_to_docx
    _write(out, write(check, standard))


@click.command()
@click.argument("report", type=PATH)
@click.option("--out", type=PATH, required=True, help="A .docx or .html file.")
@checking_options
def feedback(
    report: Path,
    out: Path,
    how: How,
) -> None:
    """Write a feedback sheet on a REPORT for the apprentice: two pages at most, no grade.

    Example: wbp-check feedback report.docx --out feedback.html
    """
    from wbp_check.export.feedback import check_to_feedback
    from wbp_check.export.feedback_docx import feedback_to_docx
    from wbp_check.export.feedback_html import feedback_to_html

    _check_out(out, report, (".docx", ".html"))
    standard = load_standard()
    check = check_file(report, standard, how)
    sheet = check_to_feedback(check, standard, standard.profile(how.profile))
    if out.suffix.lower() == ".html":
        _write(out, feedback_to_html(sheet).encode())
    else:
        _write(out, feedback_to_docx(sheet))


def _check_out(out: Path, report: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a place that cannot be right before any work is done."""
    if out.suffix.lower() not in map(str.lower, suffixes):
        raise click.BadParameter(
            f"{out} must end in {' or '.join(suffixes) or 'nothing, as the report does'}.",
            param_hint="--out",
        )
    if out.exists() and report.exists() and out.samefile(report):
        raise BadSetup(f"{out} is the report itself. Give --out another name.")


def _write(out: Path, data: bytes) -> None:
    try:
        out.write_bytes(data)
    except OSError as error:
        raise BadSetup(
            f"{out} cannot be written: {error.strerror}. Close it where it is open, or give --out "
            "another name."
        ) from error
    click.echo(f"Written: {out}", err=True)
