"""Empty claims: passages that copy the criteria or list terms, and so show nothing.

The wording of the kit and of the standard is known by hashes of its runs of five words only
(`kit_wording.txt`): enough to recognise a copy, not enough to read one. Pure.
"""

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files

RUN = 5
"""Words in a run that is compared."""
COPIED_SHARE = 0.5
"""Share of a passage's words that must lie in copied runs for it to be a copy."""
_LEAST_TERMS = 3
_LONGEST_TERM = 4  # words
_MEAN_TERM = 2.5  # words; clauses are longer
_WORD = re.compile(r"[a-z0-9]+(?:['\u2019][a-z]+)?")
_PARTING = re.compile(r"[,;/|\u2022\t]| - |\band\b|\u2013|\u2014|:")
_VERB = re.compile(
    r"\b(?:i|we|he|she|they|you|it|is|are|was|were|be|been|am|has|have|had|do|does|did|can|could|"
    r"will|would|should|must|may|might|because|so|which|who|that|when|if|after|before|"
    r"\w{3,}ed|rang|told|said|went|came|gave|got|took|made|found|sent|left|kept|cost|costs|"
    r"means|meant|lost|paid|put|let|saw|wrote|spoke|felt)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Echoes:
    """What copies are recognised by: hashes of runs of five words."""

    runs: frozenset[str]


def load_echoes() -> Echoes:
    """The bundled hashes."""
    text = files("wbp_check").joinpath("kit_wording.txt").read_text(encoding="ascii")
    return Echoes(frozenset(line for line in text.split() if line))


def is_empty_claim(text: str, echoes: Echoes) -> bool:
    """Whether the passage is a copy of the criteria, a bare list of terms, or has no word at all."""
    if not any(character.isalnum() for character in text):
        return True
    return copied_share(text, echoes) >= COPIED_SHARE or is_term_list(text)


def copied_share(text: str, echoes: Echoes) -> float:
    """Share of the passage's words that stand in a run of five copied words. 0 to 1."""
    words = _WORD.findall(text.lower())
    copied = [False] * len(words)
    for at in range(len(words) - RUN + 1):
        if run_hash(words[at : at + RUN]) in echoes.runs:
            copied[at : at + RUN] = [True] * RUN
    return sum(copied) / len(words) if words else 0.0


def text_runs(text: str) -> set[str]:
    """Hashes of all runs of five words in a text."""
    words = _WORD.findall(text.lower())
    return {run_hash(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def run_hash(words: list[str]) -> str:
    """Eight bytes of BLAKE2b over the words, in hexadecimal."""
    return hashlib.blake2b(" ".join(words).encode(), digest_size=8).hexdigest()


def is_term_list(text: str) -> bool:
    """Whether the text is nothing but short terms, without a person, a verb or a figure.

    A table row of figures or a heading-like fragment of two terms is not one.
    """
    if any(character.isdigit() for character in text) or _VERB.search(text):
        return False
    terms = [term.strip(" .!?\u2026") for term in _PARTING.split(text)]
    terms = [term for term in terms if term]
    lengths = [len(term.split()) for term in terms]
    return (
        len(terms) >= _LEAST_TERMS
        and max(lengths) <= _LONGEST_TERM
        and sum(lengths) / len(lengths) <= _MEAN_TERM
    )
