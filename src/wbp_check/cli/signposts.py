"""The verb signposts."""

from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH, How, check_file, checking_options, json_option
from wbp_check.standard import load_standard


@click.command()
@click.argument("report", type=PATH)
@json_option
@checking_options
def signposts(
    report: Path,
    as_json: bool,
    how: How,
) -> None:
    """Name, for each criterion that a REPORT does not meet, where to learn what it asks.

    Example: wbp-check signposts examples/report.docx
    """
    from wbp_check.export.json import to_json
    from wbp_check.export.signposts_json import steps_to_table
    from wbp_check.signposts import learning_steps
    from wbp_check.terminal.signposts import print_steps

    standard = load_standard()
    check = check_file(report, standard, how)
    steps = learning_steps(check, standard)
    if as_json:
        click.echo(to_json(steps_to_table(steps, check.report.name, check.made_with)))
    else:
        print_steps(steps, check.report.name, check.made_with, Console())
