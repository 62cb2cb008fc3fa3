"""Keys of the page that work wherever the focus is on it (D36)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from forms.questionnaire.desk import Desk


def bind(desk: Desk) -> None:
    """Give the desk its keys."""
    keys: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Alt+Right", lambda: desk.step(1)),
        ("Alt+Left", lambda: desk.step(-1)),
        ("Ctrl+Return", desk.go_open),
        ("Ctrl+Enter", desk.go_open),
        ("Ctrl+E", desk.to_evidence),
        ("Ctrl+M", desk.to_note),
        ("Ctrl+L", desk.toggle_outline),
        ("Alt+D", lambda: desk.ask_reason("nd")),
        ("Alt+N", lambda: desk.ask_reason("na")),
        ("F1", desk.explain_next),
    )
    for sequence, run in keys:
        shortcut = QShortcut(QKeySequence(sequence), desk)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)
