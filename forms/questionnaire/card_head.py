"""The head of a card: code and name, what kind of item it is, its weight, and the flag to come back to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assess.framework.indicator import Indicator
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.buttons import icon_button
from forms.widgets.labels import Tag
from forms.words import _, language, show


class Head(QWidget):
    """Code and name at the left; tags, weight and flag at the right. `marking` says what the flag is to become."""

    marking = Signal(bool)

    def __init__(self, item: Indicator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        gap = "\u3000" if language() == "zh" else "\u2002"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        self.name = Prose("label", "text_2")
        self.name.say(f"{item.code}{gap}{show(item.name)}")
        row.addWidget(self.name, 1)
        if item.key:
            row.addWidget(Tag(_("Key indicator"), "primary"), 0, Qt.AlignmentFlag.AlignTop)
        if item.core:
            row.addWidget(Tag(_("Core item")), 0, Qt.AlignmentFlag.AlignTop)
        hints = []
        if item.kind == "multi":
            hints.append(_("several may be ticked, ★ mandatory"))
        if item.global_weight:
            hints.append(_("weight {weight}%", weight=f"{item.global_weight:.2f}"))
        self.weight = Prose("label", "text_2")
        line = " · ".join(hints)
        self.weight.say(line)
        self.weight.setMinimumWidth(self.weight.natural_width())
        row.addWidget(self.weight, 0, Qt.AlignmentFlag.AlignTop)
        self.mark = icon_button("flag", _("Come back to this"), run=lambda: self.marking.emit(not self.marked))
        self.mark.setCheckable(True)
        self.mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mark.setFixedSize(look.px(26), look.px(22))
        self.mark.setStyleSheet(
            f"QPushButton {{ border: none; background: transparent; padding: 0; border-radius: {look.px(4)}px;"
            f" min-height: {look.px(22)}px; max-height: {look.px(22)}px; min-width: {look.px(26)}px; }}"
            f"QPushButton:hover {{ background: {look.hex('hover')}; }}"
            f"QPushButton:checked {{ background: {look.hex('primary_soft')};"
            f" border: {look.edge}px solid {look.hex('primary_line')}; }}"
        )
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self.marked = False

    def show_mark(self, marked: bool, reason: str) -> None:
        """The flag: whether this item is to be come back to; `reason` says why it cannot be changed."""
        self.marked = marked
        self.mark.setChecked(marked)
        self.mark.setToolTip(_("Take the mark off (Ctrl+B)") if marked else _("Come back to this (Ctrl+B)"))
        self.mark.setAccessibleName(_("Marked to come back to") if marked else _("Come back to this"))
        self.mark.refuse(reason)
