"""Units × items as numbers, checked once: what the data-driven methods and the rankings are computed from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assess.language import Message, say
from assess.problems import Problem
from assess.weighting.result import named

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

FLAT = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """`values` units × items, every cell a finite number; `falling` are the items where less is better."""

    units: tuple[str, ...]
    items: tuple[str, ...]
    values: Floats
    falling: frozenset[str] = frozenset()

    @property
    def down(self) -> Flags:
        """Per item: is less better?"""
        return np.array([item in self.falling for item in self.items], dtype=np.bool_)

    @property
    def flat(self) -> Flags:
        """Per item: do all units have the same value?"""
        high, low = self.values.max(axis=0), self.values.min(axis=0)
        flat: Flags = high - low <= FLAT * np.maximum(np.abs(high), np.abs(low))
        return flat

    def only(self, items: Sequence[str]) -> Sample:
        """The same units with some of the items, in the order given; each must be one of `self.items`."""
        places = [self.items.index(item) for item in items]
        return Sample(self.units, tuple(items), self.values[:, places], self.falling & set(items))

    def scaled(self) -> Floats:
        """Sample min–max to 0–1, reversed where less is better; items without any difference become 0."""
        return scaled(self.values, self.down, self.flat)


def sample(
    units: Sequence[str], items: Sequence[str], values: ArrayLike, falling: Collection[str] = (), *, least: int = 2
) -> Sample:
    """Check and freeze.

    Raises Problem sample.empty, .shape, .few, .unit-twice, .blank, .unknown-item, weights.items, weights.item-twice.
    """
    array = np.array(values, dtype=np.float64)
    items = named(items)
    units = tuple(units)
    if not units or array.size == 0:
        raise Problem(
            "sample.empty", say("The table holds no unit."), say("Give one row per unit, with its name and its values.")
        )
    if array.shape != (len(units), len(items)):
        raise Problem(
            "sample.shape",
            say("{units} units and {items} items do not fit {rows} rows of {columns} values.", units=len(units),
                items=len(items), rows=array.shape[0], columns=array.shape[1] if array.ndim > 1 else 1),
            say("Give every unit one value per item."),
        )  # fmt: skip
    seen: set[str] = set()
    for unit in units:
        if unit in seen:
            raise Problem(
                "sample.unit-twice",
                say("Unit {unit} stands there twice.", unit=unit),
                say("Keep one of the two rows."),
            )
        seen.add(unit)
    unknown = [item for item in sorted(falling) if item not in items]
    if unknown:
        raise Problem(
            "sample.unknown-item",
            say("There is no item {item}.", item=unknown[0]),
            say("Items are: {items}.", items=items),
        )
    missing = np.argwhere(~np.isfinite(array))
    if len(missing):
        row, column = missing[0]
        raise Problem(
            "sample.blank",
            say("{count} values are missing, the first for {unit}, item {item}.", count=len(missing),
                unit=units[row], item=items[column]),
            say("Fill them in, or leave out the units concerned; a blank is never taken as 0."),
        )  # fmt: skip
    if len(units) < least:
        raise Problem(
            "sample.few",
            say("The table holds {count} units; this method compares units and needs at least {least}.",
                count=len(units), least=least),
            say("Add units of the same kind, or use weights given by experts."),
        )  # fmt: skip
    array.setflags(write=False)
    return Sample(units, items, array, frozenset(falling))


def scaled(values: Floats, down: Flags, flat: Flags) -> Floats:
    """(x − min) ÷ (max − min) per column, (max − x) ÷ (max − min) where `down`; 0 where `flat`."""
    low, high = values.min(axis=0), values.max(axis=0)
    span = np.where(flat, 1.0, high - low)
    rising = np.where(down, high - values, values - low)
    out: Floats = np.where(flat, 0.0, rising / span)
    return out


def flat_warnings(data: Sample) -> list[Message]:
    """One sentence per item that tells units apart in nothing, and so gets weight 0."""
    out = []
    for item, column, flat in zip(data.items, data.values.T, data.flat, strict=True):
        if flat and column[0] == 0:
            out.append(say("Item {item} is 0 for every unit; its weight is set to 0.", item=item))
        elif flat:
            out.append(say("Item {item} has the same value for every unit; its weight is set to 0.", item=item))
    return out


def refuse_all_flat(data: Sample) -> None:
    """Raises Problem sample.flat where no item tells units apart."""
    if bool(data.flat.all()):
        raise Problem(
            "sample.flat",
            say("No item differs between the units, so the data say nothing about weights."),
            say("Check that the right columns were chosen, or use weights given by experts."),
        )
