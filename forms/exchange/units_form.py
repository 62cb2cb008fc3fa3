"""Entering counties, townships and villages: lines typed or pasted from a table, and what was understood of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QWidget

from assess.packages.recipients import LowerUnit
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Text
from forms.widgets.panel import Panel
from forms.words import N_, _

KINDS = {"县": "county", "区": "county", "市": "county", "乡": "township", "镇": "township", "街道": "township",
         "乡镇": "township", "村": "village", "社区": "village", "county": "county", "township": "township",
         "village": "village"}  # fmt: skip
LEVELS = (("county", N_("County, district")), ("township", N_("Township, subdistrict")), ("village", N_("Village")))
PARTED = re.compile(r"\t|,|，|;|；|\s{2,}|(?<=\d)\s+(?=\S)")
HEADINGS = frozenset(["名称", "单位", "单位名称", "name", "unit"])
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Understood:
    """Units read from lines, and the lines that name none (number and text)."""

    units: tuple[LowerUnit, ...]
    odd: tuple[tuple[int, str], ...] = ()


def understood(text: str, level: str) -> Understood:
    """Units from lines of name, code, level in any order after the name; `level` where a line says none."""
    units: dict[str, LowerUnit] = {}
    odd = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = _parts(line)
        if not parts or parts[0].casefold() in HEADINGS:
            continue
        name, rest = parts[0], parts[1:]
        kind = next((KINDS[part.casefold()] for part in rest if part.casefold() in KINDS), level)
        codes = [part for part in rest if part.casefold() not in KINDS]
        if len(name) > LONGEST or name.isdigit() or len(codes) > 1 or any(not one.isalnum() for one in codes):
            odd.append((number, line.strip()[:40]))
            continue
        unit = LowerUnit(" ".join(name.split()), kind, codes[0] if codes else "")  # type: ignore[arg-type]
        units[unit.key] = unit
    return Understood(tuple(units.values()), tuple(odd))


def _parts(line: str) -> list[str]:
    """The fields of a line; a code or a level at its end may be parted from the name by one blank."""
    parts = [part.strip() for part in PARTED.split(line.strip()) if part and part.strip()]
    while parts and " " in parts[0]:
        name, _blank, last = parts[0].rpartition(" ")
        if last.casefold() not in KINDS and not last.isdigit():
            break
        parts[:1] = [name.strip(), last]
    return parts


class UnitsForm(Panel):
    """`entered` carries the units to add."""

    entered = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, gap=6, parent=parent)
        px = theme().px
        self.hint = Text("", "label", "text_2")
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setMinimumHeight(px(72))
        self.box.setMaximumHeight(px(120))
        self.box.textChanged.connect(self._look)
        self.level_name = Label("", "label")
        self.level = QComboBox()
        self.level.currentIndexChanged.connect(self._look)
        self.found = Text("", "label", "text_2")
        self.add = Button("", "primary", run=self._enter)
        self.cancel = Button("", run=self.closed.emit)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.level_name)
        row.addWidget(self.level)
        row.addStretch(1)
        end = QHBoxLayout()
        end.setSpacing(px(10))
        end.addWidget(self.found, 1)
        end.addWidget(self.cancel)
        end.addWidget(self.add)
        for widget in (self.hint, self.box):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self.column.addLayout(end)
        self.retranslate()
        self.hide()

    def read(self) -> Understood:
        return understood(self.box.toPlainText(), str(self.level.currentData() or "county"))

    def _look(self) -> None:
        read = self.read()
        words = _("Understood: {count} units.", count=len(read.units))
        if read.odd:
            lines = _(", ").join(f"{number}: {line}" for number, line in read.odd[:4])
            words = _("{words} Not understood, lines {lines}", words=words, lines=lines)
        self.found.say(words if self.box.toPlainText().strip() else "")
        self.found.dress(ink="danger" if read.odd else "text_2")
        self.add.refuse("" if read.units and not read.odd else _("Enter the name of every unit on a line of its own."))

    def _enter(self) -> None:
        self.entered.emit(self.read().units)

    def clear(self) -> None:
        self.box.clear()

    def retranslate(self) -> None:
        self.say(_("Add counties and townships"))
        self.hint.say(_("One unit on a line: name, code, level; parted by tabs or commas, as pasted from a table."))
        self.box.setAccessibleName(_("Units, one on a line"))
        self.box.setPlaceholderText(_("Example County, 990101"))
        self.level_name.setText(_("Level where a line says none"))
        chosen = max(self.level.currentIndex(), 0)
        self.level.blockSignals(True)
        self.level.clear()
        for key, words in LEVELS:
            self.level.addItem(_(words), key)
        self.level.setCurrentIndex(chosen)
        self.level.blockSignals(False)
        self.level.setAccessibleName(_("Level where a line says none"))
        self.add.say(_("Add them"))
        self.cancel.say(_("Cancel"))
        self._look()
