"""Running text of a framework: plain text only, wrapped anywhere, terms dotted and clickable.

Texts come from files that anyone may have written, so nothing here is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from forms.questionnaire.terms import Spot
from forms.theme import theme

BREAKS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x00": "�"})


class Prose(QWidget):
    """A paragraph that wraps and knows its height for a width. `term` says which term was clicked and where."""

    term = Signal(str, QWidget)

    def __init__(self, face: str = "body", ink: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = face
        self.ink = ink
        self.bold = False
        self.zoom = 1.0
        self.text = ""
        self.spots: tuple[Spot, ...] = ()
        self.faint: tuple[tuple[int, int], ...] = ()
        self.stressed: tuple[tuple[int, int], ...] = ()
        self._document = QTextDocument(self)
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def say(self, text: str, spots: Sequence[Spot] = ()) -> None:
        """Show a text; `spots` are the terms in it, by characters."""
        if text == self.text and tuple(spots) == self.spots:
            return
        self.text, self.spots = text, tuple(spots)
        self.setAccessibleName(text)
        self.build()

    def weigh(self, faint: Sequence[tuple[int, int]], stressed: Sequence[tuple[int, int]]) -> None:
        """Set some characters [start, end) back in a quieter ink, and others forward in bold."""
        if (tuple(faint), tuple(stressed)) != (self.faint, self.stressed):
            self.faint, self.stressed = tuple(faint), tuple(stressed)
            self.build()

    def blank(self) -> None:
        """Show nothing."""
        empty = ""
        self.say(empty)

    def embolden(self, bold: bool) -> None:
        if bold != self.bold:
            self.bold = bold
            self.build()

    def line(self) -> int:
        """Height of one line."""
        return round(theme().line(self.face) * self.zoom)

    def enlarge(self, zoom: float) -> None:
        """Type larger by a factor, for those who choose larger letters."""
        self.zoom = zoom
        self.build()

    def set_ink(self, ink: str) -> None:
        if ink != self.ink:
            self.ink = ink
            self.build()

    def build(self) -> None:
        """Write the document anew from text, face and colors."""
        style = theme()
        font = QFont(style.font(self.face))
        font.setPixelSize(round(font.pixelSize() * self.zoom))
        if self.bold:
            font.setWeight(QFont.Weight.Bold)
        self._document.setDefaultFont(font)
        self._document.clear()
        cursor = QTextCursor(self._document)
        block = QTextBlockFormat()
        block.setLineHeight(self.line(), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        normal = QTextCharFormat()
        normal.setForeground(style.color(self.ink))
        at = 0
        for spot in self.spots:
            cursor.insertText(self.text[at : spot.start].translate(BREAKS), normal)
            cursor.insertText(self.text[spot.start : spot.end].translate(BREAKS), self.dotted(normal, spot.key))
            at = spot.end
        cursor.insertText(self.text[at:].translate(BREAKS), normal)
        self.paint_weights()
        self.updateGeometry()
        self.update()

    def paint_weights(self) -> None:
        faint, strong = QTextCharFormat(), QTextCharFormat()
        faint.setForeground(theme().color("text_2" if self.ink == "text" else self.ink))
        strong.setFontWeight(QFont.Weight.Bold)
        for spans, shape in ((self.faint, faint), (self.stressed, strong)):
            for start, end in spans:
                cursor = QTextCursor(self._document)
                cursor.setPosition(start)
                cursor.setPosition(min(end, len(self.text)), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(shape)

    @staticmethod
    def dotted(normal: QTextCharFormat, key: str) -> QTextCharFormat:
        shape = QTextCharFormat(normal)
        shape.setAnchor(True)
        shape.setAnchorHref(key)
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        shape.setUnderlineColor(theme().color("primary_text"))
        return shape

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.height_at(width)

    def height_at(self, width: int) -> int:
        """Height of the text at a width. A line of fixed height is counted in full."""
        if self._document.textWidth() != width:
            self._document.setTextWidth(max(1, width))
        return max(self.line(), round(self._document.size().height()))

    def sizeHint(self) -> QSize:
        natural = self.natural_width()
        wanted = min(natural, 860)
        return QSize(wanted, self.height_at(self.width() if self.width() > 1 and self.isVisible() else wanted))

    def natural_width(self) -> int:
        """Width of the longest line without wrapping."""
        font = self._document.defaultFont()
        widest = 0.0
        for line in self.text.split("\n"):
            layout = QTextLayout(line, font)
            layout.beginLayout()
            row = layout.createLine()
            row.setLineWidth(1e6)
            layout.endLayout()
            widest = max(widest, row.naturalTextWidth())
        return int(widest) + 2

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(40), self.line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._document.setTextWidth(self.width())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._document.setTextWidth(self.width())
        context = QAbstractTextDocumentLayout.PaintContext()
        self._document.documentLayout().draw(painter, context)
        painter.end()

    def term_at(self, point: QPointF) -> str:
        return self._document.documentLayout().anchorAt(point)

    def event(self, event: QEvent) -> bool:
        """Resting the pointer on a term shows its one-line explanation."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.hint(event)
            return True
        return super().event(event)

    def hint(self, event: QHelpEvent) -> None:
        key = self.term_at(QPointF(event.pos()))
        short = next((spot.short for spot in self.spots if spot.key == key), "") if key else ""
        if short:
            QToolTip.showText(event.globalPos(), f"<qt>{escape(short)}</qt>", self, self.spot_rect(key))
        else:
            QToolTip.hideText()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = bool(self.term_at(event.position()))
        self.setCursor(Qt.CursorShape.WhatsThisCursor if over else Qt.CursorShape.ArrowCursor)
        if not over:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.term_at(event.position()):
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self.term_at(event.position())
        if key:
            self.term.emit(key, self)
        else:
            event.ignore()

    def spot_rect(self, key: str) -> QRect:
        """Where a term stands, in the coordinates of this widget; the whole widget where it does not."""
        spot = next((spot for spot in self.spots if spot.key == key), None)
        if spot is None:
            return self.rect()
        block = self._document.findBlock(spot.start)
        line = block.layout().lineForTextPosition(spot.start - block.position())
        if not line.isValid():
            return self.rect()
        left = across(line, spot.start - block.position())
        end = min(spot.end - block.position(), line.textStart() + line.textLength())
        right = across(line, end)
        top = block.layout().position().y() + line.y()
        return QRect(round(left), round(top), max(2, round(right - left)), round(line.height()))


def across(line: QTextLine, at: int) -> float:
    """Where a character of a line begins; the bindings give it with or without the position."""
    found: object = line.cursorToX(at)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
