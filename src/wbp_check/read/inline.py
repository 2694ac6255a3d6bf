"""A paragraph's XML to its text, as Word shows it, with what hangs on it.

ECMA-376-1 §17.3 (runs), §17.16 (fields), §17.13.5 (tracked changes, read as accepted).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wbp_check.read.numbering import PRIVATE_SIGNS, Counters, Num, list_place, next_label
from wbp_check.read.styles import Look, Style, Styles, paragraph_style, run_look, style_look
from wbp_check.read.wml import (
    CHART,
    DIAGRAM,
    PIC,
    VML,
    XML_SPACE,
    Element,
    M,
    content,
    number,
    plain_text,
    toggle,
    val,
    w,
)
from wbp_check.types import Story

_P_PR, _R_PR, _R, _T, _M_T = w("pPr"), w("rPr"), w("r"), w("t"), f"{{{M}}}t"
_BREAK, _RENDERED, _SYMBOL = w("br"), w("lastRenderedPageBreak"), w("sym")
_FIELD_MARK, _FIELD, _FIELD_CODE = w("fldChar"), w("fldSimple"), w("instrText")
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_GRAPHICS = frozenset(map(w, ("drawing", "pict", "object")))
_PICTURES = frozenset(
    (f"{{{PIC}}}pic", f"{{{VML}}}imagedata", f"{{{CHART}}}chart", f"{{{DIAGRAM}}}relIds")
)
_BOX = w("txbxContent")
_UNSEEN = frozenset(
    (
        *map(w, ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData")),
        *map(w, ("del", "moveFrom", "delText", "delInstrText", "softHyphen", "rt")),
    )
)
_SPACES = str.maketrans("\t\r\n", "   ")


@dataclass(slots=True)
class Draft:
    """A paragraph or table row as it is read, before its kind is known."""

    style: Style
    story: Story
    pieces: list[str] = field(default_factory=list)
    origins: list[Element] = field(default_factory=list)
    """The element that each piece was read from."""
    text: str = ""
    labels: list[str] = field(default_factory=list)
    outline: int | None = None
    level: int | None = None
    """Depth in a list from 1; None outside lists and where the list shows no label."""
    is_row: bool = False
    page: int | None = None
    paragraph: int = 0
    images: int = 0
    codes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    chars: int = 0
    bold: int = 0
    underlined: int = 0
    caps: int = 0
    """Of the visible characters: how many there are, and how many look so."""
    size: int = 0
    """Of the smallest visible characters, in half-points."""


@dataclass(slots=True)
class Walk:
    """Where the walk through a document stands, and what it has gathered."""

    styles: Styles
    nums: Mapping[str, Num]
    notes: dict[tuple[str, str], Element]
    """Notes not yet placed, by kind and id."""
    balanced: bool
    """Whether every field that begins also ends; if not, a field ends with its paragraph."""
    keeps_spaces: bool
    """xml:space of the root."""
    counters: Counters = field(default_factory=Counters)
    drafts: list[Draft] = field(default_factory=list)
    story: Story = Story.MAIN
    paragraphs: int = 0
    page: int = 1
    at_break: bool = False
    """Right after a page break that Word marks once more when it has laid the page out."""
    fields: list[bool] = field(default_factory=list)
    """The open fields, outermost first: whether we are in the code of each."""
    in_code: int = 0
    hidden: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    """Relation ids of files that Word would put in here."""
    looks: dict[str, Look] = field(default_factory=dict)


def read_paragraph(element: Element, walk: Walk, joined: Draft | None) -> tuple[Draft, bool]:
    """A paragraph, and whether the next one joins it because its mark has been deleted.

    The later mark wins: it gives style and numbering to both (§17.13.5.15).
    """
    ppr = element.find(_P_PR)
    style = paragraph_style(walk.styles, val(ppr, "pStyle"))
    look = walk.looks.get(style.id)
    if look is None:
        look = walk.looks[style.id] = style_look(style, walk.styles.look)
    draft = joined or Draft(style, walk.story)
    draft.style = style
    outline = number(val(ppr, "outlineLvl"))
    draft.outline = style.outline if outline is None else outline
    if not walk.balanced:
        walk.fields, walk.in_code = [], 0
    _read_inline(element, walk, draft, look)
    walk.hidden.append(" ")
    draft.text = "".join(draft.pieces).strip()
    mark = None if ppr is None else ppr.find(_R_PR)
    if mark is not None and any(mark.find(w(name)) is not None for name in ("del", "moveFrom")):
        return draft, True
    hidden = toggle(mark, "vanish")
    if draft.text or draft.images or not (look.hidden if hidden is None else hidden):
        _number(draft, None if ppr is None else ppr.find(w("numPr")), walk)
    return draft, False


def _number(draft: Draft, num_pr: Element | None, walk: Walk) -> None:
    place = list_place(num_pr, draft.style, walk.nums)
    if place is None:
        return
    label = next_label(walk.counters, walk.nums, *place)
    if label:
        draft.labels.append(label)
        draft.level = place[1] + 1
        draft.page = draft.page or walk.page


def _read_inline(parent: Element, walk: Walk, draft: Draft, look: Look) -> None:
    for child in content(parent):
        tag = child.tag
        if tag == _R:
            rpr = child.find(_R_PR)
            own = look if rpr is None else run_look(rpr, look, walk.styles)
            _read_inline(child, walk, draft, own)
        elif tag == _T:
            text = plain_text(child).translate(_SPACES)
            space = child.get(XML_SPACE)
            keeps = walk.keeps_spaces if space is None else space == "preserve"
            _say(text if keeps else text.strip(" "), child, walk, draft, look)
        elif tag in _UNSEEN:
            continue
        elif tag in _SIGNS:
            _say(_SIGNS[tag], child, walk, draft, look)
        elif tag == _M_T:
            _say(plain_text(child).translate(_SPACES), child, walk, draft, look)
        elif tag == _RENDERED:
            walk.page += 0 if walk.at_break else 1
            walk.at_break = False
        elif tag == _BREAK:
            if child.get(w("type")) == "page":
                walk.page += 1
                walk.at_break = True
            _say("\n", child, walk, draft, look)
        elif tag == _FIELD_MARK:
            _turn_field(child.get(w("fldCharType")), walk)
        elif tag == _FIELD_CODE:
            draft.codes.append(plain_text(child))
        elif tag == _FIELD:
            draft.codes.append(child.get(w("instr"), ""))
            _read_inline(child, walk, draft, look)
        elif tag == _SYMBOL:
            _say(_symbol(child.get(w("char"), "")), child, walk, draft, look)
        elif tag in _NOTES:
            draft.notes.append((_NOTES[tag], child.get(w("id"), "")))
        elif tag in _GRAPHICS:
            if not walk.in_code and not look.hidden:
                _read_graphic(child, draft)
                draft.page = draft.page or walk.page
                walk.at_break = False
        else:
            _read_inline(child, walk, draft, look)


def _say(text: str, origin: Element, walk: Walk, draft: Draft, look: Look) -> None:
    if walk.in_code:
        return
    if look.hidden:
        walk.hidden.append(text)
        return
    draft.pieces.append(text)
    draft.origins.append(origin)
    visible = len(text.strip())
    if visible:
        draft.page = draft.page or walk.page
        walk.at_break = False
        draft.chars += visible
        draft.bold += visible * look.bold
        draft.underlined += visible * look.underlined
        draft.caps += visible * look.caps
        draft.size = min(draft.size or look.size, look.size)


def _turn_field(mark: str | None, walk: Walk) -> None:
    """A complex field shows its result, between "separate" and "end" (§17.16.18)."""
    if mark == "begin":
        walk.fields.append(True)
        walk.in_code += 1
    elif walk.fields and mark in ("separate", "end"):
        walk.in_code -= walk.fields[-1]
        walk.fields[-1] = False
        if mark == "end":
            walk.fields.pop()


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
        sign = PRIVATE_SIGNS.get(point) or chr(point)
    except (ValueError, OverflowError):
        return ""
    return "" if "\ud800" <= sign <= "\udfff" or sign < " " else sign


def _read_graphic(parent: Element, draft: Draft) -> None:
    for child in content(parent):
        if child.tag == _BOX:
            draft.boxes.append(child)
        elif child.tag in _PICTURES:
            draft.images += 1
        else:
            _read_graphic(child, draft)


def fields_balance(root: Element) -> bool:
    """Whether no field ends before it begins, and none stays open."""
    depth = 0
    for mark in root.iter(_FIELD_MARK):
        kind = mark.get(w("fldCharType"))
        depth += (kind == "begin") - (kind == "end")
        if depth < 0:
            return False
    return depth == 0
