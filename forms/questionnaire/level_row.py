"""One level of a rubric: chip, full text, the tag of last period, and once chosen its conditions as ticks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from forms.questionnaire import compare
from forms.questionnaire.flow import Flow
from forms.questionnaire.marks import draw_row
from forms.questionnaire.prose import Prose
from forms.questionnaire.terms import Spot
from forms.questionnaire.ticks import Tick
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.chip import paint_chip
from forms.widgets.labels import Label, Tag
from forms.words import _

CHIP = 28
PAD = 12


class LevelRow(QRadioButton):
    """A row that is a radio button: read as one, chosen by click, space, digit or arrow."""

    ticked = Signal(str, bool)
    term = Signal(str, QWidget)

    def __init__(self, level: int, text: str, spots: Sequence[Spot] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        style = theme()
        self.level = level
        self.locked = False
        self.ticks: dict[str, Tick] = {}
        self.words = Prose("body")
        self.words.say(text, spots)
        self.words.term.connect(self.term)
        self.previous = Tag(_("Last period"))
        self.previous.hide()
        self.chosen = Label(_("Chosen"), "label", "primary_text")
        self.chosen.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(style.px(2))
        self.body.addWidget(self.words)
        self.right = QVBoxLayout()
        self.right.setSpacing(style.px(4))
        self.right.addWidget(self.previous, 0, Qt.AlignmentFlag.AlignRight)
        self.right.addWidget(self.chosen, 0, Qt.AlignmentFlag.AlignRight)
        self.right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(PAD + CHIP + 12), style.px(11), style.px(PAD), style.px(11))
        row.setSpacing(style.px(12))
        row.addLayout(self.body, 1)
        row.addLayout(self.right)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoExclusive(False)
        self.name()

    def name(self) -> None:
        """What a screen reader says: level, text, and whether it was last period's."""
        text = _("Level {level}: {words}", level=self.level, words=self.words.text)
        self.setAccessibleName(text)
        beyond = tuple(self.words.text[start:end] for start, end in self.words.stressed)
        more = _("Beyond level {level}: {words}", level=self.level - 1, words=beyond) if beyond else ""
        before = "" if self.previous.isHidden() else self.previous.text()
        self.setAccessibleDescription(" ".join(part for part in (before, more) if part))

    def compare(self, below: str) -> None:
        """Set back what the level below says too, and forward what this one asks beyond it."""
        text = self.words.text
        same = compare.shared(text, below)
        self.words.weigh(same, compare.differing(text, below) if compare.alike(text, below) else ())
        self.name()

    def mark_previous(self, was: bool) -> None:
        self.previous.setVisible(was)
        self.name()

    def show_chosen(self, chosen: bool) -> None:
        self.setChecked(chosen)
        self.chosen.setVisible(chosen)
        self.words.embolden(chosen)
        self.words.set_ink("text_3" if self.locked and not chosen else "text")
        self.update()

    def unfold(self, own: Sequence[tuple[str, str, tuple[Spot, ...]]]) -> None:
        """Show the conditions of this level as ticks."""
        self.fold()
        box = QWidget()
        flow = Flow(theme().px(20), theme().px(2), box)
        for key, text, spots in own:
            flow.addWidget(self.tick(key, text, spots))
        self.body.addWidget(box)
        self.updateGeometry()

    def add_lower(self, lower: Sequence[tuple[int, QWidget, bool]]) -> None:
        """Conditions of lower levels, each folded under its heading; open where one of them lacks."""
        for level, folded, opened in lower:
            button = Button(self.heading(level, False), "link")
            button.setCheckable(True)
            button.toggled.connect(folded.setVisible)
            button.toggled.connect(lambda on, b=button, n=level: b.say(self.heading(n, on)))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.body.addWidget(folded)
            folded.hide()
            button.setChecked(opened)
        self.updateGeometry()

    @staticmethod
    def heading(level: int, opened: bool) -> str:
        if opened:
            return _("▾ Conditions of level {level}", level=level)
        return _("▸ Conditions of level {level}", level=level)

    def tick(self, key: str, text: str, spots: tuple[Spot, ...]) -> Tick:
        """A condition to tick; `ticked` tells its key."""
        tick = Tick(text, spots)
        tick.setChecked(True)
        tick.prose.term.connect(self.term)
        tick.clicked.connect(lambda on, k=key: self.ticked.emit(k, on))
        self.ticks[key] = tick
        return tick

    def fold(self) -> None:
        """Take the conditions away."""
        self.ticks.clear()
        while self.body.count() > 1:
            item = self.body.takeAt(1)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.updateGeometry()

    def set_locked(self, locked: bool) -> None:
        self.locked = locked
        for tick in self.ticks.values():
            tick.setEnabled(not locked)
        self.words.set_ink("text_3" if locked and not self.isChecked() else "text")

    # ---------------------------------------------------------------- geometry and paint
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint().expandedTo(QSize(0, theme().size("level_row"))) if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().size("level_row"))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        inner = layout.heightForWidth(width) if layout else 0
        return max(theme().size("level_row"), inner)

    def hitButton(self, pos: QPoint) -> bool:
        return not self.locked and self.rect().contains(pos)

    def nextCheckState(self) -> None:
        """A click tells the list; the list says which row is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.locked:
            self.click()
            return
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        style = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_row(painter, self, locked=self.locked)
        side = style.px(CHIP)
        paint_chip(painter, QRectF(style.px(PAD), style.px(9), side, side), self.level)
        painter.end()
