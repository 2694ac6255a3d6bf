"""What is drawn on a PDF page, as values. Imports the standard library only.

Coordinates are points from the top left of the page *as it is read*.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How type looks. `colour` is its fill as 0xRRGGBB."""

    size: float
    bold: bool
    font: str
    colour: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its extent along the line, and the line's base, downwards from the top."""

    text: str
    x0: float
    x1: float
    base: float
    look: Look
    space: int
    """What stands before it: 0 nothing, 1 a space in the file, 2 a gap the library saw."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, level or upright. `shade` marks the edge of a filled box."""

    x0: float
    top: float
    x1: float
    bottom: float
    shade: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture stands."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageInk:
    """All that is drawn on a page and matters to a reader."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    aside: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Picture, ...]
    unmapped: int
    """Characters that the file draws but gives no letter for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible box of a page and the quarter turn that sets its text upright."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as a point of the page as read, y downwards."""
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        if self.turn == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def place_box(
        self, box: tuple[float, float, float, float]
    ) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the file as left, top, right, bottom as read."""
        x0, y0 = self.place(box[0], box[1])
        x1, y1 = self.place(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
