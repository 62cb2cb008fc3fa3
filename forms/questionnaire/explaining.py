"""Explaining a term: the popover beside it, and which terms are near the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assess.framework.model import Framework
from forms.questionnaire import periods, terms
from forms.questionnaire.prose import Prose
from forms.widgets.labels import Keys, Label, Text
from forms.widgets.popover import Popover
from forms.words import _, show


def explain(framework: Framework, key: str, anchor: QWidget, base_date: str = "") -> Popover | None:
    """Open the popover of a term beside where it stands; None for a term the framework does not know."""
    entry = terms.entries(framework).get(key)
    if entry is None:
        return None
    made = Popover(parent=anchor.window())
    row = QHBoxLayout()
    row.addWidget(Label(show(entry.name), "heading"))
    row.addStretch(1)
    row.addWidget(Keys("Esc"))
    made.column.addLayout(row)
    texts = [show(entry.short), show(entry.long)]
    for index, text in enumerate(texts):
        if text and text not in texts[:index]:
            made.column.addWidget(Text(text, "label", "text" if index == 0 else "text_2"))
    base = periods.parse(base_date)
    if base is not None and periods.windows(entry.name, base):
        made.column.addWidget(Text(show(periods.sentence(entry.name, base_date)), "label"))
    if entry.related:
        made.column.addWidget(Text(_("See also: {terms}", terms=entry.related), "caption", "text_2"))
    origin = _("Wording rules") if entry.convention else _("Glossary")
    made.column.addWidget(Text(origin, "caption", "text_3"))
    made.setAccessibleName(". ".join(part for part in (show(entry.name), *texts) if part))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    where = anchor.spot_rect(key) if isinstance(anchor, Prose) else None
    made.show_at(anchor, where)
    return made


def spots_near(focused: QWidget | None, card: QWidget | None) -> list[tuple[str, Prose]]:
    """Terms of the focused row first, then those of the whole card, in reading order."""
    found: list[tuple[str, Prose]] = []
    for holder in (focused, card):
        if holder is None or (card is not None and holder is not card and not card.isAncestorOf(holder)):
            continue
        for prose in holder.findChildren(Prose):
            if prose.isVisibleTo(holder):
                found += [(spot.key, prose) for spot in prose.spots if (spot.key, prose) not in found]
    return found
