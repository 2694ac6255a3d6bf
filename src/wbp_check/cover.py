"""The sets that together reach most, found exactly by integer programming. Pure.

The only importer of HiGHS (Huangfu and Hall 2018), through highspy.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from highspy import Highs, HighsModelStatus

_SLACK = 1e-5  # ten times the solver's tolerance: with less it can call a kept tier infeasible


def choose_cover(
    sets: Sequence[AbstractSet[str]],
    tiers: Sequence[Mapping[str, float]],
    *,
    most: int,
    caps: Sequence[tuple[AbstractSet[str], int]] = (),
) -> tuple[int, ...]:
    """Indices of the `most` sets (all, if there are fewer) whose union weighs most, in order.

    An earlier tier outweighs all later ones: it is solved first, and what it reached is kept while
    the next is solved. A tier gives the weight of each item that it wants. Of the items of a cap no
    more than its number are worth reaching. Raises RuntimeError if the solver finds no optimum.
    """
    model = Highs()
    model.silent()
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("threads", 1)  # the same answer on every machine
    chosen = [model.addBinary() for _ in sets]
    wanted = sorted({item for weights in tiers for item in weights})
    reached = {item: model.addVariable(lb=0, ub=1) for item in wanted}
    model.addConstr(model.qsum(chosen) == min(most, len(sets)))
    for item, variable in reached.items():
        holders = [chosen[at] for at, items in enumerate(sets) if item in items]
        model.addConstr(variable - model.qsum(holders) <= 0)
    for items, number in caps:
        model.addConstr(model.qsum([reached[item] for item in sorted(items)]) <= number)
    best: tuple[int, ...] = ()
    for weights in tiers:
        value = model.qsum([weight * reached[item] for item, weight in weights.items()])
        model.maximize(value)
        if model.getModelStatus() != HighsModelStatus.kOptimal:
            raise RuntimeError(f"no best cover: {model.getModelStatus()}")
        best = tuple(at for at, variable in enumerate(chosen) if model.val(variable) > 0.5)
        model.addConstr(value >= model.getObjectiveValue() - _SLACK)
    return best
