"""The verb privacy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from wbp_check.cli.common import PATH, bytes_of, read_file
from wbp_check.errors import WbpError
from wbp_check.standard import load_standard
from wbp_check.types import Format

if TYPE_CHECKING:
    from wbp_check.types import Report


@click.command()
@click.argument("report", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, schema 1.")
@click.option("--redact", type=PATH, metavar="FILE", help="Write a copy with stand-ins to FILE.")
@click.option("--annexes-from", metavar="TEXT", help="First words of the line where annexes begin.")
@click.option("--password", metavar="TEXT", help="Of a locked PDF.")
def privacy(
    report: Path,
    as_json: bool,
    redact: Path | None,
    annexes_from: str | None,
    password: str | None,
) -> None:
    """List personal data in a REPORT and its annexes, to take out before it is shared.

    Example: wbp-check privacy examples/report.docx --redact copy.docx
    """
    from wbp_check.body import place_blocks
    from wbp_check.export.json import to_json
    from wbp_check.export.privacy_json import personal_data_to_table
    from wbp_check.export.redacted import docx_to_asides
    from wbp_check.privacy.find import find_personal_data, group_personal_data
    from wbp_check.privacy.recognisers import load_recognisers
    from wbp_check.privacy.stand_ins import stand_ins
    from wbp_check.terminal.privacy import print_personal_data

    if redact is not None and redact.exists():
        raise WbpError(f"{redact} exists already and is not overwritten. Give the copy a new name.")
    placed = place_blocks(read_file(report, password), load_standard(), annexes_from)
    is_word = placed.format is Format.DOCX
    with Console(stderr=True).status("Looking for personal data …"):
        spot = load_recognisers()
        asides = docx_to_asides(bytes_of(report), report.name) if is_word else ()
        texts = group_personal_data(find_personal_data(placed, spot, asides))
    chosen = stand_ins(texts)
    if as_json:
        click.echo(to_json(personal_data_to_table(texts, chosen, placed.name)))
    else:
        print_personal_data(texts, placed.name, Console())
    if redact is not None:
        _write_copy(placed, report, redact, chosen)


def _write_copy(placed: Report, original: Path, copy: Path, chosen: Mapping[str, str]) -> None:
    from wbp_check.export.redacted import redact_docx, redact_text

    if placed.format is Format.DOCX:
        target = copy.with_suffix(original.suffix)  # Word opens no macro file as .docx
        data = redact_docx(bytes_of(original), original.name, chosen)
        kept = "Pictures were not looked at."
    else:
        target = copy.with_suffix(".txt")
        data = redact_text(placed, chosen).encode()
        kept = "It is plain text: only a Word file keeps its layout."
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise WbpError(
            f"{target} exists already and is not overwritten. Give the copy a new name."
        ) from error
    except OSError as error:
        raise WbpError(f"{target} cannot be written: {error.strerror}.") from error
    click.echo(
        f"Copy written to {target}. {kept} A person must read it before it is shared: names are "
        "missed, and what is told can point to somebody without a name.",
        err=True,
    )
