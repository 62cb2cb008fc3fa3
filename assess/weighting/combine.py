"""Weight sets joined into one: linear, multiplicative, game-theoretic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.result import Cell, Step, Weighting, shares

ALPHA = 0.6
Sets = Mapping[str, Mapping[str, float]]


def linear(sets: Sets, *, alpha: float = ALPHA) -> Weighting:
    """α of the first set (of experts, say), 1 − α of the second. Raises Problem combine.two, .alpha, .items."""
    names, items, rows = _aligned(sets)
    if len(names) != 2:
        raise Problem(
            "combine.two",
            say("A linear combination joins two sets, and there are {count}.", count=len(names)),
            say("Give the set of the experts first, that from the data second."),
        )
    if not 0.0 <= alpha <= 1.0:
        raise Problem(
            "combine.alpha",
            say("Alpha is {alpha}, but it must lie between 0 and 1.", alpha=f"{alpha:g}"),
            say("0.6 is usual: the first set counts 60 %, the second 40 %."),
        )
    found = shares(items, [alpha * a + (1.0 - alpha) * b for a, b in zip(*rows, strict=True)])
    warnings: list[Message] = []
    if alpha in (0.0, 1.0):
        warnings.append(say("With alpha {alpha} only one of the two sets counts.", alpha=f"{alpha:g}"))
    return Weighting("linear", found, {"alpha": alpha}, {}, tuple(warnings), (_step(names, items, rows, found),))


def multiplicative(sets: Sets) -> Weighting:
    """Products of the weights, divided by their sum. Raises Problem combine.items, combine.few, weights.zero."""
    names, items, rows = _aligned(sets)
    found = shares(items, [prod(column) for column in zip(*rows, strict=True)])
    warnings = tuple(
        say("Item {item} falls out, since {set} gives it weight 0.", item=item, set=name)
        for name, row in zip(names, rows, strict=True)
        for item, weight in zip(items, row, strict=True)
        if weight == 0
    )
    return Weighting("multiplicative", found, {}, {}, warnings, (_step(names, items, rows, found),))


def game(sets: Sets) -> Weighting:
    """The combination nearest to all sets at once: Gram matrix · a = its diagonal, a scaled to sum 1.

    A negative coefficient is set to 0 and told; sets that are the same share their coefficient. Raises Problem
    combine.items, combine.few.
    """
    import numpy as np

    names, items, rows = _aligned(sets)
    stacked = np.array(rows, dtype=np.float64)
    gram = stacked @ stacked.T
    solved = np.linalg.lstsq(gram, np.diag(gram), rcond=1e-12)[0]
    coefficients = np.where(solved < 0, 0.0, solved)
    coefficients = coefficients / coefficients.sum()
    found = shares(items, (coefficients @ stacked).tolist())
    warnings: list[Message] = [
        say("The coefficient of {set} came out negative ({number}) and was set to 0; the sets contradict each other.",
            set=name, number=f"{value:.3f}")
        for name, value in zip(names, solved, strict=True)
        if value < 0
    ]  # fmt: skip
    if np.linalg.matrix_rank(gram, tol=1e-12) < len(names):
        warnings.append(
            say("Two sets are the same or follow from each other; their coefficients are shared out evenly.")
        )
    figures = {f"a({name})": float(value) for name, value in zip(names, coefficients, strict=True)}
    steps = (
        _step(names, items, rows, found),
        Step(
            say("Coefficients of the sets"),
            (say("Set"), say("Solved"), say("Used")),
            tuple((name, float(s), float(c)) for name, s, c in zip(names, solved, coefficients, strict=True)),
        ),
    )
    return Weighting("game", found, {}, figures, tuple(warnings), steps)


def _aligned(sets: Sets) -> tuple[list[str], list[str], list[list[float]]]:
    """Names, items in the order of the first set, and the sets as shares."""
    if len(sets) < 2:
        raise Problem(
            "combine.few",
            say("To combine weights, two sets are needed; there is {count}.", count=len(sets)),
            say("Give one column per set, or several files."),
        )
    names = list(sets)
    items = list(sets[names[0]])
    rows: list[list[float]] = []
    for name in names:
        odd = sorted(set(items) ^ set(sets[name]))
        if odd:
            raise Problem(
                "combine.items",
                say("The sets {first} and {second} do not weight the same items: {item} stands in only one.",
                    first=names[0], second=name, item=odd[0]),
                say("Use the same item names in every set; weight 0 means that an item does not count."),
            )  # fmt: skip
        share = shares(items, [sets[name][item] for item in items])
        rows.append([share[item] for item in items])
    return names, items, rows


def _step(
    names: Sequence[str], items: Sequence[str], rows: Sequence[Sequence[float]], found: Mapping[str, float]
) -> Step:
    table: tuple[tuple[Cell, ...], ...] = tuple(
        (item, *(row[j] for row in rows), found[item]) for j, item in enumerate(items)
    )
    return Step(say("Sets that were combined"), (say("Item"), *names, say("Weight")), table)
