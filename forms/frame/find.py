"""Ctrl+F: find an indicator by code, name or words of its question, and go there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from assess.answers import Sheet
from assess.framework.model import Framework
from assess.walk import responsible
from forms.theme import theme
from forms.widgets.field import Line
from forms.widgets.labels import Label
from forms.words import _, language, show

MOST = 12


def matches(framework: Framework, text: str, speech: str, sheet: Sheet | None = None) -> list[str]:
    """Codes of indicators that hold every word of `text` in code, name, question or a unit that answers; codes and
    names come first, units last. `sheet` is asked who answers."""
    words = text.casefold().split()
    if not words:
        return []
    ranked: list[tuple[int, int, str]] = []
    for place, (code, indicator) in enumerate(framework.indicators.items()):
        name = indicator.name.to(speech).casefold()
        question = indicator.question.to(speech).casefold()
        bare = code.casefold()
        who = responsible(framework, sheet, code).units if sheet is not None else (indicator.lead, *indicator.assisting)
        units = " ".join(unit.to(speech) for unit in who).casefold()
        if not all(word in bare or word in name or word in question or word in units for word in words):
            continue
        rank = 0 if bare.startswith(words[0]) else 1 if all(word in name or word in bare for word in words) else 2
        ranked.append((rank, place, code))
    return [code for _rank, _place, code in sorted(ranked)]


class Find(QFrame):
    """A floating field with a list below. Arrows choose, Enter goes, Esc closes."""

    chosen = Signal(str)

    def __init__(self, framework: Framework, parent: QWidget, sheet: Sheet | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("box", "popover")
        self._framework, self._sheet = framework, sheet
        column = QVBoxLayout(self)
        space = theme().px(12)
        column.setContentsMargins(space, space, space, space)
        self.line = Line()
        self.line.setPlaceholderText(_("Code, words or unit"))
        self.line.setAccessibleName(_("Find an indicator"))
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._go)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setAccessibleName(_("Indicators found"))
        self.list.itemClicked.connect(lambda _item: self._go())
        self.none = Label("", "label", "text_2")
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self.none)
        self.setFixedWidth(theme().px(440))
        self._search("")

    def show_under(self, anchor: QWidget) -> None:
        """Open below a button, inside its window."""
        window = anchor.window()
        right = anchor.mapTo(window, QPoint(anchor.width(), anchor.height() + 4)) if anchor.isVisible() else None
        corner = right or QPoint(window.width() - 12, 48)
        left = max(corner.x() - self.width(), 4)
        self.move(window.mapToGlobal(QPoint(left, corner.y())))
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, text: str) -> None:
        codes = matches(self._framework, text, language(), self._sheet)
        self.list.clear()
        for code in codes[:MOST]:
            words = f"{code}  {show(self._framework.indicators[code].name)}"
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setToolTip(show(self._framework.indicators[code].question))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(codes))
        row = theme().px(32)
        for place in range(self.list.count()):
            self.list.item(place).setSizeHint(self.list.item(place).sizeHint().expandedTo(QSize(10, row)))
        self.list.setFixedHeight(row * max(self.list.count(), 1) + 4)
        more = len(codes) - MOST
        self.none.setText(
            _("No indicator with these words.")
            if text.strip() and not codes
            else _("{count} more; type another word.", count=more)
            if more > 0
            else _("For example ST1.1, or a word such as data.")
        )
        self.none.setVisible(not codes or more > 0)
        self.adjustSize()

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            code = str(item.data(Qt.ItemDataRole.UserRole))
            self.close()
            self.chosen.emit(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return False
