"""Notices above a page. They push it down, never cover it; one key shows one notice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.theme import theme
from forms.widgets.notice import Notice


class Notices(QWidget):
    """The notices in force, by key. An empty key is a new one each time and can be closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        edge = theme().px(12)
        self.column.setContentsMargins(theme().px(24), edge, theme().px(24), 0)
        self.column.setSpacing(theme().px(6))
        self.shown: dict[str, Notice] = {}
        self._number = 0
        self.hide()

    def put(
        self,
        tone: str,
        first: str,
        more: str = "",
        *,
        action: str = "",
        run: Callable[[], object] | None = None,
        key: str = "",
        closable: bool = True,
        icon: str = "",
    ) -> str:
        """Show a notice; returns its key."""
        if not key:
            self._number += 1
            key = f"#{self._number}"
        self.dismiss(key)
        notice = Notice(tone, first, more, action=action, run=run, closable=closable, icon=icon)
        notice.closed.connect(lambda key=key: self.dismiss(key))
        self.shown[key] = notice
        self.column.addWidget(notice)
        self.show()
        return key

    def dismiss(self, key: str) -> None:
        """Take a notice away; an unknown key is nothing."""
        notice = self.shown.pop(key, None)
        if notice is not None:
            self.column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self.shown))

    def clear(self) -> None:
        for key in list(self.shown):
            self.dismiss(key)
