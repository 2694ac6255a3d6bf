"""The standard as data: what the work-based project asks for, from `standard.toml`."""

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from wbp_check.errors import BadStandard
from wbp_check.standard.checks import contradictions
from wbp_check.standard.types import (
    AnnexKind,
    Area,
    Component,
    Course,
    Criterion,
    Deadline,
    Duty,
    Event,
    Group,
    Headings,
    Kind,
    Lesson,
    OtherMethod,
    Part,
    Profile,
    Question,
    Signpost,
    Standard,
    Term,
    Unit,
)

__all__ = [
    "AnnexKind",
    "Area",
    "Component",
    "Course",
    "Criterion",
    "Deadline",
    "Duty",
    "Event",
    "Group",
    "Headings",
    "Kind",
    "Lesson",
    "OtherMethod",
    "Part",
    "Profile",
    "Question",
    "Signpost",
    "Standard",
    "Term",
    "Unit",
    "load_standard",
]


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
    problems = contradictions(standard)
    if problems:
        raise BadStandard(f"{name} contradicts itself: {'; '.join(problems)}.")
    return standard
