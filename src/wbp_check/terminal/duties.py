"""Duties and dates as coloured text."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console
from rich.text import Text

from wbp_check.duties import AnnexOwner, DutyCheck
from wbp_check.present import criterion_and_part, place_of, short_quote, spot_of
from wbp_check.standard import Profile, Standard
from wbp_check.timeline import DatedDeadline
from wbp_check.types import MadeWith, Passage


def print_duties(
    duties: DutyCheck, standard: Standard, name: str, made_with: MadeWith, console: Console
) -> None:
    """Each duty with its page in the kit and what to look at; "nothing to look at" where none."""
    console.print(Text(name, style="bold"))
    lines = {
        "ai": _ai_lines(duties),
        "annexes": _annex_lines(duties.annexes),
        "counted": [
            Text(f"  {criterion_and_part(part.part)}: shown only here", "yellow")
            + _quotes(part.passages[:1])
            for part in duties.uncounted
        ],
        "own-part": [
            Text(f"  {', '.join(map(criterion_and_part, shared.parts))}", "yellow")
            + Text(": what did you do yourself?" if shared.alone else ": also shown with “I”")
            + _quotes([shared.passage])
            for shared in duties.shared
        ],
    }
    for duty in standard.duties:
        console.print()
        console.print(
            Text(duty.title, style="bold underline") + Text(f"  {duty.asks} ({duty.source})", "dim")
        )
        for line in lines[duty.code] or [Text("  nothing to look at", style="green")]:
            console.print(line)
    console.print()
    console.print(
        Text(
            f"wbp-check {made_with.version}, model {made_with.model}, {made_with.standard}. Places to "
            "look at; it can be wrong both ways, and the assessor decides.",
            style="dim",
        )
    )


def print_dates(
    dates: Sequence[DatedDeadline], profile: Profile, interview: date | None, console: Console
) -> None:
    """The last day for each step, with the page in the kit."""
    console.print()
    console.print(Text(f"Dates, {profile.title}", style="bold underline"))
    if not dates:
        console.print("  The intervals of this assessment organisation are not known here.")
    for dated in dates:
        deadline = dated.deadline
        due = f"{dated.due:%a %d %b %Y}" if dated.due else _interval(dated)
        console.print(Text(f"  {due}: {deadline.title}") + Text(f" ({deadline.source})", "dim"))
        if interview and dated.due and deadline.code == "window" and interview > dated.due:
            console.print(Text("      The agreed interview is after that day.", style="red"))
    if dates:
        taken = "" if interview else "The interview is taken to be on the last day for it. "
        last = f"  {taken}Agree each day with the assessment organisation."
        console.print(Text(last, style="dim"))


def _interval(dated: DatedDeadline) -> str:
    months = dated.deadline.months
    return f"within {months} month{'s' if months > 1 else ''}, from a day that you are told"


def _ai_lines(duties: DutyCheck) -> list[Text]:
    if not duties.ai_mentions:
        return []
    if duties.ai_statements:
        return [Text("  stated", "green") + _quotes(duties.ai_statements)]
    return [
        Text("  AI is mentioned, and nothing says whether it was used for this work", "yellow")
        + _quotes(duties.ai_mentions)
    ]


def _annex_lines(owners: Sequence[AnnexOwner]) -> list[Text]:
    if not owners:
        return [Text("  no annex found; the report should have some", style="yellow")]
    lines = []
    for owner in owners:
        annex = owner.annex
        name = " ".join(dict.fromkeys(filter(None, (annex.label, annex.title))))
        line = Text(f"  “{short_quote(name)}”: ")
        places = ", ".join(spot_of(spot.page, spot.paragraph) for spot in annex.referred_at)
        line.append(f"named at {places}" if places else "named nowhere in the report")
        if not owner.says_i:
            line.append(
                "; nothing says “I” in it or where it is named. Whose work is it?", "yellow"
            )
        lines.append(line)
    return lines


def _quotes(passages: Iterable[Passage]) -> Text:
    found = Text()
    for passage in passages:
        quote = short_quote(passage.text)
        found.append(f"\n      “{quote}” ({place_of(passage)})", style="dim")
    return found
