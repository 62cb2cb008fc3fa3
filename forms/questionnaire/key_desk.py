"""Keying in paper sheets, one after the other, by digits alone: number, Enter, answers; the next sheet comes by itself.

Every sheet is saved in the moment its last answer is keyed. What is interrupted is kept as a draft and goes on later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assess.grassroots import entry, sheets
from assess.grassroots.form import Form, form, printed, tier_name, tiers
from assess.grassroots.keying import Keying
from assess.grassroots.sheets import Filled
from assess.problems import Problem
from forms.page import Shell, Size
from forms.questionnaire import key_draft
from forms.questionnaire.key_files import KeyFiles
from forms.questionnaire.key_head import KeyHead
from forms.questionnaire.key_line import KeyLine
from forms.questionnaire.key_question import KeyQuestion
from forms.questionnaire.key_recent import KeyRecent
from forms.session import Session
from forms.theme import theme
from forms.widgets.notice import Notice
from forms.widgets.panel import Panel, Scroll
from forms.words import _, show


class KeyDesk(QWidget):
    """The screen of the clerk. `finish` is what leaving it does."""

    def __init__(self, session: Session, shell: Shell, finish: Callable[[], None]) -> None:
        super().__init__()
        self.session, self.shell, self.finish = session, shell, finish
        self.keying: Keying | None = None
        self.warned = 0
        self.tiny = False
        space = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.sheet_area = Scroll(margin=24, gap=12)
        outer.addWidget(self.sheet_area)
        self.head = KeyHead()
        self.question = KeyQuestion()
        self.line = KeyLine()
        self.notice = Notice("danger")
        self.notice.hide()
        self.recent = KeyRecent()
        self.panel = Panel(padding=16, gap=12)
        self.panel.column.addWidget(self.question)
        self.panel.column.addWidget(self.notice)
        self.panel.column.addWidget(self.line)
        column = self.sheet_area.column
        column.setSpacing(space(12))
        self.files = KeyFiles(session, shell, lambda: self.tier)
        column.addWidget(self.head)
        column.addWidget(self.panel)
        column.addWidget(self.recent)
        column.addStretch(1)
        self.head.leaving.connect(self.leave)
        self.head.number.returnPressed.connect(self.begin)
        self.head.number.textEdited.connect(self.forget_warning)
        self.head.place.returnPressed.connect(self.to_number)
        self.head.tiers.chosen.connect(self.choose_tier)
        self.head.printing.connect(self.files.ask_paper)
        self.head.reading.connect(self.files.ask_table)
        self.head.emptying.connect(self.files.ask_template)
        self.head.check.toggled.connect(lambda _on: self.to_number())
        self.line.signed.connect(self.sign)
        self.line.entered.connect(lambda: self.act(lambda keying: keying.enter()))
        self.line.taken_back.connect(lambda: self.act(lambda keying: keying.back()))
        self.line.went.connect(lambda at: self.act(lambda keying: keying.go(at)))
        self.line.left.connect(self.to_number)
        self.recent.correct.connect(self.correct)
        session.changed.connect(self.on_changed)
        session.failed.connect(self.on_failed)
        for keys, run in (("F2", self.to_number), ("Ctrl+Backspace", self.correct_last)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        known = tiers(session.whole_framework)
        self.tier = session.profile.tier if session.profile.tier in known else known[0]
        self.resume()
        self.head.tiers.offer([(tier, show(tier_name(tier))) for tier in known], self.tier)
        self.show_all()

    def stop(self) -> None:
        self.session.changed.disconnect(self.on_changed)
        self.session.failed.disconnect(self.on_failed)

    # ---------------------------------------------------------------- which sheet
    @property
    def form(self) -> Form:
        return form(self.session.whole_framework, self.tier)

    def keyed(self) -> dict[int, Filled]:
        return sheets.keyed(self.session.sheet, self.tier)

    def resume(self) -> None:
        """Go on with what was interrupted."""
        self.keying = key_draft.resumed(self.session)
        if self.keying is not None:
            self.tier = self.keying.form.tier
            self.head.number.setText(str(self.keying.number))
            self.head.place.setText(self.keying.place)
            number = printed(self.tier, self.keying.number)
            self.notice.say("info", _("Sheet {number} was begun; go on with it.", number=number))
            self.notice.show()

    def choose_tier(self, tier: str) -> None:
        self.keep_draft()
        self.tier, self.keying = tier, None
        self.show_all()
        self.to_number()

    def to_number(self) -> None:
        """To the number of the sheet; what is begun stays."""
        if self.keying is None or not self.keying.begun or self.keying.correcting:
            self.keying = None
            self.suggest()
            self.show_line()
        self.head.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.head.number.selectAll()

    def suggest(self) -> None:
        """The number that comes next: after the last one keyed; when checking, the next that is not checked."""
        held = self.keyed()
        if self.head.check.isChecked():
            waiting = [number for number, one in sorted(held.items()) if not one.checked]
            number = waiting[0] if waiting else max(held, default=1)
        else:
            number = self.last_number() + 1
            while number in held:
                number += 1
        self.head.number.setText(str(number))

    def last_number(self) -> int:
        last = self.recent.last
        return last.number if last is not None and last.tier == self.tier else max(self.keyed(), default=0)

    def begin(self) -> None:
        """Enter on the number: the same sheet goes on, a new one begins, one keyed already is warned of first."""
        locked = self.session.read_only_reason
        if locked is not None:
            self.complain("warning", show(locked))
            return
        try:
            number = entry.sheet_number(self.head.number.text())
        except Problem as problem:
            self.refuse(problem)
            return
        if self.keying is not None and self.keying.number == number:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.keying is not None and self.keying.begun and self.warned != -number:
            self.warned = -number
            self.complain("warning", *key_draft.unfinished(self.keying))
            return
        held = self.keyed().get(number)
        checking = self.head.check.isChecked()
        if checking and held is None:
            self.refuse(key_draft.not_keyed(self.tier, number))
            return
        if held is not None and not checking and self.warned != number:
            self.warned = number
            self.complain("warning", *key_draft.keyed_already(self.form, held))
            self.head.number.selectAll()
            return
        self.open(number, held, checking=checking)

    def open(self, number: int, held: Filled | None, *, checking: bool) -> None:
        self.warned = 0
        place = self.head.place.text().strip()
        self.keying = Keying(self.form, number, place, against=held if checking else None)
        if held is not None and checking:
            self.keying.place = held.place
        elif held is not None:
            self.keying.open(held)
            self.head.place.setText(held.place)
        self.notice.hide()
        self.head.number.setText(str(number))
        self.show_line()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def correct(self, column: str) -> None:
        """Open a sheet of the list again."""
        one = next((each for each in sheets.filled(self.session.sheet) if each.column == column), None)
        if one is None or one.origin:
            return
        self.keep_draft()
        if one.tier != self.tier:
            self.tier = one.tier
            self.head.tiers.choose(one.tier)
        self.head.check.setChecked(False)
        self.open(one.number, one, checking=False)

    def correct_last(self) -> None:
        if self.recent.last is not None:
            self.correct(self.recent.last.column)

    # ---------------------------------------------------------------- keys of the answers
    def sign(self, sign: str) -> None:
        self.act(lambda keying: keying.key(sign))

    def act(self, run: Callable[[Keying], None]) -> None:
        """Do one key; a refusal is said at once and the place stays."""
        keying = self.keying
        if keying is None:
            self.to_number()
            return
        try:
            run(keying)
        except Problem as problem:
            self.refuse(problem)
            self.line.put(keying, keying.at)
            return
        self.notice.hide()
        if keying.correcting:
            self.save_correction(keying)
        elif keying.done:
            self.save(keying)
        else:
            self.show_line()

    def save(self, keying: Keying) -> None:
        """The last answer is keyed: the sheet is saved, and the next one begins."""
        keying.place = self.head.place.text().strip() if keying.against is None else keying.place
        one = keying.sheet()
        self.recent.saved(one)
        self.keying = None
        cells: dict[tuple[str, str], Any] = {one.cell: one.to_json()}
        if self.session.sheet.cells.get(key_draft.DRAFT) is not None:
            cells[key_draft.DRAFT] = None
        self.session.submit("set_cells", cells, kind="sheet")
        self.head.number.setText(str(one.number))
        self.to_number()

    def save_correction(self, keying: Keying) -> None:
        """A sheet that is there already: every change is saved at once; its end leads back to the number."""
        keying.place = self.head.place.text().strip()
        one = keying.sheet()
        held = self.keyed().get(one.number)
        if held is None or (one.answers, one.place) != (held.answers, held.place):
            self.recent.saved(one)
            self.session.submit("set_cells", {one.cell: one.to_json()}, kind="sheet")
        if keying.done:
            self.keying = None
            self.to_number()
        else:
            self.show_line()

    # ---------------------------------------------------------------- showing
    def show_all(self) -> None:
        self.head.dress(village=self.tier == sheets.VILLAGE)
        if self.keying is None:
            self.suggest()
        self.show_line()
        self.show_list()

    def show_line(self) -> None:
        self.question.put(self.keying.question if self.keying is not None else None, self.form)
        self.line.put(self.keying if self.keying is not None else Keying(self.form, 0))
        self.line.setEnabled(self.keying is not None)
        if self.tiny and self.keying is not None:
            self.sheet_area.verticalScrollBar().setValue(self.panel.y())

    def show_list(self) -> None:
        held = [one for one in sheets.filled(self.session.sheet) if not one.origin]
        self.head.count(
            sum(one.tier == self.tier for one in held), sum(one.checked and one.tier == self.tier for one in held)
        )
        self.recent.put(held, {tier: len(form(self.session.whole_framework, tier).questions) for tier in
                               tiers(self.session.whole_framework)})  # fmt: skip

    def on_changed(self, changes: Any) -> None:
        if any(item == sheets.ITEM for item, _column in changes.cells):
            self.show_list()
            if self.keying is None:
                self.suggest()
                if self.head.number.hasFocus():
                    self.head.number.selectAll()

    def on_failed(self, problem: Problem) -> None:
        self.refuse(problem)

    def refuse(self, problem: Problem) -> None:
        self.complain("danger", show(problem.text), show(problem.hint))

    def complain(self, tone: str, first: str, more: str = "") -> None:
        self.notice.say(tone, first, more)
        self.notice.show()

    def forget_warning(self, _text: str) -> None:
        self.warned = 0
        self.notice.hide()

    # ---------------------------------------------------------------- what the page asks
    def keep_draft(self) -> None:
        """What is begun is kept in the document, so that nothing typed is lost."""
        key_draft.keep(self.session, self.keying)

    def leave(self) -> None:
        self.keep_draft()
        self.finish()

    def flush(self) -> None:
        self.keep_draft()

    def place(self) -> str:
        return ""

    def show_place(self, _place: str) -> None:
        """There is one place."""

    def go(self, _target: str) -> None:
        """There is one place."""

    def take_focus(self) -> None:
        if self.keying is not None:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.to_number()

    def fit(self, size: Size) -> None:
        self.head.fit(size)
        self.line.fit(small=size == "tiny")
        self.tiny = size == "tiny"
        margin = theme().px(12 if size == "tiny" else 24)
        self.sheet_area.column.setContentsMargins(margin, theme().px(12), margin, theme().px(12))

    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("0 – 5", _("answer")),
            ("9", _("left open")),
            ("Enter", _("next")),
            ("Backspace", _("back")),
            ("F2", _("sheet number")),
            ("Ctrl+Backspace", _("correct the last sheet")),
        )

    def areas(self) -> Sequence[QWidget]:
        return (self.head, self.line, self.recent)

    def open_search(self) -> bool:
        return False
