"""A number one can ask about: a button that looks like text, underlined under the pointer and in focus."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from forms.theme import theme
from forms.words import _

ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class Number(QToolButton):
    """`asked` carries the code whose number this is. A number without a code is only text."""

    asked = Signal(str)

    def __init__(
        self,
        code: str = "",
        text: str = "",
        *,
        face: str = "strong",
        ink: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
        about: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.code, self._face, self._ink, self._align = code, face, ink, align
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if code else Qt.FocusPolicy.NoFocus)
        if code:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._ask)
        self.put(text, about=about)

    def put(self, text: str, *, code: str | None = None, ink: str | None = None, about: str = "") -> None:
        """Show another number."""
        self.setText(text)
        if code is not None:
            self.code = code
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if code else Qt.FocusPolicy.NoFocus)
        self._ink = ink or self._ink
        self.setAccessibleName(f"{about} {text}".strip() if about else text)
        if self.code:
            self.setAccessibleDescription(_("Why this number"))
        self.updateGeometry()
        self.update()

    def font_now(self) -> QFont:
        """The font in force, underlined while pointed at or focused."""
        font = theme().font(self._face)
        font.setUnderline(bool(self.code) and (self.underMouse() or self.hasFocus()))
        return font

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().font(self._face))
        return QSize(metrics.horizontalAdvance(self.text()) + 6, theme().line(self._face))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font_now())
        painter.setPen(theme().color(self._ink))
        box = QRect(2, 0, self.width() - 4, self.height())
        painter.drawText(box, int(self._align | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.key() in ARROWS:  # the page moves from number to number; a button would go to its neighbor
            event.ignore()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.code:
            self.asked.emit(self.code)
