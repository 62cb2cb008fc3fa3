"""The pages of the guide: their order, and which screens and dialogs each of them serves.

The texts are data, `assess/library/guide/<language>/<key>.md`; their first line is the title.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import assess

FOLDER = Path(assess.__file__).parent / "library" / "guide"
PICTURES = FOLDER / "pictures"


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the guide. `serves` are screens (keys of places and parts of them) and classes of dialogs."""

    key: str
    serves: tuple[str, ...] = ()


TOPICS = (
    Topic("start", ("start", "new", "samples", "AuthorDialog", "AboutDialog")),
    Topic("levels", ("questionnaire", "level", "yesno", "AssigningDialog")),
    Topic("numbers", ("number", "pair")),
    Topic("checklist", ("multi",)),
    Topic("absent"),
    Topic("evidence", ("evidence", "EvidenceRegister", "_Choice", "PiecePicker", "ItemPicker")),
    Topic("earlier", ("LastPeriodDialog",)),
    Topic("checking", ("findings",)),
    Topic("finishing", ("finishing",)),
    Topic("exchange", ("exchange",)),
    Topic("conflicts", ("conflicts",)),
    Topic("review", ("review", "BatchDialog", "SamplingDialog")),
    Topic("results", ("results", "TableDialog")),
    Topic("compare", ("benchmark",)),
    Topic("report", ("reports", "planning", "ExportDialog")),
    Topic("grassroots", ("township", "keying")),
    Topic("trouble", ("EarlierDialog", "Ask", "Unsaved", "BugDialog")),
    Topic("secrecy", ("PassphraseDialog",)),
    Topic("keys"),
)


def topic_for(screen: str) -> str:
    """The key of the page that serves a screen or dialog; the first page for one that has none."""
    return next((topic.key for topic in TOPICS if screen in topic.serves or screen == topic.key), TOPICS[0].key)


def served(screen: str) -> bool:
    """Whether some page speaks of this screen or dialog."""
    return any(screen in topic.serves or screen == topic.key for topic in TOPICS)


@cache
def text(key: str, language: str) -> str:
    """The text of a page. FileNotFoundError for a page there is not."""
    return (FOLDER / language / f"{key}.md").read_text(encoding="utf-8")


def title(key: str, language: str) -> str:
    """The title of a page: its first line."""
    return text(key, language).split("\n", 1)[0].removeprefix("#").strip()
