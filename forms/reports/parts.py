"""The three parts of the report page: the sections, the pages with their tools, the sentences and settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from forms.reports.edits import Edits
from forms.reports.preview import Preview
from forms.reports.section_list import SectionList
from forms.reports.sentences import Sentences
from forms.reports.settings_panel import SettingsPanel
from forms.theme import theme
from forms.widgets.bar import Bar
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Label, Text
from forms.widgets.notice import Notice
from forms.widgets.panel import Heading, Scroll
from forms.widgets.segments import Segments
from forms.words import _
from reports.model import Sentence

SUCCESS = "success"


class LeftPart(QFrame):
    """The sections and how many pages they make."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self.setProperty("box", "plain")
        self.setProperty("edge", "right")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(12), px(8), px(8))
        self.heading = Heading()
        self.heading.row.setContentsMargins(px(12), 0, px(12), 0)
        self.sections = SectionList()
        column.addWidget(self.heading)
        column.addWidget(self.sections, 1)

    def say(self, pages: int) -> None:
        """Set the texts; 0 pages are not spoken of."""
        self.heading.say(_("Sections"), _("{count} pages", count=pages) if pages else "")
        self.sections.setAccessibleName(_("Sections"))


class MiddlePart(QWidget):
    """The pages, with the kind of report, page buttons and export above them; progress and notices in between."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_tools())
        column.addWidget(self._build_progress())
        self.notice = Notice("info", closable=True)
        self.notice.hide()
        self.opener = Button("", "link")
        row = self.notice.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(row.indexOf(self.notice.link), self.opener)
        self._open: Callable[[], object] | None = None
        self.opener.clicked.connect(self._press_open)
        holder = QHBoxLayout()
        holder.setContentsMargins(px(16), px(4), px(16), 0)
        holder.addWidget(self.notice)
        column.addLayout(holder)
        self.empty = Text("", "body", "text_2")
        self.empty.setContentsMargins(px(24), px(24), px(24), px(24))
        self.preview = Preview()
        self.preview.turned.connect(self._turned)
        column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.preview, 1)

    def _build_tools(self) -> QFrame:
        px = theme().px
        self.tools = QFrame()
        self.tools.setProperty("edge", "bottom")
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(px(16), px(4), px(16), px(4))
        row.setSpacing(px(8))
        self.kinds = Segments()
        self.back, self.forth = icon_button("left", "", self.backward), icon_button("right", "", self.onward)
        self.place = Label("", "label", "text_2")
        self.out = Button("", "primary", large=True)
        row.addWidget(self.kinds)
        row.addStretch(1)
        for part in (self.back, self.place, self.forth, self.out):
            row.addWidget(part)
        return self.tools

    def _build_progress(self) -> QWidget:
        px = theme().px
        self.progress_row = QWidget()
        row = QHBoxLayout(self.progress_row)
        row.setContentsMargins(px(16), 0, px(16), 0)
        self.doing = Label("", "caption", "text_2")
        self.bar = Bar()
        self.stop = Button("", "text", small=True)
        row.addWidget(self.doing)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.progress_row.hide()
        return self.progress_row

    def retranslate(self) -> None:
        """Set the texts."""
        self.kinds.setAccessibleName(_("Kind of report"))
        self.kinds.offer(
            (("full", _("Full report")), ("summary", _("One page")), ("benchmark", _("Comparison report")))
        )
        for button, words in ((self.back, _("Page before")), (self.forth, _("Next page"))):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.out.say(_("Export…"))
        self.stop.say(_("Cancel"))
        self.opener.say(_("Open"))
        self._turned(self.preview.number)
        self.preview.lay()

    # ---------------------------------------------------------------- pages
    def onward(self) -> None:
        """The next page."""
        self.preview.turn(1)

    def backward(self) -> None:
        """The page before."""
        self.preview.turn(-1)

    def _turned(self, number: int) -> None:
        count = len(self.preview.pages)
        self.place.setText(_("{number} / {count}", number=number, count=count) if count else "")
        self.back.setEnabled(number > 1)
        self.forth.setEnabled(0 < number < count)

    # ---------------------------------------------------------------- what is under way, what came of it
    def busy(self, words: str, done: int, total: int) -> None:
        """Show that something is under way."""
        self.doing.setText(words)
        self.bar.set(done, total, words)
        self.progress_row.show()

    def advance(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.set(done, total, self.doing.text())

    def tell_written(self, paths: Sequence[Path], show_file: Callable[[Path], object]) -> None:
        """Say what was written, with ways to it."""
        self.notice.say(
            SUCCESS,
            _("Exported: {names}", names=_(", ").join(path.name for path in paths)),
            _("Folder: {folder}", folder=str(paths[0].parent)),
            action=_("Open folder"),
            run=lambda: show_file(paths[0].parent),
        )
        self._open = lambda: show_file(paths[0])
        self.opener.show()
        self.notice.show()

    def tell_problem(self, show: Callable[[Notice], object]) -> None:
        """Say what went wrong, in place."""
        self.opener.hide()
        show(self.notice)
        self.notice.show()

    def _press_open(self) -> None:
        if self._open is not None:
            self._open()


class RightPart(QFrame):
    """The sentences of the section chosen, or the settings of the whole report."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self.setProperty("box", "window")
        self.setProperty("edge", "left")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(12), px(8))
        column.setSpacing(px(8))
        self.what = Segments()
        self.what.chosen.connect(self._choose)
        self.count = Label("", "label", "text_2")
        head = QHBoxLayout()
        head.addWidget(self.what)
        head.addStretch(1)
        head.addWidget(self.count)
        column.addLayout(head)
        self.stack = QStackedWidget()
        self.sentences, self.settings = Sentences(), SettingsPanel()
        choices = Scroll()
        choices.column.addWidget(self.settings)
        self.stack.addWidget(self.sentences)
        self.stack.addWidget(choices)
        column.addWidget(self.stack, 1)

    def retranslate(self) -> None:
        """Set the texts."""
        self.what.setAccessibleName(_("Sentences or settings"))
        self.what.offer((("sentences", _("Sentences")), ("settings", _("Settings"))))

    def count_sentences(self, sentences: Sequence[Sentence], edits: Edits) -> None:
        """Say how many sentences there are, and how many in other words."""
        changed = sum(sentence.id in edits.edited for sentence in sentences)
        words = _("{count} sentences, {changed} changed", count=len(sentences), changed=changed)
        self.count.setText(words if changed else _("{count} sentences", count=len(sentences)))

    def _choose(self, key: str) -> None:
        self.stack.setCurrentIndex(1 if key == "settings" else 0)
        self.count.setVisible(key != "settings")


def show_file(path: Path) -> None:
    """Open a file or a folder with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
