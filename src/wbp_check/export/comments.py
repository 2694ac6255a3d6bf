"""A Word report back with comments: what each sentence may be evidence of, and what to ask.

Nothing is parsed and written again. python-docx can write comments, but it refuses about one wild
file in fourteen (templates, macro files, ISO-strict files) and writes each part anew; here the
bytes of the document stay, and those of the comments are put between them.
"""

from collections.abc import Sequence
from hashlib import sha256

from wbp_check.errors import DamagedReport, UnreadableReport
from wbp_check.export.docx_marks import (
    Document,
    Stretch,
    put_marks,
    stretch_of_block,
    stretch_of_first_paragraph,
    stretch_of_signs,
)
from wbp_check.export.docx_package import first_free_number, package_with_comments, part_bytes
from wbp_check.export.remarks import Subject, check_to_remarks
from wbp_check.export.xml_bytes import NotPlain, xml_to_nodes
from wbp_check.passages import CELL_BREAK
from wbp_check.read.docx_places import Piece, docx_places
from wbp_check.read.package import open_package
from wbp_check.standard import Standard
from wbp_check.types import Check, Passage


def docx_with_comments(data: bytes, check: Check, standard: Standard) -> bytes:
    """The Word file of a checked report with its remarks as comments.

    Text, look and all other parts are unchanged; comments that are there already stay. A passage
    that cannot be parted from its neighbours gets its comment on the whole paragraph.
    Raises UnreadableReport for a file that is not the one checked, DamagedReport for one to which
    nothing can be added.
    """
    if sha256(data).hexdigest() != check.report.sha256:
        raise UnreadableReport(f"{check.report.name} is not the file that was checked.")
    package = open_package(data, check.report.name)
    main, blocks = docx_places(package)
    try:
        source = part_bytes(package, main)
        document = Document(source, xml_to_nodes(source))
        stretches = passage_stretches(document, blocks, check.passages)
        first = first_free_number(package, main)
        placed = [r for r in check_to_remarks(check, standard) if r.passage in stretches]
        remarks = list(enumerate(placed, first))
        at_end = [remark.subject in (Subject.QUESTION, Subject.LIMIT) for _, remark in remarks]
        marks = [
            (number, stretches[remark.passage][last])
            for (number, remark), last in zip(remarks, at_end, strict=True)
        ]
        return package_with_comments(
            package,
            main,
            put_marks(document, marks),
            [(number, remark.lines) for number, remark in remarks],
            document.nodes[0].namespace,
        )
    except NotPlain as error:
        raise DamagedReport(
            f"Nothing can be added to {check.report.name} as it is. Open it in Word, save it under "
            "a new name and use that file."
        ) from error


def passage_stretches(
    document: Document, blocks: Sequence[Sequence[Piece]], passages: Sequence[Passage]
) -> dict[str, tuple[Stretch, Stretch]]:
    """For each passage the stretch of all of it, and that of its last word.

    Both are the paragraph where the passage cannot be parted from it; a passage in a text box or a
    note, where Word takes no comment of ours, has the paragraph before it.
    """
    found: dict[str, tuple[Stretch, Stretch]] = {}
    read_to: dict[int, int] = {}
    for passage in passages:
        pieces = blocks[passage.block]
        signs = "".join(piece.signs for piece in pieces)
        start, end = _find(passage.text, signs, read_to.get(passage.block, 0))
        exact: tuple[Stretch | None, Stretch | None] = (None, None)
        if start < end:
            read_to[passage.block] = end
            word = end - len(passage.text.split()[-1])
            exact = (
                stretch_of_signs(document, pieces, start, end - 1),
                stretch_of_signs(document, pieces, word, end - 1),
            )
        if exact[0] and exact[1]:
            found[passage.id] = (exact[0], exact[1])
        elif paragraph := _paragraph_near(document, blocks, passage.block):
            found[passage.id] = (paragraph, paragraph)
    return found


def _paragraph_near(
    document: Document, blocks: Sequence[Sequence[Piece]], block: int
) -> Stretch | None:
    near = (*reversed(blocks[: block + 1]), *blocks[block + 1 :])
    own = (stretch_of_block(document, pieces) for pieces in near)
    return next(filter(None, own), None) or stretch_of_first_paragraph(document)


def _find(text: str, signs: str, start: int) -> tuple[int, int]:
    """Where a passage's signs stand among those of its block; the same number twice if nowhere.

    Passages keep the order of their block; the bars between cells are the passage's own.
    """
    for own in ("".join(text.split()), "".join(text.replace(CELL_BREAK, " ").split())):
        place = signs.find(own, start)
        if place >= 0:
            return place, place + len(own)
    return start, start
