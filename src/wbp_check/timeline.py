"""The dates of a project from the day of its gateway meeting. Pure.

Intervals are data (`standard.toml`, deadlines of a profile). A month is a calendar month: the same
day, or the last of a month that has no such day.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wbp_check.standard import Deadline, Event, Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedDeadline:
    """A deadline with its last day; None where the day it counts from is not known."""

    deadline: Deadline
    due: date | None


def date_deadlines(
    profile: Profile, gateway: date, interview: date | None = None
) -> tuple[DatedDeadline, ...]:
    """Every deadline of a profile, in its order.

    Without a date for the interview, it is taken to be on the last day of the assessment period.
    """
    days: dict[Event, date] = {Event.GATEWAY: gateway}
    if day := interview or _last_interview(profile, gateway):
        days[Event.INTERVIEW] = day
    return tuple(
        DatedDeadline(deadline=deadline, due=_due(deadline, days)) for deadline in profile.deadlines
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it is shorter."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_interview(profile: Profile, gateway: date) -> date | None:
    windows = [deadline for deadline in profile.deadlines if deadline.code == "window"]
    return _due(windows[0], {Event.GATEWAY: gateway}) if windows else None


def _due(deadline: Deadline, days: Mapping[Event, date]) -> date | None:
    day = days.get(deadline.after)
    if day is None:
        return None
    return add_months(day, deadline.months) + timedelta(weeks=deadline.weeks)
