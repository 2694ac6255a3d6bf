"""The verb for assessors: interview."""

from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH, How, check_file, checking_options, json_option
from wbp_check.standard import load_standard


@click.command()
@click.argument("report", type=PATH)
@json_option
@checking_options
def interview(
    report: Path,
    as_json: bool,
    how: How,
) -> None:
    """Plan the interview on a REPORT: ten open questions that reach what it leaves unshown.

    Example: wbp-check interview examples/report.docx
    """
    from wbp_check.export.interview_json import plan_to_table
    from wbp_check.export.json import to_json
    from wbp_check.interview import plan_interview
    from wbp_check.terminal.interview import print_plan

    standard = load_standard()
    check = check_file(report, standard, how)
    plan = plan_interview(check, standard, standard.profile(how.profile))
    if as_json:
        click.echo(to_json(plan_to_table(plan, check.report.name, check.made_with)))
    else:
        print_plan(plan, check.report.name, check.made_with, Console())
