"""Last period beside this one: where its answers come from, what could not be brought, and what still holds."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from assess.answers import Answer
from assess.earlier import last_period
from assess.earlier.last_period import REASONS, confirmable
from forms.questionnaire import wording
from forms.session import Session
from forms.style import drawing
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.check import Check
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Scroll
from forms.words import _, show

CODE = Qt.ItemDataRole.UserRole


def boxes() -> str:
    """Boxes of the tree as the other check boxes look; a dash where only some below are ticked."""
    t = theme()
    side, edge = t.px(16), t.hex("border_strong")
    return (
        f"QTreeView::item {{ padding: {t.px(4)}px 0; }}"
        f"QTreeView::indicator {{ width: {side}px; height: {side}px; border: {t.edge}px solid {edge};"
        f" border-radius: {t.px(3)}px; background: {t.hex('panel')}; }}"
        f"QTreeView::indicator:checked {{ background: {t.hex('primary')}; border-color: {t.hex('primary')};"
        f' image: url("{drawing("tick", t.hex("on_primary"))}"); }}'
        f'QTreeView::indicator:indeterminate {{ image: url("{drawing("dash", edge)}"); }}'
    )


class LastPeriodDialog(QDialog):
    """`wanted` asks for another file; confirming is one operation, which can be undone."""

    wanted = Signal()
    confirmed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.session = session
        self.answers: dict[str, Answer] = {}
        px = theme().px
        self.setWindowTitle(_("Last period"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(16), px(14), px(14))
        whole.setSpacing(px(8))
        area = Scroll(gap=10)
        area.column.setContentsMargins(0, 0, px(6), 0)
        self.column = area.column
        whole.addWidget(area, 1)
        area.column.addWidget(Label(_("Last period"), "heading"))
        self.about = Text("", "body")
        area.column.addWidget(self.about)
        self.other = Button("", icon="folder", run=self.wanted.emit)
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addStretch(1)
        area.column.addLayout(row)
        self.left_head = Label("", "strong")
        self.left = Text("", "label", "text_2")
        area.column.addWidget(self.left_head)
        area.column.addWidget(self.left)
        self.tree_head = Label("", "strong")
        self.tree_text = Text("", "label", "text_2")
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setMinimumHeight(px(180))
        self.tree.setStyleSheet(boxes())
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setAccessibleName(_("Confirm as unchanged"))
        self.tree.itemChanged.connect(lambda _item, _column: self.judge())
        for widget in (self.tree_head, self.tree_text):
            area.column.addWidget(widget)
        area.column.addWidget(self.tree, 20)
        self.vow = Check("")
        self.vow.toggled.connect(lambda _on: self.judge())
        area.column.addWidget(self.vow)
        area.column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.leave = Button(_("Close"), run=self.reject)
        self.go = Button("", "primary", run=self.give)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        whole.addLayout(buttons)
        room = self.screen().availableGeometry().size()
        self.resize(min(px(640), room.width() - 40), min(px(640), room.height() - 60))
        self.fill()

    def fill(self) -> None:
        """Show what the document holds of last period now."""
        sheet, framework = self.session.sheet, self.session.framework
        found = sheet.cells.get(last_period.ABOUT)
        about: Mapping[str, object] = found if isinstance(found, Mapping) else {}
        count = sum(column == "previous" for _item, column in sheet.cells)
        self.about.say(self.told(about, count))
        locked = self.session.locked
        self.other.say(_("Choose another file…") if count else _("Choose the file of last period…"))
        self.other.refuse(show(locked))
        listed = about.get("left_out")
        lines = []
        for reason, words in REASONS.items():
            codes = listed.get(reason) if isinstance(listed, Mapping) else None
            if codes:
                lines.append(_("{reason} ({count}): {codes}", reason=words, count=len(codes), codes=tuple(codes)))
        self.left_head.setText(_("What could not be brought"))
        self.left_head.setVisible(bool(lines))
        self.left.say("\n".join(lines))
        self.left.setVisible(bool(lines))
        self.answers = confirmable(framework, sheet) if locked is None else {}
        self.tree_head.setText(_("Confirm as unchanged"))
        self.tree_text.say(
            _(
                "Unanswered questions whose answer of last period may be confirmed together. Key indicators, outcomes "
                "and figures are not here: they are confirmed one at a time at the question, with the key =."
            )
            if self.answers
            else _("No unanswered question can be confirmed together. At each question the key = confirms it.")
        )
        self.grow()
        self.vow.say(
            _(
                "I have compared each question ticked: the facts hold as of {date}.",
                date=self.session.profile.base_date or _("the reference date"),
            )
        )
        self.vow.setChecked(False)
        for widget in (self.tree_head, self.tree_text):
            widget.setVisible(bool(count))
        for shown in (self.tree, self.vow, self.go):
            shown.setVisible(bool(self.answers))
        self.judge()

    def told(self, about: Mapping[str, object], count: int) -> str:
        if not count:
            return _(
                "Nothing of last period stands beside the questions yet. Its answers are there to be compared with; "
                "they are never taken over by themselves."
            )
        if not about:
            return _("{count} answers of last period stand beside the questions.", count=count)
        return _(
            "{count} answers of last period stand beside the questions: {unit}, reference date {date}, from {file}.",
            count=count,
            unit=str(about.get("unit", "")),
            date=str(about.get("base_date", "")) or "—",
            file=str(about.get("file", "")),
        )

    def grow(self) -> None:
        """Dimensions with their questions; nothing is ticked beforehand."""
        framework = self.session.framework
        self.tree.blockSignals(True)
        self.tree.clear()
        tops: dict[str, QTreeWidgetItem] = {}
        flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for code, answer in self.answers.items():
            path = framework.path(code)
            node = path[1] if len(path) > 2 else ""
            if node not in tops:
                top = QTreeWidgetItem(self.tree)
                top.setFlags(flags | Qt.ItemFlag.ItemIsAutoTristate)
                top.setCheckState(0, Qt.CheckState.Unchecked)
                tops[node] = top
            item = framework.indicators[code]
            words = f"{code}  {show(item.name)}"
            given = show(wording.answer(item, answer))
            line = QTreeWidgetItem(tops[node], [_("{item}: {answer}", item=words, answer=given)])
            line.setFlags(flags)
            line.setCheckState(0, Qt.CheckState.Unchecked)
            line.setData(0, CODE, code)
            line.setToolTip(0, f"{show(item.question)}\n{given}")
        for node, top in tops.items():
            name = show(framework.nodes[node].name) if node else _("Other questions")
            top.setText(0, _("{name}: {count}", name=name, count=top.childCount()))
        self.tree.blockSignals(False)

    def ticked(self) -> tuple[str, ...]:
        found = []
        for at in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(at)
            for row in range(top.childCount() if top is not None else 0):
                line = top.child(row) if top is not None else None
                if line is not None and line.checkState(0) == Qt.CheckState.Checked:
                    found.append(str(line.data(0, CODE)))
        return tuple(found)

    def judge(self) -> None:
        """The button names how many it confirms, and asks for ticks and for the sentence."""
        count = len(self.ticked())
        self.go.say(_("Confirm {count} as unchanged", count=count) if count else _("Confirm as unchanged"))
        self.go.refuse(
            _("Tick the questions or dimensions first.")
            if not count
            else _("Confirm the sentence above first.")
            if not self.vow.isChecked()
            else ""
        )

    def give(self) -> None:
        chosen = self.ticked()
        cells = {(code, "self"): self.answers[code].to_json() for code in chosen}
        self.session.submit("set_cells", cells, "unchanged", then=lambda _changes: self.kept(len(chosen)))

    def kept(self, count: int) -> None:
        self.confirmed.emit(count)
        self.fill()
