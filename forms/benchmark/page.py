"""Compare: where this city stands among its peers. Ranks stay hidden until asked for, and again after leaving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assess.benchmark.position import Position
from assess.framework.model import ROOT
from forms import peers
from forms.benchmark.adding import Adding
from forms.benchmark.firmness_panel import FirmnessPanel
from forms.benchmark.group_panel import MOST_GROUPED, GroupPanel
from forms.benchmark.heat_panel import HeatPanel
from forms.benchmark.members import Members
from forms.benchmark.reasons import say_reason, size_of_group
from forms.benchmark.standing_rows import distance, short_names, strip_rows
from forms.benchmark.strips import Strips
from forms.figures import one_line
from forms.page import Page, Shell, Size
from forms.theme import theme
from forms.weights_panel import WeightsPanel
from forms.widgets.buttons import Button
from forms.widgets.labels import Text
from forms.widgets.legend import Legend
from forms.widgets.notice import Notice
from forms.widgets.panel import PageHead, Panel, Scroll
from forms.words import _, show

if TYPE_CHECKING:
    from forms.session import Session

STRIPS = 594
ROOMY = 1180  # the least width for strips and heat map beside each other, and all actions in one row
MANY_HEADS = 12


class BenchmarkPage(Page):
    """The page. `asked_why` is the reason given for looking at ranks, once per document."""

    key = "benchmark"

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session, self.shell = session, shell
        self.chosen = peers.of(session)
        self.opened: set[str] = set()
        self.asked_why = ""
        self.ranks_shown = False
        self._names: dict[str, str] = {}
        self._size: Size = "wide"
        self._roomy = True
        self._build()
        session.opened.connect(self._start_over)
        session.changed.connect(self._follow)
        session.closed.connect(self._start_over)
        self.chosen.changed.connect(self._follow)

    # ---------------------------------------------------------------- building
    def _build(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = Scroll(gap=4)
        self.area.column.setSpacing(px(8))
        outer.addWidget(self.area)
        self.head_row = PageHead()
        self.why_button = Button("", "link", run=self.toggle_members)
        self.head_row.row.insertWidget(2, self.why_button)
        self.firm_button = Button("", "link", run=self.toggle_firmness)
        self.head_row.row.insertWidget(3, self.firm_button)
        self.pick_button = Button("", "plain", icon="import")
        self.pick_menu = QMenu(self.pick_button)
        self.pick_button.setMenu(self.pick_menu)
        self.rank_button = Button("", "plain", icon="eye", run=self.ask_ranks)
        self.report = Button("", "primary", large=True, run=lambda: self.shell.go("reports", "benchmark"))
        self.action_row = QHBoxLayout()
        self.action_row.addStretch(1)
        for button in (self.pick_button, self.rank_button, self.report):
            self.head_row.add(button)
        self.area.column.addWidget(self.head_row)
        self.area.column.addLayout(self.action_row)
        self.weights = WeightsPanel(session=self.session)
        self.area.column.addWidget(self.weights.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.area.column.addWidget(self.weights)
        self.adding = Adding(self.chosen)
        self.area.column.addWidget(self.adding)
        self.members = Members()
        self.members.hide()
        self.members.closed.connect(self.toggle_members)
        self.area.column.addWidget(self.members)
        self.firmness = FirmnessPanel()
        self.firmness.hide()
        self.firmness.closed.connect(self.toggle_firmness)
        self.area.column.addWidget(self.firmness)
        self.reason = Notice("info")
        self.area.column.addWidget(self.reason)
        self._build_body(px(12))
        self.area.column.addStretch(1)
        QShortcut(
            QKeySequence("Ctrl+Shift+R"), self, self.ask_ranks, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def _build_body(self, gap: int) -> None:
        self.body = QWidget()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        self.top = QHBoxLayout()
        self.top.setSpacing(gap)
        self.strip_panel, self.heat_panel, self.group_panel = Panel(gap=6), HeatPanel(), GroupPanel()
        self.strip_legend = Legend()
        self.strip_panel.heading.row.addWidget(self.strip_legend)
        self.strips = Strips()
        self.strips.chosen.connect(self._tell_distance)
        self.strips.opening.connect(self._toggle_row)
        self.distance = Text("", "label", "text_2")
        self.strip_panel.column.addWidget(self.strips)
        self.rule = Text("", "caption", "text_2")
        self.strip_panel.column.addWidget(self.distance)
        self.strip_panel.column.addWidget(self.rule)
        self.strip_panel.column.addStretch(1)
        self.heat = self.heat_panel.heat
        self.top.addWidget(self.strip_panel)
        self.top.addWidget(self.heat_panel, 1)
        column.addLayout(self.top)
        column.addWidget(self.group_panel)
        self.area.column.addWidget(self.body)

    # ---------------------------------------------------------------- showing
    def _follow(self, _changes: object = None) -> None:
        """Something has moved; a page that nobody looks at waits until it is entered."""
        if self.isVisible():
            self.refresh()

    def _start_over(self) -> None:
        self.opened.clear()
        self.asked_why = ""
        self.ranks_shown = False
        self.firmness.clear()
        self.firmness.hide()
        self.adding.start_over()
        self._follow()

    def refresh(self, _changes: object = None) -> None:
        """Show the position of the scores of now."""
        session = self.session
        if not session.is_open or session.scores is None:
            return
        framework, profile = session.framework, session.profile
        standing = self.chosen.standing(framework, profile, session.scores)
        self.adding.offer(self.pick_menu, profile.sample, self.pick)
        self.weights.follow(self.chosen.as_scored(framework, profile), ranks=self.ranks_shown)
        position = standing.position
        comparable = position is not None and position.allowed != "none"
        self.head_row.say(_("Compare"), size_of_group(position))
        self.why_button.setVisible(bool(position and standing.library))
        self.body.setVisible(comparable)
        self.rank_button.setVisible(comparable)
        self.report.setVisible(comparable and self.shell.has("reports"))
        say_reason(self.reason, standing, self.pick)
        self._try_weights(standing)
        if position is not None:
            self.members.put(position)
        if position is None or not comparable:
            self.members.setVisible(self.members.isVisible() and position is not None)
            return
        self._show(standing, position)

    def _try_weights(self, standing: peers.Standing) -> None:
        """How firm the result is, where that is open; beside peers only where they may be compared."""
        scores, position = self.session.scores, standing.position
        able = scores is not None and scores.graded is not None
        self.firm_button.setVisible(able)
        if scores is None or not able or self.firmness.isHidden():
            self.firmness.hide()
            return
        compared = position is not None and position.allowed != "none" and position.n <= MOST_GROUPED
        members = position.group.members if position is not None and compared else ()
        names = short_names([standing.me.name, *(member.name for member in members)])
        self.firmness.put(self.session.framework, scores, standing.me, members, names, ranks=self.ranks_shown)

    def _show(self, standing: peers.Standing, position: Position) -> None:
        session = self.session
        framework = session.framework
        assert session.scores is not None
        self.group_panel.regroup(framework, standing, position)
        units = standing.units()
        self._names = short_names([unit.name for unit in units])
        rows = strip_rows(framework, position, self.opened)
        extra = self.group_panel.rank_words(position) if self.ranks_shown else {}
        self.strips.put(rows, position.names, session.scores.maximum, framework.show_decimals, extra)
        self.strip_panel.say(self.strips.title())
        quartiles = position.allowed == "quartiles"
        legend = [("city", _("This city")), ("peer", _("Peers"))]
        if quartiles:
            legend.append(("band", _("Middle half")))
        self.strip_legend.put([*legend, ("tick", _("Median"))])
        self._tell_distance()
        self.rule.say(_("Matched by: {rule}", rule=show(position.group.rule)))
        names = self._names
        codes = [row.code for row in rows if row.depth == 0 and row.code != ROOT][:MANY_HEADS]
        self.heat_panel.put(framework, standing, codes, names, session.scores.maximum)
        note = _("Ranks are shown ({why}); they hide again when you leave this page", why=self.asked_why)
        self.group_panel.put(standing, names, note if self.ranks_shown else _("Ranks are hidden"))
        self.rank_button.say(_("Hide ranks") if self.ranks_shown else _("Show ranks…"))

    def _tell_distance(self, _code: str = "") -> None:
        if not self.strips.rows:
            self.distance.say("")
            return
        row = self.strips.rows[self.strips.at]
        name = one_line(show(row.name))
        self.distance.say(show(distance(name, row.row, self.session.framework.show_decimals, self._names)))
        self.area.ensureVisible(
            0, self.strips.mapTo(self.area.body, self.strips.row_box(self.strips.at).center()).y(), 0, 40
        )

    def _toggle_row(self, code: str) -> None:
        self.opened ^= {code}
        self.refresh()

    # ---------------------------------------------------------------- ranks
    def ask_ranks(self) -> None:
        """Show or hide ranks; the first time, ask why."""
        if not self.rank_button.isVisible():
            return
        if self.ranks_shown:
            self.show_ranks("")
        elif self.asked_why:
            self.show_ranks(self.asked_why)
        else:
            menu = QMenu(self.rank_button)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addSection(_("What are the ranks needed for?"))
            for why in (_("Internal study"), _("Asked for by leaders")):
                menu.addAction(why, lambda why=why: self.show_ranks(why))
            menu.popup(self.rank_button.mapToGlobal(self.rank_button.rect().bottomLeft()))

    def show_ranks(self, why: str) -> None:
        """Show ranks for a reason; an empty reason hides them."""
        self.ranks_shown = bool(why)
        self.asked_why = why or self.asked_why
        self.refresh()

    # ---------------------------------------------------------------- peers
    def pick(self) -> None:
        """Let the user pick documents of other cities."""
        self.adding.pick(self.session.path.parent)

    def toggle_members(self) -> None:
        """Open or close the list of why these cities."""
        self.members.setVisible(self.members.isHidden())
        (self.members.cross if not self.members.isHidden() else self.why_button).setFocus()

    def toggle_firmness(self) -> None:
        """Open or close what is said about how firm the result is."""
        self.firmness.setVisible(self.firmness.isHidden())
        self.refresh()
        (self.firmness.cross if not self.firmness.isHidden() else self.firm_button).setFocus()

    # ---------------------------------------------------------------- what the frame calls
    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("↑ ↓", _("next strip")),
            ("Enter", _("parts")),
            ("T", _("chart as table")),
            ("Ctrl+Shift+R", _("show ranks")),
        )

    def areas(self) -> Sequence[QWidget]:
        parts = (self.firmness, self.strips, self.heat)
        return [self.head_row, *(part for part in parts if part.isVisible())]

    def tab_areas(self) -> Sequence[tuple[QWidget, bool]]:
        """What is compared first, then what can be done with it."""
        shown = ((self.firmness, False), (self.strips, False), (self.heat, False), (self.group_panel, False))
        beside = ((button, False) for button in (self.pick_button, self.rank_button, self.firm_button))
        return (*shown, (self.head_row, True), *beside)

    def enter(self, target: str | None = None) -> None:
        self.refresh()
        if self.body.isVisibleTo(self):
            self.strips.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        if self.ranks_shown:
            self.show_ranks("")

    def retranslate(self) -> None:
        self.why_button.say(_("Why these cities"))
        self.firm_button.say(_("How firm the result is"))
        self.pick_button.say(_("Choose cities"))
        self.report.say(_("Make comparison report"))
        self.adding.retranslate()
        self.refresh()

    def retheme(self) -> None:
        self.refresh()
        self.fit(self._size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._size == "wide" and (self.width() >= theme().px(ROOMY)) != self._roomy:
            self.fit(self._size)

    def fit(self, size: Size) -> None:
        self._size = size
        px = theme().px
        self._roomy = self.width() >= px(ROOMY)
        wide, tiny = size == "wide" and self._roomy, size == "tiny"
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.top.setDirection(way)
        if wide:
            self.strip_panel.setFixedWidth(px(STRIPS))
        else:
            self.strip_panel.setMinimumWidth(0)
            self.strip_panel.setMaximumWidth(16777215)
        self.strip_legend.setVisible(not tiny)
        self.group_panel.groups.across(1 if tiny else 8 if wide else 3 if size == "narrow" else 5)
        edge = px(12 if tiny else 24)
        self.area.column.setContentsMargins(edge, px(8), edge, px(14))
        self.head_row.context.setVisible(not tiny)
        if wide:
            self.head_row.row.insertWidget(3, self.firm_button)
        moved = (self.pick_button, self.rank_button) if wide else (self.pick_button, self.rank_button, self.firm_button)
        for place, button in enumerate(moved):
            if not wide:
                self.action_row.insertWidget(place, button)
            else:
                self.head_row.row.removeWidget(button)
                self.head_row.row.insertWidget(self.head_row.row.indexOf(self.report), button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.firmness.isVisible():
            self.toggle_firmness()
            return
        if event.key() == Qt.Key.Key_Escape and self.members.isVisible():
            self.toggle_members()
            return
        super().keyPressEvent(event)


def make(session: Session, shell: Shell) -> Page:
    """The comparison page of the frame."""
    return BenchmarkPage(session, shell)
