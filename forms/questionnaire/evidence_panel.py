"""Evidence of an item: what is registered, what is suggested, and the form to register, change or withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from assess.answers import Evidence
from forms.questionnaire import periods
from forms.questionnaire.body import Asked
from forms.questionnaire.evidence_form import EvidenceForm
from forms.questionnaire.marks import Icon
from forms.questionnaire.prose import Prose
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.panel import Heading, Rule
from forms.widgets.tab_order import stops
from forms.words import _, language, show


class EvidencePanel(QWidget):
    """`adding` and `changing` carry the record (and a file); `withdrawing` its id. It never saves by itself."""

    adding = Signal(object, object)
    changing = Signal(object)
    withdrawing = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked: Asked | None = None
        self.locked = False
        self.form: EvidenceForm | None = None
        self.opener: QWidget | None = None
        self.setAcceptDrops(True)
        style = theme()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.px(8))
        self.heading = Heading()
        self.column.addWidget(self.heading)
        self.list = QVBoxLayout()
        self.list.setSpacing(style.px(6))
        self.column.addLayout(self.list)
        self.hint = Prose("label", "text_2")
        self.column.addWidget(self.hint)

    def show_item(self, asked: Asked, *, locked: bool) -> None:
        """Show the evidence of an item. An open form stays while it is the same item."""
        if self.asked is None or self.asked.indicator.code != asked.indicator.code:
            self.end()
        self.asked, self.locked = asked, locked
        self.fill()

    # ---------------------------------------------------------------- the list
    def fill(self) -> None:
        asked = self.asked
        if asked is None:
            return
        clear(self.list)
        suggested = self.suggestions(asked)
        self.heading.say(
            _("Evidence"),
            _(
                "{count} registered / {suggested} suggested",
                count=len(asked.evidence),
                suggested=len(asked.indicator.evidence),
            ),
        )
        for piece in asked.evidence:
            self.list.addWidget(self.piece_row(piece))
            self.list.addWidget(Rule())
        for text in suggested:
            self.list.addWidget(self.suggestion_row(text))
            self.list.addWidget(Rule())
        if not self.locked:
            other = Button(_("Other evidence…"), "link", icon="plus", run=self.open_form)
            self.list.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        self.hint.say(self.sentence(asked))
        for index in range(self.list.count()):
            item = self.list.itemAt(index)
            widget = item.widget() if item else None
            if widget is not None and self.form is not None:
                widget.setVisible(False)
        self.hint.setVisible(self.form is None)

    def suggestions(self, asked: Asked) -> list[str]:
        """Suggested names that no registered piece bears."""
        names = [piece.name.strip() for piece in asked.evidence]
        return [text for text in map(show, asked.indicator.evidence) if text.strip() not in names]

    def sentence(self, asked: Asked) -> str:
        """What to know about evidence here: how little is asked, and what follows from none."""
        little = _("Only name, number and place are registered; nothing has to be uploaded.")
        if asked.evidence:
            return little
        gap = " " if language() == "en" else ""
        if not self.costs(asked):
            return f"{_('Nothing registered yet.')}{gap}{little}"
        empty = {
            "level": _(
                "Nothing registered yet. In a formal assessment an answer without any evidence counts level 2 at most."
            ),
            "multi": _("Nothing registered yet. In a formal assessment options without evidence are not counted."),
            "number": _("Nothing registered yet. In a formal assessment a number without a source counts as no data."),
            "yesno": _(
                "Nothing registered yet. In a formal assessment a favorable answer without evidence counts as no data."
            ),
        }[asked.indicator.kind]
        return f"{empty}{gap}{little}"

    @staticmethod
    def costs(asked: Asked) -> bool:
        """Whether an answer to this item without evidence counts less (R7): where the framework caps its kind, in the
        mode that caps, and does not except the item."""
        rules = asked.framework.evidence
        if rules is None or not asked.framework.modes[asked.profile.mode].evidence_caps:
            return False
        cap = next((one for one in rules.caps if one.kind == asked.indicator.kind), None)
        return cap is not None and asked.indicator.code not in cap.except_

    def piece_row(self, piece: Evidence) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        row.addWidget(Icon("tick", 18), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        name = Prose("label")
        name.say(piece.name)
        texts.addWidget(name)
        details = facts(piece)
        if details:
            more = Prose("caption", "text_2")
            line = " · ".join(details)
            more.say(line)
            texts.addWidget(more)
        if self.outside(piece):
            late = Prose("caption", "warning")
            late.say(_("The date lies outside the counting period."))
            texts.addWidget(late)
        row.addLayout(texts, 1)
        if not self.locked:
            change = Button("", "icon", icon="pencil", small=True, run=partial(self.open_form, piece))
            change.setAccessibleName(_("Change {name}", name=piece.name))
            change.setToolTip(_("Change"))
            withdraw = Button("", "icon", icon="close", small=True, run=partial(self.withdrawing.emit, piece.id))
            withdraw.setAccessibleName(_("Withdraw {name}", name=piece.name))
            withdraw.setToolTip(_("Withdraw; it stays in the history."))
            for button in (change, withdraw):
                button.kind("text")
                button.setFixedWidth(theme().px(30))
                button.setStyleSheet("padding: 0;")
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return box

    def outside(self, piece: Evidence) -> bool:
        """Whether a dated piece of a number falls outside its counting period; standing documents never do."""
        number = self.asked.indicator.number if self.asked is not None else None
        if number is None or piece.in_force or self.asked is None:
            return False
        return periods.in_window(piece.date, number.period, self.asked.profile.base_date) is False

    def suggestion_row(self, text: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        row.addWidget(Icon("dash" if self.locked else "plus", 18, "primary_text"), 0, Qt.AlignmentFlag.AlignTop)
        shown = self.must_show(text)
        if self.locked:
            name = Prose("label", "text_2")
            name.say(text)
            row.addWidget(name, 1)
            return box
        button = Suggestion(text, run=partial(self.open_form, Evidence("", text)))
        button.setToolTip("\n".join(_("Must show: {shows}", shows=shows) for _kind, shows in shown))
        row.addWidget(button, 1)
        return box

    def must_show(self, name: str) -> list[tuple[str, str]]:
        """What good evidence of this name must show; of every kind where the name matches none."""
        if self.asked is None:
            return []
        worked = self.asked.framework.examples.get(self.asked.indicator.code)
        if worked is None:
            return []
        pairs = [(show(kind), show(shows)) for kind, shows, _grade in worked.good_evidence]
        exact = [pair for pair in pairs if name and (pair[0] in name or name in pair[0])]
        return exact or pairs

    # ---------------------------------------------------------------- the form
    def open_form(self, evidence: Evidence | None = None, option: str = "", file: Path | None = None) -> None:
        """Register a new piece (perhaps of one option, perhaps with a file) or change one."""
        if self.asked is None or self.locked:
            return
        self.end()
        self.opener = QApplication.focusWidget()
        record = evidence or Evidence("", "", options=(option,) if option else ())
        if option and not record.options:
            record = Evidence("", record.name, options=(option,))
        form = EvidenceForm(
            record,
            self.asked.indicator.options,
            self.must_show(record.name),
            dict(self.asked.framework.evidence_grades),
        )
        form.given.connect(self.give)
        form.ended.connect(self.cancel)
        self.form = form
        self.column.insertWidget(1, form)
        self.fill()
        if file is not None:
            form.take_file(file)
        form.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def give(self, record: Evidence, file: Path | None) -> None:
        if self.form is not None:
            self.form.wait(True)
        if record.id and file is None:
            self.changing.emit(record)
        else:
            self.adding.emit(record, file)

    def saved(self) -> None:
        """The record is committed."""
        held = self.form is not None and self.form.isAncestorOf(QApplication.focusWidget() or self)
        self.end()
        self.fill()
        if held:
            self.go_back()

    def refused(self) -> None:
        """It could not be saved: the form stays as it was typed."""
        if self.form is not None:
            self.form.wait(False)

    def show_copying(self, done: int, total: int) -> None:
        if self.form is not None:
            self.form.progress(done, total)

    def flush(self) -> None:
        """A piece that has a name and was changed is saved when its question is left."""
        form = self.form
        if form is not None and form.keep.isEnabled() and (form.file is not None or form.record() != form.opened):
            self.give(form.record(), form.file)

    def cancel(self) -> None:
        self.end()
        self.fill()
        self.go_back()

    def go_back(self) -> None:
        """The focus returns to where the form was opened; if that is gone, to the first thing to press here."""
        known = self.opener if self.opener is not None and isValid(self.opener) else None
        opener = known if known is not None and known.isVisibleTo(self.window()) else None
        target = opener or next(iter(stops(self)), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        if self.form is not None:
            self.column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    # ---------------------------------------------------------------- files dropped on the list
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            path = Path(url.toLocalFile())
            if url.isLocalFile() and path.is_file():
                self.open_form(file=path)
                event.acceptProposedAction()
                return


class Suggestion(QWidget):
    """The name of a suggested piece, wrapped, pressed like a link."""

    def __init__(self, text: str, run: object) -> None:
        super().__init__()
        self.button = Button("", "link", run=run)  # type: ignore[arg-type]
        self.button.setAccessibleName(_("Register evidence: {name}", name=text))
        self.button.setSizePolicy(self.sizePolicy())
        self.words = Prose("label", "primary_text", self.button)
        self.words.say(text)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        inner = QVBoxLayout(self.button)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.words)
        self.setFocusProxy(self.button)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        high = max(theme().px(24), self.words.height_at(width))
        self.button.setFixedHeight(high)
        return high


def facts(piece: Evidence) -> Sequence[str]:
    """Number, date, pages, place, options, file, in the order people look for them."""
    found = [piece.number, piece.date]
    if piece.pages:
        said = any(sign.isalpha() for sign in piece.pages)
        found.append(piece.pages if said else _("pp. {pages}", pages=piece.pages))
    found.append(piece.place)
    if piece.options:
        found.append(_("options {keys}", keys=piece.options))
    if piece.grade:
        found.append(_("grade {grade}", grade=piece.grade))
    if piece.in_force:
        found.append(_("standing document"))
    if piece.digest:
        found.append(_("file {name}", name=piece.file_name or piece.digest[:8]))
    return [" ".join(text.split()) for text in found if text]


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a list."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
