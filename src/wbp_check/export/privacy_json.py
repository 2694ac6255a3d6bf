"""Personal data to JSON, schema 1."""

from collections.abc import Mapping, Sequence
from typing import Any

from wbp_check.privacy.items import PersonalText

SCHEMA = 1


def personal_data_to_table(
    texts: Sequence[PersonalText], chosen: Mapping[str, str], name: str
) -> dict[str, Any]:
    """The list for the report of that name as plain values; `chosen` are the stand-ins."""
    return {
        "schema": SCHEMA,
        "report": name,
        "personal_data": [
            {
                "kind": text.kind.value,
                "text": text.text,
                "stand_in": chosen[text.text],
                "cover": text.cover,
                "places": [
                    {
                        "place": item.place,
                        "block": item.block,
                        "start": item.start,
                        "region": item.region and item.region.value,
                        "confidence": item.confidence,
                    }
                    for item in text.items
                ],
            }
            for text in texts
        ],
    }
