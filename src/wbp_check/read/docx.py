"""A Word file to a Report: what Word shows in its main story, in order, with what hangs on it.

An XML walk, as python-docx refuses 7 % of the files that Word opens (templates, macro files,
ISO-strict files, dangling parts). Tracked changes are read as accepted; hidden text, comments,
headers and footers are left out. Macros are never run.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping

from wbp_check.errors import DamagedReport, NoTextLayer, ReportTooLarge, UnsupportedFormat
from wbp_check.read.inline import Walk, fields_balance
from wbp_check.read.kinds import drafts_to_blocks
from wbp_check.read.numbering import read_nums
from wbp_check.read.package import (
    Package,
    Relation,
    has_macros,
    main_part,
    open_package,
    related_part,
    relations,
)
from wbp_check.read.story import read_story
from wbp_check.read.styles import read_styles
from wbp_check.read.wml import XML_SPACE, Element, w
from wbp_check.types import Block, Format, Report, Story

_WORD = re.compile(r"[^\s\u2013\u2014]+")
_RENDERED = w("lastRenderedPageBreak")
_CHANGES = tuple(map(w, ("ins", "del", "moveFrom", "moveTo")))
_OTHER_ROOTS = {"workbook": "a spreadsheet", "presentation": "a presentation"}


def read_docx(data: bytes, name: str) -> Report:
    """Read a Word file (.docx, .docm, .dotx, .dotm).

    Raises EncryptedReport, DamagedReport, ReportTooLarge, NoTextLayer, or UnsupportedFormat for an
    old .doc or another program's file; nothing else.
    """
    package = open_package(data, name)
    try:
        return _read_package(package, hashlib.sha256(data).hexdigest())
    except (RecursionError, MemoryError) as error:
        raise ReportTooLarge(
            f"{name} is built too large or too deep to be read. "
            "Copy the text into a new Word document and save that."
        ) from error


def _read_package(package: Package, sha256: str) -> Report:
    path, root = main_part(package)
    _refuse_other_roots(package, root)
    related = relations(package, path)
    walk = walk_document(package, related, root)
    paged = next(root.iter(_RENDERED), None) is not None
    blocks = drafts_to_blocks(walk.drafts, paged=paged)
    embedded = [_file_name(related.get(key)) for key in walk.embedded]
    if not any(block.text for block in blocks):
        raise _no_text(package, blocks, embedded)
    return Report(
        name=package.name,
        format=Format.DOCX,
        sha256=sha256,
        pages=walk.page if paged else None,
        blocks=blocks,
        warnings=(
            *_package_warnings(package, related, embedded),
            *_text_warnings(root, walk.hidden, blocks),
        ),
    )


def walk_document(package: Package, related: Mapping[str, Relation], root: Element) -> Walk:
    """The walk through the main part to its end, with a draft for each block."""
    walk = new_walk(package, related, root)
    for body in root.iterchildren(w("body")):
        read_story(body, walk)
    return walk


def new_walk(package: Package, related: Mapping[str, Relation], root: Element) -> Walk:
    """A walk at the start of the main part, with the styles, lists and notes that it refers to."""
    styles = read_styles(related_part(package, related, "styles"))
    notes = {
        (kind, note.get(w("id"), "")): note
        for kind in ("footnote", "endnote")
        if next(root.iter(w(f"{kind}Reference")), None) is not None
        for note in _children(related_part(package, related, f"{kind}s"), kind)
    }
    return Walk(
        styles=styles,
        nums=read_nums(related_part(package, related, "numbering"), styles),
        notes=notes,
        balanced=fields_balance(root),
        keeps_spaces=root.get(XML_SPACE) == "preserve",
    )


def _children(root: Element | None, kind: str) -> tuple[Element, ...]:
    return () if root is None else tuple(root.iterchildren(w(kind)))


def _refuse_other_roots(package: Package, root: Element) -> None:
    if root.tag == w("document"):
        return
    kind = _OTHER_ROOTS.get(root.tag.rpartition("}")[2])
    if kind is not None:
        raise UnsupportedFormat(
            f"{package.name} is {kind}, not a Word document. Save the report as Word (.docx)."
        )
    raise DamagedReport(
        f"{package.name} holds no Word document. Open it in Word and save it as "
        '"Word Document (.docx)".'
    )


def _no_text(
    package: Package, blocks: tuple[Block, ...], embedded: list[str]
) -> NoTextLayer | DamagedReport:
    name = package.name
    if package.mended:
        return DamagedReport(
            f"{name} is damaged and no text could be rescued from it. Open it in Word; if Word can "
            "repair it, save it under a new name. If not, download or copy it again."
        )
    if embedded:
        return NoTextLayer(
            f"{name} holds no text of its own, only another file inside it ({embedded[0]}). "
            "Open it in Word and save it again, then choose the new file."
        )
    if any(block.images for block in blocks):
        return NoTextLayer(
            f"{name} holds pictures but no text. Text in pictures cannot be read: "
            "type it, or save the report from the program in which it was written."
        )
    return NoTextLayer(f"{name} holds no text. Check that it is the right file, and saved.")


def _package_warnings(
    package: Package, related: Mapping[str, Relation], embedded: list[str]
) -> list[str]:
    warnings = []
    if package.mended:
        parts = ", ".join(sorted(set(package.mended)))
        warnings.append(
            f"Part of the file is broken ({parts}), so text may be missing. "
            "Open it in Word, save it under a new name and check that file."
        )
    warnings += [
        f"The document embeds another file that was not read: {name}."
        for name in dict.fromkeys(embedded)
    ]
    if has_macros(package):
        warnings.append("The file holds macros. They were not run.")
    comments = len(_children(related_part(package, related, "comments"), "comment"))
    if comments:
        warnings.append(f"{_count(comments, 'comment')} left out.")
    return warnings


def _text_warnings(root: Element, hidden: list[str], blocks: tuple[Block, ...]) -> list[str]:
    warnings = []
    if next(root.iter(*_CHANGES), None) is not None:
        warnings.append(
            "The file has tracked changes. It was read as if all of them were accepted."
        )
    unseen = _words("".join(hidden))
    if unseen:
        warnings.append(f"{_count(unseen, 'word')} of hidden text left out.")
    boxed = _story_words(blocks, Story.TEXT_BOX)
    if boxed:
        warnings.append(
            f"{_count(boxed, 'word')} in text boxes. Word leaves text boxes out of its count."
        )
    noted = _story_words(blocks, Story.NOTE)
    if noted:
        warnings.append(
            f"{_count(noted, 'word')} in footnotes or endnotes. "
            "Word leaves notes out of its count unless told otherwise."
        )
    return warnings


def _file_name(relation: Relation | None) -> str:
    target = "" if relation is None else relation.target.replace("\\", "/")
    return posixpath.basename(target) or "unnamed"


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _story_words(blocks: tuple[Block, ...], story: Story) -> int:
    return sum(len(b.labels) + _words(b.text) for b in blocks if b.story is story)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
