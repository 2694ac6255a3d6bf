"""What several verbs share: paths, reading options, and a file turned into a check."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from wbp_check.errors import UnreadableReport
from wbp_check.standard import Standard
from wbp_check.types import Check, Report

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a report is read and checked, as a verb's options say."""

    annexes_from: str | None = None
    profile: str | None = None
    password: str | None = None
    model: Path | None = None
    review: Path | None = None


_READING = (
    click.option(
        "--annexes-from",
        metavar="TEXT",
        help="First words of the line at which the annexes begin, if it was found wrongly.",
    ),
    click.option("--profile", metavar="NAME", help="Assessment organisation (default: highfield)."),
    click.option("--password", metavar="TEXT", help="Of a locked PDF."),
)
_CHECKING = (
    click.option("--model", type=PATH, help="A model folder instead of the bundled one."),
    click.option("--review", type=PATH, help="Marks saved on the page: they are honoured."),
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, schema 1.")


def reading_options(command: F) -> F:
    """The options of a verb that reads a report; it is given them as `how`."""
    return _packed(command, _READING)


def checking_options(command: F) -> F:
    """The options of a verb that checks a report; it is given them as `how`."""
    return _packed(command, _READING + _CHECKING)


def _packed(command: F, options: Sequence[Callable[[F], F]]) -> F:
    names = {field.name for field in fields(How)}

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        how = How(**{name: given.pop(name) for name in names & given.keys()})
        return command(how=how, **given)

    packed: F = wrapped  # type: ignore[assignment]
    for option in reversed(options):
        packed = option(packed)
    return packed


def bytes_of(path: Path) -> bytes:
    """A file's bytes. Raises UnreadableReport where there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(f"{path} does not exist. Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise UnreadableReport(f"{path} is a folder. Name a report in it.") from error
    except OSError as error:
        raise UnreadableReport(f"{path} cannot be opened: {error.strerror}.") from error


def read_file(path: Path, password: str | None) -> Report:
    """A file as a report, read in a process apart, with progress on stderr."""
    from wbp_check.read.apart import read_report_apart

    data = bytes_of(path)
    with Console(stderr=True).status("Reading the report …") as status:
        return read_report_apart(
            data,
            path.name,
            password=password,
            progress=lambda page, pages: status.update(f"Reading page {page} of {pages} …"),
        )


def check_file(path: Path, standard: Standard, how: How) -> Check:
    """A file as a check, after the marks of a review if there is one, with progress on stderr.

    Raises a WbpError: of reading, of the model, or BadReview.
    """
    from wbp_check.check import check_report
    from wbp_check.modelstore import load_tagger
    from wbp_check.passages import load_sentence_splitter
    from wbp_check.review import apply_review, review_from_json

    report = read_file(path, how.password)
    with Console(stderr=True).status("Loading the model …") as status:
        tagger = load_tagger(standard, how.model)
        status.update("Looking for evidence …")
        check = check_report(
            report,
            standard,
            load_sentence_splitter(),
            tagger,
            profile=how.profile,
            annexes_from=how.annexes_from,
        )
    if how.review is None:
        return check
    review = review_from_json(bytes_of(how.review), how.review.name)
    return apply_review(check, review, standard)
