"""The file of a piece: chosen or dropped, its size and SHA-256, what it may weigh, and whether it is there already."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QVBoxLayout, QWidget

from assess.answers import Evidence
from assess.register.pieces import Piece
from assess.store.evidence import MIB, PER_DOCUMENT, PER_FILE
from forms import background
from forms.questionnaire import evidence_files as files
from forms.questionnaire.flow import Flow
from forms.questionnaire.prose import Prose
from forms.theme import look, theme
from forms.widgets.buttons import Button
from forms.words import _


class Attached(QFrame):
    """Nothing has to be attached. `summed` asks whether a file of this SHA-256 is registered; `using` carries the piece
    that is to be used instead."""

    changed = Signal()
    summed = Signal(str)
    using = Signal(object)

    def __init__(self, evidence: Evidence, held: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.evidence, self.held = evidence, held
        self.file: Path | None = None
        self.digest = evidence.digest
        self.twin: Piece | None = None
        self.work: background.Work | None = None
        look(self, box="sunken")
        space = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(space(10), space(6), space(10), space(6))
        column.setSpacing(space(4))
        self.words = Prose("label", "text_2")
        self.facts = Prose("caption", "text_2")
        self.same = QWidget()
        inner = QVBoxLayout(self.same)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.same_words = Prose("label")
        self.use = Button(_("Use that one"), "link", run=self._use)
        inner.addWidget(self.same_words)
        inner.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        self.choose = Button(_("Choose a file…"), "link", run=self.choose_file)
        self.leave_out = Button(_("Without the file"), "link", run=lambda: self.take(None))
        self.stop = Button(_("Stop"), "link")
        links = QWidget()
        flow = Flow(space(12), 0, links)
        for button in (self.choose, self.leave_out, self.stop):
            flow.addWidget(button)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Copying the file"))
        self.bar.hide()
        for widget in (self.words, self.facts, self.same):
            column.addWidget(widget)
        self.same.hide()
        self.stop.hide()
        column.addWidget(links)
        column.addWidget(self.bar)
        self.tell()

    def choose_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"))
        if path:
            self.take(Path(path))

    def take(self, path: Path | None) -> None:
        """This file, or none."""
        if self.work is not None:
            self.work.cancel()
            self.work = None
        self.file, self.digest = path, "" if path is not None else self.evidence.digest
        self.show_twin(None)
        if path is not None and not self.too_large():
            self.work = background.start(lambda work: files.sum_of(path, work), done=self._summed)
        self.tell()
        self.changed.emit()

    def _summed(self, digest: str) -> None:
        self.work = None
        self.digest = digest
        self.tell()
        self.summed.emit(digest)

    def show_twin(self, twin: Piece | None) -> None:
        self.twin = twin
        self.same.setVisible(twin is not None)
        if twin is not None:
            told = _("“{name}”, serving {items}.", name=twin.record.name, items=twin.items)
            self.same_words.say(f"{_('This file is registered already.')}\n{told}")

    def _use(self) -> None:
        if self.twin is not None:
            self.using.emit(self.twin.record)

    def too_large(self) -> str:
        """Why the file cannot be attached, before it is tried; empty where it can."""
        try:
            weight = self.file.stat().st_size if self.file is not None else 0
        except OSError:
            return ""
        if weight > PER_FILE:
            return _(
                "Larger than {limit} MB: register it without the file and write down where it is kept.",
                limit=PER_FILE // MIB,
            )
        if self.held + weight > PER_DOCUMENT:
            return _("With it the attachments would be more than {limit} MB.", limit=PER_DOCUMENT // MIB)
        return ""

    def tell(self) -> None:
        """Name, size, SHA-256; limits where nothing is chosen yet; what it means for sending by mail."""
        name = self.file.name if self.file is not None else self.evidence.file_name
        if not name:
            self.words.say(_("Drop a file here or paste a picture (Ctrl+V) if you wish; it is not required."))
            self.facts.say("\n".join(part for part in (files.limits(), files.mailing(self.held)) if part))
        else:
            self.words.say(_("File: {name}", name=name))
            try:
                weight = self.file.stat().st_size if self.file is not None else self.evidence.size
            except OSError:
                weight = 0
            sum_ = _("SHA-256 {digest}", digest=files.short(self.digest)) if self.digest else ""
            added = weight if self.file is not None else 0
            parts = [" · ".join(part for part in (files.size(weight), sum_) if part)]
            parts += [part for part in (self.too_large(), files.mailing(self.held, added)) if part]
            self.facts.say("\n".join(parts))
        self.facts.set_ink("warning" if self.too_large() else "text_2")
        self.leave_out.setVisible(self.file is not None)

    def progress(self, done: int, total: int) -> None:
        self.bar.show()
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * done / total) if total else 0)

    def wait(self, waiting: bool) -> None:
        """While it is copied it can only be stopped."""
        for button in (self.choose, self.leave_out):
            button.setEnabled(not waiting)
        copying = waiting and self.file is not None
        self.stop.setVisible(copying)
        self.bar.setVisible(copying)
