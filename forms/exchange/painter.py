"""How the cells of a table of this page are painted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from forms import icon
from forms.exchange.table import LEFT, RIGHT, Cell, Index
from forms.theme import theme

HIGH = 39
CENTER = int(Qt.AlignmentFlag.AlignCenter)


class Painter(QStyledItemDelegate):
    """Paints a cell."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(60), theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(cell, Cell):
            return
        look = theme()
        area: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(area, look.color("primary_soft" if chosen else "hover" if hover else "panel"))
        line = QRect(area.left(), area.bottom() - look.edge + 1, area.width(), look.edge)
        painter.fillRect(line, look.color("border"))
        inner = area.adjusted(look.px(12 if index.column() == 0 else 8), 0, -look.px(8), 0)
        match cell.kind:
            case "tag":
                _tag(painter, inner, cell)
            case "bar":
                _bar(painter, inner, cell)
            case "check":
                _check(painter, inner, cell)
            case _:
                _words(painter, inner, cell, strong=cell.strong or (chosen and index.column() == 0))
        painter.restore()


def _words(painter: QPainter, area: QRect, cell: Cell, *, strong: bool) -> None:
    look = theme()
    font = QFont(look.font("label"))
    font.setBold(strong)
    painter.setFont(font)
    painter.setPen(look.color("primary_text" if cell.kind == "link" else cell.tone or "text"))
    painter.drawText(area, RIGHT if cell.right else LEFT, _fit(font, cell.words, area.width()))


def _tag(painter: QPainter, area: QRect, cell: Cell) -> None:
    look = theme()
    if not cell.words:
        return
    font = look.font("caption")
    wide = min(QFontMetrics(font).horizontalAdvance(cell.words) + look.px(14), area.width())
    high = look.px(22)
    box = QRectF(area.left() + 0.5, area.center().y() - high / 2 + 0.5, wide, high)
    ground, ink, line = tones(cell.tone or "neutral")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, look.edge))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, look.px(4), look.px(4))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, CENTER, _fit(font, cell.words, int(wide) - look.px(8)))


def _bar(painter: QPainter, area: QRect, cell: Cell) -> None:
    look = theme()
    font = look.font("label")
    words = max(QFontMetrics(font).horizontalAdvance(cell.words), look.px(44))
    painter.setFont(font)
    painter.setPen(look.color("text_2"))
    painter.drawText(area, RIGHT, cell.words)
    box = QRectF(
        area.left() + 0.5, area.center().y() - look.px(3) + 0.5, area.width() - words - look.px(12), look.px(6)
    )
    if box.width() < look.px(16):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("border"), 1))
    painter.setBrush(look.color("sunken"))
    painter.drawRoundedRect(box, 3, 3)
    if cell.total > 0 and cell.done > 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("primary"))
        box.setWidth(box.width() * min(cell.done / cell.total, 1.0))
        painter.drawRoundedRect(box, 3, 3)


def _check(painter: QPainter, area: QRect, cell: Cell) -> None:
    look = theme()
    side = look.px(20)
    box = QRectF(area.left(), area.center().y() - side / 2 + 0.5, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("primary" if cell.on else "border_strong"), max(look.edge, 1.5)))
    painter.setBrush(look.color("primary" if cell.on else "panel"))
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), look.px(4), look.px(4))
    if cell.on:
        inset = look.px(2)
        icon.paint(painter, "tick", "on_primary", box.adjusted(inset, inset, -inset, -inset))
    if cell.words:
        rest = area.adjusted(side + look.px(10), 0, 0, 0)
        painter.setFont(look.font("label"))
        painter.setPen(look.color(cell.tone or "text"))
        painter.drawText(rest, LEFT, _fit(look.font("label"), cell.words, rest.width()))


def tones(tone: str) -> tuple[QColor, QColor, QColor]:
    """Ground, ink and edge of a tag."""
    look = theme()
    if tone == "neutral":
        return look.color("sunken"), look.color("text_2"), look.color("border")
    ink = "primary_text" if tone == "primary" else tone
    return look.color(f"{tone}_soft"), look.color(ink), look.color(f"{tone}_line")


def _fit(font: QFont, words: str, width: int) -> str:
    return QFontMetrics(font).elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, max(width, 0))
