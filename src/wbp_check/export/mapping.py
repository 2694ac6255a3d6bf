"""The mapping of a report: for each part of each criterion where its evidence stands. Pure.

Assessors and trainers ask for this table with a report; here it is one row a part, with empty cells
where nothing was found.
"""

from dataclasses import dataclass

from wbp_check.export.clean import printable
from wbp_check.standard import Standard
from wbp_check.types import Check, Finding

STATUS = {
    Finding.FOUND: "evidence found",
    Finding.POSSIBLY: "possibly",
    Finding.NOT_FOUND: "not found",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRow:
    """One part. Section, page, paragraph and quotation are those of its best passage."""

    criterion: str
    title: str
    grade: str
    part: str
    asks: str
    status: str
    section: str = ""
    page: int | None = None
    paragraph: int | None = None
    quotation: str = ""
    others: int = 0
    """How many more passages show the part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One required area, with the sections that tell of it in reading order."""

    area: str
    tells: str
    status: str
    passages: int
    sections: tuple[str, ...]


def check_to_mapping(check: Check, standard: Standard) -> tuple[MappingRow, ...]:
    """One row a part, in the standard's order."""
    by_id = {passage.id: passage for passage in check.passages}
    rows = []
    for criterion, verdict in zip(standard.criteria, check.verdicts, strict=True):
        for part, finding in zip(criterion.parts, verdict.parts, strict=True):
            best = by_id[finding.passages[0]] if finding.passages else None
            rows.append(
                MappingRow(
                    criterion=criterion.code,
                    title=criterion.title,
                    grade=criterion.grade.value,
                    part=part.code,
                    asks=part.counts,
                    status=STATUS[finding.finding],
                    section=printable(best.heading) if best else "",
                    page=best.page if best else None,
                    paragraph=best.paragraph if best else None,
                    quotation=printable(best.text) if best else "",
                    others=max(0, len(finding.passages) - 1),
                )
            )
    return tuple(rows)


def check_to_area_rows(check: Check, standard: Standard) -> tuple[AreaRow, ...]:
    """One row a required area."""
    by_id = {passage.id: passage for passage in check.passages}
    return tuple(
        AreaRow(
            area=area.title,
            tells=area.tells,
            status=STATUS[finding.finding],
            passages=len(finding.passages),
            sections=tuple(
                dict.fromkeys(
                    printable(by_id[name].heading)
                    for name in finding.passages
                    if by_id[name].heading
                )
            ),
        )
        for area, finding in zip(standard.areas, check.areas, strict=True)
    )


def made_with_line(check: Check) -> str:
    """What made a document, for its foot."""
    made = check.made_with
    return (
        f"Made by wbp-check {made.version} with {made.model} for {made.standard}. It screens and "
        "never grades, and it is wrong both ways."
    )
