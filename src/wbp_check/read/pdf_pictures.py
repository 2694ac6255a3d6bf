"""Which pictures of the pages are part of the report. Pure.

Not small ones, nor one that stands at the same place on page after page, nor a page's background;
a picture that its program cut into strips counts once.
"""

from collections import Counter
from collections.abc import Sequence

from wbp_check.read.pdf_ink import PageInk, Picture
from wbp_check.read.pdf_lines import Word

LEAST_PICTURE = 24.0
"""Points: pictures with a shorter side are decoration."""
SAME_PICTURE = 4.0
"""Points within which a picture on another page is the same one: a logo."""
LOGO_PAGES = 3
"""Pages on which a logo stands."""
TOUCHING = 1.5
"""Points between the strips that some programs cut a picture into."""
BACKDROP = 0.8
"""Of the page's area: a picture this great behind text is a background."""
BACKDROP_WORDS = 30
MAX_PICTURES = 500


def real_pictures(pages: Sequence[PageInk], words: Sequence[Sequence[Word]]) -> list[list[Picture]]:
    """Pictures without decorations, logos and backgrounds; a picture in strips counts once."""
    whole = [_without_strips(page.pictures) for page in pages]
    places: Counter[tuple[int, ...]] = Counter()
    for shown in whole:
        places.update({_place(picture) for picture in shown})
    kept = []
    for page, shown, typed in zip(pages, whole, words, strict=True):
        area = page.width * page.height
        kept.append(
            [
                p
                for p in shown
                if min(p.x1 - p.x0, p.bottom - p.top) >= LEAST_PICTURE
                and places[_place(p)] < LOGO_PAGES
                and not (
                    len(typed) >= BACKDROP_WORDS
                    and (p.x1 - p.x0) * (p.bottom - p.top) >= BACKDROP * area
                )
            ]
        )
    return kept


def _place(picture: Picture) -> tuple[int, ...]:
    sides = (picture.x0, picture.top, picture.x1, picture.bottom)
    return tuple(round(side / SAME_PICTURE) for side in sides)


def _without_strips(pictures: Sequence[Picture]) -> list[Picture]:
    merged: list[Picture] = []
    for picture in sorted(pictures, key=lambda p: (p.top, p.x0))[:MAX_PICTURES]:
        for i, other in enumerate(merged):
            level = abs(picture.top - other.top) + abs(picture.bottom - other.bottom)
            upright = abs(picture.x0 - other.x0) + abs(picture.x1 - other.x1)
            below = abs(picture.top - other.bottom) <= TOUCHING and upright <= 2 * TOUCHING
            beside = abs(picture.x0 - other.x1) <= TOUCHING and level <= 2 * TOUCHING
            same = level + upright <= 2 * TOUCHING
            if below or beside or same:
                merged[i] = Picture(
                    min(picture.x0, other.x0), min(picture.top, other.top),
                    max(picture.x1, other.x1), max(picture.bottom, other.bottom),
                )  # fmt: skip
                break
        else:
            merged.append(picture)
    return merged
