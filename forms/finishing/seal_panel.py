"""The seal: who signs, what a seal means, every seal there has been with its reopening, and the field for a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.finishing.sealing import LEAST
from assess.store.seals import SealRecord, Standing
from forms.finishing import wording
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.field import Field
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Glyph
from forms.widgets.panel import Panel, Rule
from forms.words import _

OTHER = Qt.FocusReason.OtherFocusReason


class SealPanel(Panel):
    """`reopened` with a reason that is long enough."""

    reopened = Signal(str)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, gap=8, parent=parent)
        px = theme().px
        self.state = Text("", "body")
        self.meaning = Text("", "label", "text_2")
        self.name, self.post = Field(), Field()
        for field in (self.name, self.post):
            field.line.setMaxLength(60)
            field.edited.connect(self._sign)
        self.signer = QWidget()
        row = QHBoxLayout(self.signer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.name, 1)
        row.addWidget(self.post, 1)
        self.open = Button("", run=self.ask)
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.reason = Field()
        self.reason.line.setMaxLength(400)
        self.reason.line.returnPressed.connect(self.keep)
        self.save, self.cancel = Button("", small=True, run=self.keep), Button("", "text", run=self.put_away)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addWidget(self.reason)
        column.addLayout(buttons)
        self.form.hide()
        for part in (self.state, self.meaning, self.signer):
            self.column.addWidget(part)
        self.column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.form)
        self.list = QWidget()
        self.column.addWidget(self.list)
        self._signed = False

    def put(self, standing: Standing, *, read_only: bool, name: str, post: str) -> None:
        """Show where the document stands, and who would sign."""
        last = standing.last
        self.say(_("Seal"))
        if last is None or not last.closing:
            self.state.say(_("Not sealed yet."))
        elif not standing.closed:
            self.state.say(_("The last seal was reopened; it can be sealed again, with a new digest."))
        elif standing.digest is not None:
            self.state.say(_("Sealed, and nothing has changed since."), last.digest.printed)
        else:
            self.state.say(
                _("Sealed; entries changed since, for example by the review: {count}.", count=standing.changed),
                last.digest.printed,
            )
        self.meaning.say(
            _("To change an answer, reopen it with a written reason; the reason stays in the history.")
            if standing.closed
            else _(
                "Sealing keeps what was filled in as it is, makes a backup and gives a digest that is printed on the "
                "signature sheet. Tampering with the file shows back to the last seal."
            )
        )
        self.signer.setVisible(not standing.closed and not read_only)
        self.name.say(_("Sealed by (name)"))
        self.post.say(_("or post"))
        if not self._signed:
            self.name.put(name)
            self.post.put(post)
        self.open.say(_("Reopen…"))
        self.open.setVisible(standing.closed and not read_only and self.form.isHidden())
        if not standing.closed:
            self.form.hide()
        self.reason.say(_("Why it is reopened"), hint=_("{least} characters or more.", least=LEAST))
        self.save.say(_("Reopen the seal"))
        self.cancel.say(_("Cancel"))
        self._history((*standing.seals, *standing.others))

    def _sign(self, _text: str) -> None:
        """Who seals has been typed: it stays as it is, whatever is shown anew around it."""
        self._signed = True

    def forget(self) -> None:
        """Another document: who would sign is said anew."""
        self._signed = False

    def signer_now(self) -> tuple[str, str]:
        """Name and post as they stand in the fields."""
        return " ".join(self.name.text().split()), " ".join(self.post.text().split())

    def ask(self) -> None:
        """Open the field for the reason."""
        self.open.hide()
        self.form.show()
        self.reason.complain("")
        self.reason.line.setFocus(OTHER)
        self.asked.emit()

    def put_away(self) -> None:
        """Close the field again; nothing was reopened."""
        self.form.hide()
        self.open.show()
        self.open.setFocus(OTHER)

    def keep(self) -> None:
        """Hand the reason on, or say in place that it is too short."""
        text = " ".join(self.reason.text().split())
        missing = LEAST - len("".join(text.split()))
        if missing > 0:
            self.reason.complain(_("Characters still to be written: {missing}.", missing=missing))
            self.reason.line.setFocus(OTHER)
            return
        self.reopened.emit(text)

    def refused(self, sentence: str) -> None:
        """The reason was not taken."""
        self.reason.complain(sentence)
        self.reason.line.setFocus(OTHER)

    def done(self) -> None:
        """It is reopened: the reason has been taken over."""
        self.reason.put("")
        self.form.hide()

    def _history(self, seals: tuple[SealRecord, ...]) -> None:
        self.column.removeWidget(self.list)
        self.list.hide()
        self.list.deleteLater()
        self.list = QWidget()
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        for seal in reversed(seals):
            column.addWidget(Rule())
            row = QHBoxLayout()
            row.setSpacing(theme().px(8))
            holds = seal.reopened is None
            row.addWidget(Glyph("lock" if holds else "undo", "text_2", 18))
            digest = Label(seal.digest.printed, "label", "text" if holds else "text_3")
            row.addWidget(digest)
            if seal.copy:
                row.addWidget(Label(_("of a package"), "caption", "text_2"))
            row.addStretch(1)
            column.addLayout(row)
            column.addWidget(Text(wording.seal_line(seal), "label", "text_2"))
            if not holds:
                column.addWidget(Text(wording.reopening_line(seal), "label", "text"))
        self.column.addWidget(self.list)
        self.list.setVisible(bool(seals))
