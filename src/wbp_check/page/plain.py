"""Words of a report or a file, where Streamlit would read them as Markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~:])")


def plain(text: str) -> str:
    """Markdown that shows the text as it stands: no link, no formula, no picture from elsewhere."""
    return _MARKS.sub(r"\\\1", text)
