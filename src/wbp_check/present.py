"""A Check in words, rows and escaped HTML. Pure: no Streamlit, no Rich, no files.

The words are the product's own: "evidence found", "possibly", "not found"; never a grade.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from wbp_check.standard import Criterion, Part, Profile, Standard
from wbp_check.types import (
    AreaFinding,
    BlockKind,
    Check,
    Example,
    Finding,
    Fit,
    Grade,
    PartFinding,
    Passage,
    Region,
    Status,
    Story,
    Tag,
    Verdict,
    WordCount,
)

SYMBOLS = {
    Status.MET: "●",
    Status.PARTLY_MET: "◐",
    Status.NOT_FOUND: "○",
}
FINDING_SYMBOLS = {Finding.FOUND: "●", Finding.POSSIBLY: "◐", Finding.NOT_FOUND: "○"}
STATUS_WORDS = {
    Status.MET: "evidence found for every part",
    Status.PARTLY_MET: "some parts have evidence",
    Status.NOT_FOUND: "no evidence found",
}
LEGEND = (
    "Blue: pass criteria. Purple: distinction criteria. ● evidence found for every part; ◐ for some "
    "parts; ○ for none. The small marks are the parts: ● found, ◐ possibly, ○ not found."
)
GAUGE_TOP = 1.3
"""The gauge ends at this share of the upper limit, or at the count if that is more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A criterion whose evidence is not complete, with what is missing from it."""

    criterion: Criterion
    verdict: Verdict
    missing: tuple[tuple[Part, PartFinding], ...]


def count_sentence(words: WordCount, profile: Profile) -> str:
    """What the count means, in one or two sentences."""
    if words.fit is Fit.OVER:
        over = words.counted - words.upper
        return (
            f"{words.counted:,} words count: {over:,} too many. "
            f"The assessor stops marking after word {words.upper:,}; what stands after it earns "
            "nothing."
        )
    if words.fit is Fit.UNDER:
        short = words.lower - words.counted
        tail = (
            "It is still marked, but there is room for missing evidence."
            if profile.under == "marked"
            else f"With {profile.title} a report under {words.lower:,} words fails."
        )
        return f"{words.counted:,} words count: {short:,} fewer than {words.lower:,}. {tail}"
    return (
        f"{words.counted:,} words count: within {words.lower:,} to {words.upper:,}. "
        f"The annexes ({words.regions['annexes']:,} words) are not counted."
    )


def outlook_sentence(check: Check) -> str:
    """How many criteria have evidence for every part. Never "you passed"."""
    outlook = check.outlook
    if outlook.pass_met == outlook.pass_of:
        first = f"All {outlook.pass_of} pass criteria have evidence"
    else:
        first = (
            f"{outlook.pass_met} of {outlook.pass_of} pass criteria have evidence for every part"
        )
    return (
        f"{first}; {outlook.distinction_met} of {outlook.distinction_of} distinction criteria do."
    )


def gaps(check: Check, standard: Standard, grade: Grade) -> tuple[Gap, ...]:
    """Criteria of a grade that are not met; those with the least evidence first."""
    rank = {Status.NOT_FOUND: 0, Status.PARTLY_MET: 1}
    found = [
        Gap(
            criterion=criterion,
            verdict=verdict,
            missing=tuple(
                (part, finding)
                for part, finding in zip(criterion.parts, verdict.parts, strict=True)
                if finding.finding is not Finding.FOUND
            ),
        )
        for criterion, verdict in zip(standard.criteria, check.verdicts, strict=True)
        if verdict.grade is grade and verdict.status is not Status.MET
    ]
    return tuple(sorted(found, key=lambda gap: rank[gap.verdict.status]))


def part_advice(part: Part, finding: PartFinding) -> str:
    """What is known of a part that is not found, ending in a question; never text to copy."""
    if finding.finding is Finding.POSSIBLY and part.needs > 1 and len(finding.passages) >= 1:
        return f"Needs {part.needs} different kinds of evidence, clearly told. {part.question}"
    if finding.finding is Finding.POSSIBLY:
        return f"Touched, but not clearly shown. {part.question}"
    if finding.not_counting:
        return (
            f"Shown only where it does not count (in an annex or after the limit). {part.question}"
        )
    return part.question


def part_name(code: str) -> str:
    """`benefit to the role` style name of a part: the last piece of its code, in words."""
    return code.rpartition(".")[2].replace("-", " ")


def reasons_sentence(tag: Tag) -> str:
    """Why a passage was tagged: the words that weighed most, and what passages like it were.

    Empty for a tag without reasons.
    """
    sentences = []
    if tag.words:
        sentences.append(f"Weighed most: {', '.join(f'“{word}”' for word in tag.words)}.")
    if tag.nearest:
        near = sum(example is Example.NEAR_MISS for example in tag.nearest)
        advice = " Look closely." if near == len(tag.nearest) else ""
        sentences.append(
            f"Of the {len(tag.nearest)} labelled passages most like it, "
            f"{len(tag.nearest) - near} show this part and {near} only came near.{advice}"
        )
    return " ".join(sentences)


def place_of(passage: Passage) -> str:
    """Where a reader finds a passage: page or paragraph, and heading."""
    where = f"p. {passage.page}" if passage.page else f"paragraph {passage.paragraph}"
    return f"{where}, “{passage.heading}”" if passage.heading else where


def tags_by_passage(check: Check) -> dict[str, tuple[Tag, ...]]:
    """Found and possible tags of each passage that has any."""
    table: dict[str, list[Tag]] = {}
    for tag in check.tagging.tags:
        if tag.finding is not Finding.NOT_FOUND:
            table.setdefault(tag.passage, []).append(tag)
    return {passage: tuple(tags) for passage, tags in table.items()}


def nearest_passage(check: Check, part: str) -> Passage | None:
    """The passage that comes nearest to a part that was not found, if any comes near."""
    by_id = {passage.id: passage for passage in check.passages}
    near = [
        tag
        for tag in check.tagging.tags
        if tag.part == part and tag.finding is Finding.NOT_FOUND and by_id[tag.passage].counts
    ]
    return by_id[max(near, key=lambda tag: tag.probability).passage] if near else None


def gauge_html(words: WordCount) -> str:
    """The count on a scale with the limits and the mark at which marking stops."""
    top = max(words.upper * GAUGE_TOP, words.counted * 1.02)

    def at(value: float) -> str:
        return f"{100 * value / top:.2f}%"

    marks = "".join(
        f'<span class="mark {name}" style="left:{at(value)}"><i></i>{value:,}{note}</span>'
        for name, value, note in (
            ("lower", words.lower, ""),
            ("target", words.target, ""),
            ("stop", words.upper, " marking stops"),
        )
    )
    beyond = max(0, words.counted - words.upper)
    over = (
        f'<span class="beyond" style="left:{at(words.upper)};width:{at(beyond)}"></span>'
        if beyond
        else ""
    )
    label = f"{words.counted:,} counted words; limits {words.lower:,} and {words.upper:,}"
    return (
        f'<div class="gauge" role="img" aria-label="{escape(label)}">'
        f'<div class="scale"><span class="band" style="left:{at(words.lower)};'
        f'width:{at(words.upper - words.lower)}"></span>'
        f'<span class="fill {words.fit.value}" style="width:{at(min(words.counted, words.upper))}">'
        f"</span>{over}</div>{marks}"
        f'<span class="count" style="left:{at(words.counted)}">{words.counted:,}</span></div>'
    )


def grid_html(check: Check, standard: Standard, chosen: str | None) -> str:
    """All criteria as cells, a row a component: grade by colour, status by shade and symbol."""
    verdicts = {verdict.code: verdict for verdict in check.verdicts}
    rows = []
    for component in standard.components:
        cells = []
        for criterion in standard.criteria:
            if criterion.component != component.code:
                continue
            verdict = verdicts[criterion.code]
            found = sum(part.finding is Finding.FOUND for part in verdict.parts)
            title = (
                f"{criterion.code} {criterion.title}: {STATUS_WORDS[verdict.status]} "
                f"({found} of {len(verdict.parts)} parts)"
            )
            marks = "".join(FINDING_SYMBOLS[part.finding] for part in verdict.parts)
            cells.append(
                f'<span class="cell {criterion.grade.value} {_class(verdict.status)}'
                f'{" chosen" if criterion.code == chosen else ""}" title="{escape(title)}" '
                f'aria-label="{escape(title)}"><b>{SYMBOLS[verdict.status]} {criterion.code}</b>'
                f"<small>{escape(criterion.title)}</small><i>{marks}</i></span>"
            )
        rows.append(
            f'<div class="row"><span class="component">{escape(component.title)}</span>'
            f"{''.join(cells)}</div>"
        )
    return f'<div class="grid">{"".join(rows)}</div>'


def areas_html(check: Check, standard: Standard) -> str:
    """Where in the report each area is told: a strip along the counted passages."""
    passages = [passage for passage in check.passages if passage.region is Region.BODY]
    rows = []
    for area, finding in zip(standard.areas, check.areas, strict=True):
        own = set(finding.passages)
        cells = "".join(
            f'<i class="{"on" if passage.id in own else ""}"></i>' for passage in passages
        )
        rows.append(
            f'<div class="strip"><span>{FINDING_SYMBOLS[finding.finding]} {escape(area.title)}'
            f"</span><div>{cells}</div><em>{_area_note(finding)}</em></div>"
        )
    return f'<div class="areas">{"".join(rows)}</div>'


def report_html(check: Check, standard: Standard, chosen: str | None) -> str:
    """The report's own text with its passages marked, and the line where marking stops.

    With a chosen criterion or part only its passages are lit. All text is escaped.
    """
    by_block: dict[int, list[Passage]] = {}
    for passage in check.passages:
        by_block.setdefault(passage.block, []).append(passage)
    tags = tags_by_passage(check)
    upper = check.words.upper
    lines: list[str] = []
    stopped = in_annex = False
    open_table = False
    for index, block in enumerate(check.report.blocks):
        own = by_block.get(index, [])
        if open_table and block.kind is not BlockKind.TABLE_ROW:
            lines.append("</table>")
            open_table = False
        if block.region is Region.ANNEX and not in_annex:
            lines.append('<div class="rule annexes">Annexes: not counted, not marked</div>')
            in_annex = True
        if not stopped and not in_annex and any((p.first_word or 0) > upper for p in own):
            lines.append(f'<div class="rule stop">Marking stops here: word {upper:,}</div>')
            stopped = True
        grey = in_annex or block.region in (Region.FRONT, Region.CONTENTS, Region.REFERENCES)
        grey = grey or (stopped and block.story is Story.MAIN)
        style = ' class="grey"' if grey else ""
        if block.kind is BlockKind.HEADING:
            level = min(6, 2 + (block.level or 1))
            lines.append(f"<h{level}{style}>{escape(block.text)}</h{level}>")
            continue
        body = " ".join(_passage_html(passage, tags.get(passage.id, ()), chosen) for passage in own)
        if not body:
            body = escape(" ".join(block.text.split()))
        label = escape(" ".join(block.labels))
        if block.kind is BlockKind.TABLE_ROW:
            if not open_table:
                lines.append('<table class="report-table">')
                open_table = True
            lines.append(f"<tr{style}><td>{body}</td></tr>")
        elif block.kind is BlockKind.LIST_ITEM:
            lines.append(f'<p class="item{" grey" if grey else ""}">{label or "–"} {body}</p>')
        else:
            lines.append(f"<p{style}>{body}</p>")
    if open_table:
        lines.append("</table>")
    return f'<div class="report">{"".join(lines)}</div>'


def _passage_html(passage: Passage, tags: Sequence[Tag], chosen: str | None) -> str:
    own = [tag for tag in tags if chosen is None or _belongs(tag.part, chosen)]
    text = escape(passage.text)
    if not own:
        return f'<span id="{escape(passage.id)}">{text}</span>'
    best = Finding.FOUND if any(t.finding is Finding.FOUND for t in own) else Finding.POSSIBLY
    codes = ", ".join(f"{tag.part} ({tag.finding.value}, {tag.probability:.0%})" for tag in own)
    badges = "".join(f"<sup>{escape(tag.part)}</sup>" for tag in own)
    return (
        f'<mark id="{escape(passage.id)}" class="{best.value}" title="{escape(codes)}">'
        f"{text}{badges}</mark>"
    )


def _belongs(part: str, chosen: str) -> bool:
    return part == chosen or part.startswith(chosen + ".")


def _area_note(finding: AreaFinding) -> str:
    number = len(finding.passages)
    return "not found" if not number else f"{number} passage{'s' if number != 1 else ''}"


def _class(status: Status) -> str:
    return status.value.replace(" ", "-")
