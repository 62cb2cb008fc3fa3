"""The cover page in the window: six short texts, saved when a field is left, and what they are for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from assess.assessment import COVER
from assess.finishing.cover import ASKED, NAMES, PRIVACY, Cover
from forms.theme import theme
from forms.widgets.field import Field
from forms.widgets.labels import Text
from forms.widgets.panel import Panel
from forms.words import _, show

LONGEST = 80


class CoverForm(Panel):
    """`written` with the name of a field and its new text. Enter goes to the next field that is missing."""

    written = Signal(str, str)
    filled = Signal()
    """Enter in a field, and nothing that is asked for is empty any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        self.note = Text("", "label", "text_2")
        self.column.addWidget(self.note)
        self.holder = QWidget()
        self.grid = QGridLayout(self.holder)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme().px(12))
        self.grid.setVerticalSpacing(theme().px(6))
        self.column.addWidget(self.holder)
        self.fields = {name: Field() for name in COVER}
        for name, field in self.fields.items():
            field.line.setMaxLength(LONGEST)
            field.settled.connect(lambda text, name=name: self._settled(name, text))
            field.line.returnPressed.connect(self.onward)
        self._shown = Cover()
        self.fit(columns=2)

    def fit(self, *, columns: int) -> None:
        """One field beside another, or all below each other."""
        for place, field in enumerate(self.fields.values()):
            self.grid.removeWidget(field)
            self.grid.addWidget(field, place // columns, place % columns)
        for column in range(2):
            self.grid.setColumnStretch(column, 1 if column < columns else 0)

    def put(self, cover: Cover, locked: str) -> None:
        """Show the cover; what is being typed stays."""
        self._shown = cover
        self.say(_("Cover page"), self._aside(cover, locked))
        self.note.say(show(PRIVACY))
        for name, field in self.fields.items():
            words = show(NAMES[name])
            field.say(words if name in ASKED else _("{field} (optional)", field=words))
            field.lock(bool(locked))
            field.setToolTip(locked)
            if not field.line.hasFocus() or locked:
                field.put(getattr(cover, name))

    @staticmethod
    def _aside(cover: Cover, locked: str) -> str:
        """How much is missing, and whether that keeps the document from being sealed."""
        if cover.lacking:
            return _("Needed for sealing: {count}", count=len(cover.lacking))
        if not cover.missing:
            return _("Complete")
        if locked:
            return _("Left empty: {count}", count=len(cover.missing))
        return _("Empty: {count}; it can be sealed", count=len(cover.missing))

    def _settled(self, name: str, text: str) -> None:
        text = " ".join(text.split())
        if text != getattr(self._shown, name):
            self.written.emit(name, text)

    def onward(self) -> None:
        """Enter: to the next field that is asked for and empty; `filled` where there is none."""
        empty = next((field for name, field in self.fields.items() if name in ASKED and not field.text().strip()), None)
        if empty is None:
            self.filled.emit()
        else:
            empty.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Write what is still being typed."""
        for name, field in self.fields.items():
            if not field.line.isReadOnly():
                self._settled(name, field.text())

    def first_missing(self) -> Field:
        """The field to begin with."""
        return self.fields[next(iter(self._shown.lacking or self._shown.missing), "filler")]
