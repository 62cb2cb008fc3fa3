"""The page of questions: outline, one card, side panel, bottom bar; or the large version for townships and villages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.measure.route import is_grassroots
from forms.page import Page, Shell, Size
from forms.questionnaire.desk import Desk
from forms.questionnaire.key_desk import KeyDesk
from forms.questionnaire.township import Township
from forms.questionnaire.township_bars import TopBar
from forms.session import Session
from forms.widgets.buttons import Button

KEYING = "@keying"  # a target of this page: keying in paper sheets


def make(session: Session, shell: Shell) -> Page:
    """The page of the questionnaire."""
    return QuestionnairePage(session, shell)


class QuestionnairePage(Page):
    """Chooses the desk that fits the document, and builds it anew when language, theme or document change."""

    key = "questionnaire"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.desk: Desk | Township | KeyDesk | None = None
        self.keying = False
        self.target: str | None = None
        self._size: Size = shell.size_class
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.outline_button = Button("", small=True, run=self.toggle_outline)
        self.large = TopBar(self)
        self.large.hide()
        session.leaving.connect(self.leave)
        session.closed.connect(self.drop)

    # ---------------------------------------------------------------- building
    def drop(self) -> None:
        """The document is closed: nothing is shown."""
        self.keying = self.keying and self.session.is_open
        if self.desk is not None:
            self.desk.stop()
            self._column.removeWidget(self.desk)
            self.desk.hide()
            self.desk.deleteLater()
            self.desk = None

    def rebuild(self) -> None:
        """Build the desk for the document of now; the question that was open stays open."""
        if not self.session.is_open:
            return
        place = self.desk.place() if self.desk is not None else ""
        if self.desk is not None:
            self.desk.flush()
        held = self.hasFocus() or (self.desk is not None and self.desk.isAncestorOf(self.focused()))
        self.drop()
        small = is_grassroots(self.session.framework, self.session.profile.tier)
        if self.keying:
            self.desk = KeyDesk(self.session, self.shell, self.stop_keying)
        elif small:
            self.desk = Township(self.session, self.shell, self.large)
        else:
            self.desk = Desk(self.session, self.shell, self.outline_button)
        self._column.addWidget(self.desk)
        self.desk.fit(self._size)
        self.desk.show_place(place)
        if held:
            self.desk.take_focus()
        if self.isVisible():
            self.shell.refresh_keys()

    def start_keying(self) -> None:
        """Show the screen on which paper sheets are keyed in."""
        if not self.keying:
            self.keying = True
            self.rebuild()

    def stop_keying(self) -> None:
        """Back to the questions; of a document that has sheets of others, to its results."""
        self.keying = False
        self.rebuild()
        if self.desk is not None:
            self.desk.take_focus()
        if not self.bare():
            self.shell.go("results")

    def focused(self) -> QWidget:
        return self.focusWidget() or self

    # ---------------------------------------------------------------- what the frame asks
    def enter(self, target: str | None = None) -> None:
        if self.desk is None:
            self.rebuild()
        if target == KEYING and self.desk is not None:
            self.start_keying()
        elif target is not None and self.keying:
            self.keying = False
            self.rebuild()
        if self.desk is not None:
            if target is not None:
                self.desk.go(target)
            self.desk.take_focus()

    def leave(self) -> None:
        if self.desk is not None:
            self.desk.flush()

    def retranslate(self) -> None:
        if self.desk is not None:
            self.rebuild()

    def retheme(self) -> None:
        if self.desk is not None:
            self.rebuild()

    def fit(self, size: Size) -> None:
        self._size = size
        if self.desk is not None:
            self.desk.fit(size)

    def keys(self) -> Sequence[tuple[str, str]]:
        return self.desk.keys() if self.desk is not None else ()

    def areas(self) -> Sequence[QWidget]:
        return self.desk.areas() if self.desk is not None else (self,)

    def tab_areas(self) -> Sequence[tuple[QWidget, bool]]:
        return self.desk.keyboard.tab_areas() if isinstance(self.desk, Desk) else super().tab_areas()

    def head(self) -> QWidget | None:
        return self.large if self.bare() else self.outline_button

    def bare(self) -> bool:
        return self.session.is_open and is_grassroots(self.session.framework, self.session.profile.tier)

    def shows(self, target: str) -> bool:
        return self.desk is not None and self.desk.place() == target

    def toggle_outline(self) -> None:
        if isinstance(self.desk, Desk):
            self.desk.toggle_outline()

    def topic(self) -> str:
        if isinstance(self.desk, KeyDesk):
            return "keying"
        if isinstance(self.desk, Township):
            return "township"
        return self.desk.topic() if self.desk is not None else ""

    def explain_near(self) -> bool:
        return isinstance(self.desk, Desk) and self.desk.explain_next()

    def search(self) -> bool:
        return self.desk.open_search() if self.desk is not None else False
