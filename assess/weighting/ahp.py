"""Weights from the pairwise comparisons of one expert or a group (AHP)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.judgments import (
    LIMIT,
    RI,
    RI_SOURCES,
    Completion,
    Deriving,
    Judgments,
    completed,
    consistency,
    groups,
    priorities,
)
from assess.weighting.repair import Repair, on_scale, repairs
from assess.weighting.result import Cell, Step, Weighting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_EXPERTS = 5
MOST_ITEMS = 9


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """One expert's matrix worked through: completed where needed, priorities, λmax, CI, CR, judgments to reconsider."""

    judgments: Judgments
    matrix: Floats
    weights: Floats
    lambda_max: float
    ci: float
    cr: float
    repairs: tuple[Repair, ...] = ()

    @property
    def complete(self) -> bool:
        """Did the expert compare every pair?"""
        return not self.judgments.missing

    def consistent(self, limit: float = LIMIT) -> bool:
        """CR below the limit."""
        return self.cr < limit - 1e-12


def opinion(
    judgments: Judgments,
    *,
    deriving: Deriving = "eigenvector",
    completion: Completion | None = None,
    table: str = "saaty",
    limit: float = LIMIT,
) -> Opinion:
    """Work one expert's matrix through. Missing pairs are completed (D13) by Harker's method with eigenvectors and by
    least squares with geometric means, unless `completion` says otherwise. Raises Problem ahp.apart."""
    parts = groups(judgments.matrix)
    if len(parts) > 1:
        raise Problem(
            "ahp.apart",
            say("{expert} never compared {one} with {other}, neither directly nor through other items.",
                expert=judgments.expert, one=[judgments.items[i] for i in parts[0]],
                other=[judgments.items[i] for i in parts[1]]),
            say("At least one comparison must join the two groups."),
        )  # fmt: skip
    way: Completion = completion or ("harker" if deriving == "eigenvector" else "least_squares")
    matrix = completed(judgments.matrix, way)
    weights, lambda_max = priorities(matrix, deriving)
    ci, cr = consistency(lambda_max, len(judgments.items), table)
    faults = repairs(judgments.items, matrix, table=table, limit=limit) if cr >= limit - 1e-12 else ()
    return Opinion(judgments, matrix, weights, lambda_max, ci, cr, faults)


def joined(matrices: Sequence[Floats]) -> Floats:
    """The geometric mean of complete matrices, cell by cell (Aczél & Saaty 1983); it stays reciprocal."""
    group: Floats = np.exp(np.mean([np.log(matrix) for matrix in matrices], axis=0))
    return group


def ahp(
    experts: Sequence[Judgments],
    *,
    deriving: Deriving = "eigenvector",
    completion: Completion | None = None,
    table: str = "saaty",
    limit: float = LIMIT,
    keep_incomplete: bool = False,
    keep_inconsistent: bool = False,
) -> Weighting:
    """Weights of one expert, or of the group by the geometric mean of the judgments, with CR tested again.

    Incomplete matrices stay out of the group and inconsistent ones are not used at all, unless chosen; who was left out
    is told. Raises Problem ahp.experts, ahp.items, ahp.apart, ahp.incomplete, ahp.inconsistent.
    """
    if not experts:
        raise Problem("ahp.experts", say("There is no matrix of any expert."), say("Give one matrix per expert."))
    items = experts[0].items
    aligned = [_aligned(each, items, experts[0].expert) for each in experts]
    opinions = [opinion(each, deriving=deriving, completion=completion, table=table, limit=limit) for each in aligned]
    used = [one for one in opinions if (one.complete or keep_incomplete or len(opinions) == 1)]
    if not used:
        raise Problem(
            "ahp.incomplete",
            say("Every expert left comparisons open, so that there is nothing to join."),
            say("Have the matrices filled in, or choose to count completed ones."),
        )
    sound = [one for one in used if keep_inconsistent or one.consistent(limit)]
    if not sound:
        worst = used[0]
        raise Problem(
            "ahp.inconsistent",
            say("The judgments of {expert} contradict each other: the consistency ratio is {cr} and must be below "
                "{limit}.", expert=worst.judgments.expert, cr=f"{worst.cr:.3f}", limit=f"{limit:.2f}"),
            worst.repairs[0].words if worst.repairs else say("Ask the expert to compare again."),
        )  # fmt: skip
    matrix = sound[0].matrix if len(sound) == 1 else joined([one.matrix for one in sound])
    weights, lambda_max = priorities(matrix, deriving)
    ci, cr = consistency(lambda_max, len(items), table)
    return Weighting(
        "ahp",
        {item: float(weight) for item, weight in zip(items, weights, strict=True)},
        {"deriving": deriving, "random_indices": table, "limit": limit, "keep_incomplete": keep_incomplete,
         "keep_inconsistent": keep_inconsistent},
        {"lambda_max": lambda_max, "ci": ci, "cr": cr, "ri": RI[table][len(items) - 1], "experts": float(len(experts)),
         "experts_used": float(len(sound))},
        tuple(_warnings(opinions, sound, cr, limit)),
        tuple(_steps(opinions, sound, matrix, table, limit)),
    )  # fmt: skip


def _aligned(judgments: Judgments, items: tuple[str, ...], first: str) -> Judgments:
    """The same items in the order of the first expert."""
    if set(judgments.items) != set(items):
        odd = sorted(set(judgments.items) ^ set(items))
        raise Problem(
            "ahp.items",
            say("{expert} and {first} did not compare the same items: {item} stands in only one of the two.",
                expert=judgments.expert, first=first, item=odd[0]),
            say("Use the same item names in every matrix."),
        )  # fmt: skip
    if judgments.items == items:
        return judgments
    order = [judgments.items.index(item) for item in items]
    return Judgments(judgments.expert, items, judgments.matrix[np.ix_(order, order)], judgments.rounded)


def _warnings(opinions: list[Opinion], sound: list[Opinion], cr: float, limit: float) -> list[Message]:
    out: list[Message] = []
    for one in opinions:
        expert = one.judgments.expert
        if not one.complete:
            count = len(one.judgments.missing)
            out.append(
                say("{expert} left {count} comparisons open; they were completed from the others, and the consistency "
                    "ratio, meant for full matrices, judges them mildly.", expert=expert, count=count)
                if one in sound
                else say("{expert} left {count} comparisons open and is not counted in the group.", expert=expert,
                         count=count)
            )  # fmt: skip
        if not one.consistent(limit):
            out.append(
                say("{expert} is counted although the consistency ratio is {cr}.", expert=expert, cr=f"{one.cr:.3f}")
                if one in sound
                else say("{expert} is not counted: the consistency ratio is {cr}.", expert=expert, cr=f"{one.cr:.3f}")
            )
            out.extend(say("{expert}: {words}", expert=expert, words=repair.words) for repair in one.repairs[:3])
        if one.judgments.rounded:
            out.append(say("{expert}: rounded fractions such as 0.33 were taken as 1/3.", expert=expert))
    if len(sound) > 1 and cr >= limit - 1e-12:
        out.append(say("The joined matrix has a consistency ratio of {cr}; it must not be used.", cr=f"{cr:.3f}"))
    if len(sound) < FEWEST_EXPERTS:
        out.append(say("Experts counted: {count}; five to fifteen are usual.", count=len(sound)))
    if len(opinions[0].judgments.items) > MOST_ITEMS:
        out.append(
            say("{count} items in one matrix are more than people can compare with care; nine is the usual most.",
                count=len(opinions[0].judgments.items))
        )  # fmt: skip
    return out


def _steps(opinions: list[Opinion], sound: list[Opinion], matrix: Floats, table: str, limit: float) -> list[Step]:
    items = opinions[0].judgments.items
    title = (
        say("Judgments of {expert}", expert=sound[0].judgments.expert) if len(sound) == 1 else say("Joined judgments")
    )
    yes, no = say("yes"), say("no")
    completed_pairs = [
        (one.judgments.expert, items[i], items[j], float(one.matrix[i, j]))
        for one in opinions
        for i, j in one.judgments.missing
    ]
    faults: list[tuple[Cell, ...]] = [
        (
            one.judgments.expert,
            fault.one,
            fault.other,
            on_scale(fault.given),
            fault.implied,
            on_scale(fault.value),
            fault.cr,
        )
        for one in opinions
        for fault in one.repairs
    ]
    out = [
        Step(title, ("", *items), tuple((item, *map(float, row)) for item, row in zip(items, matrix, strict=True))),
        Step(
            say("Consistency of each expert"),
            (say("Expert"), "λmax", "CI", "CR", say("Comparisons open"), say("Counted"), *items),
            tuple(
                (one.judgments.expert, one.lambda_max, one.ci, one.cr, len(one.judgments.missing),
                 yes if one in sound else no, *map(float, one.weights))
                for one in opinions
            ),
        ),
        Step(
            say("Random indices in use: {table}", table=RI_SOURCES[table]),
            ("n", *(str(size) for size in range(1, len(RI[table]) + 1))),
            (("RI", *RI[table]),),
        ),
    ]  # fmt: skip
    if completed_pairs:
        out.append(
            Step(
                say("Comparisons that were completed, not given"),
                (say("Expert"), say("Item"), say("Against"), say("Completed value")),
                tuple(completed_pairs),
            )
        )
    if faults:
        out.append(
            Step(
                say("Judgments to reconsider, until the consistency ratio is below {limit}", limit=f"{limit:.2f}"),
                (say("Expert"), say("Item"), say("Against"), say("Given"), say("Implied by the others"),
                 say("Proposed"), say("CR afterwards")),
                tuple(faults),
            )
        )  # fmt: skip
    return out
