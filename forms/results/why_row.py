"""One line of a weighted sum in the why panel: name, score × weight = contribution. The whole line is a button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from forms.figures import one_line
from forms.results.number import Number
from forms.theme import theme
from forms.widgets.chart import write
from forms.words import _

RIGHT, MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Share:
    """What one line says, ready to show. `adds` is empty where products do not add up; `given` is a level or figure."""

    code: str
    name: str
    given: str
    score: str
    weight: str
    adds: str
    out: bool = False
    weak: bool = False


class WhyRow(Number):
    """`looked` when the line gets the focus or is pointed at with a click: what is below it is shown underneath."""

    looked = Signal(str)

    def __init__(self, share: Share, *, small: bool = False) -> None:
        self._share, self._small = share, small
        self._chosen = False
        super().__init__(share.code, "")
        self.setText(share.adds or share.score)
        told = f"{share.code} {one_line(share.name)}"
        sums = f"{share.score} × {share.weight} = {share.adds}" if share.adds else share.score
        self.setAccessibleName(f"{told}: {_('left out') if share.out else sums}")
        self.setToolTip(told)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def choose(self, on: bool) -> None:
        """Mark the line whose content is shown underneath."""
        self._chosen = on
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(30 if self._small else 32))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked.emit(self.code)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, share = theme(), self._share
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self._chosen or self.hasFocus()
        if active or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen if look.name != "contrast" or not active else look.color("primary"))
            painter.setBrush(look.color("primary_soft" if active else "hover"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), look.px(4), look.px(4))
        font = QFont(look.font("label"))
        painter.setFont(font)
        right = self.width() - look.px(6)
        font.setBold(True)
        font.setUnderline(self.underMouse() or self.hasFocus())
        right = self._cell(painter, right, 44, share.adds, font, "danger" if share.weak else "text")
        plain = look.font("label")
        sign = "=" if share.adds and not self._small else ""
        right = self._cell(painter, right, 14 if sign else 0, sign, plain, "text_2", MIDDLE)
        right = self._cell(painter, right, 40, share.weight, plain, "text_2")
        sign = "×" if share.weight and not self._small else ""
        right = self._cell(painter, right, 18 if sign else 0, sign, plain, "text_2", MIDDLE)
        if share.out:
            right = self._cell(painter, right, 90, _("left out"), plain, "text_2")
        else:
            right = self._cell(painter, right, 40, share.score, plain, "text")
        if share.given and self._small:
            right = self._cell(painter, right, 34, share.given, plain, "text_2")
        left = look.px(6)
        font = look.font("label")
        if self._small:
            painter.setFont(look.font("caption"))
            wide = painter.fontMetrics().horizontalAdvance(share.code) + look.px(8)
            write(painter, QRect(left, 0, wide, self.height()), share.code, look.color("text_2"))
            left += wide
        else:
            font.setBold(active)
        painter.setFont(font)
        name = one_line(share.name) if self._small else f"{share.code} {one_line(share.name)}"
        write(painter, QRect(left, 0, max(0, right - left - 4), self.height()), name, look.color("text"))
        painter.end()

    def _cell(
        self,
        painter: QPainter,
        right: int,
        wide: int,
        text: str,
        font: QFont,
        ink: str,
        align: Qt.AlignmentFlag = RIGHT,
    ) -> int:
        look = theme()
        room = look.px(wide)
        painter.setFont(font)
        write(painter, QRect(right - room, 0, room, self.height()), text, look.color(ink), align)
        return right - room
