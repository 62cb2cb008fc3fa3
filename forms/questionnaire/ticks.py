"""A check box whose text wraps, in a hit area of 32."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from forms.questionnaire.marks import draw_box
from forms.questionnaire.prose import Prose
from forms.questionnaire.terms import Spot
from forms.theme import theme

BOX = 20


class Tick(QCheckBox):
    """One thing to tick. The text is prose, so that it wraps and is never markup."""

    def __init__(self, text: str, spots: tuple[Spot, ...] = (), face: str = "label", parent: QWidget | None = None):
        super().__init__(parent)
        self.prose = Prose(face)
        self.prose.say(text, spots)
        style = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(BOX + 8), style.px(3), 0, style.px(3))
        row.addWidget(self.prose)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        wide = theme().px(BOX + 8) + self.prose.natural_width()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(BOX + 60), theme().px(28))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        style = theme()
        inner = self.prose.height_at(max(1, width - style.px(BOX + 8)))
        return max(style.px(28), inner + 2 * style.px(3))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the question; Space ticks."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        style = theme()
        painter = QPainter(self)
        top = style.px(3) + (style.line(self.prose.face) - style.px(BOX)) / 2
        box = QRectF(0, top, style.px(BOX), style.px(BOX))
        draw_box(painter, box, checked=self.isChecked(), enabled=self.isEnabled(), hover=self.underMouse())
        painter.end()
