"""Intraclass correlation: how much of the spread of ratings lies between the things rated, not the raters."""

from __future__ import annotations

from typing import Literal

from assess.agreement.result import Agreement, Ratings, table, without_variety
from assess.language import Message, say

Form = Literal["ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"]
NAME = say("Intraclass correlation (ICC)")
SOURCE = "Shrout & Fleiss 1979; McGraw & Wong 1996; bands of Koo & Li 2016"


def intraclass(ratings: Ratings, form: Form = "ICC(A,1)") -> Agreement:
    """One of six coefficients from two-way mean squares; `ratings` raters × things, no blanks.

    1: raters differ from thing to thing; A: absolute agreement; C: consistency (raters may differ in level);
    1 or k: a single rating, or the mean of the k raters. Raises Problem agreement.shape, .few, .blank.
    """
    array = table(ratings).T
    n, k = array.shape
    grand = float(array.mean())
    rows = k * float(((array.mean(axis=1) - grand) ** 2).sum())
    columns = n * float(((array.mean(axis=0) - grand) ** 2).sum())
    whole = float(((array - grand) ** 2).sum())
    between = rows / (n - 1)
    raters = columns / (k - 1)
    rest = max(0.0, whole - rows - columns) / ((n - 1) * (k - 1))
    within = (whole - rows) / (n * (k - 1))
    figures = {"raters": float(k), "things": float(n), "ms_things": between, "ms_raters": raters, "ms_rest": rest}
    match form:
        case "ICC(1,1)":
            top, bottom = between - within, between + (k - 1) * within
        case "ICC(A,1)":
            top, bottom = between - rest, between + (k - 1) * rest + k * (raters - rest) / n
        case "ICC(C,1)":
            top, bottom = between - rest, between + (k - 1) * rest
        case "ICC(1,k)":
            top, bottom = between - within, between
        case "ICC(A,k)":
            top, bottom = between - rest, between + (raters - rest) / n
        case "ICC(C,k)":
            top, bottom = between - rest, between
    if whole <= 1e-12:
        return Agreement("icc", NAME, None, without_variety(), SOURCE, figures)
    if bottom <= 1e-12 * whole:
        reason = say("The things rated do not differ, so that the ratings have nothing to agree on.")
        return Agreement("icc", NAME, None, reason, SOURCE, figures)
    value = top / bottom
    return Agreement("icc", NAME, value, _meaning(form, value), SOURCE, figures)


def _meaning(form: Form, value: float) -> Message:
    shown = f"{value:.2f}"
    if value > 0.9:
        return say("{form} {value}: ratings are highly reliable.", form=form, value=shown)
    if value >= 0.75:
        return say("{form} {value}: ratings are reliable.", form=form, value=shown)
    if value >= 0.5:
        return say("{form} {value}: ratings are moderately reliable.", form=form, value=shown)
    return say("{form} {value}: ratings depend too much on who rates.", form=form, value=shown)
