"""Stand-ins for personal data: "Person 1", "Phone 1", the same for the same value. Pure.

Names that can be one person's share a stand-in: "Mrs Patel", "Patel", "Priya Patel", "Priya" and
"PP". Where a surname or a first name can be several people's, it goes to the first of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from wbp_check.privacy.items import Kind, PersonalText
from wbp_check.privacy.names import TITLES

_LABELS = {
    Kind.NAME: "Person",
    Kind.INITIALS: "Person",
    Kind.PHONE: "Phone",
    Kind.EMAIL: "Email",
    Kind.POSTCODE: "Postcode",
    Kind.ADDRESS: "Address",
    Kind.REFERENCE: "Reference",
    Kind.NHS: "NHS number",
    Kind.NINO: "NI number",
    Kind.CARD: "Card",
    Kind.BANK: "Bank detail",
    Kind.BIRTH: "Date of birth",
}
_PART = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def stand_ins(texts: Sequence[PersonalText]) -> dict[str, str]:
    """What to write for each text of personal data, and for names in capitals, as on a cover."""
    people = _people([text.text for text in texts if text.kind is Kind.NAME])
    numbers: dict[str, int] = {}
    chosen: dict[str, str] = {}
    for text in texts:
        label = _LABELS[text.kind]
        value = _value(text, people)
        number = numbers.setdefault(f"{label} {value}", 1 + _used(numbers, label))
        chosen[text.text] = f"{label} {number}"
        if text.kind is Kind.NAME and len(text.text) > 2:  # "AL" would be anybody's initials
            chosen.setdefault(text.text.upper(), chosen[text.text])
    return chosen


def replace_personal_data(text: str, chosen: Mapping[str, str]) -> str:
    """The text with stand-ins, longer texts first, none inside a longer word or number."""
    return pattern_of(chosen).sub(lambda match: chosen[" ".join(match[0].split())], text)


def pattern_of(texts: Iterable[str]) -> re.Pattern[str]:
    """What finds any of the texts, however their words are spaced."""
    ordered = sorted(texts, key=len, reverse=True)
    choices = "|".join(r"\s+".join(map(re.escape, text.split())) for text in ordered)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)" if choices else r"(?!)")


def _used(numbers: Mapping[str, int], label: str) -> int:
    return sum(key.startswith(f"{label} ") for key in numbers)


def _value(text: PersonalText, people: Mapping[str, str]) -> str:
    if text.kind is Kind.NAME:
        return people[text.text]
    signs = re.sub(r"\W", "", text.text).lower()
    if text.kind is Kind.INITIALS:
        return next((p for p in people.values() if _initials(p) == signs), signs)
    return signs


def _initials(name: str) -> str:
    parts = _PART.findall(name)
    return (parts[0][0] + parts[-1][0]).lower() if len(parts) > 1 else ""


def _people(names: Sequence[str]) -> dict[str, str]:
    """From each name as written to the fullest name of the same person."""
    bare = {name: " ".join(_PART.findall(re.sub(TITLES, " ", name))) for name in names}
    titled = {bare[name] for name in names if bare[name] != " ".join(_PART.findall(name))}
    fullest: list[str] = []
    for name in sorted(dict.fromkeys(bare.values()), key=lambda n: (-len(n.split()), -len(n))):
        if not any(_same(name, full, surname=name in titled) for full in fullest):
            fullest.append(name)
    return {
        name: next(
            full for full in fullest if full == own or _same(own, full, surname=own in titled)
        )
        for name, own in bare.items()
    }


def _same(name: str, full: str, *, surname: bool) -> bool:
    """Whether a name can be a shorter form of a fuller one; a word with a title is a surname."""
    short, long = name.split(), full.split()
    if len(short) == 1:
        return short[0] == long[-1] or (not surname and short[0] == long[0])
    if short[-1] == long[-1]:
        return short[0][0] == long[0][0] and 1 in (len(short[0]), len(long[0]))
    return short[0] == long[0] and len(short[-1]) == 1 and long[-1].startswith(short[-1])
