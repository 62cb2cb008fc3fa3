"""What would leave, package by package, with its passphrase; and, once written, the files and where they lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assess.packages.issue import Issued, passphrase
from assess.packages.preview import Dispatch, Parcel
from forms.exchange import wording
from forms.exchange.grid import Grid
from forms.exchange.issuing import LEAST
from forms.exchange.table import Cell, Column, Row
from forms.figures import one_line
from forms.page import Size
from forms.theme import theme
from forms.widgets.buttons import Button
from forms.widgets.field import Field
from forms.widgets.labels import Elided, Label
from forms.widgets.notice import Notice
from forms.widgets.panel import Panel
from forms.words import _, show


class IssuePreview(QWidget):
    """`words` are the passphrases by the key of a recipient."""

    wants_folder = Signal()
    wants_open = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self.dispatch: Dispatch | None = None
        self.result: Issued | None = None
        self.words: dict[str, str] = {}
        self._size: Size = "wide"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.summary = Notice("info")
        self.stay = Notice("info")
        where = QHBoxLayout()
        where.setSpacing(px(12))
        self.where_name = Label("", "label", "text_2")
        self.where = Elided("", "label")
        self.other = Button("", small=True, run=self.wants_folder.emit)
        where.addWidget(self.where_name)
        where.addWidget(self.where, 1)
        where.addWidget(self.other)
        self.panel = Panel(padding=theme().edge, gap=0)
        self.grid = Grid()
        self.grid.came.connect(self._came)
        self.grid.opened.connect(lambda _key: self.edit())
        self.panel.column.addWidget(self.grid, 1)
        self.grid.setMinimumHeight(px(120))
        self.secret = QWidget()
        line = QHBoxLayout(self.secret)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        self.secret_name = Elided("", "label", "text_2")
        self.field = Field()
        self.field.edited.connect(self._typed)
        self.again = Button("", small=True, run=self._made)
        line.addWidget(self.secret_name, 2)
        line.addWidget(self.field, 2)
        line.addWidget(self.again)
        self.edit_key = QAction(self)
        self.edit_key.setShortcut("F2")
        self.edit_key.triggered.connect(self.edit)
        self.addAction(self.edit_key)
        for widget in (self.summary, self.stay):
            column.addWidget(widget)
        column.addLayout(where)
        column.addWidget(self.panel, 1)
        column.addWidget(self.secret)

    def put(self, dispatch: Dispatch, folder: Path | None) -> None:
        """Show what would leave. Passphrases made before are kept."""
        self.dispatch, self.result = dispatch, None
        if dispatch.options.encrypt:
            for one in dispatch.parcels:
                self.words.setdefault(one.recipient.key, passphrase())
        self.say_folder(folder)
        self.show_all()

    def put_result(self, result: Issued) -> None:
        """Show what was written."""
        self.result = result
        self.show_all()

    def say_folder(self, folder: Path | None) -> None:
        self.where.setText(str(folder) if folder is not None else "")

    def weak(self) -> str:
        """The first unit whose passphrase is too short; "" for none."""
        if self.dispatch is None or not self.dispatch.options.encrypt:
            return ""
        return next((one.recipient.name for one in self.dispatch.parcels
                     if len(self.words.get(one.recipient.key, "")) < LEAST), "")  # fmt: skip

    def show_all(self) -> None:
        """Show packages to come, or files that are there."""
        dispatch, result = self.dispatch, self.result
        if dispatch is None:
            return
        self.where_name.setText(_("Folder"))
        self.other.setVisible(result is None)
        self.secret.setVisible(result is None and dispatch.options.encrypt)
        if result is not None:
            self._files(result)
            return
        parcels = dispatch.parcels
        items = sum(len(one.items) for one in parcels)
        self.summary.say(
            "info",
            _("{count} packages with {items} items, about {size} in all.", count=len(parcels), items=items,
              size=wording.size(dispatch.size)),
            _("Nothing has been written yet."),
        )  # fmt: skip
        notes, reviews = sum(one.notes_left for one in parcels), sum(one.reviews_left for one in parcels)
        empty = [one.recipient.name for one in parcels if not one.items]
        self.stay.setVisible(self._size != "tiny")
        self.stay.say(
            "success",
            _("Staying here: {notes} notes, {reviews} values and opinions of the review.", notes=notes,
              reviews=reviews),
            _("Without an item, and so without a package: {units}.", units=wording.names(empty)) if empty else "",
        )  # fmt: skip
        secret = dispatch.options.encrypt
        columns = [
            Column(_("Unit"), 170, stretch=True),
            Column(_("Items"), 76, right=True),
            Column(_("Answers"), 64, right=True),
            Column(_("Last period"), 76, right=True),
            Column(_("Evidence"), 64, right=True),
            Column(_("Files"), 60, right=True),
            Column(_("Notes kept here"), 84, right=True),
            Column(_("Size"), 76, right=True),
            *([Column(_("Passphrase"), 200)] if secret else []),
        ]
        self.grid.setAccessibleName(_("Packages that would leave"))
        self.grid.put(columns, [self._row(one, secret=secret) for one in parcels])
        self._came(self.grid.key)

    def _row(self, one: Parcel, *, secret: bool) -> Row:
        name = one_line(show(one.recipient.words) or one.recipient.name)
        items = str(len(one.items))
        if one.new_items:
            items = _("{count} ({new} new)", count=len(one.items), new=len(one.new_items))
        tip = _("Returned for correction: {codes}", codes=wording.names(one.sent_back)) if one.sent_back else ""
        cells = [
            Cell(name, tip=one.file),
            Cell(items, right=True, tip=tip),
            *(Cell(str(count) if count else "–", right=True, tone="" if count else "text_2")
              for count in (len(one.answers), len(one.previous), one.evidence, one.attachments, one.notes_left)),
            Cell(wording.size(one.size), right=True, tone="text_2"),
        ]  # fmt: skip
        if secret:
            cells.append(Cell(self.words.get(one.recipient.key, "")))
        aloud = _("{unit}, {items} items, {answers} answers, {size}", unit=name, items=len(one.items),
                  answers=len(one.answers), size=wording.size(one.size))  # fmt: skip
        return Row(one.recipient.key, tuple(cells), aloud)

    def _files(self, result: Issued) -> None:
        self.summary.say(
            "success", _("Issued: {count} packages.", count=len(result.files)),
            _("The dispatch list with every digest lies beside them: {file}", file=result.lists[0].name),
        )  # fmt: skip
        self.stay.setVisible(result.secrets is not None)
        if result.secrets is not None:
            self.stay.say(
                "warning", _("The passphrases are in {file}.", file=result.secrets.name),
                _("Move it away from the packages, and hand it over another way."),
            )  # fmt: skip
        columns = [
            Column(_("Unit"), 170, stretch=True),
            Column(_("File"), 220, stretch=True),
            Column(_("Beside it"), 190),
            Column(_("Size"), 76, right=True),
        ]
        rows = []
        for one in result.files:
            beside = [*([one.form] if one.form is not None and one.form != one.path else []), *one.papers]
            told = _(", ").join(path.name.removeprefix(f"{one.path.stem}_") for path in beside) or "–"
            rows.append(
                Row(one.parcel.recipient.key,
                    (Cell(one_line(one.parcel.recipient.name)), Cell(one.path.name, tip=one.digest),
                     Cell(told, tone="text_2", tip="\n".join(path.name for path in beside)),
                     Cell(wording.size(one.size), right=True, tone="text_2")))
            )  # fmt: skip
        self.grid.setAccessibleName(_("Packages that were written"))
        self.grid.put(columns, rows)

    # ---------------------------------------------------------------- passphrases
    def _came(self, key: str) -> None:
        if self.dispatch is None or not self.dispatch.options.encrypt or self.result is not None:
            return
        name = next((one.recipient.name for one in self.dispatch.parcels if one.recipient.key == key), "")
        self.secret_name.setText(_("Passphrase for {unit}", unit=one_line(name)))
        self.field.line.setAccessibleName(self.secret_name.text())
        self.field.put(self.words.get(key, ""))
        self.field.complain("")

    def edit(self) -> None:
        """To the passphrase of the current package."""
        if self.secret.isVisible():
            self.field.setFocus()
            self.field.line.selectAll()

    def _typed(self, text: str) -> None:
        if self.grid.key:
            self.words[self.grid.key] = text.strip()
            short = 0 < len(text.strip()) < LEAST or not text.strip()
            self.field.complain(_("At least {count} characters.", count=LEAST) if short else "")
            self._again()

    def _made(self) -> None:
        if self.grid.key:
            self.words[self.grid.key] = passphrase()
            self.field.put(self.words[self.grid.key])
            self.field.complain("")
            self._again()

    def _again(self) -> None:
        if self.dispatch is not None:
            self.grid.put(self.grid.rows.columns, [self._row(one, secret=True) for one in self.dispatch.parcels])

    def retranslate(self) -> None:
        self.other.say(_("Another folder…"))
        self.again.say(_("Make another"))
        self.show_all()

    def fit(self, size: Size) -> None:
        self._size = size
        self.summary.setVisible(size != "tiny" or self.result is not None)
        if self.dispatch is not None:
            self.show_all()
