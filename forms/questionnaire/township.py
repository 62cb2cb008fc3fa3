"""For townships and villages: one plain question in large letters. No weights, no evidence, no names of levels.

Unanswered is fine: what one cannot tell is left out (perception rule of the framework).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from assess import walk
from assess.answers import Answer
from assess.framework.model import Indicator
from assess.language import Words
from assess.measure import scales
from assess.problems import Problem
from forms.page import Shell, Size
from forms.questionnaire import wording
from forms.questionnaire.marks import Icon
from forms.questionnaire.prose import Prose
from forms.questionnaire.tiles import KeyPad, Tile, in_columns
from forms.questionnaire.typed import Pause, is_plain
from forms.session import Session
from forms.theme import theme
from forms.widgets.bar import Bar
from forms.widgets.buttons import Button
from forms.widgets.labels import Label
from forms.widgets.panel import Scroll
from forms.words import _, show

ZOOMS = (1.0, 1.2, 1.45)


class Township(QWidget):
    """One question at a time; digits choose and stay, Enter goes on."""

    def __init__(self, session: Session, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.shell = session, shell
        self.code = ""
        self.zoom = 0
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
        column.addWidget(self.top())
        column.addWidget(self.paper, 1)
        column.addWidget(self.bottom())
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
        for signal, slot in (
            (self.session.changed, self.on_changed),
            (self.session.saved, self.on_saved),
            (self.session.saving, self.on_saving),
            (self.session.failed, self.on_failed),
        ):
            signal.disconnect(slot)

    # ---------------------------------------------------------------- making
    def top(self) -> QWidget:
        style = theme()
        frame = QFrame()
        frame.setProperty("box", "plain")
        frame.setProperty("edge", "bottom")
        row = QHBoxLayout(frame)
        row.setContentsMargins(style.px(48), style.px(8), style.px(48), style.px(8))
        row.setSpacing(style.px(24))
        row.addStretch(1)
        self.bar = Bar(240, 12)
        self.count = Prose("township.body")
        self.larger = roomy(Button(_("Larger letters"), large=True, run=self.enlarge))
        row.addWidget(self.bar)
        row.addWidget(self.count)
        row.addWidget(self.larger)
        return frame

    def bottom(self) -> QWidget:
        style = theme()
        frame = QFrame()
        frame.setProperty("box", "plain")
        frame.setProperty("edge", "top")
        row = QHBoxLayout(frame)
        row.setContentsMargins(style.px(48), style.px(12), style.px(48), style.px(12))
        self.back = Button(_("Previous"), icon="left", run=lambda: self.step(-1))
        self.forward = Button("", "primary", icon="right", run=lambda: self.step(1))
        self.forward.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for button in (self.back, self.forward):
            button.setStyleSheet(
                f"font-size: {style.px(24)}px; min-height: {style.px(62)}px; padding: 0 {style.px(36)}px;"
            )
        self.saved_mark = Icon("tick", 24)
        self.saved = Label("", "body", "success")
        self.saved.setStyleSheet(f"font-size: {style.px(20)}px;")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.saved_mark)
        row.addWidget(self.saved)
        row.addStretch(1)
        row.addWidget(self.forward)
        self.saved_mark.hide()
        return frame

    # ---------------------------------------------------------------- showing
    def items(self) -> tuple[str, ...]:
        return walk.items(self.session.framework, self.session.sheet)

    def show_place(self, place: str | None) -> None:
        order = self.items()
        if place in order:
            self.show_item(str(place))
        elif order:
            self.show_item(walk.next_open(self.session.framework, self.session.sheet) or order[0])
        else:
            self.show_end()

    def place(self) -> str | None:
        return self.code or None

    def go(self, target: str) -> None:
        if target in self.session.framework.nodes:
            target = next(iter(self.session.framework.leaves(target)), "")
        if target in self.items():
            self.flush()
            self.show_item(target)

    def clear(self) -> None:
        self.tiles, self.pad = {}, None
        while self.paper.column.count():
            item = self.paper.column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def sheet_of_paper(self) -> tuple[QWidget, QVBoxLayout]:
        """A fresh sheet with the wide margins of this page."""
        self.clear()
        sheet = QWidget()
        space = theme().px
        edge = {"wide": 100, "narrow": 48, "tiny": 24}[self.size_class]
        column = QVBoxLayout(sheet)
        column.setContentsMargins(space(edge), space(28), space(edge), space(20))
        column.setSpacing(space(20))
        self.paper.column.addWidget(sheet)
        self.paper.column.addStretch(1)
        return sheet, column

    def large(self, text: str, face: str, ink: str = "text") -> Prose:
        prose = Prose(face, ink)
        prose.enlarge(ZOOMS[self.zoom])
        prose.say(text)
        return prose

    def show_item(self, code: str) -> None:
        """One question: its words, its answers, and the way to leave it open."""
        self.code, self.at_end = code, False
        item = self.session.framework.indicators[code]
        paper_sheet, column = self.sheet_of_paper()
        small = item.grassroots
        question = small.question if small is not None and small.question else item.question
        column.addWidget(self.large(show(question), "township.question"))
        locked = self.session.read_only_reason
        if locked is not None:
            column.addWidget(self.large(show(locked), "township.body", "warning"))
        kind = self.kind(item)
        if kind == "number":
            assert item.number is not None
            self.pad = KeyPad(show(item.number.unit), ZOOMS[self.zoom])
            self.pad.entered.connect(self.on_typed)
            column.addWidget(self.pad)
            self.wrong = self.large("", "township.body", "danger")
            self.wrong.hide()
            column.addWidget(self.wrong)
        else:
            for key, words, level in self.choices(item):
                tile = Tile(show(words), level, ZOOMS[self.zoom])
                tile.clicked.connect(lambda _on=False, k=key: self.choose(k))
                tile.locked = locked is not None
                self.tiles[key] = tile
            narrow = self.zoom == len(ZOOMS) - 1 or self.size_class != "wide"
            column.addLayout(in_columns(list(self.tiles.values()), 1 if narrow else 2))
        column.addLayout(self.foot(code))
        paper_sheet.show()
        self.show_answer()
        self.show_count()
        self.take_focus()
        self.shell.refresh_keys()

    def foot(self, code: str) -> QVBoxLayout:
        """The reassuring line, the way to skip, and a plain explanation for who wants it."""
        outer = QVBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(
            self.large(_("Choose what is true. Nothing is uploaded, no village is named."), "township.body", "text_2"),
            1,
        )
        worked = self.session.framework.examples.get(code)
        plain = worked.plain_help if worked is not None else Words()
        help_text = self.large(show(plain), "township.body", "text_2")
        help_text.hide()
        if plain:
            ask = Button(_("What does it mean?"), large=True)
            ask.clicked.connect(lambda: help_text.setVisible(not help_text.isVisibleTo(self)))
            row.addWidget(roomy(ask))
        row.addWidget(roomy(Button(_("Cannot tell, skip for now"), large=True, run=lambda: self.step(1))))
        outer.addLayout(row)
        outer.addWidget(help_text)
        return outer

    def kind(self, item: Indicator) -> str:
        """felt, tick or number: by the scale of the plain question."""
        scale = item.grassroots.scale if item.grassroots is not None else ""
        if scale == "tick" and item.options:
            return "tick"
        if scale == "number" and item.number is not None:
            return "number"
        return "felt"

    def choices(self, item: Indicator) -> list[tuple[str, Words, int | None]]:
        """Key, words and level of every answer; levels of the item itself where it has no scale of its own."""
        if self.kind(item) == "tick":
            return [(option.key, option.words, None) for option in item.options]
        perception = self.session.framework.perception
        scale = perception.scales.get(item.grassroots.scale) if perception and item.grassroots else None
        if scale is not None and scale.labels:
            return [(str(level), words, level) for level, words in enumerate(scale.labels)]
        return [(str(level.level), level.words, level.level) for level in item.levels]

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
        self.bar.set(at, len(order), _("Question {at} of {total}", at=at, total=len(order)))
        self.count.say(_("Question {at} of {total}", at=at, total=len(order)))
        self.count.setMinimumWidth(self.count.natural_width())
        self.back.refuse(_("This is the first question.") if at <= 1 and not self.at_end else "")
        self.forward.say(_("Finish") if self.at_end else _("Next"))

    # ---------------------------------------------------------------- answering
    def choose(self, key: str) -> None:
        """A tile or a digit: chosen, and the question stays."""
        if self.session.read_only_reason is not None or key not in self.tiles:
            return
        item = self.session.framework.indicators[self.code]
        if self.kind(item) == "tick":
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
        if self.pad is None or self.session.read_only_reason is not None:
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
        self.saved_mark.show()
        self.saved.dress(ink="success")
        self.saved.setText(_("Saved"))

    def on_saving(self) -> None:
        self.saved_mark.hide()
        self.saved.dress(ink="text_2")
        self.saved.setText(_("Saving…"))

    def on_failed(self, problem: Problem) -> None:
        self.saved_mark.hide()
        self.saved.dress(ink="danger")
        self.saved.setText(_("Could not be saved"))
        self.saved.setToolTip(show(problem))
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
                self.shell.notify(
                    "success",
                    _("Finished. Everything is saved."),
                    more=_("Hand the file back to whoever sent it."),
                    key="township",
                )
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
        for number, code in enumerate(order, 1):
            item = framework.indicators[code]
            question = item.grassroots.question if item.grassroots is not None else item.question
            line = _("{number}. {question}", number=number, question=show(question))
            column.addWidget(self.large(line, "township.body", "text_2"))
            answer = self.large(self.told(item, sheet.answer(code)), "township.body")
            answer.embolden(True)
            column.addWidget(answer)
        paper_sheet.show()
        self.paper.verticalScrollBar().setValue(0)
        self.show_count()
        self.forward.setFocus(Qt.FocusReason.OtherFocusReason)

    def told(self, item: Indicator, answer: Answer | None) -> str:
        if answer is None:
            return _("Left open")
        if answer.kind == "level":
            words = {level: text for _key, text, level in self.choices(item)}
            return show(words.get(answer.level, Words()))
        if answer.kind == "multi":
            names = {option.key: option.words for option in item.options}
            chosen = tuple(names[key] for key in answer.ticked if key in names)
            return _("{names}", names=chosen) if chosen else _("None of these")
        return show(wording.answer(item, answer))

    def enlarge(self) -> None:
        """Three sizes, round and round."""
        self.zoom = (self.zoom + 1) % len(ZOOMS)
        self.flush()
        if self.at_end:
            self.show_end()
        else:
            self.show_item(self.code)

    def fit(self, size: Size) -> None:
        moved = size != self.size_class
        self.size_class = size
        if moved and self.code and not self.at_end:
            self.show_item(self.code)

    def take_focus(self) -> None:
        chosen = next((tile for tile in self.tiles.values() if tile.isChecked()), None)
        first = next(iter(self.tiles.values()), None)
        target = self.pad or chosen or first or self.forward
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------- keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain(event):
            self.step(1)
            return
        letter = event.text().upper()
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
        tiles = list(self.tiles.values())
        here = next((at for at, tile in enumerate(tiles) if tile.hasFocus()), -1)
        if self.zoom == len(ZOOMS) - 1 or self.size_class != "wide":
            by = 1 if by > 0 else -1
        target = here + by
        if 0 <= target < len(tiles):
            tiles[target].setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> Sequence[tuple[str, str]]:
        last = max(self.tiles, default="5")
        return ((f"{min(self.tiles, default='0')} – {last}", _("choose")), ("Enter", _("next question")))

    def areas(self) -> Sequence[QWidget]:
        return (self.paper, self.back)

    def open_search(self) -> bool:
        return False


def roomy(button: Button) -> Button:
    """A plain button of this page: 20 px letters."""
    button.setStyleSheet(f"font-size: {theme().px(20)}px;")
    return button
