"""The text of a page: rich text from the guide's own folder. Nothing else is loaded, no link leaves the guide."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from forms.guide.markdown import to_html
from forms.guide.topics import PICTURES, TOPICS, text, title
from forms.theme import theme
from forms.words import _, language

WIDEST = 900
KEYS = frozenset(topic.key for topic in TOPICS)


class Browser(QTextBrowser):
    """Shows one page. `wanted` is a page a link leads to, `tour` that the tour was asked for."""

    wanted = Signal(str)
    tour = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self.follow)
        self.key = ""
        self.refused = ""
        self.scale = 1.0
        self._room = self._wide = 0
        self._writing = False

    def show_page(self, key: str) -> None:
        """Show a page from its top."""
        self.key = key
        self._write()
        self.verticalScrollBar().setValue(0)

    def enlarge(self, scale: float) -> None:
        """Letters so many times as large; the place in the text is kept as well as can be."""
        self.scale = scale
        self.again()

    def again(self) -> None:
        """Write the page again, in the language, theme and width of now."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._write()
        bar.setValue(round(share * bar.maximum()))

    def _write(self) -> None:
        if not self.key:
            return
        self._room = self.viewport().width()
        wide = self._wide = min(WIDEST, max(160, self._room - theme().px(32)))
        self.document().setDocumentMargin(theme().px(16))
        self.setHtml(to_html(text(self.key, language()), scale=self.scale, width=wide))
        self.setStyleSheet(f"QTextBrowser {{ background: {theme().hex('panel')}; border: none; }}")
        self.setAccessibleName(_("Guide: {title}", title=title(self.key, language())))

    def mark(self, words: str) -> None:
        """Go to the first place where this stands."""
        first = words.split()[0] if words.split() else ""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if first:
            self.find(first)

    def follow(self, link: QUrl) -> None:
        """A link was followed: to a page or the tour; any other is refused and kept for who asks."""
        target = link.toString()
        if target in KEYS:
            self.wanted.emit(target)
        elif target == "tour":
            self.tour.emit()
        else:
            self.refused = target

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the guide, by its bare name; anything else is nothing."""
        asked = (name if isinstance(name, str) else name.toString()).partition("?")[
            0
        ]  # behind it the width, see to_html
        if kind != 2 or PurePosixPath(asked).name != asked or not asked.endswith(".png"):
            return None
        place = PICTURES / language() / asked
        if not place.is_file():
            return None
        image = QImage(str(place))
        smooth = Qt.TransformationMode.SmoothTransformation
        return image.scaledToWidth(self._wide, smooth) if 0 < self._wide < image.width() else image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Back, forward and the size of letters are the window's; everything else scrolls as ever."""
        held = event.modifiers()
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and held & Qt.KeyboardModifier.AltModifier
        if sideways or event.key() == Qt.Key.Key_Backspace:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if abs(self.viewport().width() - self._room) > 8 and not self._writing:
            self._writing = True  # writing may show or hide the scroll bar, which is a resize again
            self.again()
            self._writing = False
