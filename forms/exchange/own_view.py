"""What concerns the unit whose package is open: from whom, until when, how far, handing back, and the Excel form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QGridLayout, QMenu, QVBoxLayout, QWidget

from assess import rights
from assess.assessment import Assessment
from assess.finishing import sealing
from assess.packages.read_form import ReadForm
from assess.packages.returning import HandedBack, hand_back
from assess.problems import Problem
from forms.exchange import intake, wording
from forms.figures import DASH, one_line
from forms.page import Shell, Size
from forms.theme import theme
from forms.widgets.bar import Bar
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Panel, Scroll
from forms.words import _, language, show

if TYPE_CHECKING:
    from forms.session import Session

OTHER = Qt.FocusReason.OtherFocusReason
FINISHING = ("seal.errors", "seal.cover", "seal.open", "seal.conflicts")


def about(document: Assessment) -> tuple[dict[str, Any], Problem | None, bool]:
    """On the writer thread: what the package says of itself, why it cannot be sealed yet, and whether it is sealed."""
    sealed = document.sealed() is not None
    return dict(document.package), None if sealed else sealing.problem(document), sealed


def write_form(document: Assessment, path: Path, today: date, language: str) -> Path:
    """On the writer thread: the items of this package as an Excel form."""
    from assess.sheets import write

    package = document.package
    write.write(
        path, document.framework, document.sheet, assessment=document.id,
        unit=str(package.get("to", "") or document.profile.unit), deadline=str(package.get("deadline", "")),
        issued=today, language=language,
    )  # fmt: skip
    return path


class OwnView(QWidget):
    """`package` is what the package says of itself."""

    wants_form = Signal(object)
    wants_data = Signal(str)

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.package: Mapping[str, Any] = {}
        self.problem: Problem | None = None
        self.sealed = False
        self.written: Path | None = None
        self._size: Size = "wide"
        self._build()

    def _build(self) -> None:
        px = theme().px
        self.column = QVBoxLayout(self)
        self.head = PageHead()
        self.more = Button("", icon="more", run=self.open_more)
        self.main = Button("", "primary", icon="export", large=True, run=self.act)
        self.head.add(self.more)
        self.head.add(self.main)
        self.column.addWidget(self.head)
        self.area = Scroll(gap=12)
        self.column.addWidget(self.area, 1)
        self.notice = Notice("info")
        self.done = Notice("success")
        self.done.hide()
        self.facts = Panel(padding=20, gap=10)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(24))
        self.grid.setVerticalSpacing(px(8))
        self.grid.setColumnStretch(1, 1)
        self.lines: dict[str, tuple[Label, Text]] = {}
        for place, key in enumerate(("from", "to", "deadline", "issued", "state", "sent_back")):
            name, value = Label("", "label", "text_2"), Text("", "body")
            self.lines[key] = (name, value)
            self.grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(value, place, 1)
        self.facts.column.addLayout(self.grid)
        self.far = Label("", "strong")
        self.bar = Bar(0, 8)
        self.open = Button("", "link", run=self.go_open)
        for widget in (self.far, self.bar, self.open):
            self.facts.column.addWidget(widget)
        self.excel = Panel(padding=20, gap=10)
        self.excel_text = Text("", "label", "text_2")
        self.export = Button("", icon="table", run=self.ask_form)
        self.bring = Button("", icon="import", run=self.ask_filled)
        self.excel.column.addWidget(self.excel_text)
        self.excel.column.addWidget(self.export)
        self.excel.column.addWidget(self.bring)
        self.panels = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.panels.setSpacing(px(12))
        self.panels.addWidget(self.facts, 3)
        self.panels.addWidget(self.excel, 2)
        self.excel.column.addStretch(1)
        for part in (self.notice, self.done):
            self.area.column.addWidget(part)
        self.area.column.addLayout(self.panels)
        self.area.column.addStretch(1)

    # ---------------------------------------------------------------- showing
    def look(self) -> None:
        """Ask what the package says, and show it."""
        if self.session.is_open:
            self.session.ask(about, then=self._seen, failed=self.shell.trouble)

    def _seen(self, found: tuple[dict[str, Any], Problem | None, bool]) -> None:
        self.package, self.problem, self.sealed = found
        if self.session.is_open:
            self.refresh()

    def refresh(self) -> None:
        """Show everything as of now."""
        session, package = self.session, self.package
        read_only = show(session.read_only_reason)
        returned = session.role == "returned"
        self.head.say(_("Hand the package back"), "" if self._size == "tiny" else one_line(str(package.get("to", ""))))
        values = {
            "from": str(package.get("from", "")) or DASH,
            "to": str(package.get("to", "")) or DASH,
            "deadline": self._deadline(str(package.get("deadline", ""))),
            "issued": _("package no. {number}", number=package.get("number", 1)),
            "state": _("handed back") if returned else _("being filled in"),
            "sent_back": self._sent_back(),
        }
        names = {
            "from": _("Issued by"),
            "to": _("Issued to"),
            "deadline": _("To be returned by"),
            "issued": _("Package"),
            "state": _("State"),
            "sent_back": _("Returned for correction"),
        }
        for key, (name, text) in self.lines.items():
            name.setText(names[key])
            text.say(one_line(values[key]))
            shown = bool(values[key])
            name.setVisible(shown)
            text.setVisible(shown)
        progress = session.progress
        if progress is not None:
            words = _("Dealt with: {done} of {all}", done=progress.answered, all=progress.total)
            self.far.setText(words)
            self.bar.set(progress.answered, progress.total, words)
            left = progress.total - progress.answered
            self.open.say(_("To the first open question"))
            self.open.setVisible(left > 0)
        self._main(read_only, returned=returned)
        self.facts.say(_("The package"))
        self.excel.say(_("On paper, or in Excel"))
        self.excel_text.say(_("Colleagues can fill in an Excel form; you see every difference before it is taken in."))
        self.export.say(_("My items as an Excel form…"))
        self.bring.say(_("Take in a form that was filled in…"))
        self.bring.refuse(show(session.locked))
        self.more.say(_("Export data"))
        self.more.setVisible(self._size == "wide")

    def _main(self, read_only: str, *, returned: bool) -> None:
        """What is to be done next, and the button that does it."""
        self.main.refuse(read_only)
        if self.session.profile.mode == "training" and not read_only:
            self.notice.say("info", _("This is a practice."), _("It can be handed back into a practice only."))
        elif read_only:
            self.notice.say("info", _("This document is only read."), read_only)
        elif self.sealed:
            words = _("Hand it back again if it was lost or has changed.") if returned else ""
            self.notice.say("success", _("The package is sealed."),
                            words or _("It can be handed back as one file."))  # fmt: skip
        elif self.problem is not None and self.problem.code in FINISHING:
            self.notice.say(
                "warning", show(self.problem.text), _("Finish filling in first; then the package can be handed back."),
                action=_("Finish filling in"), run=lambda: self.shell.go("finishing"),
            )  # fmt: skip
        else:
            self.notice.say(
                "info", _("Everything is filled in."), _("Handing back seals the package and writes one file.")
            )
        first = not self.sealed and self.problem is not None and self.problem.code in FINISHING
        self.main.say(_("Finish filling in") if first else _("Hand back…"))
        self.main.draw("lock" if first else "export")

    def _deadline(self, day: str) -> str:
        if not day:
            return _("no deadline")
        due = rights.day_of(day)
        if due is None:
            return day
        left = (due - self.session.now().astimezone().date()).days
        if left < 0:
            return _("{day} ({count} days late)", day=day, count=-left)
        return _("{day} (today)", day=day) if left == 0 else _("{day} ({count} days left)", day=day, count=left)

    def _sent_back(self) -> str:
        values = self.session.sheet.cells
        codes = [code for code in self.session.framework.indicators if rights.state(values, code) == "returned"]
        return wording.names(codes) if codes else ""

    def to_first(self) -> None:
        """The focus to what is to be done."""
        if self.main.isEnabled():
            self.main.setFocus(OTHER)

    def go_open(self) -> None:
        """To the first question that is open."""
        from assess import walk

        self.shell.go("questionnaire", walk.next_open(self.session.framework, self.session.sheet, None))

    # ---------------------------------------------------------------- handing back
    def act(self) -> None:
        """Hand back; where something is missing, to what finishes it."""
        if not self.sealed and self.problem is not None and self.problem.code in FINISHING:
            self.shell.go("finishing")
            return
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the file to send"), str(self.session.path.parent))
        if chosen:
            self.hand_back(Path(chosen))

    def hand_back(self, folder: Path) -> None:
        """Seal unless sealed, and write the one file to send."""
        self.main.refuse(_("Being written…"))
        self.session.submit(hand_back, folder, then=self._handed, failed=self._refused)

    def _handed(self, done: HandedBack) -> None:
        self.written = done.path
        self.done.say(
            "success", _("Handed back as {file}.", file=done.path.name),
            _("Send this one file to {unit}. Digest {digest}.", unit=str(self.package.get("from", "")) or DASH,
              digest=done.digest.printed),
            action=_("Open the folder"), run=partial(wording.open_folder, done.path),
        )  # fmt: skip
        self.done.show()
        self.look()
        self.done.link.setFocus(OTHER)

    def _refused(self, problem: Problem) -> None:
        self.refresh()
        if problem.code == "seal.signer":
            self.notice.problem(problem, action=_("Name and role…"), run=self.session.author_wanted.emit)
        elif problem.code in FINISHING:
            self.notice.problem(problem, action=_("Finish filling in"), run=lambda: self.shell.go("finishing"))
        else:
            self.notice.problem(problem)

    # ---------------------------------------------------------------- the Excel form
    def ask_form(self) -> None:
        """Choose where the Excel form goes."""
        name = _("{name}, form", name=self.session.path.stem)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Excel form"), str(self.session.path.with_name(f"{name}.xlsx")), "*.xlsx"
        )
        if chosen:
            self.write_form(Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx"))

    def write_form(self, path: Path) -> None:
        """Write the items of the package as an Excel form."""

        def written(target: Path) -> None:
            self.shell.notify(
                "success", _("The form is written."), more=target.name, action=_("Open the folder"),
                run=partial(wording.open_folder, target), key="exchange",
            )  # fmt: skip

        today = self.session.now().astimezone().date()
        self.session.ask(write_form, path, today, language(), then=written, failed=self.shell.trouble)

    def ask_filled(self) -> None:
        """Choose a form that was filled in."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Form that was filled in"), str(self.session.path.parent), "*.xlsx *.xlsm *.xls *.ods"
        )
        if chosen:
            self.take_form(Path(chosen))

    def take_form(self, path: Path) -> None:
        """Read a form; what it would change is shown before it changes."""
        self.session.ask(read_own, path, then=lambda read: self.wants_form.emit((read,)), failed=self.shell.trouble)

    def open_more(self) -> None:
        """The menu of data exports."""
        menu = QMenu(self)
        for kind in ("csv", "xlsx", "json", "parquet"):
            menu.addAction(_("Answers and scores as {kind}…", kind=kind.upper() if kind != "parquet" else "Parquet"),
                           partial(self.wants_data.emit, kind))  # fmt: skip
        menu.addAction(_("Questionnaire as XLSForm…"), partial(self.wants_data.emit, "xlsform"))
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    # ---------------------------------------------------------------- what the page asks
    def forget(self) -> None:
        self.package, self.problem, self.sealed, self.written = {}, None, False, None
        self.done.hide()

    def escape(self) -> bool:
        """Nothing to close."""
        return False

    def areas(self) -> tuple[QWidget, ...]:
        return (self.head, self.notice, self.done, self.facts, self.excel)

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("Tab", _("next")), ("Enter", _("go there")))

    def retranslate(self) -> None:
        self.main.say(_("Hand back…"))
        if self.session.is_open and self.session.role != "master":
            self.refresh()

    def fit(self, size: Size) -> None:
        self._size = size
        px = theme().px
        edge = px(24 if size == "wide" else 16 if size == "narrow" else 8)
        self.column.setContentsMargins(edge, px(8 if size != "tiny" else 2), edge, px(14 if size != "tiny" else 4))
        wide = size == "wide"
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.panels.setDirection(across if wide else down)
        self.retranslate()


def read_own(document: Assessment, path: Path) -> ReadForm:
    """On the writer thread: a form of this package."""
    from assess.packages.recognise import look

    if look(path).kind != "form":
        from assess.packages.refusals import refused

        raise refused("file.unknown", path)
    return intake.read_form(document, path)
