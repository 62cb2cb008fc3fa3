"""The guide in a window of its own, beside the work: contents, search, back and forward, larger letters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from forms.guide.browser import Browser
from forms.guide.seeking import seek
from forms.guide.topics import TOPICS, title
from forms.icon import app_icon
from forms.theme import theme
from forms.widgets.buttons import Button, icon_button
from forms.widgets.labels import Text
from forms.words import _, language

SCALES = (1.0, 1.2, 1.45, 1.75)
NARROW = 720
OTHER = Qt.FocusReason.OtherFocusReason
KEY = Qt.ItemDataRole.UserRole


class GuideWindow(QWidget):
    """Not modal: the work goes on. `tour` is emitted when the tour is asked for."""

    tour = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowIcon(app_icon())
        self.setMinimumSize(420, 280)
        self._past: list[str] = []
        self._future: list[str] = []
        self._step = 0
        self._build()
        self.retranslate()
        theme().changed.connect(self._rethemed)

    def _build(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QWidget()
        top.setProperty("box", "window")
        row = QHBoxLayout(top)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(8))
        self.folder = icon_button("list", "", self.toggle_contents)
        self.before = icon_button("left", "", self.back)
        self.after = icon_button("right", "", self.forward)
        self.search = QLineEdit()
        self.search.textChanged.connect(self._seek)
        self.search.returnPressed.connect(self._first)
        self.smaller = Button("A−", small=True, run=lambda: self.enlarge(-1))
        self.larger = Button("A＋", small=True, run=lambda: self.enlarge(1))
        for part in (self.folder, self.before, self.after):
            row.addWidget(part)
        row.addWidget(self.search, 1)
        row.addWidget(self.smaller)
        row.addWidget(self.larger)
        column.addWidget(top)
        self.nothing = Text("", "label", "text_2")
        self.nothing.setContentsMargins(px(16), 0, px(16), px(8))
        column.addWidget(self.nothing)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setProperty("type", "label")
        self.list.setSpacing(px(4))
        self.list.setFixedWidth(px(232))
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemActivated.connect(lambda _item: browser.setFocus(OTHER))
        browser: Browser = Browser()
        self.browser: Browser = browser
        self.browser.wanted.connect(self.open)
        self.browser.tour.connect(self.tour)
        body.addWidget(self.list)
        body.addWidget(self.browser, 1)
        column.addLayout(body, 1)

    # ---------------------------------------------------------------- pages
    @property
    def key(self) -> str:
        """The page that is shown."""
        return self.browser.key

    def open(self, key: str) -> None:
        """Show a page; the one before can be gone back to."""
        if key != self.key:
            if self.key:
                self._past.append(self.key)
            self._future.clear()
        self._show(key)

    def _show(self, key: str) -> None:
        self.browser.show_page(key)
        self._mark()
        self.before.setEnabled(bool(self._past))
        self.after.setEnabled(bool(self._future))
        self.setWindowTitle(_("Guide: {title}", title=title(key, language())))

    def back(self) -> None:
        if self._past:
            self._future.append(self.key)
            self._show(self._past.pop())

    def forward(self) -> None:
        if self._future:
            self._past.append(self.key)
            self._show(self._future.pop())

    # ---------------------------------------------------------------- contents and search
    def _fill(self) -> None:
        query = self.search.text().strip()
        hits = seek(query, language())
        self.list.blockSignals(True)
        self.list.clear()
        rows = [(hit.key, hit.excerpt) for hit in hits] if query else [(topic.key, "") for topic in TOPICS]
        for key, excerpt in rows:
            name = title(key, language())
            item = QListWidgetItem(f"{name}\n{excerpt}" if excerpt else name)
            item.setData(KEY, key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name} {excerpt}".strip())
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.nothing.say(_("No page of the guide holds this.") if query and not hits else "")
        self.nothing.setVisible(bool(query and not hits))
        self._mark()

    def _mark(self) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            if self.list.item(place).data(KEY) == self.key:
                self.list.setCurrentRow(place)
                break
        else:
            self.list.setCurrentRow(-1)
        self.list.blockSignals(False)

    def _chosen(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self.open(str(item.data(KEY)))
            if self.search.text().strip():
                self.browser.mark(self.search.text())

    def _seek(self, _text: str) -> None:
        self._fill()
        if self.search.text().strip() and self.list.isHidden():
            self.list.show()

    def _first(self) -> None:
        """Enter in the search: the first page found."""
        if self.search.text().strip() and self.list.count():
            self._chosen(self.list.item(0))
            self._mark()
            self.browser.setFocus(OTHER)
            self._fold()

    def toggle_contents(self) -> None:
        """Show or fold the contents, where there is little room."""
        self.list.setVisible(self.list.isHidden())
        if not self.list.isHidden():
            self.list.setFocus(OTHER)

    # ---------------------------------------------------------------- letters, language, theme, size
    def enlarge(self, by: int) -> None:
        """Larger (1) or smaller (-1) letters, 0 as they were."""
        self._step = min(max(self._step + by, 0), len(SCALES) - 1) if by else 0
        self.browser.enlarge(SCALES[self._step])
        self.smaller.setEnabled(self._step > 0)
        self.larger.setEnabled(self._step < len(SCALES) - 1)

    def retranslate(self) -> None:
        self.folder.setAccessibleName(_("Contents"))
        self.folder.setToolTip(_("Contents"))
        for button, name in (
            (self.before, _("Back one page  Alt+←")),
            (self.after, _("Forward one page  Alt+→")),
            (self.smaller, _("Smaller letters  Ctrl+−")),
            (self.larger, _("Larger letters  Ctrl++")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self.search.setPlaceholderText(_("Search the guide"))
        self.search.setAccessibleName(_("Search the guide"))
        self.list.setAccessibleName(_("Contents of the guide"))
        self._fill()
        self.smaller.setEnabled(self._step > 0)
        if self.key:
            self.browser.again()
            self.setWindowTitle(_("Guide: {title}", title=title(self.key, language())))
        self.before.setEnabled(bool(self._past))
        self.after.setEnabled(bool(self._future))

    def _rethemed(self) -> None:
        self.list.setFixedWidth(theme().px(232))
        self.browser.again()
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < theme().px(NARROW)
        self.folder.setVisible(narrow)
        self.list.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search, then closes; Ctrl+F searches; Alt+← → go; Ctrl + and − change the letters."""
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
            else:
                self.close()
        elif ctrl and key == Qt.Key.Key_F:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif ctrl and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.enlarge(1)
        elif ctrl and key == Qt.Key.Key_Minus:
            self.enlarge(-1)
        elif ctrl and key == Qt.Key.Key_0:
            self.enlarge(0)
        elif ctrl and key == Qt.Key.Key_W:
            self.close()
        elif alt and key == Qt.Key.Key_Left:
            self.back()
        elif alt and key == Qt.Key.Key_Right:
            self.forward()
        else:
            super().keyPressEvent(event)
