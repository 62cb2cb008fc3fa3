"""Conflicts one after the other: the common start, the main file and what came back, side by side, and the ruling.

Nothing is lost by a ruling: every side stays in the history, and the reason is kept with the item.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from assess.packages import conflicts as settling
from assess.packages.recipients import Recipient
from assess.problems import Problem
from forms.exchange import cases, wording
from forms.exchange.conflict_parts import ConflictParts, in_order, titles
from forms.exchange.side_panel import SidePanel
from forms.page import Shell, Size
from forms.theme import theme
from forms.words import _, show

if TYPE_CHECKING:
    from forms.session import Session

OTHER = Qt.FocusReason.OtherFocusReason
LEAST = 270  # the narrowest column


class ConflictView(ConflictParts):
    """`cases` are the conflicts, `at` the one that is shown, `head_id` the side that will be taken."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.cases: tuple[cases.Case, ...] = ()
        self.at = 0
        self.head_id = ""
        self.unit: Recipient | None = None
        self.panels: list[SidePanel] = []
        self._reasons: dict[tuple[str, tuple[str, str]], str] = {}
        self._size: Size = "wide"
        self._settled = 0
        self._wanted: tuple[str, tuple[str, str]] | None = None
        self.stepped.connect(self.step)
        self.asked_other.connect(self.other_value)
        self.asked_back.connect(self.open_back)
        self.asked_apply.connect(self.apply)
        self.tabs.chosen.connect(self._tab)
        self.reason.line.returnPressed.connect(self._enter)
        self.back.sent.connect(self._send_back)
        self.back.closed.connect(self._close_back)

    # ---------------------------------------------------------------- looking
    def start(self, unit: Recipient | None) -> None:
        """Show the conflicts of a unit, or all of them, from the first."""
        self.unit, self.at, self._settled, self._wanted = unit, 0, 0, None
        self.look()

    def look(self) -> None:
        """Ask for the conflicts as they stand."""
        if self.session.is_open:
            self.session.ask(cases.gather, self.unit, then=self._found, failed=self.shell.trouble)

    def _found(self, found: tuple[cases.Case, ...]) -> None:
        shown = self.case
        self._keep_reason()
        self.cases = found
        wanted = self._wanted or (shown.key if shown is not None else None)
        self._wanted = None
        self.at = next((at for at, one in enumerate(found) if one.key == wanted), min(self.at, max(len(found) - 1, 0)))
        same = shown is not None and self.case is not None and shown == self.case
        self.show_case(keep=same)

    @property
    def case(self) -> cases.Case | None:
        return self.cases[self.at] if 0 <= self.at < len(self.cases) else None

    def show_case(self, *, keep: bool = False) -> None:
        """Show the conflict that is current; `keep` leaves choice and focus where they are."""
        case = self.case
        where = _("Packages")
        context = f"{where} › {show(self.unit.words) or self.unit.name}" if self.unit is not None else where
        self.head.say(_("Settle conflicts"), context)
        there = case is not None
        for widget in (self.question, self.count, self.before, self.after, self.holder, self.reason_row, self.foot):
            widget.setVisible(there)
        self.empty.setVisible(not there)
        self.nothing.setVisible(not there)
        self.base_line.setVisible(there and self._size == "tiny")
        self.tabs.setVisible(there and self._size == "tiny")
        self.hint.setVisible(there and self._size != "tiny")
        self.back.setVisible(there and self.back.isVisibleTo(self))
        if case is None:
            self.refusal.hide()
            more = _("Settled just now: {count}.", count=self._settled) if self._settled else ""
            self.empty.say("success", _("There are no conflicts."), more, action=_("Back to the round"),
                           run=self.left.emit)  # fmt: skip
            if self.isVisible():
                self.empty.link.setFocus(OTHER)
            return
        self._show(case, keep=keep)

    def _show(self, case: cases.Case, *, keep: bool) -> None:
        conflict, framework = case.conflict, case.framework
        cell = conflict.cell
        self.count.setText(_("{number} of {count}", number=self.at + 1, count=len(self.cases)))
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at < len(self.cases) - 1)
        column = "" if cell[1] == "self" else f" ({wording.column(cell[1])})"
        home = f"{case.home.name} · " if case.home is not None else ""
        self.question.say(f"{home}{cell[0]}\u3000{wording.question(framework, cell)}{column}")
        self.hint.setText(
            _("{count} answers to one question, changed after the common start. Notes and evidence of all stay.",
              count=len(conflict.sides))
        )  # fmt: skip
        self.base.put(framework, cell, conflict.base, _("Common start"), None)
        words = wording.value(framework, cell, conflict.base.value if conflict.base is not None else None)
        self.base_line.setText(_("Common start: {value}", value=words))
        sides = in_order(conflict.sides)
        while len(self.panels) < len(sides):
            panel = SidePanel()
            panel.chosen.connect(self.choose)
            panel.moved.connect(self.turn)
            panel.taken.connect(self._take)
            self.panels.append(panel)
            self.row.addWidget(panel, 1)
        for place, panel in enumerate(self.panels):
            panel.setVisible(place < len(conflict.sides))
        for panel, side, title in zip(self.panels, sides, titles(sides), strict=False):
            other = next((one for one in conflict.sides if one.event != side.event), None)
            panel.put(framework, cell, side, title, other)
        if not keep:
            self.head_id = ""
            self.reason.put(self._reasons.get(case.key, ""))
            self._close_back(focus=False)
        self.choose(self.head_id)
        self._arrange()
        locked = show(self.session.read_only_reason)
        if not locked and self.session.locked is not None and case.home is None and cell[1] in ("self", "note"):
            locked = show(self.session.locked)
        self.refusal.setVisible(bool(locked))
        if locked:
            self.refusal.say("warning", locked)
        self.neither.setVisible(cell[0] in framework.indicators and case.home is None and self._size != "tiny")
        self.send.setVisible(cell[0] in framework.indicators and case.home is None)
        self.send.refuse(locked)
        if not keep and self.isVisible():
            self._first().setFocus(OTHER)

    def _first(self) -> SidePanel:
        return next((one for one in self.sides() if one.isVisible()), self.panels[0])

    def sides(self) -> list[SidePanel]:
        """The panels in use, from left to right."""
        return self.panels[: len(self.case.conflict.sides)] if self.case is not None else []

    def _arrange(self) -> None:
        """Columns side by side; tabs with the start as one line where the window is tiny."""
        tiny = self._size == "tiny"
        least = 0 if tiny else theme().px(LEAST if self._size == "wide" else 220)
        self.base.setVisible(not tiny)
        self.base.setMinimumWidth(least)
        sides = self.sides()
        if tiny and sides:
            self.tabs.offer([(one.head_id, one.name.text()) for one in sides], self.tabs.key)
        for panel in sides:
            panel.setMinimumWidth(least)
            panel.setVisible(not tiny or panel.head_id == self.tabs.key)

    def _tab(self, key: str) -> None:
        self._arrange()
        panel = next((one for one in self.sides() if one.head_id == key), None)
        if panel is not None:
            panel.setFocus(OTHER)

    # ---------------------------------------------------------------- choosing
    def choose(self, event: str) -> None:
        """The side that will be taken; "" for none yet."""
        case = self.case
        if case is None:
            return
        self.head_id = event if any(one.event == event for one in case.conflict.sides) else ""
        for panel in self.sides():
            panel.set_chosen(panel.head_id == self.head_id and bool(self.head_id))
        side = next((one for one in case.conflict.sides if one.event == self.head_id), None)
        last = len(self.cases) == 1
        level = wording.level(case.conflict.cell, side.value) if side is not None else None
        if level is not None:
            words = _("Take level {level}", level=level) if last else _("Take level {level} and go on", level=level)
        else:
            words = _("Take this one") if last else _("Take this one and go on")
        self.go.say(words)
        refused = show(self.session.read_only_reason) or ("" if side is not None else _("Choose a side first."))
        self.go.refuse(refused)

    def turn(self, by: int) -> None:
        """The focus to the next side."""
        sides = self.sides()
        here = next((at for at, one in enumerate(sides) if one.hasFocus()), 0)
        target = sides[min(max(here + by, 0), len(sides) - 1)]
        if self._size == "tiny":
            self.tabs.choose(target.head_id)
            self._arrange()
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.holder.ensureWidgetVisible(target)

    def step(self, by: int) -> None:
        """Another conflict; this one stays open."""
        self._keep_reason()
        if self.cases:
            self.at = (self.at + by) % len(self.cases)
            self.show_case()

    def _keep_reason(self) -> None:
        case = self.case
        if case is not None:
            self._reasons[case.key] = self.reason.text()

    def _take(self, event: str) -> None:
        self.choose(event)
        self.apply()

    def _enter(self) -> None:
        if self.go.isEnabled():
            self.apply()

    def apply(self) -> None:
        """Settle with the side that was chosen, and go on to the next."""
        case = self.case
        if case is None or not self.head_id or not self.go.isEnabled():
            return
        way = settling.combine if self.both.isChecked() else settling.take
        self._wanted = self.cases[(self.at + 1) % len(self.cases)].key if len(self.cases) > 1 else None
        self.go.refuse(_("Being written…"))
        self.session.submit(
            cases.settle, case.home, way, case.conflict.cell, self.head_id, self.reason.text(),
            then=partial(self._done, case), failed=self._failed,
        )  # fmt: skip

    def _done(self, case: cases.Case, _changes: object) -> None:
        self._settled += 1
        self._reasons.pop(case.key, None)
        self.reason.put("")
        self.head_id = ""
        self.shell.refresh_badges()
        self.look()

    def _failed(self, problem: Problem) -> None:
        self._wanted = None
        self.refusal.problem(problem)
        self.refusal.show()
        self.choose(self.head_id)
        self.look()

    def other_value(self) -> None:
        """Neither side: the question card, where any answer settles the conflict."""
        if self.case is not None:
            self._keep_reason()
            self.shell.go("questionnaire", self.case.conflict.code)

    # ---------------------------------------------------------------- sending back
    def open_back(self) -> None:
        """Ask for the reason and the day of a return for correction."""
        self.back.ask(self.session.now().astimezone().date(), self.reason.text(), self.session.author_role,
                      self.session.author_wanted.emit)  # fmt: skip
        self.back.show()
        self.foot.hide()
        self.reason_row.hide()
        self.back.reason.setFocus(OTHER)

    def _close_back(self, *, focus: bool = True) -> None:
        self.back.hide()
        if self.case is not None:
            self.foot.show()
            self.reason_row.show()
            if focus:
                self.send.setFocus(OTHER)

    def _send_back(self, reason: str, day: str, demand: str) -> None:
        case = self.case
        if case is None:
            return
        code = case.conflict.code

        def sent(_changes: object) -> None:
            self._close_back(focus=False)
            self.shell.notify(
                "success", _("{code} is returned for correction.", code=code), key="exchange",
                more=_("It goes with the next package to the unit; the conflict stays until the correction is in."),
            )  # fmt: skip
            self.step(1)

        self.session.submit(settling.send_back, (code,), reason, day, demand, then=sent, failed=self.back.refused)

    # ---------------------------------------------------------------- what the page asks
    def forget(self) -> None:
        self.cases, self.at, self.head_id, self.unit = (), 0, "", None
        self._reasons.clear()

    def escape(self) -> bool:
        """Esc: close the return for correction, else back to the round."""
        if self.back.isVisible():
            self._close_back()
        else:
            self.left.emit()
        return True

    def areas(self) -> tuple[QWidget, ...]:
        return (self.head, self.tabs, self.holder, self.reason_row, self.back, self.foot)

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("← →", _("another side")), ("Space", _("choose")), ("Ctrl+Enter", _("take and go on")))

    def retranslate(self) -> None:
        self.say()
        if self.cases or self.isVisible():
            self.show_case(keep=True)

    def fit(self, size: Size) -> None:
        self._size = size
        self.room(size)
        if self.cases:
            self.show_case(keep=True)
