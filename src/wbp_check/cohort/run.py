"""Checks the reports of a folder side by side: on the cores of this machine, or on Dask's workers.

The only importer of joblib. Each process loads the model once and runs on one core, so that the
figures are the same with any number of jobs.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import joblib
from joblib.externals.loky.process_executor import TerminatedWorkerError

from wbp_check.check import check_report
from wbp_check.cohort.kept import keep, read_kept
from wbp_check.cohort.rows import CheckedReport, Cohort, NotRead, Row, check_to_row
from wbp_check.errors import BadSetup, MissingExtra, UnreadableReport
from wbp_check.modelstore import default_model, load_tagger, sha256_of
from wbp_check.passages import load_sentence_splitter
from wbp_check.read.apart import read_report_apart
from wbp_check.standard import Standard, load_standard
from wbp_check.tagger import Tagger

if TYPE_CHECKING:
    from spacy.language import Language

_WAVE = 8
"""Reports a Dask core is given at once: joblib's Dask backend answers when all are done."""
_CONNECT_SECONDS = 10

Made = tuple[str, ...]
"""What a check depends on beside the file: version, model, standard, profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker says of one file, and what it made it with."""

    name: str
    sha256: str
    result: CheckedReport | NotRead
    made: Made


def check_cohort(
    files: Sequence[tuple[str, Path]],
    kept: Path,
    *,
    profile: str | None = None,
    jobs: int | None = None,
    dask: str | None = None,
    on_done: Callable[[], None] = lambda: None,
) -> Cohort:
    """Check named files. What is finished is kept in a file, and taken from there the next time.

    `jobs` is the number of processes, one a core if None; `dask` the address of a scheduler whose
    workers check instead. `on_done` is called once a file. A file that cannot be read is part of
    the answer, and tried again the next time. Raises BadStandard for an unknown profile,
    MissingExtra without Dask, BadSetup if workers cannot be used or `kept` cannot be written.
    """
    made = made_here(profile)
    rows: dict[str, Row] = {}
    not_read: dict[str, NotRead] = {}
    todo: list[tuple[str, Path]] = []
    with _open_kept(kept) as file:
        before = read_kept(kept, made)
        for name, path in files:
            try:
                sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError as error:
                not_read[name] = _not_opened(name, error)
                on_done()
                continue
            if sha256 in before:
                rows[name] = Row(name=name, sha256=sha256, report=before[sha256])
                on_done()
            else:
                todo.append((name, path))
        tasks = _tasks(todo, profile, not_read)
        answers = _on_dask(tasks, dask) if dask else _here(tasks, jobs, len(todo))
        for answer in answers:
            refuse_other_makers(answer.made, made)
            if isinstance(answer.result, NotRead):
                not_read[answer.name] = answer.result
            else:
                keep(file, answer.sha256, made, answer.result)
                rows[answer.name] = Row(
                    name=answer.name, sha256=answer.sha256, report=answer.result
                )
            on_done()
    return Cohort(
        rows=tuple(rows[name] for name, _ in files if name in rows),
        not_read=tuple(not_read[name] for name, _ in files if name in not_read),
    )


def check_file(name: str, data: bytes, profile: str | None) -> Answer:
    """Check one file: what a worker does. A file that cannot be read is an answer, too."""
    result: CheckedReport | NotRead
    try:
        report = read_report_apart(data, Path(name).name)
        standard, nlp, tagger = _model()
        check = check_report(report, standard, nlp, tagger, profile=profile)
        result = check_to_row(check, tagger.echoes)
    except UnreadableReport as error:
        result = NotRead(name=name, message=str(error))
    return Answer(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        result=result,
        made=made_here(profile),
    )


@functools.cache
def made_here(profile: str | None) -> Made:
    """What checks on this machine are made with. Raises BadStandard for an unknown profile."""
    standard = load_standard()
    standard.profile(profile)
    return (
        version("wbp-check"),
        sha256_of(default_model() / "model.json"),
        standard.sha256,
        profile or standard.default_profile,
    )


def refuse_other_makers(there: Made, here: Made) -> None:
    """Raise BadSetup if a worker has another version or model: one table must not mix them."""
    if there != here:
        raise BadSetup(
            f"A worker has another wbp-check ({there[0]}, model {there[1][:8]}) than this machine "
            f"({here[0]}, model {here[1][:8]}). Install the same on both."
        )


@functools.cache
def _model() -> tuple[Standard, Language, Tagger]:
    standard = load_standard()
    return standard, load_sentence_splitter(), load_tagger(standard, threads=1)


def _tasks(
    files: Sequence[tuple[str, Path]], profile: str | None, not_read: dict[str, NotRead]
) -> Iterator[Any]:
    """One task a file, its bytes read when a worker is free, not before. Never raises: joblib asks
    for tasks from a thread of its own, where an error would go unheard."""
    for name, path in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            not_read[name] = _not_opened(name, error)
            continue
        yield joblib.delayed(check_file)(name, data, profile)


def _here(tasks: Iterator[Any], jobs: int | None, most: int) -> Iterator[Answer]:
    """Answers as they come, from processes of this machine."""
    jobs = max(1, min(jobs or joblib.cpu_count(), most))
    parallel = joblib.Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1)
    try:
        yield from parallel(tasks)
    except TerminatedWorkerError as error:
        raise BadSetup(
            "The system stopped a worker, most likely for want of memory. Run the same command "
            "again with fewer --jobs: what is finished is kept."
        ) from error


def _on_dask(tasks: Iterator[Any], address: str) -> Iterator[Answer]:
    """Answers, a wave after the other, from the workers of a Dask scheduler."""
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"--dask needs {error.name}, which is not installed: pip install 'wbp-check[dask]'."
        ) from error
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BadSetup(
            f"No Dask scheduler answers at {address}. Start one (dask scheduler), or check the "
            "address."
        ) from error
    with client, joblib.parallel_config(backend="dask", client=client):
        cores = sum(client.ncores().values())
        if not cores:
            raise BadSetup(
                f"The Dask scheduler at {address} has no worker. Start one: dask worker {address}"
            )
        while wave := list(islice(tasks, _WAVE * cores)):
            yield from joblib.Parallel(batch_size=1)(wave)


def _open_kept(path: Path) -> TextIO:
    try:
        return path.open("a", encoding="utf-8")
    except OSError as error:
        raise BadSetup(
            f"{path} cannot be written: {error.strerror}. Name another place with --out."
        ) from error


def _not_opened(name: str, error: OSError) -> NotRead:
    return NotRead(
        name=name,
        message=(
            f"{Path(name).name} cannot be opened: {error.strerror}. Close it where it is open, or "
            "copy it to a folder that you may read, and run the same command again."
        ),
    )
