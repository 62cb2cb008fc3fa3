"""The list of the outline: a flat model over rows of `contents`, painted row by row, fast with a thousand items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from forms.questionnaire import marks
from forms.questionnaire.contents import Row
from forms.questionnaire.wording import STATES
from forms.theme import theme
from forms.words import _, show

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
HIGH = {"dimension": 40, "sub": 32, "item": 32, "fold": 32, "reason": 46, "lift": 28}
EMPTY = QModelIndex()


class OutlineModel(QAbstractListModel):
    """Rows as data. Rows of the same shape are renewed in place, so that the view keeps its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.flags_of: Mapping[str, str] = {}

    def take(self, rows: Sequence[Row], flags: Mapping[str, str]) -> bool:
        """Show other rows; True if their shape changed and the view was reset."""
        same = [(row.kind, row.code) for row in rows] == [(row.kind, row.code) for row in self.rows]
        if same:
            self.rows, self.flags_of = tuple(rows), flags
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return False
        self.beginResetModel()
        self.rows, self.flags_of = tuple(rows), flags
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = EMPTY) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(row)
        return None

    def words(self, row: Row) -> str:
        """The whole row in words, for tool tips and screen readers."""
        if row.kind == "item":
            state = show(STATES[row.state]) if row.state else ""
            note = self.flags_of.get(row.code, "")
            flag = _("marked to come back to") if row.marked else ""
            return " · ".join(part for part in (f"{row.code} {show(row.name)}", state, flag, note) if part)
        if row.kind == "fold":
            return _("{count} skipped", count=row.total)
        if row.kind == "reason":
            return show(row.words)
        if row.kind == "lift":
            return _("Undo the skip of {code}", code=row.code)
        return _("{name}, {done} of {total} answered", name=show(row.name), done=row.done, total=row.total)

    def find(self, code: str) -> int | None:
        """Position of an item, if it is shown."""
        return next((at for at, row in enumerate(self.rows) if row.kind == "item" and row.code == code), None)


class OutlineDelegate(QStyledItemDelegate):
    """Paints the rows. `current` is the item shown on the card."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.current = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        return QSize(theme().px(200), theme().px(HIGH[row.kind]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        style = theme()
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = box.adjusted(style.px(4), 1, -style.px(2), -1)
        current = row.kind == "item" and row.code == self.current
        if current:
            painter.setPen(QPen(style.color("primary_line"), style.edge))
            painter.setBrush(style.color("primary_soft"))
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), style.px(6), style.px(6))
        elif state & QStyle.StateFlag.State_MouseOver and row.kind not in ("sub", "reason"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color("hover"))
            painter.drawRoundedRect(frame, style.px(6), style.px(6))
        painters: dict[str, Callable[[QPainter, QRectF, Row], None]] = {
            "dimension": self.dimension,
            "sub": self.sub,
            "item": self.item,
            "fold": self.fold,
            "reason": self.reason,
            "lift": self.lift,
        }
        painters[row.kind](painter, box, row)
        painter.restore()

    def text(self, painter: QPainter, box: QRectF, text: str, face: str, ink: str, *, wrap: bool = False) -> None:
        style = theme()
        font = QFont(style.font(face))
        painter.setFont(font)
        painter.setPen(style.color(ink))
        line = " ".join(text.split())
        if wrap:
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), line)
            return
        room = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), room)

    def mark(self, painter: QPainter, box: QRectF, left: float, name: str, tone: str = "", side: int = 18) -> None:
        high = theme().px(side)
        marks.draw(painter, name, QRectF(box.x() + left, box.center().y() - high / 2, high, high), tone)

    def dimension(self, painter: QPainter, box: QRectF, row: Row) -> None:
        style = theme()
        self.mark(painter, box, style.px(6), "chevron-down" if row.open else "chevron-right", "text_2", 16)
        count = f"{row.done}/{row.total}"
        painter.setFont(style.font("label"))
        wide = painter.fontMetrics().horizontalAdvance(count)
        right = box.right() - style.px(8)
        painter.setPen(style.color("text_2"))
        painter.drawText(QRectF(right - wide, box.y(), wide, box.height()), int(Qt.AlignmentFlag.AlignVCenter), count)
        painter.setFont(style.font("strong"))
        named = painter.fontMetrics().horizontalAdvance(" ".join(show(row.name).split()))
        room = right - max(wide, style.px(40)) - style.px(20) - box.x() - style.px(28) - named
        bar = min(style.px(72), max(style.px(32), int(room)))
        left = right - max(wide, style.px(40)) - style.px(10) - bar
        track = QRectF(left, box.center().y() - style.px(3), bar, style.px(6))
        painter.setPen(QPen(style.color("border"), 1))
        painter.setBrush(style.color("sunken"))
        painter.drawRoundedRect(track, 3, 3)
        if row.total and row.done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color("primary"))
            painter.drawRoundedRect(
                QRectF(track.x(), track.y(), track.width() * row.done / row.total, track.height()), 3, 3
            )
        start = box.x() + style.px(28)
        self.text(painter, QRectF(start, box.y(), left - start - 6, box.height()), show(row.name), "strong", "text")

    def sub(self, painter: QPainter, box: QRectF, row: Row) -> None:
        left = theme().px(28 + 12 * max(0, row.depth - 1))
        self.text(painter, box.adjusted(left, 0, -theme().px(8), 0), show(row.name), "label", "text_2")

    def item(self, painter: QPainter, box: QRectF, row: Row) -> None:
        style = theme()
        left = style.px(22)
        current = row.code == self.current
        flag = self._model.flags_of.get(row.code, "")
        name = marks.STATE_MARKS[row.state] if row.state else "open"
        tone = ""
        if flag.startswith("!"):
            name = "octagon"
        elif flag:
            name = "triangle"
        elif current and name == "tick":
            tone = "primary_text"
        self.mark(painter, box, left, name, tone)
        ink = "primary_text" if current else "text_3" if row.state == "skipped" else "text"
        inner = box.adjusted(left + style.px(23), 0, -style.px(28 if row.marked else 8), 0)
        if row.marked:
            self.mark(painter, box, box.width() - style.px(26), "flag", "primary_text", 16)
        text = f"{row.code}\u2002{show(row.name)}"
        self.text_plain(painter, inner, text, ink, bold=current)

    def text_plain(self, painter: QPainter, box: QRectF, text: str, ink: str, *, bold: bool) -> None:
        """One elided line in which wide spaces stay."""
        font = QFont(theme().font("label"))
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(theme().color(ink))
        line = text.replace("\n", " ")
        room = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), room)

    def fold(self, painter: QPainter, box: QRectF, row: Row) -> None:
        style = theme()
        self.mark(painter, box, style.px(26), "chevron-down" if row.open else "chevron-right", "text_3", 16)
        inner = box.adjusted(style.px(52), 0, -style.px(8), 0)
        self.text(painter, inner, _("{count} skipped", count=row.total), "label", "text_3")

    def reason(self, painter: QPainter, box: QRectF, row: Row) -> None:
        inner = box.adjusted(theme().px(52), 2, -theme().px(8), 0)
        self.text(painter, inner, show(row.words), "caption", "text_2", wrap=True)

    def lift(self, painter: QPainter, box: QRectF, row: Row) -> None:
        inner = box.adjusted(theme().px(52), 0, -theme().px(8), 0)
        self.text(painter, inner, _("Undo the skip"), "label", "primary_text")


class OutlineList(QListView):
    """The list. It never searches by letters: digits and letters belong to the question."""

    activated_row = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = OutlineModel(self)
        self.painter = OutlineDelegate(self.rows, self)
        self.setModel(self.rows)
        self.setItemDelegate(self.painter)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ring", "inside")
        self.setObjectName("outline")
        self.setStyleSheet("QListView#outline { background: transparent; border: none; }")
        self.setAccessibleName(_("Outline of the questions"))
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_rows(self, rows: Sequence[Row], flags: Mapping[str, str], current: str) -> None:
        """Show rows and the item of the card; the place in the list stays."""
        place = self.verticalScrollBar().value()
        here = self.current_row()
        self.painter.current = current
        if self.rows.take(rows, flags):
            self.verticalScrollBar().setValue(place)
            self.point(*((here.kind, here.code) if here else ("item", current)))
        self.viewport().update()

    def show_place(self, current: str) -> None:
        """Another item is that of the card; the rows are the same."""
        self.painter.current = current
        self.viewport().update()

    def current_row(self) -> Row | None:
        found = self.currentIndex().data(ROW)
        return found if isinstance(found, Row) else None

    def point(self, kind: str, code: str) -> None:
        """Put the keyboard's place on a row, if it is shown."""
        for at, row in enumerate(self.rows.rows):
            if row.kind == kind and row.code == code:
                self.setCurrentIndex(self.rows.index(at))
                return

    def reveal(self, code: str) -> None:
        """Scroll to an item and put the keyboard's place on it."""
        at = self.rows.find(code)
        if at is not None:
            self.setCurrentIndex(self.rows.index(at))
            self.scrollTo(self.rows.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and row is not None:
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.activated_row.emit(row)
                return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row is not None and not event.modifiers():
            if row.kind in ("dimension", "fold") and row.open == (event.key() == Qt.Key.Key_Left):
                self.activated_row.emit(row)
                return
        if event.text().strip() and event.text().isprintable():
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        found = self.indexAt(event.position().toPoint()).data(ROW)
        if isinstance(found, Row) and event.button() == Qt.MouseButton.LeftButton:
            self.activated_row.emit(found)
