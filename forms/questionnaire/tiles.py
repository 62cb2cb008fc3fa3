"""Large answers for townships and villages: tiles with number, words and tick; tick tiles; a key pad for a number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from forms import icon
from forms.questionnaire.marks import draw_box, draw_row
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.chip import paint_chip
from forms.words import _

HIGH = 76


class Tile(QAbstractButton):
    """One answer, 76 high or more, 52 where `low`. With a level it shows its chip; without, a box to tick."""

    def __init__(self, text: str, level: int | None = None, zoom: float = 1.0, *, low: bool = False) -> None:
        super().__init__()
        self.level = level
        self.locked = False
        self.zoom = zoom
        self.high, self.side, edge = (52, 32, 8) if low else (HIGH, 44, 18)
        self.setCheckable(True)
        self.words = Prose("township.choice")
        self.words.enlarge(zoom)
        self.words.say(text)
        row = QHBoxLayout(self)
        space = theme().px
        row.setContentsMargins(space(24 + self.side + 20), space(edge), space(24 + 32), space(edge))
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{level} {text}" if level is not None else text)

    def show_checked(self, checked: bool) -> None:
        self.setChecked(checked)
        self.words.embolden(checked)
        self.setAccessibleDescription(_("Chosen") if checked else "")
        self.update()

    def nextCheckState(self) -> None:
        """A click tells the page, which says what is chosen."""

    def hitButton(self, pos: QPoint) -> bool:
        return not self.locked and self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = layout.sizeHint() if layout else QSize()
        return hint.expandedTo(QSize(theme().px(240), theme().px(self.high)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(self.high))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return max(theme().px(self.high), layout.heightForWidth(width) if layout else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.locked:
            self.click()
            return
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        style = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        draw_row(painter, self, locked=self.locked, edge="border_strong", bold=3, radius=8)
        side = style.px(self.side)
        box = QRectF(style.px(24), (self.height() - side) / 2, side, side)
        if self.level is not None:
            paint_chip(painter, box, self.level)
        else:
            inner = style.px(7)
            draw_box(painter, box.adjusted(inner, inner, -inner, -inner), checked=on, enabled=not self.locked)
        if on and self.level is not None:
            tick = style.px(28)
            where = QRectF(self.width() - style.px(24) - tick, (self.height() - tick) / 2, tick, tick)
            icon.paint(painter, "tick", "primary", where)
        painter.end()


class KeyPad(QWidget):
    """A rough number: a large field and keys of 56 × 56. `entered` carries the text at every key.

    `flat` puts the keys into two rows of smaller ones, for a window that is not high.
    """

    entered = Signal(str)

    def __init__(self, unit: str, zoom: float = 1.0, *, flat: bool = False) -> None:
        super().__init__()
        space = theme().px
        columns, key_side, high = (6, 44, 44) if flat else (3, 56, 64)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Rough number"))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setMaxLength(12)
        self.field.setStyleSheet(
            f"font-size: {round(space(34) * zoom)}px; min-height: {space(high)}px; max-height: {space(high)}px;"
        )
        self.field.setFixedWidth(space(240))
        self.field.textEdited.connect(self.entered)
        self.unit = Prose("township.body", "text_2")
        self.unit.enlarge(zoom)
        self.unit.say(unit)
        top = QHBoxLayout()
        top.setSpacing(space(12))
        top.addWidget(self.field)
        top.addWidget(self.unit, 1, Qt.AlignmentFlag.AlignVCenter)
        grid = QGridLayout()
        grid.setSpacing(space(8))
        self.keys: list[Button] = []
        for place, key in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", ".", "←")):
            button = Button(key, run=lambda k=key: self.press(k))  # type: ignore[misc]
            button.setFixedSize(space(key_side), space(key_side))
            button.setStyleSheet(f"font-size: {space(24)}px; padding: 0; min-height: {space(key_side - 4)}px;")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if key == "←":
                button.setAccessibleName(_("Delete the last digit"))
            self.keys.append(button)
            grid.addWidget(button, place // columns, place % columns)
        grid.setColumnStretch(columns, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(12))
        column.addLayout(top)
        column.addLayout(grid)
        self.setFocusProxy(self.field)

    def press(self, key: str) -> None:
        if self.field.isReadOnly():
            return
        text = self.field.text()
        self.field.setText(text[:-1] if key == "←" else text + key)
        self.entered.emit(self.field.text())

    def show_text(self, text: str) -> None:
        if self.field.text() != text and not self.field.hasFocus():
            self.field.setText(text)


def in_columns(tiles: Sequence[QWidget], columns: int) -> QGridLayout:
    """Tiles row by row in one or two columns of equal width."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(20))
    grid.setVerticalSpacing(theme().px(16))
    for place, tile in enumerate(tiles):
        grid.addWidget(tile, place // columns, place % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


def move(tiles: Sequence[QWidget], by: int) -> None:
    """Move the focus among tiles; at an end it stays where it is."""
    target = next((at for at, tile in enumerate(tiles) if tile.hasFocus()), -1) + by
    if 0 <= target < len(tiles):
        tiles[target].setFocus(Qt.FocusReason.OtherFocusReason)
