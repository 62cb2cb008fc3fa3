"""Kendall's W over rankings, and the coefficient of variation of experts' ratings of one item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assess.agreement.result import Agreement, Ratings, table, without_variety
from assess.language import Message, say
from assess.problems import Problem

W_NAME = say("Kendall's W")
W_SOURCE = "Kendall & Babington Smith 1939; correction for ties as in Siegel & Castellan 1988"
CV_NAME = say("Coefficient of variation")
CV_SOURCE = "Practice of Delphi rounds: above 0.25 an item goes into the next round"
ROUND_AGAIN = 0.25


def kendall(ratings: Ratings, *, ties: bool = True) -> Agreement:
    """W = 12·S ÷ (m²(n³ − n) − m·ΣT) over m raters and n things, with T = Σ(t³ − t) for runs of t ties.

    Each rater's values are ranked, ties sharing the mean rank; `ties=False` leaves the correction out. χ² = m(n − 1)W
    and its p are approximate below eight things. Raises Problem agreement.shape, .few, .blank.
    """
    import numpy as np
    from scipy.special import gammaincc
    from scipy.stats import rankdata

    array = table(ratings)
    m, n = array.shape
    ranks = np.asarray(rankdata(array, method="average", axis=1), dtype=np.float64)
    sums = ranks.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    tied = 0.0
    if ties:
        for row in array:
            runs = np.unique(row, return_counts=True)[1].astype(np.float64)
            tied += float((runs**3 - runs).sum())
    bottom = m * m * (n**3 - n) - m * tied
    figures = {"raters": float(m), "things": float(n)}
    if bottom <= 1e-9:
        return Agreement("kendall", W_NAME, None, without_variety(), W_SOURCE, figures)
    value = 12.0 * spread / bottom
    chi_square = m * (n - 1) * value
    figures |= {"chi_square": chi_square, "p": float(gammaincc((n - 1) / 2.0, chi_square / 2.0))}
    warnings: tuple[Message, ...] = ()
    if n < 8:
        warnings = (say("Fewer than eight things were ranked: the p value is rough."),)
    return Agreement("kendall", W_NAME, value, _concord(value), W_SOURCE, figures, warnings)


def variation(ratings: Sequence[float | None]) -> Agreement:
    """Standard deviation (n − 1) ÷ mean of the experts' ratings of one item; blanks are left out.

    Raises Problem agreement.few for fewer than two ratings, agreement.negative for one below 0.
    """
    from math import fsum, sqrt

    known = [float(rating) for rating in ratings if rating is not None]
    if len(known) < 2:
        raise Problem(
            "agreement.few",
            say("There are too few ratings to speak of agreement."),
            say("Every thing must be rated by at least two raters."),
        )
    if min(known) < 0:
        raise Problem(
            "agreement.negative",
            say("A rating is negative ({number}); the coefficient of variation needs ratings of 0 or more.",
                number=f"{min(known):g}"),
            say("Use a scale that begins at 0."),
        )  # fmt: skip
    mean = fsum(known) / len(known)
    figures = {"raters": float(len(known)), "mean": mean}
    if mean == 0:
        return Agreement("variation", CV_NAME, None, without_variety(), CV_SOURCE, figures)
    value = sqrt(fsum((rating - mean) ** 2 for rating in known) / (len(known) - 1)) / mean
    shown = f"{value:.2f}"
    meaning = (
        say(
            "Coefficient of variation {value}: experts differ (above 0.25); ask them again in a second round.",
            value=shown,
        )
        if value > ROUND_AGAIN + 1e-9
        else say("Coefficient of variation {value}: experts are close enough (at most 0.25).", value=shown)
    )
    return Agreement("variation", CV_NAME, value, meaning, CV_SOURCE, figures)


def second_round(ratings: Mapping[str, Sequence[float | None]]) -> tuple[str, ...]:
    """Items whose coefficient of variation is above 0.25, in the order given."""
    found = {item: variation(row).value for item, row in ratings.items()}
    return tuple(item for item, value in found.items() if value is not None and value > ROUND_AGAIN + 1e-9)


def _concord(value: float) -> Message:
    shown = f"{value:.2f}"
    if value >= 0.7:
        return say("W {value}: the raters put things in much the same order.", value=shown)
    if value >= 0.5:
        return say("W {value}: the raters agree moderately on the order.", value=shown)
    if value >= 0.3:
        return say("W {value}: the raters agree weakly on the order.", value=shown)
    return say("W {value}: the raters do not agree on an order.", value=shown)
