"""The sections of a report: a tick takes one in or leaves it out, the current one shows its sentences and its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from forms import icon
from forms.reports.making import Entry
from forms.theme import theme
from forms.widgets.chart import write
from forms.words import _

BOX, ROW = 20, 34
ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class SectionList(QListWidget):
    """`ticked` carries the ids left out, `chosen` the entry that is current."""

    ticked = Signal(frozenset)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Row(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._tell)

    def put(self, entries: Sequence[Entry], off: frozenset[str]) -> None:
        """Show the sections of a report; the current one stays current."""
        kept = self.entry()
        self.blockSignals(True)
        self.clear()
        for entry in entries:
            item = QListWidgetItem(_title(entry))
            item.setData(ENTRY, entry)
            if entry.depth == 0:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                on = entry.section not in off
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _title(entry))
            item.setToolTip(_title(entry))
            self.addItem(item)
        found = [place for place, entry in enumerate(entries) if kept and entry.anchor == kept.anchor]
        self.setCurrentRow(found[0] if found else (0 if entries else -1))
        self.blockSignals(False)
        self._tell()

    def entry(self) -> Entry | None:
        """The current entry."""
        item = self.currentItem()
        found = item.data(ENTRY) if item is not None else None
        return found if isinstance(found, Entry) else None

    def off(self) -> frozenset[str]:
        """Ids of the sections left out."""
        found = set()
        for place in range(self.count()):
            item = self.item(place)
            entry: Entry = item.data(ENTRY)
            if entry.depth == 0 and item.checkState() == Qt.CheckState.Unchecked:
                found.add(entry.section)
        return frozenset(found)

    def toggle(self, place: int) -> None:
        """Take a section in or leave it out."""
        item = self.item(place)
        if item is None or item.data(ENTRY).depth:
            return
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self.viewport().update()
        self.ticked.emit(self.off())

    def _tell(self, *_items: object) -> None:
        entry = self.entry()
        if entry is not None:
            self.chosen.emit(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle(self.currentRow())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.position().x() < theme().px(40):
            self.toggle(self.row(item))


def _title(entry: Entry) -> str:
    """The cover has no heading of its own."""
    return entry.title or (_("Cover") if entry.section == "cover" else entry.section)


class _Row(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(160), theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        entry: Entry = index.data(ENTRY)
        current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(look.color("primary_line"), look.edge) if current else Qt.PenStyle.NoPen)
            painter.setBrush(look.color("primary_soft" if current else "hover"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), look.px(6), look.px(6))
        on = index.data(Qt.ItemDataRole.CheckStateRole) in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        left = box.left() + look.px(10)
        if entry.depth == 0:
            side = look.px(BOX)
            square = QRectF(left, box.center().y() - side / 2 + 0.5, side, side)
            painter.setPen(QPen(look.color("primary" if on else "border_strong"), max(look.edge, 1.5)))
            painter.setBrush(look.color("primary" if on else "panel"))
            painter.drawRoundedRect(square.adjusted(0.75, 0.75, -0.75, -0.75), look.px(4), look.px(4))
            if on:
                icon.paint(painter, "tick", "on_primary", square.adjusted(2, 2, -2, -2))
        left += look.px(BOX + 8 + (12 if entry.depth else 0))
        font = look.font("label")
        font.setBold(current)
        painter.setFont(font)
        ink = look.color("primary_text" if current else "text" if on or entry.depth else "text_3")
        write(painter, QRect(left, box.top(), box.right() - left - 4, box.height()), _title(entry), ink)
        painter.restore()
