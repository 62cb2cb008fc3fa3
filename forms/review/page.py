"""Review: self-assessment, review and third party side by side, what differs, and the steps from received to ruled.

Digits give the review value of the row, Enter confirms, B sends back, Ctrl+↓ goes to the next difference. What somebody
may do follows the role under “Name and role”; what is blind is covered here as it is in the document (D17).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assess import rights
from assess.answers import Answer
from assess.measure.route import is_grassroots
from assess.problems import Problem
from assess.review import steps
from assess.review.table import Row, Table, renewed, table
from forms.page import Page, Shell, Size
from forms.review import tools, wording
from forms.review.grid import Grid
from forms.review.side import COLUMN_OF, WIDE, Side
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Tag, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Rule
from forms.widgets.segments import Segments
from forms.words import _, show

if TYPE_CHECKING:
    from assess.store.changes import Changes
    from forms.session import Session

PAUSE = 120  # milliseconds on a row before its record is asked for
OTHER = Qt.FocusReason.OtherFocusReason


class ReviewPage(Page):
    """The page; `table` is the review as the person at work sees it."""

    key = "review"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.table: Table | None = None
        self.filter = "all"
        self.unit = ""
        self._size: Size = "wide"
        self._stale = True
        self._seen_by = ""
        self._day = session.now().date()
        self._opened = False  # the panel lies over the table (narrow windows)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._ask_past)
        self._build()
        session.opened.connect(self._reopen)
        session.changed.connect(self._follow)
        session.leaving.connect(self._leaving)
        session.closed.connect(self._forget)

    # ---------------------------------------------------------------- building
    def _build(self) -> None:
        px = theme().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.main = QWidget()
        self.main_column = QVBoxLayout(self.main)
        self.main_column.setSpacing(px(8))
        self.head_row = PageHead()
        self.mark = Tag("", "success")
        self.segments = Segments()
        self.segments.chosen.connect(self._filter)
        self.head_row.row.insertWidget(2, self.mark)
        self.head_row.add(self.segments)
        self.more = icon_button("more", "", self.open_more)
        self.head_row.add(self.more)
        self.more.hide()
        self.filter_row = QHBoxLayout()
        self.bar = QWidget()
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(px(8))
        self.units = QComboBox()
        self.units.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.units.setMinimumContentsLength(9)
        self.units.currentIndexChanged.connect(self._choose_unit)
        self.accept = Button("", small=True, run=self.open_batch)
        self.sample = Button("", small=True, run=self.open_sampling)
        self.export = Button("", small=True, run=self.export_corrections)
        self.reviewed = Button("", small=True, run=self.mark_reviewed)
        bar.addWidget(self.units)
        bar.addStretch(1)
        for button in (self.accept, self.sample, self.export, self.reviewed):
            bar.addWidget(button)
        self.strip = Notice("info")
        self.panel = QFrame()
        self.panel.setProperty("box", "panel")
        inner = QVBoxLayout(self.panel)
        edge = theme().edge
        inner.setContentsMargins(edge, edge, edge, edge)
        inner.setSpacing(0)
        self.grid = Grid()
        self.grid.pressed.connect(self.press)
        self.grid.came.connect(self._came)
        self.grid.doubleClicked.connect(lambda _index: self.open_side())
        self.nothing = Text("", "body", "text_2")
        self.nothing.setContentsMargins(px(16), px(28), px(16), px(28))
        self.foot = Text("", "label", "text_2")
        self.foot.setContentsMargins(px(16), px(8), px(16), px(8))
        inner.addWidget(self.grid, 1)
        inner.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        self.line = Rule()
        inner.addWidget(self.line)
        inner.addWidget(self.foot)
        self.main_column.addWidget(self.head_row)
        self.main_column.addLayout(self.filter_row)
        self.main_column.addWidget(self.bar)
        self.main_column.addWidget(self.strip)
        self.main_column.addWidget(self.panel, 1)
        self.side = Side()
        self.side.stepped.connect(self.step)
        self.side.kept.connect(self.keep)
        self.side.given.connect(self.give)
        self.side.opined.connect(self._opined)
        self.side.same.connect(lambda: self.press("="))
        self.side.back.connect(self.close_side)
        self.side.question.connect(lambda code: self.shell.go("questionnaire", code))
        outer.addWidget(self.main, 1)
        outer.addWidget(self.side)

    # ---------------------------------------------------------------- showing
    @property
    def role(self) -> str:
        return self.session.author_role

    def _follow(self, changes: Changes) -> None:
        self._stale = self._stale or not self._renew(changes.items)
        if self.isVisible() and self._stale:
            self.refresh()

    def _renew(self, items: Sequence[str]) -> bool:
        """Make the rows of a few items anew; False where the table must be made as a whole."""
        session, before = self.session, self.table
        if before is None or session.scores is None or not items or self._seen_by != self.role:
            return False
        made = renewed(before, session.framework, session.sheet, session.scores, items, role=self.role, today=self._day)
        if made is None or self._day != session.now().date():
            return False
        self.table = made
        if self.isVisible():
            self._show()
        return True

    def _reopen(self) -> None:
        self._forget()
        if self.isVisible():
            self.refresh()

    def _leaving(self) -> None:
        """The document is about to be closed: write the opinion, and ask nothing any more."""
        self.side.opinion.flush()
        self._soon.stop()

    def _forget(self) -> None:
        self._soon.stop()
        self.table, self._stale = None, True
        self.filter, self.unit = "all", ""
        self.side.row = None
        self.side.drafts.clear()

    def refresh(self) -> None:
        """Show the review of the sheet of now."""
        session = self.session
        if not session.is_open or session.scores is None:
            return
        self._day, self._seen_by = session.now().date(), self.role
        self.table = table(session.framework, session.sheet, session.scores, role=self.role, today=self._day)
        self._stale = False
        self._show()

    def _show(self) -> None:
        """Show the table of now."""
        self._head()
        self._units()
        self._strip()
        self._rows(self.grid.code)

    def _rows(self, code: str) -> None:
        found = self.table
        if found is None:
            return
        rows = found.chosen(self.filter, self.unit)
        second = self.role == rights.SECOND or any(row.second is not None for row in found.rows)
        columns = ["code", "name", "own", "review", "second", "third", "apart", "taken", "state"]
        if not second:
            columns.remove("second")
        if self._size == "tiny":
            columns = [name for name in columns if name not in ("third", "taken")]
        self.grid.put(rows, self.session.framework.indicators, columns, code)
        empty = found.empty
        self.grid.setVisible(bool(rows) and not empty)
        self.nothing.setVisible(not rows or empty)
        self.nothing.say(
            _("The self-assessment has not come back yet; there is nothing to review.")
            if empty
            else _("No item belongs to this filter.")
        )
        self.foot.setVisible(not empty and self._size != "tiny")
        self.line.setVisible(not self.foot.isHidden())
        self._show_side()

    def _head(self) -> None:
        found = self.table
        assert found is not None
        self.head_row.say(_("Review"), _("Reviewed {done}/{total}", done=found.done, total=found.total))
        count = found.count
        self.segments.offer(
            [
                ("all", _("All {count}", count=count("all"))),
                ("open", _("Waiting {count}", count=count("open"))),
                ("differences", _("Δ ≥ 2 levels {count}", count=count("differences"))),
                ("returned", _("Returned {count}", count=count("returned"))),
                ("sample", _("Sample {count}", count=count("sample"))),
                ("objections", _("Objections {count}", count=count("objections"))),
            ],
            self.filter,
        )
        marked = self.session.sheet.status == "reviewed"
        self.mark.set(_("Reviewed"), "success")
        self.mark.setVisible(marked)
        reviewer = self.role in rights.REVIEWERS
        refusal = self._refusal() or ("" if reviewer else _("Only a reviewer does this."))
        empty = found.empty
        nothing = _("The self-assessment has not come back yet; there is nothing to review.") if empty else ""
        self.accept.say(_("Accept in one step…"))
        self.accept.refuse(refusal or nothing)
        self.sample.say(_("Sample…"))
        self.sample.refuse(nothing)
        self.export.say(_("Correction sheets…"))
        returned = count("returned") or found.done
        self.export.refuse("" if returned else _("No item is returned or rated lower."))
        self.reviewed.say(_("Take the mark away") if marked else _("Mark as reviewed"))
        self.reviewed.refuse(refusal or (nothing if not marked else ""))

    def _units(self) -> None:
        found = self.table
        assert found is not None
        wanted = [("", _("All units")), *((unit.to("zh"), show(unit)) for unit in found.units)]
        have = [(self.units.itemData(at), self.units.itemText(at)) for at in range(self.units.count())]
        if wanted != have:
            self.units.blockSignals(True)
            self.units.clear()
            for key, words in wanted:
                self.units.addItem(words, key)
            self.units.blockSignals(False)
        at = next((place for place, (key, _words) in enumerate(wanted) if key == self.unit), 0)
        self.unit = wanted[at][0]
        self.units.setCurrentIndex(at)
        self.units.setVisible(len(wanted) > 2)

    def _strip(self) -> None:
        """Who one is here, where that keeps one from reviewing."""
        role = self.role
        words = {
            "filler": (
                _("You are here as the person filling in."),
                _(
                    "You can follow the review, hand in corrections and object. To review, say so under “Name and "
                    "role”."
                ),
            ),
            rights.SECOND: (
                _("Second review, blind."),
                _(
                    "The first review stays covered until you have given yours; nobody else sees yours until both are "
                    "there."
                ),
            ),
            "third_party": (_("You enter the values of the third party."), ""),
        }
        known = words.get(role)
        self.strip.setVisible(known is not None and self._size != "tiny")
        if known is not None:
            self.strip.say("info", *known, action=_("Name and role…"), run=self.session.author_wanted.emit)

    def _refusal(self) -> str:
        return show(self.session.read_only_reason)

    def _show_side(self) -> None:
        row = self.grid.row
        wide = self._size == "wide"
        shown = row is not None and self.table is not None and not self.table.empty and not self.grid.isHidden()
        self.side.setVisible(shown and (wide or self._opened))
        self.main.setVisible(wide or not self._opened or not shown)
        if row is None or not shown:
            return
        framework = self.session.framework
        self.side.put(
            row,
            framework.indicators[row.code],
            self.role,
            self.session.sheet.evidence(row.code),
            levels=self._levels(row),
            locked=self._refusal(),
        )
        self._soon.start()

    def _levels(self, row: Row) -> bool:
        """Whether an item is answered by level: rubric items, and every item of a township or village."""
        framework = self.session.framework
        if is_grassroots(framework, self.session.profile.tier):
            return row.own is None or row.own.kind == "level"
        return framework.indicators[row.code].kind == "level"

    def _came(self, _code: str) -> None:
        self._show_side()
        self.shell.refresh_keys()

    def _ask_past(self) -> None:
        code = self.grid.code
        if not code or not self.session.is_open:
            return
        item = self.session.framework.indicators[code]
        self.session.ask("history", code, then=lambda events: self.side.show_past(item, code, events))

    # ---------------------------------------------------------------- choosing
    def _filter(self, key: str) -> None:
        self.filter = key
        self._rows(self.grid.code)

    def _choose_unit(self, at: int) -> None:
        self.unit = str(self.units.itemData(at) or "")
        self._rows(self.grid.code)

    def open_side(self) -> None:
        """The panel of the current item; in a narrow window it lies over the table."""
        if self.grid.row is None:
            return
        if self._size != "wide":
            self._opened = True
            self._show_side()
        target = self.side.opinion if not self.side.opinion.isHidden() else next(iter(self.side.offered.values()), None)
        if target is not None:
            target.setFocus(OTHER)

    def close_side(self) -> None:
        """Back to the table."""
        self._opened = False
        self._show_side()
        self.grid.setFocus(OTHER)

    # ---------------------------------------------------------------- reviewing
    def press(self, key: str) -> None:
        """What a key of the table does."""
        row = self.grid.row
        if row is None:
            return
        if key in ("down", "up"):
            code = self.grid.next_difference(1 if key == "down" else -1)
            if code:
                self.grid.choose(code)
        elif key == "in":
            self.open_side()
        elif key.isdigit():
            self._digit(row, key)
        elif key == "=":
            if row.own is None:
                return
            self.give(row.own)
        else:
            self.side.press(key)

    def _digit(self, row: Row, key: str) -> None:
        if self.role == "filler":
            self._trouble(rights.reserved())
            return
        answer = self.side.value.press(key)
        if answer is not None:
            self.give(answer)

    def give(self, answer: Answer | None) -> None:
        """Give the review value of the current item, in the column of one's role."""
        row = self.grid.row
        if row is None or self._refusal():
            return
        column = COLUMN_OF.get(self.role, "review")
        cells = {(row.code, column): answer.to_json() if answer is not None else None}
        self.session.submit("set_cells", cells, steps.VALUE_KIND, then=self._done, failed=self._trouble)

    def _opined(self, code: str, text: str) -> None:
        column = "opinion_2" if self.role == rights.SECOND else "opinion"
        self.session.submit("set_cells", {(code, column): text or None}, steps.VALUE_KIND, failed=self._trouble)

    def step(self, step: str) -> None:
        """Take a step, or unfold what it asks for."""
        row = self.grid.row
        if row is None or self._refusal():
            return
        if wording.OFFERS[step].asks:
            if self._size != "wide" and not self._opened:
                self._opened = True
                self._show_side()
            values = self._endings(row) if step == "rule" else None
            self.side.unfold(step, self.session.now().date(), values, self.session.who)
            return
        if step == "confirm":
            opinion = self.side.opinion
            written = opinion.toPlainText().strip() if opinion.unsaved else None
            opinion.known = opinion.toPlainText().strip()
            cells = steps.confirming(row.code, opinion=written)
        else:
            cells = steps.cells([row.code], step)
        self._submit(cells, step)

    def keep(self, step: str) -> None:
        """Take the step whose form has been filled in."""
        row, form = self.grid.row, self.side.form
        if row is None:
            return
        if step == "rule":
            cells = steps.ruling(row.code, form.reason, form.value)
        else:
            cells = steps.cells([row.code], step, reason=form.reason, demand=form.demand, deadline=form.deadline)
        self._submit(cells, step)

    def _submit(self, cells: Any, step: str) -> None:
        here = self.grid.code
        after = self._after(here)
        self.session.submit(
            "set_cells", cells, steps.KIND, then=lambda _changes: self._stepped(step, here, after), failed=self._trouble
        )

    def _after(self, code: str) -> str:
        """The item below in the filter of now; the same one at the end."""
        rows = self.grid.rows.rows
        at = self.grid.rows.place(code)
        return rows[at + 1].code if 0 <= at < len(rows) - 1 else code

    def _stepped(self, step: str, code: str, after: str) -> None:
        """A step is taken: its form folds, and a settled item gives way to the next."""
        self.side.close_form(done=True)
        self.side.problem.hide()
        if step in ("confirm", "return", "rule"):
            self.grid.choose(after) or self.grid.choose(code)
        if self._size == "wide" or not self._opened:
            self.grid.setFocus(OTHER)

    def _done(self, _changes: object) -> None:
        self.side.problem.hide()

    def _trouble(self, problem: Problem) -> None:
        """A refusal, in place; one who has not said who he is can do so from there. What was written stays unsaved."""
        if self.grid.row is not None:
            self.side.opinion.known = self.grid.row.opinion
        names = problem.code in ("review.unsigned", "review.role", "review.second")
        if self._size != "wide" and not self._opened:
            self._opened = True
            self._show_side()
        if problem.code == "review.reason" and self.side.form.isHidden() and self.side.row is not None:
            self.side.unfold("resubmit", self.session.now().date())
        self.side.complain(
            problem, action=_("Name and role…") if names else "", run=self.session.author_wanted.emit if names else None
        )

    def _endings(self, row: Row) -> list[tuple[str, str, Answer | None]]:
        """What a ruling may end with: the review value, the self-assessment, another level."""
        item = self.session.framework.indicators[row.code]
        own, review = wording.level(row.own), wording.level(row.review)
        keep = _("Keep the review: {value}", value=wording.short(item, row.review))
        found: list[tuple[str, str, Answer | None]] = [
            ("keep", keep if review is None else _("Keep the review: level {level}", level=review), None)
        ]
        if row.own is not None and row.own != row.review:
            words = _("As self-assessed: {value}", value=wording.short(item, row.own))
            found.append(("self", words if own is None else _("As self-assessed: level {level}", level=own), row.own))
        if self._levels(row):
            steps_of = [one.level for one in item.levels] or list(range(6))
            others = (level for level in sorted(steps_of) if level not in (own, review))
            found += [
                (str(level), _("Another value: level {level}", level=level), Answer.of_level(level)) for level in others
            ]
        return found

    # ---------------------------------------------------------------- for all items
    def open_batch(self) -> None:
        """Accept everything that has no difference and has evidence, after a look at how many that is."""
        tools.batch(self.session, self, only=self._only())

    def open_sampling(self) -> None:
        """Draw a sample for on-site checks, or look at those drawn."""
        tools.sampling(self.session, self.shell, self, drawn=lambda: self._show_filter("sample"))

    def export_corrections(self) -> None:
        """Write the sheets “problem – basis – what to do” of the units."""
        tools.corrections(self.session, self.shell, self, unit=self.unit)

    def mark_reviewed(self) -> None:
        """Set or take away the mark "reviewed" (D54)."""
        tools.mark(self.session, self.shell, failed=self._trouble)

    def open_more(self) -> None:
        """In the smallest windows: what is done for all items, and the units, in a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self.accept, self.sample, self.export, self.reviewed):
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        if self.units.count() > 2:
            menu.addSeparator()
            for at in range(self.units.count()):
                action = menu.addAction(self.units.itemText(at), partial(self.units.setCurrentIndex, at))
                action.setCheckable(True)
                action.setChecked(at == self.units.currentIndex())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _only(self) -> tuple[str, ...] | None:
        if not self.unit or self.table is None:
            return None
        return tuple(row.code for row in self.table.chosen("all", self.unit))

    def _show_filter(self, key: str) -> None:
        self.filter = key
        self.refresh()

    # ---------------------------------------------------------------- what the frame calls
    def keys(self) -> Sequence[tuple[str, str]]:
        role = self.role if self.session.is_open else "filler"
        found = [("↑ ↓", _("another item"))]
        if role != "filler":
            found.append(("0 – 5", _("review level")))
        if role in rights.REVIEWERS:
            found += [("Enter", _("confirm")), ("B", _("return")), ("=", _("as self-assessed"))]
        elif role == "filler":
            found.append(("S", _("object")))
        found += [("Ctrl+↓", _("next difference")), ("→", _("panel"))]
        return found

    def badge(self) -> int:
        """What waits for the person at work: objections for those who review, returned items for those who fill in."""
        if not self.session.is_open:
            return 0
        cells, role = self.session.sheet.cells, self.role
        wanted = "objection" if role in rights.REVIEWERS else "returned" if role == "filler" else ""
        stepped = (item for item, column in cells if column == rights.STEP)
        return sum(rights.state(cells, item) == wanted for item in stepped) if wanted else 0

    def areas(self) -> Sequence[QWidget]:
        return tuple(area for area in (self.head_row, self.bar, self.grid, self.side) if area.isVisibleTo(self))

    def tab_areas(self) -> Sequence[tuple[QWidget, bool]]:
        return ((self.head_row, True), (self.bar, True), (self.strip, True), (self.grid, False), (self.side, False))

    def enter(self, target: str | None = None) -> None:
        if self._stale or self.table is None or self._seen_by != self.role:
            self.refresh()
        else:
            self._show()
        if target is not None:
            if target in ("open", "differences", "returned", "sample", "objections"):
                self._show_filter(target)
            elif not self.grid.choose(target):
                self.filter, self.unit = "all", ""
                self.refresh()
                self.grid.choose(target)
        (self.grid if not self.grid.isHidden() else self.segments).setFocus(OTHER)

    def leave(self) -> None:
        self.side.opinion.flush()

    def retranslate(self) -> None:
        self.grid.setAccessibleName(_("Items under review"))
        self.segments.setAccessibleName(_("Which items are shown"))
        self.units.setAccessibleName(_("Unit"))
        self.more.setAccessibleName(_("More"))
        self.more.setToolTip(_("More"))
        self.foot.say(
            _(
                "Taken: third party → review → self. Difference = review against self-assessment; for numbers, "
                "checklists and yes/no 20 points are one level."
            )
        )
        self.side.back_button.say(_("Back to the table"))
        self.side.turn_away()
        self.grid.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 8)
        self._stale = True
        if self.isVisible():
            self.refresh()

    def retheme(self) -> None:
        self.grid.measure()
        self.grid.viewport().update()
        self.side.turn_away()
        self.fit(self._size)

    def fit(self, size: Size) -> None:
        """Wide: the panel stands beside the table. Below: it lies over it, opened by → and left by Esc."""
        self._size = size
        px = theme().px
        wide = size == "wide"
        edge = px(24 if wide else 16 if size == "narrow" else 10)
        self.main_column.setContentsMargins(edge, px(8 if size != "tiny" else 2), edge, px(14 if size != "tiny" else 6))
        if wide:
            self.side.setFixedWidth(px(WIDE))
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16777215)
        self.side.back_button.setVisible(not wide)
        self.bar.setVisible(size != "tiny")
        self.more.setVisible(size == "tiny")
        row = self.head_row.row
        if wide == (row.indexOf(self.segments) < 0):
            if wide:
                self.filter_row.removeWidget(self.segments)
                row.insertWidget(row.indexOf(self.more), self.segments)
            else:
                row.removeWidget(self.segments)
                self.filter_row.addWidget(self.segments)
                self.filter_row.addStretch(1)
        if wide:
            self._opened = False
        if self.table is not None:
            self._strip()
            self._rows(self.grid.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self.close_side()
        else:
            super().keyPressEvent(event)


def make(session: Session, shell: Shell) -> Page:
    """The review page of the frame."""
    return ReviewPage(session, shell)
