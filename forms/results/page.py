"""Results: the total and its stage, gates, dimensions, strongest and weakest items, what holds it back, and why.

Everything follows each answer at once. Every number is a button that opens the why panel at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.grassroots.gap import gaps
from assess.measure.result import Scores
from forms import peers
from forms.figures import percent
from forms.page import Page, Shell, Size
from forms.results import middle as panels
from forms.results.claims.sheet import ClaimsSheet
from forms.results.county_panel import CountyPanel
from forms.results.gate_panel import GatePanel
from forms.results.grassroots_panel import GrassrootsPanel
from forms.results.intake import Taking
from forms.results.number import Number
from forms.results.portraits import PointsPanel
from forms.results.total import TotalPanel
from forms.results.view import IN_FORCE, View, columns, view
from forms.results.why import Why
from forms.theme import theme
from forms.weights_panel import WeightsPanel
from forms.widgets.buttons import Button
from forms.widgets.labels import Text
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Scroll
from forms.widgets.segments import Segments
from forms.widgets.watermark import Watermark
from forms.words import _, show

if TYPE_CHECKING:
    from forms.session import Session

WARNING = "warning"
RED_LINE = "@redline/"  # a target of this page: the form that raises a red line
LEFT, WHY, CLAIMS = 376, 340, 372


class ResultsPage(Page):
    """The page; `why` is its side panel, closed until a number is asked about."""

    key = "results"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.column = IN_FORCE
        self.scores: Scores | None = None
        self._asked_from: QWidget | None = None
        self._offers_claims = False
        self._size: Size = "wide"
        self._build()
        self._watermark = Watermark(self)
        session.opened.connect(self._follow)
        session.changed.connect(self._follow)
        session.closed.connect(self._forget)
        peers.of(session).changed.connect(self._follow)

    # ---------------------------------------------------------------- building
    def _build(self) -> None:
        px = theme().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.area = Scroll(gap=4)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head_row = PageHead()
        self.segments = Segments()
        self.segments.chosen.connect(self._choose_column)
        self.report = Button("", "primary", large=True, run=lambda: self.shell.go("reports"))
        self.claims_button = Button("", run=self.open_claims)
        self.head_row.add(self.segments)
        self.head_row.add(self.claims_button)
        self.head_row.add(self.report)
        self.filter_row = QHBoxLayout()
        self.filter_row.setSpacing(px(12))
        self.area.column.addWidget(self.head_row)
        self.area.column.addLayout(self.filter_row)
        self.notices = QVBoxLayout()
        self.area.column.addLayout(self.notices)
        self.awaiting = Notice("warning")
        self.notices.addWidget(self.awaiting)
        self.weights = WeightsPanel(self.session)
        self.area.column.addWidget(self.weights.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.area.column.addWidget(self.weights)
        self.empty = Text("", "body", "text_2")
        self.area.column.addWidget(self.empty)
        self.begin = Button(_("Fill in"), icon="answer", run=lambda: self.shell.go("questionnaire"))
        self.area.column.addWidget(self.begin)
        self.body = QWidget()
        self.grid = QHBoxLayout(self.body)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(px(12))
        self.left = QWidget()
        self.left_column = QVBoxLayout(self.left)
        self.left_column.setContentsMargins(0, 0, 0, 0)
        self.left_column.setSpacing(px(12))
        self.total = TotalPanel()
        self.gates = GatePanel(lambda: self.shell.go("planning"), lambda: self.shell.has("planning"))
        self.points = PointsPanel()
        self.middle = panels.Middle()
        self.counties, self.grassroots = CountyPanel(), GrassrootsPanel()
        self.taking = Taking(self.session, self.shell)
        self.counties.taking.connect(self.taking.ask)
        self.counties.switching.connect(lambda on: self.session.submit("set_profile", blend_counties=on))
        self.counties.named.connect(self.taking.name_counties)
        self.grassroots.taking.connect(self.taking.ask)
        self.grassroots.keying.connect(lambda: self.shell.go("questionnaire", "@keying"))
        for asking in (self.total.asked, self.gates.asked, self.middle.asked, self.grassroots.asked):
            asking.connect(self.ask)
        for panel in (self.total, self.gates, self.points, self.counties, self.grassroots):
            self.left_column.addWidget(panel)
        self.left_column.addStretch(1)
        self.grid.addWidget(self.left, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self.middle, 1)
        self.area.column.addWidget(self.body)
        self.area.column.addStretch(1)
        self.why = Why()
        for area in (self.area, self.why.area):
            area.installEventFilter(self)
        self.why.hide()
        self.why.closed.connect(self.close_why)
        self.why.question.connect(lambda code: self.shell.go("questionnaire", code))
        self.claims = ClaimsSheet(self.session, lambda code: self.shell.go("questionnaire", code))
        self.claims.hide()
        self.claims.closed.connect(self.close_claims)
        outer.addWidget(self.area, 1)
        outer.addWidget(self.why)
        outer.addWidget(self.claims)

    # ---------------------------------------------------------------- showing
    def _follow(self, _changes: object = None) -> None:
        """Something has moved; a page that nobody looks at waits until it is entered."""
        if self.isVisible():
            self.refresh()

    def refresh(self, _changes: object = None) -> None:
        """Show the result of the sheet of now, in the column chosen."""
        session = self.session
        if not session.is_open or session.scores is None:
            return
        framework, sheet = session.framework, session.sheet
        offered = [
            (IN_FORCE, _("As held")),
            *((key, panels.column_words(key, name)) for key, name in columns(framework, sheet)),
        ]
        if self.column not in [key for key, _name in offered]:
            self.column = IN_FORCE
        self.segments.offer(offered, self.column)
        self.segments.setVisible(len(offered) > 1)
        self.scores = self._scores()
        self._show(view(framework, sheet, self.scores, self.column))
        self.weights.refresh()
        if not self.why.isHidden():
            self.why.show_code(framework, sheet, self.scores, self.why.code)
        self._show_claims()

    def _show_claims(self) -> None:
        found = self.claims.found()
        offered = found is not None and found.any
        self._offers_claims = offered
        self.claims_button.setVisible(offered and self.why.isHidden() and self.claims.isHidden())
        if found is None or not offered:
            self.close_claims()
            return
        words = _("Bonus, deductions, red lines…")
        self.claims_button.say(
            words, _("{words} {count} waiting for the review", words=words, count=found.open) if found.open else words
        )
        if not self.claims.isHidden():
            self.claims.put(found)

    def _scores(self) -> Scores:
        from assess.measure.score import score

        assert self.session.scores is not None
        if self.column == IN_FORCE:
            return self.session.scores
        return score(self.session.framework, self.session.sheet, columns=(self.column,))

    def _show(self, page: View) -> None:
        assert self.scores is not None
        session, scores = self.session, self.scores
        framework = session.framework
        decimals = framework.show_decimals
        self.head_row.say(_("Results"), self._context(scores))
        self.empty.say(show(page.empty))
        self.empty.setVisible(page.empty is not None)
        self.begin.setVisible(page.empty is not None)
        self.body.setVisible(page.empty is None)
        self.report.setVisible(self.shell.has("reports"))
        self.report.refuse(show(page.empty))
        if page.awaiting:
            names = _(", ").join(show(line.red_line.words) for line in page.awaiting)
            self.awaiting.say(WARNING, _("Awaiting confirmation, without effect so far: {names}.", names=names))
        self.awaiting.setVisible(bool(page.awaiting))
        self.total.put(page.headline, framework.stages, decimals)
        self.gates.put(page.gates)
        self.points.put(page, scores, decimals)
        locked = show(session.read_only_reason)
        self.counties.put(framework, session.sheet, session.scores or scores, locked)
        self.grassroots.put(framework, gaps(framework, session.sheet), locked)
        codes = [row.code for row in page.bars.rows] if self.column == IN_FORCE else []
        medians = peers.of(session).medians(framework, session.profile, scores, codes) if codes else {}
        self.middle.put(framework, session.sheet, scores, page, medians)
        practice = session.profile.mode == "training"
        self._watermark.say(_("Practice") if practice else "")

    def _context(self, scores: Scores) -> str:
        parts = []
        parts.append(_("Reviewed") if self.session.sheet.status == "reviewed" else _("Draft"))
        parts.append(_("{answered} of {all} items answered", answered=scores.answered, all=scores.applicable))
        if scores.coverage is not None and scores.coverage < 1:
            parts.append(_("coverage by weight {share}", share=percent(scores.coverage, 1)))
        return " • ".join(parts)

    def _choose_column(self, key: str) -> None:
        self.column = key
        self.refresh()

    def _forget(self) -> None:
        self.scores = None
        self.column = IN_FORCE
        self.close_why()
        self.close_claims()

    # ---------------------------------------------------------------- why
    def ask(self, code: str) -> None:
        """Open the why panel for a number."""
        if self.scores is None or not code:
            return
        focus = self.focusWidget()
        if isinstance(focus, Number) and not self.why.isAncestorOf(focus):
            self._asked_from = focus
        self.why.show_code(self.session.framework, self.session.sheet, self.scores, code)
        self.claims.hide()
        self.why.show()
        self._arrange()
        self.why.take_focus()
        self.shell.refresh_keys()

    def close_why(self) -> None:
        """Close the why panel; the focus goes back to the number it was opened from."""
        if self.why.isHidden():
            return
        self.why.hide()
        self._arrange()
        if self._asked_from is not None:
            try:
                self._asked_from.setFocus(Qt.FocusReason.OtherFocusReason)
            except RuntimeError:  # the number has been replaced meanwhile
                self.segments.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asked_from = None
        self.shell.refresh_keys()

    # ---------------------------------------------------------------- bonus, deductions, red lines
    def open_claims(self, line: str = "") -> None:
        """Open the sheet of bonus, deductions and red lines; with a red line, at the form that raises it."""
        found = self.claims.found()
        if found is None or not found.any:
            return
        self.why.hide()
        self.claims.put(found)
        self.claims.show()
        self._arrange()
        self.claims.take_focus()
        if line:
            self.claims.raise_line(line)
        self.shell.refresh_keys()

    def close_claims(self) -> None:
        """Close the sheet; the focus goes back to its button."""
        if self.claims.isHidden():
            return
        self.claims.hide()
        self._arrange()
        self.claims_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shell.refresh_keys()

    # ---------------------------------------------------------------- what the frame calls
    def keys(self) -> Sequence[tuple[str, str]]:
        if not self.why.isHidden():
            return (
                ("↑ ↓", _("next number")),
                ("Enter", _("descend")),
                ("Backspace", _("ascend")),
                ("Ctrl+C", _("copy")),
                ("Esc", _("close")),
            )
        if not self.claims.isHidden():
            return (("Tab", _("next field")), ("Enter", _("enter")), ("Esc", _("close the sheet")))
        return (("↑ ↓", _("next number")), ("Enter", _("why")), ("T", _("chart as table")))

    def areas(self) -> Sequence[QWidget]:
        shown = [self.head_row, self.left, self.middle]
        return [*shown, *(side for side in (self.why, self.claims) if not side.isHidden())]

    def enter(self, target: str | None = None) -> None:
        self.refresh()
        framework = self.session.framework if self.session.is_open else None
        if target and target.startswith(RED_LINE):
            self.open_claims(target.removeprefix(RED_LINE))
        elif target and framework and (target in framework.nodes or target in framework.indicators):
            self.ask(target)
        elif self.total.isVisibleTo(self) and not self.why.isVisible() and not self.claims.isVisible():
            self.total.total.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.begin.isHidden():
            self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.segments.setAccessibleName(_("Column of answers"))
        self.report.say(_("Make report"))
        self.begin.say(_("Fill in"))
        self.why.retranslate()
        self.refresh()

    def retheme(self) -> None:
        self.refresh()
        self._arrange()

    def fit(self, size: Size) -> None:
        self._size = size
        self._arrange()

    def _arrange(self) -> None:
        """Columns by width: side by side, or below each other; the why panel beside, or as a full sheet."""
        px = theme().px
        wide = self._size == "wide"
        tiny = self._size == "tiny"
        self.grid.setDirection(QHBoxLayout.Direction.LeftToRight if wide else QHBoxLayout.Direction.TopToBottom)
        if wide:
            self.left.setFixedWidth(px(LEFT))
        else:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16777215)
        self.grid.setAlignment(self.left, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))
        margin = px(12 if tiny else 24)
        self.area.column.setContentsMargins(margin, px(8), margin, px(14))
        opened = not self.why.isHidden() or not self.claims.isHidden()
        self.area.setVisible(wide or not opened)
        self.claims_button.setVisible(self._offers_claims and not opened)
        for side, width in ((self.why, WHY), (self.claims, CLAIMS)):
            if wide:
                side.setFixedWidth(px(width))
            else:
                side.setMinimumWidth(0)
                side.setMaximumWidth(16777215)
        self.head_row.context.setVisible(not tiny)
        self._move_filter(not wide)
        room: panels.Room = "side" if wide and opened else "wide" if wide else "one" if tiny else "narrow"
        self.middle.arrange(room)

    def _move_filter(self, below: bool) -> None:
        if below and self.head_row.row.indexOf(self.segments) >= 0:
            for widget in (self.segments, self.claims_button):
                self.head_row.row.removeWidget(widget)
                self.filter_row.addWidget(widget)
            self.filter_row.addStretch(1)
        elif not below and self.head_row.row.indexOf(self.segments) < 0:
            for widget in (self.segments, self.claims_button):
                self.filter_row.removeWidget(widget)
                self.head_row.row.insertWidget(self.head_row.row.count() - 1, widget)

    # ---------------------------------------------------------------- keys of its own
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move from number to number before a scroll area takes them for scrolling."""
        if event.type() == QEvent.Type.KeyPress and isinstance(self.focusWidget(), Number):
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Escape and not self.why.isHidden():
            self.close_why()
        elif key == Qt.Key.Key_Escape:
            self.close_claims()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Focus the next number, or the one before, in reading order, within the why panel or outside it."""
        focus = self.focusWidget()
        inside = focus is not None and self.why.isAncestorOf(focus)
        holder: QWidget = self.why if inside else self.area
        numbers = [n for n in holder.findChildren(Number) if n.code and n.isVisible()]
        numbers.sort(key=self._reading_place)
        if not numbers:
            return
        at = numbers.index(focus) if isinstance(focus, Number) and focus in numbers else (-1 if by > 0 else 0)
        chosen = numbers[min(max(at + by, 0), len(numbers) - 1)]
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        if not inside:
            self.area.ensureWidgetVisible(chosen, 0, 40)

    def _reading_place(self, number: Number) -> tuple[int, int, int]:
        top = number.mapTo(self, number.rect().topLeft())
        column = 0 if self.left.isAncestorOf(number) else 1
        return column, top.y(), top.x()


def make(session: Session, shell: Shell) -> Page:
    """The results page of the frame."""
    return ResultsPage(session, shell)
