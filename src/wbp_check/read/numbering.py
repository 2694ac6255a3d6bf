"""Automatic bullets and numbers: the label that Word would show before each paragraph.

ECMA-376-1 §17.9. A paragraph names a `num`; several may share one `abstractNum`, and then they
share its counters too, unless a `num` says startOverride: that one begins anew at its first use.
A level begins anew after any higher level, unless its lvlRestart says otherwise (§17.9.10).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wbp_check.read.styles import Style, Styles
from wbp_check.read.wml import Element, content, is_on, number, toggle, val, w

LEVELS = 9
_LONGEST_TEXT = 100  # characters of a level's pattern; Word's own dialog takes fewer
_LARGEST_ROMAN = 3999
_LARGEST_LETTERS = 26 * 30

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

PRIVATE_SIGNS = {
    0xF0B7: "•", 0xF06F: "o", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FB: "✗", 0xF0E0: "→",
    0xF0DF: "←", 0xF0A8: "□", 0xF071: "❑", 0xF076: "❖", 0xF06E: "■", 0xF06C: "●", 0xF0AE: "→",
    0xF0FE: "☑", 0xF0FD: "☒", 0xF06D: "○", 0xF02D: "–", 0xF04A: "☺", 0xF0B0: "°", 0xF0B1: "±",
    0xF0B3: "≥", 0xF0A3: "≤", 0xF0B4: "×", 0xF0BC: "…", 0xF0D2: "®", 0xF0D3: "©", 0xF0D4: "™",
}  # fmt: skip
"""Signs of the Symbol and Wingdings fonts at their private code points."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int
    format: str
    text: str
    restart: int | None
    legal: bool
    hidden: bool
    style: str
    """The paragraph style that is tied to this level; empty without one."""


@dataclass(frozen=True, slots=True)
class Num:
    """A list as paragraphs refer to it. `counters` tells which counters it uses."""

    counters: str
    levels: Mapping[int, Level]
    overrides: Mapping[int, int]


@dataclass(slots=True)
class Counters:
    """Where each list stands; grows while the document is walked."""

    at: dict[str, list[int | None]] = field(default_factory=dict)
    """By abstractNum: the last number of each level, None where a level begins anew."""
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def read_nums(root: Element | None, styles: Styles) -> dict[str, Num]:
    """The numbering part: lists by the id that paragraphs use."""
    if root is None:
        return {}
    abstracts = {
        element.get(w("abstractNumId"), ""): element
        for element in root.iterchildren(w("abstractNum"))
    }
    elements = {element.get(w("numId"), ""): element for element in root.iterchildren(w("num"))}
    read: dict[str, dict[int, Level]] = {}
    nums: dict[str, Num] = {}
    for num_id, element in elements.items():
        key = _followed(val(element, "abstractNumId") or "", abstracts, elements, styles)
        if key not in abstracts:
            continue
        if key not in read:
            read[key] = _levels(abstracts[key])
        levels, overrides = dict(read[key]), {}
        for override in element.iterchildren(w("lvlOverride")):
            index = number(override.get(w("ilvl")))
            if index is None or not 0 <= index < LEVELS:
                continue
            levels.update(_levels(override))
            start = number(val(override, "startOverride"))
            if start is not None:
                overrides[index] = start
        nums[num_id] = Num(key, levels, overrides)
    return nums


def _followed(
    key: str, abstracts: Mapping[str, Element], nums: Mapping[str, Element], styles: Styles
) -> str:
    """The abstractNum that holds the levels: numStyleLink leads there by a style (§17.9.21)."""
    for _ in range(LEVELS):
        link = val(abstracts.get(key), "numStyleLink")
        style = styles.by_id.get(link) if link else None
        num = nums.get(style.num_id or "") if style is not None else None
        target = val(num, "abstractNumId")
        if target is None or target == key:
            break
        key = target
    return key


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for element in parent.iterchildren(w("lvl")):
        index = number(element.get(w("ilvl")))
        if index is None or not 0 <= index < LEVELS:
            continue
        kind = next((child for child in content(element) if child.tag == w("numFmt")), None)
        legal = element.find(w("isLgl"))
        start = number(val(element, "start"))
        found[index] = Level(
            start=0 if start is None else start,
            format="decimal" if kind is None else kind.get(w("val"), "decimal"),
            text=(val(element, "lvlText") or "")[:_LONGEST_TEXT],
            restart=number(val(element, "lvlRestart")),
            legal=legal is not None and is_on(legal),
            hidden=bool(toggle(element.find(w("rPr")), "vanish")),
            style=val(element, "pStyle") or "",
        )
    return found


def list_place(
    num_pr: Element | None, style: Style, nums: Mapping[str, Num]
) -> tuple[str, int] | None:
    """The list and level of a paragraph, from its own numPr or its style's; None without a list.

    numId 0 takes a style's numbering away (§17.9.18). In a style the level is the one that is
    tied to the style by pStyle (§17.9.23).
    """
    num_id, level = val(num_pr, "numId"), number(val(num_pr, "ilvl"))
    if num_id is None:
        num_id = style.num_id
        num = nums.get(num_id or "")
        if num is not None and level is None:
            names = (style.id, style.numbered_by)
            tied = (i for i, each in num.levels.items() if each.style and each.style in names)
            level = next(tied, style.level)
    num = nums.get(num_id or "")
    level = min(max(level or 0, 0), LEVELS - 1)
    if num_id is None or num is None or level not in num.levels:
        return None
    return num_id, level


def next_label(counters: Counters, nums: Mapping[str, Num], num_id: str, level: int) -> str:
    """The next label of a list, empty where none is shown; moves the counters on."""
    num = nums[num_id]
    at = counters.at.setdefault(num.counters, [None] * LEVELS)
    starts = counters.starts.setdefault(num.counters, {})
    if num_id not in counters.used:
        counters.used.add(num_id)
        for index, start in num.overrides.items():
            at[index] = None
            starts[index] = start

    def start_of(index: int) -> int:
        own = num.levels.get(index)
        return starts.get(index, own.start if own else 1)

    last = at[level]
    at[level] = start_of(level) if last is None else last + 1
    for deeper in range(level + 1, LEVELS):
        own = num.levels.get(deeper)
        restart = own.restart if own is not None else None
        if restart is None or (restart != 0 and level < restart):
            at[deeper] = None
    return _shown(num, level, [start_of(i) if n is None else n for i, n in enumerate(at)])


def _shown(num: Num, level: int, at: list[int]) -> str:
    own = num.levels[level]
    if own.format == "none" or own.hidden:
        return ""
    if own.format == "bullet":
        return own.text.translate(PRIVATE_SIGNS).strip()

    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        other = num.levels.get(index)
        kind = other.format if other is not None else "decimal"
        if own.legal and kind not in ("none", "decimalZero"):  # Word shows "Section 1.01"
            kind = "decimal"
        return number_text(at[index], kind)

    return _PLACE.sub(place, own.text).strip()


def number_text(value: int, kind: str) -> str:
    """A number in one of Word's formats (§17.18.59); a format not known here is decimal."""
    letters = kind in ("lowerLetter", "upperLetter") and 0 < value <= _LARGEST_LETTERS
    roman = kind in ("lowerRoman", "upperRoman") and 0 < value <= _LARGEST_ROMAN
    if kind in ("none", "bullet"):
        return ""
    if letters:
        text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
    elif roman:
        text = ""
        for worth, sign in _ROMAN:
            text += sign * (value // worth)
            value %= worth
    elif kind == "decimalZero":
        return f"{value:02d}"
    elif kind == "ordinal":
        last = 0 if 10 <= value % 100 <= 20 else value % 10
        return f"{value}{('th', 'st', 'nd', 'rd')[last] if last < 4 else 'th'}"
    elif kind in ("cardinalText", "ordinalText") and 0 <= value < 100:
        return _spelt(value, ordinal=kind == "ordinalText").capitalize()
    elif kind == "decimalEnclosedCircle" and 0 < value <= 20:
        return chr(0x2460 + value - 1)
    else:
        return str(value)
    return text.upper() if kind.startswith("upper") else text


def _spelt(value: int, *, ordinal: bool) -> str:
    ten, unit = divmod(value, 10)
    words = [_UNITS[value]] if value < 20 else [_TENS[ten - 2], *([_UNITS[unit]] if unit else [])]
    if ordinal:
        last = words[-1]
        words[-1] = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last[-1] == "y" else f"{last}th")
    return "-".join(words)
