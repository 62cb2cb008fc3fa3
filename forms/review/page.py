"""Review: self-assessment, review and third party side by side, what differs, and the steps from received to ruled.

Digits give the review value of the row, Enter confirms, B sends back, Ctrl+↓ goes to the next difference. What somebody
may do follows the role under “Name and role”; what is blind is covered here as it is in the document (D17).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess import rights
from assess.review.table import Table, renewed, table
from forms.page import Page, Shell, Size
from forms.review import tools
from forms.review.doing import Doing
from forms.review.grid import Grid
from forms.review.head import Head
from forms.review.side import WIDE, Side
from forms.theme import theme
from forms.widgets.labels import Text
from forms.widgets.panel import Rule
from forms.words import _

if TYPE_CHECKING:
    from assess.store.changes import Changes
    from forms.session import Session

PAUSE = 120  # milliseconds on a row before its record is asked for
OTHER = Qt.FocusReason.OtherFocusReason


class ReviewPage(Doing):
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
        self.head_part = Head()
        self.head_part.filtered.connect(self._filter)
        self.head_part.narrowed.connect(self._choose_unit)
        self.head_part.asked.connect(self._for_all)
        self.head_part.named.connect(self.session.author_wanted)
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
        self.main_column.addWidget(self.head_part)
        self.main_column.addWidget(self.panel, 1)
        self.side = Side()
        self.side.stepped.connect(self.step)
        self.side.kept.connect(self.keep)
        self.side.given.connect(self.give)
        self.side.opined.connect(self.opined)
        self.side.same.connect(lambda: self.press("="))
        self.side.back.connect(self.close_side)
        self.side.question.connect(lambda code: self.shell.go("questionnaire", code))
        outer.addWidget(self.main, 1)
        outer.addWidget(self.side)

    # ---------------------------------------------------------------- showing
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
        found = self.table
        assert found is not None
        if self.unit and not any(unit.to("zh") == self.unit for unit in found.units):
            self.unit = ""
        marked = self.session.sheet.status == "reviewed"
        self.head_part.put(found, self.filter, self.unit, role=self.role, marked=marked, refusal=self.refusal())
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
        self.show_side()

    def show_side(self) -> None:
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
            levels=self.levels(row),
            locked=self.refusal(),
        )
        self._soon.start()

    def _came(self, _code: str) -> None:
        self.show_side()
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

    def _choose_unit(self, key: str) -> None:
        self.unit = key
        self._rows(self.grid.code)

    def open_side(self) -> None:
        """The panel of the current item; in a narrow window it lies over the table."""
        if self.grid.row is None:
            return
        if self._size != "wide":
            self._opened = True
            self.show_side()
        target = (
            self.side.opinion
            if not self.side.opinion.isHidden()
            else next(iter(self.side.buttons.offered.values()), None)
        )
        if target is not None:
            target.setFocus(OTHER)

    def close_side(self) -> None:
        """Back to the table."""
        self._opened = False
        self.show_side()
        self.grid.setFocus(OTHER)

    # ---------------------------------------------------------------- for all items
    def _for_all(self, what: str) -> None:
        tool = {
            "accept": self.open_batch,
            "sample": self.open_sampling,
            "export": self.export_corrections,
            "reviewed": self.mark_reviewed,
        }
        tool[what]()

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
        head = self.head_part
        return tuple(area for area in (head.row, head.bar, self.grid, self.side) if area.isVisibleTo(self))

    def tab_areas(self) -> Sequence[tuple[QWidget, bool]]:
        head = self.head_part
        return ((head.row, True), (head.bar, True), (head.strip, True), (self.grid, False), (self.side, False))

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
        (self.grid if not self.grid.isHidden() else self.head_part.segments).setFocus(OTHER)

    def leave(self) -> None:
        self.side.opinion.flush()

    def retranslate(self) -> None:
        self.grid.setAccessibleName(_("Items under review"))
        self.head_part.retranslate()
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
        self.head_part.fit(size)
        if wide:
            self._opened = False
        if self.table is not None:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self.close_side()
        else:
            super().keyPressEvent(event)


def make(session: Session, shell: Shell) -> Page:
    """The review page of the frame."""
    return ReviewPage(session, shell)
