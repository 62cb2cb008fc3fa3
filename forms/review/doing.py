"""What the keys and buttons of the review do: values given, steps taken, refusals shown in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from assess import rights
from assess.answers import Answer
from assess.language import Message
from assess.measure.route import is_grassroots
from assess.problems import Problem
from assess.review import steps
from assess.review.table import Row
from forms.page import Page, Size
from forms.review import wording
from forms.review.side import COLUMN_OF
from forms.words import _, show

if TYPE_CHECKING:
    from forms.review.grid import Grid
    from forms.review.side import Side
    from forms.session import Session

OTHER = Qt.FocusReason.OtherFocusReason


class Doing(Page):
    """The part of the page that changes the document. `grid` is the table, `side` the panel of the current item."""

    session: Session
    grid: Grid
    side: Side
    _size: Size
    _opened: bool

    @property
    def role(self) -> str:
        return self.session.author_role

    def refusal(self) -> str:
        """Why nothing at all may be written; empty where something may."""
        reason: Message | None = self.session.read_only_reason
        return show(reason)

    def open_side(self) -> None:
        """The panel of the current item."""

    def show_side(self) -> None:
        """Show the panel, over the table where there is no room beside it."""

    def levels(self, row: Row) -> bool:
        """Whether an item is answered by level: rubric items, and every item of a township or village."""
        framework = self.session.framework
        if is_grassroots(framework, self.session.profile.tier):
            return row.own is None or row.own.kind == "level"
        return framework.indicators[row.code].kind == "level"

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
            self.side.buttons.press(key)

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
        if row is None or self.refusal():
            return
        column = COLUMN_OF.get(self.role, "review")
        cells = {(row.code, column): answer.to_json() if answer is not None else None}
        self.session.submit("set_cells", cells, steps.VALUE_KIND, then=self._done, failed=self._trouble)

    def opined(self, code: str, text: str) -> None:
        column = "opinion_2" if self.role == rights.SECOND else "opinion"
        self.session.submit("set_cells", {(code, column): text or None}, steps.VALUE_KIND, failed=self._trouble)

    def step(self, step: str) -> None:
        """Take a step, or unfold what it asks for."""
        row = self.grid.row
        if row is None or self.refusal():
            return
        if wording.OFFERS[step].asks:
            if self._size != "wide" and not self._opened:
                self._opened = True
                self.show_side()
            values = self._endings(row) if step == "rule" else None
            self.side.unfold(step, self.session.now().date(), values, self.session.who)
            return
        if step == "confirm":
            opinion = self.side.opinion
            written = opinion.toPlainText().strip() if opinion.unsaved else None
            opinion.known = opinion.toPlainText().strip()
            until = steps.objections_until(self.session.now().date())
            cells = steps.confirming(row.code, opinion=written, until=until)
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
            self.show_side()
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
        if self.levels(row):
            steps_of = [one.level for one in item.levels] or list(range(6))
            others = (level for level in sorted(steps_of) if level not in (own, review))
            found += [
                (str(level), _("Another value: level {level}", level=level), Answer.of_level(level)) for level in others
            ]
        return found
