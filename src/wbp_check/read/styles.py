"""Styles: what a paragraph's or run's style says of its name, level, numbering and look.

ECMA-376-1 §17.7. A style inherits from the one it is based on; toggles such as bold and hidden
that stand in both a paragraph style and a character style cancel out (§17.7.3).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from wbp_check.read.wml import Element, is_on, number, toggle, val, w

DEFAULT_SIZE = 20
"""Half-points: 10 pt, where no style gives a size (§17.3.2.38)."""

_LONGEST_LINE = 20  # styles of a line whose names are remembered

_RPR, _PPR, _NUM_PR = w("rPr"), w("pPr"), w("numPr")
_DIGITS = re.compile(r"(?<=[^\W\d])(\d+)\Z")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks."""

    hidden: bool = False
    bold: bool = False
    underlined: bool = False
    caps: bool = False
    size: int = DEFAULT_SIZE


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits; None means that no style in its line says."""

    id: str
    name: str
    """In lower case, without aliases."""
    names: frozenset[str]
    """Its own name and those of all the styles it is based on."""
    outline: int | None = None
    """0 to 8 for headings, 9 for body text."""
    num_id: str | None = None
    level: int | None = None
    numbered_by: str = ""
    """The id of the style in its line that carries the numbering."""
    hidden: bool | None = None
    bold: bool | None = None
    underlined: bool | None = None
    caps: bool | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a document by id, its default paragraph style, and its default look."""

    by_id: Mapping[str, Style]
    default: Style
    look: Look = Look()


def read_styles(root: Element | None) -> Styles:
    """The styles part; a document without one has the plain default style only."""
    nameless = Style("", "", frozenset())
    if root is None:
        return Styles({}, nameless)
    raw: dict[str, Element] = {}
    default = ""
    for element in root.iterchildren(w("style")):
        key = element.get(w("styleId"), "")
        raw.setdefault(key, element)
        is_default = element.get(w("default"), "0") not in ("0", "false", "off")
        if element.get(w("type")) == "paragraph" and is_default:
            default = default or key
    done: dict[str, Style] = {}
    for key in raw:
        _resolve(key, raw, done)
    base = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{_RPR}")
    look = run_look(base, Look(), Styles({}, nameless))
    return Styles(done, done.get(default, nameless), look)


def _resolve(key: str, raw: Mapping[str, Element], done: dict[str, Style]) -> None:
    """Adds a style and all it is based on; a loop is cut where it closes."""
    line: list[str] = []
    seen: set[str] = set()
    while key in raw and key not in done and key not in seen:
        line.append(key)
        seen.add(key)
        key = val(raw[key], "basedOn") or ""
    parent = done.get(key)
    for own in reversed(line):
        parent = done[own] = _inherit(own, raw[own], parent)


def _inherit(key: str, element: Element, parent: Style | None) -> Style:
    name = (val(element, "name") or key).split(",")[0].strip().lower()
    parent = parent or Style("", "", frozenset())
    ppr, rpr = element.find(_PPR), element.find(_RPR)
    num_pr = None if ppr is None else ppr.find(_NUM_PR)
    num_id = val(num_pr, "numId")
    bold, hidden = toggle(rpr, "b"), toggle(rpr, "vanish")
    underlined, caps = toggle(rpr, "u"), toggle(rpr, "caps")
    outline, size = number(val(ppr, "outlineLvl")), number(val(rpr, "sz"))
    level = number(val(num_pr, "ilvl"))
    return Style(
        id=key,
        name=name,
        names=parent.names | {name} if len(parent.names) < _LONGEST_LINE else parent.names,
        outline=parent.outline if outline is None else outline,
        num_id=parent.num_id if num_id is None else num_id,
        level=parent.level if level is None else level,
        numbered_by=parent.numbered_by if num_id is None else key,
        hidden=parent.hidden if hidden is None else hidden,
        bold=parent.bold if bold is None else bold,
        underlined=parent.underlined if underlined is None else underlined,
        caps=parent.caps if caps is None else caps,
        size=parent.size if size is None else size,
    )


def paragraph_style(styles: Styles, style_id: str | None) -> Style:
    """The style of a paragraph. An undefined id still tells its name: "Heading1" is "heading 1"."""
    if not style_id:
        return styles.default
    known = styles.by_id.get(style_id)
    if known is not None:
        return known
    name = _DIGITS.sub(r" \1", style_id.lower())
    return replace(styles.default, id=style_id, name=name, names=frozenset({name}))


def style_look(style: Style, base: Look) -> Look:
    """The look of plain text in a paragraph style."""
    return Look(
        hidden=base.hidden if style.hidden is None else style.hidden,
        bold=base.bold if style.bold is None else style.bold,
        underlined=base.underlined if style.underlined is None else style.underlined,
        caps=base.caps if style.caps is None else style.caps,
        size=base.size if style.size is None else style.size,
    )


def run_look(rpr: Element | None, base: Look, styles: Styles) -> Look:
    """The look of a run from its own properties, its character style and its paragraph's look."""
    if rpr is None:
        return base
    given = {child.tag: child for child in rpr}
    reference = given.get(w("rStyle"))
    style = None if reference is None else styles.by_id.get(reference.get(w("val"), ""))
    look = base if style is None else _styled(base, style)

    def direct(name: str, otherwise: bool) -> bool:
        element = given.get(w(name))
        return otherwise if element is None else is_on(element)

    size = given.get(w("sz"))
    return Look(
        hidden=direct("vanish", look.hidden),
        bold=direct("b", look.bold),
        underlined=direct("u", look.underlined),
        caps=direct("caps", look.caps),
        size=look.size if size is None else number(size.get(w("val"))) or look.size,
    )


def _styled(base: Look, style: Style) -> Look:
    # A link's underline is no sign of a heading.
    underlined = None if style.name in ("hyperlink", "internet link") else style.underlined
    return Look(
        hidden=base.hidden ^ bool(style.hidden),
        bold=base.bold ^ bool(style.bold),
        underlined=base.underlined if underlined is None else underlined,
        caps=base.caps ^ bool(style.caps),
        size=style.size or base.size,
    )
