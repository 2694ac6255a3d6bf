"""A checked proposal as coloured text: what is there, then questions; never text to copy."""

from rich.console import Console
from rich.text import Text

from wbp_check.present import short_quote
from wbp_check.proposal import CriterionRoom, ProposalCheck, Room, Sign
from wbp_check.types import Grade

_QUESTIONS = {
    Sign.TIME: "When did it happen?",
    Sign.CUSTOMER: "Which customer, or customers, did it happen to?",
    Sign.EVENT: "What exactly happened, and why was it serious?",
    Sign.OWN_PART: "What did you do yourself, and what were you responsible for?",
}


def print_proposal(check: ProposalCheck, console: Console) -> None:
    """The length, the signs of one case, and what the subject has room for."""
    console.print(Text(check.name, style="bold"))
    within = check.lower <= check.words <= check.upper
    console.print(
        Text(
            f"{check.words:,} words; a proposal has {check.lower:,} to {check.upper:,}",
            style="green" if within else "yellow",
        )
    )
    console.print()
    console.print(Text("One specific challenge", style="bold underline"))
    for sign, passages in check.signs.items():
        if passages:
            line = Text(f"  ● {sign.value}: found", style="green")
            line.append(f": “{short_quote(passages[0].text)}”", style="dim")
        else:
            line = Text(f"  ○ {sign.value}: not found. {_QUESTIONS[sign]}", style="yellow")
        console.print(line)
    if check.several:
        console.print(Text("  ! More than one subject may be told here:", style="yellow"))
        for passage in check.several:
            console.print(Text(f"      “{short_quote(passage.text)}”", style="dim"))
        console.print(Text("      Which one will the report be about?", style="yellow"))
    for grade in Grade:
        _print_rooms(
            [room for room in check.rooms if room.criterion.grade is grade], grade, console
        )
    console.print()
    made = check.made_with
    console.print(
        Text(
            f"wbp-check {made.version}, model {made.model}, {made.standard}. What a project has room "
            "for is a guess from a few words, not a judgement: a proposal promises, and only the "
            "report can show. The assessor decides whether the proposal is approved.",
            style="dim",
        )
    )


def _print_rooms(rooms: list[CriterionRoom], grade: Grade, console: Console) -> None:
    promised = [room for room in rooms if room.room is Room.PROMISED]
    nothing = [room for room in rooms if room.room is Room.NOTHING]
    console.print()
    console.print(
        Text(
            f"{grade.value.capitalize()} criteria: a guess at what it has room for",
            "bold underline",
        )
    )
    for room in promised:
        why = f"it says “{room.cue}”" if room.cue else "its words come near"
        line = Text(f"  ◐ {room.criterion.code} {room.criterion.title}: {room.room.value}, {why}")
        if room.passage:
            line.append(f": “{short_quote(room.passage.text)}”", style="dim")
        console.print(line)
    for room in nothing:
        line = Text(
            f"  ○ {room.criterion.code} {room.criterion.title}: {room.room.value}", "yellow"
        )
        if grade is Grade.PASS:
            line.append(f". {room.criterion.parts[0].question}")
        console.print(line)
