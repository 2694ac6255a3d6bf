"""Claims to JSON, schema 1."""

from typing import Any

from wbp_check.claims import Claims
from wbp_check.export.json import made_with_to_table
from wbp_check.types import MadeWith

SCHEMA = 1


def claims_to_table(claims: Claims, name: str, made_with: MadeWith) -> dict[str, Any]:
    """The claims of the report of that name as plain values, in reading order."""
    return {
        "schema": SCHEMA,
        "report": name,
        "claims": [
            {
                "code": claim.code,
                "outcome": claim.outcome.value,
                "method": claim.method or None,
                "in_heading": claim.in_heading,
                "text": claim.text,
                "page": claim.page,
                "paragraph": claim.paragraph,
                "parts": list(claim.parts),
                "elsewhere": [passage.id for passage in claim.elsewhere],
            }
            for claim in claims.claims
        ],
        "unclaimed": list(claims.unclaimed),
        "made_with": made_with_to_table(made_with),
    }
