"""How the evidence panel hangs together with the session: its wishes done, its dialogs opened, its news shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from assess.answers import Evidence
from assess.problems import Problem
from assess.register.names import safe_name
from assess.register.pieces import Piece, pieces, with_bytes
from forms.page import Shell
from forms.questionnaire import evidence_files as files
from forms.questionnaire.evidence_panel import EvidencePanel
from forms.questionnaire.evidence_picker import ItemPicker, PiecePicker
from forms.questionnaire.evidence_register import EvidenceRegister
from forms.questionnaire.evidence_work import EvidenceWork
from forms.session import Session
from forms.words import _, show


class Place(Protocol):
    """What is needed of the desk: the item that is shown, and going to another."""

    code: str

    def go(self, target: str) -> None: ...


class EvidenceDesk(QObject):
    """One panel, one document. `committed` is told the item whose evidence was written."""

    def __init__(
        self,
        session: Session,
        shell: Shell,
        panel: EvidencePanel,
        place: Place,
        committed: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.session, self.shell, self.panel, self.place, self.window_ = session, shell, panel, place, parent
        self.work = EvidenceWork(session, self)
        self.register: EvidenceRegister | None = None
        work = self.work
        panel.adding.connect(lambda record, file: work.add(place.code, record, file))
        panel.changing.connect(lambda record: work.change(place.code, record))
        panel.withdrawing.connect(lambda one: work.withdraw(place.code, one))
        panel.withdrawing_everywhere.connect(lambda one: work.withdraw(place.code, one, everywhere=True))
        panel.using.connect(lambda record: work.use(place.code, record))
        panel.dropped.connect(self.take_many)
        panel.picking.connect(self.pick)
        panel.sharing.connect(self.share)
        panel.book.connect(self.open_register)
        panel.saving_file.connect(self.save_file)
        panel.checking_file.connect(self.check_file)
        panel.stopping.connect(self.stop)
        panel.going.connect(place.go)
        panel.summed.connect(self.summed)
        work.done.connect(committed)
        work.refused.connect(self.refused)
        work.moved.connect(panel.show_standing)
        work.recognized.connect(self.recognized)
        session.changed.connect(self.learn)
        for keys, run in (("Ctrl+V", panel.paste), ("Ctrl+Shift+E", self.pick)):
            shortcut = QShortcut(QKeySequence(keys), parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        self.learn()

    def close(self) -> None:
        """The desk is put away: nothing is heard any more."""
        self.session.changed.disconnect(self.learn)
        self.panel.pictures.clear()

    def learn(self, _changes: object = None) -> None:
        """Which pieces there are now; the panel is filled anew by the desk."""
        if self.session.is_open:
            self.panel.know({piece.id: piece for piece in pieces(self.session.sheet)})

    # ---------------------------------------------------------------- files
    def take_many(self, paths: Sequence[Path]) -> None:
        """Several files: one piece each, named after the file; what is registered already is used once more."""
        for path in paths:
            self.work.add(self.place.code, Evidence("", path.stem), path, share=True)

    def stop(self) -> None:
        self.work.cancel()
        self.panel.refused()

    def summed(self, digest: str) -> None:
        """A file was chosen in the form: is it registered already, for another piece?"""
        form = self.panel.form
        if form is not None and digest:
            twin = with_bytes(self.session.sheet, digest)
            form.recognize(twin if twin is not None and twin.id != form.evidence.id else None)

    def recognized(self, piece: Piece, code: str) -> None:
        if code == self.place.code:
            self.panel.tell(
                "info", _("“{name}” is registered already; it serves this item too, once kept.", name=piece.record.name)
            )

    def save_file(self, record: Evidence) -> None:
        """Write an attachment out where the person says, under a name every system takes."""
        name = safe_name(record.file_name or record.name, _("attachment"))
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window_, _("Save the file as"), str(self.session.path.with_name(name))
        )
        if chosen:
            self.extract(record, Path(chosen))

    def extract(self, record: Evidence, target: Path) -> None:
        self.work.extract(
            record.digest, target, partial(self.announce, "success", _("The file is saved."), str(target))
        )

    def check_file(self, record: Evidence) -> None:
        """Compare the attachment with the SHA-256 it was registered under."""
        words = _("SHA-256 {digest}", digest=files.short(record.digest))
        told = _("The file is what was attached.")
        self.work.check(record.digest, lambda _size: self.announce("success", told, words))

    # ---------------------------------------------------------------- dialogs
    def pick(self) -> None:
        """A registered piece for this item: Ctrl+Shift+E, Enter."""
        panel = self.panel
        if panel.asked is None or panel.locked or not panel.isEnabled():
            return
        dialog = PiecePicker(tuple(panel.pieces.values()), self.place.code, self.work.last_used, self.window_)
        dialog.chosen.connect(lambda record: self.work.use(self.place.code, record))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.line.setFocus()

    def share(self, record: Evidence) -> None:
        """Further items for a piece."""
        piece = self.panel.pieces.get(record.id)
        serving = piece.items if piece is not None else ()
        dialog = ItemPicker(self.session.framework, record, serving, self.register or self.window_)
        dialog.chosen.connect(lambda one, codes: self.work.use(self.place.code, one, codes))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.line.setFocus()

    def open_register(self) -> None:
        """All evidence of the document."""
        made = EvidenceRegister(self.session, self.window_)
        made.going.connect(self.place.go)
        made.changing.connect(self.change_at)
        made.sharing.connect(self.share)
        made.again.connect(lambda record, code: self.work.use(code, record, [code]))
        made.withdrawing.connect(lambda code, one: self.work.withdraw(code, one, everywhere=True))
        made.saving_file.connect(self.save_file)
        made.finished.connect(self._closed)
        self.register = made
        made.open()

    def _closed(self, _result: int) -> None:
        self.register = None

    def change_at(self, code: str, record: Evidence) -> None:
        """From the register to the item, with the form of the piece open."""
        self.place.go(code)
        held = next((one for one in self.session.sheet.evidence(code) if one.id == record.id), record)
        self.panel.open_form(held)

    # ---------------------------------------------------------------- news
    def announce(self, tone: str, first: str, more: str = "") -> None:
        if self.register is not None:
            self.register.announce(tone, first, more)
        else:
            self.panel.tell(tone, first, more)

    def refused(self, problem: Problem) -> None:
        """Nothing was registered: said in the register, in the form, or above the list."""
        if self.register is not None:
            self.register.refused(problem)
        elif self.panel.isVisible():
            self.panel.refused(problem)
        else:
            self.panel.refused(None)
            self.shell.notify("danger", show(problem.text), more=show(problem.hint), key=problem.code)
