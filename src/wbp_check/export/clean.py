"""Text that any XML or spreadsheet may hold."""

import re

# XML 1.0 §2.2: neither control characters nor lone surrogates nor the two non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text, with a space for each character that XML forbids."""
    return _FORBIDDEN.sub(" ", text)
