"""One expert's pairwise comparisons: read, checked, completed; priorities, λmax, CI and CR.

The scale is 1–9 with reciprocals. The default table of random indices is Saaty 1980; Donegan & Dodd 1991 can be
chosen, and the one in use is always named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal

import numpy as np

from assess.language import say
from assess.problems import Problem
from assess.weighting.result import named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Deriving = Literal["eigenvector", "geometric"]
Completion = Literal["harker", "least_squares", "smallest_lambda"]
RI = {
    "saaty": (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "donegan_dodd": (0.0, 0.0, 0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213, 1.4497, 1.4643,
                     1.4822, 1.4969),
}  # fmt: skip
RI_SOURCES = {"saaty": "Saaty 1980", "donegan_dodd": "Donegan & Dodd 1991"}
MOST = len(RI["saaty"])
LIMIT = 0.10
ROUNDED = 0.0051
SCALE = tuple(1.0 / k for k in range(9, 1, -1)) + tuple(float(k) for k in range(1, 10))


@dataclass(frozen=True, slots=True, eq=False)
class Judgments:
    """The comparisons of one expert: `matrix` n × n, reciprocal, diagonal 1, NaN where a pair was not compared."""

    expert: str
    items: tuple[str, ...]
    matrix: Floats
    rounded: bool = False

    @property
    def missing(self) -> tuple[tuple[int, int], ...]:
        """Pairs (i < j) that were not compared."""
        return tuple((int(i), int(j)) for i, j in np.argwhere(np.isnan(self.matrix)) if i < j)


def judged(expert: str, items: Sequence[str], rows: Sequence[Sequence[float | None]]) -> Judgments:
    """Read a square table; one half suffices, and 0.33 beside 3 (or alone) is taken as 1/3.

    Raises Problem ahp.square, ahp.diagonal, ahp.scale, ahp.reciprocal, ahp.many, weights.item*.
    """
    items = named(items)
    size = len(items)
    if len(rows) != size or any(len(row) != size for row in rows):
        raise Problem(
            "ahp.square",
            say("The matrix of {expert} is not square: {count} items need {count} rows and columns.", expert=expert,
                count=size),
            say("Write the same items, in the same order, down the first column and along the first row."),
        )  # fmt: skip
    if size > MOST:
        raise Problem(
            "ahp.many",
            say(
                "{count} items are too many for one matrix; random indices are known up to {most}.",
                count=size,
                most=MOST,
            ),
            say("Group the items, compare within each group, then compare the groups."),
        )
    matrix = np.eye(size)
    rounded = False
    for i in range(size):
        own = rows[i][i]
        if own is not None and abs(own - 1.0) > 1e-9:
            raise Problem(
                "ahp.diagonal",
                say("{expert}: {item} compared with itself must be 1, not {number}.", expert=expert, item=items[i],
                    number=f"{own:g}"),
                say("Write 1 along the diagonal or leave it empty."),
            )  # fmt: skip
        for j in range(i + 1, size):
            value, changed = _pair(expert, items[i], items[j], rows[i][j], rows[j][i])
            rounded |= changed
            matrix[i, j] = value
            matrix[j, i] = 1.0 / value
    matrix.setflags(write=False)
    return Judgments(expert, items, matrix, rounded)


def _pair(expert: str, one: str, other: str, upper: float | None, lower: float | None) -> tuple[float, bool]:
    """The value of one pair from the cells above and below the diagonal, and whether a rounded fraction was mended."""
    for value in (upper, lower):
        if value is not None and not (isfinite(value) and 1 / 9 - ROUNDED <= value <= 9.0 + 1e-9):
            raise Problem(
                "ahp.scale",
                say("{expert}: {one} against {other} is {number}, outside the scale from 1/9 to 9.", expert=expert,
                    one=one, other=other, number=f"{value:g}"),
                say("1 means equally important, 9 far more important, 1/9 far less important."),
            )  # fmt: skip
    if upper is None and lower is None:
        return float("nan"), False
    if upper is not None and lower is not None:
        big, small = max(upper, lower), min(upper, lower)
        if abs(small - 1.0 / big) > ROUNDED:
            raise Problem(
                "ahp.reciprocal",
                say("{expert}: {one} against {other} is {upper}, but {other} against {one} is {lower} and not "
                    "{expected}.", expert=expert, one=one, other=other, upper=f"{upper:g}", lower=f"{lower:g}",
                    expected=f"{1.0 / upper:.4g}"),
                say("Correct one of the two, or leave one of them empty: the other half follows."),
            )  # fmt: skip
        return (big if upper >= lower else 1.0 / big), abs(small - 1.0 / big) > 1e-9
    typed = upper if upper is not None else lower
    assert typed is not None
    exact = _exact(typed)
    return (exact if upper is not None else 1.0 / exact), abs(exact - typed) > 1e-9


def _exact(value: float) -> float:
    """0.33 → 1/3; anything that is no rounded reciprocal of 2…9 stays."""
    if value >= 1.0:
        return value
    nearest = min(range(1, 10), key=lambda k: abs(value - 1.0 / k))
    return 1.0 / nearest if abs(value - 1.0 / nearest) <= ROUNDED else value


def groups(matrix: Floats) -> list[list[int]]:
    """Items that are connected by comparisons, as lists of positions; one list where all are."""
    left = set(range(len(matrix)))
    out = []
    while left:
        reached = [min(left)]
        left.discard(reached[0])
        for i in reached:
            new = sorted(j for j in left if not np.isnan(matrix[i, j]))
            reached += new
            left.difference_update(new)
        out.append(sorted(reached))
    return out


def principal(matrix: Floats) -> tuple[Floats, float]:
    """Perron vector (sum 1) and eigenvalue of a nonnegative irreducible matrix."""
    values, vectors = np.linalg.eig(matrix)
    k = int(np.argmax(values.real))
    vector = np.abs(vectors[:, k].real)
    return vector / vector.sum(), float(values[k].real)


def logarithmic(matrix: Floats) -> Floats:
    """Logarithmic least squares over the known pairs; on a complete matrix the geometric means of the rows."""
    known = ~np.isnan(matrix)
    logs = np.log(np.where(known, matrix, 1.0))
    laplacian = np.diag(known.sum(axis=1)) - known.astype(np.float64)
    level = np.linalg.lstsq(laplacian, logs.sum(axis=1), rcond=None)[0]
    raised = np.exp(level - level.max())
    weights: Floats = raised / raised.sum()
    return weights


def harker(matrix: Floats) -> Floats:
    """Harker's auxiliary matrix: 0 for a missing pair, one more on the diagonal for each pair missing in the row."""
    missing = np.isnan(matrix)
    out: Floats = np.where(missing, 0.0, matrix) + np.diag(missing.sum(axis=1).astype(np.float64))
    return out


def completed(matrix: Floats, completion: Completion) -> Floats:
    """Every missing pair filled by w_i ÷ w_j of the chosen completion; a complete matrix comes back as it is."""
    missing = np.isnan(matrix)
    if not missing.any():
        return matrix
    if completion == "smallest_lambda":
        return _smallest_lambda(matrix)
    weights = principal(harker(matrix))[0] if completion == "harker" else logarithmic(matrix)
    filled: Floats = np.where(missing, weights[:, None] / weights[None, :], matrix)
    return filled


def _smallest_lambda(matrix: Floats) -> Floats:
    """Missing pairs chosen so that λmax is smallest (convex in their logarithms; Bozóki, Fülöp & Rónyai 2010)."""
    from scipy.optimize import minimize

    pairs = [(i, j) for i, j in np.argwhere(np.isnan(matrix)) if i < j]
    start = completed(matrix, "harker")

    def filled(logs: Floats) -> Floats:
        out = np.array(start)
        for (i, j), log in zip(pairs, logs, strict=True):
            out[i, j], out[j, i] = np.exp(log), np.exp(-log)
        return out

    def slope(logs: Floats) -> tuple[float, Floats]:
        full = filled(logs)
        right, value = principal(full)
        left, _ = principal(full.T)
        left = left / (left @ right)
        down = [left[i] * right[j] * full[i, j] - left[j] * right[i] * full[j, i] for i, j in pairs]
        return value, np.array(down)

    first = np.log([start[i, j] for i, j in pairs])
    found = minimize(slope, first, jac=True, method="BFGS", options={"gtol": 1e-11})
    return filled(np.asarray(found.x, dtype=np.float64))


def priorities(matrix: Floats, deriving: Deriving) -> tuple[Floats, float]:
    """Weights and λmax of a complete matrix; with geometric means, λmax is the mean of (A·w)ᵢ ÷ wᵢ."""
    if deriving == "eigenvector":
        return principal(matrix)
    weights = logarithmic(matrix)
    return weights, float(np.mean(matrix @ weights / weights))


def consistency(lambda_max: float, size: int, table: str = "saaty") -> tuple[float, float]:
    """CI = (λmax − n) ÷ (n − 1) and CR = CI ÷ RI; both 0 for fewer than three items."""
    if size < 3:
        return 0.0, 0.0
    ci = max(0.0, (lambda_max - size) / (size - 1))
    return ci, ci / RI[table][size - 1]
