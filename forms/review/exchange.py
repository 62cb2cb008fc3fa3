"""The record of exchange: who did what at an item and when, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from assess.framework.indicator import Indicator
from assess.review.steps import COLUMN_NAMES, Entry
from forms.review import wording
from forms.theme import theme
from forms.widgets.labels import Label, Text
from forms.words import N_, _, show

MOST = 30
STEPS = {
    "confirm": N_("{who} confirmed"),
    "return": N_("{who} returned it for correction"),
    "resubmit": N_("{who} handed in the correction"),
    "object": N_("{who} objected"),
    "withdraw": N_("{who} withdrew the objection"),
    "rule": N_("{who} ruled"),
    "reopen": N_("{who} reopened it"),
}


class Exchange(QWidget):
    """Lines of day and sentence; a reason stands under the sentence it belongs to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[str, ...] = ()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme().px(10))
        self.grid.setVerticalSpacing(theme().px(2))
        self.grid.setColumnStretch(1, 1)

    def put(self, item: Indicator, entries: Sequence[Entry]) -> None:
        """Show the record of an item."""
        while self.grid.count():
            widget = self.grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        told: list[str] = []
        for entry in entries[:MOST]:
            words = sentence(item, entry)
            at = self.grid.rowCount()
            self.grid.addWidget(Label(wording.day(entry.at), "label", "text_2"), at, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(Text(words, "label"), at, 1)
            told.append(f"{wording.day(entry.at)} {words}")
        if not entries:
            self.grid.addWidget(Text(_("Nothing has been entered here yet."), "label", "text_2"), 0, 0, 1, 2)
        self.lines = tuple(told)


def sentence(item: Indicator, entry: Entry) -> str:
    """One entry in a sentence, with its reason."""
    who = entry.who or _("Somebody without a name")
    if entry.undone:
        words = _("{who} undid or redid: {what}", who=who, what=_what(entry))
    elif entry.column == "step":
        words = _(STEPS[entry.step], who=who) if entry.step in STEPS else _("{who} took a step back", who=who)
    elif entry.column == "evidence":
        words = (
            _("{who} withdrew evidence", who=who)
            if entry.cleared
            else _("{who} registered evidence: {name}", who=who, name=entry.reason)
        )
    elif entry.answer is not None:
        words = _("{who}, {column}: {value}", who=who, column=_what(entry), value=wording.short(item, entry.answer))
    elif entry.cleared:
        words = _("{who}, {column}: cleared", who=who, column=_what(entry))
    else:
        words = _("{who}, {column}", who=who, column=_what(entry))
    tail = entry.reason if entry.column != "evidence" else ""
    if entry.column == "step" and entry.deadline:
        words = _("{words} (until {day})", words=words, day=entry.deadline)
    return f"{words}\n{tail}" if tail else words


def _what(entry: Entry) -> str:
    if entry.column in COLUMN_NAMES:
        return show(COLUMN_NAMES[entry.column])
    return _("Evidence") if entry.column == "evidence" else _("State")
