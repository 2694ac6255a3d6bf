"""A Check drawn as HTML: the gauge, the grid, the strip of areas, the report with its evidence.

Pure, and all text of a report is escaped. `page.css` gives the classes their looks.
"""

from collections.abc import Sequence
from html import escape

from wbp_check.present import FINDING_SYMBOLS, STATUS_WORDS, SYMBOLS, tags_by_passage
from wbp_check.standard import Standard
from wbp_check.types import (
    AreaFinding,
    BlockKind,
    Check,
    Finding,
    Passage,
    Region,
    Status,
    Story,
    Tag,
    WordCount,
)

GAUGE_TOP = 1.3
"""The gauge ends at this share of the upper limit, or at the count if that is more."""


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
