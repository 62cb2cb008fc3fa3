"""A check box: a box of 20 in a hit area of 32, its words beside it, wrapped where they are long."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from forms import icon
from forms.theme import theme

FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class Check(QCheckBox):
    """A check box that paints itself; the words wrap and are never elided."""

    def __init__(self, text: str = "", type: str = "label", parent: QWidget | None = None) -> None:  # noqa: A002
        super().__init__(parent)
        self._words, self._type = "", type
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(text)
        theme().changed.connect(self.updateGeometry)

    def say(self, text: str) -> None:
        """Set the words."""
        self._words = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        width = self._left() + self._measure(theme().px(560)).width() + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + theme().px(80 if self._words else 0), theme().px(32))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        needed = self._measure(max(width - self._left(), 20)).height()
        return max(needed + theme().px(8), theme().px(32))

    def _measure(self, width: int) -> QRect:
        from PySide6.QtGui import QFontMetrics

        metrics = QFontMetrics(theme().font(self._type))
        return metrics.boundingRect(QRect(0, 0, width, 4000), FLAGS, self._words)

    def _left(self) -> int:
        return theme().px(20 + 8 + 6 if self._words else 32)

    def box(self) -> QRectF:
        """Where the box is drawn; the focus ring goes round it and the words."""
        side = theme().px(20)
        return QRectF(theme().px(6), theme().px(6), side, side)

    def hitButton(self, _where: QPoint) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.box()
        on = self.isChecked()
        edge = "disabled" if not self.isEnabled() else "primary" if on else "border_strong"
        fill = "primary" if on and self.isEnabled() else "hover" if self.underMouse() else "panel"
        painter.setPen(QPen(look.color(edge), max(look.edge, 1.5)))
        painter.setBrush(look.color("disabled" if on and not self.isEnabled() else fill))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), look.px(4), look.px(4))
        if on:
            inset = look.px(2)
            icon.paint(painter, "tick", "on_primary", box.adjusted(inset, inset, -inset, -inset))
        painter.setFont(look.font(self._type))
        painter.setPen(look.color("text" if self.isEnabled() else "text_3"))
        metrics = painter.fontMetrics()
        top = round(box.center().y() - metrics.height() / 2)
        area = QRect(self._left(), top, self.width() - self._left(), self.height())
        painter.drawText(area, FLAGS, self._words)
