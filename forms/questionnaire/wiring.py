"""How the desk hangs together: its signals, and the keys that work wherever the focus is on the page (D36)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from forms.questionnaire.evidence_wiring import EvidenceDesk

if TYPE_CHECKING:
    from forms.questionnaire.desk import Desk


def bind(desk: Desk) -> None:
    """Give the desk its keys."""
    keys: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Alt+Right", lambda: desk.step(1)),
        ("Alt+Left", lambda: desk.step(-1)),
        ("Ctrl+Return", desk.go_open),
        ("Ctrl+Enter", desk.go_open),
        ("Ctrl+E", desk.keyboard.to_evidence),
        ("Ctrl+M", desk.keyboard.to_note),
        ("Ctrl+L", desk.toggle_outline),
        ("Ctrl+B", desk.overseer.toggle_mark),
        ("Alt+D", lambda: desk.ask_reason("nd")),
        ("Alt+N", lambda: desk.ask_reason("na")),
    )
    for sequence, run in keys:
        shortcut = QShortcut(QKeySequence(sequence), desk)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)


def wire(desk: Desk) -> None:
    """Connect the parts of the desk with each other and with the session."""
    desk.outline.go.connect(desk.go)
    desk.outline.lifting.connect(lambda code: desk.saving.lift(code, True))
    desk.outline.closing.connect(desk.sheets.close)
    desk.bottom.previous.connect(lambda: desk.step(-1))
    desk.bottom.next.connect(lambda: desk.step(1))
    desk.bottom.next_open.connect(desk.go_open)
    desk.bottom.not_applicable.connect(lambda: desk.ask_reason("na"))
    desk.bottom.no_data.connect(lambda: desk.ask_reason("nd"))
    desk.bottom.note.connect(desk.keyboard.to_note)
    desk.bottom.mark.connect(desk.overseer.toggle_mark)
    desk.bottom.evidence.connect(desk.toggle_side)
    desk.closing.go.connect(desk.go)
    desk.closing.back.connect(lambda: desk.go(desk.code))
    desk.closing.leave.connect(desk.shell.go)
    desk.side.noted.connect(lambda text: desk.saving.note(desk.code, text))
    desk.side.same.connect(desk.overseer.same_as_before)
    desk.side.history.connect(desk.ask_history)
    desk.evidence = EvidenceDesk(desk.session, desk.shell, desk.side.evidence, desk, desk.registered, desk)
    desk.side.evidence.adding.connect(desk.overseer.attaching)
    desk.side.evidence.dropped.connect(desk.overseer.attaching)
    desk.session.changed.connect(desk.on_changed)
    desk.session.failed.connect(desk.on_failed)
    application().focusChanged.connect(desk.follow)


def application() -> QApplication:
    """The application; there always is one where there is a page."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
