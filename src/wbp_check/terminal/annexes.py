"""The inventory of annexes as coloured text."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from wbp_check.annexes import Annex
from wbp_check.present import spot_of


def print_annexes(annexes: Sequence[Annex], console: Console) -> None:
    """Each annex with its kind, its words, and where the body refers to it; nothing if none is."""
    if not annexes:
        return
    console.print()
    console.print(Text("Annexes", style="bold underline"))
    for annex in annexes:
        title = annex.title if annex.title == annex.label else f"{annex.label} {annex.title}"
        console.print(Text(f"  {title.strip()}"))
        pictures = f", {annex.images} pictures" if annex.images > 1 else ", 1 picture"
        console.print(
            Text(
                f"      {annex.kind}, {annex.words:,} words{pictures if annex.images else ''}, "
                f"{spot_of(annex.start.page, annex.start.paragraph)}; ",
                style="dim",
            )
            + _mentions(annex)
        )
        if annex.pictures_only:
            console.print(Text("      Pictures only: what they show is not read.", style="yellow"))


def _mentions(annex: Annex) -> Text:
    if not annex.referred_at:
        return Text("the body does not refer to it", style="yellow")
    places = ", ".join(spot_of(spot.page, spot.paragraph) for spot in annex.referred_at)
    return Text(f"the body refers to it: {places}", style="dim")
