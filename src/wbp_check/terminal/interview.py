"""An interview plan as coloured text."""

from rich.console import Console
from rich.text import Text

from wbp_check.interview import Aim, InterviewPlan, PlannedQuestion, Why, reason_of
from wbp_check.present import criterion_and_part, place_of, short_quote
from wbp_check.types import MadeWith

_SYMBOLS = {
    Why.NOT_FOUND: "○",
    Why.POSSIBLY: "◐",
    Why.WEAK: "●",
    Why.SHOWN: "●",
    Why.NOT_NEEDED: "○",
}
_STYLES = {
    Why.NOT_FOUND: "red",
    Why.POSSIBLY: "yellow",
    Why.WEAK: "yellow",
    Why.SHOWN: "dim",
    Why.NOT_NEEDED: "dim",
}


def print_plan(plan: InterviewPlan, name: str, made_with: MadeWith, console: Console) -> None:
    """The questions in the order to ask them, each with its parts and where to open the report."""
    console.print(Text(name, style="bold"))
    console.print(
        f"Questions on the report and its annexes: {len(plan.questions)}, in {plan.minutes} minutes"
    )
    for number, planned in enumerate(plan.questions, start=1):
        _print_question(number, planned, console)
    console.print()
    if plan.not_reached:
        console.print(Text("Not reached by these questions", style="bold underline"))
        for aim in plan.not_reached:
            _print_aim(aim, console)
    else:
        console.print(Text("Every part that is not clearly shown is reached.", style="green"))
    console.print()
    console.print(
        Text(
            f"wbp-check {made_with.version}, model {made_with.model}, {made_with.standard}. A "
            "proposal, made from what was found in the report; the model can be wrong both ways. "
            "The assessor chooses the questions and decides.",
            style="dim",
        )
    )


def _print_question(number: int, planned: PlannedQuestion, console: Console) -> None:
    console.print()
    console.print(
        Text(f"{number}. {planned.question.text}", style="bold")
        + Text(f"  {planned.minutes} min, {planned.question.code}", style="dim")
    )
    for aim in planned.aims:
        _print_aim(aim, console)


def _print_aim(aim: Aim, console: Console) -> None:
    line = Text(
        f"   {_SYMBOLS[aim.why]} {criterion_and_part(aim.part)} ({aim.grade.value}): "
        f"{reason_of(aim)}",
        style=_STYLES[aim.why],
    )
    if aim.passage:
        quote = short_quote(aim.passage.text)
        line.append(f": “{quote}” ({place_of(aim.passage)})", style="dim")
    console.print(line)
