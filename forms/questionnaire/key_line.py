"""The boxes of a sheet that is being keyed: one per question, the digit large, the number of the question above it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assess.grassroots.keying import Keying
from forms.theme import theme
from forms.words import _

SIGNS = "0123456789.-"
GAP = 6


class KeyLine(QWidget):
    """Takes the keys while a sheet is keyed. It paints; what a key does is for the page."""

    signed = Signal(str)
    entered = Signal()
    taken_back = Signal()
    went = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.keying: Keying | None = None
        self.wrong = -1
        self.wide, self.high = 52, 58
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().changed.connect(self.updateGeometry)

    def put(self, keying: Keying | None, wrong: int = -1) -> None:
        """Show a sheet; `wrong` is the place of a key that was refused."""
        self.keying, self.wrong = keying, wrong
        question = keying.question if keying is not None else None
        if keying is not None and question is not None:
            self.setAccessibleName(_("Question {at} of {total}", at=question.number, total=len(keying.form.questions)))
            self.setAccessibleDescription(keying.cell(keying.at))
        self.updateGeometry()
        self.update()

    def fit(self, *, small: bool) -> None:
        """Smaller boxes where the window is tiny."""
        self.wide, self.high = (36, 44) if small else (52, 58)
        self.updateGeometry()
        self.update()

    # ---------------------------------------------------------------- keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key, text = event.key(), event.text()
        if held:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Backspace:
            self.taken_back.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.keying is not None:
            self.went.emit(self.keying.at + (1 if key == Qt.Key.Key_Right else -1))
        elif len(text) == 1 and (text in SIGNS or (text.isalpha() and text.isascii())):
            self.signed.emit(text)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self.place_at(event.position().toPoint())
        if place is not None:
            self.went.emit(place)

    # ---------------------------------------------------------------- measures and paint
    def columns(self, width: int) -> int:
        space = theme().px
        return max(1, (width + space(GAP)) // (space(self.wide) + space(GAP)))

    def box(self, place: int) -> QRectF:
        space = theme().px
        columns = self.columns(self.width())
        row, column = divmod(place, columns)
        return QRectF(
            column * (space(self.wide) + space(GAP)),
            row * (space(self.high) + space(GAP)),
            space(self.wide),
            space(self.high),
        )

    def place_at(self, where: QPoint) -> int | None:
        count = len(self.keying.form.questions) if self.keying is not None else 0
        return next((place for place in range(count) if self.box(place).contains(where)), None)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        count = len(self.keying.form.questions) if self.keying is not None else 1
        rows = -(-count // self.columns(width))
        return rows * (theme().px(self.high) + theme().px(GAP))

    def sizeHint(self) -> QSize:
        width = self.width() or theme().px(800)
        return QSize(theme().px(400), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), self.heightForWidth(max(self.width(), theme().px(240))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        keying = self.keying
        if keying is None:
            return
        style = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, question in enumerate(keying.form.questions):
            box = self.box(place)
            here, text = place == keying.at and self.isEnabled(), keying.cell(place)
            edge = "danger" if place == self.wrong else "primary" if here else "border_strong" if text else "border"
            width = max(3 if here or place == self.wrong else 1, style.edge)
            painter.setPen(QPen(style.color(edge), width))
            painter.setBrush(style.color("primary_soft" if here else "panel"))
            inset = width / 2
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), style.px(6), style.px(6))
            top = QRectF(box.x(), box.y() + style.px(3), box.width(), style.px(18))
            painter.setFont(style.font("caption"))
            painter.setPen(style.color("text_2" if here else "text_3"))
            painter.drawText(top, int(Qt.AlignmentFlag.AlignCenter), str(question.number))
            font = style.font("title")
            if len(text) > 2:
                font.setPixelSize(max(style.px(13), round(font.pixelSize() * 2.2 / len(text))))
            painter.setFont(font)
            painter.setPen(style.color("text"))
            low = QRectF(box.x(), box.y() + style.px(19), box.width(), box.height() - style.px(21))
            painter.drawText(low, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.end()
