"""Ruling lines to groups that may each be a table. Pure.

Lines that touch are one line; lines that cross or meet are one group; a stack of level lines of
one width is a group; and groups of one width with nothing but rows of cells between them are one,
because Word's banded tables draw every other row only.
"""

from collections.abc import Sequence

from wbp_check.read.pdf_ink import Rule
from wbp_check.read.pdf_lines import Word

SNAP = 3.0
"""Points within which two lines are one."""
REACH = 3.0
"""Points by which a line may miss the one that it meets."""
MAX_LINES = 400
"""Level or upright lines of one table: more than these are a drawing."""
LEAST_ROW = 6.0
"""Points: rows or columns narrower than this are double lines."""
LEVEL_LINES = 3
"""Level lines of one width that make a table without upright lines."""
Group = tuple[list[Rule], list[Rule]]
"""The level and the upright lines of what may be a table."""


def rules_to_groups(rules: Sequence[Rule], words: Sequence[Word]) -> list[Group]:
    """Groups of lines, each of which may be a table."""
    level = _merge([r for r in rules if r.x1 - r.x0 >= r.bottom - r.top], upright=False)
    upright = _merge([r for r in rules if r.x1 - r.x0 < r.bottom - r.top], upright=True)
    return _banded(_groups(level, upright), words)


def axes(places: list[float]) -> list[float]:
    """The distinct places of lines, double lines taken once."""
    axes: list[float] = []
    for place in sorted(places):
        if not axes or place - axes[-1] >= LEAST_ROW:
            axes.append(place)
    return axes


def _merge(rules: list[Rule], upright: bool) -> list[Rule]:
    """Lines on one axis that touch become one; double lines too."""

    def across(r: Rule) -> float:
        return (r.x0 + r.x1) / 2 if upright else (r.top + r.bottom) / 2

    def span(r: Rule) -> tuple[float, float]:
        return (r.top, r.bottom) if upright else (r.x0, r.x1)

    merged: list[Rule] = []
    axes: list[list[Rule]] = []
    for rule in sorted(rules, key=across):
        if axes and across(rule) - across(axes[-1][0]) <= SNAP:
            axes[-1].append(rule)
        else:
            axes.append([rule])
    for axis in axes:
        at = sum(map(across, axis)) / len(axis)
        start, end = 0.0, -1.0
        shade = True
        for rule in sorted(axis, key=span):
            low, high = span(rule)
            if end >= start and low <= end + REACH:
                end, shade = max(end, high), shade and rule.shade
                continue
            if end >= start:
                merged.append(_axis_rule(at, start, end, upright, shade))
            start, end, shade = low, high, rule.shade
        if end >= start:
            merged.append(_axis_rule(at, start, end, upright, shade))
    return merged


def _axis_rule(at: float, start: float, end: float, upright: bool, shade: bool) -> Rule:
    return Rule(at, start, at, end, shade) if upright else Rule(start, at, end, at, shade)


def _groups(level: list[Rule], upright: list[Rule]) -> list[Group]:
    """Lines that hang together by crossing or meeting."""
    if len(level) > MAX_LINES or len(upright) > MAX_LINES:
        return []
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright, len(level)):
            if h.x0 - REACH <= v.x0 <= h.x1 + REACH and v.top - REACH <= h.top <= v.bottom + REACH:
                parent[root(i)] = root(j)
    groups: dict[int, Group] = {}
    for i, rule in enumerate(level + upright):
        groups.setdefault(root(i), ([], []))[i >= len(level)].append(rule)
    found = [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]
    lone = [g[0][0] for g in groups.values() if len(g[0]) == 1 and not g[1]]
    stacks = _stacks(lone)
    single = [rule for rule in lone if not any(rule in stack for stack in stacks)]
    return found + [(stack, []) for stack in stacks] + [([rule], []) for rule in single]


def _stacks(level: list[Rule]) -> list[list[Rule]]:
    """Level lines of one width, one under the other."""
    stacks: dict[tuple[int, int], list[Rule]] = {}
    for rule in level:
        key = next(
            (k for k in stacks if abs(k[0] - rule.x0) <= SNAP and abs(k[1] - rule.x1) <= SNAP),
            (round(rule.x0), round(rule.x1)),
        )
        stacks.setdefault(key, []).append(rule)
    return [stack for stack in stacks.values() if len(stack) >= LEVEL_LINES]


def _banded(groups: list[Group], words: Sequence[Word]) -> list[Group]:
    """Joins groups of one width, one under the other, with nothing but rows of cells between.

    Word's banded tables draw every other row, so a table comes as several groups.
    """
    order = sorted(groups, key=lambda g: min(r.top for r in g[0]))
    joined: list[Group] = []
    for group in order:
        for i in range(len(joined) - 1, -1, -1):
            if _same_table(joined[i], group, words):
                joined[i] = (joined[i][0] + group[0], joined[i][1] + group[1])
                break
        else:
            joined.append(group)
    return [group for group in joined if len(group[0]) > 1]


def _same_table(above: Group, below: Group, words: Sequence[Word]) -> bool:
    spans = [(min(r.x0 for r in g[0]), max(r.x1 for r in g[0])) for g in (above, below)]
    if any(abs(a - b) > 2 * SNAP for a, b in zip(*spans, strict=True)):
        return False
    inner = [
        x for x in axes([r.x0 for r in above[1] + below[1]])
        if spans[0][0] + LEAST_ROW < x < spans[0][1] - LEAST_ROW
    ]  # fmt: skip
    bottom, top = max(r.bottom for r in above[0]), min(r.top for r in below[0])
    between = [
        w for w in words
        if bottom < (w.top + w.bottom) / 2 < top and spans[0][0] <= w.x0 <= spans[0][1]
    ]  # fmt: skip
    if not inner or not between or top <= bottom:
        return False
    crossed = any(w.x0 < x - 1 and w.x1 > x + 1 for x in inner for w in between)
    sides = [any(w.x1 <= inner[0] + 1 for w in between), any(w.x0 >= inner[0] for w in between)]
    return not crossed and all(sides)
