"""The bubble of the tour: over the window, beside the thing it speaks of, with three buttons and its own keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.buttons import Button, primary, text_button
from forms.widgets.labels import Label, Text
from forms.words import _

ARROW, GAP, WIDTH = 12, 6, 340
OTHER = Qt.FocusReason.OtherFocusReason


class Frame(QWidget):
    """A ring in the ink of the focus around what is pointed at; lets everything through."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("primary"), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 8, 8)


class Bubble(QFrame):
    """`next`, `back` and `leave` are asked for by buttons and by Enter or →, ← and Esc."""

    next = Signal()
    back = Signal()
    leave = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.ring = Frame(over)
        self._side, self._tip = "", 0
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme().px(6))
        self.title, self.text = Label("", "heading"), Text("", "label")
        self.count = Label("", "caption", "text_2")
        self.quit = text_button("", self.leave.emit)
        self.before = Button("", small=True, run=self.back.emit)
        self.onward = primary("", self.next.emit)
        self.column.addWidget(self.title)
        self.column.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(theme().px(6))
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.quit, self.before, self.onward):
            row.addWidget(button)
            button.installEventFilter(self)
        self.column.addLayout(row)

    def say(self, title: str, text: str, at: int, of: int) -> None:
        """Title, text and which station of how many."""
        self.title.setText(title)
        self.text.say(text)
        self.count.setText(f"{at} / {of}")
        self.quit.say(_("Leave the tour"))
        self.before.say(_("Previous step"))
        self.before.setEnabled(at > 1)
        self.onward.say(_("Next step") if at < of else _("Finish the tour"))
        self.setAccessibleName(f"{title}. {text}")

    def point(self, target: QRect) -> None:
        """Stand beside this part of the window, wherever there is room; above everything."""
        over = self.parentWidget()
        assert over is not None
        room = over.rect().adjusted(GAP, GAP, -GAP, -GAP)
        target = target.intersected(room)
        self.ring.setGeometry(target.adjusted(-4, -4, 4, 4).intersected(over.rect()))
        self.ring.setVisible(target.isValid())
        wide = max(min(theme().px(WIDTH), room.width()), self._least())
        edge = theme().px(12) + ARROW
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.setFixedWidth(min(wide, room.width()))
        self.column.activate()
        need = self.column.heightForWidth(self.width()) if self.column.hasHeightForWidth() else -1
        self.setFixedHeight(max(need, self.column.minimumSize().height()))
        self._place(target, room)
        self.ring.raise_()
        self.raise_()
        self.ring.update()
        self.update()

    def _least(self) -> int:
        buttons = sum(one.sizeHint().width() + theme().px(8) for one in (self.quit, self.before, self.onward))
        return buttons + self.count.sizeHint().width() + 2 * (theme().px(16) + ARROW)

    def _place(self, target: QRect, room: QRect) -> None:
        wide, high = self.width(), self.height()
        top = min(max(target.center().y() - high // 2, room.top()), room.bottom() - high)
        left = min(max(target.center().x() - wide // 2, room.left()), room.right() - wide)
        sides = (
            ("right", QPoint(target.right() + GAP, top), target.right() + GAP + wide <= room.right()),
            ("left", QPoint(target.left() - GAP - wide, top), target.left() - GAP - wide >= room.left()),
            ("below", QPoint(left, target.bottom() + GAP), target.bottom() + GAP + high <= room.bottom()),
            ("above", QPoint(left, target.top() - GAP - high), target.top() - GAP - high >= room.top()),
        )
        self._side, spot = "", QPoint(room.right() - wide, room.bottom() - high)
        if target.isValid():
            for side, place, fits in sides:
                if fits:
                    self._side, spot = side, place
                    break
        self.move(spot)
        middle = target.center() - spot
        across = self._side in ("below", "above")
        at, long = (middle.x(), wide) if across else (middle.y(), high)
        self._tip = min(max(at, ARROW + 20), long - ARROW - 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("border_strong"), max(2, look.edge)))
        painter.setBrush(look.color("panel"))
        painter.drawPath(self._outline())

    def _outline(self) -> QPainterPath:
        body = QRectF(self.rect()).adjusted(ARROW, ARROW, -ARROW, -ARROW)
        box, arrow = QPainterPath(), QPainterPath()
        box.addRoundedRect(body, 8, 8)
        at = float(self._tip)
        right, bottom = self.width() - 1, self.height() - 1
        left_in, right_in, top_in, bottom_in = body.left() + 1, body.right() - 1, body.top() + 1, body.bottom() - 1
        ends = {
            "right": (QPointF(1, at), QPointF(left_in, at - 10), QPointF(left_in, at + 10)),
            "left": (QPointF(right, at), QPointF(right_in, at - 10), QPointF(right_in, at + 10)),
            "below": (QPointF(at, 1), QPointF(at - 10, top_in), QPointF(at + 10, top_in)),
            "above": (QPointF(at, bottom), QPointF(at - 10, bottom_in), QPointF(at + 10, bottom_in)),
        }
        if self._side in ends:
            tip, one, other = ends[self._side]
            arrow.moveTo(tip)
            arrow.lineTo(one)
            arrow.lineTo(other)
            arrow.closeSubpath()
        return box.united(arrow)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays among the buttons; the page below can be clicked into."""
        order = [one for one in (self.quit, self.before, self.onward) if one.isEnabled()]
        now = next((place for place, one in enumerate(order) if one.hasFocus()), -1)
        order[(now + (1 if forward else -1)) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Arrows go through the tour also from a button, which would hand the focus to its neighbor."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.keyPressEvent(event)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave.emit()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next.emit()
        elif key == Qt.Key.Key_Left:
            self.back.emit()
        else:
            super().keyPressEvent(event)
