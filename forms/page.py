"""What a page is to the frame, and what the frame is to a page.

A page lives in a package of its own, `forms/<package>/page.py`, which offers

    def make(session: Session, shell: Shell) -> Page

and is listed in `forms/pages.py` with its key, its place on the rail, its title and its icon. It is made when it is
first gone to, so it may import what it needs at the top of its module. It knows the session and the shell, never
another page: to get anywhere it says `shell.go("questionnaire", "ST1.1")`.

The frame calls, in this order: `make` → `retranslate()` → `retheme()` → `fit(size)` → `enter(target)`. Afterwards
`retranslate` and `retheme` come again whenever language or theme changes, `fit` when the window crosses a breakpoint;
a page out of sight gets them when it is next gone to.
Fonts, fills and edges follow the theme by themselves (see `forms/theme.py`); `retheme` is for what is painted by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol

from PySide6.QtWidgets import QWidget

from assess.language import Message
from assess.problems import Problem

Size = Literal["wide", "narrow", "tiny"]
NoticeKind = Literal["info", "success", "warning", "danger"]


class Shell(Protocol):
    """What the window offers its pages."""

    @property
    def language(self) -> str:
        """ "zh" or "en"."""

    @property
    def theme(self) -> Any:
        """The theme in force, `forms.theme.Theme`; the same as `forms.theme.theme()`."""

    @property
    def size_class(self) -> Size:
        """wide from 1000 logical pixels, narrow below, tiny below 720."""

    def go(self, page: str, target: str | None = None) -> bool:
        """Show a page by key; `target` is an indicator or node code it understands. False if there is no such page."""

    def has(self, page: str) -> bool:
        """Whether there is a page of this key, so that a link to it may be offered."""

    def notify(
        self,
        kind: NoticeKind,
        text: str | Message,
        *,
        more: str | Message = "",
        action: str = "",
        run: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        """Show a notice above the page: `text` bold, then `more`, then a link `action`. The same `key` replaces."""

    def trouble(self, problem: Problem, *, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Show a Problem in place: what is the matter, and what to do."""

    def dismiss(self, key: str) -> None:
        """Take away the notice of this key, if it is there."""

    def explain(self, term: str, anchor: QWidget) -> bool:
        """Open the popover of a term of the glossary beside `anchor`. False if the framework does not know it."""

    def refresh_keys(self) -> None:
        """Read `keys()` of the page again, after what the keys do has changed."""

    def refresh_badges(self) -> None:
        """Read `badge()` of every page that is made again."""


class Page(QWidget):
    """A page with nothing on it; pages override what they need. `key` is the key in `forms/pages.py`."""

    key = ""

    def keys(self) -> Sequence[tuple[str, str]]:
        """Keys for the status bar: ("Alt+→", _("next question")). Several keys are parted by spaces: "↑ ↓"."""
        return ()

    def areas(self) -> Sequence[QWidget]:
        """The areas F6 moves between, in order; each takes the focus itself or by its focus proxy or first child."""
        return (self,)

    def tab_areas(self) -> Sequence[tuple[QWidget, bool]]:
        """The order of Tab: areas, and whether each is one row read from the left. What is left out comes last."""
        return tuple((area, False) for area in self.areas())

    def enter(self, target: str | None = None) -> None:
        """The page is shown. `target` None leaves it where it was."""

    def leave(self) -> None:
        """Another page is shown, or the file is closed: write what is still being typed."""

    def retranslate(self) -> None:
        """Set every text again in the language of now."""

    def retheme(self) -> None:
        """Colours or sizes have changed: repaint what is painted by hand."""

    def fit(self, size: Size) -> None:
        """The window has become wide, narrow or tiny."""

    def head(self) -> QWidget | None:
        """A control for the right of the header when the window is narrow or tiny (for example the outline drawer)."""
        return None

    def bare(self) -> bool:
        """Whether the page stands alone: no rail, no status bar, the menu in the header."""
        return False

    def badge(self) -> int:
        """How many things on this page must be dealt with; 0 shows no badge."""
        return 0

    def shows(self, target: str) -> bool:
        """Whether the page shows this item just now, so that no way there need be offered."""
        return False

    def topic(self) -> str:
        """Which form of the page is shown, as the guide names it (`forms/guide/topics.py`); "" for the page itself."""
        return ""

    def explain_near(self) -> bool:
        """F1: True when there is a term near the focus and it is explained; else the guide opens."""
        return False

    def search(self) -> bool:
        """Ctrl+F: True when the page has its own search and has opened it."""
        return False
