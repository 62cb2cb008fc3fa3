"""Fuzzy comprehensive evaluation: votes for grades, weighted into one membership vector, with a check of validity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.result import shares

Operator = Literal["weighted_mean", "min_max", "product_max", "min_bounded_sum"]
GAP = 0.1
FEWEST_EXPERTS = 5
FORMULA = say(
    "B = W·R, bₖ = Σⱼ wⱼ·rⱼₖ; the grade with the largest b holds where it leads the next by 0.1 or more, else the "
    "weighted mean grade Σ k·bₖ ÷ Σ b"
)
SOURCE = "Zadeh 1965; Wang 1983, Fuzzy comprehensive evaluation, operator M(·,+)"
LIMITS = say(
    "Not to be used with fewer than five experts. Where the largest membership hardly leads, it does not settle the "
    "grade."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`memberships` per grade (sum 1); `grade` that holds: the leading one, or the weighted mean if the lead is thin.

    `leading` is the grade of the largest membership, `lead` its distance to the next, `mean` the weighted mean grade.
    """

    memberships: Mapping[float, float]
    leading: float
    lead: float
    mean: float
    valid: bool
    operator: Operator
    warnings: tuple[Message, ...] = ()

    @property
    def grade(self) -> float:
        """The grade to report."""
        return self.leading if self.valid else self.mean


def votes(ballots: Sequence[float], grades: Sequence[float]) -> tuple[float, ...]:
    """Membership of one item: the share of experts who chose each grade. Raises Problem fuzzy.votes, fuzzy.grade."""
    if not ballots:
        raise Problem("fuzzy.votes", say("No expert has voted."), say("Give the grade that each expert chose."))
    for ballot in ballots:
        if ballot not in grades:
            raise Problem(
                "fuzzy.grade",
                say("{ballot} is not one of the grades {grades}.", ballot=f"{ballot:g}",
                    grades=[f"{grade:g}" for grade in grades]),
                say("Use the grades of the scale."),
            )  # fmt: skip
    return tuple(sum(ballot == grade for ballot in ballots) / len(ballots) for grade in grades)


def fuzzy(
    relations: Mapping[str, Sequence[float]],
    weights: Mapping[str, float],
    grades: Sequence[float],
    *,
    operator: Operator = "weighted_mean",
    experts: int | None = None,
) -> Verdict:
    """One verdict from the memberships of items (`relations`: item → one share per grade, sum 1) and their weights.

    The default operator M(·,+) weighs every item; the three others are textbook variants, divided by their sum. Where
    the largest membership leads the next by less than 0.1, the weighted mean grade holds and a note says so. Raises
    Problem fuzzy.shape, fuzzy.sum, fuzzy.weights, weights.*.
    """
    odd = sorted(set(relations) ^ set(weights))
    if odd:
        raise Problem(
            "fuzzy.weights",
            say("Memberships and weights do not fit: {item} stands in only one of the two.", item=odd[0]),
            say("Give every item its memberships and one weight."),
        )
    share = shares(tuple(relations), [weights[item] for item in relations])
    for item, row in relations.items():
        if len(row) != len(grades) or len(grades) < 2:
            raise Problem(
                "fuzzy.shape",
                say("{item} has {count} memberships for {grades} grades.", item=item, count=len(row),
                    grades=len(grades)),
                say("Give one membership per grade, and at least two grades."),
            )  # fmt: skip
        if any(not 0.0 <= value <= 1.0 for value in row) or abs(sum(row) - 1.0) > 1e-6:
            raise Problem(
                "fuzzy.sum",
                say("The memberships of {item} do not add up to 1.", item=item),
                say("A membership is the share of experts who chose the grade."),
            )
    raw = compose(list(relations.values()), list(share.values()), operator)
    whole = sum(raw)
    members = [value / whole for value in raw]
    order = sorted(members, reverse=True)
    lead = order[0] - order[1]
    leading = grades[members.index(order[0])]
    mean = sum(grade * member for grade, member in zip(grades, members, strict=True))
    valid = lead >= GAP - 1e-9
    warnings: list[Message] = []
    if not valid:
        warnings.append(
            say("The two largest memberships differ by only {lead}, less than 0.1: the weighted mean grade {mean} is "
                "used instead of grade {leading}.", lead=f"{lead:.3f}", mean=f"{mean:.2f}", leading=f"{leading:g}")
        )  # fmt: skip
    if experts is not None and experts < FEWEST_EXPERTS:
        warnings.append(say("Only {count} experts voted; at least five are needed.", count=experts))
    return Verdict(dict(zip(grades, members, strict=True)), leading, lead, mean, valid, operator, tuple(warnings))


def compose(relations: Sequence[Sequence[float]], weights: Sequence[float], operator: Operator) -> list[float]:
    """W ∘ R before division by its sum: M(·,+), M(∧,∨), M(·,∨) or M(∧,⊕)."""
    columns = [list(zip(weights, column, strict=True)) for column in zip(*relations, strict=True)]
    match operator:
        case "weighted_mean":
            return [sum(w * r for w, r in column) for column in columns]
        case "min_max":
            return [max(min(w, r) for w, r in column) for column in columns]
        case "product_max":
            return [max(w * r for w, r in column) for column in columns]
        case "min_bounded_sum":
            return [min(1.0, sum(min(w, r) for w, r in column)) for column in columns]
