"""Where a report goes and in which formats; asked once, then it is written in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from forms.reports.naming import clean_name
from forms.widgets.buttons import Button, primary
from forms.widgets.check import Check
from forms.widgets.dialog import Dialog
from forms.widgets.labels import Label, Text
from forms.words import _


class ExportDialog(Dialog):
    """`paths()` after it was accepted: one file per format, in the folder chosen."""

    def __init__(self, folder: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Export report"), parent, gap=8)
        column = self.body
        column.addWidget(Label(_("Export report"), "title"))
        column.addWidget(Label(_("Formats"), "label", "text_2"))
        self.pdf, self.html, self.word = (
            Check(_("PDF, for printing and archiving")),
            Check(_("Web page, one file, for the screen")),
            Check(_("Word, for editing in WPS or Word")),
        )
        for check in (self.pdf, self.html, self.word):
            check.setChecked(check is not self.word)
            check.toggled.connect(self._look)
            column.addWidget(check)
        column.addWidget(Label(_("Name of the file, without its ending"), "label", "text_2"))
        self.name = QLineEdit(name)
        self.name.setAccessibleName(_("Name of the file, without its ending"))
        self.name.textChanged.connect(self._look)
        column.addWidget(self.name)
        column.addWidget(Label(_("Target folder"), "label", "text_2"))
        row = QHBoxLayout()
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName(_("Target folder"))
        self.folder.textChanged.connect(self._look)
        row.addWidget(self.folder, 1)
        row.addWidget(Button(_("Choose…"), run=self._choose))
        column.addLayout(row)
        self.warning = Text("", "label", "warning")
        column.addWidget(self.warning)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(_("Cancel"), run=self.reject))
        self.go = primary(_("Export"), self.accept)
        self.go.setDefault(True)
        self.foot.addWidget(self.go)
        self._look()
        self.fit(520)
        self.pdf.setFocus()

    def paths(self) -> list[Path]:
        """The files to write."""
        name = clean_name(self.name.text())
        kinds = ((".pdf", self.pdf), (".html", self.html), (".docx", self.word))
        endings = [ending for ending, check in kinds if check.isChecked()]
        return [Path(self.folder.text().strip()) / f"{name}{ending}" for ending in endings]

    def _look(self, _moved: object = None) -> None:
        """Say what is the matter with the choice; only a missing folder or format keeps from going on."""
        paths = self.paths()
        there = [path.name for path in paths if path.exists()]
        reason = ""
        if not paths:
            reason = _("Choose at least one format.")
        elif not Path(self.folder.text().strip()).is_dir():
            reason = _("There is no such folder.")
        elif there:
            self.warning.say(_("Already there and to be replaced: {names}.", names=", ".join(there)))
        self.go.refuse(reason)
        if reason:
            self.warning.say(reason)
        elif not there:
            self.warning.say("")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Target folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
