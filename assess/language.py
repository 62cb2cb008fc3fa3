"""Languages: bilingual words of frameworks, and translatable messages of the program.

Two kinds of text exist. Framework texts are data and carry both languages (`Words`). Texts of the program are English
ids, looked up in gettext catalogues when they are shown (`Message`, decision D35). Domain code never renders: it says
`say("…{name}…", name=value)` and the face renders it in the reader's language.

`python -m assess.language` compiles every .po file of the catalogue folder.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).parent / "library" / "locale"
FOLDERS = {"zh": "zh_CN"}
DATE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a framework in both languages; an empty one falls back on the other, never on nothing."""

    zh: str = ""
    en: str = ""

    def to(self, language: str) -> str:
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable sentence: an English id (str.format template) and its values.

    Values may be `Words`, `Message`, numbers or strings; the former two are rendered in the same language.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: str) -> str:
        template = _template(language, self.id)
        return template.format(**{key: plain(value, language) for key, value in self.values.items()})

    def __hash__(self) -> int:
        return hash((self.id, tuple(sorted((key, str(value)) for key, value in self.values.items()))))


def say(id: str, /, **values: object) -> Message:  # noqa: A002 - gettext's own word
    """Mark and build a message. The id must be a literal, so that extraction finds it."""
    return Message(id, values)


def plain(value: object, language: str) -> object:
    """A value of a message in one language: words and messages rendered, sequences joined."""
    if isinstance(value, Words):
        return value.to(language)
    if isinstance(value, Message):
        return value.render(language)
    if isinstance(value, (tuple, list)):
        return ("、" if language == "zh" else ", ").join(str(plain(item, language)) for item in value)
    return value


@cache
def translation(language: str) -> gettext.NullTranslations:
    """The catalogues of a language, all areas chained. English is its own catalogue; a missing one is a bug."""
    if language not in FOLDERS:
        return gettext.NullTranslations()
    folder = LOCALE / FOLDERS[language] / "LC_MESSAGES"
    files = sorted(folder.glob("*.mo"))
    if not files:
        raise FileNotFoundError(f"no catalogue in {folder}")
    first: gettext.GNUTranslations | None = None
    for file in files:
        with file.open("rb") as stream:
            catalogue = gettext.GNUTranslations(stream)
        if first is None:
            first = catalogue
        else:
            first.add_fallback(catalogue)
    assert first is not None
    return first


@lru_cache(maxsize=8192)
def _template(language: str, id: str) -> str:  # noqa: A002
    """The text of an id, looked up once: a page says the same hundred sentences again and again."""
    return translation(language).gettext(id)


def compile_catalogues() -> list[Path]:
    """Write the .mo beside every .po; returns what was written. Needs Babel (an extra for developers)."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written: list[Path] = []
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as stream:
            catalogue = read_po(stream, locale=po.parts[-3])
        catalogue.project, catalogue.version = "zhiheng", ""
        catalogue.creation_date = catalogue.revision_date = DATE  # equal catalogues, equal bytes
        part = po.with_suffix(".part")
        with part.open("wb") as out:
            write_mo(out, catalogue)
        written.append(part.replace(po.with_suffix(".mo")))
    return written


if __name__ == "__main__":
    for path in compile_catalogues():
        print(path.relative_to(LOCALE))
