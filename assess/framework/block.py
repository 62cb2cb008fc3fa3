"""One table of a framework file with typed look-ups. Types were checked by the grammar; absent keys have defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assess.framework.overlay import Vocabulary
from assess.language import Words

Json = Any


class Block:
    """`block.words("name")`, `block.number("weight", 1)`; an absent key gives the default, never an error."""

    def __init__(self, data: Mapping[str, Json], vocabulary: Vocabulary) -> None:
        self.data = data
        self.vocabulary = vocabulary

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def __bool__(self) -> bool:
        return bool(self.data)

    def text(self, key: str, default: str = "") -> str:
        return str(self.data.get(key, default))

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.data.get(key)
        if value is None:
            return default
        return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self.data.get(key, default))

    def number(self, key: str, default: float = 0.0) -> float:
        return float(self.data.get(key, default))

    def maybe(self, key: str) -> float | None:
        value = self.data.get(key)
        return None if value is None else float(value)

    def whole(self, key: str, default: int = 0) -> int:
        return int(self.data.get(key, default))

    def maybe_whole(self, key: str) -> int | None:
        value = self.data.get(key)
        return None if value is None else int(value)

    def choice(self, key: str, default: str = "") -> Any:
        """A text from a closed list, which the grammar has checked."""
        return self.data.get(key, default)

    def words(self, key: str = "") -> Words:
        """The text at `key`, or without a key the table's own zh and en."""
        if not key:
            return self.vocabulary.words(self.data)
        value = self.data.get(key)
        return self.vocabulary.words(value) if value is not None else Words()

    def many_words(self, key: str) -> tuple[Words, ...]:
        return self.vocabulary.many(self.data.get(key))

    def table(self, key: str) -> Block:
        value = self.data.get(key)
        return Block(value if isinstance(value, Mapping) else {}, self.vocabulary)

    def tables(self, key: str) -> tuple[Block, ...]:
        return tuple(Block(item, self.vocabulary) for item in self.data.get(key, ()))

    def items(self, key: str = "") -> Iterator[tuple[str, Block]]:
        """Name and table of each table within `key` (or within this one)."""
        for name, value in (self.data.get(key, {}) if key else self.data).items():
            if isinstance(value, Mapping):
                yield str(name), Block(value, self.vocabulary)
