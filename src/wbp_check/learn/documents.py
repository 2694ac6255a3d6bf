"""The corpus as documents for the encoder: runs of texts, each with its target or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wbp_check.learn.corpus import GoldPassage, GoldReport, Labels
from wbp_check.standard import Standard
from wbp_check.tagger import reading_sequence
from wbp_check.types import Region

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Texts that stand together, and what is known of those at `rows`.

    `parts` and `near` hold 0 or 1, a row for each entry of `rows` and a column for each part of
    the standard; `areas` holds the index of the area, `len(areas)` for none.
    """

    group: str
    texts: tuple[str, ...]
    rows: tuple[int, ...]
    parts: Matrix
    near: Matrix
    areas: npt.NDArray[np.int64]


def report_document(report: GoldReport, standard: Standard) -> Document:
    """A report's headings and body passages in reading order; annexes and lists are left out."""
    kept = [
        (passage, labels)
        for passage, labels in zip(report.passages, report.labels, strict=True)
        if passage.region is Region.BODY
    ]
    texts, rows = reading_sequence([passage for passage, _ in kept])
    return _document(report.id, texts, rows, [labels for _, labels in kept], standard)


def passage_document(passage: GoldPassage, standard: Standard) -> Document:
    """A single passage: a document of one text."""
    return _document(passage.source, (passage.text,), (0,), [passage.labels], standard)


def all_documents(
    reports: Iterable[GoldReport], passages: Iterable[GoldPassage], standard: Standard
) -> list[Document]:
    """Documents of all reports, then of all passages."""
    found = [report_document(report, standard) for report in reports]
    return found + [passage_document(passage, standard) for passage in passages]


def _document(
    group: str,
    texts: Sequence[str],
    rows: Sequence[int],
    labels: Sequence[Labels],
    standard: Standard,
) -> Document:
    codes = {code: column for column, code in enumerate(standard.part_codes)}
    areas = {code: column for column, code in enumerate(standard.area_codes)}
    parts = np.zeros((len(labels), len(codes)), np.float32)
    near = np.zeros_like(parts)
    for row, label in enumerate(labels):
        parts[row, [codes[code] for code in label.parts]] = 1
        near[row, [codes[code] for code in label.near - label.parts]] = 1
    return Document(
        group=group,
        texts=tuple(texts),
        rows=tuple(rows),
        parts=parts,
        near=near,
        areas=np.array([areas.get(label.area or "", len(areas)) for label in labels]),
    )
