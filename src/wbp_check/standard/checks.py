"""Whether the standard's data agrees with itself: codes that stand once and point somewhere."""

from wbp_check.standard.types import Standard


def contradictions(standard: Standard) -> list[str]:
    """A sentence without its full stop for each; none if the data agrees with itself."""
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
    return (
        found
        + _question_contradictions(standard)
        + _method_contradictions(standard)
        + _signpost_contradictions(standard)
    )


def _question_contradictions(standard: Standard) -> list[str]:
    found = _duplicates([question.code for question in standard.questions])
    criteria = {criterion.code for criterion in standard.criteria}
    parts = set(standard.part_codes)
    for question in standard.questions:
        if question.criterion not in criteria:
            found.append(f"the question {question.code} belongs to no criterion")
        if not "".join(question.parts[:1]).startswith(f"{question.criterion}."):
            found.append(f"the question {question.code} asks for no part of {question.criterion}")
        for part in question.parts:
            if part not in parts:
                found.append(f"the question {question.code} names the unknown part {part}")
        found += [f"{code} in {question.code}" for code in _duplicates(list(question.parts))]
    return found


def _method_contradictions(standard: Standard) -> list[str]:
    codes = list({criterion.code for criterion in standard.criteria})
    codes += [code for method in standard.other_methods for code in method.criteria]
    found = _duplicates(codes) + _duplicates(list(standard.own_work))
    found += _duplicates([duty.code for duty in standard.duties])
    for part in standard.own_work:
        if part not in standard.part_codes:
            found.append(f"own_work names the unknown part {part}")
    apart = set(standard.promises) ^ {criterion.code for criterion in standard.criteria}
    found += [f"promises and criteria differ in {code}" for code in sorted(apart)]
    for name, profile in standard.profiles.items():
        twice = _duplicates([deadline.code for deadline in profile.deadlines])
        found += [f"{deadline} among the deadlines of {name}" for deadline in twice]
    return found


def _signpost_contradictions(standard: Standard) -> list[str]:
    """Every criterion has one signpost, and each leads to something that exists."""
    signed = [signpost.criterion for signpost in standard.signposts]
    criteria = [criterion.code for criterion in standard.criteria]
    found = [f"{code} among the signposts" for code in _duplicates(signed)]
    found += [f"{code} has no signpost" for code in criteria if code not in signed]
    statements = {component.code: component.statements for component in standard.components}
    units = {(course.code, unit.code): unit for course in standard.courses for unit in course.units}
    for signpost in standard.signposts:
        code = signpost.criterion
        component = code.partition(".")[0]
        if code not in criteria:
            found.append(f"the signpost {code} belongs to no criterion")
        if not signpost.statements or set(signpost.statements) - set(statements.get(component, ())):
            found.append(f"the signpost {code} names a statement that {component} does not have")
        for lesson in signpost.lessons:
            unit = units.get((lesson.course, lesson.unit))
            number = lesson.outcome.rpartition(".")[2]
            if unit is None:
                found.append(f"the signpost {code} leads to the unknown {lesson.unit}")
            elif not (number.isdecimal() and 1 <= int(number) <= unit.outcomes):
                found.append(f"{lesson.unit} has no outcome {lesson.outcome}, which {code} names")
        for course in standard.courses:
            led = [
                units[course.code, lesson.unit].components
                for lesson in signpost.lessons
                if lesson.course == course.code and (course.code, lesson.unit) in units
            ]
            if not led:
                found.append(f"the signpost {code} leads to nothing in {course.code}")
            elif any(led) and not any(component in covered for covered in led):
                found.append(f"no lesson for {code} is in a unit of {course.code} for {component}")
    return found


def _duplicates(codes: list[str]) -> list[str]:
    return [f"{code} stands twice" for code in sorted(set(codes)) if codes.count(code) > 1]
