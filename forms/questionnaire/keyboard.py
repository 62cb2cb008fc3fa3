"""The keyboard on the desk: which keys it names, what a plain key does, the order of Tab, and F1 for terms (D36)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from forms.questionnaire.explaining import explain, spots_near
from forms.questionnaire.options import Options
from forms.questionnaire.typed import is_plain, takes_text
from forms.words import _

if TYPE_CHECKING:
    from forms.questionnaire.desk import Desk


class Keyboard(QObject):
    """Belongs to one desk. `explained` is the place of the term F1 told last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.explained = -1

    def keys(self) -> Sequence[tuple[str, str]]:
        """Keys and what they do, those of the card first."""
        desk = self.desk
        own = tuple(desk.card.keys()) if desk.card is not None else ()
        before = desk.known.previous(desk.code) if desk.code else None
        same = (("=", _("as last period")),) if before is not None else ()
        more = (("Ctrl+Enter", _("next open")), ("F1", _("terms")), ("Ctrl+B", _("mark")))
        return (*own, *same, ("Alt+→", _("next question")), *more)

    def press(self, event: QKeyEvent) -> bool:
        """Digits and letters reach the question wherever no text is typed; True if it was such a key."""
        desk = self.desk
        if not is_plain(event) or takes_text(QApplication.focusWidget()):
            return False
        if event.text() == "=":
            desk.overseer.same_as_before()
            return True
        single = len(event.text()) == 1 and event.text().isalnum()
        if single and desk.card is not None and not desk.at_end and desk.card.press(event):
            return True
        if event.key() == Qt.Key.Key_Escape:
            desk.sheets.close()
            desk.take_focus()
            return True
        return False

    def to_note(self) -> None:
        """Ctrl+M: the note of the item."""
        side = self.desk.side
        self.desk.sheets.open(side)
        side.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        side.ensureWidgetVisible(side.note)

    def to_evidence(self) -> None:
        """Ctrl+E: register evidence, of the option that has the focus where there is one."""
        body = self.desk.card.body if self.desk.card is not None else None
        row = body.current() if isinstance(body, Options) else None
        self.desk.register(row.key if row is not None else "")

    def tab_areas(self) -> Sequence[tuple[QWidget, bool]]:
        """Tab goes from the answer to the bottom bar, the side panel, the outline, then to the frame."""
        desk = self.desk
        return ((desk.stack, False), (desk.bottom, True), (desk.side, False), (desk.outline, False))

    def explain(self, key: str, anchor: QWidget) -> None:
        """The popover of a term."""
        session = self.desk.session
        explain(session.framework, key, anchor, session.profile.base_date)

    def explain_next(self) -> bool:
        """F1: the first term near the focus, then the next at each press."""
        near = spots_near(QApplication.focusWidget(), self.desk.card)
        if near:
            self.explained = (self.explained + 1) % len(near)
            self.explain(*near[self.explained])
        return bool(near)

    def topic(self) -> str:
        """What the guide is asked about: evidence where the focus is there, else the kind of the question."""
        focus, desk = QApplication.focusWidget(), self.desk
        if focus is not None and desk.side.evidence.isAncestorOf(focus):
            return "evidence"
        known = desk.session.framework.indicators.get(desk.code)
        return known.kind if known is not None else ""
