"""What a person changed about the sentences of a report: switched off, or said in other words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reports.model import Sentence


@dataclass(frozen=True, slots=True)
class Edit:
    """Other words for a sentence, and what the sentence said when they were written."""

    text: str
    original: str


@dataclass(frozen=True, slots=True)
class Edits:
    """All of them. An edited sentence is never overwritten: when its data move it is `stale` and wants a look."""

    off: frozenset[str] = frozenset()
    edited: Mapping[str, Edit] = field(default_factory=dict)

    def toggled(self, id: str) -> Edits:  # noqa: A002 - the model's word
        return replace(self, off=self.off ^ {id})

    def written(self, sentence: Sentence, text: str) -> Edits:
        """Other words for a sentence; its own words or none restore it."""
        words = " ".join(text.split())
        if not words or words == sentence.text:
            return self.restored(sentence.id)
        return replace(self, edited={**self.edited, sentence.id: Edit(words, sentence.text)})

    def restored(self, id: str) -> Edits:  # noqa: A002
        return replace(self, edited={key: edit for key, edit in self.edited.items() if key != id})

    def stale(self, sentence: Sentence) -> bool:
        """Whether the sentence has moved since its words were changed."""
        edit = self.edited.get(sentence.id)
        return edit is not None and edit.original != sentence.text

    def words(self) -> dict[str, str]:
        """Texts by id, as a report takes them."""
        return {key: edit.text for key, edit in self.edited.items()}
