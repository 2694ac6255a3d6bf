"""The verb for assessors: interview."""

from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH, read_file, reading_options
from wbp_check.standard import load_standard


@click.command()
@click.argument("report", type=PATH)
@click.option("--model", type=PATH, help="A model folder instead of the bundled one.")
@reading_options
def interview(
    report: Path,
    model: Path | None,
    as_json: bool,
    annexes_from: str | None,
    profile: str | None,
    password: str | None,
) -> None:
    """Plan the interview on a REPORT: ten open questions that reach what it leaves unshown.

    Example: wbp-check interview examples/report.docx
    """
    from wbp_check.check import check_report
    from wbp_check.export.interview_json import plan_to_table
    from wbp_check.export.json import to_json
    from wbp_check.interview import plan_interview
    from wbp_check.modelstore import load_tagger
    from wbp_check.passages import load_sentence_splitter
    from wbp_check.terminal_interview import print_plan

    standard = load_standard()
    read = read_file(report, password)
    with Console(stderr=True).status("Looking for evidence …"):
        check = check_report(
            read,
            standard,
            load_sentence_splitter(),
            load_tagger(standard, model),
            profile=profile,
            annexes_from=annexes_from,
        )
        plan = plan_interview(check, standard, standard.profile(profile))
    if as_json:
        click.echo(to_json(plan_to_table(plan, check.report.name, check.made_with)))
    else:
        print_plan(plan, check.report.name, check.made_with, Console())
