"""A mapping that is built on first use, so that opening a framework does not pay for its supplements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Later(Mapping[Key, Value]):
    """Read-only; `build` runs once, at the first look."""

    __slots__ = ("_build", "_held")

    def __init__(self, build: Callable[[], Mapping[Key, Value]]) -> None:
        self._build = build
        self._held: Mapping[Key, Value] | None = None

    def _all(self) -> Mapping[Key, Value]:
        if self._held is None:
            self._held = self._build()
        return self._held

    def __getitem__(self, key: Key) -> Value:
        return self._all()[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return f"Later({'…' if self._held is None else dict(self._held)!r})"
