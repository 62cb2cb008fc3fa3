"""The register of the document: every piece, what it serves, what is missing or doubtful, and the whole as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assess.problems import Problem
from assess.register import book
from assess.register.names import safe_name
from assess.register.pieces import Piece
from forms import background
from forms.questionnaire import evidence_files as files
from forms.questionnaire.evidence_row import DOT, details, facts, file_words, standing
from forms.questionnaire.evidence_table import Entry, RegisterModel, entries
from forms.questionnaire.flow import Flow
from forms.session import Session
from forms.theme import theme
from forms.widgets.buttons import Button, primary
from forms.widgets.labels import Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead
from forms.widgets.segments import Segments
from forms.words import _, language, show

FILTERS = ("all", "doubt", "no_file", "unused")
LOW = 460  # below this height the rows come before the details
WIDTHS = (300, 150, 100, 70, 180)


class EvidenceRegister(QDialog):
    """What is to be done goes out as signals; the dialog follows the document while it is open."""

    going = Signal(str)
    changing = Signal(str, object)
    sharing = Signal(object)
    again = Signal(object, str)
    """A withdrawn piece is to serve the item it served last."""
    withdrawing = Signal(str, str)
    saving_file = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.entries: tuple[Entry, ...] = ()
        self.withdrawn: Sequence[tuple[str, object]] = ()
        self.held: Mapping[str, int] | None = None
        self.key = "all"
        self._checked: list[str] = []
        self._faults: list[str] = []
        self._to_check: list[str] = []
        px = theme().px
        self.setWindowTitle(_("Evidence register"))
        room = self.screen().availableGeometry()
        self.resize(min(px(1040), room.width() - px(32)), min(px(620), room.height() - px(48)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(12), px(20), px(14))
        column.setSpacing(px(10))
        self.head = PageHead()
        self.export = Button(_("Export…"), icon="export", run=self.ask_export)
        self.verify = Button(_("Check the files"), icon="check", run=self.check_all)
        self.head.add(self.verify)
        self.head.add(self.export)
        column.addWidget(self.head)
        top = QWidget()
        flow = Flow(px(12), px(6), top)
        self.segments = Segments(_("Show"))
        self.segments.chosen.connect(self.choose)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Search"))
        self.line.setPlaceholderText(_("Name, number, item or word"))
        self.line.setMinimumWidth(px(220))
        self.line.textChanged.connect(lambda _text: self.fill())
        flow.addWidget(self.segments)
        flow.addWidget(self.line)
        column.addWidget(top)
        self.said = Notice("info", closable=True)
        self.said.hide()
        column.addWidget(self.said)
        self.model = RegisterModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.dress()
        column.addWidget(self.table, 1)
        self.nothing = Text("", "body", "text_2")
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        self.about = Text("", "label", "text_2")
        column.addWidget(self.about)
        column.addLayout(self.buttons())
        session.changed.connect(self.refresh)
        session.closed.connect(self.reject)
        self.finished.connect(self.forget)
        self.refresh()
        self.line.setFocus()

    # ---------------------------------------------------------------- building
    def dress(self) -> None:
        px, table = theme().px, self.table
        table.setAccessibleName(_("Evidence register"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setStyleSheet(f"QTableView::item {{ padding: 0 {px(6)}px; }}")
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(px(36))
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, px(width))
        heads.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(lambda _index: self.go())
        table.selectionModel().currentRowChanged.connect(lambda _now, _before: self.tell())

    def buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.change = Button(_("Change…"), run=lambda: self.hand(self.changing))
        self.share = Button(_("Use for other items…"), run=self._share)
        self.save = Button(_("Save the file as…"), run=self._save)
        self.take = Button(_("Withdraw"), run=self._withdraw)
        self.jump = primary(_("Go to the item"), self.go)
        left = QWidget()
        flow = Flow(theme().px(8), theme().px(6), left)
        for button in (self.change, self.share, self.save, self.take):
            flow.addWidget(button)
        row.addWidget(left, 1)
        row.addWidget(Button(_("Close"), run=self.reject), 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.jump, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    # ---------------------------------------------------------------- what is shown
    def refresh(self, _changes: object = None) -> None:
        """Read the document anew; withdrawn pieces and the bytes that are here come a moment later."""
        session = self.session
        if not session.is_open:
            return
        self.session.ask("withdrawn_evidence", then=self._take_withdrawn)
        self.session.ask("attachments", then=self._take_held)
        self.read()

    def _take_withdrawn(self, found: Sequence[tuple[str, object]]) -> None:
        if tuple(found) != tuple(self.withdrawn):
            self.withdrawn = tuple(found)
            self.read()

    def _take_held(self, found: Mapping[str, int]) -> None:
        if found != self.held:
            self.held = dict(found)
            self.read()

    def read(self) -> None:
        if not self.session.is_open:
            return
        self.entries = entries(self.session.framework, self.session.sheet, self.withdrawn, self.held)  # type: ignore[arg-type]
        count = sum(1 for one in self.entries if one.piece.uses)
        weight = files.weight([(one.record.digest, one.record.size) for one in self.entries if one.piece.uses])
        words = _("{count} pieces, files {size}", count=count, size=files.size(weight))
        self.head.say(_("Evidence register"), words)
        names = {
            "all": _("All {count}", count=self.count("all")),
            "doubt": _("To be looked at {count}", count=self.count("doubt")),
            "no_file": _("Without a file {count}", count=self.count("no_file")),
            "unused": _("Unused {count}", count=self.count("unused")),
        }
        self.segments.offer([(key, names[key]) for key in FILTERS], self.key)
        self.verify.refuse("" if any(one.record.digest for one in self.entries) else _("There are no files."))
        self.export.refuse("" if count else _("Nothing is registered yet."))
        self.fill()

    def count(self, key: str) -> int:
        return sum(1 for one in self.entries if one.is_of(key))

    def choose(self, key: str) -> None:
        self.key = key
        self.fill()

    def fill(self) -> None:
        """The rows that match, the chosen one kept where it is still there."""
        chosen = self.entry()
        words = self.line.text().casefold().split()
        rows = [one for one in self.entries if one.is_of(self.key) and all(word in one.words for word in words)]
        self.model.show(rows)
        at = next(
            (place for place, one in enumerate(rows) if chosen is not None and one.record.id == chosen.record.id), 0
        )
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.nothing.say(
            _("Nothing matches.")
            if self.entries
            else _("Nothing is registered yet. Evidence is registered beside each question.")
        )
        if rows:
            self.table.selectRow(at)
        self.tell()

    def entry(self) -> Entry | None:
        """The chosen row."""
        return self.model.entry(self.table.currentIndex())

    def tell(self) -> None:
        """All that is known of the chosen piece, and what can be done with it."""
        one = self.entry()
        locked = self.session.is_open and self.session.locked is not None
        nothing = _("Choose a row first.") if one is None else ""
        reason = nothing or (_("The document cannot be changed now.") if locked else "")
        live = one is not None and bool(one.piece.uses)
        self.take.say(_("Withdraw") if live or one is None else _("Use again"))
        self.change.refuse(reason or ("" if live else _("It is withdrawn.")))
        self.share.refuse(reason)
        self.take.refuse(reason)
        self.jump.refuse(nothing)
        self.save.refuse(nothing or ("" if one is not None and one.record.digest else _("It has no file.")))
        if one is None:
            self.about.say("")
            return
        record = one.record
        words = [record.name, *facts(record), *standing(record)]
        if self.height() >= theme().px(LOW):
            words += details(record, record.kind)
        lines = [DOT.join(words)]
        if record.digest:
            lines.append(file_words(record))
        lines += [show(doubt) for doubt in one.doubts]
        self.about.say("\n".join(line for line in lines if line))

    # ---------------------------------------------------------------- what is done
    def go(self) -> None:
        one = self.entry()
        if one is not None:
            self.accept()
            self.going.emit(one.item)

    def hand(self, signal: object) -> None:
        one = self.entry()
        if one is not None:
            self.accept()
            signal.emit(one.item, one.record)  # type: ignore[attr-defined]

    def _share(self) -> None:
        one = self.entry()
        if one is not None:
            self.sharing.emit(one.record)

    def _save(self) -> None:
        one = self.entry()
        if one is not None:
            self.saving_file.emit(one.record)

    def _withdraw(self) -> None:
        one = self.entry()
        if one is None:
            return
        if one.piece.uses:
            self.withdrawing.emit(one.item, one.record.id)
        else:
            self.again.emit(one.record, one.item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self.go()
            return
        super().keyPressEvent(event)

    def announce(self, tone: str, first: str, more: str = "") -> None:
        self.said.say(tone, first, more)
        self.said.show()

    def refused(self, problem: Problem) -> None:
        self.said.problem(problem)
        self.said.show()

    # ---------------------------------------------------------------- the files against their digests
    def check_all(self) -> None:
        """Read every attachment and compare it with the SHA-256 it was registered under, one after the other."""
        digests = dict.fromkeys(one.record.digest for one in self.entries if one.record.digest)
        self._to_check, self._checked, self._faults = list(digests), [], []
        self.verify.setEnabled(False)
        self._check_next()

    def _check_next(self) -> None:
        if not self.isVisible() or not self.session.is_open:
            return
        done, left = len(self._checked), len(self._to_check)
        if left:
            digest = self._to_check.pop(0)
            self.announce("info", _("Checking files: {done} of {total}", done=done, total=done + left))
            self.session.ask(
                "check_attachment",
                digest,
                then=lambda _size: self._checked_one(digest, fault=False),
                failed=lambda _problem: self._checked_one(digest, fault=True),
            )
            return
        self.verify.setEnabled(True)
        if not self._faults:
            self.announce("success", _("All {count} files are what was attached.", count=done))
            return
        names = [one.record.name for one in self.entries if one.record.digest in self._faults]
        more = _("Attach these files once more: {names}", names=names[:8])
        self.announce(
            "danger",
            _("{count} files are missing here or are no longer what was attached.", count=len(self._faults)),
            more,
        )

    def _checked_one(self, digest: str, *, fault: bool) -> None:
        self._checked.append(digest)
        if fault:
            self._faults.append(digest)
        self._check_next()

    # ---------------------------------------------------------------- the table as a file
    def ask_export(self) -> None:
        """Where the table goes; its ending says which kind it is."""
        stem = safe_name(_("Register of evidence of {unit}", unit=self.session.profile.unit))
        kinds = {_("Excel workbook (*.xlsx)"): ".xlsx", _("CSV table (*.csv)"): ".csv"}
        chosen, kind = QFileDialog.getSaveFileName(
            self, _("Export the register"), str(self.session.path.with_name(f"{stem}.xlsx")), ";;".join(kinds)
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix.lower() in kinds.values() else Path(f"{chosen}{kinds.get(kind, '.xlsx')}"))

    def write(self, path: Path) -> None:
        framework, spoken = self.session.framework, language()
        pieces: list[Piece] = [one.piece for one in self.entries if one.piece.uses]
        background.start(
            lambda _work: book.write(path, framework, pieces, spoken),
            done=partial(self._written, path),
            failed=self.refused,
        )

    def _written(self, path: Path, count: int) -> None:
        self.announce("success", _("Exported {count} rows.", count=count), str(path))

    def forget(self, _result: int) -> None:
        """Closed: it hears nothing any more."""
        self.session.changed.disconnect(self.refresh)
        self.session.closed.disconnect(self.reject)
        self.deleteLater()
