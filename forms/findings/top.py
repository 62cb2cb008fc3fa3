"""The head of the check page: title, filter, what to do next, and the strip that says whether it can be handed in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.findings.entries import Entry, count
from forms.page import Size
from forms.theme import look, theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead
from forms.widgets.segments import Segments
from forms.words import _

ALL = "all"


class Top(QWidget):
    """`filtered` with a filter, `exporting`, `to_first`, `to_finish`, `to_blank`: what the person wants next."""

    filtered = Signal(str)
    exporting = Signal()
    to_first = Signal()
    to_finish = Signal()
    to_blank = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.column = QVBoxLayout(self)
        self.column.setSpacing(px(8))
        self.head_row = PageHead()
        self.segments = Segments()
        self.segments.chosen.connect(self.filtered)
        self.export = icon_button("export", "", self.exporting.emit)
        self.export.setFixedSize(px(36), px(36))
        self.first = Button("", icon="right", after=True, run=self.to_first.emit)
        self.finish = Button("", run=self.to_finish.emit)
        for part in (self.segments, self.export, self.finish, self.first):
            self.head_row.add(part)
        self.filter_row = QHBoxLayout()
        self.strip = Notice("info")
        self.column.addWidget(self.head_row)
        self.column.addLayout(self.filter_row)
        self.column.addWidget(self.strip)
        self._size: Size = "wide"

    # ---------------------------------------------------------------- showing
    def show_counts(self, entries: Sequence[Entry], blank: int, chosen: str) -> None:
        """Title, what is not answered yet, and the filter with its counts."""
        errors, warnings = count(entries, "error"), count(entries, "warning")
        explained = count(entries, "explained")
        every = errors + warnings + count(entries, "hint") + explained
        self.head_row.say(_("Check"), _("Not answered yet: {count}", count=blank) if blank else "")
        self.segments.offer(
            [
                (ALL, _("All {count}", count=every)),
                ("error", _("To be dealt with {count}", count=errors)),
                ("warning", _("Worth checking {count}", count=warnings)),
                ("explained", _("Explained {count}", count=explained)),
            ],
            chosen,
        )
        self.segments.setVisible(bool(entries))
        self.export.setAccessibleName(_("Export the list…"))
        self.export.setToolTip(_("Export the list…"))
        self.export.setVisible(bool(entries))

    def show_actions(self, *, errors: bool, reachable: bool, finishing: bool) -> None:
        """The primary action, at the right end: the first thing to deal with, and once there is none, finishing."""
        self.first.say(_("To the first one"))
        self.finish.say(_("Finish…"), _("Finish filling in"))
        last, other = (self.first, self.finish) if errors or not finishing else (self.finish, self.first)
        for button, kind, size in ((other, "plain", ""), (last, "primary", "large")):
            button.kind(kind)
            look(button, build=size)
            self.head_row.row.removeWidget(button)
            self.head_row.add(button)
        self.finish.setVisible(finishing and (self._size != "tiny" or last is self.finish))
        self.first.setVisible(last is self.first or reachable)
        self.first.refuse("" if reachable else _("There is nothing to be dealt with."))
        self._place_filter()

    def show_strip(self, entries: Sequence[Entry], *, blank: bool) -> None:
        """What the findings mean for handing in; nothing where all is done and nothing was found."""
        errors, warnings = count(entries, "error"), count(entries, "warning")
        if errors:
            tone, first = "danger", _("Still to be dealt with: {count}.", count=errors)
            more = _("Then it can be handed in; what is worth checking may be checked or explained in a sentence.")
        elif warnings:
            tone, first = "info", _("Nothing has to be dealt with.")
            more = _("Worth checking: {count}; these can also be explained in a sentence.", count=warnings)
        elif blank:
            tone, first, more = "info", _("Nothing has to be dealt with so far."), ""
        else:
            tone, first, more = "success", _("Nothing has to be dealt with."), _("It can be handed in.")
        action = _("First open question") if blank else ""
        self.strip.say(tone, first, more, action=action, run=self.to_blank.emit)
        self.strip.setVisible(bool(entries) or blank)

    # ---------------------------------------------------------------- size
    def fit(self, size: Size) -> None:
        """Fewer buttons where the window is tiny, the filter where it has room."""
        self._size = size
        self._place_filter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_filter()

    def _place_filter(self) -> None:
        """The filter stands beside the title where all its words have room, else in a row of its own."""
        row = self.head_row.row
        beside = (self.head_row.title, self.segments, self.export, self.finish, self.first)
        parts = [part for part in beside if not part.isHidden()]
        margins = self.column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        needed = sum(part.sizeHint().width() for part in parts) + row.spacing() * (len(parts) + 1)
        below = self._size != "wide" or needed > room
        if below and row.indexOf(self.segments) >= 0:
            row.removeWidget(self.segments)
            self.filter_row.addWidget(self.segments)
            self.filter_row.addStretch(1)
        elif not below and row.indexOf(self.segments) < 0:
            self.filter_row.removeWidget(self.segments)
            while self.filter_row.count():
                self.filter_row.takeAt(0)
            row.insertWidget(row.indexOf(self.export), self.segments)
