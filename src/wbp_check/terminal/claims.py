"""Claims as coloured text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from wbp_check.claims import Claim, Claims, Outcome
from wbp_check.present import part_name, place_of, short_quote, spot_of
from wbp_check.types import MadeWith

_SYMBOLS = {Outcome.SHOWN: "●", Outcome.POSSIBLY: "◐"}
_STYLES = {
    Outcome.SHOWN: "green",
    Outcome.POSSIBLY: "yellow",
    Outcome.NOT_COUNTING: "yellow",
    Outcome.ELSEWHERE: "yellow",
}
_MOST_LINES = 6  # claims at one place: more is a list of all that the report covers
_MOST_PLACES = 3


def print_claims(claims: Claims, name: str, made_with: MadeWith, console: Console) -> None:
    """Each place that makes claims, in reading order, and what is found there."""
    console.print(Text(name, style="bold"))
    if not claims.claims:
        console.print("The report names no criterion by its code, so there is nothing to compare.")
    else:
        shown = sum(claim.outcome is Outcome.SHOWN for claim in claims.claims)
        console.print(f"Claims: {len(claims.claims)}; evidence found at the place of {shown}")
        for (place, _, text), group in groupby(claims.claims, key=_place_and_text):
            console.print()
            console.print(Text(short_quote(text), style="bold") + Text(f"  {place}", style="dim"))
            here = list(group)
            for line in map(_claim_line, here) if len(here) <= _MOST_LINES else _summary(here):
                console.print(line)
        if claims.unclaimed:
            console.print()
            console.print(Text(f"Claimed nowhere: {', '.join(claims.unclaimed)}", style="dim"))
    console.print()
    console.print(
        Text(
            f"wbp-check {made_with.version}, model {made_with.model}, {made_with.standard}. A claim "
            "is no evidence, and what is not found may still be there; the assessor decides.",
            style="dim",
        )
    )


def _place_and_text(claim: Claim) -> tuple[str, int | None, str]:
    where = spot_of(claim.page, claim.paragraph)
    return f"{where}, heading" if claim.in_heading else where, claim.paragraph, claim.text


def _claim_line(claim: Claim) -> Text:
    style = _STYLES.get(claim.outcome, "red")
    line = Text(f"   {_SYMBOLS.get(claim.outcome, '○')} {claim.code}: {claim.outcome.value}", style)
    if claim.method:
        line.append(f": {claim.method}")
    if claim.parts:
        line.append(f" ({', '.join(part_name(part) for part in claim.parts)})")
    if claim.elsewhere:
        found = list(dict.fromkeys(place_of(passage) for passage in claim.elsewhere))
        places = "; ".join(found[:_MOST_PLACES])
        word = "possibly at" if claim.outcome is Outcome.NOT_SHOWN else "found at"
        line.append(f"; {word} {places}", style="dim")
    return line


def _summary(claims: Sequence[Claim]) -> Iterator[Text]:
    """A line for each outcome at a place that claims much."""
    for outcome in Outcome:
        if codes := [claim.code for claim in claims if claim.outcome is outcome]:
            symbol = _SYMBOLS.get(outcome, "○")
            style = _STYLES.get(outcome, "red")
            yield Text(f"   {symbol} {outcome.value}: {', '.join(codes)}", style)
