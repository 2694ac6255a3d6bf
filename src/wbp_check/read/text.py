"""Plain text to blocks. Markdown's marks for headings, lists and tables are understood."""

import hashlib
import re

from wbp_check.errors import NoTextLayer, UnsupportedFormat
from wbp_check.types import Block, BlockKind, Format, Report

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_LIST_ITEM = re.compile(r"^\s*((?:[-*\u2022\u00b7]|\d{1,2}[.)]|[a-z][.)])\s+.*)$")
_TABLE_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:-]+$")
_CAPTION = re.compile(r"^(?:figure|fig\.|table|chart|graph|image|picture)\s+\d+\b", re.I)
_SENTENCE_END = re.compile(r"[.!?:;,][\"\u201d\u2019')]*$")
_LONGEST_HEADING = 12  # words
_CONTROL_SHARE = 0.02  # of the characters: more is not text


def read_text(data: bytes, name: str) -> Report:
    """Read a plain-text report: a blank line ends a paragraph.

    A short line that stands alone, without closing punctuation, is a heading. UTF-8, UTF-16 with
    its mark, or Windows-1252. Raises UnsupportedFormat for bytes that are no text, NoTextLayer
    for a file without words.
    """
    text = _decode(data)
    control = sum(character < " " and character not in "\t\n\r\f" for character in text)
    if control > _CONTROL_SHARE * len(text):
        raise UnsupportedFormat(
            f"{name} is not a Word, PDF or text file. "
            "Save the report as Word (.docx) or PDF and try again."
        )
    blocks = text_to_blocks(text)
    if not blocks:
        raise NoTextLayer(f"{name} holds no words. Save the report again and choose that file.")
    return Report(
        name=name,
        format=Format.TXT,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=None,
        blocks=blocks,
    )


def text_to_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, numbered from 1."""
    blocks: list[Block] = []
    lines: list[str] = []

    def add(kind: BlockKind, content: str, level: int | None = None) -> None:
        blocks.append(Block(kind=kind, text=content, level=level, paragraph=len(blocks) + 1))

    def flush() -> None:
        if lines:
            content = " ".join(lines)
            add(BlockKind.CAPTION if _is_caption(content) else BlockKind.PARAGRAPH, content)
            lines.clear()

    rows = [line.strip() for line in re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text)]
    for index, line in enumerate(rows):
        if not line:
            flush()
        elif match := _HEADING.match(line):
            flush()
            add(BlockKind.HEADING, match[2].strip(), len(match[1]))
        elif match := _TABLE_ROW.match(line):
            flush()
            if not _TABLE_RULE.match(line):
                add(BlockKind.TABLE_ROW, "\t".join(cell.strip() for cell in match[1].split("|")))
        elif match := _LIST_ITEM.match(line):
            flush()
            add(BlockKind.LIST_ITEM, match[1], 1)
        elif not lines and _stands_alone(rows, index) and _looks_like_heading(line):
            add(BlockKind.HEADING, line, 1)
        else:
            lines.append(line)
    flush()
    return tuple(blocks)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _stands_alone(rows: list[str], index: int) -> bool:
    before = rows[index - 1] if index else ""
    after = rows[index + 1] if index + 1 < len(rows) else ""
    return not before and not after


def _looks_like_heading(line: str) -> bool:
    return (
        len(line.split()) <= _LONGEST_HEADING
        and any(character.isalpha() for character in line)
        and not _SENTENCE_END.search(line)
        and not _is_caption(line)
    )


def _is_caption(line: str) -> bool:
    return bool(_CAPTION.match(line)) and len(line.split()) <= 2 * _LONGEST_HEADING
