"""The recent files: name and kind, place, progress, time. A file that is missing stays, in grey, with a question."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from forms.settings import Recent
from forms.theme import theme
from forms.widgets.buttons import text_button
from forms.widgets.labels import Text
from forms.widgets.panel import PageHead
from forms.words import _, language

if TYPE_CHECKING:
    from forms.start.desk import Desk

ROW = 60
ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


def name_of(entry: Recent) -> str:
    """The unit with the year of its assessment."""
    if entry.year is None:
        return entry.unit
    return _("{unit}, assessment of {year}", unit=entry.unit, year=entry.year)


def kind_of(entry: Recent) -> tuple[str, str]:
    """Words and tone of the tag: formal, self, practice, or a package."""
    if entry.role != "master":
        return _("Package"), "primary"
    if entry.mode == "training":
        return _("Practice"), "warning"
    return (_("Self-assessment"), "neutral") if entry.mode == "self" else (_("Formal"), "neutral")


def when(at: str, today: date) -> str:
    """A time as people say it: today and yesterday with the hour, else the day, with the year if it is another."""
    try:
        then = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    days = (today - then.date()).days
    if days == 0:
        return _("Today {time}", time=f"{then:%H:%M}")
    if days == 1:
        return _("Yesterday {time}", time=f"{then:%H:%M}")
    if then.year == today.year:
        return f"{then.month}月{then.day}日" if language() == "zh" else f"{then.day} {then:%b}"
    return f"{then:%Y-%m-%d}"


class RecentFiles(QWidget):
    """The head with its button, and the list. Enter opens, Del takes an entry off the list, not the file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        self.head = PageHead()
        self.clear = text_button("", self._clear)
        self.head.add(self.clear)
        self.panel = QFrame()
        self.panel.setProperty("box", "panel")
        inner = QVBoxLayout(self.panel)
        inner.setContentsMargins(theme().px(4), theme().px(4), theme().px(4), theme().px(4))
        self.list = _List(desk)
        self.empty = Text("", "body", "text_2")
        self.empty.setContentsMargins(theme().px(16), theme().px(16), theme().px(16), theme().px(16))
        inner.addWidget(self.list)
        inner.addWidget(self.empty)
        column.addWidget(self.head)
        column.addWidget(self.panel)
        self.setFocusProxy(self.list)

    def refresh(self) -> None:
        """Show the list as it is kept now, with what is missing."""
        entries = self.desk.recent.entries
        current = max(self.list.currentRow(), 0)
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem()
            item.setData(ENTRY, entry)
            missing = entry.missing
            item.setData(ENTRY + 1, missing)
            words = f"{name_of(entry)}，{kind_of(entry)[0]}，{entry.answered}/{entry.total}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words + (f"，{_missing()}" if missing else ""))
            item.setToolTip(entry.path)
            self.list.addItem(item)
        self.list.setCurrentRow(min(current, len(entries) - 1))
        self.list.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self.clear.setVisible(bool(entries))
        self.list.setMinimumHeight(theme().px(ROW) * min(len(entries), 2) + 4)
        self.list.setMaximumHeight(theme().px(ROW) * max(len(entries), 1) + 4)
        self.list.updateGeometry()

    def retranslate(self) -> None:
        self.head.say(_("Recent files"))
        self.clear.say(_("Clear the list"))
        self.list.setAccessibleName(_("Recent files"))
        self.empty.say(_("No file has been opened yet. Start a new assessment, or look at a sample city first."))
        self.refresh()

    def _clear(self) -> None:
        self.desk.recent.clear()
        self.refresh()
        self.desk.start.take_focus()


class _List(QListWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setItemDelegate(_Row(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.itemClicked.connect(self._open)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), theme().px(ROW) * max(self.count(), 1) + 4)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right button or the menu key: open, begin a new assessment with it, take it off the list."""
        item = self.itemAt(event.pos()) or self.currentItem()
        if item is not None:
            self.setCurrentItem(item)
            menu = self.menu_of(item)
            where = event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else self._beside(item)
            menu.popup(where)

    def menu_of(self, item: QListWidgetItem) -> QMenu:
        """What can be done with an entry."""
        entry: Recent = item.data(ENTRY)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open"), lambda: self._open(item))
        begin = menu.addAction(_("Begin a new assessment with it…"), lambda: self.desk.begin_with(entry.path))
        begin.setEnabled(not item.data(ENTRY + 1) and entry.role == "master")
        menu.addSeparator()
        menu.addAction(_("Take off the list"), lambda: self._forget(entry.path)).setShortcut("Del")
        return menu

    def _beside(self, item: QListWidgetItem) -> QPoint:
        return self.viewport().mapToGlobal(self.visualItemRect(item).center())

    def _forget(self, path: str) -> None:
        self.desk.recent.forget(path)
        self.desk.start.refresh()
        self.desk.start.take_focus()

    def _open(self, item: QListWidgetItem) -> None:
        entry: Recent = item.data(ENTRY)
        self.desk.open_path(entry.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self._forget(item.data(ENTRY).path)
        else:
            super().keyPressEvent(event)


def _missing() -> str:
    return _("Not found; is it on a USB stick?")


class _Row(QStyledItemDelegate):
    """Paints one entry: two lines at the left, progress, count and time at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(240), theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        entry: Recent = index.data(ENTRY)
        missing: bool = index.data(ENTRY + 1)
        area: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(area).adjusted(3, 2, -3, -2)
        if state & QStyle.StateFlag.State_Selected:
            self._ground(painter, ground, "primary_soft", "primary_line" if look.name == "contrast" else "")
        elif state & QStyle.StateFlag.State_MouseOver:
            self._ground(painter, ground, "hover", "")
        left, right = area.left() + look.px(20), area.right() - look.px(20)
        right = self._paint_time(painter, entry, missing, area, right)
        self._paint_words(painter, entry, missing, QRect(left, area.top(), right - left, area.height()))
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, area: QRectF, fill: str, edge: str) -> None:
        painter.setPen(QPen(theme().color(edge), theme().edge) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(fill))
        painter.drawRoundedRect(area, 6, 6)

    def _paint_time(self, painter: QPainter, entry: Recent, missing: bool, area: QRect, right: int) -> int:
        look = theme()
        painter.setFont(look.font("label"))
        painter.setPen(look.color("text_3" if missing else "text_2"))
        across = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        time = look.px(128)
        if area.width() > look.px(400):
            words = when(entry.at, datetime.now().astimezone().date())
            painter.drawText(QRect(right - time, area.top(), time, area.height()), across, words)
            right -= time
        count = look.px(64)
        painter.drawText(
            QRect(right - count, area.top(), count, area.height()), across, f"{entry.answered}/{entry.total}"
        )
        right -= count
        if area.width() > look.px(620):
            bar = QRectF(right - look.px(120), area.center().y() - look.px(2), look.px(120), look.px(6))
            painter.setPen(QPen(look.color("border"), 1))
            painter.setBrush(look.color("sunken"))
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("disabled" if missing else "primary"))
            bar.setWidth(bar.width() * (entry.answered / entry.total if entry.total else 0))
            painter.drawRoundedRect(bar, 3, 3)
            right -= look.px(132)
        return right

    def _paint_words(self, painter: QPainter, entry: Recent, missing: bool, area: QRect) -> None:
        look = theme()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        line = look.px(24)
        top = area.center().y() - line
        tag, tone = kind_of(entry)
        painter.setFont(look.font("caption"))
        tag_width = painter.fontMetrics().horizontalAdvance(tag) + look.px(16)
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text_3" if missing else "text"))
        room = max(area.width() - tag_width - look.px(12), 40)
        metrics = painter.fontMetrics()
        name = metrics.elidedText(" ".join(name_of(entry).split()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(area.left(), top, room, line), middle, name)
        place = QRectF(
            area.left() + metrics.horizontalAdvance(name) + look.px(8), top + look.px(1), tag_width, look.px(22)
        )
        base = "sunken" if tone == "neutral" else f"{tone}_soft"
        painter.setPen(QPen(look.color("border" if tone == "neutral" else f"{tone}_line"), look.edge))
        painter.setBrush(look.color(base))
        painter.drawRoundedRect(place, 4, 4)
        painter.setFont(look.font("caption"))
        ink = {"neutral": "text_2", "primary": "primary_text"}.get(tone, tone)
        painter.setPen(look.color(ink))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), tag)
        painter.setFont(look.font("label"))
        painter.setPen(look.color("text_3" if missing else "text_2"))
        below = _missing() if missing else str(Path(entry.path).parent)
        words = painter.fontMetrics().elidedText(below, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(QRect(area.left(), top + line, area.width(), line), middle, words)
