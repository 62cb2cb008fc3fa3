"""The head of the review: title and counts, filters, units, what is done for all items, and who one is here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assess import rights
from assess.review.table import Table
from forms.page import Size
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Tag
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead
from forms.widgets.segments import Segments
from forms.words import _, show


class Head(QWidget):
    """`filtered` with a filter, `narrowed` with a unit or "", `asked` for what is done for all items (accept, sample,
    export, reviewed), `named` to say who one is."""

    filtered = Signal(str)
    narrowed = Signal(str)
    asked = Signal(str)
    named = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self._size: Size = "wide"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.row = PageHead()
        self.mark = Tag("", "success")
        self.segments = Segments()
        self.segments.chosen.connect(self.filtered)
        self.row.row.insertWidget(2, self.mark)
        self.row.add(self.segments)
        self.more = icon_button("more", "", self.open_more)
        self.row.add(self.more)
        self.more.hide()
        self.filter_row = QHBoxLayout()
        self.bar = QWidget()
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(px(8))
        self.units = QComboBox()
        self.units.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.units.setMinimumContentsLength(9)
        self.units.currentIndexChanged.connect(lambda at: self.narrowed.emit(str(self.units.itemData(at) or "")))
        self.accept = Button("", small=True, run=partial(self.asked.emit, "accept"))
        self.sample = Button("", small=True, run=partial(self.asked.emit, "sample"))
        self.export = Button("", small=True, run=partial(self.asked.emit, "export"))
        self.reviewed = Button("", small=True, run=partial(self.asked.emit, "reviewed"))
        bar.addWidget(self.units)
        bar.addStretch(1)
        for button in (self.accept, self.sample, self.export, self.reviewed):
            bar.addWidget(button)
        self.strip = Notice("info")
        column.addWidget(self.row)
        column.addLayout(self.filter_row)
        column.addWidget(self.bar)
        column.addWidget(self.strip)

    def put(self, found: Table, key: str, unit: str, *, role: str, marked: bool, refusal: str) -> None:
        """Show the counts of a table, with a filter and a unit chosen. `refusal` is why nothing may be written."""
        self._offer(found, key, role=role, marked=marked, refusal=refusal)
        self._units(found, unit)
        self._strip(role)

    def _offer(self, found: Table, key: str, *, role: str, marked: bool, refusal: str) -> None:
        self.row.say(_("Review"), _("Reviewed {done}/{total}", done=found.done, total=found.total))
        count = found.count
        self.segments.offer(
            [
                ("all", _("All {count}", count=count("all"))),
                ("open", _("Waiting {count}", count=count("open"))),
                ("differences", _("Δ ≥ 2 levels {count}", count=count("differences"))),
                ("returned", _("Returned {count}", count=count("returned"))),
                ("sample", _("Sample {count}", count=count("sample"))),
                ("objections", _("Objections {count}", count=count("objections"))),
            ],
            key,
        )
        self.mark.set(_("Reviewed"), "success")
        self.mark.setVisible(marked)
        refusal = refusal or ("" if role in rights.REVIEWERS else _("Only a reviewer does this."))
        empty = found.empty
        nothing = _("The self-assessment has not come back yet; there is nothing to review.") if empty else ""
        self.accept.say(_("Accept in one step…"))
        self.accept.refuse(refusal or nothing)
        self.sample.say(_("Sample…"))
        self.sample.refuse(nothing)
        self.export.say(_("Correction sheets…"))
        returned = count("returned") or found.done
        self.export.refuse("" if returned else _("No item is returned or rated lower."))
        self.reviewed.say(_("Take the mark away") if marked else _("Mark as reviewed"))
        self.reviewed.refuse(refusal or (nothing if not marked else ""))

    def _units(self, found: Table, unit: str) -> None:
        wanted = [("", _("All units")), *((unit.to("zh"), show(unit)) for unit in found.units)]
        have = [(self.units.itemData(at), self.units.itemText(at)) for at in range(self.units.count())]
        if wanted != have:
            self.units.blockSignals(True)
            self.units.clear()
            for key, words in wanted:
                self.units.addItem(words, key)
            self.units.blockSignals(False)
        at = next((place for place, (key, _words) in enumerate(wanted) if key == unit), 0)
        self.units.blockSignals(True)
        self.units.setCurrentIndex(at)
        self.units.blockSignals(False)
        self.units.setVisible(len(wanted) > 2)

    def _strip(self, role: str) -> None:
        """Who one is here, where that keeps one from reviewing."""
        words = {
            "filler": (
                _("You are here as the person filling in."),
                _(
                    "You can follow the review, hand in corrections and object. To review, say so under “Name and "
                    "role”."
                ),
            ),
            rights.SECOND: (
                _("Second review, blind."),
                _(
                    "The first review stays covered until you have given yours; nobody else sees yours until both are "
                    "there."
                ),
            ),
            "third_party": (_("You enter the values of the third party."), ""),
        }
        known = words.get(role)
        self.strip.setVisible(known is not None and self._size != "tiny")
        if known is not None:
            self.strip.say("info", *known, action=_("Name and role…"), run=self.named.emit)

    def open_more(self) -> None:
        """In the smallest windows: what is done for all items, and the units, in a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self.accept, self.sample, self.export, self.reviewed):
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        if self.units.count() > 2:
            menu.addSeparator()
            for at in range(self.units.count()):
                action = menu.addAction(self.units.itemText(at), partial(self.units.setCurrentIndex, at))
                action.setCheckable(True)
                action.setChecked(at == self.units.currentIndex())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def retranslate(self) -> None:
        """Names for those who hear the page."""
        self.segments.setAccessibleName(_("Which items are shown"))
        self.units.setAccessibleName(_("Unit"))
        self.more.setAccessibleName(_("More"))
        self.more.setToolTip(_("More"))

    def fit(self, size: Size) -> None:
        """Wide: filters beside the title. Below: under it. Tiny: what is done for all items is in a menu."""
        self._size = size
        wide = size == "wide"
        self.bar.setVisible(size != "tiny")
        self.more.setVisible(size == "tiny")
        row = self.row.row
        if wide == (row.indexOf(self.segments) < 0):
            if wide:
                self.filter_row.removeWidget(self.segments)
                row.insertWidget(row.indexOf(self.more), self.segments)
            else:
                row.removeWidget(self.segments)
                self.filter_row.addWidget(self.segments)
                self.filter_row.addStretch(1)
