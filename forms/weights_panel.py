"""The weights a document may choose, side by side with what comes of them: shared by results and benchmark.

A column per set, a row per figure. The set in force is named; another one is taken by its button, as one operation that
can be undone. Reckoned only while it is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from assess.benchmark.scenarios import Outcome, outcomes, set_aside
from assess.framework.model import Framework
from assess.framework.settled import scenarios
from forms.figures import figure as number
from forms.figures import one_line
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Tag, Text
from forms.widgets.panel import Panel
from forms.words import _, show

if TYPE_CHECKING:
    from assess.benchmark.peers import Peer
    from forms.session import Session

MANY = 12


class WeightsPanel(Panel):
    """The table of scenarios, closed until its `button` is pressed."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(gap=8, parent=parent)
        self.session = session
        self.button = Button("", "link", run=self.toggle)
        self.library: Sequence[Peer] = ()
        self.ranks = False
        self.note = Text("", "label", "text_2")
        self.column.addWidget(self.note)
        self.table = QWidget()
        self.grid = QGridLayout(self.table)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme().px(16))
        self.grid.setVerticalSpacing(theme().px(6))
        self.column.addWidget(self.table)
        self.shut = Button("", "link", run=self.toggle)
        self.heading.row.addWidget(self.shut)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def toggle(self) -> None:
        """Open or close."""
        self.setVisible(self.isHidden())
        self.refresh()
        (self.button if self.isHidden() else self.shut).setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def follow(self, library: Sequence[Peer] = (), *, ranks: bool = False) -> None:
        """Show what holds for the document of now; `library` are peers as they were scored, for ranks if asked for."""
        self.library, self.ranks = library, ranks
        self.refresh()

    def refresh(self) -> None:
        """The button names the weights in force; the table is reckoned where it is open."""
        session = self.session
        able = session.is_open and session.scores is not None and session.profile.mode in session.framework.modes
        known = scenarios(session.framework) if able else ()
        self.button.setVisible(bool(known))
        if not known:
            self.hide()
            return
        settled = session.framework.settled
        name = settled[1] if settled is not None else ""
        words = next((one.words or one.id for one in known if one.id == name), None)
        now = show(words) if words is not None and name else _("the framework's own")
        self.button.say(_("Weights: {name}", name=one_line(now)))
        if self.isHidden():
            return
        self.say(_("Weights side by side"))
        self.shut.say(_("Close"))
        aside = set_aside(session.framework, session.sheet)
        found = outcomes(session.framework, session.sheet, self.library if self.ranks else ())
        self.note.say(
            show(aside)
            if aside is not None
            else _("Only the weights differ. Choosing others changes total, stage and reports; it can be undone.")
            if any(one.open and not one.in_force for one in found)
            else _("In this mode the framework's own weights stand; here they are only compared.")
        )
        self._fill(found)

    def _fill(self, found: Sequence[Outcome]) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        framework = self.session.framework
        locked = self.session.locked
        for column, one in enumerate(found, start=1):
            head = Text(one_line(show(one.words)), "label", "text")
            self.grid.addWidget(head, 0, column)
            self.grid.setColumnStretch(column, 1)
        row = 1
        for words, cells in self._rows(framework, found):
            self.grid.addWidget(Text(words, "label", "text_2"), row, 0)
            for column, text in enumerate(cells, start=1):
                self.grid.addWidget(Text(text, "body" if row == 1 else "label"), row, column)
            row += 1
        for column, one in enumerate(found, start=1):
            if one.in_force:
                self.grid.addWidget(Tag(_("In force"), "primary"), row, column, Qt.AlignmentFlag.AlignLeft)
                continue
            button = Button(_("Use these"), "plain", run=lambda name=one.id: self.choose(name))
            button.setAccessibleName(_("Use the weights “{name}”", name=one_line(show(one.words))))
            button.refuse(
                show(locked)
                if locked is not None
                else ""
                if one.open
                else _("In this mode the framework's own weights stand; here they are only compared.")
            )
            self.grid.addWidget(button, row, column, Qt.AlignmentFlag.AlignLeft)

    def _rows(self, framework: Framework, found: Sequence[Outcome]) -> list[tuple[str, list[str]]]:
        decimals = framework.show_decimals
        rows = [(_("Total"), [number(one.scores.graded, decimals) for one in found])]
        if framework.stages:
            rows.append((_("Stage held"), [self._stage(one) for one in found]))
        if self.ranks:
            rows.append((
                _("Rank"),
                [_("{rank} of {all}", rank=one.rank[0], all=one.rank[1]) if one.rank else "—" for one in found],
            ))  # fmt: skip
        for node in framework.dimensions[:MANY]:
            cells = []
            for one in found:
                share = dict(one.shares).get(node.code, 0.0)
                score = number(one.scores.nodes[node.code].score, decimals) if node.code in one.scores.nodes else "—"
                weight = f"{share * 100:.1f}".removesuffix(".0")
                cells.append(_("{score} (weight {share} %)", score=score, share=weight))
            rows.append((one_line(show(node.name)), cells))
        return rows

    @staticmethod
    def _stage(one: Outcome) -> str:
        stage = one.scores.gated_stage
        return one_line(show(stage.name)) if stage is not None else "—"

    def choose(self, name: str) -> None:
        """Record the choice in the document: a field of its profile."""
        self.session.submit("set_profile", weights=name)
