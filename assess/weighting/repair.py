"""Which judgments make a matrix inconsistent, and the value that the expert's other judgments imply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assess.language import Message, say
from assess.weighting.judgments import LIMIT, SCALE, consistency, harker, principal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Repair:
    """`one` against `other` as `given`; what the rest implies; the nearest `value` of the scale; CR with that."""

    one: str
    other: str
    given: float
    implied: float
    value: float
    cr: float

    @property
    def words(self) -> Message:
        """A proposal to put to the expert; nothing is changed without him."""
        return say(
            "{one} against {other} was judged {given}; the other judgments imply about {implied}. With {value} the "
            "consistency ratio would be {cr}.",
            one=self.one, other=self.other, given=on_scale(self.given), implied=f"{self.implied:.2f}",
            value=on_scale(self.value), cr=f"{self.cr:.3f}",
        )  # fmt: skip


def on_scale(value: float) -> str:
    """3 as "3", a third as "1/3", 2.5 as "2.5"."""
    if value >= 1.0:
        return f"{value:.4g}"
    upside = 1.0 / value
    return f"1/{round(upside)}" if abs(upside - round(upside)) < 1e-9 else f"{value:.4g}"


def repairs(
    items: tuple[str, ...], matrix: Floats, *, table: str = "saaty", limit: float = LIMIT
) -> tuple[Repair, ...]:
    """Judgments to reconsider, most damaging first, until CR would be below `limit`; () where it already is.

    Each step takes the pair whose replacement lowers CR most. The replacement is the value of the scale 1/9…9 nearest
    (in ratio) to w_i ÷ w_j, with w computed without that pair (Harker 1987), so that the faulty value does not vouch
    for itself. Ties go to the earlier pair. `matrix` must be complete.
    """
    now = np.array(matrix)
    size = len(items)
    out: list[Repair] = []
    changed: set[tuple[int, int]] = set()
    cr = consistency(principal(now)[1], size, table)[1]
    while cr >= limit - 1e-12:
        best: tuple[float, int, int, float, float] | None = None
        for i in range(size):
            for j in range(i + 1, size):
                if (i, j) in changed:
                    continue
                implied, value = _implied(now, i, j)
                then = consistency(principal(_with(now, i, j, value))[1], size, table)[1]
                if then < cr - 1e-12 and (best is None or then < best[0] - 1e-12):
                    best = (then, i, j, implied, value)
        if best is None:
            break
        cr, i, j, implied, value = best
        first, second, given = (i, j, now[i, j]) if now[i, j] >= 1 else (j, i, now[j, i])
        if first == j:
            implied, value = 1 / implied, 1 / value
        out.append(Repair(items[first], items[second], float(given), implied, value, cr))
        now = _with(now, first, second, value)
        changed.add((i, j))
    return tuple(out)


def _implied(matrix: Floats, i: int, j: int) -> tuple[float, float]:
    without = np.array(matrix)
    without[i, j] = without[j, i] = np.nan
    weights = principal(harker(without))[0]
    ratio = float(weights[i] / weights[j])
    return ratio, min(SCALE, key=lambda value: abs(float(np.log(value / ratio))))


def _with(matrix: Floats, i: int, j: int, value: float) -> Floats:
    out = np.array(matrix)
    out[i, j], out[j, i] = value, 1.0 / value
    return out
