"""The verb proposal."""

from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH, read_file
from wbp_check.standard import load_standard


@click.command()
@click.argument("file", type=PATH)
@click.option("--model", type=PATH, help="A model folder instead of the bundled one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, schema 1.")
@click.option("--profile", metavar="NAME", help="Assessment organisation (default: highfield).")
def proposal(file: Path, model: Path | None, as_json: bool, profile: str | None) -> None:
    """Check a project proposal in a FILE: length, one challenge, what it may have room for.

    Example: wbp-check proposal proposal.docx
    """
    from wbp_check.export.json import to_json
    from wbp_check.export.proposal_json import proposal_to_table
    from wbp_check.modelstore import load_tagger
    from wbp_check.passages import load_sentence_splitter, split_passages
    from wbp_check.proposal import check_proposal
    from wbp_check.terminal.proposal import print_proposal

    standard = load_standard()
    rules = standard.profile(profile)
    read = read_file(file, None)
    with Console(stderr=True).status("Looking for evidence …"):
        passages = split_passages(read, rules, load_sentence_splitter())
        result = check_proposal(read, passages, standard, rules, load_tagger(standard, model))
    if as_json:
        click.echo(to_json(proposal_to_table(result)))
    else:
        print_proposal(result, Console())
