"""The cells of a Parquet column as numbers and states; each different cell is read once."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from assess.exchange.parquet import Column
from assess.framework.indicator import Number
from assess.framework.model import Framework
from assess.index.cells import LARGEST, SMALLEST, Cell, Reader
from assess.index.data import ANSWERED, UNANSWERED
from assess.index.layout import needed
from assess.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]
    Marks = NDArray[np.int8]
    Booleans = NDArray[np.bool_]

Tell = Callable[[Problem, "Wholes"], None]


def converted(framework: Framework, item: str, read_cell: Reader, column: Column, tell: Tell) -> tuple[Floats, Marks]:
    """The cells of one block of a column as numbers and states; each different cell is read once."""
    import numpy as np

    if column.numbers is None:
        assert column.which is not None
        used = np.unique(column.which)
        found: list[Cell] = [(math.nan, UNANSWERED)] * (len(column.cells) + 1)
        for place in used[used >= 0].tolist():
            try:
                found[place] = read_cell(column.cells[place], False)
            except Problem as problem:
                tell(problem, np.flatnonzero(column.which == place))
        return (
            np.array([value for value, _ in found])[column.which],
            np.array([state for _, state in found], dtype=np.int8)[column.which],
        )
    x = column.numbers
    blank = np.isnan(x)
    states = np.where(blank, UNANSWERED, ANSWERED).astype(np.int8)
    indicator = framework.indicators.get(item)
    if item not in needed(framework) and (indicator is None or indicator.number is None):
        return _scores(read_cell, x, blank, states, tell)
    odd = odd_ones(x, indicator.number if indicator is not None else None)
    if odd.any():
        x = np.where(odd, np.nan, x)
        for row in np.flatnonzero(odd).tolist():
            try:
                x[row] = read_cell(float(column.numbers[row]), False)[0]
            except Problem as problem:
                tell(problem, np.array([row]))
    return x, states


def odd_ones(x: Floats, number: Number | None) -> Booleans:
    """The values that have to be looked at one by one: no sound size, below 0, a part above its whole."""
    import numpy as np

    size = np.abs(x)
    with np.errstate(invalid="ignore"):
        odd: Booleans = (size > LARGEST) | ((size < SMALLEST) & (size > 0))
        if number is not None:
            if not number.negative:
                odd |= x < 0
            if number.kind == "ratio" and not number.divide_by:
                odd |= x > (number.factor if number.factor is not None else 1.0)
    return odd


def _scores(read_cell: Reader, x: Floats, blank: Booleans, states: Marks, tell: Tell) -> tuple[Floats, Marks]:
    """Levels, answers of yes and no and the like: each different figure is read once."""
    import numpy as np

    out = np.full(x.shape, np.nan)
    different, which = np.unique(x[~blank], return_inverse=True)
    rows = np.flatnonzero(~blank)
    for place, figure in enumerate(different.tolist()):
        here = rows[which == place]
        try:
            value, state = read_cell(figure, False)
        except Problem as problem:
            tell(problem, here)
            continue
        out[here] = value
        states[here] = state
    return out, states
