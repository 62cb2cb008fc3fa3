"""Krippendorff's alpha: any number of raters, blanks allowed, nominal, ordinal or interval values."""

from __future__ import annotations

from typing import Literal

from assess.agreement.result import Agreement, Ratings, table, without_variety
from assess.language import Message, say
from assess.problems import Problem

Level = Literal["nominal", "ordinal", "interval", "ratio"]
NAME = say("Krippendorff's alpha")
SOURCE = "Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; Krippendorff 2004, Content Analysis"


def krippendorff(ratings: Ratings, level: Level = "ordinal") -> Agreement:
    """α = 1 − observed ÷ expected disagreement; `ratings` raters × things, None for a blank.

    Raises Problem agreement.shape, .few, and agreement.pairs where nothing was rated by two raters.
    """
    import numpy as np

    array = table(ratings, subjects=1, blanks=True)
    paired = array[:, (~np.isnan(array)).sum(axis=0) >= 2]
    if paired.shape[1] == 0:
        raise Problem(
            "agreement.pairs",
            say("Nothing was rated by two raters, so that nothing can be compared."),
            say("Have some things rated twice."),
        )
    known = paired[~np.isnan(paired)]
    figures = {"raters": float(len(array)), "things": float(paired.shape[1]), "ratings": float(known.size)}
    if len(np.unique(known)) < 2:
        return Agreement("krippendorff", NAME, None, without_variety(), SOURCE, figures)
    from krippendorff import alpha

    value = float(alpha(reliability_data=paired, level_of_measurement=level))
    warnings: tuple[Message, ...] = ()
    if paired.shape[1] < 10:
        warnings = (say("Only {count} things were rated twice; the coefficient may move a good deal with more.",
                        count=paired.shape[1]),)  # fmt: skip
    return Agreement("krippendorff", NAME, value, _meaning(value), SOURCE, figures, warnings)


def _meaning(value: float) -> Message:
    shown = f"{value:.2f}"
    if value >= 0.8 - 1e-9:
        return say("Alpha {value}: the raters agree reliably (0.80 or more).", value=shown)
    if value >= 0.667 - 1e-9:
        return say("Alpha {value}: agreement allows tentative conclusions only (0.667 to 0.80).", value=shown)
    if value > 0:
        return say("Alpha {value}: the raters agree too little to rely on (below 0.667).", value=shown)
    return say("Alpha {value}: the raters agree no better than chance, or against each other.", value=shown)
