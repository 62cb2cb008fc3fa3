"""The round: five counts, the table of units, files dropped on it, and what became of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from assess.packages.imports import TakenBack
from assess.packages.outcomes import Outcome, OutcomeState
from assess.packages.overview import Overview, Row, overview
from assess.packages.read_form import ReadForm
from assess.problems import Problem
from forms.dialogs import secrecy
from forms.exchange import below, intake, round_table, wording
from forms.exchange.counts import Counts
from forms.exchange.grid import Grid
from forms.exchange.meter import Meter, MeterStrip
from forms.exchange.outcomes import Outcomes
from forms.page import Shell, Size
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Panel
from forms.words import _, language, show

if TYPE_CHECKING:
    from forms.session import Session

OTHER = Qt.FocusReason.OtherFocusReason
FORMATS = ("csv", "xlsx", "json", "parquet")


class RoundView(QWidget):
    """`wants_issue` with the keys of units (empty: all), `wants_conflicts` with the key of a unit, `wants_form` with
    forms that were read, `wants_imports` for the list of what was taken in, `wants_back` with the imports to take back.
    """

    wants_issue = Signal(object)
    wants_conflicts = Signal(str)
    wants_form = Signal(object)
    wants_imports = Signal()
    wants_back = Signal(object)
    wants_data = Signal(str)

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.overview: Overview | None = None
        self.outcomes: dict[Path, Outcome] = {}
        self.waiting: dict[Path, ReadForm] = {}
        self.known: list[str] = []
        self._size: Size = "wide"
        self.setAcceptDrops(True)
        self._build()

    def _build(self) -> None:
        px = theme().px
        self.column = QVBoxLayout(self)
        self.column.setSpacing(px(12))
        self.head = PageHead()
        self.data = Button("", icon="export", run=self.open_data)
        self.more = icon_button("more", "", self.open_more)
        self.taken = Button("", run=self.wants_imports.emit)
        self.conflicts = Button("", run=lambda: self.wants_conflicts.emit(""))
        self.issue = Button("", run=lambda: self.wants_issue.emit(()))
        self.take = Button("", "primary", large=True, run=self.ask_files)
        for widget in (self.data, self.more, self.taken, self.conflicts, self.issue, self.take):
            self.head.add(widget)
        self.refusal = Notice("info")
        self.refusal.hide()
        self.counts = Counts()
        self.meter = MeterStrip()
        self.list = Outcomes()
        self.list.asked.connect(self._asked)
        self.list.receipts.connect(self.ask_receipts)
        self.list.secrets.connect(self.ask_secrets)
        self.list.taken_back.connect(self.take_back)
        self.list.closed.connect(self.put_away)
        self.panel = Panel(padding=theme().edge, gap=0)
        self.grid = Grid()
        self.grid.opened.connect(self.follow)
        self.nothing = Text("", "body", "text_2")
        self.nothing.setContentsMargins(px(20), px(28), px(20), px(28))
        self.panel.column.addWidget(self.nothing)
        self.panel.column.addWidget(self.grid, 1)
        self.grid.setMinimumHeight(px(120))
        self.add_files = QAction(self)
        self.add_files.setShortcut("Ctrl+I")
        self.add_files.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.add_files.triggered.connect(self.ask_files)
        self.addAction(self.add_files)
        for part in (self.head, self.refusal, self.counts, self.meter, self.list):
            self.column.addWidget(part)
        self.column.addWidget(self.panel, 1)

    # ---------------------------------------------------------------- looking
    def look(self) -> None:
        """Ask for the round as it stands, and show it."""
        if self.session.is_open:
            today = self.session.now().astimezone().date()
            self.session.ask(overview, today, then=partial(self._seen, today), failed=self.shell.trouble)

    def _seen(self, today: date, found: Overview) -> None:
        self.overview = found
        if self.session.is_open:
            self.show_round(today)

    def show_round(self, today: date) -> None:
        """Show what was found."""
        found = self.overview
        if found is None:
            return
        rows = [row for row in found.rows if row.total or row.times]
        deadlines = sorted({row.deadline for row in rows if row.deadline})
        context = _("nothing issued yet")
        if found.issued:
            context = _("due {day}", day=deadlines[-1]) if deadlines else _("without a deadline")
        self.head.say(_("Packages"), context)
        self.counts.put(found)
        self.conflicts.say(_("Settle conflicts ({count})", count=found.conflicts))
        self.conflicts.setVisible(bool(found.conflicts) and self._size == "wide")
        self.taken.setVisible(self._size == "wide" and found.issued > 0)
        self._refuse()
        self.nothing.setVisible(not found.issued)
        self.nothing.say(_("Nothing has been issued yet. First issue packages by leading department."))
        compact = self._size != "wide"
        read_only = self.session.read_only_reason is not None
        self.grid.setAccessibleName(_("Units and their returns"))
        lines = [round_table.line(row, compact=compact, read_only=read_only) for row in rows]
        self.grid.put(round_table.columns(compact=compact), lines)
        self.take.refuse(show(self.session.read_only_reason))

    def _refuse(self) -> None:
        """Why something cannot be done in this document, where it cannot."""
        session = self.session
        read_only = show(session.read_only_reason)
        self.issue.refuse(read_only)
        if read_only:
            words = (_("This document is only read."), read_only)
        elif session.profile.mode == "training":
            words = (
                _("This is a practice."),
                _("Packages of a practice come back into a practice only, never into an assessment."),
            )
        elif session.standing.closed:
            words = (
                _("The document is sealed."),
                _("Returns are still taken in and show as changes after the seal; conflicts in answers are settled "
                  "once it is reopened."),
            )  # fmt: skip
        else:
            words = ("", "")
        self.refusal.setVisible(bool(words[0]) and self._size != "tiny")
        if words[0]:
            self.refusal.say("info", *words)

    # ---------------------------------------------------------------- going on
    def row(self, key: str) -> Row | None:
        return next((one for one in self.overview.rows if one.recipient.key == key), None) if self.overview else None

    def follow(self, key: str) -> None:
        """The next step of a unit."""
        row = self.row(key)
        if row is None:
            return
        if row.problem is not None:
            self.shell.trouble(row.problem)
        elif row.conflicts:
            self.wants_conflicts.emit(key)
        elif row.step in ("issue", "reissue", "remind") and self.session.read_only_reason is None:
            self.wants_issue.emit((key,))
        elif row.recipient.own and row.document is not None:
            below.open_document(self.session, self.shell, row.document, row.recipient.name)
        elif row.step == "wait" and row.sent_back:
            self.shell.go("review", row.sent_back[0])
        else:
            code = (*row.open, *row.changed, *row.recipient.items)[:1]
            if code and code[0] in self.session.framework.indicators:
                self.shell.go("questionnaire", code[0])

    def open_data(self) -> None:
        """The menu of data exports."""
        menu = QMenu(self)
        self._data_into(menu)
        menu.exec(self.data.mapToGlobal(self.data.rect().bottomLeft()))

    def _data_into(self, menu: QMenu) -> None:
        for kind in FORMATS:
            menu.addAction(_("Answers and scores as {kind}…", kind=kind.upper() if kind != "parquet" else "Parquet"),
                           partial(self.wants_data.emit, kind))  # fmt: skip
        menu.addSeparator()
        menu.addAction(_("Questionnaire as XLSForm…"), partial(self.wants_data.emit, "xlsform"))

    def open_more(self) -> None:
        """What stands on buttons where there is room for them."""
        menu = QMenu(self)
        issue = menu.addAction(_("Issue packages…"), lambda: self.wants_issue.emit(()))
        issue.setEnabled(self.issue.isEnabled())
        settle = menu.addAction(_("Conflicts…"), lambda: self.wants_conflicts.emit(""))
        settle.setEnabled(self.overview is not None and self.overview.conflicts > 0)
        taken = menu.addAction(_("Files taken in…"), self.wants_imports.emit)
        taken.setEnabled(self.overview is not None and self.overview.issued > 0)
        menu.addSeparator()
        self._data_into(menu)
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    # ---------------------------------------------------------------- files
    def ask_files(self) -> None:
        """Choose the files that came back."""
        if self.session.read_only_reason is not None or self.meter.meter is not None:
            return
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("Files that came back"), str(self.session.path.parent),
            _("Returns (*.zhd *.xlsx *.xlsm *.xls *.ods);;All files (*)"),
        )  # fmt: skip
        if chosen:
            self.take_in([Path(one) for one in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.take_in(paths)

    def take_in(
        self, paths: Sequence[Path], *, passphrases: Sequence[str] = (), unfinished: bool = False, again: bool = False
    ) -> None:
        """Take files and folders in; every file gets its row."""
        reason = self.session.read_only_reason
        if reason is not None:
            self.shell.notify("warning", _("This document is only read."), more=reason, key="exchange")
            return
        if self.meter.meter is not None:
            self.shell.notify("info", _("Files are being taken in. Drop the others when it is done."), key="exchange")
            return
        files = intake.inside(paths)
        if not files:
            self.shell.notify(
                "warning", _("The folder holds no return."), key="exchange",
                more=_("Returns end in .zhd or .xlsx. Choose the folder they were saved in."),
            )  # fmt: skip
            return
        secrecy.remind(self.session, self.shell, always=True)
        self.shell.dismiss("exchange")
        meter = Meter()
        self.meter.follow(meter, _("Taking in {count} files", count=len(files)))
        self.take.refuse(_("Files are being taken in."))
        words = list(dict.fromkeys([*passphrases, *self.known]))
        self.session.submit(
            intake.arrive, files, meter, words, unfinished, again,
            then=partial(self._arrived, tuple(passphrases)), failed=self._failed,
        )  # fmt: skip

    def _arrived(self, words: tuple[str, ...], done: intake.Arrived) -> None:
        self.meter.done()
        self.take.refuse("")
        self.known += [word for word in words if word not in self.known and done.intake and done.intake.taken]
        for outcome in done.outcomes:
            self.outcomes[outcome.path] = outcome
        for read in done.forms:
            self.waiting[read.path] = read
            self.outcomes[read.path] = read.outcome
        self._listed()
        self.look()
        self.shell.refresh_badges()
        if any(one.place is not None and one.place[0] for one in done.outcomes):
            below.tell_between(self.session, self.shell)
        if done.forms and not done.outcomes:
            self.wants_form.emit(tuple(self.waiting.values()))
        elif self.list.waits():
            self.list.to_first()
        else:
            self.grid.setFocus(OTHER)

    def _failed(self, problem: Problem) -> None:
        self.meter.done()
        self.take.refuse("")
        self.shell.trouble(problem)

    def form_done(self, outcome: Outcome) -> None:
        """A form was looked at: taken in, or left waiting."""
        if outcome.state != "waiting":
            self.waiting.pop(outcome.path, None)
        self.outcomes[outcome.path] = outcome
        self._listed()

    def _listed(self) -> None:
        self.list.put(tuple(self.outcomes.values()))
        self.fit(self._size)

    def _asked(self, what: str, path: Path, words: str) -> None:
        if what == "review":
            first = self.waiting.get(path)
            rest = tuple(one for key, one in self.waiting.items() if key != path)
            if first is not None:
                self.wants_form.emit((first, *rest))
        elif what == "secret":
            self.take_in([path], passphrases=(words,))
        else:
            self.take_in([path], unfinished=what == "unfinished", again=what == "again")

    def take_back(self) -> None:
        """Take back what the list says was taken in."""
        places = [one.place for one in self.outcomes.values() if one.state == "taken" and one.place is not None]
        if places and self.session.read_only_reason is None:
            self.wants_back.emit(tuple(places))

    def imports_moved(self, done: TakenBack) -> None:
        """Files were taken back, or count again: their rows say so."""
        states: dict[tuple[str, int], OutcomeState] = {
            one.place: "taken" if one.taken_back is None else "left_out" for one in done.imports
        }
        for path, outcome in self.outcomes.items():
            if outcome.place in states:
                self.outcomes[path] = replace(outcome, state=states[outcome.place])
        self._listed()
        self.look()

    def put_away(self) -> None:
        """Close the list of files; forms that wait stay with their files."""
        self.outcomes.clear()
        self.waiting.clear()
        self._listed()
        self.grid.setFocus(OTHER)

    def ask_secrets(self) -> None:
        """Choose the list of passphrases that was written when the packages were issued."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("List of passphrases"), str(self.session.path.parent), "*.csv *.xlsx"
        )
        if chosen:
            self.use_secrets(Path(chosen))

    def use_secrets(self, path: Path) -> None:
        """Try the passphrases of a list on every file that needs one."""

        def read(words: list[str]) -> None:
            self.known += [word for word in words if word not in self.known]
            self.take_in([row.outcome.path for row in self.list.rows if row.field is not None])

        self.session.ask(intake.passphrases_of, path, then=read, failed=self.shell.trouble)

    def ask_receipts(self) -> None:
        """Choose where the receipts go."""
        first = next(iter(self.outcomes), self.session.path)
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the receipts"), str(first.parent))
        if chosen:
            self.write_receipts(Path(chosen))

    def write_receipts(self, folder: Path | None) -> None:
        """Write a receipt for every file that has an outcome."""

        def written(paths: list[Path]) -> None:
            if not paths:
                return
            self.shell.notify(
                "success", _("Receipts written: {count}.", count=len(paths)), more=str(paths[0].parent),
                action=_("Open the folder"), run=partial(wording.open_folder, paths[0]), key="exchange",
            )  # fmt: skip

        self.session.ask(
            intake.write_receipts, tuple(self.outcomes.values()), folder, language(), then=written,
            failed=self.shell.trouble,
        )  # fmt: skip

    # ---------------------------------------------------------------- what the page asks
    def forget(self) -> None:
        """Another document: nothing of the last one stays."""
        self.overview = None
        self.outcomes.clear()
        self.waiting.clear()
        self.known.clear()
        self.meter.done()
        self.list.put(())

    def retranslate(self) -> None:
        self.data.say(_("Export data"))
        self.more.setToolTip(_("More"))
        self.more.setAccessibleName(_("More"))
        self.taken.say(_("Files taken in…"))
        self.issue.say(_("Issue packages…"))
        self.take.say(_("Take in returned files…"))
        self.meter.retranslate()
        if self.overview is not None and self.session.is_open:
            self.list.put(tuple(self.outcomes.values()))
            self.show_round(self.session.now().astimezone().date())

    def fit(self, size: Size) -> None:
        self._size = size
        px = theme().px
        edge = px(24 if size == "wide" else 16 if size == "narrow" else 8)
        self.column.setContentsMargins(edge, px(8 if size != "tiny" else 2), edge, px(14 if size != "tiny" else 6))
        self.column.setSpacing(px(12 if size == "wide" else 8 if size == "narrow" else 4))
        self.counts.fit(size)
        wide = size == "wide"
        self.data.setVisible(wide)
        self.issue.setVisible(wide)
        self.taken.setVisible(wide and self.overview is not None and self.overview.issued > 0)
        self.more.setVisible(not wide)
        listed = bool(self.outcomes)
        alone = listed and size == "tiny"  # there is room for one of the two
        self.list.setVisible(listed)
        self.list.setMaximumHeight(16777215 if alone else px(230))
        self.list.setMinimumHeight(0 if alone or not listed else px(min(56 + 58 * len(self.outcomes), 200)))
        self.panel.setVisible(not alone)
        self.counts.setVisible(not alone)
        if self.overview is not None:
            self.conflicts.setVisible(wide and self.overview.conflicts > 0)

    def escape(self) -> bool:
        """Esc: put the list of files away."""
        if self.outcomes and self.meter.meter is None and not self.list.waits():
            self.put_away()
            return True
        return False

    def areas(self) -> tuple[QWidget, ...]:
        return (self.head, self.list, self.panel)

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", _("choose a unit")), ("Enter", _("open")), ("Ctrl+I", _("take in files")))
