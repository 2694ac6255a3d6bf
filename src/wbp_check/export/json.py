"""A Check to JSON, by the schema that docs/json.md describes."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from wbp_check.annexes import Annex, Spot
from wbp_check.types import AreaTag, Check, Finding, MadeWith, Tag, WordCount

SCHEMA = 1


def check_to_table(check: Check) -> dict[str, Any]:
    """The check as plain values, schema 1."""
    areas = {tag.passage: tag for tag in check.tagging.areas}
    tags: dict[str, list[dict[str, Any]]] = {}
    for tag in check.tagging.tags:
        if tag.finding is not Finding.NOT_FOUND:
            tags.setdefault(tag.passage, []).append(
                {
                    "part": tag.part,
                    "probability": _round(tag.probability),
                    "status": tag.finding.value,
                    "words": list(tag.words),
                    "nearest": [example.value for example in tag.nearest],
                }
            )
    return {
        "schema": SCHEMA,
        "report": {
            "name": check.report.name,
            "format": check.report.format.value,
            "sha256": check.report.sha256,
            "pages": check.report.pages,
            "warnings": list(check.warnings),
        },
        "word_count": words_to_table(check.words),
        "passages": [
            {
                "id": passage.id,
                "text": passage.text,
                "kind": passage.kind.value,
                "page": passage.page,
                "paragraph": passage.paragraph,
                "heading": passage.heading,
                "region": passage.region.value,
                "first_word": passage.first_word,
                "counts": passage.counts,
                "area": areas[passage.id].area if passage.id in areas else None,
                "area_probability": (
                    _round(areas[passage.id].probability) if passage.id in areas else None
                ),
                "tags": tags.get(passage.id, []),
            }
            for passage in check.passages
        ],
        "areas": [
            {"code": area.code, "status": area.finding.value, "passages": list(area.passages)}
            for area in check.areas
        ],
        "criteria": [
            {
                "code": verdict.code,
                "grade": verdict.grade.value,
                "status": verdict.status.value,
                "probability": _round(verdict.probability),
                "parts": [
                    {
                        "code": part.code,
                        "status": part.finding.value,
                        "probability": _round(part.probability),
                        "passages": list(part.passages),
                        "not_counting": list(part.not_counting),
                    }
                    for part in verdict.parts
                ],
            }
            for verdict in check.verdicts
        ],
        "outlook": {
            "pass": {"met": check.outlook.pass_met, "of": check.outlook.pass_of},
            "distinction": {
                "met": check.outlook.distinction_met,
                "of": check.outlook.distinction_of,
            },
        },
        "made_with": made_with_to_table(check.made_with),
    }


def made_with_to_table(made_with: MadeWith) -> dict[str, str]:
    """What made a check, as every JSON of it says at its end."""
    return asdict(made_with)


def words_to_table(words: WordCount) -> dict[str, Any]:
    """The count as plain values: the `word_count` of schema 1, with the effect of each rule."""
    return {
        "counted": words.counted,
        "lower": words.lower,
        "target": words.target,
        "upper": words.upper,
        "status": words.fit.value,
        "regions": dict(words.regions),
        "rules": [
            {"rule": effect.rule, "applied": effect.applied, "words": effect.words}
            for effect in words.effects
        ],
    }


def annexes_to_table(annexes: Sequence[Annex]) -> list[dict[str, Any]]:
    """The `annexes` of `wbp-check words --json`."""
    return [
        {
            "label": annex.label or None,
            "title": annex.title,
            "kind": annex.kind,
            "words": annex.words,
            "images": annex.images,
            "pictures_only": annex.pictures_only,
            **_spot_to_table(annex.start),
            "referred_at": [_spot_to_table(spot) for spot in annex.referred_at],
        }
        for annex in annexes
    ]


def tagged_text_to_table(text: str, area: AreaTag | None, tags: Sequence[Tag]) -> dict[str, Any]:
    """One line of `wbp-check tag`."""
    return {
        "text": text,
        "area": area.area if area else None,
        "tags": [{"part": tag.part, "probability": _round(tag.probability)} for tag in tags],
    }


def to_json(table: dict[str, Any], *, indent: int | None = 1) -> str:
    """JSON text in Unicode."""
    return json.dumps(table, ensure_ascii=False, indent=indent)


def _spot_to_table(spot: Spot) -> dict[str, int | None]:
    return {"page": spot.page, "paragraph": spot.paragraph}


def _round(probability: float) -> float:
    return round(probability, 3)
