"""Issuing in three steps: to whom and how; what would leave, before anything is written; what was written where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assess.packages import recipients as giving
from assess.packages.issue import Issued
from assess.packages.preview import Dispatch, preview
from assess.packages.recipients import LowerUnit, Recipient
from assess.packages.records import issued as issues_of
from assess.problems import Problem
from forms.exchange import issuing, wording
from forms.exchange.grid import Grid
from forms.exchange.issue_options import IssueOptions
from forms.exchange.issue_preview import IssuePreview
from forms.exchange.meter import STOPPED, Meter, MeterStrip
from forms.exchange.table import Cell, Column, Row
from forms.exchange.units_form import UnitsForm
from forms.figures import one_line
from forms.page import Shell, Size
from forms.theme import theme
from forms.widgets.buttons import Button, text_button
from forms.widgets.check import Check
from forms.widgets.labels import Label
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Panel, Scroll
from forms.widgets.segments import Segments
from forms.words import _, language, show

if TYPE_CHECKING:
    from forms.session import Session

OTHER = Qt.FocusReason.OtherFocusReason
SIDE = 372


class IssueView(QWidget):
    """`step` is choose, preview or done; `chosen` the keys of the units ticked."""

    left = Signal()
    issued = Signal(object)
    """The passphrases that were given, so that what comes back opens by itself."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.everybody: tuple[Recipient, ...] = ()
        self.chosen: set[str] = set()
        self.by = "department"
        self.step = "choose"
        self.dispatch: Dispatch | None = None
        self.folder: Path | None = None
        self.result: Issued | None = None
        self._size: Size = "wide"
        self._first: tuple[str, ...] = ()
        self._build()

    def _build(self) -> None:
        px = theme().px
        self.column = QVBoxLayout(self)
        self.head = PageHead()
        self.home = text_button("", self.back, icon="left")
        self.main = Button("", "primary", large=True, run=self.go_on)
        self.head.add(self.home)
        self.head.add(self.main)
        self.refusal = Notice("warning")
        self.refusal.hide()
        self.meter = MeterStrip()
        self.stack = QStackedWidget()
        for part in (self.head, self.refusal, self.meter):
            self.column.addWidget(part)
        self.column.addWidget(self.stack, 1)
        self.choosing = QWidget()
        row = QHBoxLayout(self.choosing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        self.who = Panel(padding=0, gap=0)
        top = QHBoxLayout()
        top.setContentsMargins(px(12), px(10), px(12), px(8))
        top.setSpacing(px(8))
        self.kinds = Segments()
        self.kinds.chosen.connect(self._choose_kind)
        top.addWidget(self.kinds)
        top.addStretch(1)
        under = QHBoxLayout()
        under.setContentsMargins(px(12), 0, px(12), px(8))
        self.every = Check()
        self.every.clicked.connect(self._tick_all)
        self.assisting = Check()
        self.assisting.toggled.connect(lambda _on: self.look())
        self.more_units = Button("", "link", icon="plus", run=self.open_units)
        under.addWidget(self.every)
        under.addWidget(self.assisting)
        under.addStretch(1)
        under.addWidget(self.more_units)
        self.grid = Grid()
        self.grid.ticked.connect(self.tick)
        self.grid.opened.connect(self.tick)
        self.grid.removed.connect(self.remove)
        self.total = Label("", "label", "text_2")
        self.total.setContentsMargins(px(14), px(8), px(14), px(8))
        self.units = UnitsForm()
        self.units.entered.connect(self.add_units)
        self.units.closed.connect(self.close_units)
        self.who.column.addLayout(top)
        self.who.column.addLayout(under)
        self.who.column.addWidget(self.units)
        self.who.column.addWidget(self.grid, 1)
        self.who.column.addWidget(self.total)
        self.how = IssueOptions()
        self.how_area = Scroll(gap=0)
        self.how_area.column.addWidget(self.how, 1)
        row.addWidget(self.who, 1)
        row.addWidget(self.how_area)
        self.row = row
        self.preview = IssuePreview()
        self.preview.wants_folder.connect(self.ask_folder)
        self.preview.wants_open.connect(self.open_folder)
        for page in (self.choosing, self.preview):
            self.stack.addWidget(page)

    # ---------------------------------------------------------------- choosing
    def start(self, keys: Sequence[str] = ()) -> None:
        """Choose from the beginning; with keys, those units alone are ticked."""
        self._first = tuple(keys)
        self.step, self.dispatch, self.result = "choose", None, None
        self.refusal.hide()
        self.close_units(focus=False)
        self.how.start(self.session.now().astimezone().date())
        if self.folder is None:
            self.folder = issuing.default_folder(self.session.path, self.session.now().astimezone().date())
        self.look(first=True)

    def look(self, *, first: bool = False) -> None:
        """Ask who there is."""
        self.session.ask(
            giving.recipients, "all", assisting=self.assisting.isChecked(), then=partial(self._found, first),
            failed=self.shell.trouble,
        )  # fmt: skip

    def _found(self, first: bool, found: tuple[Recipient, ...]) -> None:
        new = {one.key for one in found} - {one.key for one in self.everybody}
        self.everybody = tuple(one for one in found if one.items)
        if first:
            wanted = set(self._first)
            kinds = {self.kind_of(one) for one in self.everybody if one.key in wanted}
            self.by = next(iter(kinds)) if len(kinds) == 1 else "all" if kinds else "department"
            self.chosen = wanted or {one.key for one in self.everybody if self.kind_of(one) == "department"}
        elif new:
            self.chosen |= {key for key in new if not key.startswith("department:")}
        self.chosen &= {one.key for one in self.everybody}
        self.show_step()
        if first and self.isVisible():
            self.grid.setFocus(OTHER)

    @staticmethod
    def kind_of(recipient: Recipient) -> str:
        return "township" if recipient.kind == "village" else recipient.kind

    def listed(self) -> tuple[Recipient, ...]:
        """The units of the filter in force."""
        return tuple(one for one in self.everybody if self.by == "all" or self.kind_of(one) == self.by)

    def picked(self) -> tuple[Recipient, ...]:
        """The units that are ticked, of every kind."""
        return tuple(one for one in self.everybody if one.key in self.chosen)

    def show_step(self) -> None:
        """Show the step of now."""
        titles = {"choose": _("Issue packages"), "preview": _("What will leave"), "done": _("Packages issued")}
        context = {
            "choose": _("Step 1 of 2: to whom and how"),
            "preview": _("Step 2 of 2: nothing has been written yet"),
            "done": "",
        }
        self.head.say(titles[self.step], context[self.step] if self._size != "tiny" else "")
        self.home.say(_("Back to the round") if self.step != "preview" else _("Change the choice"))
        self.stack.setCurrentWidget(self.choosing if self.step == "choose" else self.preview)
        self.shell.refresh_keys()
        count = len(self.picked())
        words = {
            "choose": _("Preview"),
            "preview": _("Issue {count} packages", count=len(self.dispatch.parcels) if self.dispatch else 0),
            "done": _("Open the folder"),
        }
        self.main.say(words[self.step])
        read_only = show(self.session.read_only_reason)
        nothing = _("Tick at least one unit.") if self.step == "choose" and not count else ""
        self.main.refuse((read_only if self.step != "done" else "") or nothing)
        if self.step == "choose":
            self._list()

    def _list(self) -> None:
        counts = {kind: sum(self.kind_of(one) == kind for one in self.everybody) for kind in ("department", "county",
                                                                                             "township")}  # fmt: skip
        self.kinds.offer(
            [
                ("department", _("Departments {count}", count=counts["department"])),
                ("county", _("Counties {count}", count=counts["county"])),
                ("township", _("Townships {count}", count=counts["township"])),
                ("all", _("All {count}", count=len(self.everybody))),
            ],
            self.by,
        )
        before = issues_of(self.session.sheet.cells)
        columns = [
            Column(_("Unit"), 150, stretch=True),
            Column(_("Items"), 56, right=True),
            Column(_("Times issued"), 96, right=True),
        ]
        rows = []
        for one in self.listed():
            name, times = show(one.words) or one.name, len(before.get(one.key, ()))
            told = str(times) if times else "–"
            on = one.key in self.chosen
            state = _("ticked") if on else _("not ticked")
            rows.append(
                Row(one.key, (Cell(one_line(name), "check", on=on), Cell(str(len(one.items)), right=True),
                              Cell(told, tone="text_2", right=True)),
                    _("{unit}, {items} items, issued {told} times, {state}", unit=one_line(name), items=len(one.items),
                      told=told, state=state))
            )  # fmt: skip
        self.grid.setAccessibleName(_("Units to issue to"))
        self.grid.put(columns, rows)
        shown = {one.key for one in self.listed()}
        self.every.setChecked(bool(shown) and shown <= self.chosen)
        picked = self.picked()
        self.total.setText(_("Ticked: {count} units, {items} items", count=len(picked),
                             items=sum(len(one.items) for one in picked)))  # fmt: skip

    def _choose_kind(self, key: str) -> None:
        self.by = key
        self._list()

    def tick(self, key: str) -> None:
        """Tick a unit, or untick it."""
        self.chosen ^= {key}
        self.show_step()

    def _tick_all(self) -> None:
        shown = {one.key for one in self.listed()}
        self.chosen = self.chosen | shown if self.every.isChecked() else self.chosen - shown
        self.show_step()

    # ---------------------------------------------------------------- counties and townships
    def open_units(self) -> None:
        """Open the lines for counties and townships."""
        self.units.show()
        self.units.box.setFocus(OTHER)

    def close_units(self, *, focus: bool = True) -> None:
        self.units.hide()
        if focus:
            self.more_units.setFocus(OTHER)

    def add_units(self, units: Sequence[LowerUnit]) -> None:
        """Enter units into the document, and tick them."""
        kinds = {"township" if one.kind == "village" else one.kind for one in units}

        def added(_changes: object) -> None:
            self.units.clear()
            self.close_units(focus=False)
            self.by = next(iter(kinds)) if len(kinds) == 1 else "all"
            self.look()
            self.grid.setFocus(OTHER)

        self.session.submit(giving.add_units, list(units), then=added, failed=self._refuse)

    def remove(self, key: str) -> None:
        """Take a county or township off the list; departments come from the framework and stay."""
        found = next((one for one in self.everybody if one.key == key), None)
        if found is not None and found.own:
            self.session.submit(giving.remove_unit, key, then=lambda _changes: self.look(), failed=self._refuse)

    # ---------------------------------------------------------------- going on
    def go_on(self) -> None:
        """The one primary action: preview, issue, or open the folder."""
        if self.step == "choose":
            self.refusal.hide()
            options, folder = self.how.options, self.folder
            self.main.refuse(_("Being prepared…"))
            self.session.ask(
                preview, self.picked(), options, issuing.names_in(folder), then=self._previewed, failed=self._refuse
            )
        elif self.step == "preview":
            self.issue()
        else:
            self.open_folder()

    def _previewed(self, dispatch: Dispatch) -> None:
        self.dispatch, self.step = dispatch, "preview"
        self.preview.put(dispatch, self.folder)
        self.show_step()
        self.preview.grid.setFocus(OTHER)

    def issue(self) -> None:
        """Write everything that was looked at."""
        dispatch, folder = self.dispatch, self.folder
        if dispatch is None or folder is None or self.meter.meter is not None:
            return
        wrong = self.preview.weak()
        if wrong:
            self._refuse(issuing.weak(wrong))
            return
        self.refusal.hide()
        meter = Meter()
        self.meter.follow(meter, _("Issuing {count} packages", count=len(dispatch.parcels)))
        self.main.refuse(_("Packages are being written."))
        self.session.submit(
            issuing.issue_all, dispatch, folder, dict(self.preview.words) if dispatch.options.encrypt else {},
            self.how.papers.isChecked(), meter, language(), self.how.contact.text(),
            then=self._issued, failed=self._refuse,
        )  # fmt: skip

    def _issued(self, result: Issued) -> None:
        self.meter.done()
        self.result, self.step = result, "done"
        self.issued.emit([word for word in self.preview.words.values() if word])
        self.preview.put_result(result)
        self.show_step()
        self.main.setFocus(OTHER)

    def _refuse(self, problem: Problem) -> None:
        self.meter.done()
        self.show_step()
        self.refusal.problem(problem)
        if problem.code == STOPPED:
            self.refusal.say("info", show(problem.text))
        self.refusal.show()

    def ask_folder(self) -> None:
        """Choose another folder for the packages."""
        start = self.folder if self.folder is not None and self.folder.is_dir() else self.session.path.parent
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the packages"), str(start))
        if chosen:
            self.use_folder(Path(chosen))

    def use_folder(self, folder: Path) -> None:
        """Packages go into this folder."""
        self.folder = folder
        self.preview.say_folder(folder)

    def open_folder(self) -> None:
        if self.folder is not None:
            wording.open_folder(self.folder)

    def back(self) -> None:
        """One step back; from the first and the last to the round."""
        if self.meter.meter is not None:
            return
        if self.step == "preview":
            self.step = "choose"
            self.refusal.hide()
            self.show_step()
            self.grid.setFocus(OTHER)
        else:
            self.left.emit()

    # ---------------------------------------------------------------- what the page asks
    def forget(self) -> None:
        self.everybody, self.chosen, self.folder, self.dispatch, self.result = (), set(), None, None, None
        self.step = "choose"
        self.meter.done()

    def escape(self) -> bool:
        """Esc: close the lines for counties, else one step back."""
        if self.units.isVisible():
            self.close_units()
        else:
            self.back()
        return True

    def areas(self) -> tuple[QWidget, ...]:
        if self.step == "choose":
            return (self.head, self.who, self.how_area)
        return (self.head, self.preview)

    def keys(self) -> Sequence[tuple[str, str]]:
        if self.step == "choose":
            return (("↑ ↓", _("choose a unit")), ("Space", _("tick")), ("Del", _("take a county off the list")))
        return (("↑ ↓", _("choose a package")), ("F2", _("its passphrase")))

    def retranslate(self) -> None:
        self.kinds.setAccessibleName(_("Which units"))
        self.every.say(_("All of them"))
        self.assisting.say(_("Also units that assist"))
        self.more_units.say(_("Add counties and townships…"))
        self.units.retranslate()
        self.how.retranslate()
        self.meter.retranslate()
        self.preview.retranslate()
        if self.session.is_open and self.everybody:
            self.show_step()

    def fit(self, size: Size) -> None:
        self._size = size
        px = theme().px
        edge = px(24 if size == "wide" else 16 if size == "narrow" else 8)
        self.column.setContentsMargins(edge, px(8 if size != "tiny" else 2), edge, px(14 if size != "tiny" else 6))
        self.column.setSpacing(px(12 if size != "tiny" else 4))
        tiny = size == "tiny"
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.row.setDirection(down if tiny else across)
        wide = px(SIDE if size == "wide" else 340)
        self.how_area.setMinimumWidth(0 if tiny else wide)
        self.how_area.setMaximumWidth(16777215 if tiny else wide)
        self.how_area.setMinimumHeight(self.how.sizeHint().height() + px(8) if tiny else 0)
        self.grid.setMinimumHeight(px(150))
        self.assisting.setVisible(size == "wide")
        self.total.setVisible(size != "tiny")
        self.preview.fit(size)
