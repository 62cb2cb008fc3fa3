"""One piece of evidence: what must be written down is its name; number, date, pages and place make it findable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assess.answers import Evidence
from assess.framework.indicator import Indicator
from assess.language import Words
from assess.problems import Problem
from assess.register import dates
from assess.register.kinds import Kind, kind_of
from assess.register.pieces import Piece
from forms.questionnaire.evidence_attached import Attached
from forms.questionnaire.evidence_files import files_of
from forms.questionnaire.evidence_grade import GradeChoice, KindChoice
from forms.questionnaire.flow import Flow
from forms.questionnaire.prose import Prose
from forms.questionnaire.ticks import Tick
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from forms.widgets.notice import Notice
from forms.widgets.panel import Panel
from forms.words import _, show


class EvidenceForm(Panel):
    """Register or change one piece. `given` carries the record and a file to attach, or None; `using` a registered
    piece that is to serve this item instead; `pasted` that a picture was pasted into a field; `ended` that it was
    given up."""

    given = Signal(object, object)
    using = Signal(object)
    pasted = Signal()
    ended = Signal()

    def __init__(
        self,
        evidence: Evidence,
        indicator: Indicator,
        kinds: Sequence[Kind] = (),
        must_show: Sequence[tuple[str, str]] = (),
        grades: Mapping[str, Words] | None = None,
        *,
        base_date: str = "",
        others: Sequence[str] = (),
        held: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", padding=12, gap=6, parent=parent)
        self.evidence, self.indicator, self.base_date = evidence, indicator, base_date
        self.kinds = tuple(kinds)
        self.setAcceptDrops(True)
        self.say(_("Change evidence") if evidence.id else _("Register evidence"))
        if others:
            self.line(
                _("Also serves {items}; a change holds there too, pages and options are of this item.", items=others)
            )
        self.trouble = Notice("danger", closable=False)
        self.trouble.hide()
        self.column.addWidget(self.trouble)
        self.kind = KindChoice(self.kinds, evidence)
        kind_label = Label(_("Kind of evidence"), "label", "text_2")
        for part in (kind_label, self.kind):
            self.column.addWidget(part)
            part.setVisible(bool(self.kinds))
        self.shows = Prose("label", "text_2")
        self.column.addWidget(self.shows)
        self._must_show = tuple(must_show)
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
        self.doubt = Prose("caption", "warning")
        self.column.addWidget(self.doubt)
        self.standing = Tick(_("A standing document still in force (its date need not fall into the period)"))
        self.standing.setChecked(evidence.in_force)
        self.column.addWidget(self.standing)
        self.place = self.field(self.column, _("Where it is kept"), evidence.place)
        self.voucher = self.field(self.column, _("Who vouches for it"), evidence.voucher, _("name or post"))
        self.grade = GradeChoice(evidence.grade, grades or {}, settled=bool(evidence.id))
        self.column.addWidget(self.grade)
        self.ticks = self.option_ticks()
        self.attached = Attached(evidence, held)
        self.attached.changed.connect(self.take_name)
        self.attached.using.connect(self.using)
        self.column.addWidget(self.attached)
        self.column.addLayout(self.buttons())
        self.wire()
        self.opened = self.record()

    # ---------------------------------------------------------------- building
    def line(self, text: str) -> None:
        prose = Prose("caption", "text_2")
        prose.say(text)
        self.column.addWidget(prose)

    def field(self, column: QVBoxLayout, name: str, text: str, hint: str = "") -> QLineEdit:
        label = Label(name, "label", "text_2")
        edit = QLineEdit(text)
        edit.setAccessibleName(name)
        edit.setPlaceholderText(hint)
        edit.installEventFilter(self)
        label.setBuddy(edit)
        column.addWidget(label)
        column.addWidget(edit)
        edit.returnPressed.connect(self.give)
        return edit

    def option_ticks(self) -> dict[str, Tick]:
        ticks: dict[str, Tick] = {}
        options = self.indicator.options
        if not options:
            return ticks
        self.column.addWidget(Label(_("Proves these options (none: the whole item)"), "label", "text_2"))
        box = QWidget()
        flow = Flow(theme().px(12), 0, box)
        for option in options:
            tick = Tick(option.key)
            tick.setChecked(option.key in self.evidence.options)
            tick.setToolTip(show(option.words))
            tick.setAccessibleName(f"{option.key} {show(option.words)}")
            ticks[option.key] = tick
            flow.addWidget(tick)
        self.column.addWidget(box)
        return ticks

    def buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.keep = Button(_("Save"), run=self.give)
        self.cancel = Button(_("Cancel"), "text", run=self.ended.emit)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    def wire(self) -> None:
        self.name.textChanged.connect(self.check)
        for edit in (self.name, self.number):
            edit.textChanged.connect(lambda _text: self.propose())
        self.kind.chosen.connect(self.take_kind)
        self.date.textChanged.connect(lambda _text: self.judge())
        self.date.editingFinished.connect(lambda: self.date.setText(dates.iso(self.date.text())))
        self.standing.toggled.connect(lambda _on: self.judge())
        self.take_kind()
        self.judge()
        self.check()

    # ---------------------------------------------------------------- what follows from what is typed
    def take_kind(self) -> None:
        """A kind was chosen: what it must show, a name where there is none, its grade."""
        chosen = self.kind.kind()
        if chosen is not None and not self.name.text().strip():
            self.name.setText(show(chosen.name))
        shows = [(show(kind), show(what)) for kind, what in chosen.shows] if chosen is not None else self._must_show
        lines = [_("{kind} must show: {shows}", kind=kind, shows=what) for kind, what in shows]
        self.shows.say("\n".join(lines))
        self.shows.setVisible(bool(lines))
        self.propose()

    def propose(self) -> None:
        record = replace(self.evidence, name=self.name.text(), number=self.number.text(), kind=self.kind.key())
        self.grade.propose(record, self.kind.kind() or kind_of(self.kinds, record))

    def judge(self) -> None:
        """The date against the period and the base date, at once."""
        found = dates.doubt(self.date.text(), self.indicator, self.base_date, in_force=self.standing.isChecked())
        late = found is not None and not self.standing.isChecked()
        told = (
            _("{doubt} If the document is still in force, tick that below.", doubt=show(found)) if late else show(found)
        )
        self.doubt.say(told)
        self.doubt.setVisible(found is not None)

    # ---------------------------------------------------------------- files
    @property
    def file(self) -> Path | None:
        return self.attached.file

    def take_file(self, path: Path | None) -> None:
        """Attach this file; its name becomes the name where there is none yet."""
        self.attached.take(path)

    def take_name(self) -> None:
        if self.file is not None and not self.name.text().strip():
            self.name.setText(self.file.stem)
        self.check()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in files_of(event.mimeData())[:1]:
            self.take_file(path)
            event.acceptProposedAction()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A picture pasted into a field is attached; text is pasted as ever."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            data = QGuiApplication.clipboard().mimeData()
            if event.matches(QKeySequence.StandardKey.Paste) and data.hasImage() and not data.hasText():
                self.pasted.emit()
                return True
        return super().eventFilter(watched, event)

    def recognize(self, twin: Piece | None) -> None:
        """The same file is registered already."""
        self.attached.show_twin(twin)

    def progress(self, done: int, total: int) -> None:
        """How much of the file is copied."""
        self.attached.progress(done, total)

    def wait(self, waiting: bool) -> None:
        """While it is saved nothing can be changed."""
        self.keep.setEnabled(not waiting)
        self.cancel.setEnabled(not waiting)
        self.attached.wait(waiting)

    # ---------------------------------------------------------------- giving
    def check(self) -> None:
        self.keep.refuse("" if self.name.text().strip() else _("Write the name first."))

    def record(self) -> Evidence:
        """The record as it stands in the fields."""
        return replace(
            self.evidence,
            name=self.name.text().strip(),
            number=self.number.text().strip(),
            date=dates.iso(self.date.text()),
            pages=self.pages.text().strip(),
            place=self.place.text().strip(),
            voucher=self.voucher.text().strip(),
            kind=self.kind.key(),
            grade=self.grade.grade(),
            options=tuple(sorted(key for key, tick in self.ticks.items() if tick.isChecked())),
            in_force=self.standing.isChecked(),
        )

    def give(self) -> None:
        if self.name.text().strip() and self.keep.isEnabled():
            self.trouble.hide()
            self.given.emit(self.record(), self.file)

    def refuse(self, problem: Problem) -> None:
        """It could not be registered: said here, and everything stays as it was typed."""
        self.wait(False)
        self.trouble.problem(problem)
        self.trouble.show()

    def entry(self) -> QWidget:
        return self.name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            return
        super().keyPressEvent(event)
