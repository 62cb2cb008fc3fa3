"""The outline: progress, filter, search, and the list. Below 1000 px it is a drawer over the card."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from assess.framework.model import Framework
from assess.framework.scoring_rules import SkipRule
from assess.measure.result import State
from forms import icon
from forms.figures import percent
from forms.questionnaire import contents
from forms.questionnaire.contents import NONE, Filter, Kept, Row, View
from forms.questionnaire.outline_list import OutlineList
from forms.theme import theme
from forms.widgets.buttons import icon_button
from forms.widgets.labels import Label, Text
from forms.widgets.segments import Segments
from forms.words import _


class Outline(QFrame):
    """`go` when an item is chosen, `lifting` when its skip is to be undone, `closing` when the drawer is left."""

    go = Signal(str)
    lifting = Signal(str)
    closing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style = theme()
        self.setProperty("box", "window")
        self.setProperty("edge", "right")
        self.setFixedWidth(style.size("outline"))
        self.framework: Framework | None = None
        self.states: Mapping[str, State] = {}
        self.skips: Mapping[str, SkipRule] = {}
        self.flags: Mapping[str, str] = {}
        self.groups = NONE
        self.current = ""
        self.filter: Filter = "all"
        self.opened: set[str] = set()
        self.unfolded: set[str] = set()
        self.done = Label("", "strong")
        self.weighed = Label("", "label", "text_2")
        head = QHBoxLayout()
        head.setContentsMargins(style.px(4), 0, style.px(4), 0)
        head.addWidget(self.done)
        head.addStretch(1)
        head.addWidget(self.weighed)
        self.filters = Segments(_("Filter"))
        self.filters.setStyleSheet(f"QPushButton {{ padding: 0 {style.px(2)}px; font-size: {style.px(13)}px; }}")
        self.filters.chosen.connect(self.choose_filter)
        self.search = QLineEdit()
        self.search.addAction(icon.icon("search", "text_2"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.fill)
        self.search.installEventFilter(self)
        self.search.hide()
        self.list = OutlineList()
        self.list.activated_row.connect(self.activate)
        self.empty = Text("", "label", "text_2")
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(style.px(12), style.px(14), style.px(12), style.px(8))
        column.setSpacing(style.px(8))
        column.addLayout(head)
        self.words: dict[Filter, str] = {}
        self.third: Filter = "marked"
        self.others = icon_button("more", _("Other filters"), run=self.open_others)
        self.others.setFixedSize(style.px(28), style.px(32))
        filters = QHBoxLayout()
        filters.setSpacing(style.px(2))
        filters.addWidget(self.filters)
        filters.addWidget(self.others)
        filters.addStretch(1)
        column.addLayout(filters)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)

    # ---------------------------------------------------------------- showing
    def retranslate(self) -> None:
        self.search.setPlaceholderText(_("Code, words or unit"))
        self.search.setAccessibleName(_("Find an indicator"))
        self.list.setAccessibleName(_("Outline of the questions"))
        self.fill()

    def show_document(
        self,
        framework: Framework,
        states: Mapping[str, State],
        skips: Mapping[str, SkipRule],
        flags: Mapping[str, str],
        coverage: float | None,
        groups: Kept = NONE,
    ) -> None:
        """Take over what the document says now. `coverage` is by weight, a share 0–1."""
        self.groups = groups
        self.framework, self.states, self.skips, self.flags = framework, states, skips, flags
        asked = [state for state in states.values() if state != "out"]
        done = sum(state != "unanswered" for state in asked)
        self.done.setText(_("Answered {done} / {total}", done=done, total=len(asked)))
        self.weighed.setText(_("by weight {percent}", percent=percent(coverage)))
        self.weighed.setAccessibleName(self.weighed.text())
        room = self.width() - theme().px(40)
        if self.done.sizeHint().width() + self.weighed.sizeHint().width() > room:
            self.weighed.setText(percent(coverage))
        self.weighed.setToolTip(_("Share of the weight that has an answer; no data and blanks are not in it."))
        self.fill()

    def show_current(self, code: str) -> None:
        """The item of the card: its dimension opens, and it is scrolled to."""
        moved = code != self.current
        before = (len(self.opened), len(self.unfolded))
        self.current = code
        if self.framework is not None and moved and code in self.framework.indicators:
            dimension = contents.dimension_of(self.framework, code)
            if dimension is not None:
                self.opened.add(dimension)
            if self.states.get(code) == "skipped":
                self.unfolded.add(self.framework.parent(code) or "")
        if before != (len(self.opened), len(self.unfolded)) or not self.list.rows.rows:
            self.fill()
        else:
            self.list.show_place(code)
        if moved and self.search.text() and code not in {row.code for row in self.list.rows.rows}:
            self.search.clear()  # the search led elsewhere; the outline shows where one is
            self.search.hide()
        if moved:
            self.list.reveal(code)

    def fill(self) -> None:
        """Reckon the rows anew and show them."""
        if self.framework is None:
            return
        self.offer()
        asked = {code: state for code, state in self.states.items() if state != "out"}
        view = View(self.filter, self.search.text(), frozenset(self.opened), frozenset(self.unfolded))
        rows = contents.rows(self.framework, asked, self.skips, view, self.groups)
        self.list.show_rows(rows, self.flags, self.current)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.say(self.nothing())

    def offer(self) -> None:
        """The filters with their counts: three beside each other; the third is the last one taken from the menu."""
        if self.framework is None:
            return
        counts = {
            chosen: contents.count(self.framework, self.states, chosen, self.groups) for chosen in contents.FILTERS
        }
        words: dict[Filter, str] = {
            "all": _("Any"),
            "open": _("Open {count}", count=counts["open"]),
            "marked": _("Marked {count}", count=counts["marked"]),
            "mine": _("My unit’s {count}", count=counts["mine"]),
            "warned": _("To check {count}", count=counts["warned"]),
            "key": _("Key {count}", count=counts["key"]),
            "core": _("Core {count}", count=counts["core"]),
        }
        self.words = words
        beside: tuple[Filter, ...] = ("all", "open", self.third)
        self.filters.offer([(key, words[key]) for key in beside], self.filter)

    def open_others(self) -> None:
        """All filters; what is chosen takes the third place."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key in contents.FILTERS:
            action = menu.addAction(self.words[key].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key == self.filter)
            action.triggered.connect(partial(self.choose_filter, key))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))

    def nothing(self) -> str:
        """The sentence of an empty list."""
        if self.search.text().strip():
            return _("No question with “{words}”. Try the code or fewer words.", words=self.search.text().strip()[:40])
        if self.filter == "open":
            return _("No open questions: everything is answered.")
        if self.filter == "marked":
            return _("Nothing is marked. Ctrl+B marks a question to come back to.")
        if self.filter == "warned":
            return _("Nothing to check: no fault, no doubtful figure.")
        if self.filter == "mine":
            return _("No question of your unit. Name your unit under “Name and role”, or see “Who answers what”.")
        if self.filter != "all":
            return _("No question of this kind in this document.")
        return _("This document asks no questions.")

    # ---------------------------------------------------------------- doing
    def choose_filter(self, key: str, _on: bool = True) -> None:
        self.filter = key  # type: ignore[assignment]
        if self.filter not in ("all", "open"):
            self.third = self.filter
        self.fill()

    def activate(self, row: Row) -> None:
        """Enter or a click on a row."""
        if row.kind == "item":
            self.go.emit(row.code)
        elif row.kind in ("dimension", "sub"):
            self.opened.symmetric_difference_update({row.code})
            self.fill()
        elif row.kind == "fold":
            self.unfolded.symmetric_difference_update({row.code})
            self.fill()
        elif row.kind == "lift":
            self.lifting.emit(row.code)

    def open_search(self) -> None:
        """Open the search with everything in it selected."""
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def end_search(self) -> None:
        self.search.clear()
        self.search.hide()
        self.list.reveal(self.current)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_hit(self) -> str | None:
        return next((row.code for row in self.list.rows.rows if row.kind == "item"), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.end_search()
                self.closing.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                hit = self.first_hit()
                if hit is not None:
                    self.go.emit(hit)
                return True
            if event.key() == Qt.Key.Key_Down:
                hit = self.first_hit()
                if hit is not None:
                    self.list.reveal(hit)
                    self.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closing.emit()
            return
        super().keyPressEvent(event)
