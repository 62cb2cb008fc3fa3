"""The list: groups with their rows, one row current. Rows stay the same widgets while their findings stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from assess.framework.model import Framework
from forms.findings.entries import GROUPS, Entry, Group, Key, count, unwritten
from forms.findings.heads import Head
from forms.findings.row import Row
from forms.page import Size
from forms.theme import theme

OTHER = Qt.FocusReason.OtherFocusReason


class Listing(QFrame):
    """`went` with a code, `explained` with an entry, its text and whether it serves all of its kind, `moved` with the
    widget the focus has come to."""

    went = Signal(str)
    explained = Signal(object, str, bool)
    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "panel")
        self.column = QVBoxLayout(self)
        edge = theme().edge
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(0)
        self.entries: tuple[Entry, ...] = ()
        self.rows: dict[Key, Row] = {}
        self.key: Key | None = None
        self._size: Size = "wide"
        self._only: Group | None = None
        self.heads: dict[Group, Head] = {group: Head(group) for group in GROUPS}
        for head in self.heads.values():
            head.toggled.connect(lambda _on: self.lay())
            self.column.addWidget(head)

    def put(
        self,
        framework: Framework,
        entries: Sequence[Entry],
        explanation: Callable[[Entry], str],
        locked: str,
        only: Group | None = None,
        unit: Callable[[Entry], str] = lambda _entry: "",
    ) -> None:
        """Show entries; `only` one group of them, unfolded. `unit` names who answers for an entry."""
        self._framework, self._explanation, self._locked, self._unit = framework, explanation, locked, unit
        self.entries, self._only = tuple(entries), only
        self._unwritten = unwritten(self.entries, explanation)
        self.lay()

    def lay(self) -> None:
        """Set heads and rows below each other, those of folded groups left out."""
        at = self.key
        now = QApplication.focusWidget()
        held = now is not None and self.isAncestorOf(now)
        wanted: dict[Key, Entry] = {}
        place = 0
        for group in GROUPS:
            head = self.heads[group]
            inside = [entry for entry in self.entries if entry.group == group]
            shown = bool(inside) and self._only in (None, group)
            head.setVisible(shown)
            head.put(count(self.entries, group) if group != "explained" else len(inside))
            self.column.removeWidget(head)
            self.column.insertWidget(place, head)
            place += 1
            if not shown or (head.folds and not head.isChecked() and self._only is None):
                continue
            for entry in inside:
                wanted[entry.key] = entry
                row = self.rows.get(entry.key) or self._new(entry.key)
                row.put(self._framework, entry, self._explanation(entry), self._locked, self._unit(entry))
                row.alike = sum(one.key != entry.key for one in self._unwritten.get(entry.found.rule, ()))
                row.fit(self._size)
                self.column.removeWidget(row)
                self.column.insertWidget(place, row)
                row.show()
                place += 1
        for key in [key for key in self.rows if key not in wanted]:
            self._drop(key)
        if at not in self.rows:
            self.key = next(iter(self.rows), None)
        self._mark()
        if held and at is not None and at not in self.rows and self.key is not None:
            self.rows[self.key].setFocus(OTHER)

    def _new(self, key: Key) -> Row:
        row = Row()
        row.went.connect(self.went)
        row.explained.connect(self.explained)
        row.focused.connect(self._current)
        row.grown.connect(self.moved)
        self.rows[key] = row
        return row

    def _drop(self, key: Key) -> None:
        row = self.rows.pop(key)
        self.column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def empty(self) -> None:
        """Take every row out, for a new language or theme."""
        for key in list(self.rows):
            self._drop(key)

    # ---------------------------------------------------------------- the current row
    def _current(self, row: Row) -> None:
        if row.entry is not None:
            self.key = row.entry.key
        self._mark()
        self.moved.emit(row)

    def _mark(self) -> None:
        for key, row in self.rows.items():
            row.current(key == self.key)

    def row(self) -> Row | None:
        """The current row."""
        return self.rows.get(self.key) if self.key is not None else None

    def choose(self, key: Key) -> None:
        """Make a row current, if it is there."""
        if key in self.rows:
            self.key = key
            self._mark()

    def take_focus(self) -> bool:
        """Give the focus to the current row, else to the first head that folds."""
        row = self.row()
        if row is not None:
            row.setFocus(OTHER)
            return True
        head = next((head for head in self.heads.values() if head.folds and not head.isHidden()), None)
        if head is not None:
            head.setFocus(OTHER)
        return head is not None

    def stops(self) -> list[QWidget]:
        """Rows and folding heads in the order they stand."""
        found = [self.column.itemAt(place).widget() for place in range(self.column.count())]
        return [one for one in found if one is not None and not one.isHidden() and (isinstance(one, Row) or one.folds)]  # type: ignore[attr-defined]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -9999, Qt.Key.Key_End: 9999}
        step = steps.get(Qt.Key(event.key()))
        stops = self.stops()
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not stops:
            super().keyPressEvent(event)
            return
        focus = QApplication.focusWidget()
        here = next((place for place, one in enumerate(stops) if one is focus), 0)
        chosen = stops[min(max(here + step, 0), len(stops) - 1)]
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        self.moved.emit(chosen)

    def fit(self, size: Size) -> None:
        self._size = size
        for row in self.rows.values():
            row.fit(size)

    def unsaved(self) -> list[tuple[Entry, str]]:
        """Explanations that are being typed."""
        typed = [(row.entry, row.unsaved()) for row in self.rows.values()]
        return [(entry, text) for entry, text in typed if entry is not None and text is not None]
