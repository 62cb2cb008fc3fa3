"""The desk: outline, card, side panel and bottom bar around one question. Every answer goes to the session at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from assess.measure.result import State
from forms.page import Shell, Size
from forms.questionnaire.bottom import Bottom
from forms.questionnaire.card import Card
from forms.questionnaire.closing import Closing
from forms.questionnaire.evidence_wiring import EvidenceDesk
from forms.questionnaire.keyboard import Keyboard
from forms.questionnaire.known import Known
from forms.questionnaire.outline import Outline
from forms.questionnaire.overseeing import Overseer
from forms.questionnaire.saving import Saving
from forms.questionnaire.sheets import Sheets
from forms.questionnaire.side import Side
from forms.questionnaire.wiring import application, bind, wire
from forms.session import Session
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.panel import Scroll
from forms.widgets.tab_order import step
from forms.words import _, show

OTHER = Qt.FocusReason.OtherFocusReason


class Desk(QWidget):
    """Shows one item at a time. What is shown follows the sheet; what is typed goes out as it is typed."""

    def __init__(self, session: Session, shell: Shell, outline_button: Button) -> None:
        super().__init__()
        self.session, self.shell, self.toggle = session, shell, outline_button
        self.known, self.saving = Known(session), Saving(session, self)
        self.code = ""
        self.evidence: EvidenceDesk
        self.card: Card | None = None
        self.size_class: Size = "wide"
        self.keyboard = Keyboard(self)
        self.overseer = Overseer(self)
        self.outline = Outline(self)
        self.paper = Scroll(gap=0)
        self.paper.setAccessibleName(_("Question"))
        self.sheet = QHBoxLayout()  # only a row reckons with a card's greatest width when it asks how high it is
        self.sheet.addStretch(0)
        self.paper.column.addLayout(self.sheet)
        self.closing = Closing()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.paper)
        self.stack.addWidget(self.closing)
        self.bottom = Bottom()
        self.side = Side(self)
        self.side.setObjectName("side")
        self.side.setFixedWidth(theme().size("side"))
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.bottom)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.outline)
        row.addLayout(middle, 1)
        row.addWidget(self.side)
        self.sheets = Sheets(self, row, self.outline, self.side)
        self.sheets.moved.connect(lambda: self.fit(self.size_class))
        wire(self)
        bind(self)
        for part in (self.outline, self.bottom, self.side):
            part.retranslate()
        self.learn()

    def stop(self) -> None:
        """The desk is put away: it hears nothing any more."""
        self.overseer.stop()
        application().focusChanged.disconnect(self.follow)
        self.session.changed.disconnect(self.on_changed)
        self.session.failed.disconnect(self.on_failed)
        self.evidence.close()

    # ---------------------------------------------------------------- showing
    @property
    def states(self) -> dict[str, State]:
        return self.known.states

    def learn(self) -> None:
        """Take over what the sheet of now says."""
        known = self.known
        known.learn()
        self.overseer.surveying.start()
        self.show_outline()
        done, total = known.count()
        self.toggle.say(_("Outline {done}/{total}", done=done, total=total))

    def show_outline(self) -> None:
        known, framework = self.known, self.session.framework
        self.outline.show_document(framework, known.states, known.skips, known.flags, known.coverage, known.groups())

    @property
    def at_end(self) -> bool:
        return self.stack.currentWidget() is self.closing

    def go(self, target: str) -> None:
        """Show an item; the first item of a node; nothing for what this document does not ask."""
        code = self.known.code_of(target)
        if code is None:
            return
        self.stack.setCurrentWidget(self.paper)
        self.bottom.show()
        self.sheets.with_side(True)
        self.sheets.close()
        if code != self.code or self.card is None:
            self.flush()
            self.show_card(code)
        self.take_focus()

    def show_card(self, code: str) -> None:
        """Build the card of an item."""
        old, self.card = self.card, None
        if old is not None:
            held = QApplication.focusWidget()
            if held is not None and old.isAncestorOf(held):
                held.clearFocus()  # hiding what has the focus would search the whole window for the next
            self.sheet.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.code, self.keyboard.explained = code, -1
        card = Card(self.known.asked(code))
        card.answered.connect(lambda answer: self.saving.answer(code, answer, self.committed))
        card.lifting.connect(lambda on: self.saving.lift(code, on))
        card.explained.connect(lambda text: self.saving.explain(code, text))
        card.marking.connect(lambda on: self.saving.mark(code, on))
        card.same.connect(self.overseer.same_as_before)
        card.go.connect(self.go)
        card.parameter.connect(self.saving.parameter)
        card.registering.connect(self.register)
        card.term.connect(self.explain)
        card.moved.connect(self.shell.refresh_keys)
        card.grown.connect(lambda part: QTimer.singleShot(0, self, lambda: self.reveal(part)))
        self.card = card
        self.sheet.insertWidget(0, card, 1)
        card.show()
        self.paper.verticalScrollBar().setValue(0)
        self.outline.show_current(code)
        self.refresh_card()
        card.stack(self.size_class == "tiny")
        self.shell.refresh_keys()

    def refresh_card(self) -> None:
        """Show what holds for the item of the card now."""
        if self.card is None or self.code not in self.session.framework.indicators:
            return
        asked, standing = self.known.asked(self.code), self.known.standing(self.code)
        asked.seen = self.card.asked.seen
        held = QApplication.focusWidget()
        inside = held is not None and self.card.isAncestorOf(held)
        self.card.show_standing(asked, standing)
        if inside and isValid(held) and held is not None and not held.isVisibleTo(self.card):
            self.card.landing().setFocus(OTHER)
        locked = standing.locked is not None
        self.side.show_item(asked, asked.note, locked=locked, given=standing.answer)
        self.bottom.show_evidence(len(asked.evidence), len(asked.indicator.evidence))
        first = self.known.items()[:1] == [self.code]
        self.bottom.lock(show(standing.locked), first=first, skipped=standing.skip is not None)
        self.overseer.looking.start()

    def committed(self, code: str) -> None:
        """Nothing of an item is under way any more: its card follows the sheet again."""
        if code == self.code:
            self.refresh_card()
            self.ask_history()

    def on_changed(self, changes: Any) -> None:
        """Something is saved: marks and rows follow."""
        skipped = self.code in self.known.skips
        self.learn()
        whole = not changes.items or any(
            item.startswith("@") for item in changes.items
        )  # sealed, other author, profile
        concerned = self.code in changes.items or whole
        if not self.saving.busy(self.code):
            if concerned or skipped or self.code in self.known.skips:
                self.refresh_card()
            if concerned:
                self.ask_history()
        if self.at_end:
            self.show_closing()

    def on_failed(self, _problem: object) -> None:
        """Nothing was saved: the card goes back to what holds."""
        self.saving.forget()
        self.side.evidence.refused()
        self.refresh_card()

    # ---------------------------------------------------------------- doing
    def ask_reason(self, kind: Literal["na", "nd"]) -> None:
        if self.card is not None and not self.at_end:
            self.card.ask_reason(kind)

    def ask_history(self) -> None:
        code = self.code
        if code:
            self.session.ask("history", code, then=lambda events: self.side.show_history(code, events))

    def register(self, option: str = "") -> None:
        """Open the form for a new piece of evidence, of one option or of the item."""
        if not self.at_end:
            self.sheets.open(self.side)
            self.side.evidence.open_form(option=option)

    def registered(self, code: str) -> None:
        if code == self.code:
            self.side.evidence.saved()

    # ---------------------------------------------------------------- moving
    def step(self, by: int) -> None:
        """The next or previous item that is not skipped; after the last comes the closing panel."""
        if self.at_end:
            if by < 0:
                self.go(self.code)
            return
        states, here = self.known.states, self.code
        order = [code for code in self.known.items() if states.get(code) != "skipped" or code == here]
        at = order.index(self.code) + by if self.code in order else 0
        if at >= len(order):
            self.flush()
            self.show_closing()
        elif at >= 0:
            self.go(order[at])

    def go_open(self) -> None:
        """The next open item after this one, going round once; the closing panel when there is none."""
        self.flush()
        found = self.known.next_open(self.code or None)
        if found is None:
            self.show_closing()
        else:
            self.go(found)

    def show_closing(self) -> None:
        self.closing.show_states(
            self.states,
            check=self.shell.has("findings"),
            results=self.shell.has("results"),
            finish=self.shell.has("finishing"),
        )
        fresh = not self.at_end
        self.stack.setCurrentWidget(self.closing)
        self.bottom.hide()
        self.sheets.with_side(False)
        if fresh:
            self.closing.entry().setFocus(OTHER)

    def place(self) -> str:
        return self.code

    def show_place(self, place: str) -> None:
        """Where to begin: the place given, else the first open item, else the first."""
        order = self.known.items()
        if place in order:
            self.show_card(place)
        elif order:
            self.show_card(self.known.next_open(None) or order[0])
        else:
            self.show_closing()

    def take_focus(self) -> None:
        if self.at_end:
            self.closing.entry().setFocus(OTHER)
        elif self.card is not None:
            self.card.entry().setFocus(OTHER)

    # ---------------------------------------------------------------- keys and areas
    def keys(self) -> Sequence[tuple[str, str]]:
        return self.keyboard.keys()

    def areas(self) -> Sequence[QWidget]:
        return [area for area in (self.outline, self.stack, self.side, self.bottom) if area.isVisibleTo(self)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step(self.keyboard.tab_areas(), forward=forward) or super().focusNextPrevChild(forward)

    def follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Keep the focused control in sight."""
        if now is not None and self.card is not None and self.card.isAncestorOf(now):
            self.paper.ensureWidgetVisible(now, 0, theme().px(24))
            self.keyboard.explained = -1

    def reveal(self, part: QWidget) -> None:
        """Scroll so that a part of the card is in sight."""
        if isValid(part) and self.card is not None and self.card.isAncestorOf(part):
            self.paper.settle()
            self.paper.ensureWidgetVisible(part, 0, theme().px(12))

    def explain(self, key: str, anchor: QWidget) -> None:
        self.keyboard.explain(key, anchor)

    def explain_next(self) -> bool:
        return self.keyboard.explain_next()

    def topic(self) -> str:
        return self.keyboard.topic()

    def open_search(self) -> bool:
        self.sheets.open(self.outline)
        self.outline.open_search()
        return True

    def to_evidence(self) -> None:
        self.keyboard.to_evidence()

    def toggle_outline(self) -> None:
        if self.sheets.toggle(self.outline):
            self.outline.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.take_focus()

    def toggle_side(self) -> None:
        if not self.sheets.toggle(self.side):
            self.take_focus()

    def fit(self, size: Size) -> None:
        """Wide: three columns, or two and the side as a sheet. Narrow: outline and side become sheets over the card."""
        now = QApplication.focusWidget()
        covered = now is not None and (self.outline.isAncestorOf(now) or self.side.isAncestorOf(now))
        self.size_class = size
        self.sheets.fit(size)
        self.bottom.fit(size, sheet=not self.sheets.roomy)
        if self.card is not None:
            self.card.stack(size == "tiny")
        if covered:
            self.take_focus()

    def flush(self) -> None:
        """Write what is still being typed."""
        if self.card is not None:
            self.card.flush()
        self.side.flush()
