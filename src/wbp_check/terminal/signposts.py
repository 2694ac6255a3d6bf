"""Learning steps as coloured text."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from wbp_check.present import STATUS_WORDS, SYMBOLS, part_name
from wbp_check.signposts import LearningStep, PlaceToLearn
from wbp_check.types import MadeWith


def print_steps(
    steps: Sequence[LearningStep], name: str, made_with: MadeWith, console: Console
) -> None:
    """Each criterion that is not met, with what is open and where to learn it."""
    console.print(Text(name, style="bold"))
    if not steps:
        console.print(Text("Every criterion has evidence for all its parts.", style="green"))
    for step in steps:
        console.print()
        criterion = step.criterion
        console.print(
            Text(f"{SYMBOLS[step.status]} {criterion.code} {criterion.title}", style="bold")
            + Text(f"  {criterion.grade.value}, {STATUS_WORDS[step.status]}", style="dim")
        )
        console.print(f"   open: {', '.join(part_name(part.code) for part in step.open_parts)}")
        console.print(f"   occupational standard: {', '.join(step.statements)}")
        for place in step.places:
            console.print(Text("   ") + _lesson_text(place))
    console.print()
    console.print(
        Text(
            f"wbp-check {made_with.version}, model {made_with.model}, {made_with.standard}. Places to "
            "learn from, chosen for this project; no course is required for the assessment.",
            style="dim",
        )
    )


def _lesson_text(place: PlaceToLearn) -> Text:
    lesson = place.lesson
    content = f", content {lesson.content}" if lesson.content else ""
    return Text(
        f"{place.unit.code} {place.unit.title}, outcome {lesson.outcome}{content}: "
    ) + Text(f"{lesson.about} ({place.course.title})", style="dim")
