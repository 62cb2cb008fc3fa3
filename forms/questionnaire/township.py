"""For townships and villages: one plain question in large letters. No weights, no evidence, no names of levels.

Unanswered is fine: what one cannot tell is left out (perception rule of the framework).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess import walk
from assess.answers import Answer
from assess.grassroots.form import ordered
from assess.language import Words
from assess.measure import scales
from assess.problems import Problem
from forms.page import Shell, Size
from forms.questionnaire import plain, township_end
from forms.questionnaire.evidence_panel import clear
from forms.questionnaire.prose import Prose
from forms.questionnaire.tiles import KeyPad, Tile, in_columns, move
from forms.questionnaire.township_bars import BottomBar, TopBar
from forms.questionnaire.township_foot import foot
from forms.questionnaire.typed import Pause, is_plain
from forms.session import Session
from forms.theme import theme
from forms.widgets.panel import Scroll
from forms.words import _, show

ZOOMS = (1.0, 1.2, 1.45)
TINY = {"township.question": 0.68, "township.body": 0.82, "township.choice": 0.82}
KEPT = "township_zoom"  # the size of letters is kept while the window is open


class Township(QWidget):
    """One question at a time; digits choose and stay, Enter goes on."""

    def __init__(self, session: Session, shell: Shell, top: TopBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.shell = session, shell
        self.code = ""
        self.zoom = int(session.property(KEPT) or 0)
        self.at_end = False
        self.size_class: Size = "wide"
        self.tiles: dict[str, Tile] = {}
        self.pad: KeyPad | None = None
        self.typed = ""
        self.paper = Scroll(gap=20)
        self.pause = Pause(self)
        self.pause.paused.connect(self.give_number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top, self.bottom = top, BottomBar()
        self.top.retranslate()
        self.top.sleep(False)
        self.top.larger.connect(self.enlarge)
        self.bottom.previous.connect(lambda: self.step(-1))
        self.bottom.next.connect(lambda: self.step(1))
        column.addWidget(self.paper, 1)
        column.addWidget(self.bottom)
        session.changed.connect(self.on_changed)
        session.saved.connect(self.on_saved)
        session.saving.connect(self.on_saving)
        session.failed.connect(self.on_failed)
        for keys, by in (("Alt+Right", 1), ("Alt+Left", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda n=by: self.step(n))

    def stop(self) -> None:
        """The page is put away: it hears nothing any more."""
        self.top.larger.disconnect(self.enlarge)
        self.top.sleep(True)
        for signal, slot in (
            (self.session.changed, self.on_changed),
            (self.session.saved, self.on_saved),
            (self.session.saving, self.on_saving),
            (self.session.failed, self.on_failed),
        ):
            signal.disconnect(slot)

    # ---------------------------------------------------------------- showing
    def items(self) -> tuple[str, ...]:
        """The questions in the order of the paper form, so that both have the same numbers."""
        return ordered(self.session.framework, walk.items(self.session.framework, self.session.sheet))

    def first_open(self) -> str:
        order = self.items()
        return next((code for code in order if self.session.sheet.answer(code) is None), order[0] if order else "")

    def show_place(self, place: str) -> None:
        order = self.items()
        if place in order:
            self.show_item(place)
        elif order:
            self.show_item(self.first_open())
        else:
            self.show_end()

    def place(self) -> str:
        return self.code

    def go(self, target: str) -> None:
        if target in self.session.framework.nodes:
            target = next(iter(self.session.framework.leaves(target)), "")
        if target in self.items():
            self.flush()
            self.show_item(target)

    def sheet_of_paper(self) -> tuple[QWidget, QVBoxLayout]:
        """A fresh sheet with the wide margins of this page."""
        self.tiles, self.pad = {}, None
        clear(self.paper.column)
        sheet = QWidget()
        space = theme().px
        edge = {"wide": 100, "narrow": 48, "tiny": 16}[self.size_class]
        top, gap = (10, 10) if self.size_class == "tiny" else (28, 20)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(space(edge), space(top), space(edge), space(gap))
        column.setSpacing(space(gap))
        self.paper.column.addWidget(sheet)
        self.paper.column.addStretch(1)
        return sheet, column

    def large(self, text: str, face: str, ink: str = "text") -> Prose:
        prose = Prose(face, ink)
        prose.enlarge(self.factor(face))
        prose.say(text)
        return prose

    def factor(self, face: str) -> float:
        """How much larger than its face a text is set: the size chosen, less where the window is tiny."""
        return ZOOMS[self.zoom] * (TINY.get(face, 1.0) if self.size_class == "tiny" else 1.0)

    def show_item(self, code: str) -> None:
        """One question: its words, its answers, and the way to leave it open."""
        self.code, self.at_end = code, False
        item = self.session.framework.indicators[code]
        paper_sheet, column = self.sheet_of_paper()
        column.addWidget(self.large(show(plain.question(item)), "township.question"))
        locked = self.session.locked
        if locked is not None:
            column.addWidget(self.large(show(locked), "township.body", "warning"))
        asked = plain.kind(item)
        if asked == "number":
            assert item.number is not None
            self.pad = KeyPad(show(item.number.unit), self.factor("township.body"), flat=self.size_class != "wide")
            self.pad.entered.connect(self.on_typed)
            column.addWidget(self.pad)
            self.wrong = self.large("", "township.body", "danger")
            self.wrong.hide()
            column.addWidget(self.wrong)
        else:
            for key, words, level in plain.choices(self.session.framework, item):
                tile = Tile(show(words), level, self.factor("township.choice"), low=self.size_class == "tiny")
                tile.clicked.connect(lambda _on=False, k=key: self.choose(k))
                tile.locked = locked is not None
                self.tiles[key] = tile
            narrow = self.zoom == len(ZOOMS) - 1 or self.size_class != "wide"
            column.addLayout(in_columns(list(self.tiles.values()), 1 if narrow else 2))
        worked = self.session.framework.examples.get(code)
        words = worked.plain_help if worked is not None else Words()
        column.addLayout(
            foot(self, words, lambda text: self.large(text, "township.body", "text_2"), lambda: self.step(1))
        )
        paper_sheet.show()
        self.show_answer()
        self.show_count()
        self.take_focus()
        self.shell.refresh_keys()

    def show_answer(self) -> None:
        answer = self.session.sheet.answer(self.code)
        held = set(answer.ticked) if answer is not None and answer.kind == "multi" else set()
        if answer is not None and answer.kind == "level" and answer.level is not None:
            held = {str(answer.level)}
        for key, tile in self.tiles.items():
            tile.show_checked(key in held)
        if self.pad is not None:
            self.pad.show_text((answer.result or answer.numerator or "") if answer is not None else "")

    def show_count(self) -> None:
        order = self.items()
        at = order.index(self.code) + 1 if self.code in order and not self.at_end else len(order)
        self.top.show_count(at, len(order))
        self.bottom.show_place(first=at <= 1 and not self.at_end, last=self.at_end)

    # ---------------------------------------------------------------- answering
    def choose(self, key: str) -> None:
        """A tile or a digit: chosen, and the question stays."""
        if self.session.locked is not None or key not in self.tiles:
            return
        item = self.session.framework.indicators[self.code]
        if plain.kind(item) == "tick":
            ticked = {one for one, tile in self.tiles.items() if tile.isChecked()} ^ {key}
            answer = Answer.of_ticks(ticked) if ticked else None
        else:
            answer = Answer.of_level(int(key))
        for one, tile in self.tiles.items():
            tile.show_checked(
                one in (answer.ticked if answer is not None and answer.kind == "multi" else (key,))
                and answer is not None
            )
        self.tiles[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.submit("answer", self.code, answer)

    def on_typed(self, text: str) -> None:
        self.typed = text
        self.pause.typed()

    def give_number(self) -> None:
        """A rough number, cleaned; what is no number is said and not saved."""
        if self.pad is None or self.session.locked is not None:
            return
        text = self.pad.field.text().strip()
        try:
            answer = Answer.of_number(result=scales.clean(text)) if text else None
        except Problem as problem:
            self.wrong.say(problem.sentence(self.shell.language))
            self.wrong.show()
            return
        self.wrong.hide()
        if answer != self.session.sheet.answer(self.code):
            self.session.submit("answer", self.code, answer)

    def flush(self) -> None:
        self.pause.flush()

    def on_changed(self, changes: Any) -> None:
        if self.code in changes.items and not self.session.busy:
            self.show_answer()

    def on_saved(self, _at: object) -> None:
        self.bottom.tell("saved")

    def on_saving(self) -> None:
        self.bottom.tell("saving")

    def on_failed(self, problem: Problem) -> None:
        self.bottom.tell("failed", show(problem))
        if not self.at_end:
            self.show_answer()

    # ---------------------------------------------------------------- moving
    def step(self, by: int) -> None:
        self.flush()
        order = self.items()
        if self.at_end:
            if by < 0 and order:
                self.show_item(order[-1])
            elif by > 0:
                self.finish()
            return
        at = (order.index(self.code) if self.code in order else -1) + by
        if at >= len(order):
            self.show_end()
        elif at >= 0:
            self.show_item(order[at])

    def show_end(self) -> None:
        """The last page: what was answered, to read aloud, and what was left open."""
        self.at_end = True
        sheet, framework = self.session.sheet, self.session.framework
        paper_sheet, column = self.sheet_of_paper()
        order = self.items()
        if not order:
            column.addWidget(self.large(_("This document asks no questions."), "township.question"))
        else:
            done = sum(sheet.answer(code) is not None for code in order)
            text = _("{done} of {total} answered. Please read it over.", done=done, total=len(order))
            column.addWidget(self.large(text, "township.question"))
        if self.session.locked is not None:
            column.addWidget(self.large(show(self.session.locked), "township.body", "success"))
        for text, heading, _code in township_end.summary(framework, sheet, order):
            line = self.large(text, "township.body", "text" if heading else "text_2")
            line.embolden(heading)
            column.addWidget(line)
        paper_sheet.show()
        self.paper.verticalScrollBar().setValue(0)
        self.show_count()
        self.bottom.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Seal the sheet, and say which file to hand back."""
        self.flush()
        township_end.hand_in(self.session, self.shell, self.show_end)

    def enlarge(self) -> None:
        """Three sizes, round and round."""
        self.zoom = (self.zoom + 1) % len(ZOOMS)
        self.session.setProperty(KEPT, self.zoom)
        self.flush()
        if self.at_end:
            self.show_end()
        else:
            self.show_item(self.code)

    def fit(self, size: Size) -> None:
        self.bottom.fit(size)
        self.top.fit(size)
        moved = size != self.size_class
        self.size_class = size
        if moved and self.code and not self.at_end:
            self.show_item(self.code)

    def take_focus(self) -> None:
        chosen = next((tile for tile in self.tiles.values() if tile.isChecked()), None)
        first = next(iter(self.tiles.values()), None)
        target = self.pad or chosen or first or self.bottom.forward
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------- keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain(event):
            self.step(1)
            return
        letter = event.text().upper()
        if letter.isdigit() and letter != "0" and "0" not in self.tiles and len(self.tiles) >= int(letter):
            letter = list(self.tiles)[int(letter) - 1]  # ticks by their numbers on the paper
        if is_plain(event) and letter in self.tiles:
            self.choose(letter)
            return
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}
        by = moves.get(Qt.Key(event.key()))
        if by is not None and self.tiles and is_plain(event):
            self.move_focus(by)
            return
        super().keyPressEvent(event)

    def move_focus(self, by: int) -> None:
        one = self.zoom == len(ZOOMS) - 1 or self.size_class != "wide"
        move(list(self.tiles.values()), (1 if by > 0 else -1) if one else by)

    def keys(self) -> Sequence[tuple[str, str]]:
        last = max(self.tiles, default="5")
        return ((f"{min(self.tiles, default='0')} – {last}", _("choose")), ("Enter", _("next question")))

    def areas(self) -> Sequence[QWidget]:
        return (self.paper, self.bottom)

    def open_search(self) -> bool:
        return False
