"""Personal data as a list to take out: what, and where it stands."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from wbp_check.privacy.items import PersonalText

_MOST_PLACES = 6


def print_personal_data(texts: Sequence[PersonalText], name: str, console: Console) -> None:
    """One line a text; what stands on the cover sheet, too, comes last."""
    console.print(Text(name, style="bold"))
    if not texts:
        console.print("No personal data found. Some may be there all the same: look yourself.")
        return
    _print_group(
        "To take out before you share the report", (t for t in texts if not t.cover), console
    )
    _print_group(
        "On the cover sheet, and wherever else it stands", (t for t in texts if t.cover), console
    )
    console.print()
    console.print(
        Text(
            "About one in ten names is missed, and some listed are none. Read it yourself.",
            style="dim",
        )
    )


def _print_group(title: str, texts: Iterable[PersonalText], console: Console) -> None:
    kind = None
    for text in texts:
        if kind is None:
            console.print()
            console.print(Text(title, style="bold underline"))
        if text.kind is not kind:
            kind = text.kind
            console.print(Text(f"  {kind.value}", style="cyan"))
        places = list(dict.fromkeys(item.place for item in text.items))
        more = len(places) - _MOST_PLACES
        shown = "; ".join(places[:_MOST_PLACES]) + (f"; and {more} more" if more > 0 else "")
        console.print(Text(f"    {text.text}  ") + Text(shown, style="dim"))
