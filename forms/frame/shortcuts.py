"""What comes to a window from outside its widgets: keys that work everywhere, and files dropped on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


def bind(widget: QWidget, table: Iterable[tuple[str, Callable[[], object]]]) -> None:
    """Give a window keys that work wherever in it the focus is; a text field keeps those it knows itself."""
    for keys, run in table:
        action = QAction(widget)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False, run=run: run())
        widget.addAction(action)


def dropped_document(data: QMimeData) -> str:
    """The path of the first assessment document among what is dragged; empty without one."""
    paths = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.endswith(".zhd")), "")
