"""Answers and scores for other programs, and the questionnaire as an XLSForm."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from forms import background
from forms.exchange import wording
from forms.page import Shell
from forms.words import _, language

if TYPE_CHECKING:
    from forms.session import Session


class DataExport(QObject):
    """`ask` asks for a file, `write` writes it on a thread of its own."""

    def __init__(self, session: Session, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.shell, self.window_of = session, shell, parent

    def ask(self, kind: str) -> None:
        """Ask where it goes; `kind` is csv, xlsx, json, parquet or xlsform."""
        if not self.session.is_open:
            return
        ending = "xlsx" if kind == "xlsform" else kind
        stem = self.session.path.stem
        name = _("{name}, questionnaire", name=stem) if kind == "xlsform" else _("{name}, data", name=stem)
        chosen, _kind = QFileDialog.getSaveFileName(
            self.window_of, _("Export data"), str(self.session.path.with_name(f"{name}.{ending}")), f"*.{ending}"
        )
        if chosen:
            path = Path(chosen)
            self.write(kind, path if path.suffix.lower() == f".{ending}" else Path(f"{chosen}.{ending}"))

    def write(self, kind: str, path: Path) -> None:
        """Write the file, or the files, of a kind."""
        session, spoken = self.session, language()
        framework, sheet, scores = session.framework, session.sheet, session.scores
        if scores is None:
            return

        def work(_work: background.Work) -> tuple[Path, ...]:
            if kind == "xlsform":
                from assess.interchange import xlsform

                return (xlsform.write(framework, path),)
            from assess.interchange import documents, files, tables

            return files.write(
                tables.flat(framework, sheet, scores, spoken), (documents.document(framework, sheet, scores),), path
            )

        def written(paths: tuple[Path, ...]) -> None:
            self.shell.notify(
                "success", _("The data are written."), more=_(", ").join(one.name for one in paths),
                action=_("Open the folder"), run=partial(wording.open_folder, paths[0]), key="exchange",
            )  # fmt: skip

        background.start(work, done=written, failed=self.shell.trouble)
