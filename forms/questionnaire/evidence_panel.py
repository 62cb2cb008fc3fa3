"""Evidence of an item: what is registered, which kinds are missing, and the form to register or change a piece."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from assess.answers import Evidence
from assess.problems import Problem
from assess.register.kinds import Kind, expected, missing
from assess.register.pieces import Piece
from forms.questionnaire import evidence_files as files
from forms.questionnaire.body import Asked
from forms.questionnaire.evidence_form import EvidenceForm
from forms.questionnaire.evidence_row import MissingRow, PieceRow
from forms.questionnaire.evidence_work import Standing
from forms.questionnaire.flow import Flow
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.notice import Notice
from forms.widgets.panel import Heading, Rule
from forms.widgets.tab_order import stops
from forms.words import _, language, show


class EvidencePanel(QWidget):
    """Says what is wanted and never saves by itself. `adding` carries record and file, `dropped` several files."""

    adding = Signal(object, object)
    changing = Signal(object)
    withdrawing = Signal(str)
    withdrawing_everywhere = Signal(str)
    using = Signal(object)
    dropped = Signal(object)
    picking = Signal()
    """A registered piece is to be chosen for this item."""
    sharing = Signal(object)
    """A piece of this item is to serve other items too."""
    book = Signal()
    """The register of the whole document is wanted."""
    saving_file = Signal(object)
    checking_file = Signal(object)
    stopping = Signal()
    going = Signal(str)
    summed = Signal(str)
    """SHA-256 of the file chosen in the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked: Asked | None = None
        self.locked = False
        self.form: EvidenceForm | None = None
        self.opener: QWidget | None = None
        self.pieces: Mapping[str, Piece] = {}
        self.held = 0
        self.pictures = files.Pictures()
        self.setAcceptDrops(True)
        style = theme()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.px(8))
        self.heading = Heading()
        self.column.addWidget(self.heading)
        self.said = Notice("info", closable=True)
        self.said.hide()
        self.column.addWidget(self.said)
        self.list = QVBoxLayout()
        self.list.setSpacing(style.px(6))
        self.column.addLayout(self.list)
        self.links = QWidget()
        flow = Flow(style.px(16), style.px(2), self.links)
        self.other = Button("", "link", icon="plus", run=self.open_form)
        self.pick = Button("", "link", icon="list", run=self.picking.emit)
        self.whole = Button("", "link", icon="table", run=self.book.emit)
        for button in (self.other, self.pick, self.whole):
            flow.addWidget(button)
        self.column.addWidget(self.links)
        self.under_way = QWidget()
        box = QVBoxLayout(self.under_way)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(style.px(2))
        self.under_way_words = Prose("caption", "text_2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button("", "link", run=self.stopping.emit)
        box.addWidget(self.under_way_words)
        box.addWidget(self.bar)
        box.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.under_way.hide()
        self.column.addWidget(self.under_way)
        self.hint = Prose("label", "text_2")
        self.column.addWidget(self.hint)

    def know(self, pieces: Mapping[str, Piece]) -> None:
        """What is registered in the whole document, by id."""
        if pieces == self.pieces:
            return
        self.pieces = pieces
        self.held = files.weight([(piece.record.digest, piece.record.size) for piece in pieces.values()])
        if self.form is None:
            self.fill()

    def show_item(self, asked: Asked, *, locked: bool) -> None:
        """Show the evidence of an item. An open form stays while it is the same item."""
        if self.asked is None or self.asked.indicator.code != asked.indicator.code:
            self.end()
            self.said.hide()
        self.asked, self.locked = asked, locked
        self.fill()

    # ---------------------------------------------------------------- the list
    def kinds(self, asked: Asked) -> tuple[Kind, ...]:
        return expected(asked.framework, asked.indicator, asked.evidence)

    def fill(self) -> None:
        asked = self.asked
        if asked is None:
            return
        clear(self.list)
        kinds = self.kinds(asked)
        wanted = missing(kinds)
        place = {record.id: at for at, kind in reversed(list(enumerate(kinds))) for record in kind.records}
        self.heading.say(
            _("Evidence"),
            _(
                "{count} registered / {suggested} suggested",
                count=len(asked.evidence),
                suggested=len(asked.indicator.evidence),
            ),
        )
        if self.form is None:
            for piece in sorted(asked.evidence, key=lambda one: (place.get(one.id, len(kinds)), one.name)):
                self.list.addWidget(self.piece_row(piece))
                self.list.addWidget(Rule())
            for kind in wanted:
                start = partial(self.open_form, Evidence("", "", kind=kind.key))
                self.list.addWidget(MissingRow(kind, None if self.locked else start))
                self.list.addWidget(Rule())
        self.other.say(_("Other evidence…"))
        self.pick.say(_("Choose a registered one…"))
        self.pick.setToolTip("Ctrl+Shift+E")
        self.whole.say(_("Register ({count})", count=len(self.pieces)))
        self.whole.setToolTip(_("All evidence of this document: what serves which items, what is missing"))
        self.stop.say(_("Stop"))
        here = {piece.id for piece in asked.evidence}
        self.other.setVisible(not self.locked)
        self.pick.setVisible(not self.locked and bool(set(self.pieces) - here))
        self.whole.setVisible(bool(self.pieces))
        self.links.setVisible(self.form is None and (not self.locked or bool(self.pieces)))
        self.hint.say(self.sentence(asked))
        self.hint.setVisible(self.form is None)

    def suggestions(self, asked: Asked) -> list[str]:
        """Names of the kinds nothing is registered of."""
        return [show(kind.name) for kind in missing(self.kinds(asked))]

    def piece_row(self, piece: Evidence) -> PieceRow:
        assert self.asked is not None
        known = self.pieces.get(piece.id)
        others = tuple(code for code in known.items if code != self.asked.indicator.code) if known is not None else ()
        row = PieceRow(piece, self.asked, others, differing=known is not None and known.differing, locked=self.locked)
        row.changing.connect(partial(self.open_form, piece))
        row.withdrawing.connect(partial(self.withdrawing.emit, piece.id))
        row.withdrawing_everywhere.connect(partial(self.withdrawing_everywhere.emit, piece.id))
        row.sharing.connect(partial(self.sharing.emit, piece))
        row.saving_file.connect(partial(self.saving_file.emit, piece))
        row.checking_file.connect(partial(self.checking_file.emit, piece))
        row.going.connect(self.going)
        return row

    def sentence(self, asked: Asked) -> str:
        """What to know about evidence here: how little is asked, and what follows from none."""
        gap = " " if language() == "en" else ""
        little = _("Only name, number and place are registered; nothing has to be uploaded.")
        if not self.locked:
            little = f"{little}{gap}{_('Files may be dropped here, pictures pasted (Ctrl+V).')}{gap}{files.limits()}"
        if asked.evidence:
            return little
        if not self.costs(asked):
            return f"{_('Nothing registered yet.')}{gap}{little}"
        empty = {
            "level": _(
                "Nothing registered yet. In a formal assessment an answer without any evidence counts level 2 at most."
            ),
            "multi": _("Nothing registered yet. In a formal assessment options without evidence are not counted."),
            "number": _("Nothing registered yet. In a formal assessment a number without a source counts as no data."),
            "yesno": _(
                "Nothing registered yet. In a formal assessment a favorable answer without evidence counts as no data."
            ),
        }[asked.indicator.kind]
        return f"{empty}{gap}{little}"

    @staticmethod
    def costs(asked: Asked) -> bool:
        """Whether an answer to this item without evidence counts less (R7): where the framework caps its kind, in the
        mode that caps, and does not except the item."""
        rules = asked.framework.evidence
        if rules is None or not asked.framework.modes[asked.profile.mode].evidence_caps:
            return False
        cap = next((one for one in rules.caps if one.kind == asked.indicator.kind), None)
        return cap is not None and asked.indicator.code not in cap.except_

    def must_show(self, name: str) -> list[tuple[str, str]]:
        """What good evidence of this name must show; of every kind where the name matches none."""
        if self.asked is None:
            return []
        worked = self.asked.framework.examples.get(self.asked.indicator.code)
        if worked is None:
            return []
        pairs = [(show(kind), show(shows)) for kind, shows, _grade in worked.good_evidence]
        exact = [pair for pair in pairs if name and (pair[0] in name or name in pair[0])]
        return exact or pairs

    # ---------------------------------------------------------------- the form
    def open_form(self, evidence: Evidence | None = None, option: str = "", file: Path | None = None) -> None:
        """Register a new piece (perhaps of one option, perhaps with a file) or change one."""
        if self.asked is None or self.locked:
            return
        self.end()
        self.said.hide()
        self.opener = QApplication.focusWidget()
        record = evidence or Evidence("", "", options=(option,) if option else ())
        if option and not record.options:
            record = Evidence("", record.name, options=(option,))
        known = self.pieces.get(record.id) if record.id else None
        form = EvidenceForm(
            record,
            self.asked.indicator,
            self.kinds(self.asked),
            self.must_show(record.name),
            dict(self.asked.framework.evidence_grades),
            base_date=self.asked.profile.base_date,
            others=[code for code in known.items if code != self.asked.indicator.code] if known is not None else (),
            held=self.held,
        )
        form.given.connect(self.give)
        form.ended.connect(self.cancel)
        form.using.connect(self.use_instead)
        form.pasted.connect(self.paste)
        form.attached.summed.connect(self.summed)
        form.attached.stop.clicked.connect(self._stop)
        self.form = form
        self.column.insertWidget(2, form)
        self.fill()
        if file is not None:
            form.take_file(file)
        form.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self, _checked: bool = False) -> None:
        self.stopping.emit()

    def give(self, record: Evidence, file: Path | None) -> None:
        if self.form is not None:
            self.form.wait(True)
        if record.id and file is None:
            self.changing.emit(record)
        else:
            self.adding.emit(record, file)

    def use_instead(self, record: Evidence) -> None:
        """The piece that has this file already is used, and what was typed about it anew is left."""
        self.end()
        self.fill()
        self.using.emit(record)

    def saved(self) -> None:
        """The record is committed."""
        held = self.form is not None and self.form.isAncestorOf(QApplication.focusWidget() or self)
        self.end()
        self.fill()
        if held:
            self.go_back()

    def refused(self, problem: Problem | None = None) -> None:
        """It could not be saved: the form stays as it was typed, or it is said above the list."""
        if self.form is not None:
            self.form.wait(False)
            if problem is not None:
                self.form.refuse(problem)
        elif problem is not None:
            self.said.problem(problem)
            self.said.show()

    def tell(self, tone: str, first: str, more: str = "") -> None:
        """A short word above the list, until the next question."""
        self.said.say(tone, first, more)
        self.said.show()

    def show_copying(self, done: int, total: int) -> None:
        if self.form is not None:
            self.form.progress(done, total)

    def show_standing(self, standing: Standing | None) -> None:
        """How far the files are that are being brought in; in the form where it is the form's own."""
        own = self.form is not None and self.form.attached.bar.isVisibleTo(self.form)
        self.under_way.setVisible(standing is not None and not own)
        if standing is None:
            self.pictures.clear()
            return
        if own:
            self.show_copying(standing.done, standing.size)
        words = _("Bringing in {name}", name=standing.name)
        left = _("{words}; {count} more after it", words=words, count=standing.left) if standing.left else words
        self.under_way_words.say(left)
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * standing.done / standing.size) if standing.size else 0)
        self.bar.setAccessibleName(left)

    def flush(self) -> None:
        """A piece that has a name and was changed is saved when its question is left."""
        form = self.form
        if form is not None and form.keep.isEnabled() and (form.file is not None or form.record() != form.opened):
            self.give(form.record(), form.file)

    def cancel(self) -> None:
        self.end()
        self.fill()
        self.go_back()

    def go_back(self) -> None:
        """The focus returns to where the form was opened; if that is gone, to the first thing to press here."""
        known = self.opener if self.opener is not None and isValid(self.opener) else None
        opener = known if known is not None and known.isVisibleTo(self.window()) else None
        target = opener or next(iter(stops(self)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        if self.form is not None:
            if self.form.attached.work is not None:
                self.form.attached.work.cancel()
            self.column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    # ---------------------------------------------------------------- files dropped, chosen or pasted
    def paste(self) -> None:
        """Files or a picture from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if not self.locked and self.asked is not None and files.has_something(data):
            self.take_files(files.taken(data, self.pictures, datetime.now().astimezone()))

    def take_files(self, paths: list[Path]) -> None:
        """One file opens the form, or goes into the one that is open; several are registered at once by their names."""
        if not paths:
            return
        if len(paths) > 1:
            self.dropped.emit(paths)
        elif self.form is not None:
            self.form.take_file(paths[0])
        else:
            self.open_form(file=paths[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self.locked and files.has_something(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = files.taken(event.mimeData(), self.pictures, datetime.now().astimezone())
        if paths and not self.locked:
            event.acceptProposedAction()
            self.take_files(paths)


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a list."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
