"""The head of a group: its name, what it means for handing in, how many; two of them fold."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from forms import icon
from forms.findings import wording
from forms.findings.entries import Group
from forms.theme import theme
from forms.words import _

FOLDS: tuple[Group, ...] = ("hint", "explained")


class Head(QAbstractButton):
    """40 high, on sunken ground. A head that folds is a button: Enter and Space open and close its group."""

    def __init__(self, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind: Group = group
        self.aside = ""
        self.number = ""
        self.folds = group in FOLDS
        self.setCheckable(self.folds)
        self.setProperty("ring", "inside")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.folds else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, count: int) -> None:
        """Say what the group is and how many are in it."""
        self.setText(_(wording.TITLES[self.kind]))
        self.aside = _(wording.ASIDES[self.kind])
        self.number = _("Findings: {count}", count=count)
        self.setAccessibleName(_("{group}: {count}, {aside}", group=self.text(), count=count, aside=self.aside))
        self.setAccessibleDescription((_("Unfolded") if self.isChecked() else _("Folded")) if self.folds else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()  # the page moves from row to row
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillRect(area, look.color("hover" if self.folds and self.underMouse() else "sunken"))
        painter.fillRect(QRectF(0, self.height() - look.edge, self.width(), look.edge), look.color("border"))
        left, right = look.px(16), look.px(16)
        if self.folds:
            side = look.px(16)
            drawing = "chevron-down" if self.isChecked() else "chevron-right"
            icon.paint(painter, drawing, "text_2", QRectF(left, (self.height() - side) / 2, side, side))
            left += side + look.px(8)
        font = look.font("heading")
        wide = QFontMetrics(font).horizontalAdvance(self.text())
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(font)
        painter.setPen(look.color("text"))
        painter.drawText(QRectF(left, 0, wide + 4, self.height()), middle, self.text())
        small = look.font("label")
        metrics = QFontMetrics(small)
        count = metrics.horizontalAdvance(self.number)
        room = self.width() - left - wide - look.px(12) - right - count - look.px(12)
        painter.setFont(small)
        painter.setPen(look.color("text_2"))
        aside = metrics.elidedText(self.aside, Qt.TextElideMode.ElideRight, max(int(room), 0))
        painter.drawText(QRectF(left + wide + look.px(12), 0, max(room, 0), self.height()), middle, aside)
        end = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(self.width() - right - count - 4, 0, count + 4, self.height()), end, self.number)
