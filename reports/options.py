"""What a person may choose about a report; everything else follows from the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SECTIONS = (
    "cover",
    "summary",
    "contents",
    "method",
    "overall",
    "dimensions",
    "peers",
    "constraints",
    "proposals",
    "detail",
    "answers",
    "evidence",
    "rules",
    "terms",
    "pledge",
    "provenance",
)


@dataclass(frozen=True, slots=True)
class Options:
    """`off_sections` and `off_sentences` are ids left out; `edited` replaces the text of sentences by id.

    `marking` stands at the top left of the cover and is empty unless a person chose one. `rank` writes the place in
    the group as a number. `version` is the edition printed on the cover, `digest` the seal of the document (hex),
    `changed_since` that of a seal after which something changed (then there is no `digest`),
    `program` the version of the program.
    """

    off_sections: frozenset[str] = frozenset()
    off_sentences: frozenset[str] = frozenset()
    edited: Mapping[str, str] = field(default_factory=dict)
    marking: str = ""
    rank: bool = False
    version: str = "1"
    compiled_by: str = ""
    digest: str = ""
    changed_since: str = ""
    program: str = ""
    watermark: str | None = None
