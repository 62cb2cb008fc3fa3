"""The words of the screen: English ids, shown in the language chosen now.

`_("Next")` looks an id up at the moment it is shown, so a page calls it again in `retranslate()`. Texts of frameworks
(`Words`) and of the domain (`Message`, `Problem`) go through `show`.
"""

from __future__ import annotations

from assess.language import LANGUAGES, Message, Words, plain
from assess.problems import Problem

_language = "zh"


def language() -> str:
    """The language of the screen now: "zh" or "en"."""
    return _language


def speak(chosen: str) -> None:
    """Choose the language of every text shown from now on. ValueError for a language there is no catalogue of."""
    global _language
    if chosen not in LANGUAGES:
        raise ValueError(chosen)
    _language = chosen


def _(id: str, /, **values: object) -> str:  # noqa: A002 - gettext's own word
    """The text of an id in the language of now, with its values put in."""
    return Message(id, values).render(_language)


def N_(id: str) -> str:  # noqa: A002 - gettext's own word
    """Mark an id for the catalogue where it is written down; it is looked up with `_` when it is shown."""
    return id


def show(thing: Words | Message | Problem | str | None) -> str:
    """Anything that speaks both languages, in the language of now. None is the empty text."""
    if thing is None:
        return ""
    if isinstance(thing, Problem):
        return thing.sentence(_language)
    return str(plain(thing, _language))


def capital(text: str) -> str:
    """A name at the beginning of a line or a button: "formal assessment" as "Formal assessment"."""
    return text[:1].upper() + text[1:]
