"""A notice stands in place, above what it speaks of: icon, first sentence bold, what to do, a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from assess.problems import Problem
from forms import icon
from forms.theme import look, theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Text
from forms.words import _, show

ICONS = {"info": "info", "success": "done", "warning": "triangle", "danger": "octagon"}
INKS = {"info": "primary_text", "success": "success", "warning": "warning", "danger": "danger"}


class Glyph(QWidget):
    """An icon of 20 in a color token, for where there is no button."""

    def __init__(self, name: str, token: str = "text", side: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._token, self._side = name, token, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def set(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self.update()

    def sizeHint(self) -> QSize:
        return icon.square(self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon.paint(painter, self._name, self._token, QRectF(self.rect()))


class Notice(QFrame):
    """One notice: info, success, warning or danger. `closed` when it is dismissed with its cross, if it has one."""

    closed = Signal()

    def __init__(
        self,
        tone: str = "info",
        first: str = "",
        more: str = "",
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
        closable: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._run: Callable[[], object] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        space = theme().px
        row.setContentsMargins(space(12), space(8), space(10), space(8))
        row.setSpacing(space(10))
        self.glyph = Glyph(icon or ICONS[tone], INKS[tone])
        self.text = Text()
        self.text.dress(type="label")
        self.link = Button("", "link")
        self.link.clicked.connect(self._go)
        row.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.cross = icon_button("close", _("Close this notice"), self._close)
        self.cross.kind("cross")
        self.cross.setFixedSize(space(24), space(24))
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        self.cross.setVisible(closable)  # not before: without a parent it would be a window for a moment
        self.say(tone, first, more, action=action, run=run)

    def say(
        self, tone: str, first: str, more: str = "", *, action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Set everything it says."""
        self._run = run
        self.setProperty("notice", tone)
        look(self, notice=tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.glyph.set(self._icon or ICONS[tone], INKS[tone])
        self.text.say(more, first)
        self.link.say(action)
        self.link.setVisible(bool(action))
        self.setAccessibleName(self.text.plain())

    def problem(self, problem: Problem, *, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Say a Problem: its sentence bold, its hint after it."""
        tone = "danger"
        self.say(tone, show(problem.text), show(problem.hint), action=action, run=run)

    def sizeHint(self) -> QSize:
        """As high as its text needs at the width it has, so that a column gives it no more."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width())) if self.width() > hint.width() else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _go(self) -> None:
        if self._run is not None:
            self._run()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
