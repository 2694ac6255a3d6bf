"""A Check drawn as HTML: the gauge, the grid, the strip of areas, the report with its evidence.

Pure, and all text of a report is escaped. `page.css` gives the classes their looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from wbp_check.present import FINDING_SYMBOLS, STATUS_WORDS, SYMBOLS, tags_by_passage
from wbp_check.standard import Standard
from wbp_check.types import (
    Block,
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
    """All criteria as buttons, a row a component: grade by colour, status by shade and symbol."""
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
                f'<button type="button" data-click="{criterion.code}" '
                f'class="cell {criterion.grade.value} {_class(verdict.status)}" '
                f'aria-pressed="{"true" if criterion.code == chosen else "false"}" '
                f'title="{escape(title)}" aria-label="{escape(title)}">'
                f"<b>{SYMBOLS[verdict.status]} {criterion.code}</b>"
                f"<small>{escape(criterion.title)}</small><i>{marks}</i></button>"
            )
        rows.append(
            f'<div class="row"><span class="component">{escape(component.title)}</span>'
            f"{''.join(cells)}</div>"
        )
    return f'<div class="grid">{"".join(rows)}</div>'


def areas_html(check: Check, standard: Standard) -> str:
    """Where in the report each area is told, and how long: a strip along the body's passages."""
    passages = [passage for passage in check.passages if passage.region is Region.BODY]
    rows = []
    for area, finding in zip(standard.areas, check.areas, strict=True):
        own = set(finding.passages)
        cells = "".join(
            f'<i class="{"on" if passage.id in own else ""}"></i>' for passage in passages
        )
        words = sum(len(passage.text.split()) for passage in passages if passage.id in own)
        note = f"about {words:,} words" if words else "not found"
        rows.append(
            f'<div class="strip"><span>{FINDING_SYMBOLS[finding.finding]} {escape(area.title)}'
            f"</span><div>{cells}</div><em>{note}</em></div>"
        )
    return f'<div class="areas">{"".join(rows)}</div>'


def report_html(
    check: Check, standard: Standard, lit: str | None, chosen: str | None = None
) -> str:
    """The report's own text with its passages marked, and the line where marking stops.

    With a criterion or part to be `lit` only its passages are marked; the `chosen` passage has a
    frame. Each passage can be clicked. All text is escaped.
    """
    by_block: dict[int, list[Passage]] = {}
    for passage in check.passages:
        by_block.setdefault(passage.block, []).append(passage)
    tags = tags_by_passage(check)
    lines: list[str] = []
    stopped = in_annex = open_table = False
    for index, block in enumerate(check.report.blocks):
        own = by_block.get(index, [])
        if open_table and block.kind is not BlockKind.TABLE_ROW:
            lines.append("</tbody></table>")
            open_table = False
        if block.region is Region.ANNEX and not in_annex:
            lines.append('<div class="rule annexes">Annexes: not counted, not marked</div>')
            in_annex = True
        upper = check.words.upper
        if not stopped and not in_annex and any((p.first_word or 0) > upper for p in own):
            lines.append(f'<div class="rule stop">Marking stops here: word {upper:,}</div>')
            stopped = True
        grey = in_annex or block.region in (Region.FRONT, Region.CONTENTS, Region.REFERENCES)
        grey = grey or (stopped and block.story is Story.MAIN)
        spans = [_span(p, tags.get(p.id, ()), lit, chosen) for p in own]
        if block.kind is BlockKind.TABLE_ROW and not open_table:
            lines.append('<table class="report-table"><tbody>')
            open_table = True
        lines.append(_block_html(block, spans, " grey" if grey else ""))
    if open_table:
        lines.append("</tbody></table>")
    return f'<div class="report">{"".join(lines)}</div>'


def _block_html(block: Block, spans: Sequence["_Span"], grey: str) -> str:
    """One block as it looks on the page: heading, paragraph, item or row."""
    if block.kind is BlockKind.HEADING:
        level = min(6, 2 + (block.level or 1))
        return f'<h{level} class="{grey}">{escape(block.text)}</h{level}>'
    if block.kind is BlockKind.TABLE_ROW and len(spans) == 1:
        cells = [escape(" ".join(cell.split())) for cell in block.text.split("\t")]
        cells[-1] += spans[0].badges
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        return f"<tr {spans[0].attributes(grey)}>{row}</tr>"
    body = " ".join(span.html for span in spans) or escape(" ".join(block.text.split()))
    if block.kind is BlockKind.TABLE_ROW:
        return f'<tr class="{grey}"><td colspan="9">{body}</td></tr>'
    if block.kind is BlockKind.LIST_ITEM:
        label = escape(" ".join(block.labels)) or "–"
        return f'<p class="item{grey}">{label} {body}</p>'
    return f'<p class="{grey}">{body}</p>'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A passage as it is drawn: what it is called on the page, its look and its small codes."""

    id: str
    text: str
    look: str
    title: str
    badges: str

    def attributes(self, more: str = "") -> str:
        """Of the element that stands for the passage. A tagged one is reached by keyboard."""
        key = ' tabindex="0" role="button"' if self.badges and not more else ""
        title = f' title="{escape(self.title)}"' if self.title else ""
        return (
            f'id="{escape(self.id)}" data-click="{escape(self.id)}" '
            f'class="{self.look}{more}"{key}{title}'
        )

    @property
    def html(self) -> str:
        """The passage within a paragraph."""
        name = "mark" if self.badges else "span"
        return f"<{name} {self.attributes()}>{escape(self.text)}{self.badges}</{name}>"


def _span(passage: Passage, tags: Sequence[Tag], lit: str | None, chosen: str | None) -> _Span:
    own = [tag for tag in tags if lit is None or _belongs(tag.part, lit)]
    found = any(tag.finding is Finding.FOUND for tag in own)
    look = ("found" if found else "possibly") if own else "plain"
    return _Span(
        id=passage.id,
        text=passage.text,
        look=f"passage {look}{' chosen' if passage.id == chosen else ''}",
        title=", ".join(f"{tag.part} ({tag.finding.value}, {tag.probability:.0%})" for tag in own),
        badges="".join(f"<sup>{escape(tag.part)}</sup>" for tag in own),
    )


def _belongs(part: str, lit: str) -> bool:
    return part == lit or part.startswith(lit + ".")


def _class(status: Status) -> str:
    return status.value.replace(" ", "-")
