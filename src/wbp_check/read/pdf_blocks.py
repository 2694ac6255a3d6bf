"""A flow of paragraphs, tables and pictures to blocks. Pure.

What a paragraph is, in this order: a contents line; a caption; a heading, which is short, ends as
no sentence does and differs from body text by size, weight, colour or number; a list item, which
begins with a mark; else a paragraph. A heading's level is the rank of its look in the report.
"""

from wbp_check.read.pdf_headings import MAX_LEVEL, headings_of, is_caption
from wbp_check.read.pdf_layout import Flow
from wbp_check.read.pdf_marks import TAB_GAP
from wbp_check.read.pdf_paragraphs import Paragraph
from wbp_check.read.pdf_rows import table_rows
from wbp_check.read.pdf_tables import Table
from wbp_check.read.pdf_text import contents_text, lines_to_lexicon, lines_to_text
from wbp_check.types import Block, BlockKind, Story


def flow_to_blocks(flow: Flow) -> tuple[Block, ...]:
    """The blocks of a whole report, numbered from 1."""
    lexicon = lines_to_lexicon(flow.lines)
    levels = headings_of(flow, lexicon)
    rows = table_rows(flow, lexicon)
    blocks: list[Block] = []
    depth: list[float] = []
    for i, piece in enumerate(flow.pieces):
        if isinstance(piece, Table):
            depth = []
            for row in rows.get(i, ()):
                blocks.append(
                    Block(
                        kind=BlockKind.TABLE_ROW,
                        text="\t".join(row.cells),
                        labels=row.labels,
                        page=row.page,
                        paragraph=len(blocks) + 1,
                        images=row.images,
                    )
                )
            continue
        if not isinstance(piece, Paragraph):
            blocks.append(
                Block(
                    kind=BlockKind.PARAGRAPH,
                    text="",
                    page=piece.page,
                    paragraph=len(blocks) + 1,
                    images=1,
                )
            )
            continue
        text = lines_to_text(piece.lines, lexicon, flow.marks.get(piece.page, frozenset()))
        if not text:
            continue
        depth = _nest(depth, piece) if piece.mark else []
        blocks.append(_block(piece, text, levels.get(i), len(depth), len(blocks) + 1))
    return tuple(blocks)


def _block(
    piece: Paragraph, text: str, heading: tuple[int, str] | None, depth: int, number: int
) -> Block:
    kind, style, level = BlockKind.PARAGRAPH, "", None
    labels: tuple[str, ...] = (piece.mark,) if piece.mark else ()
    if piece.contents:
        style = "toc 1"
        typed = f"{piece.mark} " if piece.mark else ""
        text, labels = typed + contents_text(text), ()
    elif heading:
        kind, (level, style) = BlockKind.HEADING, heading
        if piece.mark and piece.mark_gap < TAB_GAP * piece.lines[0].look.size:
            # A space and no tab after the number: the writer typed it.
            text, labels = f"{piece.mark} {text}", ()
    elif piece.mark:
        kind, level = BlockKind.LIST_ITEM, max(1, min(depth, MAX_LEVEL))
    elif is_caption(piece, text):
        kind = BlockKind.CAPTION
    return Block(
        kind=kind,
        text=text,
        labels=labels,
        level=level,
        style=style,
        page=piece.page,
        paragraph=number,
        story=Story.NOTE if piece.note else Story.MAIN,
    )


def _nest(depth: list[float], piece: Paragraph) -> list[float]:
    """The left edges of the marks that the item stands under, its own last."""
    slack = piece.lines[0].look.size / 2
    outer = [x for x in depth if x < piece.mark_x - slack]
    return [*outer, piece.mark_x]
