"""Buttons: one primary action a screen, plain ones, text buttons, icon buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from forms import icon
from forms.theme import look, theme

INKS = {
    "primary": "on_primary",
    "plain": "text",
    "text": "primary_text",
    "link": "primary_text",
    "icon": "text",
    "danger": "danger",
    "card": "text",
}


class Button(QPushButton):
    """A button of one kind: primary, plain, text, link, icon, danger.

    Enter presses it, as Space does. `after` puts the icon at the right.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "plain",
        *,
        icon: str = "",
        large: bool = False,
        small: bool = False,
        after: bool = False,
        run: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setProperty("kind", kind)
        if large or small:
            self.setProperty("build", "large" if large else "small")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)
        if after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.say(text)
        theme().changed.connect(self._draw)
        if run is not None:
            self._run = run
            self.clicked.connect(self._go)

    def _go(self) -> None:
        self._run()

    def say(self, text: str, accessible: str = "") -> None:
        """Set the words; an ampersand is a character, not a shortcut."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(accessible or text)
        self._draw()

    def draw(self, icon: str) -> None:
        """Change the icon."""
        self._icon = icon
        self._draw()

    def kind(self, kind: str) -> None:
        """Change the kind."""
        look(self, kind=kind)
        self._draw()

    def refuse(self, reason: str) -> None:
        """Disable with a reason, which is its tool tip; an empty reason enables."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def press_key(self, keys: str) -> QAction:
        """Give the button a shortcut in its window that works wherever the focus is."""
        action = QAction(self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(self.click)
        self.addAction(action)
        return action

    def _draw(self) -> None:
        if self._icon:
            gap = 6 if self.text() else 0
            after = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            ink = INKS.get(str(self.property("kind")), "text")
            self.setIcon(icon.icon(self._icon, ink, gap=gap, after=after))
            self.setIconSize(icon.square(20) + QSize(theme().px(gap), 0))


def primary(
    text: str, run: Callable[[], object] | None = None, *, icon: str = "", large: bool = False, after: bool = False
) -> Button:
    """The one primary action of a screen."""
    return Button(text, "primary", icon=icon, large=large, after=after, run=run)


def text_button(text: str, run: Callable[[], object] | None = None, *, icon: str = "") -> Button:
    """A button without an edge."""
    return Button(text, "text", icon=icon, run=run)


def icon_button(icon: str, name: str, run: Callable[[], object] | None = None) -> Button:
    """A square button with a drawing only; `name` is its accessible name and tool tip."""
    made = Button("", "icon", icon=icon, run=run)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


class KeyButton(Button):
    """A button that shows its key in a frame at the right: 查找指标 [Ctrl+F]."""

    def __init__(
        self,
        text: str,
        keys: str,
        kind: str = "plain",
        *,
        icon: str = "",
        large: bool = False,
        small: bool = False,
        run: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._keys = keys
        self._words = ""
        self._short = False
        super().__init__("", kind, icon=icon, large=large, small=small, run=run, parent=parent)
        self.setProperty("keyed", True)
        self.cap = QLabel(keys, self)
        self.cap.setProperty("keycap", kind)
        self.cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.say(text)

    def say(self, text: str, accessible: str = "") -> None:
        self._words = text
        self.setText("" if self._short else text.replace("&", "&&"))
        self._draw()
        self.setAccessibleName(accessible or text)
        self.setToolTip(f"{text}  {self._keys}" if self._short else "")
        self.updateGeometry()

    def short(self, on: bool) -> None:
        """Show the icon only, where there is no room for words."""
        self._short = on
        self.cap.setVisible(not on)
        self.say(self._words)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._short and hasattr(self, "cap"):
            hint.setWidth(hint.width() + self.cap.sizeHint().width() + theme().px(12))
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.cap.sizeHint()
        edge = theme().px(20 if self.height() > theme().px(40) else 12)
        self.cap.setGeometry(
            self.width() - size.width() - edge, (self.height() - size.height()) // 2, size.width(), size.height()
        )
