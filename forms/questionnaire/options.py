"""A checklist: letters toggle, mandatory options carry ★, each option shows its evidence; or none of these."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assess.answers import Answer, Evidence
from assess.framework.indicator import Option
from assess.measure import scales
from forms.questionnaire.body import Asked, Body
from forms.questionnaire.marks import draw_box, draw_row
from forms.questionnaire.notices import Line
from forms.questionnaire.prose import Prose
from forms.questionnaire.terms import Spot
from forms.questionnaire.wording import figure
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.labels import Label, Tag
from forms.words import _, show

EVIDENCE = 172


class Proof(Button):
    """The evidence of a row; arrows belong to the question."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)


class OptionRow(QCheckBox):
    """One option, 42 high or more: box, letter, text, ★, evidence. `option` None is “none of these”."""

    registering = Signal(str)
    term = Signal(str, QWidget)

    def __init__(self, option: Option | None, text: str, spots: Sequence[Spot] = ()) -> None:
        super().__init__()
        style = theme()
        self.option = option
        self.key = option.key if option else ""
        self.required = bool(option and option.required)
        self.locked = False
        self.letter = Label(self.key, "strong", "text_2")
        self.letter.setMinimumWidth(style.px(18))
        self.words = Prose("body")
        self.words.say(text, spots)
        self.words.term.connect(self.term)
        self.star = Tag(_("★ Mandatory"), "warning")
        if not self.required:
            self.star.hide()
        self.proof = Proof("", "link", run=lambda: self.registering.emit(self.key))
        self.proof.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.proof.hide()
        self.row = QHBoxLayout()
        self.row.setSpacing(style.px(10))
        self.row.addWidget(self.letter, 0, Qt.AlignmentFlag.AlignTop)
        self.cost = Prose("caption", "warning")
        self.cost.hide()
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.words)
        texts.addWidget(self.cost)
        self.row.addLayout(texts, 1)
        self.row.addWidget(self.star, 0, Qt.AlignmentFlag.AlignTop)
        self.whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.whole.setContentsMargins(style.px(42), style.px(9), style.px(12), style.px(9))
        self.whole.setSpacing(style.px(10))
        self.whole.addLayout(self.row, 1)
        self.whole.addWidget(self.proof, 0, Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{self.key} {text}".strip() + (_(" (mandatory)") if self.required else ""))

    def tell_cost(self, words: str) -> None:
        """What leaving a mandatory option out costs: at the star, and read with the row."""
        self.star.setToolTip(words)
        self.setAccessibleDescription(words)
        self.cost.say(words)

    def show_cost(self, on: bool) -> None:
        self.cost.setVisible(on and bool(self.cost.text))

    def show_evidence(self, pieces: Sequence[Evidence], *, wanted: bool) -> None:
        """What is registered for this option; a ticked one without anything says so in amber."""
        if self.option is None:
            self.proof.hide()
            return
        names = "、".join(" ".join((piece.number or piece.name).split()) for piece in pieces)
        self.proof.setVisible(bool(pieces) or wanted)
        if pieces:
            room = self.proof.fontMetrics().elidedText(names, Qt.TextElideMode.ElideRight, theme().px(EVIDENCE - 28))
            self.proof.say(room, _("Evidence of {key}: {names}", key=self.key, names=names))
            self.proof.draw("tick")
            self.proof.setToolTip(names)
            self.proof.setStyleSheet(f"color: {theme().hex('text')}; font-weight: 400;")
        else:
            self.proof.say(_("Register evidence…"), _("Register evidence of {key}", key=self.key))
            self.proof.draw("triangle")
            self.proof.setToolTip(show(self.option.evidence))
            self.proof.setStyleSheet(f"color: {theme().hex('warning')};")
        self.proof.setFixedWidth(theme().px(EVIDENCE))

    def stack(self, stacked: bool) -> None:
        """Evidence beside the text, or under it where it is narrow."""
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self.whole.setDirection(way)

    def hitButton(self, pos: QPoint) -> bool:
        return not self.locked and self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return self.whole.sizeHint().expandedTo(QSize(0, theme().px(42)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(42))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(theme().px(42), self.whole.heightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.locked:
            self.click()
            return
        event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        style = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rest, hovered = ("warning_line", "warning_line") if self.required else ("border", "border_strong")
        draw_row(painter, self, locked=self.locked, edge=rest, hovered=hovered, chosen="primary_line", bold=1)
        side = style.px(20)
        draw_box(
            painter, QRectF(style.px(12), style.px(11), side, side), checked=self.isChecked(), enabled=not self.locked
        )
        painter.end()


class Options(Body):
    """The checklist of one item. Nothing ticked is blank until “none of these” says it is the answer (D55)."""

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(asked, parent)
        self.rows: dict[str, OptionRow] = {}
        self.answer: Answer | None = None
        for option in asked.indicator.options:
            text, spots = asked.text(option.words)
            self.rows[option.key] = self.add(OptionRow(option, text, spots))
            self.rows[option.key].tell_cost(self.cost(option))
        self.none = self.add(OptionRow(None, _("None of these")))
        self.line = Line()
        self.line.hide()
        self.column.addWidget(self.line)
        self.show_proofs()

    def cost(self, option: Option) -> str:
        """What leaving a mandatory option unticked costs, where the effect may be seen; else that it is mandatory."""
        if not option.required:
            return ""
        if not self.asked.shows_score:
            return _("Mandatory: without it the list is not complete.")
        share = figure(100.0 / max(1, len(self.asked.indicator.options)), 1)
        cap = figure(self.asked.framework.checklist_cap, 0)
        return _("Without it: {share} points less, and at most {cap} points in all.", share=share, cap=cap)

    def add(self, row: OptionRow) -> OptionRow:
        row.clicked.connect(lambda on, r=row: self.click(r, on))
        row.registering.connect(self.registering)
        row.term.connect(self.term)
        self.column.addWidget(row)
        return row

    def click(self, row: OptionRow, on: bool) -> None:
        """Tick or untick; “none of these” clears the others, and unticking everything leaves it blank."""
        if row is self.none:
            self.give(Answer.of_ticks(()) if on else None)
            return
        ticked = {key for key, other in self.rows.items() if other.isChecked()}
        self.give(Answer.of_ticks(ticked) if ticked else None)

    def give(self, answer: Answer | None) -> None:
        self.show_answer(answer)
        self.answered.emit(answer)

    def show_answer(self, answer: Answer | None) -> None:
        given = answer if answer is not None and answer.kind == "multi" else None
        self.answer = given
        ticked = set(given.ticked) if given else set()
        for key, row in self.rows.items():
            row.setChecked(key in ticked)
            row.words.embolden(False)
            row.show_cost(given is not None and key not in ticked and self.asked.shows_score)
        self.none.setChecked(given is not None and not ticked)
        self.show_proofs()
        self.say_score()

    def refresh(self, asked: Asked) -> None:
        super().refresh(asked)
        self.show_proofs()
        self.say_score()

    def pieces(self, key: str) -> list[Evidence]:
        """Evidence of one option: what names it, and what covers the whole item."""
        return [piece for piece in self.asked.evidence if key in piece.options or not piece.options]

    def show_proofs(self) -> None:
        formal = self.asked.profile.mode == "formal" and not self.locked
        for key, row in self.rows.items():
            row.show_evidence(self.pieces(key), wanted=row.isChecked() and formal)

    def say_score(self) -> None:
        """One sentence that reckons the score, only where it may be seen; else what is still without evidence."""
        self.line.hide()
        if self.answer is None:
            return
        ticked = self.answer.ticked
        bare = tuple(key for key in ticked if not self.pieces(key))
        missing = tuple(key for key, row in self.rows.items() if row.required and key not in ticked)
        if self.asked.shows_score:
            worth = scales.value(self.asked.indicator, self.answer)
            share = figure(100.0 * len(ticked) / max(1, len(self.rows)), 1)
            sums = {"ticked": len(ticked), "total": len(self.rows), "share": share}
            more = _("{ticked} of {total} ticked: {ticked} ÷ {total} × 100 = {share}.", **sums)
            if missing:
                more = _(
                    "{ticked} ÷ {total} × 100 = {share}; mandatory {keys} not ticked, at most {cap} points.",
                    **sums,
                    keys=missing,
                    cap=figure(self.asked.framework.checklist_cap, 0),
                )
            score = figure(worth.score or 0.0, 1)
            self.line.tell("warning" if missing else "info", _("As answered: {score} points.", score=score), more)
            self.line.show()
            return
        parts = []
        if missing:
            parts.append(_("Mandatory options not ticked: {keys}.", keys=missing))
        if bare and self.asked.profile.mode == "formal":
            parts.append(_("{keys} count only once evidence is registered.", keys=bare))
        if parts:
            self.line.tell("warning", parts[0], " ".join(parts[1:]))
            self.line.show()

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        for row in (*self.rows.values(), self.none):
            row.locked = locked
            row.update()
        self.show_proofs()

    def entry(self) -> QWidget:
        return next(iter(self.rows.values()), self.none)

    def everyone(self) -> list[OptionRow]:
        return [*self.rows.values(), self.none]

    def current(self) -> OptionRow | None:
        return next((row for row in self.everyone() if row.hasFocus() or row.proof.hasFocus()), None)

    def press(self, event: QKeyEvent) -> bool:
        letter = event.text().upper()
        if len(letter) == 1 and letter in self.rows and not self.locked:
            self.rows[letter].setFocus(Qt.FocusReason.OtherFocusReason)
            self.rows[letter].click()
            return True
        row = self.current()
        if row is None:
            return False
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            order = self.everyone()
            target = order.index(row) + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= target < len(order):
                order[target].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() == Qt.Key.Key_Right and row.proof.isVisible():
            row.proof.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() == Qt.Key.Key_Left and row.proof.hasFocus():
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def stack(self, stacked: bool) -> None:
        for row in self.everyone():
            row.stack(stacked)

    def keys(self) -> Sequence[tuple[str, str]]:
        last = max(self.rows, default="A")
        return ((f"A – {last}", _("tick")), ("↑ ↓", _("move")), ("Ctrl+E", _("register evidence")))
