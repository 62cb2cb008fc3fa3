"""English for texts that a framework file gives in Chinese only: tables [words] in en/*.toml, Chinese → English."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from assess.framework.model import Framework
from assess.language import Words

Json = Any
HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")


class Vocabulary:
    """Turns the texts of the files into `Words`. A plain text is in the framework's own language."""

    def __init__(self, english: Mapping[str, str], language: str = "zh") -> None:
        self.english = english
        self.language = language

    def words(self, value: Json) -> Words:
        """From a plain text, or a table with zh and en. What lacks English takes it from the overlay."""
        if isinstance(value, Mapping):
            chinese, english = str(value.get("zh", "")), str(value.get("en", ""))
        elif self.language == "en":
            chinese, english = "", str(value or "")
        else:
            chinese, english = str(value or ""), ""
        return Words(chinese, english or self.english.get(chinese, ""))

    def many(self, value: Json) -> tuple[Words, ...]:
        """From a list of texts, or a table of two lists (zh and en), matched by position."""
        if isinstance(value, Mapping):
            chinese, english = value.get("zh", ()), value.get("en", ())
            size = max(len(chinese), len(english))
            pairs = zip((*chinese, *[""] * size), (*english, *[""] * size), strict=False)
            return tuple(self.words({"zh": zh, "en": en}) for zh, en in list(pairs)[:size])
        return tuple(self.words(item) for item in value or ())


def missing(framework: Framework) -> tuple[str, ...]:
    """Texts with Chinese characters and no English anywhere, once each, in order of appearance."""
    lacking = (words.zh for words in every_words(framework) if not words.en and HAN.search(words.zh))
    return tuple(dict.fromkeys(lacking))


def every_words(value: object) -> Iterator[Words]:
    """All `Words` within a value, supplements included."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, str):
        return
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from every_words(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from every_words(item)
    elif dataclasses.is_dataclass(value):
        for spec in dataclasses.fields(value):
            yield from every_words(getattr(value, spec.name))
