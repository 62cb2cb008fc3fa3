"""A popover: a floating panel with an arrow that points at what it explains. Esc closes it and gives the focus back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.labels import Keys, Label, Text

ARROW_LONG, ARROW_WIDE = 12, 20


class Popover(QFrame):
    """`column` takes what is in it. `show_at(anchor)` puts it beside the anchor, on the side where there is room."""

    def __init__(self, width: int = 300, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._side = "right"
        self._tip = 0
        self._back: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme().px(4))
        self.setFixedWidth(theme().px(width) + ARROW_LONG)
        self._margins()

    def show_at(self, anchor: QWidget, where: QRect | None = None) -> None:
        """Open beside `anchor`, or beside a part of it; the focus returns to where it was when it closes."""
        self._back = QApplication.focusWidget()
        part = where or anchor.rect()
        place = QRect(anchor.mapToGlobal(part.topLeft()), part.size())
        screen = anchor.screen() or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self._side = "right" if place.right() + self.width() <= room.right() else "left"
        if self._side == "left" and place.left() - self.width() < room.left():
            self._side = "below"
        self._margins()
        self.adjustSize()
        self.move(self._put(place, room))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _put(self, place: QRect, room: QRect) -> QPoint:
        if self._side == "below":
            left = min(max(place.left(), room.left()), room.right() - self.width())
            self._tip = min(max(place.center().x() - left, 20), self.width() - 20)
            below = place.bottom() + 2
            return QPoint(left, below if below + self.height() <= room.bottom() else place.top() - self.height())
        top = min(max(place.center().y() - self.height() // 2, room.top()), room.bottom() - self.height())
        self._tip = min(max(place.center().y() - top, 20), self.height() - 20)
        left = place.right() + 2 if self._side == "right" else place.left() - self.width() - 2
        return QPoint(left, top)

    def _margins(self) -> None:
        edge = theme().px(14)
        left, top, right = edge, edge, edge
        left += ARROW_LONG if self._side == "right" else 0
        right += ARROW_LONG if self._side == "left" else 0
        top += ARROW_LONG if self._side == "below" else 0
        self.column.setContentsMargins(left, top, right, edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("border_strong"), look.edge))
        painter.setBrush(look.color("panel"))
        painter.drawPath(self._outline())

    def _outline(self) -> QPainterPath:
        body = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        at, half = float(self._tip), ARROW_WIDE / 2
        # The foot of the arrow lies 1 px inside the body, so that both become one outline.
        if self._side == "right":
            body.setLeft(body.left() + ARROW_LONG)
            foot = body.left() + 1
            tip = (QPointF(1, at), QPointF(foot, at - half), QPointF(foot, at + half))
        elif self._side == "left":
            body.setRight(body.right() - ARROW_LONG)
            foot = body.right() - 1
            tip = (QPointF(foot + ARROW_LONG, at), QPointF(foot, at - half), QPointF(foot, at + half))
        else:
            body.setTop(body.top() + ARROW_LONG)
            foot = body.top() + 1
            tip = (QPointF(at, 1), QPointF(at - half, foot), QPointF(at + half, foot))
        box, arrow = QPainterPath(), QPainterPath()
        box.addRoundedRect(body, 8, 8)
        arrow.moveTo(tip[0])
        arrow.lineTo(tip[1])
        arrow.lineTo(tip[2])
        arrow.closeSubpath()
        return box.united(arrow)


def explain(anchor: QWidget, title: str, text: str, source: str = "", where: QRect | None = None) -> Popover:
    """A popover of a term: title and Esc, the gloss, grey words on where it comes from."""
    made = Popover(parent=anchor.window())
    row = QHBoxLayout()
    row.addWidget(Label(title, "heading"))
    row.addStretch(1)
    row.addWidget(Keys("Esc"))
    made.column.addLayout(row)
    made.column.addWidget(Text(text, "label"))
    if source:
        made.column.addWidget(Text(source, "caption", "text_2"))
    made.setAccessibleName(f"{title}. {text}")
    made.show_at(anchor, where)
    return made
