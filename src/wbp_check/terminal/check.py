"""Checks, counts, figures and the standard as coloured text. The only importer of Rich's parts."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from wbp_check.present import (
    FINDING_SYMBOLS,
    STATUS_WORDS,
    SYMBOLS,
    Gap,
    count_sentence,
    gaps,
    nearest_passage,
    outlook_sentence,
    part_advice,
    part_name,
    place_of,
)
from wbp_check.standard import Criterion, Standard
from wbp_check.types import Check, Finding, Fit, Grade, Status, WordCount

_FIT_STYLE = {Fit.UNDER: "yellow", Fit.WITHIN: "green", Fit.OVER: "red"}
_STATUS_STYLE = {Status.MET: "green", Status.PARTLY_MET: "yellow", Status.NOT_FOUND: "red"}
_FINDING_STYLE = {Finding.FOUND: "green", Finding.POSSIBLY: "yellow", Finding.NOT_FOUND: "red"}
_BAR = 50  # columns of the gauge


def print_check(
    check: Check, standard: Standard, console: Console, profile: str | None = None
) -> None:
    """The check, most urgent first: count, missing pass criteria, the rest."""
    console.print(Text(check.report.name, style="bold"))
    console.print(_gauge(check.words))
    console.print(
        Text(
            count_sentence(check.words, standard.profile(profile)),
            style=_FIT_STYLE[check.words.fit],
        )
    )
    console.print(Text(outlook_sentence(check), style="bold"))
    for warning in check.warnings:
        console.print(Text(f"! {warning}", style="yellow"))
    for grade, title in (
        (Grade.PASS, "Pass criteria without full evidence"),
        (Grade.DISTINCTION, "Distinction criteria without full evidence"),
    ):
        open_gaps = gaps(check, standard, grade)
        if open_gaps:
            console.print()
            console.print(Text(title, style="bold underline"))
        for gap in open_gaps:
            _print_gap(gap, check, console, brief=grade is Grade.DISTINCTION)
    _print_met(check, standard, console)
    console.print()
    console.print(Text("The seven areas", style="bold underline"))
    for area, finding in zip(standard.areas, check.areas, strict=True):
        console.print(
            Text(
                f"  {FINDING_SYMBOLS[finding.finding]} {area.title}: {finding.finding.value}",
                style=_FINDING_STYLE[finding.finding],
            )
        )
    console.print()
    made = check.made_with
    console.print(
        Text(
            f"wbp-check {made.version}, model {made.model}, {made.standard}. It screens and can be "
            "wrong both ways; only the assessor decides. Its model learnt from reports written "
            "for this project, not from real apprentices' work.",
            style="dim",
        )
    )


def print_words(words: WordCount, warnings: Sequence[str], console: Console) -> None:
    """The count, itemised by region and by rule."""
    console.print(_gauge(words))
    table = Table(box=None, pad_edge=False)
    table.add_column("region")
    table.add_column("words", justify="right")
    for region, number in words.regions.items():
        if number:
            note = " (not counted)" if region == "annexes" else ""
            table.add_row(region + note, f"{number:,}")
    table.add_row(
        Text("counted", style="bold"),
        Text(f"{words.counted:,}", style=f"bold {_FIT_STYLE[words.fit]}"),
    )
    for effect in words.effects:
        if effect.words:
            what = "of it by the rule on" if effect.applied else "left out:"
            table.add_row(Text(f"{what} {effect.rule}", style="dim"), f"{effect.words:+,}")
    console.print(table)
    console.print(f"limits {words.lower:,} to {words.upper:,}: [bold]{words.fit.value}[/bold]")
    for warning in warnings:
        console.print(Text(f"! {warning}", style="yellow"))


def print_standard(standard: Standard, console: Console) -> None:
    """The whole standard, readably."""
    console.print(
        Text(f"{standard.id} {standard.title}, level {standard.level}: {standard.method}", "bold")
    )
    console.print(Text(standard.edition, style="dim"))
    for profile in standard.profiles.values():
        console.print(
            f"{profile.title}: {profile.target:,} words ({profile.lower:,} to {profile.upper:,}) "
            f"without annexes; under: {profile.under}; over: {profile.over}; "
            f"{profile.interview_questions} questions in {profile.interview_minutes[0]} to "
            f"{profile.interview_minutes[1]} minutes ({profile.source})"
        )
    console.print()
    console.print(Text("Areas that the report should cover", style="bold underline"))
    for area in standard.areas:
        console.print(f"  [bold]{area.title}[/bold]: {escape(area.tells)}")
    for component in standard.components:
        console.print()
        console.print(
            Text(
                f"{component.code} {component.title} "
                f"(statements {', '.join(component.statements)} of the standard)",
                style="bold underline",
            )
        )
        for criterion in standard.criteria:
            if criterion.component == component.code:
                print_criterion(criterion, console)
        for term in standard.terms:
            if term.component == component.code:
                console.print(f"  [italic]{term.term}[/italic]: {escape(term.means)}")


def print_criterion(criterion: Criterion, console: Console) -> None:
    """One criterion with its parts, what counts and what does not."""
    console.print(
        Text(f"{criterion.code} {criterion.title}", style="bold")
        + Text(f"  {criterion.grade.value}, {criterion.source}", style="dim")
    )
    console.print(f"  {escape(criterion.asks)}")
    for part in criterion.parts:
        needs = f" (needs {part.needs} different kinds)" if part.needs > 1 else ""
        console.print(f"    [cyan]{part.code}[/cyan]{needs}: {escape(part.counts)}")
        if part.does_not_count:
            console.print(f"      not: {escape(part.does_not_count)}", style="dim")
    if criterion.group:
        console.print(f"    {criterion.group.needs} of: {', '.join(criterion.group.of)}")


def print_scores(scores: dict[str, Any], console: Console) -> None:
    """Figures with their support."""
    parts, criteria = scores["parts"], scores["criteria"]
    console.print(f"{scores['reports']} reports, {scores['passages']:,} passages")
    table = Table(box=None, pad_edge=False)
    for name in ("parts, by passage", "support", "precision", "recall", "micro-F1", "macro-F1"):
        table.add_column(name, justify="left" if name.startswith("parts") else "right")
    for name in ("tagged", "found"):
        row = parts[name]
        table.add_row(
            {"tagged": "found or possibly", "found": "found"}[name],
            f"{row['support']:,}",
            *(f"{row[k]:.3f}" for k in ("precision", "recall", "micro_f1", "macro_f1")),
        )
    console.print(table)
    near = parts["near_misses"]
    console.print(
        f"near misses ({near['support']:,}): {near['tagged']:.1%} tagged, {near['found']:.1%} found"
    )
    console.print(
        f"areas ({scores['areas']['support']:,}): macro-F1 {scores['areas']['macro_f1']:.3f}"
    )
    verdicts = Table(box=None, pad_edge=False)
    for name in (
        "criteria",
        "decisions",
        "truly met",
        "shown met",
        "precision",
        "recall",
        "kappa",
        "calibration error",
    ):
        verdicts.add_column(name, justify="left" if name == "criteria" else "right")
    for name in ("all", "pass", "distinction"):
        row = criteria[name]
        verdicts.add_row(
            name,
            *(str(row[k]) for k in ("decisions", "truly_met", "shown_as_met")),
            *(f"{row[k]:.3f}" for k in ("met_precision", "met_recall", "kappa")),
            f"{row['calibration_error']:.3f}",
        )
    console.print(verdicts)
    detail = Table(box=None, pad_edge=False)
    for name in ("part", "support", "precision", "recall", "F1"):
        detail.add_column(name, justify="left" if name == "part" else "right")
    for code, row in parts["tagged"]["by_part"].items():
        detail.add_row(
            code, str(row["support"]), *(f"{row[k]:.2f}" for k in ("precision", "recall", "f1"))
        )
    console.print(detail)


def print_survey(survey: dict[str, Any], console: Console) -> None:
    """What the corpus holds, and which of its targets it misses."""
    for name, value in survey.items():
        if isinstance(value, dict):
            shown = ", ".join(f"{key} {number}" for key, number in value.items())
            console.print(Text(f"{name}: ", style="bold") + Text(shown))
        elif name != "missed":
            console.print(Text(f"{name}: ", style="bold") + Text(str(value)))
    for line in survey["missed"]:
        console.print(Text(f"! {line}", style="red"))
    if not survey["missed"]:
        console.print(Text("All targets are met.", style="green"))


def print_agreement(name: str, table: dict[str, Any], console: Console) -> None:
    """How well two readers agree."""
    flat = table["parts"]
    console.print(f"{name.capitalize()}: {table['texts']} read twice, {table['units']:,} units")
    console.print(
        f"parts: F1 {flat['f1']:.3f}, kappa {flat['kappa']:.3f} "
        f"({flat['first']:,} and {flat['second']:,} labels); mean of parts' F1 "
        f"{table['parts, mean F1']:.3f}"
    )
    console.print(f"areas: kappa {table['areas, kappa']:.3f}, the same {table['areas, same']:.1%}")
    rows = Table(box=None, pad_edge=False)
    for name in ("part", "first", "second", "F1", "kappa"):
        rows.add_column(name, justify="left" if name == "part" else "right")
    for code, row in table["by part"].items():
        rows.add_row(
            code,
            str(row["first"]),
            str(row["second"]),
            f"{row['f1']:.2f}",
            f"{row['kappa']:.2f}",
        )
    console.print(rows)


def _gauge(words: WordCount) -> Text:
    top = max(words.upper * 1.2, words.counted)
    filled = round(_BAR * words.counted / top)
    stop = round(_BAR * words.upper / top)
    bar = Text()
    for column in range(_BAR):
        if column == stop:
            bar.append("┃", style="bold red")
        else:
            style = "red" if column >= stop else _FIT_STYLE[words.fit]
            bar.append("█" if column < filled else "░", style=style if column < filled else "dim")
    bar.append(f"  {words.counted:,} words; marking stops at {words.upper:,}")
    return bar


def _print_gap(gap: Gap, check: Check, console: Console, *, brief: bool) -> None:
    status = gap.verdict.status
    console.print(
        Text(
            f"{SYMBOLS[status]} {gap.criterion.code} {gap.criterion.title}: {STATUS_WORDS[status]}",
            style=f"bold {_STATUS_STYLE[status]}",
        )
    )
    for part, finding in gap.missing:
        line = Text(f"    {FINDING_SYMBOLS[finding.finding]} {part_name(part.code)}: ")
        line.append(part_advice(part, finding))
        console.print(line)
        if brief:
            continue
        by_id = {passage.id: passage for passage in check.passages}
        if finding.passages:
            passage = by_id[finding.passages[0]]
            console.print(
                Text(f"        possibly: {_quote(passage.text)} ({place_of(passage)})"), style="dim"
            )
        elif near := nearest_passage(check, part.code):
            console.print(
                Text(f"        nearest: {_quote(near.text)} ({place_of(near)})"), style="dim"
            )


def _print_met(check: Check, standard: Standard, console: Console) -> None:
    met = [
        (criterion, verdict)
        for criterion, verdict in zip(standard.criteria, check.verdicts, strict=True)
        if verdict.status is Status.MET
    ]
    if not met:
        return
    by_id = {passage.id: passage for passage in check.passages}
    console.print()
    console.print(Text("Criteria with evidence for every part", style="bold underline"))
    for criterion, verdict in met:
        console.print(
            Text(f"{SYMBOLS[Status.MET]} {criterion.code} {criterion.title}", style="green")
            + Text(f"  {criterion.grade.value}", style="dim")
        )
        for part in verdict.parts:
            if part.passages:
                passage = by_id[part.passages[0]]
                console.print(
                    Text(
                        f"    {part_name(part.code)}: {_quote(passage.text)} ({place_of(passage)})"
                    ),
                    style="dim",
                )


def _quote(text: str, longest: int = 100) -> str:
    return f"“{text if len(text) <= longest else text[: longest - 1].rstrip() + '…'}”"
