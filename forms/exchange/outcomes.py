"""What became of every file that was taken in: one row each, with the sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess.packages.outcomes import Outcome
from forms.exchange import wording
from forms.figures import one_line
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.field import Field
from forms.widgets.labels import Elided, Label, Tag, Text
from forms.widgets.panel import Panel, Rule, Scroll
from forms.words import _, show

FOLLOWING = {"waiting": "review", "left_out": "again"}
SECRET = ("store.passphrase-needed", "store.wrong-passphrase")
OTHER = Qt.FocusReason.OtherFocusReason


class OutcomeRow(QFrame):
    """One file. `asked` carries what its link or its field asks for, and the passphrase where there is one."""

    asked = Signal(str, object, str)
    """unfinished, secret, review or again, the path, and a passphrase."""

    def __init__(self, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outcome = outcome
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(12), px(8))
        row.setSpacing(px(12))
        self.tag = Tag(show(outcome.state_words), wording.OUTCOME_TONES[outcome.state])
        row.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self.name = Elided(one_line(outcome.path.name), "strong")
        self.told = Text(told(outcome), "label", "text_2")
        column.addWidget(self.name)
        column.addWidget(self.told)
        self.field: Field | None = None
        code = outcome.problem.code if outcome.problem is not None else ""
        if code in SECRET:
            line = QHBoxLayout()
            self.field = Field(secret=True)
            self.field.line.setAccessibleName(_("Passphrase of {file}", file=one_line(outcome.path.name)))
            self.field.line.setPlaceholderText(_("Passphrase"))
            self.field.line.returnPressed.connect(self._open)
            self.go = Button(_("Open with it"), small=True, run=self._open)
            line.addWidget(self.field, 1)
            line.addWidget(self.go)
            line.addStretch(1)
            column.addLayout(line)
        row.addLayout(column, 1)
        self.link = Button("", "link", run=self._follow)
        self.what = "unfinished" if code == "return.unfinished" else FOLLOWING.get(outcome.state, "")
        words = {
            "unfinished": _("Take it in as it stands"),
            "review": _("Look at the differences"),
            "again": _("Take it into account again"),
        }.get(self.what, "")
        self.link.say(words, f"{words} {one_line(outcome.path.name)}")
        self.link.setText(words)
        self.link.setVisible(bool(words))
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{show(outcome.state_words)} {one_line(outcome.path.name)} {self.told.plain()}")

    def _open(self) -> None:
        if self.field is None:
            return
        words = self.field.text()
        if not words:
            self.field.complain(_("Type the passphrase."))
            return
        self.asked.emit("secret", self.outcome.path, words)

    def _follow(self) -> None:
        self.asked.emit(self.what, self.outcome.path, "")


def told(outcome: Outcome) -> str:
    """What became of a file, and what to do, in sentences."""
    if outcome.problem is not None:
        return show(outcome.problem)
    if outcome.state == "stopped":
        return _("The work was stopped before this file. Drop it once more to take it in.")
    if outcome.state == "waiting":
        return _("A form of {unit}: {answers} answers, {doubts} cells in doubt. Nothing is changed before you agree.",
                 unit=outcome.unit or _("an unnamed unit"), answers=len(outcome.answers),
                 doubts=outcome.doubts)  # fmt: skip
    if outcome.state == "left_out":
        return _("It was taken in and taken back. It stays out until you take it into account again.")
    parts = []
    if outcome.unit:
        parts.append(_("{unit}, {done} of {all} items dealt with.", unit=outcome.unit, done=outcome.answered,
                       all=outcome.total))  # fmt: skip
    if outcome.state == "taken":
        parts.append(_("New records: {events}; attachments: {attachments}.", events=outcome.events,
                       attachments=outcome.attachments))  # fmt: skip
    if outcome.unfinished:
        parts.append(_("It was not handed back: what stands in it may still change."))
    if outcome.conflicts:
        parts.append(_("Places answered differently elsewhere: {count}. Settle them under “Conflicts”.",
                       count=len(outcome.conflicts)))  # fmt: skip
    if outcome.missing:
        parts.append(_("Attachments that did not come along: {count}. Ask the unit for them.", count=outcome.missing))
    if outcome.carried is not None and (outcome.carried.changed or outcome.carried.new):
        again = (*outcome.carried.changed, *outcome.carried.new)
        parts.append(_("Filled in with another version of the framework; to be answered anew: {codes}.",
                       codes=wording.names(again)))  # fmt: skip
    if outcome.carried is not None and outcome.carried.gone:
        parts.append(_("No longer asked: {codes}.", codes=wording.names(outcome.carried.gone)))
    if outcome.doubts:
        parts.append(_("Cells in doubt that were left as they are: {count}.", count=outcome.doubts))
    return " ".join(parts)


class Outcomes(Panel):
    """All files of the round of taking in, those that need somebody first."""

    asked = Signal(str, object, str)
    receipts = Signal()
    secrets = Signal()
    taken_back = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, gap=0, parent=parent)
        px = theme().px
        self.rows: list[OutcomeRow] = []
        self.outcomes: tuple[Outcome, ...] = ()
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(6), px(8), px(6))
        head.setSpacing(px(12))
        self.summary = Label("", "strong")
        self.words = Button("", "link", run=self.secrets.emit)
        self.papers = Button("", "link", run=self.receipts.emit)
        self.back = Button("", "link", run=self.taken_back.emit)
        self.cross = icon_button("close", "", self.closed.emit)
        self.cross.kind("cross")
        self.cross.setFixedSize(px(28), px(28))
        head.addWidget(self.summary, 1)
        head.addWidget(self.back)
        head.addWidget(self.words)
        head.addWidget(self.papers)
        head.addWidget(self.cross)
        self.column.addLayout(head)
        self.column.addWidget(Rule())
        self.area = Scroll(gap=0)
        self.column.addWidget(self.area, 1)
        self.hide()

    def put(self, outcomes: Sequence[Outcome]) -> None:
        """Show outcomes; none hides the panel."""
        typed = {row.outcome.path: row.field.text() for row in self.rows if row.field is not None}
        focused = next((row.outcome.path for row in self.rows if row.isAncestorOf(self.focusWidget() or row)), None)
        self.outcomes = tuple(sorted(outcomes, key=_urgency))
        for row in self.rows:
            self.area.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while self.area.column.count():
            self.area.column.takeAt(0)
        self.rows = []
        for outcome in self.outcomes:
            row = OutcomeRow(outcome)
            row.setProperty("edge", "bottom")
            row.asked.connect(self.asked)
            if row.field is not None:
                row.field.put(typed.get(outcome.path, ""))
            self.rows.append(row)
            self.area.column.addWidget(row)
            row.show()
        self.area.column.addStretch(1)
        counted = {state: sum(one.state == state for one in outcomes) for state in wording.OUTCOME_TONES}
        in_all = counted["taken"] + counted["again"]
        left = counted["refused"] + counted["stopped"]
        parts = [_("Files taken in: {count}", count=in_all)]
        if counted["waiting"]:
            parts.append(_("waiting for you: {count}", count=counted["waiting"]))
        if left:
            parts.append(_("not taken in: {count}", count=left))
        self.summary.setText(_(", ").join(parts))
        self.summary.dress(ink="danger" if left else "text")
        self.words.say(_("From the list of passphrases…"))
        self.words.setVisible(any(row.field is not None for row in self.rows))
        self.back.say(_("Take this merge back"))
        self.back.setVisible(any(one.state == "taken" and one.place is not None for one in outcomes))
        self.papers.say(_("Write receipts…"))
        self.papers.setVisible(any(one.state in ("taken", "again", "refused") for one in outcomes))
        self.cross.setToolTip(_("Put the list away"))
        self.cross.setAccessibleName(_("Put the list away"))
        self.setVisible(bool(outcomes))
        if focused is not None:
            self.to_first()

    def to_first(self) -> None:
        """The focus to the first thing that waits for somebody."""
        for row in self.rows:
            target: QWidget | None = row.field.line if row.field is not None else None
            if target is None and row.what:
                target = row.link
            if target is not None:
                self.area.settle()
                target.setFocus(OTHER)
                self.area.ensureWidgetVisible(row)
                return
        self.area.verticalScrollBar().setValue(0)

    def waits(self) -> bool:
        """Whether a row waits for somebody."""
        return any(row.field is not None or row.what for row in self.rows)

    def of(self, path: Path) -> OutcomeRow | None:
        """The row of a file."""
        return next((row for row in self.rows if row.outcome.path == path), None)


def _urgency(outcome: Outcome) -> tuple[int, str]:
    order = {"waiting": 0, "refused": 1, "stopped": 2, "left_out": 3, "taken": 4, "again": 5}
    if outcome.problem is not None and outcome.problem.code in SECRET:
        return 0, outcome.path.name
    return order[outcome.state], outcome.path.name
