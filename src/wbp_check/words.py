"""Words as Microsoft Word's status bar counts them.

The rules were found by comparing texts with the few counts that Word has left in files:

1. White space parts words; a lone symbol (&, /, -) is a word.
2. Each automatic bullet or number is a word; a label of several words ("Article I.") is several.
3. En and em dashes part words and are none themselves. Hyphens and slashes do not part.
4. Only the main story counts, with its tables, content controls, contents list and field results;
   text boxes, footnotes, endnotes, headers, footers and comments do not.

The number in a file's properties is Word's estimate from the length of the text; it is never used.
Which regions count is the assessment organisation's rule: all but the annexes (kit p. 32).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wbp_check.standard import Profile
from wbp_check.types import Block, Fit, Format, Region, Report, RuleEffect, Story, WordCount

_DASHES = re.compile("[\u2013\u2014]")
PDF_TOLERANCE = 0.02
"""Share by which the count of a PDF may be off that of its Word file; measured: docs/pdf.md."""
_ANNEXES = "annexes"  # the word count speaks of the annexes, a passage of its annex


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule that can be switched, with where it comes from and how sure it is."""

    code: str
    says: str
    source: str
    on: bool
    sure: bool


RULES: tuple[Rule, ...] = (
    Rule(
        code="labels",
        says="each automatic bullet or number counts, as a word or as many as its label has",
        source="exact in words and characters on two saved counts of Word, 127 labels",
        on=True,
        sure=True,
    ),
    Rule(
        code="dashes",
        says="en and em dashes part words and are none themselves",
        source="exact on one saved count of Word, 11 lone dashes",
        on=True,
        sure=True,
    ),
    Rule(
        code="text boxes",
        says="words in text boxes count",
        source="left out in one saved count of Word (220 words); a tick box in Word changes it",
        on=False,
        sure=False,
    ),
    Rule(
        code="notes",
        says="words in footnotes and endnotes count",
        source="a tick box in Word; sources differ on whether it is ticked at first",
        on=False,
        sure=False,
    ),
)
DEFAULT_RULES = frozenset(rule.code for rule in RULES if rule.on)
_STORY_RULE = {Story.TEXT_BOX: "text boxes", Story.NOTE: "notes"}


def count_words(text: str, rules: frozenset[str] = DEFAULT_RULES) -> int:
    """How many words Word counts in a text. See the rules above."""
    if "dashes" in rules:
        text = _DASHES.sub(" ", text)
    return len(text.split())


def label_words(block: Block) -> int:
    """How many words Word counts in a block's automatic labels: "•" is one, "Article I." two."""
    return sum(max(1, count_words(label)) for label in block.labels)


def block_words(block: Block, rules: frozenset[str] = DEFAULT_RULES) -> int:
    """How many words Word counts in a block, with its automatic labels."""
    story = _STORY_RULE.get(block.story)
    if story is not None and story not in rules:
        return 0
    labels = label_words(block) if "labels" in rules else 0
    return labels + count_words(block.text, rules)


def count_report(
    report: Report, profile: Profile, rules: frozenset[str] = DEFAULT_RULES
) -> WordCount:
    """Count a placed report, by region and by rule. Blocks without a region count as body."""
    regions = _region_words(report.blocks, rules)
    counted = _counted(regions)
    if counted < profile.lower:
        fit = Fit.UNDER
    elif counted > profile.upper:
        fit = Fit.OVER
    else:
        fit = Fit.WITHIN
    return WordCount(
        counted=counted,
        lower=profile.lower,
        target=profile.target,
        upper=profile.upper,
        fit=fit,
        regions=regions,
        effects=tuple(_effect(report.blocks, rules, rule.code) for rule in RULES),
    )


def count_warnings(count: WordCount, kind: Format = Format.DOCX) -> tuple[str, ...]:
    """A sentence for each unsure rule that decides whether a limit is kept, and one for a PDF.

    `kind` is the kind of file that was counted.
    """
    unsure = {rule.code for rule in RULES if not rule.sure}
    found = []
    for effect in count.effects:
        if effect.rule not in unsure or not effect.words:
            continue
        other = count.counted + (-effect.words if effect.applied else effect.words)
        low, high = sorted((count.counted, other))
        for limit, decided in (
            (count.lower, low < count.lower <= high),
            (count.upper, low <= count.upper < high),
        ):
            if decided:
                found.append(
                    f"The words in {effect.rule} decide whether the limit of {limit:,} is kept: "
                    f"{count.counted:,} words as counted here, {other:,} the other way. "
                    "Move that text into the body to be sure."
                )
    return (*found, *([_pdf_warning(count)] if kind is Format.PDF else []))


def _pdf_warning(count: WordCount) -> str:
    """How far off the count of a PDF may be, and whether that decides a limit."""
    low = round(count.counted * (1 - PDF_TOLERANCE))
    high = round(count.counted * (1 + PDF_TOLERANCE))
    says = (
        "The words were counted in a PDF, which may be "
        f"{PDF_TOLERANCE:.0%} off its Word file: {low:,} to {high:,} words."
    )
    for limit, decided in (
        (count.lower, low < count.lower <= high),
        (count.upper, low <= count.upper < high),
    ):
        if decided:
            says += f" The limit of {limit:,} lies between: check the Word file to be sure."
    return says


def _region_words(blocks: Iterable[Block], rules: frozenset[str]) -> dict[str, int]:
    names = {region: _ANNEXES if region is Region.ANNEX else region.value for region in Region}
    regions = dict.fromkeys(names.values(), 0)
    for block in blocks:
        regions[names[block.region or Region.BODY]] += block_words(block, rules)
    return regions


def _counted(regions: dict[str, int]) -> int:
    return sum(words for region, words in regions.items() if region != _ANNEXES)


def _effect(blocks: tuple[Block, ...], rules: frozenset[str], rule: str) -> RuleEffect:
    on = _counted(_region_words(blocks, rules | {rule}))
    off = _counted(_region_words(blocks, rules - {rule}))
    return RuleEffect(rule=rule, applied=rule in rules, words=on - off)
