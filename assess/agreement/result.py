"""A coefficient of agreement with what it means in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assess.language import Message, plain, say
from assess.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Ratings = Sequence[Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`value` is None where the ratings leave the coefficient undefined; `meaning` then says why.

    `figures` are numbers found on the way (ratings compared, chi-square, p…); `source` is a citation.
    """

    method: str
    name: Message
    value: float | None
    meaning: Message
    source: str
    figures: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()

    def to_json(self, language: str) -> dict[str, Any]:
        """Unrounded numbers under stable names, texts in one language."""
        return {
            "method": self.method,
            "name": plain(self.name, language),
            "value": self.value,
            "meaning": plain(self.meaning, language),
            "source": self.source,
            "figures": dict(self.figures),
            "warnings": [warning.render(language) for warning in self.warnings],
        }


def table(ratings: Ratings, *, raters: int = 2, subjects: int = 2, blanks: bool = False) -> Floats:
    """Ratings as an array, raters × subjects, NaN for a blank. Raises Problem agreement.shape, .few, .blank."""
    import numpy as np

    widths = {len(row) for row in ratings}
    if len(widths) > 1:
        raise Problem(
            "agreement.shape",
            say("The raters did not rate the same number of things."),
            say("Give one value per rater and thing; leave a blank where a rating is missing."),
        )
    count, width = len(ratings), next(iter(widths), 0)
    if count < raters or width < subjects:
        raise Problem(
            "agreement.few",
            say("{raters} raters and {subjects} things rated are too few to speak of agreement.", raters=count,
                subjects=width),
            say("At least {raters} raters and {subjects} things are needed.", raters=raters, subjects=subjects),
        )  # fmt: skip
    array = np.array([[np.nan if cell is None else cell for cell in row] for row in ratings], dtype=np.float64)
    if np.isinf(array).any() or (not blanks and np.isnan(array).any()):
        rater, subject = np.argwhere(~np.isfinite(array))[0]
        raise Problem(
            "agreement.blank",
            say("Rater {rater} has no rating for thing {subject}, and this coefficient needs every rating.",
                rater=int(rater) + 1, subject=int(subject) + 1),
            say("Leave the thing out, or use Krippendorff's alpha, which bears blanks."),
        )  # fmt: skip
    return array


def without_variety() -> Message:
    """Why a coefficient has no value where everything was rated the same."""
    return say("All ratings are the same, so that agreement cannot be told from lack of variety.")
