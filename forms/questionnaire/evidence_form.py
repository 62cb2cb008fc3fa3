"""One piece of evidence: what must be written down is its name; number, date, pages and place make it findable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from assess.answers import Evidence
from assess.framework.model import Option
from assess.language import Words
from forms.questionnaire.flow import Flow
from forms.questionnaire.prose import Prose
from forms.questionnaire.ticks import Tick
from forms.theme import look, theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Panel
from forms.words import _, show

GRADES = ("", "A", "B", "C", "D")


class EvidenceForm(Panel):
    """Register or change one piece. `given` carries the record and a file to attach, or None."""

    given = Signal(object, object)
    ended = Signal()

    def __init__(
        self,
        evidence: Evidence,
        options: Sequence[Option],
        must_show: Sequence[tuple[str, str]] = (),
        grades: dict[str, Words] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", padding=12, gap=6, parent=parent)
        self.evidence = evidence
        self.file: Path | None = None
        self.setAcceptDrops(True)
        self.say(_("Change evidence") if evidence.id else _("Register evidence"))
        for kind, shows in must_show:
            hint = Prose("label", "text_2")
            hint.say(_("{kind} must show: {shows}", kind=kind, shows=shows))
            self.column.addWidget(hint)
        self.name = self.field(self.column, _("Name (required)"), evidence.name)
        self.number = self.field(self.column, _("Document number"), evidence.number)
        pair = QHBoxLayout()
        pair.setSpacing(theme().px(8))
        left, right = QVBoxLayout(), QVBoxLayout()
        pair.addLayout(left, 3)
        pair.addLayout(right, 2)
        self.column.addLayout(pair)
        self.date = self.field(left, _("Date"), evidence.date, _("for example 2026-05-13"))
        self.pages = self.field(right, _("Pages"), evidence.pages)
        self.place = self.field(self.column, _("Where it is kept"), evidence.place)
        self.grade = QComboBox()
        self.grade.setAccessibleName(_("Trust grade"))
        for grade in GRADES:
            words = show((grades or {}).get(grade, Words())) if grade else _("not graded")
            self.grade.addItem(f"{grade} {words}".strip()[:60] if grade else words, grade)
        self.grade.setCurrentIndex(GRADES.index(evidence.grade) if evidence.grade in GRADES else 0)
        self.column.addWidget(Label(_("Trust grade"), "label", "text_2"))
        self.grade.setMinimumWidth(theme().px(80))
        self.grade.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.column.addWidget(self.grade)
        self.ticks: dict[str, Tick] = {}
        if options:
            self.column.addWidget(Label(_("Proves these options (none: the whole item)"), "label", "text_2"))
            box = QWidget()
            flow = Flow(theme().px(12), 0, box)
            for option in options:
                tick = Tick(option.key)
                tick.setChecked(option.key in evidence.options)
                tick.setToolTip(show(option.words))
                tick.setAccessibleName(f"{option.key} {show(option.words)}")
                self.ticks[option.key] = tick
                flow.addWidget(tick)
            self.column.addWidget(box)
        self.standing = Tick(_("A standing document still in force (its date need not fall into the period)"))
        self.standing.setChecked(evidence.in_force)
        self.column.addWidget(self.standing)
        self.column.addWidget(self.drop_area())
        self.column.addLayout(self.buttons())
        self.name.textChanged.connect(self.check)
        self.check()
        self.opened = self.record()

    def field(self, column: QVBoxLayout, name: str, text: str, hint: str = "") -> QLineEdit:
        label = Label(name, "label", "text_2")
        edit = QLineEdit(text)
        edit.setAccessibleName(name)
        edit.setPlaceholderText(hint)
        label.setBuddy(edit)
        column.addWidget(label)
        column.addWidget(edit)
        edit.returnPressed.connect(self.give)
        return edit

    def drop_area(self) -> QWidget:
        """Where a file may be dropped or chosen; nothing has to be."""
        area = QFrame()
        look(area, box="sunken")
        row = QVBoxLayout(area)
        space = theme().px
        row.setContentsMargins(space(10), space(6), space(10), space(6))
        self.attached = Text("", "label", "text_2")
        self.choose = Button(_("Choose a file…"), "link", run=self.choose_file)
        self.leave_out = Button(_("Without the file"), "link", run=lambda: self.take_file(None))
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.leave_out)
        buttons.addStretch(1)
        row.addWidget(self.attached)
        row.addLayout(buttons)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Copying the file"))
        self.bar.hide()
        row.addWidget(self.bar)
        self.show_file()
        return area

    def buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.keep = Button(_("Save"), run=self.give)
        self.cancel = Button(_("Cancel"), "text", run=self.ended.emit)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    # ---------------------------------------------------------------- files
    def choose_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"))
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path | None) -> None:
        """Attach this file; its name becomes the name where there is none yet."""
        self.file = path
        if path is not None and not self.name.text().strip():
            self.name.setText(path.stem)
        self.show_file()
        self.check()

    def show_file(self) -> None:
        held = self.file.name if self.file else self.evidence.file_name
        self.attached.say(
            _("File: {name}", name=held) if held else _("Drop a file here if you wish; it is not required.")
        )
        self.leave_out.setVisible(self.file is not None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            path = Path(url.toLocalFile())
            if url.isLocalFile() and path.is_file():
                self.take_file(path)
                event.acceptProposedAction()
                return

    def progress(self, done: int, total: int) -> None:
        """How much of the file is copied."""
        self.bar.show()
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * done / total) if total else 1000)

    def wait(self, waiting: bool) -> None:
        """While the file is copied nothing can be changed."""
        self.keep.setEnabled(not waiting)
        self.cancel.setEnabled(not waiting)
        self.bar.setVisible(waiting and self.file is not None)

    # ---------------------------------------------------------------- giving
    def check(self) -> None:
        self.keep.refuse("" if self.name.text().strip() else _("Write the name first."))

    def record(self) -> Evidence:
        """The record as it stands in the fields."""
        return replace(
            self.evidence,
            name=self.name.text().strip(),
            number=self.number.text().strip(),
            date=self.date.text().strip(),
            pages=self.pages.text().strip(),
            place=self.place.text().strip(),
            grade=str(self.grade.currentData() or ""),
            options=tuple(sorted(key for key, tick in self.ticks.items() if tick.isChecked())),
            in_force=self.standing.isChecked(),
        )

    def give(self) -> None:
        if self.name.text().strip() and self.keep.isEnabled():
            self.given.emit(self.record(), self.file)

    def entry(self) -> QWidget:
        return self.name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            return
        super().keyPressEvent(event)
