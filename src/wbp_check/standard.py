"""The standard as data: what the work-based project asks for, from `standard.toml`."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from wbp_check.errors import BadStandard
from wbp_check.types import Grade

_CLOSED = {"extra": "forbid"}  # an unknown key is a spelling mistake, not an extension


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The rules of one assessment organisation. Lengths in words, the interview in minutes."""

    __pydantic_config__ = _CLOSED
    title: str
    lower: int
    target: int
    upper: int
    under: str
    over: str
    proposal_words: tuple[int, int]
    interview_questions: int
    interview_minutes: tuple[int, int]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """Words that begin the heading of a region, in lower case."""

    __pydantic_config__ = _CLOSED
    annexes: tuple[str, ...]
    annexes_if_numbered: tuple[str, ...]
    contents: tuple[str, ...]
    references: tuple[str, ...]
    front: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One of the seven things that the report should cover."""

    __pydantic_config__ = _CLOSED
    code: str
    title: str
    tells: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component of the kit, and the statements of the occupational standard behind it."""

    __pydantic_config__ = _CLOSED
    code: str
    title: str
    statements: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term that the kit explains."""

    __pydantic_config__ = _CLOSED
    component: str
    term: str
    means: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of evidence for a part that needs several, known by its cue words.

    A `channel` (telephone, email) is a kind of its own only in a text that names no other kind that
    travels `by` it.
    """

    __pydantic_config__ = _CLOSED
    name: str
    cues: tuple[str, ...]
    channel: bool = False
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The smallest thing that a report must show: `K1.1.mission`.

    `needs` above 1 asks for that many different `kinds` over the whole report.
    """

    __pydantic_config__ = _CLOSED
    code: str
    counts: str
    question: str
    does_not_count: str = ""
    needs: int = 1
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """`needs` of the parts in `of` are enough; parts outside the group are needed all."""

    __pydantic_config__ = _CLOSED
    of: tuple[str, ...]
    needs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One assessment criterion with its parts, in our words."""

    __pydantic_config__ = _CLOSED
    code: str
    grade: Grade
    title: str
    asks: str
    source: str
    parts: tuple[Part, ...]
    group: Group | None = None

    @property
    def component(self) -> str:
        """Code of its component: `K1` for `K1.2`."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """All facts of the work-based project."""

    __pydantic_config__ = _CLOSED
    id: str
    title: str
    level: int
    method: str
    edition: str
    default_profile: str
    profiles: dict[str, Profile]
    headings: Headings
    areas: tuple[Area, ...]
    components: tuple[Component, ...]
    terms: tuple[Term, ...]
    criteria: tuple[Criterion, ...]
    sha256: str = field(default="")
    """Of the file it was loaded from."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in the order of the criteria."""
        return tuple(part for criterion in self.criteria for part in criterion.parts)

    @property
    def part_codes(self) -> tuple[str, ...]:
        """Codes of all parts, in order."""
        return tuple(part.code for part in self.parts)

    @property
    def area_codes(self) -> tuple[str, ...]:
        """Codes of the required areas, in order."""
        return tuple(area.code for area in self.areas)

    def profile(self, name: str | None = None) -> Profile:
        """The rules of an assessment organisation; of the default one if none is named.

        Raises BadStandard for a name that the data does not hold.
        """
        key = name or self.default_profile
        if key not in self.profiles:
            known = ", ".join(sorted(self.profiles))
            raise BadStandard(f"There is no profile “{key}”. Choose one of: {known}.")
        return self.profiles[key]

    def criterion(self, code: str) -> Criterion:
        """The criterion with this code. Raises BadStandard if there is none."""
        for criterion in self.criteria:
            if criterion.code == code:
                return criterion
        raise BadStandard(f"There is no criterion “{code}” in {self.id}.")


def load_standard(path: Path | None = None) -> Standard:
    """Load and check a standard; the bundled one if no path is given.

    Raises BadStandard for unknown keys, duplicate codes, and codes that point nowhere.
    """
    name = str(path) if path else "standard.toml"
    try:
        data = path.read_bytes() if path else files("wbp_check").joinpath(name).read_bytes()
        table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        standard = TypeAdapter(Standard).validate_python(
            table | {"sha256": hashlib.sha256(data).hexdigest()}
        )
    except OSError as error:
        raise BadStandard(f"{name} cannot be opened: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadStandard(f"{name} is not a valid standard: {error}") from error
    problems = _contradictions(standard)
    if problems:
        raise BadStandard(f"{name} contradicts itself: {'; '.join(problems)}.")
    return standard


def _contradictions(standard: Standard) -> list[str]:
    components = [component.code for component in standard.components]
    codes = [criterion.code for criterion in standard.criteria]
    found = _duplicates(components) + _duplicates(codes)
    found += _duplicates(list(standard.area_codes)) + _duplicates(list(standard.part_codes))
    if standard.default_profile not in standard.profiles:
        found.append(f"the default profile {standard.default_profile} is missing")
    for term in standard.terms:
        if term.component not in components:
            found.append(f"the term {term.term} belongs to no component")
    for criterion in standard.criteria:
        if criterion.component not in components:
            found.append(f"{criterion.code} belongs to no component")
        names = [part.code.removeprefix(criterion.code + ".") for part in criterion.parts]
        if any("." in name for name in names):
            found.append(f"a part of {criterion.code} carries another criterion's code")
        for part in criterion.parts:
            if part.needs > max(1, len(part.kinds)):
                found.append(f"{part.code} needs more kinds than it has")
        group = criterion.group
        if group and (set(group.of) - set(names) or group.needs > len(group.of)):
            found.append(f"the group of {criterion.code} does not fit its parts")
    return found


def _duplicates(codes: list[str]) -> list[str]:
    return [f"{code} stands twice" for code in sorted(set(codes)) if codes.count(code) > 1]
