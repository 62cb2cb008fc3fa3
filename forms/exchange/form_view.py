"""A form that came back, before anything changes: what would differ, which cells are in doubt, a choice for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.answers import Cell
from assess.packages.outcomes import Outcome
from assess.packages.read_form import ReadForm
from assess.problems import Problem
from assess.sheets.difference import Difference, differences
from assess.sheets.form import LEAVE
from forms.exchange import intake, wording
from forms.exchange.doubt_row import DoubtRow
from forms.exchange.grid import Grid
from forms.exchange.table import Cell as Shown
from forms.exchange.table import Column, Row
from forms.figures import DASH, one_line
from forms.page import Shell, Size
from forms.theme import theme
from forms.widgets.buttons import Button, text_button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Panel, Scroll
from forms.words import _, show

if TYPE_CHECKING:
    from forms.session import Session

OTHER = Qt.FocusReason.OtherFocusReason


class FormView(QWidget):
    """`read` is the form that is shown, `choices` what was chosen for its doubtful cells."""

    left = Signal()
    looked_at = Signal(object)

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.queue: tuple[ReadForm, ...] = ()
        self.read: ReadForm | None = None
        self.choices: dict[Cell, int] = {}
        self.doubts: list[DoubtRow] = []
        self.total = 0
        self._size: Size = "wide"
        self._build()

    def _build(self) -> None:
        px = theme().px
        self.column = QVBoxLayout(self)
        self.head = PageHead()
        self.home = text_button("", self.back, icon="left")
        self.others = Button("", run=self.take_sure)
        self.sure = Button("", run=self.accept_readings)
        self.main = Button("", "primary", large=True, run=self.take)
        for widget in (self.home, self.others, self.sure, self.main):
            self.head.add(widget)
        self.about = Notice("info")
        self.warning = Notice("warning")
        self.warning.hide()
        self.doubts_panel = Panel(padding=0, gap=0)
        self.doubts_title = Label("", "strong", "warning")
        self.doubts_title.setContentsMargins(px(16), px(8), px(16), px(8))
        self.doubts_panel.column.addWidget(self.doubts_title)
        self.area = Scroll(gap=0)
        self.doubts_panel.column.addWidget(self.area, 1)
        self.panel = Panel(padding=theme().edge, gap=0)
        self.nothing = Text("", "body", "text_2")
        self.nothing.setContentsMargins(px(20), px(24), px(20), px(24))
        self.grid = Grid()
        self.grid.ticked.connect(self.tick)
        self.grid.opened.connect(self.tick)
        self.panel.column.addWidget(self.nothing)
        self.panel.column.addWidget(self.grid, 1)
        self.grid.setMinimumHeight(px(110))
        self.area.setMinimumHeight(px(130))
        for part in (self.head, self.about, self.warning):
            self.column.addWidget(part)
        self.column.addWidget(self.doubts_panel, 2)
        self.column.addWidget(self.panel, 3)

    # ---------------------------------------------------------------- showing
    def start(self, forms: Sequence[ReadForm]) -> None:
        """Show the first of these forms; the others follow."""
        self.queue = tuple(forms)
        self.total = len(self.queue)
        self._next()

    def _next(self) -> None:
        if not self.queue:
            self.read = None
            self.left.emit()
            return
        first, self.queue = self.queue[0], self.queue[1:]
        if first.recipient is not None and first.recipient.own:
            self.session.ask(intake.read_form, first.path, then=self._show_next, failed=self._gone)
        else:
            self._show_next(replace(first, sheet=self.session.sheet))

    def _gone(self, problem: Problem) -> None:
        """The file cannot be read any more: tell it, and go on."""
        self.shell.trouble(problem)
        self._next()

    def _show_next(self, read: ReadForm) -> None:
        self.read = read
        self.choices = {}
        self.warning.hide()
        self._doubt_rows()
        self.show_form()
        target: QWidget = self.doubts[0].choice if self.doubts else self.grid
        target.setFocus(OTHER)

    def different(self) -> tuple[Difference, ...]:
        """What would change with the choices of now."""
        return differences(self.read.sheet, self.read.form, self.choices) if self.read is not None else ()

    def _doubt_rows(self) -> None:
        read = self.read
        assert read is not None
        for row in self.doubts:
            row.hide()
            row.deleteLater()
        self.doubts = []
        while self.area.column.count():
            self.area.column.takeAt(0)
        seen: set[Cell] = set()
        for doubt in read.form.doubts:
            if doubt.target not in seen:
                seen.add(doubt.target)
                self.doubts.append(DoubtRow(read.framework, read.sheet, doubt.target, doubt, None))
        for one in differences(read.sheet, read.form):
            if one.moved and one.cell not in seen:
                self.doubts.append(DoubtRow(read.framework, read.sheet, one.cell, None, one))
        for row in self.doubts:
            row.decided.connect(self._decide)
            self.area.column.addWidget(row)
            row.show()
        self.area.column.addStretch(1)

    def show_form(self) -> None:
        """Show the form of now."""
        read = self.read
        if read is None:
            return
        form = read.form
        number = self.total - len(self.queue)
        many = _("Form {number} of {count}", number=number, count=self.total) if self.total > 1 else ""
        self.head.say(_("Compare before taking in"), many if self._size != "tiny" else "")
        self.home.say(_("Not now"))
        cover = form.cover
        who = " ".join(part for part in (cover.unit or read.unit, cover.post, cover.filler) if part)
        self.about.setVisible(self._size != "tiny")
        findings = [show(one.text) for one in form.findings if one.severity != "hint"]
        self.about.say(
            "info",
            _("{file}, filled in by {who}.", file=one_line(read.path.name), who=one_line(who) or _("nobody named")),
            " ".join([_("Nothing is changed before you agree."), *findings[:3]]),
        )
        problem = form.problem
        if problem is not None:
            self.warning.problem(problem)
            self.warning.show()
        found = self.different()
        open_ones = [row for row in self.doubts if row.cell not in self.choices]
        self.doubts_panel.setVisible(bool(self.doubts))
        self.doubts_title.setText(_("Cells in doubt: {count}, of which {open} wait for your choice.",
                                    count=len(self.doubts), open=len(open_ones)))  # fmt: skip
        doubtful = {row.cell for row in self.doubts}
        certain = [one for one in found if one.cell not in doubtful]
        self.panel.setVisible(bool(certain) or not self.doubts)
        self.nothing.setVisible(not certain)
        self.nothing.say(_("The form says nothing that the document does not say already."))
        self.grid.setVisible(bool(certain))
        columns = [
            Column(_("Item"), 190, stretch=True),
            Column(_("What"), 96),
            Column(_("Before"), 150, stretch=True),
            Column(_("Afterwards"), 150, stretch=True),
            Column(_("Cell of the form"), 120),
        ]
        self.grid.setAccessibleName(_("What the form would change"))
        self.grid.put(columns, [self._line(one) for one in certain])
        readings = [row for row in open_ones if row.doubt is not None and row.doubt.read]
        self.sure.say(_("Accept our readings ({count})", count=len(readings)))
        self.sure.setVisible(bool(readings) and self._size != "tiny")
        sure = sum(one.sure for one in self.queue)
        self.others.say(_("Take in the others without doubt ({count})", count=sure))
        self.others.setVisible(sure > 0 and self._size == "wide")
        taken = sum(one.taken for one in found)
        last = not self.queue
        self.main.say(_("Take in {count} changes", count=taken) if last
                      else _("Take in {count} changes, next form", count=taken))  # fmt: skip
        self.main.refuse(show(self.session.read_only_reason))

    def _line(self, one: Difference) -> Row:
        read = self.read
        assert read is not None
        on = self.choices.get(one.cell) != LEAVE
        before = wording.value(read.framework, one.cell, one.before, brief=True)
        after = wording.value(read.framework, one.cell, one.after, brief=True)
        full = wording.value(read.framework, one.cell, one.after)
        name = wording.title(read.framework, one.cell)
        what = wording.column(one.column) if one.column != "self" else _("Answer")
        cells = (
            Shown(name, "check", on=on, tip=name),
            Shown(what, tone="text_2"),
            Shown(one_line(before), tone="text_2", tip=wording.value(read.framework, one.cell, one.before)),
            Shown(one_line(after), strong=on and after != DASH, tip=full),
            Shown(one.place, tone="text_2", tip=one.place),
        )
        state = _("ticked") if on else _("not ticked")
        return Row("\n".join(one.cell), cells, f"{name}, {what}: {before} → {after}, {one.place}, {state}")

    # ---------------------------------------------------------------- choosing
    def tick(self, key: str) -> None:
        """Take a difference, or leave what the document has."""
        item, _sep, column = key.partition("\n")
        cell = (item, column)
        if self.choices.get(cell) == LEAVE:
            del self.choices[cell]
        else:
            self.choices[cell] = LEAVE
        self.show_form()

    def _decide(self, cell: Cell, choice: object) -> None:
        if isinstance(choice, int):
            self.choices[cell] = choice
        else:
            self.choices.pop(cell, None)
        self.show_form()

    def accept_readings(self) -> None:
        """Take our reading of every doubtful cell that has one and waits."""
        for row in self.doubts:
            if row.doubt is not None and row.doubt.read and row.cell not in self.choices:
                row.pick(0)
        self.show_form()

    def take_sure(self) -> None:
        """Take in every other form of which each change is certain; this one and those in doubt stay to be seen."""
        sure = [one for one in self.queue if one.sure]
        self.queue = tuple(one for one in self.queue if not one.sure)
        self.total -= len(sure)
        for read in sure:
            self.session.submit(
                intake.take_form, read, {}, then=lambda done: self.looked_at.emit(done.outcome), failed=self._refused
            )
        self.show_form()

    def take(self) -> None:
        """Take in what was agreed to, as one operation."""
        read = self.read
        if read is None or not self.main.isEnabled():
            return
        waiting = [row for row in self.doubts if row.cell not in self.choices]
        if waiting and self.warning.property("asked") != read.digest:
            self.warning.setProperty("asked", read.digest)
            self.warning.say(
                "warning", _("{count} cells wait for your choice.", count=len(waiting)),
                _("Choose, or press once more: these cells then stay as the document has them."),
            )  # fmt: skip
            self.warning.show()
            self.area.settle()
            self.area.ensureWidgetVisible(waiting[0])
            waiting[0].choice.setFocus(OTHER)
            return
        self.main.refuse(_("Being written…"))
        self.session.submit(
            intake.take_form, read, dict(self.choices), then=partial(self._taken, read), failed=self._refused
        )

    def _taken(self, read: ReadForm, done: intake.FormTaken) -> None:
        self.looked_at.emit(done.outcome)
        self.shell.notify(
            "success",
            _("{file} is taken in: {count} changes.", file=one_line(read.path.name), count=done.outcome.events),
            action=_("Undo") if done.outcome.events else "", run=partial(self._undo, read, done.outcome.place),
            key="exchange-form",
        )  # fmt: skip
        self.shell.refresh_badges()
        self._next()

    def _undo(self, read: ReadForm, place: tuple[str, int] | None) -> None:
        def undone(_changes: object) -> None:
            self.looked_at.emit(Outcome(read.path, "left_out", unit=read.unit, form=True, place=place))
            self.shell.notify("info", _("{file} is taken back.", file=one_line(read.path.name)), key="exchange-form")

        self.session.submit(intake.undo_form, read, place, then=undone, failed=self.shell.trouble)

    def _refused(self, problem: Problem) -> None:
        self.show_form()
        self.warning.problem(problem)
        self.warning.show()

    def back(self) -> None:
        """Leave this form and those after it as they are; their rows stay and lead here again."""
        self.read, self.queue = None, ()
        self.left.emit()

    # ---------------------------------------------------------------- what the page asks
    def forget(self) -> None:
        self.read, self.queue, self.choices = None, (), {}

    def escape(self) -> bool:
        """Esc: leave the form for later."""
        self.back()
        return True

    def areas(self) -> tuple[QWidget, ...]:
        return (self.head, self.doubts_panel, self.panel)

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", _("choose")), ("Space", _("take it or leave it")), ("Tab", _("next")))

    def retranslate(self) -> None:
        for row in self.doubts:
            row.retranslate()
        self.show_form()

    def fit(self, size: Size) -> None:
        self._size = size
        px = theme().px
        edge = px(24 if size == "wide" else 16 if size == "narrow" else 8)
        self.column.setContentsMargins(edge, px(8 if size != "tiny" else 2), edge, px(14 if size != "tiny" else 6))
        self.column.setSpacing(px(10 if size != "tiny" else 4))
        self.show_form()
