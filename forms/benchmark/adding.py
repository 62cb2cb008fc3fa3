"""Adding documents of other cities as peers: chosen by the user, read in the background, each fault said in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from forms import background
from forms.benchmark.picking import Read, read_all
from forms.figures import one_line
from forms.peers import Chosen
from forms.widgets.bar import Bar
from forms.widgets.buttons import Button
from forms.widgets.notice import Notice
from forms.words import _, show

WARNING = "warning"
MOST_FAULTS = 8


class Adding(QWidget):
    """Progress while documents are read, then one notice for each that could not be used."""

    def __init__(self, chosen: Chosen) -> None:
        super().__init__()
        self._chosen = chosen
        self._work: background.Work | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.reading = QWidget()
        row = QHBoxLayout(self.reading)
        row.setContentsMargins(0, 0, 0, 0)
        self.bar = Bar()
        self.stop = Button("", "text", run=self.cancel)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.reading.hide()
        column.addWidget(self.reading)
        self.problems = QVBoxLayout()
        column.addLayout(self.problems)

    def retranslate(self) -> None:
        """Set the texts."""
        self.stop.say(_("Stop reading"))

    def offer(self, menu: QMenu, sample: bool, pick: Callable[[], object]) -> None:
        """Fill the menu of what can be chosen."""
        menu.clear()
        menu.addAction(_("Add documents…"), pick)
        if self._chosen.picked:
            words = _("Back to the sample cities") if sample else _("Take all of them away")
            menu.addAction(words, self._chosen.forget)

    def pick(self, folder: Path) -> None:
        """Let the user pick documents, beginning in a folder."""
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Documents of other cities"), str(folder), _("Assessments (*.zhd)")
        )
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: Sequence[Path]) -> None:
        """Read documents in the background and add them as peers."""
        self.start_over()
        self.bar.set(0, len(paths), _("Reading documents"))
        self.reading.show()
        work = background.start(lambda work: read_all(paths, work), done=self._take, progress=self._move)
        self._work = work
        self.destroyed.connect(work.cancel)

    def cancel(self) -> None:
        """Stop reading."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self.reading.hide()

    def start_over(self) -> None:
        """Stop reading and take away what was said of files read before."""
        self.cancel()
        while (item := self.problems.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _move(self, done: int, total: int) -> None:
        self.bar.set(done, total, _("Reading documents: {done} of {total}", done=done, total=total))

    def _take(self, found: Read) -> None:
        self._work = None
        self.reading.hide()
        for name, problem in found.problems[:MOST_FAULTS]:
            notice = Notice("warning", closable=True)
            notice.say(WARNING, f"{one_line(name)}: {show(problem.text)}", show(problem.hint))
            self.problems.addWidget(notice)
        if found.peers:
            self._chosen.pick(found.peers)
