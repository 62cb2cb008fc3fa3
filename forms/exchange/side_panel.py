"""One column of a conflict: who, when, the value with its words, reason and evidence, and the choice to take it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assess.answers import Cell, Json
from assess.framework.model import Framework
from assess.packages.conflicts import Side
from forms.exchange import wording
from forms.figures import DASH, one_line
from forms.theme import theme
from forms.widgets.chip import Chip
from forms.widgets.labels import Elided, Label, Tag, Text
from forms.widgets.panel import Panel, Rule, Scroll
from forms.words import _


class Rich(Text):
    """Running text with parts in bold; what is passed is markup already."""

    def mark(self, markup: str, plain: str) -> None:
        """Set escaped markup and what it says."""
        self._plain, self._bold = plain, ""
        height = theme().line(str(self.property("type")))
        self.setText(f'<p style="line-height:{height}px;margin:0">{markup}</p>')
        self.setAccessibleName(plain)


class Radio(QWidget):
    """The round mark and its words; the panel around it takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on, self.words = False, ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme().px(32))

    def set(self, words: str, *, on: bool) -> None:
        self.words, self.on = words, on
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = now.px(18)
        ring = QRectF(1, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(now.color("primary" if self.on else "border_strong"), 2))
        painter.setBrush(now.color("panel"))
        painter.drawEllipse(ring)
        if self.on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("primary"))
            painter.drawEllipse(ring.adjusted(4.5, 4.5, -4.5, -4.5))
        font = now.font("strong" if self.on else "body")
        painter.setFont(font)
        painter.setPen(now.color("text"))
        area = self.rect().adjusted(side + now.px(10), 0, 0, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), self.words)


class SidePanel(Panel):
    """The common start (`base`) or one side. `chosen`: Space or a click; `moved` by −1 or 1; `taken`: Ctrl+Enter."""

    chosen = Signal(str)
    moved = Signal(int)
    taken = Signal(str)

    def __init__(self, *, base: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(padding=theme().edge, gap=0, parent=parent)
        px = theme().px
        self.base, self.head_id, self.on = base, "", False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if base else Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.top = QFrame()
        self.top.setProperty("box", "sunken")
        top = QVBoxLayout(self.top)
        top.setContentsMargins(px(16), px(10), px(14), px(10))
        top.setSpacing(0)
        line = QHBoxLayout()
        self.name = Elided("", "strong")
        self.mark = Tag("", "primary")
        line.addWidget(self.name, 1)
        line.addWidget(self.mark)
        self.who = Elided("", "label", "text_2")
        top.addLayout(line)
        top.addWidget(self.who)
        self.column.addWidget(self.top)
        self.column.addWidget(Rule())
        self.area = Scroll(gap=6)
        self.area.column.setContentsMargins(px(16), px(12), px(12), px(12))
        value = QHBoxLayout()
        value.setSpacing(px(12))
        self.chip = Chip(None, 36)
        self.value = Rich("", "body", "text_2" if base else "text")
        value.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        value.addWidget(self.value, 1, Qt.AlignmentFlag.AlignTop)
        self.area.column.addLayout(value)
        self.reason_name = Label("", "label", "text_2")
        self.reason = Rich("", "label", "text_2" if base else "text")
        self.evidence_name = Label("", "label", "text_2")
        self.evidence = Rich("", "label", "text_2" if base else "text")
        for widget in (self.reason_name, self.reason, self.evidence_name, self.evidence):
            self.area.column.addWidget(widget)
        self.area.column.addStretch(1)
        self.column.addWidget(self.area, 1)
        self.column.addWidget(Rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(px(16), px(6), px(16), px(6))
        self.only = Text("", "label", "text_2")
        self.radio = Radio()
        foot.addWidget(self.only)
        foot.addWidget(self.radio)
        self.column.addLayout(foot)
        self.only.setVisible(base)
        self.radio.setVisible(not base)

    def put(self, framework: Framework, cell: Cell, side: Side | None, title: str, other: Side | None) -> None:
        """Show a side; what the other one does not say is bold."""
        self.head_id = side.event if side is not None else ""
        self.name.setText(title)
        self.only.say(_("For comparison only; it cannot be taken."))
        parts = []
        if side is not None:
            who = " ".join(part for part in (side.unit, side.post, side.author) if part)
            parts = [one_line(who) or _("Somebody without a name"), wording.moment(side.at)]
        self.who.setText(" · ".join(parts) if parts else _("nothing stood here"))
        given: Json = side.value if side is not None else None
        level = wording.level(cell, given)
        self.chip.set(level)
        self.chip.setVisible(level is not None)
        words = wording.value(framework, cell, given)
        if level is not None and isinstance(given, dict):  # the chip says the number
            head, _sep, tail = words.partition("：" if "：" in words else ": ")
            words = tail or head
        against = wording.value(framework, cell, other.value) if other is not None else None
        if other is not None and level is not None:
            self._mark(self.value, words, words if given == other.value else "")
        else:
            self._mark(self.value, words, against)
        note = side.note if side is not None and cell[1] != "note" else ""
        other_note = other.note if other is not None else None
        self.reason_name.setText(_("Note"))
        self._mark(self.reason, note or DASH, other_note if other is not None else None)
        evidence = _evidence(side)
        self.evidence_name.setText(_("Evidence"))
        self._mark(self.evidence, evidence or DASH, _evidence(other) if other is not None else None)
        beside = not cell[1].startswith("evidence/")
        for widget in (self.reason_name, self.reason):
            widget.setVisible(cell[1] != "note")
        for widget in (self.evidence_name, self.evidence):
            widget.setVisible(beside)
        spoken = f"{title}. {self.who.text()}. {_('Level {level}', level=level) if level is not None else ''} {words}. "
        self._spoken = spoken + f"{_('Note')}: {note or DASH}. {_('Evidence')}: {evidence or DASH}"
        self.set_chosen(False)

    @staticmethod
    def _mark(target: Rich, words: str, other: str | None) -> None:
        target.mark(wording.differing(words, other), words)

    def set_chosen(self, on: bool) -> None:
        """Show it as the side that will be taken."""
        self.on = on
        self.radio.set(_("Take this one"), on=on)
        self.mark.set(_("will be taken"), "primary")
        self.mark.setVisible(on)
        soft = f"background: {theme().hex('primary_soft')};" if on else ""
        self.top.setStyleSheet(soft and f'QFrame[box="sunken"] {{ {soft} }}')
        self.setAccessibleName(f"{self._spoken} {_('will be taken') if on else ''}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.on:
            return
        now = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.color("primary"), now.px(2)))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), now.px(8), now.px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and held == Qt.KeyboardModifier.ControlModifier:
            self.taken.emit(self.head_id)
        elif held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Space or enter:
            self.chosen.emit(self.head_id)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + (theme().px(40) if key == Qt.Key.Key_Down else -theme().px(40)))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.base:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.chosen.emit(self.head_id)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    _spoken = ""


def _evidence(side: Side | None) -> str:
    if side is None:
        return ""
    return "\n".join(" ".join(part for part in (one.name, one.number, one.date) if part) for one in side.evidence)
