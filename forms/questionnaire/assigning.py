"""Who answers what: a table of all questions with the unit that leads and those that assist, changed many at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assess import walk
from assess.exchange import assignments
from assess.exchange.assignments import assigned, joined
from assess.problems import Problem, reason
from forms.dialogs import secrecy
from forms.questionnaire import contents
from forms.session import Session
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from forms.widgets.notice import Notice
from forms.words import _, language, show

CODE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class People(QAbstractTableModel):
    """A row for each question asked: code and name, who leads, who assists, and who says so."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.words: tuple[str, ...] = ()
        self.codes: tuple[str, ...] = ()
        self.rows: dict[str, walk.Responsible] = {}

    def seek(self, text: str) -> None:
        """Show only questions that hold every word in code, name, question or unit."""
        self.words = tuple(contents.plain(text).split())
        self.learn()

    def learn(self) -> None:
        """Take over what the document says now."""
        framework, sheet = self.session.framework, self.session.sheet
        rows = {code: walk.responsible(framework, sheet, code) for code in walk.items(framework, sheet)}
        codes = tuple(
            code
            for code, who in rows.items()
            if all(word in contents.haystack(framework.indicators[code], who) for word in self.words)
        )
        if codes != self.codes:
            self.beginResetModel()
            self.codes, self.rows = codes, rows
            self.endResetModel()
            return
        self.rows = rows
        if codes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(codes) - 1, 3))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.codes)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 4

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Question"), _("Leads"), _("Assists"), _("Said by"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        code = self.codes[index.row()]
        if role == CODE:
            return code
        item, who = self.session.framework.indicators[code], self.rows[code]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        gap = "、" if language() == "zh" else ", "
        return (
            f"{code}  {show(item.name)}",
            show(who.lead) or "—",
            gap.join(show(unit) for unit in who.assisting) or "—",
            _("this document") if who.own else _("the framework"),
        )[index.column()]


class AssigningDialog(QDialog):
    """Choose rows, write names, apply. Each change is one operation of the document and can be undone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        px = theme().px
        self.setWindowTitle(_("Who answers what"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(8))
        column.addWidget(Label(_("Who answers what"), "heading"))
        self.notice = Notice("info")
        self.notice.hide()
        column.addWidget(self.notice)
        self.caution = Notice("warning")
        """What may not be in a table that is brought in; the window behind the dialog cannot say it."""
        self.caution.hide()
        column.addWidget(self.caution)
        self.seek = QLineEdit()
        self.seek.setPlaceholderText(_("Code, words or unit"))
        self.seek.setAccessibleName(_("Show only questions with these words"))
        self.seek.setClearButtonEnabled(True)
        column.addWidget(self.seek)
        self.people = People(session, self)
        self.seek.textChanged.connect(self.people.seek)
        self.table = QTableView()
        self.table.setModel(self.people)
        self.table.setAccessibleName(_("Questions and units"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setMinimumHeight(px(96))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(px(34))
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self.table, 1)
        self.lead, self.assisting = QLineEdit(), QLineEdit()
        for name, line, hint in (
            (_("Leads"), self.lead, _("Name of the unit")),
            (_("Assists"), self.assisting, _("Several units parted by semicolons")),
        ):
            row = QHBoxLayout()
            label = Label(name, "label", "text_2")
            label.setMinimumWidth(px(64))
            label.setBuddy(line)
            line.setAccessibleName(name)
            line.setPlaceholderText(hint)
            row.addWidget(label)
            row.addWidget(line, 1)
            column.addLayout(row)
        self.apply = Button("", "primary", run=self.give)
        self.reset = Button(_("As the framework says"), run=lambda: self.write(None))
        self.bring = Button(_("Import…"), "text", run=self.ask_import)
        self.out = Button(_("Export…"), "text", run=self.ask_export)
        self.leave = Button(_("Close"), run=self.reject)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (self.bring, self.out):
            button.setMinimumWidth(0)
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.leave, self.reset, self.apply):
            row.addWidget(button)
        column.addLayout(row)
        self.people.learn()
        head = self.table.horizontalHeader()
        for section, mode in enumerate((1, 0, 1, 0)):
            stretch, fixed = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(section, stretch if mode else fixed)
        self.table.setColumnWidth(1, px(170))
        self.table.setColumnWidth(3, px(80))
        self.table.selectionModel().selectionChanged.connect(lambda _now, _old: self.chosen_rows())
        session.changed.connect(self.follow)
        self.finished.connect(lambda _code: session.changed.disconnect(self.follow))
        room = self.screen().availableGeometry().size()
        self.resize(min(px(860), room.width() - 40), min(px(640), room.height() - 60))
        self.complete()
        self.chosen_rows()
        self.seek.setFocus()

    def complete(self) -> None:
        """Names that are known already are offered while typing."""
        names = sorted({show(unit) for who in self.people.rows.values() for unit in who.units})
        own = self.session.who[1]
        made = QCompleter([*([own] if own and own not in names else []), *names], self)
        made.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.lead.setCompleter(made)

    def follow(self, _changes: object) -> None:
        self.people.learn()
        self.complete()

    def codes(self) -> tuple[str, ...]:
        return tuple(str(index.data(CODE)) for index in self.table.selectionModel().selectedRows())

    def chosen_rows(self) -> None:
        """The fields show what the chosen questions have in common; the button says how many they are."""
        codes = self.codes()
        found = {self.people.rows[code] for code in codes}
        leads = {show(who.lead) for who in found}
        units = {joined(tuple(show(unit) for unit in who.assisting), language()) for who in found}
        self.lead.setText(next(iter(leads)) if len(leads) == 1 else "")
        self.assisting.setText(next(iter(units)) if len(units) == 1 else "")
        self.apply.say(_("Apply to questions: {count}", count=len(codes)) if codes else _("Apply"))
        reason = show(self.session.locked) or ("" if codes else _("Choose questions in the table first."))
        for button in (self.apply, self.reset):
            button.refuse(reason)
        self.bring.refuse(show(self.session.locked))
        several = _("Ctrl+A chooses all that are shown; Ctrl and Shift with a click or with arrows choose several.")
        self.table.setToolTip(several)
        self.table.setAccessibleDescription(several)
        self.lead.setPlaceholderText(_("Name of the unit"))

    def give(self) -> None:
        self.write(assigned(self.lead.text(), self.assisting.text()))

    def write(self, value: object) -> None:
        codes = self.codes()
        cells = {(code, "assignment"): value for code in codes}
        if codes:
            self.session.submit(
                "set_cells",
                cells,
                "assignment",
                then=lambda _changes: self.tell("success", _("Assigned: {count} items.", count=len(codes))),
                failed=self.refuse,
            )

    def tell(self, tone: str, text: str, more: str = "") -> None:
        self.notice.say(tone, text, more)
        self.notice.show()

    def refuse(self, problem: Problem) -> None:
        self.notice.problem(problem)
        self.notice.show()

    def ask_import(self) -> None:
        self.caution.say("warning", *secrecy.sentences())
        self.caution.show()
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Import who answers what"), "", _("Tables (*.csv *.tsv *.xlsx *.xls *.ods)")
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Take over a table; rows that do not fit are named."""
        try:
            found = assignments.read(path, self.session.framework)
        except Problem as problem:
            self.notice.problem(problem)
            self.notice.show()
            return
        refused = "\n".join(show(line) for line in found.refused[:8])

        def done(changes: object) -> None:
            count = len(getattr(changes, "items", ()))
            self.tell("warning" if refused else "success", _("Assigned: {count} items.", count=count), refused)

        self.session.submit("set_cells", found.cells, "assignment", then=done)

    def ask_export(self) -> None:
        name = self.session.path.with_name(_("{name}, who answers what", name=self.session.path.stem) + ".csv")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export who answers what"), str(name), "CSV (*.csv)")
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write the table; a failure is told in place."""
        try:
            text = assignments.table(self.session.framework, self.session.sheet, language())
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            self.tell("danger", _("The file could not be written: {reason}.", reason=reason(error)))
            return
        self.tell("success", _("Made {path}.", path=str(path)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the search goes to the table, in the names applies; it never closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.seek.hasFocus():
                self.table.setFocus()
                if self.people.rowCount():
                    self.table.selectRow(0)
            elif self.lead.hasFocus() or self.assisting.hasFocus():
                self.apply.click()
            return
        super().keyPressEvent(event)
