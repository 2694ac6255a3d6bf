"""The shape of `standard.toml`: frozen dataclasses that refuse unknown keys."""

from dataclasses import dataclass, field
from enum import StrEnum

from wbp_check.errors import BadStandard
from wbp_check.types import Grade

_CLOSED = {"extra": "forbid"}  # an unknown key is a spelling mistake, not an extension


class Event(StrEnum):
    """What a time limit is counted from."""

    GATEWAY = "gateway"
    """The gateway meeting, with which the end-point assessment begins."""
    INTERVIEW = "interview"
    REQUEST = "request"
    """A day after a failed attempt. The kit does not say which, so nothing is dated from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day for something: calendar months and weeks from an event.

    Weeks below 0 are before it.
    """

    __pydantic_config__ = _CLOSED
    code: str
    title: str
    after: Event
    months: int = 0
    weeks: int = 0
    source: str


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
    deadlines: tuple[Deadline, ...] = ()
    """None where this organisation's are not known."""


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
class AnnexKind:
    """A kind of evidence that an annex may hold, known by words in its title or how it begins.

    All in lower case. `cues` are whole words of a title; the cue that stands first in it decides.
    `openings` are how a line among the first of the text begins.
    """

    __pydantic_config__ = _CLOSED
    name: str
    cues: tuple[str, ...]
    openings: tuple[str, ...] = ()


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
class Question:
    """One open question for the interview, and the parts that an answer would naturally show.

    The first part is asked for outright and belongs to the question's criterion.
    """

    __pydantic_config__ = _CLOSED
    code: str
    criterion: str
    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that a report owes besides its length and the criteria."""

    __pydantic_config__ = _CLOSED
    code: str
    title: str
    asks: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMethod:
    """Another assessment method of the standard, with the codes of its criteria."""

    __pydantic_config__ = _CLOSED
    title: str
    criteria: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit or module of a course. `outcomes` is how many learning outcomes it has.

    `components` are those of the kit that the course's own map says it covers; empty without a map.
    """

    __pydantic_config__ = _CLOSED
    code: str
    title: str
    outcomes: int
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course that teaches what the standard asks."""

    __pydantic_config__ = _CLOSED
    code: str
    title: str
    units: tuple[Unit, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Where in a course something is taught: unit, learning outcome, heading of the content.

    `about` says in our words what to look for there.
    """

    __pydantic_config__ = _CLOSED
    course: str
    unit: str
    outcome: str
    content: str = ""
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """Where to learn what a criterion asks: statements of the occupational standard, lessons."""

    __pydantic_config__ = _CLOSED
    criterion: str
    statements: tuple[str, ...]
    lessons: tuple[Lesson, ...]


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
    annex_kinds: tuple[AnnexKind, ...]
    areas: tuple[Area, ...]
    components: tuple[Component, ...]
    terms: tuple[Term, ...]
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    duties: tuple[Duty, ...]
    other_methods: tuple[OtherMethod, ...]
    own_work: tuple[str, ...]
    """Codes of the parts that only the writer's own doing shows."""
    courses: tuple[Course, ...]
    signposts: tuple[Signpost, ...]
    promises: dict[str, tuple[str, ...]]
    """For each criterion the words by which a proposal names its subject, in lower case."""
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
