"""A story's XML to drafts, in the order in which Word reads it: paragraphs, tables, boxes, notes.

ECMA-376-1 §17.2 (body), §17.4 (tables), §17.11 (notes). Text boxes and notes follow the paragraph
or row that they hang on, each in its own story.
"""

from collections.abc import Iterator

from wbp_check.read.inline import Draft, Walk, read_paragraph
from wbp_check.read.wml import Element, M, R, content, val, w
from wbp_check.types import Story

_PARAGRAPHS = frozenset((w("p"), f"{{{M}}}oMathPara", f"{{{M}}}oMath"))
_TABLE, _ROW, _CELL, _TEXT = w("tbl"), w("tr"), w("tc"), w("t")
_EMBEDDED = frozenset((w("altChunk"), w("subDoc")))


def read_story(container: Element, walk: Walk) -> None:
    """Adds the drafts of a body, frame, text box or note to the walk."""
    for unit in _units(container, walk):
        if isinstance(unit, Draft):
            _put(unit, walk)
        else:
            _read_table(unit, walk)


def _units(container: Element, walk: Walk) -> Iterator[Draft | Element]:
    """Paragraphs, read, and tables, not yet read; paragraphs whose mark is deleted are joined."""
    joined: Draft | None = None
    for child in content(container):
        if child.tag in _PARAGRAPHS:
            draft, joins = read_paragraph(child, walk, joined)
            joined = draft if joins else None
            if not joins:
                yield draft
        elif child.tag == _TABLE:
            if joined is not None:
                yield joined
                joined = None
            yield child
        elif child.tag in _EMBEDDED:
            walk.embedded.append(child.get(f"{{{R}}}id", ""))
    if joined is not None:
        yield joined


def _put(draft: Draft, walk: Walk) -> None:
    """Adds a draft that shows anything, then the text boxes and notes that hang on it."""
    shows = bool(draft.text or draft.labels or draft.images)
    if walk.story is Story.MAIN and (shows or draft.boxes or draft.notes):
        walk.paragraphs += 1
    draft.paragraph = walk.paragraphs
    draft.page = draft.page or walk.page
    if shows:
        walk.drafts.append(draft)
    for box in draft.boxes:
        _read_aside(box, Story.TEXT_BOX, walk)
    for key in draft.notes:
        note = walk.notes.pop(key, None)
        if note is not None:
            _read_aside(note, Story.NOTE, walk)


def _read_aside(container: Element, story: Story, walk: Walk) -> None:
    """Reads another story from inside this one; fields and pages go on here as they were."""
    kept = walk.story, walk.fields, walk.in_code, walk.page, walk.at_break
    walk.story = walk.story if walk.story is Story.NOTE else story
    walk.fields, walk.in_code = [], 0
    read_story(container, walk)
    walk.story, walk.fields, walk.in_code, walk.page, walk.at_break = kept


def _read_table(table: Element, walk: Walk) -> None:
    """The rows of a table. A single cell that holds several paragraphs is a frame around them."""
    for row in content(table):
        properties = row.find(w("trPr"))
        deleted = properties is not None and properties.find(w("del")) is not None
        if row.tag != _ROW or deleted:
            continue
        cells = [cell for cell in content(row) if cell.tag == _CELL and not _is_deleted(cell)]
        if len(cells) == 1 and _is_frame(cells[0]):
            read_story(cells[0], walk)
        else:
            _read_row(cells, walk)


def _is_deleted(cell: Element) -> bool:
    properties = cell.find(w("tcPr"))
    return properties is not None and properties.find(w("cellDel")) is not None


def _is_frame(cell: Element) -> bool:
    filled = 0
    for child in content(cell):
        filled += child.tag == _TABLE or next(child.iter(_TEXT), None) is not None
        if filled > 1:
            return True
    return False


def _continues_merge(cell: Element) -> bool:
    """A cell merged into the one above or before has no text of its own (§17.4.84, §17.4.22)."""
    properties = cell.find(w("tcPr"))
    merges = (val(properties, name) for name in ("vMerge", "hMerge"))
    return any(merge in ("", "continue") for merge in merges)


def _read_row(cells: list[Element], walk: Walk) -> None:
    """One draft for a row; tables inside its cells follow as rows of their own.

    A row's cells stand side by side: each begins on the page where the row begins.
    """
    row = Draft(walk.styles.default, walk.story, is_row=True)
    start, last = walk.page, walk.page
    texts: list[str] = []
    nested: list[Element] = []
    for cell in cells:
        lines: list[str] = []
        walk.page = start
        for unit in () if _continues_merge(cell) else _units(cell, walk):
            if isinstance(unit, Draft):
                _merge(row, unit)
                lines += [unit.text.replace("\t", " ")] if unit.text else []
            else:
                nested.append(unit)
        texts.append("\n".join(lines))
        last = max(last, walk.page)
    walk.page = last
    row.text = "\t".join(texts) if any(texts) else ""
    _put(row, walk)
    for table in nested:
        _read_table(table, walk)


def _merge(row: Draft, paragraph: Draft) -> None:
    if not row.chars:
        row.style = paragraph.style
    row.pieces += paragraph.pieces
    row.origins += paragraph.origins
    row.labels += paragraph.labels
    row.boxes += paragraph.boxes
    row.notes += paragraph.notes
    row.images += paragraph.images
    row.page = row.page or paragraph.page
    row.chars += paragraph.chars
    row.bold += paragraph.bold
    row.underlined += paragraph.underlined
    row.caps += paragraph.caps
    row.size = min(row.size or paragraph.size, paragraph.size or row.size)
