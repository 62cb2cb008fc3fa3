"""Everyday comfort of the window: what was undone, size of text, last period, earlier states, who answers what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from assess.language import Message
from assess.problems import Problem
from forms.dialogs import secrecy
from forms.page import Page, Shell
from forms.theme import SCALES, theme
from forms.words import _, show

if TYPE_CHECKING:
    from assess.earlier.last_period import Brought
    from forms.session import Session
    from forms.start.desk import Desk

MATTERS = ("@redline", "@bonus", "@deduction")
TURNS = ("undo", "redo")


class Host(Shell, Protocol):
    """What the window is to its comfort: the shell of the pages, and the page that is shown."""

    @property
    def page(self) -> Page | None: ...


class Comfort(QObject):
    """Belongs to one window; listens to its session."""

    def __init__(self, window: QWidget, shell: Host, session: Session, desk: Desk) -> None:
        super().__init__(window)
        self.window_, self.shell = window, shell
        self.session, self.desk = session, desk
        self.reach = UndoReach(self)
        self.session.undone.connect(self.tell_undone)
        self.session.refused.connect(self.tell_refused)
        self.session.changed.connect(self.forget)
        self.desk.brought.connect(self.tell_brought)
        self.desk.restored.connect(
            lambda path: shell.notify(
                "success", _("The newest sound state was restored to a file of its own."), more=path, key="restored"
            )
        )

    # ---------------------------------------------------------------- undo
    def tell_undone(self, words: Message, changes: Any) -> None:
        """Say what was undone, with a way there unless it is in sight."""
        for key in ("brought", "earlier"):
            self.shell.dismiss(key)
        found = self.place_of(changes)
        action = ""
        if found is not None:
            page = self.shell.page
            if page is None or not (page.key == found[0] and page.shows(found[1])):
                action = _("Go there")
        self.shell.notify("info", words, action=action, run=lambda: self.go_to(found), key="undo")

    def go_to(self, found: tuple[str, str] | None) -> None:
        if found is not None:
            self.shell.go(*found)

    def place_of(self, changes: Any) -> tuple[str, str] | None:
        """Page and target of what moved; None where no page shows it."""
        known = self.session.framework.indicators
        code = next((item for item in changes.items if item in known), None)
        if code is not None:
            return "questionnaire", code
        cell = next((cell for cell in changes.cells if cell[0] in MATTERS), None)
        if cell is not None:
            return "results", f"{cell[0]}/{cell[1]}"
        if any(item.startswith("@check/") for item in changes.items):
            return "findings", ""
        return None

    def tell_refused(self, problem: Problem) -> None:
        self.shell.notify("info", problem.text, more=problem.hint or "", key="undo")

    def forget(self, changes: Any) -> None:
        """What was undone is of no interest once something new is entered."""
        kind = getattr(changes, "kind", "")
        if kind not in TURNS:
            self.shell.dismiss("undo")
        if kind not in TURNS and kind not in ("previous", "return", "unchanged"):
            self.shell.dismiss("earlier")

    # ---------------------------------------------------------------- size of text
    def resize_text(self, by: int) -> None:
        """One size larger or smaller; 0 goes back to the standard size."""
        at = SCALES.index(theme().scale) if theme().scale in SCALES else 0
        wanted = 0 if by == 0 else min(max(at + by, 0), len(SCALES) - 1)
        if wanted != at:
            self.desk.choose_scale(SCALES[wanted])

    # ---------------------------------------------------------------- last period
    def last_period(self) -> None:
        """What stands beside the questions, what could not be brought, and confirming what still holds."""
        from forms.questionnaire.last_period import LastPeriodDialog

        if not self.session.is_open:
            return
        self.settle()
        dialog = LastPeriodDialog(self.session, self.window_)
        dialog.wanted.connect(lambda: self.choose_last(dialog.reject))
        dialog.confirmed.connect(
            lambda count: self.shell.notify(
                "success", _("Confirmed as unchanged: {count}. Ctrl+Z takes it back.", count=count), key="brought"
            )
        )
        dialog.open()

    def choose_last(self, done: Any = None) -> None:
        """Choose the document of last period and bring its answers."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self.window_,
            _("File of last period"),
            str(self.session.path.parent),
            _("Assessment documents (*.zhd)"),
        )
        if chosen:
            if done is not None:
                done()
            secrecy.remind(self.session, self.shell, always=True)
            self.desk.read_last(Path(chosen), self.desk.bring)

    def tell_brought(self, brought: Brought) -> None:
        """How many answers came, and what did not."""
        left, doubts = len(brought.left_out), " ".join(show(doubt) for doubt in brought.doubts)
        said = _("{count} answers of last period stand beside the questions.", count=len(brought.answers))
        more = _("Not brought: {count}.", count=left) if left else ""
        self.shell.notify(
            "warning" if doubts else "success",
            said,
            more=f"{more} {doubts}".strip(),
            action=_("See the list") if left else "",
            run=self.last_period,
            key="brought",
        )

    # ---------------------------------------------------------------- earlier states, who answers
    def earlier(self) -> None:
        """The states that are kept of the open document."""
        from forms.dialogs.earlier import EarlierDialog, when

        if not self.session.is_open:
            return
        self.settle()
        dialog = EarlierDialog(self.session, self.window_)
        dialog.returned.connect(
            lambda state: self.shell.notify(
                "success",
                _("Returned to the state of {time}.", time=when(state.at)),
                more=_("The state before is kept; Ctrl+Z takes the return back."),
                key="earlier",
            )
        )
        dialog.open()

    def assigning(self) -> None:
        """Who answers what."""
        from forms.questionnaire.assigning import AssigningDialog

        if self.session.is_open:
            self.settle()
            AssigningDialog(self.session, self.window_).open()

    def settle(self) -> None:
        """What is being typed is written before a dialog speaks of the document."""
        if self.shell.page is not None:
            self.shell.page.leave()


class UndoReach(QObject):
    """Lets Ctrl+Z and Ctrl+Y through a text field that has nothing of its own to undo or redo."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self.follow)

    def follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(old, (QLineEdit, QPlainTextEdit)) and isValid(old):
            old.removeEventFilter(self)
        if isinstance(now, (QLineEdit, QPlainTextEdit)):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo) or self.is_redo(event)
            if (undo or redo) and not self.has_own(watched, undo=undo):
                event.ignore()
                return True
        return False

    @staticmethod
    def is_redo(event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier

    @staticmethod
    def has_own(watched: QObject, *, undo: bool) -> bool:
        if isinstance(watched, QLineEdit):
            return not watched.isReadOnly() and (watched.isUndoAvailable() if undo else watched.isRedoAvailable())
        if isinstance(watched, QPlainTextEdit):
            document = watched.document()
            return not watched.isReadOnly() and (document.isUndoAvailable() if undo else document.isRedoAvailable())
        return False
