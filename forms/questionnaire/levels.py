"""A rubric: six whole rows; digits choose at once, arrows move and choose, the chosen row unfolds its conditions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.answers import Answer
from assess.measure import scales
from forms.questionnaire import conditions
from forms.questionnaire.body import Asked, Body
from forms.questionnaire.level_row import LevelRow
from forms.questionnaire.notices import Line
from forms.questionnaire.prose import Prose
from forms.questionnaire.wording import figure
from forms.theme import theme
from forms.words import _


class Levels(Body):
    """The rubric of one item. An answer without any ticked condition was never checked one by one, and says so."""

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(asked, parent)
        self.rows: dict[int, LevelRow] = {}
        self.ticked: set[str] = set()
        self.level: int | None = None
        self.touched = False
        for level in sorted(asked.indicator.levels, key=lambda step: step.level):
            text, spots = asked.text(level.words)
            row = LevelRow(level.level, text, spots)
            row.clicked.connect(lambda _on=False, n=level.level: self.choose(n))
            row.ticked.connect(self.tick)
            row.term.connect(self.term)
            self.rows[level.level] = row
            below = self.rows.get(level.level - 1)
            if below is not None:
                row.compare(below.words.text)
            self.column.addWidget(row)
        self.line = Line()
        self.line.hide()
        self.rule = Prose("label", "text_2")
        self.rule.say(
            _("Check from low to high: all conditions of a level must hold; between two levels take the lower.")
        )
        self.column.addWidget(self.rule)
        self.effect = Prose("label", "text_2")
        self.effect.hide()
        self.column.addWidget(self.effect)
        self.mark_previous()
        self.stops()

    # ---------------------------------------------------------------- choosing
    def choose(self, level: int) -> None:
        """Choose a level: that claims all of its conditions. Choosing the chosen one again changes nothing."""
        if self.locked or level not in self.rows:
            return
        self.rows[level].setFocus(Qt.FocusReason.OtherFocusReason)
        if level == self.level:
            return
        self.give(level, conditions.claimed(self.asked.indicator, level))

    def give(self, level: int, ticked: Sequence[str]) -> None:
        answer = Answer.of_level(level, tuple(sorted(ticked)))
        self.show_answer(answer)
        self.grown.emit(self.rows[level])
        self.answered.emit(answer)

    def tick(self, key: str, on: bool) -> None:
        """A condition was ticked or unticked; the level stays until someone changes it."""
        if self.level is None:
            return
        self.ticked = self.ticked | {key} if on else self.ticked - {key}
        self.touched = True
        self.say_missing()
        if self.line.isVisibleTo(self):
            self.grown.emit(self.line)
        self.answered.emit(Answer.of_level(self.level, tuple(sorted(self.ticked))))

    # ---------------------------------------------------------------- showing
    def show_answer(self, answer: Answer | None) -> None:
        level = answer.level if answer is not None and answer.kind == "level" else None
        ticked = set(answer.conditions) if answer is not None else set()
        moved = level != self.level
        if moved:
            self.touched = False
        self.level, self.ticked = level, ticked
        for number, row in self.rows.items():
            if moved or row.isChecked() != (number == level):
                row.show_chosen(number == level)
                row.fold()
                if number == level:
                    self.unfold(row)
        if level is not None and level in self.rows:
            for key, tick in self.rows[level].ticks.items():
                tick.setChecked(key in ticked)
        self.say_missing()
        self.say_effect()
        self.stops()

    def say_effect(self) -> None:
        """What the level is worth, only where it may be seen while filling."""
        shown = self.asked.shows_score and self.level is not None
        if shown and self.level is not None:
            worth = scales.value(self.asked.indicator, Answer.of_level(self.level))
            self.effect.say(_("As answered: {score} points.", score=figure(worth.score or 0.0, 1)))
        self.effect.setVisible(shown)

    def unfold(self, row: LevelRow) -> None:
        """Own conditions as ticks; conditions of the levels below, from 3, folded."""
        indicator = self.asked.indicator
        known = conditions.levels(indicator)
        own = known[row.level]
        if not own.conditions:
            return
        lower: list[tuple[int, QWidget, bool]] = []
        row.unfold(
            [
                (key, *self.asked.text(words))
                for key, words in zip(conditions.keys(indicator, row.level), own.conditions, strict=True)
            ]
        )
        for step in conditions.reach(row.level)[1:]:
            if step in known and known[step].conditions:
                box = QWidget()
                column = QVBoxLayout(box)
                column.setContentsMargins(theme().px(12), 0, 0, theme().px(4))
                column.setSpacing(0)
                for key, words in zip(conditions.keys(indicator, step), known[step].conditions, strict=True):
                    column.addWidget(row.tick(key, *self.asked.text(words)))
                held = not self.ticked or self.ticked.issuperset(conditions.keys(indicator, step))
                lower.append((step, box, not held))
        row.add_lower(lower)
        row.set_locked(self.locked)

    def say_missing(self) -> None:
        """The amber line under the chosen row: what is missing and what then holds."""
        self.column.removeWidget(self.line)
        self.line.hide()
        if self.level is None or self.level not in self.rows:
            return
        indicator = self.asked.indicator
        missing = conditions.missing(indicator, self.level, self.ticked)
        if not missing:
            return
        self.column.insertWidget(self.column.indexOf(self.rows[self.level]) + 1, self.line)
        if not self.ticked and not self.touched:
            self.line.tell(
                "info",
                _("The conditions have not been checked one by one."),
                action=_("All of them hold"),
                run=self.give_all,
            )
        else:
            holding = conditions.holding(indicator, self.level, self.ticked)
            self.line.tell(
                "warning",
                _("{count} more to go; by the rule level {level} holds.", count=len(missing), level=holding),
                action=_("Change to level {level}", level=holding),
                run=partial(self.choose, holding),
            )
        self.line.lock(self.locked)
        self.line.show()

    def give_all(self) -> None:
        if self.level is not None:
            self.give(self.level, conditions.claimed(self.asked.indicator, self.level))

    def refresh(self, asked: Asked) -> None:
        super().refresh(asked)
        self.mark_previous()

    def mark_previous(self) -> None:
        before = self.asked.previous
        for number, row in self.rows.items():
            row.mark_previous(before is not None and before.kind == "level" and before.level == number)

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        for row in self.rows.values():
            row.set_locked(locked)
        self.line.lock(locked)

    # ---------------------------------------------------------------- keys
    def stops(self) -> None:
        """One row is in the Tab order: the chosen one, else the first; the arrows reach the others."""
        chosen = self.level if self.level in self.rows else min(self.rows, default=None)
        for number, row in self.rows.items():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == chosen else Qt.FocusPolicy.ClickFocus)

    def entry(self) -> QWidget:
        if not self.rows:
            return self
        return self.rows[self.level if self.level in self.rows else min(self.rows)]

    def press(self, event: QKeyEvent) -> bool:
        text = event.text()
        if len(text) == 1 and text in "0123456789" and int(text) in self.rows:
            self.choose(int(text))
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        if event.key() == Qt.Key.Key_Right and self.level is not None and self.rows[self.level].hasFocus():
            return self.into_ticks()
        if event.key() == Qt.Key.Key_Left and self.level is not None:
            if any(tick.hasFocus() for tick in self.rows[self.level].ticks.values()):
                self.rows[self.level].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def step(self, by: int) -> bool:
        """Move and choose; inside the ticks, move from tick to tick."""
        if self.level in self.rows:
            ticks = [tick for tick in self.rows[self.level].ticks.values() if tick.isVisible()]
            here = next((index for index, tick in enumerate(ticks) if tick.hasFocus()), None)
            if here is not None:
                if 0 <= here + by < len(ticks):
                    ticks[here + by].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        order = sorted(self.rows)
        focused = next((n for n, row in self.rows.items() if row.hasFocus()), None)
        if focused is None:
            return False
        fresh = self.level is None and not self.locked and focused == order[0] and by > 0
        target = 0 if fresh else order.index(focused) + by
        if not 0 <= target < len(order):
            return True
        if self.locked:
            self.rows[order[target]].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.choose(order[target])
        return True

    def into_ticks(self) -> bool:
        ticks = self.rows[self.level].ticks if self.level is not None else {}
        for tick in ticks.values():
            tick.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def keys(self) -> Sequence[tuple[str, str]]:
        low, high = min(self.rows, default=0), max(self.rows, default=5)
        return ((f"{low} – {high}", _("choose level")), ("↑ ↓", _("change level")), ("→", _("conditions")))
