"""The desk: outline, card, side panel and bottom bar around one question. Every answer goes to the session at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from assess import walk
from assess.answers import Answer, Evidence, Sheet
from assess.framework.model import SkipRule
from assess.language import Message, say
from assess.measure.result import State
from forms.page import Shell, Size
from forms.questionnaire.body import Asked
from forms.questionnaire.bottom import Bottom
from forms.questionnaire.card import Card, Standing
from forms.questionnaire.closing import Closing
from forms.questionnaire.explaining import explain, spots_near
from forms.questionnaire.outline import Outline
from forms.questionnaire.shortcuts import bind
from forms.questionnaire.side import COLUMNS, Side
from forms.questionnaire.typed import is_plain, takes_text
from forms.session import Session
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.panel import Scroll
from forms.words import _, show


class Desk(QWidget):
    """Shows one item at a time. What is shown follows the sheet; what is typed goes out as it is typed."""

    copied = Signal(int, int)
    """Bytes of an attachment done and in all; told by the writer thread."""

    def __init__(self, session: Session, shell: Shell, outline_button: Button) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.toggle = outline_button
        self.code = ""
        self.card: Card | None = None
        self.states: dict[str, State] = {}
        self.skips: dict[str, SkipRule] = {}
        self.waiting: Counter[str] = Counter()
        self.size_class: Size = "wide"
        self.explained = -1
        style = theme()
        self.outline = Outline(self)
        self.paper = Scroll(gap=0)
        self.paper.setAccessibleName(_("Question"))
        self.closing = Closing()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.paper)
        self.stack.addWidget(self.closing)
        self.bottom = Bottom()
        self.side = Side(self)
        self.side.setObjectName("side")
        self.side.setFixedWidth(style.size("side"))
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.bottom)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.row.addWidget(self.outline)
        self.row.addLayout(middle, 1)
        self.row.addWidget(self.side)
        self.connect_parts()
        self.outline.retranslate()
        self.bottom.retranslate()
        self.side.retranslate()
        self.learn()
        application().focusChanged.connect(self.follow)

    def connect_parts(self) -> None:
        self.outline.go.connect(self.go)
        self.outline.lifting.connect(lambda code: self.session.submit("lift_skip", code, True))
        self.outline.closing.connect(self.close_sheets)
        self.bottom.previous.connect(lambda: self.step(-1))
        self.bottom.next.connect(lambda: self.step(1))
        self.bottom.next_open.connect(self.go_open)
        self.bottom.not_applicable.connect(lambda: self.ask_reason("na"))
        self.bottom.no_data.connect(lambda: self.ask_reason("nd"))
        self.bottom.note.connect(self.to_note)
        self.bottom.evidence.connect(self.toggle_side)
        self.closing.go.connect(self.go)
        self.closing.back.connect(lambda: self.go(self.code))
        self.closing.leave.connect(self.leave_for)
        self.side.noted.connect(lambda text: self.session.submit("note", self.code, text))
        self.side.history.connect(self.ask_history)
        self.side.evidence.adding.connect(self.add_evidence)
        self.side.evidence.changing.connect(self.change_evidence)
        self.side.evidence.withdrawing.connect(self.withdraw_evidence)
        self.copied.connect(self.show_copying)
        self.session.changed.connect(self.on_changed)
        self.session.failed.connect(self.on_failed)
        bind(self)

    def stop(self) -> None:
        """The desk is put away: it hears nothing any more."""
        application().focusChanged.disconnect(self.follow)
        self.session.changed.disconnect(self.on_changed)
        self.session.failed.disconnect(self.on_failed)

    # ---------------------------------------------------------------- what the document says
    @property
    def sheet(self) -> Sheet:
        return self.session.sheet

    def items(self) -> list[str]:
        """Codes asked, in order."""
        return [code for code in walk.items(self.session.framework, self.sheet) if code in self.states]

    def learn(self) -> None:
        """Take over states, skips and flags of the sheet of now."""
        framework = self.session.framework
        self.states = walk.states(framework, self.sheet)
        self.skips = dict(walk.skips(framework, self.sheet))
        scores = self.session.scores
        flags: dict[str, str] = {}
        for code, item in (scores.items if scores is not None else {}).items():
            if item.fault is not None and item.answer is not None:
                flags[code] = f"!{show(item.fault.text)}"
            elif item.doubt is not None and not self.sheet.text(code, "explanation"):
                flags[code] = show(item.doubt.text)
        coverage = scores.coverage if scores is not None else None
        self.outline.show_document(framework, self.states, self.skips, flags, coverage)
        asked = [state for state in self.states.values() if state != "out"]
        done = sum(state != "unanswered" for state in asked)
        self.toggle.say(_("Outline {done}/{total}", done=done, total=len(asked)))

    def previous_sheet(self) -> Sheet | None:
        """The sheet of the last period, where the session knows one."""
        found = getattr(self.session, "previous", None)
        return found if isinstance(found, Sheet) else None

    def previous(self, code: str) -> Answer | None:
        sheet = self.previous_sheet()
        return walk.in_force(self.session.framework, sheet, code)[1] if sheet is not None else None

    def asked(self, code: str) -> Asked:
        scores = self.session.scores
        return Asked(
            self.session.framework,
            self.session.framework.indicators[code],
            self.session.profile,
            self.previous(code),
            self.sheet.evidence(code),
            scores.items.get(code) if scores is not None else None,
            self.sheet.text(code, "explanation"),
        )

    def standing(self, code: str) -> Standing:
        item = self.session.scores.items.get(code) if self.session.scores is not None else None
        answer = self.sheet.answer(code)
        return Standing(
            answer=answer,
            state=self.states.get(code, "unanswered"),
            skip=self.skips.get(code),
            lifted=self.sheet.flag(code, "skip_lifted"),
            approved=self.sheet.flag(code, "na_approved"),
            locked=self.session.read_only_reason,
            remark=self.remark(code),
            fault=item.fault.text if item is not None and item.fault is not None and answer is not None else None,
        )

    def remark(self, code: str) -> Message | None:
        """What the filler must know before changing anything: a value of the review counts, or the mark is at stake."""
        column, _answer = walk.in_force(self.session.framework, self.sheet, code)
        if column not in (None, "self"):
            return say(
                "The value of “{column}” counts for this item; a change here does not move the score.",
                column=COLUMNS[str(column)],
            )
        if self.sheet.status == "reviewed":
            return say("The assessment is marked as reviewed; a change takes the mark back.")
        return None

    # ---------------------------------------------------------------- showing
    def go(self, target: str) -> None:
        """Show an item; the first item of a node; nothing for what this document does not ask."""
        framework = self.session.framework
        code = target
        if target in framework.nodes:
            code = next((leaf for leaf in framework.leaves(target) if self.states.get(leaf, "out") != "out"), "")
        if code not in framework.indicators or self.states.get(code, "out") == "out":
            return
        self.stack.setCurrentWidget(self.paper)
        self.bottom.show()
        self.side.setVisible(self.size_class == "wide")
        self.close_sheets()
        if code != self.code or self.card is None:
            self.flush()
            self.show_card(code)
        self.take_focus()

    def show_card(self, code: str) -> None:
        """Build the card of an item."""
        old, self.card = self.card, None
        if old is not None:
            self.paper.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.code = code
        self.explained = -1
        asked = self.asked(code)
        card = Card(asked)
        card.answered.connect(lambda answer, c=code: self.give(c, answer))
        card.lifting.connect(lambda on, c=code: self.session.submit("lift_skip", c, on))
        card.explained.connect(lambda text, c=code: self.session.submit("explain", c, text))
        card.parameter.connect(self.set_parameter)
        card.registering.connect(self.register_option)
        card.term.connect(lambda key, anchor: explain(self.session.framework, key, anchor))
        card.moved.connect(self.shell.refresh_keys)
        card.grown.connect(lambda part: QTimer.singleShot(0, self, lambda: self.reveal(part)))
        self.card = card
        self.paper.column.insertWidget(0, card)
        card.show()
        self.paper.verticalScrollBar().setValue(0)
        self.outline.show_current(code)
        self.refresh_card()
        self.fit_card()
        self.shell.refresh_keys()

    def refresh_card(self) -> None:
        """Show what holds for the item of the card now."""
        if self.card is None or self.code not in self.session.framework.indicators:
            return
        asked, standing = self.asked(self.code), self.standing(self.code)
        asked.seen = self.card.asked.seen
        self.card.show_standing(asked, standing)
        locked = standing.locked is not None
        self.side.show_item(asked, self.sheet.text(self.code), locked=locked)
        self.bottom.show_evidence(len(asked.evidence), len(asked.indicator.evidence))
        order = self.items()
        first = bool(order) and order[0] == self.code
        self.bottom.lock(show(standing.locked), first=first, skipped=standing.skip is not None)

    def on_changed(self, changes: Any) -> None:
        """Something is saved: marks and rows follow."""
        self.learn()
        if not self.waiting[self.code] and (
            self.code in changes.items or any(item.startswith("@") for item in changes.items)
        ):
            self.refresh_card()
            self.ask_history()
        elif not self.waiting[self.code] and self.code in self.skips:
            self.refresh_card()
        if self.stack.currentWidget() is self.closing:
            self.show_closing()

    def on_failed(self, _problem: object) -> None:
        """Nothing was saved: the card goes back to what holds."""
        self.waiting.clear()
        self.side.evidence.refused()
        self.refresh_card()

    # ---------------------------------------------------------------- answering
    def give(self, code: str, answer: Answer | None) -> None:
        """Save an answer; the card follows the sheet again once nothing of it is under way."""
        if self.session.read_only_reason is not None or (self.sheet.answer(code) == answer and not self.waiting[code]):
            return
        self.waiting[code] += 1

        def committed(_changes: object) -> None:
            self.waiting[code] = max(0, self.waiting[code] - 1)
            if code == self.code and not self.waiting[code]:
                self.refresh_card()
                self.ask_history()

        self.session.submit("answer", code, answer, then=committed)

    def set_parameter(self, key: str, value: object) -> None:
        held = dict(self.session.profile.parameters)
        if value is None:
            held.pop(key, None)
        else:
            held[key] = value
        self.session.submit("set_profile", parameters=held)

    def ask_reason(self, kind: str) -> None:
        if self.card is not None and self.stack.currentWidget() is self.paper:
            self.card.ask_reason("na" if kind == "na" else "nd")

    def same_as_before(self) -> None:
        """`=`: the answer of last period holds again, confirmed by the person who presses it."""
        before = self.previous(self.code)
        if before is not None and self.code not in self.skips and self.stack.currentWidget() is self.paper:
            self.give(self.code, before)

    def ask_history(self) -> None:
        code = self.code
        if code:
            self.session.ask("history", code, then=lambda events: self.side.show_history(code, events))

    # ---------------------------------------------------------------- evidence
    def register_option(self, option: str) -> None:
        self.open_side()
        self.side.evidence.open_form(option=option)

    def add_evidence(self, record: Evidence, file: Path | None) -> None:
        """Register a piece; a changed one with a new file is registered anew and the old one withdrawn."""
        code, old = self.code, record.id
        progress = self.copied.emit if file is not None else None

        def committed(_changes: object) -> None:
            if old:
                self.session.submit("withdraw_evidence", code, old)
            if code == self.code:
                self.side.evidence.saved()

        self.session.submit("add_evidence", code, replace(record, id=""), file, progress, then=committed)

    def change_evidence(self, record: Evidence) -> None:
        self.session.submit("change_evidence", self.code, record, then=lambda _c: self.side.evidence.saved())

    def withdraw_evidence(self, evidence_id: str) -> None:
        self.session.submit("withdraw_evidence", self.code, evidence_id)

    def show_copying(self, done: int, total: int) -> None:
        if self.side.evidence.form is not None:
            self.side.evidence.form.progress(done, total)

    # ---------------------------------------------------------------- moving
    def step(self, by: int) -> None:
        """The next or previous item that is not skipped; after the last comes the closing panel."""
        order = [code for code in self.items() if self.states.get(code) != "skipped" or code == self.code]
        if self.stack.currentWidget() is self.closing:
            if by < 0 and self.code:
                self.go(self.code)
            return
        at = order.index(self.code) + by if self.code in order else 0
        if at >= len(order):
            self.flush()
            self.show_closing()
        elif at >= 0:
            self.go(order[at])

    def go_open(self) -> None:
        """The next open item after this one, going round once; the closing panel when there is none."""
        self.flush()
        found = walk.next_open(self.session.framework, self.sheet, self.code or None)
        if found is None:
            self.show_closing()
        else:
            self.go(found)

    def show_closing(self) -> None:
        self.closing.show_states(self.states, check=self.shell.has("findings"), results=self.shell.has("results"))
        fresh = self.stack.currentWidget() is not self.closing
        self.stack.setCurrentWidget(self.closing)
        self.bottom.hide()
        self.side.hide()
        if fresh:
            self.closing.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> str | None:
        return self.code or None

    def show_place(self, place: str | None) -> None:
        """Where to begin: the place given, else the first open item, else the first."""
        order = self.items()
        if place in order:
            self.show_card(str(place))
        elif order:
            self.show_card(walk.next_open(self.session.framework, self.sheet) or order[0])
        else:
            self.show_closing()

    def leave_for(self, page: str) -> None:
        self.shell.go(page)

    def take_focus(self) -> None:
        if self.stack.currentWidget() is self.closing:
            self.closing.entry().setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.card is not None:
            self.card.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------- keys and areas
    def keys(self) -> Sequence[tuple[str, str]]:
        own = tuple(self.card.keys()) if self.card is not None else ()
        return (*own, ("Alt+→", _("next question")), ("Ctrl+Enter", _("next open")), ("F1", _("terms")))

    def areas(self) -> Sequence[QWidget]:
        return [area for area in (self.outline, self.paper, self.side, self.bottom) if area.isVisibleTo(self)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters reach the question from anywhere on the page where no text is typed."""
        if is_plain(event) and not takes_text(QApplication.focusWidget()):
            if event.text() == "=":
                self.same_as_before()
                return
            digit = len(event.text()) == 1 and event.text().isalnum()
            if digit and self.card is not None and self.card.press(event):
                return
            if event.key() == Qt.Key.Key_Escape:
                self.close_sheets()
                self.take_focus()
                return
        super().keyPressEvent(event)

    def follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Keep the focused control in sight."""
        if self.card is not None and now is not None and self.card.isAncestorOf(now):
            self.paper.ensureWidgetVisible(now, 0, theme().px(24))
            self.explained = -1

    def reveal(self, part: QWidget) -> None:
        """Scroll so that a part of the card is in sight."""
        if isValid(part) and self.card is not None and self.card.isAncestorOf(part):
            self.paper.ensureWidgetVisible(part, 0, theme().px(12))

    def explain_next(self) -> bool:
        """F1: the first term near the focus, then the next at each press."""
        near = spots_near(QApplication.focusWidget(), self.card)
        if not near:
            return False
        self.explained = (self.explained + 1) % len(near)
        key, anchor = near[self.explained]
        explain(self.session.framework, key, anchor)
        return True

    def open_search(self) -> bool:
        self.open_outline()
        self.outline.open_search()
        return True

    def to_note(self) -> None:
        self.open_side()
        self.side.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.side.ensureWidgetVisible(self.side.note)

    def to_evidence(self) -> None:
        """Ctrl+E: register evidence, of the option that has the focus where there is one."""
        option = ""
        body = self.card.body if self.card is not None else None
        row = getattr(body, "current", lambda: None)()
        if row is not None:
            option = str(getattr(row, "key", ""))
        self.open_side()
        self.side.evidence.open_form(option=option)

    # ---------------------------------------------------------------- sizes
    def fit(self, size: Size) -> None:
        """Wide: three columns. Narrow: outline and side become sheets over the card."""
        self.size_class = size
        wide = size == "wide"
        for widget in (self.outline, self.side):
            self.row.removeWidget(widget)
            widget.setParent(self)
        if wide:
            self.row.insertWidget(0, self.outline)
            self.row.addWidget(self.side)
        self.outline.setVisible(wide)
        self.side.setVisible(wide and self.stack.currentWidget() is self.paper)
        look_sheet(self.side, sheet=not wide)
        self.bottom.fit(size)
        self.fit_card()

    def fit_card(self) -> None:
        if self.card is not None:
            stacked = self.size_class != "wide" and self.width() < theme().px(720)
            self.card.stack(stacked or self.size_class == "tiny")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.place_sheets)

    def place_sheets(self) -> None:
        """Sheets lie over the card at the left and the right edge."""
        if self.size_class == "wide":
            return
        high = self.height()
        self.outline.setGeometry(0, 0, min(self.outline.width(), self.width()), high)
        wide = min(self.side.width(), self.width())
        self.side.setGeometry(self.width() - wide, 0, wide, high)

    def toggle_outline(self) -> None:
        if self.size_class != "wide" and self.outline.isVisible():
            self.close_sheets()
            self.take_focus()
        else:
            self.open_outline()
            self.outline.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_outline(self) -> None:
        if self.size_class != "wide":
            self.side.hide()
            self.outline.show()
            self.outline.raise_()
            self.place_sheets()

    def open_side(self) -> None:
        if self.size_class != "wide":
            self.outline.hide()
            self.side.show()
            self.side.raise_()
            self.place_sheets()

    def toggle_side(self) -> None:
        if self.size_class != "wide" and self.side.isVisible():
            self.close_sheets()
            self.take_focus()
        else:
            self.open_side()

    def close_sheets(self) -> None:
        if self.size_class != "wide":
            self.outline.hide()
            self.side.hide()

    def flush(self) -> None:
        """Write what is still being typed."""
        if self.card is not None:
            self.card.flush()
        self.side.flush()


def look_sheet(side: Side, *, sheet: bool) -> None:
    """The side panel has the ground of the window beside the card, and of a panel where it lies over it."""
    ground = theme().hex("panel")
    edge = theme().hex("border_strong" if sheet else "border")
    side.setStyleSheet(f"QScrollArea#side {{ background: {ground}; border-left: {theme().edge}px solid {edge}; }}")


def application() -> QApplication:
    """The application; there always is one where there is a page."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
