"""Where the text of each block stands in the XML of a Word file, so that notes can be put to it.

The reader's own walk is walked again: what it gave out as text and where that text came from are
then the same by construction.
"""

from dataclasses import dataclass

from wbp_check.errors import DamagedReport
from wbp_check.read.docx import walk_document
from wbp_check.read.inline import Draft
from wbp_check.read.package import Package, main_part, relations
from wbp_check.read.wml import Element
from wbp_check.types import Story


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that one element of the main part gave to a block.

    `element` is the element's number in document order, the root being 0. `signs` are the
    characters without white space, which the reader may change.
    """

    element: int
    signs: str


def docx_places(package: Package) -> tuple[str, tuple[tuple[Piece, ...], ...]]:
    """The path of the main part, and the pieces of each block in the order of `Report.blocks`.

    A block outside the main story has none. Raises DamagedReport where the main part is broken XML,
    which the reader mends for itself but which cannot be added to.
    """
    path, root = main_part(package)
    if path in package.mended:
        raise DamagedReport(
            f"{package.name} is damaged, so nothing can be added to it. Open it in Word, save it "
            "under a new name and use that file."
        )
    drafts = walk_document(package, relations(package, path), root).drafts
    wanted = {origin for draft in drafts for origin in draft.origins}
    numbers = {
        element: number for number, element in enumerate(root.iter("*")) if element in wanted
    }
    return path, tuple(_pieces(draft, numbers) for draft in drafts)


def _pieces(draft: Draft, numbers: dict[Element, int]) -> tuple[Piece, ...]:
    if draft.story is not Story.MAIN:
        return ()
    return tuple(
        Piece(numbers[origin], "".join(text.split()))
        for text, origin in zip(draft.pieces, draft.origins, strict=True)
        if text.strip() and origin in numbers
    )
