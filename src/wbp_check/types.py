"""The values that flow through a check, in the order in which they arise.

    bytes → Report(Block …) → Passage … → Tag … → Verdict … = Check

All are frozen; a step takes some and returns others. Only the standard library is imported here.
"""

import math
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """What kind of file a report came in."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    CAPTION = "caption"


class Story(StrEnum):
    """The text stream a block belongs to. Word counts the main story only."""

    MAIN = "main"
    TEXT_BOX = "text box"
    NOTE = "note"


class Region(StrEnum):
    """The part of the report a block stands in. All but the annex is counted."""

    FRONT = "front matter"
    CONTENTS = "contents"
    BODY = "body"
    REFERENCES = "references"
    ANNEX = "annex"


class Grade(StrEnum):
    """The grade a criterion belongs to."""

    PASS = "pass"
    DISTINCTION = "distinction"


class Finding(StrEnum):
    """What we say of a tag, a part or an area."""

    FOUND = "found"
    POSSIBLY = "possibly"
    NOT_FOUND = "not found"


class Status(StrEnum):
    """What we say of a criterion. Never a grade."""

    MET = "met"
    PARTLY_MET = "partly met"
    NOT_FOUND = "not found"


class Fit(StrEnum):
    """How the counted words stand to the limits."""

    UNDER = "under"
    WITHIN = "within"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, list item, table row or caption, as it stands in the file.

    `text` is without the automatic bullet or number; those are in `labels`, one for each numbered
    paragraph of the block (a table row can hold several), because Word counts each as a word.
    The cells of a table row are parted by tabs, paragraphs within a cell by newlines.
    """

    kind: BlockKind
    text: str
    labels: tuple[str, ...] = ()
    level: int | None = None
    """1 to 9 for a heading, nesting depth from 1 for a list item."""
    style: str = ""
    """The paragraph style's name in lower case ("toc 1", "title"); empty where there is none."""
    page: int | None = None
    """From 1. In a DOCX only where Word has left the mark of its last page break."""
    paragraph: int | None = None
    """From 1, in the order of the file; table rows count as one."""
    story: Story = Story.MAIN
    images: int = 0
    """Pictures that stand in the block."""
    region: Region | None = None
    """None until `body.place_blocks` has placed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the apprentice wrote: a file, read."""

    name: str
    format: Format
    sha256: str
    pages: int | None
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEffect:
    """What one counting rule of `words.RULES` does to this report's count, in words."""

    rule: str
    applied: bool
    words: int
    """What it adds (below 0: takes off) if applied; what it would add if not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCount:
    """The counted words, itemised. `counted` is the sum of all regions but the annexes."""

    counted: int
    lower: int
    target: int
    upper: int
    fit: Fit
    regions: dict[str, int]
    effects: tuple[RuleEffect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, list item, table row or caption: the unit that carries tags."""

    id: str
    text: str
    kind: BlockKind
    block: int
    """Index into `Report.blocks`."""
    page: int | None
    paragraph: int | None
    heading: str
    region: Region
    first_word: int | None
    """Number of its first counted word, from 1; None in an annex."""
    counts: bool
    """Whether an assessor will credit it: outside the annexes, begun within the upper limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTag:
    """The required area that a passage mainly serves."""

    passage: str
    area: str
    probability: float


class Example(StrEnum):
    """What a reader said of a labelled passage and a part."""

    EVIDENCE = "evidence"
    NEAR_MISS = "near miss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One passage as evidence of one criterion part.

    `found` and `possibly` are the tagger's decisions. A tag that is `not found` is the nearest
    passage of a part for which nothing better stands in the report: shown on request only.
    """

    passage: str
    part: str
    probability: float
    finding: Finding
    words: tuple[str, ...] = ()
    """The words that weigh most for the tag, in the order of the text; empty where nobody asked."""
    nearest: tuple[Example, ...] = ()
    """What readers said of the labelled passages most like this one, the most alike first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Platt scaling: 1 / (1 + exp(-(slope · log-odds + intercept))) (Platt 1999)."""

    slope: float = 1.0
    intercept: float = 0.0

    def of(self, probability: float) -> float:
        """The probability made honest. 0 and 1 stay as they are: a person's word is not scaled."""
        if probability <= 0.0 or probability >= 1.0:
            return probability
        odds = math.log(probability / (1 - probability))
        return 1 / (1 + math.exp(-(self.slope * odds + self.intercept)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging:
    """All that the tagger says of the passages of one report.

    The calibrations come with the model: from a part's best passage to the probability that the
    report shows the part, and from a criterion's weakest needed part to that of the criterion.
    """

    areas: tuple[AreaTag, ...]
    tags: tuple[Tag, ...]
    part_calibration: Calibration = Calibration()
    criterion_calibration: Calibration = Calibration()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFinding:
    """What the report shows of one criterion part. `passages` count and are best first."""

    code: str
    finding: Finding
    probability: float
    passages: tuple[str, ...]
    not_counting: tuple[str, ...] = ()
    """Passages that would show it, but stand in an annex or after the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the report shows of one criterion."""

    code: str
    grade: Grade
    status: Status
    probability: float
    parts: tuple[PartFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFinding:
    """What the report shows of one required area."""

    code: str
    finding: Finding
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How many criteria of each grade have evidence for all their parts."""

    pass_met: int
    pass_of: int
    distinction_met: int
    distinction_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWith:
    """What made a check: it travels with every export."""

    version: str
    model: str
    standard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What we say of a report."""

    report: Report
    words: WordCount
    passages: tuple[Passage, ...]
    tagging: Tagging
    areas: tuple[AreaFinding, ...]
    verdicts: tuple[Verdict, ...]
    outlook: Outlook
    warnings: tuple[str, ...]
    made_with: MadeWith
